import { inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Ticked, withFacts } from '#registers/fact/rules.ts'
import { isOnlyWish, isOwn, withoutWhatEnded } from '#registers/own-word/rules.ts'
import {
  allowances,
  basisInWords,
  hasWithdrawn,
  isTellable,
  switches,
  waysOfAgreeing,
} from '#registers/permissions/rules.ts'

/** One answer as it is shown; codes come from the database. */
export type ShownAnswer = Readonly<{
  id: string
  switch: string
  recipient: string
  allows: string
  facts: Ticked
  given: boolean
  wording_version: number | null
  notice_version: number | null
  how: string
  batch: string | null
  lawful_basis: string
  at: Temporal.Instant
  by: string | null
}>

export type AgreementsProps = Readonly<{
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  area: string
  now: Temporal.Instant
  /** The newest answer to each switch for each recipient. */
  newest: readonly ShownAnswer[]
  /** Every answer, the newest first. */
  all: readonly ShownAnswer[]
}>

type Row = Readonly<{
  key: string
  label: string
  answer: ShownAnswer | undefined
  /** Whether they said themselves how it is for some by name, though not for all. */
  byName?: boolean | undefined
  /** Whether it is a yes from before they left, which counts no more. */
  ended?: boolean | undefined
}>

/** What a person has agreed to, one line for each switch and each recipient named. */
export const Agreements = ({ person, area, now, newest, all }: AgreementsProps) => (
  <Page
    title="What this person has agreed to"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      person.mayEdit ? (
        <LinkButton href={`/people/${person.id}/agreements/new`} small>
          Record answers
        </LinkButton>
      ) : undefined
    }
  >
    {hasWithdrawn(newest) ? <Withdrawn name={person.name} /> : hasLeft(newest) ? <Left name={person.name} /> : null}
    <Table
      caption="Answers now"
      captionSize="hidden"
      columns={columns(now)}
      rows={rowsOf(newest)}
      rowKey={({ key }) => key}
      empty=""
    />
    {person.mayEdit ? (
      <LinkButton href={`/people/${person.id}/withdrawal`} secondary>
        Withdraw from everything
      </LinkButton>
    ) : null}
    <p>
      <a href={`/people/${person.id}/readers`}>Who has seen this record</a> ·{' '}
      <a href={`/in/${area}/privacy`}>The privacy notice people are shown</a> ·{' '}
      <a href="/benefits">This does not affect your benefits</a>
    </p>
    <h2 className="nhsuk-heading-m">Every answer so far</h2>
    <Timeline
      happenings={all.map((answer) => happening(answer, now))}
      empty="Answers appear here once they are recorded."
    />
  </Page>
)

const Withdrawn = ({ name }: { name: string }) => (
  <Inset>
    <p>
      {name} has withdrawn from everything. Do not contact them. If they ask to come back, record their new answers.
    </p>
  </Inset>
)

const hasLeft = (newest: readonly ShownAnswer[]) =>
  newest.some(({ switch: about, given }) => about === 'take-part' && !given)

const Left = ({ name }: { name: string }) => (
  <Inset>
    <p>
      {name} does not take part any more. Nothing new is sent on what they agreed to before, except that a GP practice
      or service that may hear how it goes hears that it ended. If they come back, record their new answers.
    </p>
  </Inset>
)

const columns = (now: Temporal.Instant): readonly Column<Row>[] => [
  { key: 'label', label: 'Agreement', names: true, cell: ({ label }) => label },
  {
    key: 'answer',
    label: 'Answer',
    nowrap: true,
    cell: ({ answer, byName, ended }) => <AnswerTag {...{ answer, byName, ended }} />,
  },
  { key: 'allows', label: 'How much', cell: ({ answer }) => (answer ? howMuch(answer) : '') },
  { key: 'when', label: 'When and how', prose: true, cell: ({ answer }) => (answer ? whenAndHow(answer, now) : '') },
  { key: 'wording', label: 'Wording', nowrap: true, cell: ({ answer }) => (answer ? wordingOf(answer) : '') },
  {
    key: 'basis',
    label: 'Lawful basis',
    cell: ({ answer }) => (answer ? basisInWords(answer) : ''),
  },
]

