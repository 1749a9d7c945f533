import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { answers, readBefore, reasons, stateOf, states } from '#journey/handing-over/rules.ts'
import { partCodes, type Summary, summaryParts } from '#journey/summary/rules.ts'

type Package = Summary &
  Readonly<{
    id: string
    episode: string
    person: string
    name: string
    fromName: string
    toName: string
    reason: keyof typeof reasons
    by: string | null
    at: Temporal.Instant
    answer: string | null
    words: string | null
    answeredBy: string | null
  }>

type ListProps = Readonly<{ toUs: readonly Package[]; fromUs: readonly Package[]; now: Temporal.Instant }>

/** Who is offered to this provider by others, and whom it has offered. */
export const Handovers = ({ toUs, fromUs, now }: ListProps) => (
  <Page
    title="Handovers"
    lede="People who go from one provider of this area to another. Nothing changes before the other has accepted."
  >
    <Table
      caption="Offered to you"
      captionSize="m"
      columns={[
        {
          key: 'from',
          label: 'From',
          names: true,
          cell: ({ id, fromName }) => <a href={`/handovers/${id}`}>{fromName}</a>,
        },
        { key: 'why', label: 'Why', cell: ({ reason }) => reasons[reason].label },
        { key: 'first', label: 'What to know first', prose: true, cell: ({ first }) => first ?? '' },
        { key: 'when', label: 'Offered', cell: ({ at }) => inWords(at, now) },
      ]}
      rows={toUs}
      rowKey={({ id }) => id}
      empty="When another provider of this area offers you somebody, it appears here with what you need to decide."
    />
    <Table
      caption="Offered by you"
      captionSize="m"
      columns={ours(now)}
      rows={fromUs}
      rowKey={({ id }) => id}
      empty="To offer somebody to another provider, open their record and choose Hand over."
    />
  </Page>
)

const ours = (now: Temporal.Instant): readonly Column<Package>[] => [
  { key: 'name', label: 'Person', names: true, cell: ({ id, name }) => <a href={`/handovers/${id}`}>{name}</a> },
  { key: 'to', label: 'To', cell: ({ toName }) => toName },
  { key: 'when', label: 'Offered', cell: ({ at }) => inWords(at, now) },
  { key: 'state', label: 'State', cell: ({ answer }) => <State answer={answer} /> },
  { key: 'words', label: 'They say', prose: true, cell: ({ words }) => words ?? '' },
]

const State = ({ answer, mine }: Readonly<{ answer: string | null; mine?: boolean }>) => {
  const { label, colour } = states[stateOf(answer)]
  return <Tag colour={colour}>{mine && answer === null ? 'Waiting for your answer' : label}</Tag>
}

type PackageProps = FormState &
  Readonly<{
    given: Package
    /** Whether it was offered to this reader's provider. */
    mine: boolean
    mayTakeBack: boolean
    deciding: readonly Readonly<{ label: string; value: string }>[]
    coaches: CodeList
    now: Temporal.Instant
  }>

/** Somebody who is offered to another provider: for the other what it needs to decide, for the one before how it stands. */
export const PackagePage = ({ given, mine, mayTakeBack, deciding, coaches, now, ...state }: PackageProps) => {
  const whole = !mine || given.answer === 'accepted'
  return (
    <Page
      title={mine ? `Offered by ${given.fromName}` : `Offered to ${given.toName}`}
      {...(whole ? { caption: given.name } : {})}
      back={{ href: '/handovers', label: 'Handovers' }}
      width="reading"
      problems={state.problems}
    >
      <SummaryList
        rows={[
          { label: 'State', value: <State answer={given.answer} mine={mine} /> },
          { label: 'Offered', value: `${inWords(given.at, now)}, ${given.by ?? 'somebody who has left'}` },
          { label: 'Why', value: reasons[given.reason].label },
          ...(given.answer === null ? [] : [{ label: 'Answer', value: answerOf(given) }]),
          ...(mine && given.answer === null ? deciding : []),
          ...partsOf(given, whole),
        ]}
        missing="Nothing"
      />
      {whole ? (
        <p>
          <a href={`/people/${given.person}`}>Open the record</a>
        </p>
      ) : null}
      {mine && given.answer === null ? <AnswerForm {...{ given, coaches, ...state }} /> : null}
      {!mine && mayTakeBack ? <Own given={given} /> : null}
    </Page>
  )
}

const answerOf = ({ answeredBy, words }: Package) => [answeredBy, words].filter(Boolean).join(': ')

function partsOf(given: Package, whole: boolean) {
  const parts = whole ? partCodes : partCodes.filter((part) => readBefore.includes(part))
  return parts.map((part) => ({
    label: part === 'first' ? 'What to know first' : summaryParts[part].label,
    value: linesOf(given[part]),
  }))
}

function linesOf(text: string | null) {
  if (text === null) return null
  return (
    <ul className="nhsuk-list">
      {text.split('\n').map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

const AnswerForm = ({ given, coaches, ...state }: FormState & Pick<PackageProps, 'given' | 'coaches'>) => (
  <Form action={`/handovers/${given.id}`} {...state}>
    <Inset>
      <p>{given.fromName} stays responsible until you accept. You see who it is once you have.</p>
    </Inset>
    <RadiosFrom name="answer" label="Do you take them?" list={answers} />
    <SelectFrom
      name="coach"
      label="With which coach? (optional)"
      hint="With what each carries now and would carry with them"
      list={coaches}
      empty="Choose later"
    />
    <TextArea name="words" label="What you say to it" rows={3} maximum={1000} />
    <Button>Send the answer</Button>
  </Form>
)

const Own = ({ given }: Pick<PackageProps, 'given'>) => {
  if (given.answer === null)
    return (
      <ButtonForm action={`/handovers/${given.id}/withdrawal`} secondary>
        Take the offer back
      </ButtonForm>
    )
  return given.answer === 'accepted' ? null : (
    <ButtonGroup>
      <LinkButton href={`/episodes/${given.episode}/handover`}>Offer again</LinkButton>
    </ButtonGroup>
  )
}
