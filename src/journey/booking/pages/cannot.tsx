import { whoDid, purposes, reasons } from '#journey/appointment/rules.ts'
import { modes } from '#journey/invitation/rules.ts'
import { dayFromParts, longDay } from '#platform/dates.ts'
import type { Typed } from '#platform/form/rules.ts'
import type { CodeList } from '#platform/html/choices.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'

type Sent = Readonly<{ typed: Typed; members: CodeList; venues: CodeList }>
type CannotProps = Readonly<{ person: Readonly<{ id: string; name: string }>; why: string; sent?: Sent }>

/** Why nothing can be booked here, with what was entered all the same. */
export const CannotBook = ({ person, why, sent }: CannotProps) => (
  <Page
    title="An appointment cannot be booked now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
    {sent ? <Entered {...sent} /> : null}
  </Page>
)

/** The day in words; as it was typed where that is no day. */
function dayEntered(text: (name: string) => string): string {
  const [day, month, year] = [text('day-day'), text('day-month'), text('day-year')]
  const read = dayFromParts({ day, month, year })
  return read.ok ? longDay(read.day) : [day, month, year].join(' ').trim()
}

const Entered = ({ typed, members, venues }: Sent) => {
  const text = (name: string) => [typed[name]].flat()[0]?.trim() ?? ''
  const named = (list: CodeList, name: string) => list[text(name)]?.label ?? ''
  const rows = [
    { label: 'With whom', value: named(members, 'member') },
    { label: 'What for', value: named(purposes, 'purpose') },
    { label: 'Day', value: dayEntered(text) },
    { label: 'Time', value: text('time') },
    { label: 'Minutes', value: text('minutes') },
    { label: 'How you meet', value: named(modes, 'mode') },
    { label: 'Building', value: named(venues, 'venue') },
    { label: 'Another place or link', value: text('place') },
    { label: 'How their access needs are met', value: text('access') },
    { label: 'Who asked to move it', value: named(whoDid, 'who') },
    { label: 'Why', value: named(reasons, 'reason') },
    { label: 'Note for colleagues', value: text('note') },
  ].filter(({ value }) => value !== '')
  if (rows.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What you entered, which was not saved</h2>
      <SummaryList rows={rows} />
    </>
  )
}
