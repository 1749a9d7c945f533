import { longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { accessNeeds } from '#registers/people/rules.ts'
import { type SafeWay, safeWays } from '#journey/newcomer/rules.ts'
import {
  type FitNoteAnswer,
  fitNoteAnswers,
  type WayOfHearing,
  waysOfHearing,
  type WorkStatus,
  workStatuses,
} from '#journey/referral/rules.ts'
import { type Part, parts, partsInOrder } from '#journey/self-referral/rules.ts'
import { FreshStart } from './parts.tsx'

export type OwnAnswers = Readonly<{
  givenName: string
  familyName: string
  preferredName: string | null
  phone: string | null
  email: string | null
  address: string | null
  safe: readonly SafeWay[]
  bestTime: string | null
  safeNote: string | null
  bornOn: Temporal.PlainDate
  postcode: string | null
  noFixedAddress: boolean
  gpPractice: string | null
  workStatus: WorkStatus | null
  fitNote: FitNoteAnswer | null
  fitNoteEndsOn: Temporal.PlainDate | null
  reason: string | null
  accessNeeds: readonly (keyof typeof accessNeeds)[]
  accessNote: string | null
  language: string | null
  interpreter: string | null
  howHeard: WayOfHearing | null
}>

/** Everything somebody said about themselves, to be looked at once more before it is sent. */
export const CheckAnswers = ({ area, id, answers }: { area: string; id: string; answers: OwnAnswers }) => (
  <Page
    title="Check your answers"
    caption="Part 5 of 5"
    back={{ href: `/in/${area}/refer-yourself/${partsInOrder.at(-1)}` }}
  >
    {partsInOrder.map((part) => (
      <section key={part}>
        <h2 className="nhsuk-heading-m">{parts[part].label}</h2>
        <SummaryList rows={rowsOf[part](answers).map((row) => changeable(row, area, part))} />
      </section>
    ))}
    <p>
      When you send this, you agree that we contact you in the ways you said are safe. You can change your mind at any
      time, and it does not affect your benefits.
    </p>
    <Form action={`/in/${area}/refer-yourself/check`} fields={{ id }}>
      <Button>Send</Button>
    </Form>
    <FreshStart area={area} />
  </Page>
)

const changeable = (row: SummaryRow, area: string, part: Part): SummaryRow => ({
  ...row,
  change: { href: `/in/${area}/refer-yourself/${part}?change=yes` },
})

function said<Code extends string>(list: Readonly<Record<Code, { label: string }>>, codes: readonly Code[]) {
  const lines = codes.map((code) => <li key={code}>{list[code].label}</li>)
  return lines.length === 0 ? null : <ul className="nhsuk-list">{lines}</ul>
}

const rowsOf: Readonly<Record<Part, (answers: OwnAnswers) => SummaryRow[]>> = {
  name: (own) => [
    { label: 'Name', value: `${own.givenName} ${own.familyName}` },
    ...(own.preferredName ? [{ label: 'What you like to be called', value: own.preferredName }] : []),
    { label: 'Phone number', value: own.phone },
    { label: 'Email address', value: own.email },
    ...(own.address ? [{ label: 'Address', value: own.address }] : []),
    { label: 'Safe for us to do', value: said(safeWays, own.safe) },
    ...(own.bestTime ? [{ label: 'Best time', value: own.bestTime }] : []),
    ...(own.safeNote ? [{ label: 'To reach you safely', value: own.safeNote }] : []),
  ],
  home: (own) => [
    { label: 'Date of birth', value: longDay(own.bornOn) },
    { label: 'Postcode', value: own.postcode ?? (own.noFixedAddress ? 'No fixed address' : null) },
    { label: 'GP practice', value: own.gpPractice },
  ],
  work: (own) => [
    { label: 'Work situation', value: own.workStatus && workStatuses[own.workStatus].label },
    { label: 'Fit note now', value: own.fitNote && fitNoteAnswers[own.fitNote].label },
    ...(own.fitNote === 'yes' && own.fitNoteEndsOn ? [{ label: 'Until', value: longDay(own.fitNoteEndsOn) }] : []),
  ],
  help: (own) => [
    { label: 'What would help', value: own.reason },
    { label: 'What you need to take part', value: said(accessNeeds, own.accessNeeds) },
    ...(own.accessNote ? [{ label: 'More about what you need', value: own.accessNote }] : []),
    { label: 'Language', value: own.language },
    { label: 'Interpreter', value: own.interpreter },
    { label: 'How you heard of us', value: own.howHeard && waysOfHearing[own.howHeard].label },
  ],
}
