import type { Typed } from '#platform/form/rules.ts'
import { inWords, longDay } from '#platform/dates.ts'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { employerSizes, sectors } from '#registers/organisations/rules.ts'
import { labelOf, resultInWords } from '#registers/questionnaires/rules.ts'
import {
  barriers,
  benefits,
  employmentStatuses,
  healthKinds,
  jobRisks,
  occupations,
  texts,
  yesNo,
} from '#journey/assessment/rules.ts'

type List = Readonly<Record<string, Readonly<{ label: string }>>>

const labels: Readonly<Record<string, readonly [label: string, list?: List]>> = {
  employment_status: ['How they stand to work', employmentStatuses],
  on_sick_absence: ['Off sick now', yesNo],
  contracted_hours: ['Hours a week in the contract'],
  hours_now: ['Hours a week worked now'],
  occupation: ['Kind of job (SOC 2020)', occupations],
  sector: ['Kind of business (SIC 2007)', sectors],
  employer_size: ['Size of the employer', employerSizes],
  oh_access: ['Occupational health through work', yesNo],
  job_risks: ['Is the job at risk', jobRisks],
  weeks_out_of_work: ['Weeks out of work'],
  benefits: ['Benefits', benefits],
  health: ['Health conditions', healthKinds],
  'barriers-work': ['In the way: work', barriers],
  'barriers-physical': ['In the way: body', barriers],
  'barriers-psychological': ['In the way: mind', barriers],
  'barriers-social': ['In the way: situation', barriers],
  main: ['The main barrier', barriers],
}

const endings: Readonly<Record<string, string>> = {
  'absent_since-day': 'First day off sick',
  'absent_since-month': 'First day off sick: month',
  'absent_since-year': 'First day off sick: year',
}

/** What a field of the conversation is called. */
export function fieldLabel(field: string): string {
  const [, kind, code] = /^(words|own|severity)-(.+)$/.exec(field) ?? []
  if (kind === 'severity') return `How much: ${labelIn(barriers, code ?? '')}`
  if (kind) return kind === 'own' ? `${labelIn(texts, code ?? '')}: own words` : labelIn(texts, code ?? '')
  return labels[field]?.[0] ?? endings[field] ?? field
}

/** What a field holds, in words. */
export function inPlainWords(field: string, value: Typed[string] | undefined): string {
  const list = labels[field]?.[1]
  return [value ?? '']
    .flat()
    .map((one) => (list ? labelIn(list, one) : one))
    .join(', ')
}

function labelIn(list: List, code: string): string {
  return list[code]?.label ?? code
}

export type ShownMeasure = Readonly<{
  id: string
  instrument: string
  score: number | null
  band: string | null
  items: Readonly<Record<string, string>>
  answered_at: Temporal.Instant
}>

/** What was measured so far, without any comment on change. */
export const Measures = ({ measures }: { measures: readonly ShownMeasure[] }) => (
  <Table
    caption="Answers so far"
    columns={measureColumns}
    rows={measures}
    rowKey={({ id }) => id}
    empty="Answers appear here once the questions have been asked."
  />
)

const measureColumns: readonly Column<ShownMeasure>[] = [
  {
    key: 'instrument',
    label: 'Questionnaire',
    names: true,
    cell: ({ instrument }) => labelOf(instrument),
  },
  { key: 'result', label: 'Result', cell: (measure) => resultInWords(measure.instrument, measure) },
]

type Person = Readonly<{ id: string; name: string }>
type Held = Readonly<{
  id: string
  saved_at: Temporal.Instant
  finished_at: Temporal.Instant | null
  by: string | null
}>

type FinishedProps = Readonly<{
  person: Person
  episode: string
  /** The conversation as the fields of its form hold it. */
  typed: Typed
  held: Held
  measures: readonly ShownMeasure[]
  /** Every conversation of this episode, the newest first. */
  all: readonly Held[]
  again: boolean
  now: Temporal.Instant
}>

