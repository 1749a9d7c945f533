import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import type { Say } from '#platform/language/say.ts'
import { accessNeeds } from '#registers/people/rules.ts'
import type { Wording } from '#registers/wording/rules.ts'
import { type SafeWay, safeWays } from '#journey/newcomer/rules.ts'
import {
  type FitNoteAnswer,
  fitNoteAnswers,
  type WayOfHearing,
  waysOfHearing,
  type WorkStatus,
  workStatuses,
} from '#journey/referral/rules.ts'
import { ownBarriers, type Part, parts, partsInOrder } from '#journey/self-referral/rules.ts'
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
  nhsNumber: string | null
  workStatus: WorkStatus | null
  fitNote: FitNoteAnswer | null
  fitNoteEndsOn: Temporal.PlainDate | null
  askedFitNote: boolean
  mainBarrier: keyof typeof ownBarriers | null
  reason: string | null
  accessNeeds: readonly (keyof typeof accessNeeds)[]
  accessNote: string | null
  language: string | null
  interpreter: string | null
  howHeard: WayOfHearing | null
}>

type CheckProps = Readonly<{ area: string; id: string; answers: OwnAnswers; wording: Wording }>

/** Everything somebody said about themselves, to be looked at once more before it is sent. */
export function CheckAnswers({ area, id, answers, wording }: CheckProps) {
  const say = useSay()
  return (
    <Page
      title="Check your answers"
      caption={say('Part {part} of 5', { part: 5 })}
      back={{ href: `/in/${area}/refer-yourself/${partsInOrder.at(-1)}` }}
    >
      {partsInOrder.map((part) => (
        <section key={part}>
          <h2 className="nhsuk-heading-m">{say(parts[part].label)}</h2>
          <SummaryList rows={rowsOf[part](answers, say).map((row) => changeable(row, area, part))} />
        </section>
      ))}
      <h2 className="nhsuk-heading-m">
        <Said text="When you send this, you agree to this" />
      </h2>
      <Inset>
        <p>
          <AreaWords text={wording.text} />
        </p>
      </Inset>
      <p>
        <Said text="You can change your mind at any time, and it does not affect your benefits." />{' '}
        <a href={`/in/${area}/privacy`}>
          <Said text="How we use what you tell us" />
        </a>
      </p>
      <Form action={`/in/${area}/refer-yourself/check`} fields={{ id, wording: `${wording.version}` }}>
        <Button>Send</Button>
      </Form>
      <FreshStart area={area} />
    </Page>
  )
}

const changeable = (row: SummaryRow, area: string, part: Part): SummaryRow => ({
  ...row,
  change: { href: `/in/${area}/refer-yourself/${part}?change=yes` },
})

function chosen<Code extends string>(
  say: Say,
  list: Readonly<Record<Code, { label: string }>>,
  codes: readonly Code[],
) {
  const lines = codes.map((code) => <li key={code}>{say(list[code].label)}</li>)
  return lines.length === 0 ? null : <ul className="nhsuk-list">{lines}</ul>
}

const rowsOf: Readonly<Record<Part, (answers: OwnAnswers, say: Say) => SummaryRow[]>> = {
  name: (own, say) => [
    { label: 'Name', value: `${own.givenName} ${own.familyName}` },
    ...(own.preferredName ? [{ label: 'What you like to be called', value: own.preferredName }] : []),
    { label: 'Phone number', value: own.phone },
    { label: 'Email address', value: own.email },
    ...(own.address ? [{ label: 'Address', value: own.address }] : []),
    { label: 'Safe for us to do', value: chosen(say, safeWays, own.safe) },
    ...(own.bestTime ? [{ label: 'Best time', value: own.bestTime }] : []),
    ...(own.safeNote ? [{ label: 'To reach you safely', value: own.safeNote }] : []),
  ],
  home: (own, say) => [
    { label: 'Date of birth', value: say.day(own.bornOn) },
    { label: 'Postcode', value: own.postcode ?? (own.noFixedAddress ? say('No fixed address') : null) },
    { label: 'GP practice', value: own.gpPractice },
    ...(own.nhsNumber ? [{ label: 'NHS number', value: own.nhsNumber }] : []),
  ],
  work: (own, say) => [
    { label: 'Work situation', value: own.workStatus && say(workStatuses[own.workStatus].label) },
    { label: 'Fit note now', value: own.fitNote && say(fitNoteAnswers[own.fitNote].label) },
    ...(own.fitNote === 'yes' && own.fitNoteEndsOn ? [{ label: 'Until', value: say.day(own.fitNoteEndsOn) }] : []),
    ...(own.askedFitNote ? [{ label: 'Asked for a fit note, or was going to', value: say('Yes') }] : []),
  ],
  help: (own, say) => [
    { label: 'What would help', value: own.reason },
    { label: 'What makes work hardest', value: own.mainBarrier && say(ownBarriers[own.mainBarrier].label) },
    { label: 'What you need to take part', value: chosen(say, accessNeeds, own.accessNeeds) },
    ...(own.accessNote ? [{ label: 'More about what you need', value: own.accessNote }] : []),
    { label: 'Language', value: own.language },
    { label: 'Interpreter', value: own.interpreter },
    { label: 'How you heard of us', value: own.howHeard && say(waysOfHearing[own.howHeard].label) },
  ],
}
