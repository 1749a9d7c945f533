import { clock, dayOf, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Arrangement, Version } from '#registers/safety-arrangement/rules.ts'

type Names = Readonly<Record<string, Readonly<{ label: string }>>>
export type ShownVersion = Version & Readonly<{ why: string | null; byName: string | null }>

type ArrangementProps = Readonly<{
  arrangement: Arrangement
  versions: readonly ShownVersion[]
  members: Names
  /** The day on which what is answered now is read, where whoever reads it is away then. */
  awayOn: Temporal.PlainDate | undefined
  today: Temporal.PlainDate
  /** Whether this reader may change it. */
  decides: boolean
}>

/** What the area arranged for the moment in which somebody may come to harm. */
export const ArrangementPage = ({ arrangement, versions, members, decides, awayOn, today }: ArrangementProps) => (
  <Page
    title="When somebody may be in danger"
    lede="The six points of this area, who reads an alert, and who is told next."
    back={{ href: '/area', label: 'Back to the area' }}
    actions={
      decides ? (
        <LinkButton href="/area/safety/new" small>
          Change this
        </LinkButton>
      ) : null
    }
    width="reading"
  >
    <Points points={arrangement.points} />
    <Times {...{ arrangement, members }} away={awayOn && awayInWords(awayOn, today)} />
    <p>
      <a href="/duty">Who leads on duty, day by day</a>
    </p>
    <Table
      caption="What held from when"
      captionSize="m"
      columns={versionColumns}
      rows={versions}
      rowKey={({ id }) => id}
      empty="Nobody has changed this yet: these are the usual six points and times."
    />
  </Page>
)

const Points = ({ points }: Pick<Arrangement, 'points'>) => (
  <ol className="nhsuk-list nhsuk-list--number">
    {points.map(({ point, how }) => (
      <li key={point}>
        <strong>{point}.</strong> {how}
      </li>
    ))}
  </ol>
)

type TimesProps = Pick<ArrangementProps, 'arrangement' | 'members'> & Readonly<{ away?: string | undefined }>

const Times = ({ arrangement, members, away }: TimesProps) => (
  <SummaryList
    rows={[
      {
        label: 'Somebody reads alerts',
        value: `Monday to Friday from ${arrangement.readFrom} until ${arrangement.readUntil}, not on bank holidays`,
      },
      { label: 'Who is told, one after another', value: <OneAfterAnother /> },
      { label: 'The next one is told', value: whenNext(arrangement) },
      { label: 'Outside these hours', value: arrangement.outOfHours },
      {
        label: 'Who reads what people answer by themselves',
        value: <Cover {...{ arrangement, members, away }} />,
      },
    ]}
  />
)

/** What `journey/watch` does: this page and that slice change together. */
const OneAfterAnother = () => (
  <>
    <p>
      At once the duty lead, then the deputy, then the service manager, and then the duty lead again, until somebody
      says that they have it.
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>On a day for which nobody is named, every senior coach counts as duty lead.</li>
      <li>Where there is no deputy, or anybody is away or may not open the record, the next one is told instead.</li>
      <li>Nobody is told twice running. Where no manager is left to tell, a senior coach is.</li>
      <li>
        Where there is nobody else at all, the same person is told again, and the concern stays on the board as one that
        nobody has.
      </li>
    </ul>
  </>
)

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)
const whenNext = ({ minutesNow, minutesOtherwise }: Arrangement) =>
  `After ${minutes(minutesNow)} where somebody has to act now, and after ${minutes(minutesOtherwise)} otherwise. Only these hours count; for a colleague who is not back in time, every hour does`

const Cover = ({ arrangement, members, away }: TimesProps) => (
  <>
    <p>{coverInWords(arrangement, members)}</p>
    {away === undefined ? null : (
      <p>
        <strong>{away}</strong>
      </p>
    )}
  </>
)

function awayInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const when = day.equals(today) ? 'today' : `on ${longDay(day)}, when what is answered now is read`
  return `They are away ${when}: the question is not asked now.`
}

