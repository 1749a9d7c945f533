import { dayInWords, longDay, shortDay } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  type Exception,
  exceptionInWords,
  exceptionKinds,
  type Hours,
  hoursInWords,
  modesInWords,
} from '#journey/availability/rules.ts'

type HoursRow = Hours & Readonly<{ id: string; venueName: string | null }>
type ExceptionRow = Exception & Readonly<{ id: string; venueName: string | null }>

type HoursProps = Readonly<{
  member: Readonly<{ id: string; name: string }>
  /** Whether the reader looks at themselves. */
  isOwn: boolean
  hours: readonly HoursRow[]
  exceptions: readonly ExceptionRow[]
  absences: readonly Readonly<{ id: string; words: string }>[]
  videoLink: string | null
  /** The room of the area, where the coach has none. */
  areaLink: string | null
  calendarSince: Temporal.PlainDate | null
  today: Temporal.PlainDate
}>

/** When one member can be met: their usual hours, the days that differ, and what else people need for it. */
export const HoursPage = (props: HoursProps) => {
  const { member, hours, exceptions, today } = props
  const own = `/coaches/${member.id}`
  return (
    <Page
      title={`When ${member.name} can be met`}
      back={{ href: `${own}/week`, label: 'Back to the week' }}
      lede="People choose from these hours themselves, as far as no appointment or absence takes them. Colleagues may book outside them."
      actions={
        <LinkButton href={`${own}/hours/new`} small>
          Add usual hours
        </LinkButton>
      }
    >
      <Table
        caption="Usual hours"
        columns={hoursColumns(own, today)}
        rows={hours}
        rowKey={({ id }) => id}
        empty="No hours are set, so nobody can choose a time. Add the hours of a usual week first."
      />
      <Table
        caption="Days that differ"
        columns={exceptionColumns(own, today)}
        rows={exceptions}
        rowKey={({ id }) => id}
        empty="Days on which the usual hours do not hold, or hold longer, appear here."
      />
      <p>
        <LinkButton href={`${own}/exceptions/new`} small secondary>
          Add a day that differs
        </LinkButton>
      </p>
      <Absent {...props} />
      <Besides {...props} />
    </Page>
  )
}

const hoursColumns = (own: string, today: Temporal.PlainDate): readonly Column<HoursRow>[] => [
  { key: 'when', label: 'When', names: true, cell: (row) => hoursInWords(row) },
  { key: 'how', label: 'How', cell: ({ modes }) => modesInWords(modes) },
  { key: 'where', label: 'Where in person', cell: ({ venueName }) => venueName ?? '' },
  {
    key: 'from',
    label: 'From',
    nowrap: true,
    cell: ({ fromOn }) => (Temporal.PlainDate.compare(fromOn, today) > 0 ? shortDay(fromOn) : 'Now'),
  },
  {
    key: 'until',
    label: 'Until',
    nowrap: true,
    cell: ({ untilOn }) => (untilOn ? shortDay(untilOn) : 'Further notice'),
  },
  {
    key: 'end',
    label: 'End',
    cell: ({ id, ...row }) => (
      <ButtonForm action={`${own}/hours/${id}/ending`} small secondary context={hoursInWords(row)}>
        End today
      </ButtonForm>
    ),
  },
]

const exceptionColumns = (own: string, today: Temporal.PlainDate): readonly Column<ExceptionRow>[] => [
  {
    key: 'when',
    label: 'When',
    names: true,
    cell: (row) => `${exceptionInWords(row)} (${dayInWords(row.onDay, today).split(' ')[0]})`,
  },
  { key: 'what', label: 'What', cell: ({ kind }) => exceptionKinds[kind].label },
  { key: 'how', label: 'How', cell: ({ modes }) => modesInWords(modes) },
  { key: 'where', label: 'Where in person', cell: ({ venueName }) => venueName ?? '' },
  {
    key: 'end',
    label: 'Take back',
    cell: ({ id, onDay }) => (
      <ButtonForm action={`${own}/exceptions/${id}/withdrawal`} small secondary context={longDay(onDay)}>
        Take back
      </ButtonForm>
    ),
  },
]

const Absent = ({ absences }: Pick<HoursProps, 'absences'>) =>
  absences.length === 0 ? null : (
    <Inset>
      {absences.map(({ id, words }) => (
        <p key={id}>Away {words}: nobody can choose a time then.</p>
      ))}
      <p>
        <a href="/absences">Absences and cover</a>
      </p>
    </Inset>
  )

const Besides = ({ member, isOwn, videoLink, areaLink, calendarSince }: HoursProps) => (
  <>
    <h2 className="nhsuk-heading-m">Video calls and calendar</h2>
    <SummaryList
      rows={[
        {
          label: 'Link of video calls',
          value: videoLink ?? (areaLink ? `The area’s: ${areaLink}` : 'None. Nobody can choose a video call.'),
          change: { href: `/coaches/${member.id}/video`, what: 'the link of video calls' },
        },
        ...(isOwn
          ? [
              {
                label: 'Calendar to subscribe to',
                value: calendarSince ? `Has an address since ${longDay(calendarSince)}` : 'Has no address',
                change: { href: `/coaches/${member.id}/calendar`, what: 'the address of the calendar' },
              },
            ]
          : []),
      ]}
    />
  </>
)