/** A finished conversation to read, with the earlier ones. */
export const FinishedConversation = ({ person, episode, typed, held, measures, all, again, now }: FinishedProps) => (
  <Page
    title="First conversation"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    lede={`${held.finished_at ? `Finished ${inWords(held.finished_at, now)}` : `Saved ${inWords(held.saved_at, now)}`}${held.by === null ? '' : ` by ${held.by}`}.`}
  >
    <SummaryList rows={rowsOf(typed)} />
    <Measures measures={measures} />
    {all.length > 1 ? <Earlier {...{ all, held, now }} /> : null}
    {again ? (
      <ButtonGroup>
        <LinkButton href={`/episodes/${episode}/assessment?again=yes`} secondary>
          Hold the conversation again
        </LinkButton>
      </ButtonGroup>
    ) : null}
  </Page>
)

const Earlier = ({ all, held, now }: Pick<FinishedProps, 'all' | 'held' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">Other conversations</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {all
        .filter(({ id }) => id !== held.id)
        .map(({ id, finished_at: finished, saved_at: saved, by }) => (
          <li key={id}>
            <a href={`/assessments/${id}`}>{inWords(finished ?? saved, now)}</a>
            {by === null ? '' : `, ${by}`}
            {finished ? '' : ' (not finished)'}
          </li>
        ))}
    </ul>
  </>
)

// In the order of the conversation, whatever order the fields were kept in.
const shownOrder = [
  ...[
    'employment_status',
    'on_sick_absence',
    'absent_since-day',
    'contracted_hours',
    'hours_now',
    'occupation',
    'sector',
  ],
  ...[
    'employer_size',
    'oh_access',
    'job_risks',
    'weeks_out_of_work',
    'benefits',
    'barriers-work',
    'words-work',
    'health',
  ],
  ...['barriers-physical', 'words-physical', 'barriers-psychological', 'words-psychological', 'barriers-social'],
  ...['words-social', 'words-matters', 'main', 'words-heard'],
]

function rowsOf(typed: Typed) {
  return shownOrder.flatMap((field) => {
    const value = typed[field] ?? ''
    return value.length > 0 ? [{ label: fieldLabel(field), value: shownValue(typed, field, value) }] : []
  })
}

function shownValue(typed: Typed, field: string, value: Typed[string]): string {
  if (field === 'absent_since-day') return longDay(dayOn(typed))
  if (field.startsWith('barriers-'))
    return [value]
      .flat()
      .map((code) => `${labelIn(barriers, code)}${severityOf(typed, code)}`)
      .join(', ')
  if (typed[field.replace('words-', 'own-')] === 'yes' && field.startsWith('words-'))
    return `“${inPlainWords(field, value)}”`
  return inPlainWords(field, value)
}

function dayOn(typed: Typed): Temporal.PlainDate {
  const part = (name: string) => Number([typed[`absent_since-${name}`] ?? ''].flat().join(''))
  return Temporal.PlainDate.from({ year: part('year'), month: part('month'), day: part('day') })
}

function severityOf(typed: Typed, code: string): string {
  const severity = [typed[`severity-${code}`] ?? ''].flat().join('')
  return severity === '' ? '' : ` (${severity} of 10)`
}

type ClosedProps = Readonly<{ person: Person; agreed: boolean }>

/** Why nothing can be asked or saved now. */
export const NotYet = ({ person, agreed }: ClosedProps) => (
  <Page
    title={agreed ? 'Not the time for a first conversation' : 'Ask for agreement first'}
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    {agreed ? (
      <p>A first conversation is held once the referral is accepted, and until support ends. Nothing was saved.</p>
    ) : (
      <>
        <p>
          Nothing about health is asked or kept before the person has agreed to take part, or after they withdrew.
          Nothing was saved.
        </p>
        <LinkButton href={`/people/${person.id}/agreements/new`}>Record what they agree to</LinkButton>
      </>
    )}
  </Page>
)