function rowsOf(newest: readonly ShownAnswer[]): Row[] {
  const standing = withoutWhatEnded(newest)
  const isEnded = (answer: ShownAnswer | undefined) => answer !== undefined && !standing.includes(answer)
  return allRows(newest).map((row) => ({ ...row, ended: isEnded(row.answer) }))
}

function allRows(newest: readonly ShownAnswer[]): Row[] {
  const forAll = Object.entries(switches).map(([code, { label }]) => ({
    key: code,
    label,
    answer: newest.find((one) => one.switch === code && one.recipient === ''),
    byName: newest.some((one) => one.switch === code && one.recipient !== '' && isOwn(one)),
  }))
  const named = newest
    .filter(({ recipient }) => recipient !== '')
    .map((answer) => ({ key: answer.id, label: `${switchLabel(answer)}: ${answer.recipient}`, answer }))
  return [...forAll, ...named]
}

const AnswerTag = ({ answer, byName, ended }: Pick<Row, 'answer' | 'byName' | 'ended'>) => {
  const { label, colour } = ended ? beforeTheyLeft : answer ? tagOf(answer) : byName ? onlyByName : notAsked
  return <Tag colour={colour}>{label}</Tag>
}

const onlyByName = { label: 'Asked by name only', colour: 'grey' } as const
const beforeTheyLeft = { label: 'Yes, before they left', colour: 'grey' } as const
const notAsked = { label: 'Not asked yet', colour: 'grey' } as const

function tagOf(answer: ShownAnswer) {
  if (isOnlyWish(answer)) return notAsked
  return answer.given ? ({ label: 'Yes', colour: 'green' } as const) : ({ label: 'No', colour: 'orange' } as const)
}

function howMuch({ given, switch: asked, allows, facts }: ShownAnswer): string {
  if (!given || !isTellable(asked)) return '–'
  return withFacts(labelIn(allowances, allows), facts)
}

function whenAndHow(answer: ShownAnswer, now: Temporal.Instant): string {
  const { at, by } = answer
  return `${inWords(at, now)}. ${heardHow(answer)}${by === null ? '' : `, written down by ${by}`}`
}

/** How an answer was given, or by which way it came where the person did not say it here. */
function heardHow({ how, batch }: ShownAnswer): string {
  return `${labelIn(waysOfAgreeing, how)}${batch === null ? '' : ', as a file says that was brought in'}`
}

function wordingOf({ wording_version: version, ...said }: ShownAnswer): string {
  if (version !== null) return `Version ${version}`
  return isOwn(said) || (said.how === 'referrer' && !isOnlyWish(said)) ? 'Not recorded' : 'None of ours'
}

function happening(answer: ShownAnswer, now: Temporal.Instant) {
  const forWhom = answer.recipient === '' ? '' : `: ${answer.recipient}`
  const notice = answer.notice_version === null ? '' : `, privacy notice version ${answer.notice_version}`
  return {
    key: answer.id,
    what: `${switchLabel(answer)}${forWhom}`,
    when: inWords(answer.at, now),
    moment: answer.at.toString(),
    by: answer.by ?? undefined,
    tag: tagOf(answer),
    text: [howMuch(answer), `${heardHow(answer)}. Wording: ${wordingOf(answer).toLowerCase()}${notice}`]
      .filter((line) => line !== '–')
      .join('. '),
  }
}

function switchLabel(answer: ShownAnswer): string {
  return labelIn(switches, answer.switch)
}

function labelIn(list: Readonly<Record<string, Readonly<{ label: string }>>>, code: string): string {
  return list[code]?.label ?? code
}
