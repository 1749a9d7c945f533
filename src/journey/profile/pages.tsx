import { longDay, monthInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { fieldOf, type PlannedMonth, yearInWords } from './rules.ts'

type Organisation = Readonly<{ id: string; name: string }>

type ProfileProps = Readonly<{
  organisation: Organisation
  organisations: CodeList
  year: number
  months: readonly PlannedMonth[]
  /** How many began in each month; nothing where the reader may not list people. */
  started: ReadonlyMap<string, number> | undefined
  mayEnter: boolean
}>

/** Planned starts beside those that came, month by month. */
export const Profile = ({ organisation, organisations, year, months, started, mayEnter }: ProfileProps) => (
  <Page
    title="Planned starts"
    caption={`${organisation.name}, ${yearInWords(year)}`}
    lede="How many people are meant to begin support in each month. What was planned first stays beside what holds now."
    actions={
      mayEnter ? (
        <LinkButton href={`/profile/${organisation.id}/${year}`} small>
          Enter planned starts
        </LinkButton>
      ) : null
    }
  >
    {Object.keys(organisations).length > 1 ? (
      <FilterForm action="/profile" clear={undefined} fields={{ year: `${year}` }}>
        <SelectFrom name="organisation" label="Provider" list={organisations} empty={false} value={organisation.id} />
      </FilterForm>
    ) : null}
    <Table
      caption={yearInWords(year)}
      captionSize="hidden"
      columns={columns(started)}
      rows={months}
      rowKey={({ month }) => month.toString()}
      empty=""
    />
    <p>
      <a href={`/profile?organisation=${organisation.id}&year=${year - 1}`}>{yearInWords(year - 1)}</a>
      {' · '}
      <a href={`/profile?organisation=${organisation.id}&year=${year + 1}`}>{yearInWords(year + 1)}</a>
    </p>
  </Page>
)

function columns(started: ProfileProps['started']): readonly Column<PlannedMonth>[] {
  const came: Column<PlannedMonth> = {
    key: 'started',
    label: 'Started',
    numeric: true,
    cell: ({ month }) => (
      <a href={`/people?list=started&month=${month.toString()}`}>
        {started?.get(month.toString()) ?? 0}
        <span className="nhsuk-u-visually-hidden"> started in {monthInWords(month)}</span>
      </a>
    ),
  }
  return [
    { key: 'month', label: 'Month', names: true, cell: ({ month }) => monthInWords(month) },
    { key: 'planned', label: 'Planned', numeric: true, cell: ({ now }) => now?.starts ?? 'Not yet' },
    { key: 'first', label: 'Planned first', numeric: true, cell: ({ first }) => first?.starts ?? '' },
    ...(started ? [came] : []),
    {
      key: 'by',
      label: 'Entered',
      cell: ({ now }) => (now ? `${longDay(now.enteredOn)} by ${now.by ?? 'somebody'}` : ''),
    },
    { key: 'why', label: 'Why it changed', cell: ({ now }) => now?.why ?? '' },
  ]
}

type FormProps = FormState &
  Readonly<{ organisation: Organisation; year: number; months: readonly PlannedMonth[]; version: string; id: string }>

/** Enters how many are meant to start in each month of a year. */
export const ProfileForm = ({ organisation, year, months, version, id, problems, typed }: FormProps) => (
  <FormPage
    title="Enter planned starts"
    caption={`${organisation.name}, ${yearInWords(year)}`}
    back={{ href: `/profile?organisation=${organisation.id}&year=${year}`, label: 'Back to planned starts' }}
    action={`/profile/${organisation.id}/${year}`}
    fields={{ id }}
    edits={{ version, now: <Holds months={months} /> }}
    width="reading"
    {...{ problems, typed }}
  >
    {months.map(({ month, now }) => (
      <TextField
        key={month.toString()}
        name={fieldOf(month)}
        label={monthInWords(month)}
        width={4}
        inputMode="numeric"
        value={now === undefined ? undefined : `${now.starts}`}
      />
    ))}
    <TextField
      name="why"
      label="Why it changes (only where a number stands already)"
      hint="What was planned before stays, with your name beside the new number"
    />
    <Button>Save</Button>
  </FormPage>
)

const Holds = ({ months }: Pick<FormProps, 'months'>) => (
  <p>
    {months
      .flatMap(({ month, now }) => (now ? [`${monthInWords(month)}: ${now.starts}, by ${now.by ?? 'somebody'}`] : []))
      .join('. ') || 'Nothing is planned yet.'}
  </p>
)
