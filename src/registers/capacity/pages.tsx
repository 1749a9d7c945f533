import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Cap, type Capacity, shareInWords } from './rules.ts'

type Said = Capacity & Readonly<{ id: string; fromOn: Temporal.PlainDate; why: string | null; byName: string | null }>

type CapacityProps = FormState &
  Readonly<{
    id: string
    member: Readonly<{ id: string; name: string }>
    said: readonly Said[]
    held: Capacity
    /** What the area says for somebody who works full time. */
    usual: Cap
    cap: Cap
    today: Temporal.PlainDate
  }>

/** How much one coach can look after: today, from a day on, and what was said before. */
export const CapacityPage = ({ id, member, said, held, usual, cap, today, ...state }: CapacityProps) => (
  <Page
    title="How much they can look after"
    caption={member.name}
    back={{ href: '/board', label: 'Board' }}
    problems={state.problems}
    width="reading"
  >
    <Today {...{ held, usual, cap }} />
    <h2 className="nhsuk-heading-m">From a day on</h2>
    <Form action={`/capacity/${member.id}`} fields={{ id }} {...state}>
      <Numbers held={held} />
      <DateField name="from" label="In force from" value={today.toString()} />
      <TextField name="why" label="Why?" hint="Needed where you enter people or points" />
      <Button>Save</Button>
    </Form>
    <Table
      caption="What was said"
      captionSize="m"
      columns={columns(member.id)}
      rows={said}
      rowKey={(row) => row.id}
      empty="Nothing was said for this coach yet: they carry what the area says for a full-time job."
    />
  </Page>
)

const Today = ({ held, usual, cap }: Pick<CapacityProps, 'held' | 'usual' | 'cap'>) => (
  <Card heading="Today">
    <SummaryList
      compact
      rows={[
        { label: 'Works', value: shareInWords(held.share) },
        { label: 'People at most', value: `${cap.people}${held.people === null ? '' : ', said for them'}` },
        { label: 'Points at most', value: `${cap.points}${held.points === null ? '' : ', said for them'}` },
      ]}
    />
    <p>
      The area says {usual.people} people and {usual.points} points for a full-time coach. More can always be given,
      with a reason.
    </p>
  </Card>
)

const Numbers = ({ held }: Pick<CapacityProps, 'held'>) => (
  <>
    <TextField
      name="share"
      label="Share of a full-time job"
      hint="For example 60 for three days a week"
      suffix="%"
      width={3}
      inputMode="numeric"
      value={`${held.share}`}
    />
    <TextField
      name="people"
      label="People at most (optional)"
      hint="Leave it empty for their share of the area’s number. Somebody new begins with fewer: enter a second row for the day from which they carry as many as others."
      width={3}
      inputMode="numeric"
    />
    <TextField name="points" label="Points at most (optional)" width={4} inputMode="numeric" />
  </>
)

const orTheArea = (number: number | null) => (number === null ? 'Their share' : `${number}`)

const columns = (member: string): readonly Column<Said>[] => [
  { key: 'from', label: 'From', names: true, nowrap: true, cell: ({ fromOn }) => longDay(fromOn) },
  { key: 'share', label: 'Works', cell: ({ share }) => shareInWords(share) },
  { key: 'people', label: 'People', cell: ({ people }) => orTheArea(people) },
  { key: 'points', label: 'Points', cell: ({ points }) => orTheArea(points) },
  { key: 'why', label: 'Why', prose: true, cell: ({ why, byName }) => [why, byName].filter(Boolean).join(', ') },
  {
    key: 'back',
    label: 'Change',
    cell: ({ id, fromOn }) => (
      <ButtonForm action={`/capacity/${member}/${id}/withdrawal`} asLink context={`what holds from ${longDay(fromOn)}`}>
        Take back
      </ButtonForm>
    ),
  },
]