function coverInWords({ cover }: Arrangement, members: Names): string {
  const name = cover === null ? undefined : members[cover]?.label
  return name === undefined
    ? 'Nobody is named: the question about self-harm is not asked when people answer by themselves'
    : `${name}: told at once of an answer that asks for somebody, in place of the duty lead. Then the deputy, or the duty lead where there is none, and then the service manager. On days on which they are away the question about self-harm is not asked where people answer by themselves`
}

const versionColumns: readonly Column<ShownVersion>[] = [
  { key: 'from', label: 'From', nowrap: true, names: true, cell: ({ fromOn }) => shortDay(fromOn) },
  { key: 'hours', label: 'Hours', nowrap: true, cell: ({ readFrom, readUntil }) => `${readFrom} to ${readUntil}` },
  {
    key: 'minutes',
    label: 'Minutes',
    cell: ({ minutesNow, minutesOtherwise }) => `${minutesNow} and ${minutesOtherwise}`,
  },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => why ?? '' },
  {
    key: 'by',
    label: 'By',
    cell: ({ byName, saidAt }) => `${byName ?? 'Staff'}, ${shortDay(dayOf(saidAt))} at ${clock(saidAt)}`,
  },
]

type FormProps = FormState &
  Readonly<{
    arrangement: Arrangement
    members: Names
    id: string
    version: string
    from: Temporal.PlainDate
  }>

/** Changes the six points, the hours and who is told, from a day on. */
export const ArrangementForm = ({ arrangement, members, id, version, from, problems, typed }: FormProps) => (
  <Page
    title="Change what is done when somebody may be in danger"
    back={{ href: '/area/safety' }}
    problems={problems}
    width="reading"
  >
    <Form
      action="/area/safety"
      fields={{ id }}
      edits={{
        version,
        now: (
          <>
            <Points points={arrangement.points} />
            <Times {...{ arrangement, members }} />
          </>
        ),
      }}
      draft
      {...{ problems, typed }}
    >
      <PointFields points={arrangement.points} />
      <h2 className="nhsuk-heading-m">Who reads an alert, and when</h2>
      <TimeFields {...{ arrangement, members }} />
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="why" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
  </Page>
)

const PointFields = ({ points }: Pick<Arrangement, 'points'>) => (
  <>
    {points.map(({ point, how }, place) => (
      <fieldset key={point} className="nhsuk-fieldset">
        <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">Point {place + 1}</legend>
        <TextField name={`point-${place + 1}`} label="What to do" value={point} />
        <TextArea name={`how-${place + 1}`} label="How" rows={2} value={how} />
      </fieldset>
    ))}
  </>
)

const TimeFields = ({ arrangement, members }: Pick<FormProps, 'arrangement' | 'members'>) => (
  <>
    <HourFields arrangement={arrangement} />
    <TextField
      name="minutesNow"
      label="Minutes until the next one is told, where somebody has to act now"
      width={4}
      inputMode="numeric"
      value={`${arrangement.minutesNow}`}
    />
    <TextField
      name="minutesOtherwise"
      label="Minutes until the next one is told otherwise"
      width={4}
      inputMode="numeric"
      value={`${arrangement.minutesOtherwise}`}
    />
    <TextArea
      name="outOfHours"
      label="What staff do when nobody reads alerts"
      hint="Shown outside the hours wherever a concern is written down"
      rows={4}
      value={arrangement.outOfHours}
    />
    <SelectFrom
      name="cover"
      label="Who reads what people answer by themselves"
      hint="They are told first when such an answer asks for somebody; where they are away or may not open the record, the duty lead is. Only where somebody is named is the question about self-harm asked of people who answer by themselves."
      list={members}
      empty="Nobody: do not ask it there"
      value={arrangement.cover ?? undefined}
    />
  </>
)

const HourFields = ({ arrangement }: Pick<FormProps, 'arrangement'>) => (
  <>
    <TextField name="readFrom" label="Somebody reads alerts from" type="time" width={5} value={arrangement.readFrom} />
    <TextField
      name="readUntil"
      label="Until"
      hint="On working days. The clock for the next one to be told runs only in these hours."
      type="time"
      width={5}
      value={arrangement.readUntil}
    />
  </>
)
