import { clock, dayOf, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { LinkList, SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { linesOf } from '#platform/notify/rules.ts'
import { type AreaSettings, detailWords, worded, wordedWeeks } from '#registers/areas/rules.ts'
import type { PublicArea } from './public.tsx'

type EditedArea = PublicArea &
  Readonly<{
    postal_address: string | null
    version: number
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
  }>

type AreaPageProps = Readonly<{
  area: EditedArea
  settings: AreaSettings
  /** Whether this reader may change what an area decides. */
  decides: boolean
}>

/** How the area is called and reached, and what it decided, for those who may change it. */
export const AreaPage = ({ area, settings, decides }: AreaPageProps) => (
  <Page
    title={area.name}
    actions={
      decides ? (
        <LinkButton href="/area/details" small secondary>
          Change how we are reached
        </LinkButton>
      ) : null
    }
  >
    <SummaryList rows={reachedBy(area)} />
    {decides ? (
      <p>
        <a href="/area/history">What was changed here, when and by whom</a>
      </p>
    ) : null}
    <h2 className="nhsuk-heading-m">How this area works</h2>
    <SummaryList
      rows={[
        ...worded(settings),
        ...wordedWeeks(settings),
        { label: 'No messages between', value: `${settings.quietFrom} and ${settings.quietUntil}` },
      ]}
    />
    {decides ? (
      <p>
        <LinkButton href="/area/settings" small>
          Change clocks, hours and questionnaires
        </LinkButton>
      </p>
    ) : null}
    <AlsoDecided decides={decides} />
  </Page>
)

/** Changes how the area is called and reached. */
export const AreaDetailsForm = ({ area, problems, typed }: FormState & { area: EditedArea }) => (
  <FormPage
    title="How this area is reached"
    back={{ href: '/area' }}
    action="/area/details"
    edits={{
      version: area.version,
      now: <SummaryList rows={[{ label: 'Name', value: area.name }, ...reachedBy(area)]} compact />,
    }}
    problems={problems}
    typed={typed}
  >
    <TextField name="name" label="Name of the service here" value={area.name} />
    <TextField
      name="run_by"
      label="Run by"
      hint="The board, councils or partnership behind it"
      value={area.run_by ?? ''}
    />
    <ReachedBy {...area} />
    <TextArea
      name="crisis_text"
      label="For somebody who is in danger or in crisis"
      hint="Stands on every public page and beside every first conversation"
      value={area.crisis_text}
      rows={4}
    />
    <Running {...area} />
    <Button>Save</Button>
  </FormPage>
)

const ReachedBy = ({ phone, email, postal_address: postal, opening_hours: hours }: EditedArea) => (
  <>
    <TextField name="phone" label="Telephone" type="tel" width={20} value={phone ?? ''} />
    <TextField name="email" label="Email" type="email" value={email ?? ''} />
    <TextArea
      name="postal_address"
      label="Postal address (optional)"
      hint="Each line by itself, as on an envelope. It stands on letters that ask for an answer on paper."
      value={postal ?? ''}
      rows={4}
    />
    <TextField
      name="opening_hours"
      label="When somebody answers"
      hint="For example: Monday to Friday, 9am to 5pm"
      value={hours ?? ''}
    />
  </>
)

const Running = ({ from_on: from, until_on: until }: Pick<EditedArea, 'from_on' | 'until_on'>) => (
  <>
    <DateField name="from" label="Running since" value={from.toString()} />
    <DateField
      name="until"
      label="Until (optional)"
      hint="The first day on which the service no longer runs. From then on nobody is sent here."
      value={until?.toString() ?? ''}
    />
  </>
)

function reachedBy(area: EditedArea): SummaryRow[] {
  return [
    { label: 'Run by', value: area.run_by },
    { label: 'Telephone', value: area.phone },
    { label: 'Email', value: area.email },
    { label: 'Postal address', value: area.postal_address && linesOf(area.postal_address).join(', ') },
    { label: 'Open', value: area.opening_hours },
    { label: 'For somebody in danger', value: area.crisis_text },
    { label: 'Running since', value: longDay(area.from_on) },
    ...(area.until_on ? [{ label: 'Running until', value: longDay(area.until_on.subtract({ days: 1 })) }] : []),
  ]
}

type Change = Readonly<{
  id: string
  name: string
  before: string | null
  after: string | null
  byName: string | null
  at: Temporal.Instant
}>

/** What was changed about how the area is called and reached, and what stood there before. */
export const AreaHistory = ({ changes }: { changes: readonly Change[] }) => (
  <Page title="What was changed about this area" back={{ href: '/area' }}>
    <Table
      caption="Changes, newest first"
      columns={changeColumns}
      rows={changes}
      rowKey={({ id, name }) => `${id} ${name}`}
      empty="Nothing was changed yet. What somebody changes about the name, the telephone or the hours appears here."
    />
    <p>
      How this area works has <a href="/area/settings">a history of its own</a>, and so have{' '}
      <a href="/area/coverage">the places we cover</a>.
    </p>
  </Page>
)

const words: Readonly<Record<string, { label: string }>> = detailWords

const changeColumns: readonly Column<Change>[] = [
  { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => `${shortDay(dayOf(at))}, ${clock(at)}` },
  { key: 'what', label: 'What', names: true, cell: ({ name }) => words[name]?.label ?? name },
  { key: 'before', label: 'Before', cell: ({ before }) => before ?? 'Not given' },
  { key: 'after', label: 'After', cell: ({ after }) => after ?? 'Not given' },
  { key: 'by', label: 'By', cell: ({ byName }) => byName ?? 'When the area was set up' },
]

const forAll = [
  { href: '/area/eligibility', label: 'Who may have support' },
  { href: '/area/safety', label: 'When somebody may be in danger' },
  { href: '/organisations', label: 'Organisations' },
] as const

const forDeciders = [
  { href: '/area/meeting', label: 'Appointments and reminders' },
  { href: '/area/trailblazer', label: 'Fit note trailblazer' },
  { href: '/area/note-offers', label: 'Offers in practices’ own systems, beside a fit note' },
  { href: '/area/weighting', label: 'Caseload weight' },
  { href: '/area/other-work', label: 'Kinds of other work' },
  { href: '/area/coverage', label: 'Places we cover' },
  { href: '/area/jobcentres', label: 'Jobcentres' },
  { href: '/area/links', label: 'Links that practices hand over' },
  { href: '/area/questionnaires', label: 'Questionnaires under a licence, and what counts as a change' },
  { href: '/sharing', label: 'Who may see whose people' },
  { href: '/area/clients', label: 'Other systems that come in by themselves' },
  { href: '/area/replies', label: 'Replies to other systems, and what could not be sent' },
  { href: '/area/webhooks', label: 'What other systems are told by themselves' },
  { href: '/area/referral-form', label: 'Referral form for practices' },
  { href: '/area/wording', label: 'The words people are asked to agree to' },
  { href: '/area/messages', label: 'Messages: what people are sent' },
  { href: '/area/solutions', label: 'Suggestions for barriers' },
  { href: '/area/languages', label: 'Who has checked our translations' },
  { href: '/places', label: 'Boards and councils' },
] as const

const AlsoDecided = ({ decides }: Pick<AreaPageProps, 'decides'>) => (
  <>
    <h2 className="nhsuk-heading-m">Also decided here</h2>
    <LinkList links={decides ? [...forAll, ...forDeciders] : forAll} />
  </>
)
