import type { Role } from '#platform/access/rules.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { recordAddress, wayTo } from '#journey/record/rules.ts'
import {
  type Happening,
  type Kind,
  kinds,
  type Place,
  shortened,
  whenInWords,
  writtenBy,
} from '#journey/timeline/rules.ts'

type StoryProps = Readonly<{
  person: string
  role: Role
  mayEdit: boolean
  shown: readonly Happening[]
  older: Place | undefined
  before: Place | undefined
  kind: Kind | null
  now: Temporal.Instant
}>

/** Everything said, sent and done, the newest first, a page at a time. */
export const Story = ({ person, role, mayEdit, shown, older, before, kind, now }: StoryProps) => (
  <>
    <h2 className="nhsuk-heading-m">What happened</h2>
    <FilterForm
      action={`/people/${person}`}
      label="Narrow the story down"
      clear={kind ? recordAddress(person, null) : undefined}
    >
      <SelectFrom name="kind" label="Show" list={kinds} empty="Everything" value={kind ?? undefined} />
    </FilterForm>
    <Timeline
      happenings={shown.map((one) => ({
        key: `${one.kind}-${one.id}`,
        what: <What {...one} href={wayTo(one, { role, mayEdit })} />,
        when: whenInWords(one, now),
        moment: one.at.toString(),
        by: writtenBy(one),
        text: <Text text={one.text ?? []} />,
        tag: one.mark === undefined ? undefined : { label: one.mark, colour: 'grey' },
      }))}
      empty={emptyFor(kind, before)}
    />
    <NewerOlder
      newer={before ? recordAddress(person, kind) : undefined}
      older={older ? recordAddress(person, kind, older) : undefined}
      newerLabel="Newest"
      olderLabel="Earlier"
    />
  </>
)

function emptyFor(kind: Kind | null, before: Place | undefined): string {
  if (before) return 'Nothing came before this.'
  return kind
    ? `Nothing under “${kinds[kind].label}” yet. Show everything to see the rest of the story.`
    : 'Everything that is said, sent and done will stand here.'
}

const What = ({ what, href }: Readonly<{ what: string; href: string | undefined }>) =>
  href ? <a href={href}>{what}</a> : <>{what}</>

const Text = ({ text }: Readonly<{ text: NonNullable<Happening['text']> }>) => {
  const lines = text.filter((line): line is string => typeof line === 'string' && line !== '')
  return lines.length === 0 ? null : lines.map((line) => <p key={line}>{shortened(line)}</p>)
}
