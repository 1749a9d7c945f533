import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { ChosenCount, type Column, Table } from '#platform/html/table.tsx'
import { routes } from '#registers/organisations/rules.ts'
import { needInWords } from '#registers/access-needs/rules.ts'
import type { Caseload } from '#journey/room/rules.ts'
import { clocksOf, keyOf, needs, orders, suggestionsFor, type Waiting } from '#journey/allocation/rules.ts'

export type QueueProps = FormState &
  Readonly<{
    waiting: readonly Waiting[]
    coaches: readonly Caseload[]
    filter: Readonly<{ coach: string; route: string; need: string; order: string }>
    /** The last episode of the page before; empty on the first page. */
    after: string
    today: Temporal.PlainDate
    older: string | undefined
    newer: string | undefined
  }>

/** Coaches to choose from, with how many people they look after. */
function coachList(coaches: readonly Caseload[]): CodeList {
  return Object.fromEntries(
    coaches.map(({ coach, name, open, cap, points, pointsCap, organisationName }) => [
      coach,
      { label: `${name}, ${organisationName}: ${open} of ${cap} people, ${points} of ${pointsCap} points` },
    ]),
  )
}

/** The same by their names alone, to narrow the list down. */
const namesOf = (coaches: readonly Caseload[]): CodeList =>
  Object.fromEntries(coaches.map(({ coach, name }) => [coach, { label: name }]))

/** Accepted people who have no coach yet, the most urgent first. */
export const QueuePage = ({ waiting, coaches, filter, after, today, older, newer, ...state }: QueueProps) => {
  const list = coachList(coaches)
  const { coach: of, ...narrowed } = filter
  return (
    <Page
      title={filter.coach === '' ? 'Waiting for a coach' : `People of ${nameOf(coaches, filter.coach)}`}
      problems={state.problems}
      actions={
        <LinkButton href="/absences" small secondary>
          Absences and cover
        </LinkButton>
      }
    >
      <Narrow filter={filter} list={namesOf(coaches)} />
      <ListBar count={countOf(waiting.length, older !== undefined)} print />
      <Form action="/allocation/proposal" fields={{ of, ...narrowed, after }} {...state}>
        <Table
          caption="People to give to a coach"
          captionSize="hidden"
          columns={columns(coaches, today)}
          rows={waiting}
          rowKey={({ episode }) => episode}
          choose={{
            name: 'chosen',
            value: keyOf,
            label: ({ name }) => `Choose ${name}`,
            chosen: [state.typed['chosen'] ?? []].flat(),
          }}
          empty="People appear here when a referral is accepted, or handed over to you, and nobody is their coach yet."
        />
        {waiting.length > 0 ? <GiveTo list={list} /> : null}
      </Form>
      <NewerOlder
        {...(newer === undefined ? {} : { newer, newerLabel: 'First page' })}
        {...(older === undefined ? {} : { older, olderLabel: 'Next page' })}
      />
    </Page>
  )
}

const Narrow = ({ filter, list }: Pick<QueueProps, 'filter'> & { list: CodeList }) => {
  const set = filter.coach !== '' || filter.route !== '' || filter.need !== ''
  return (
    <FilterForm action="/allocation" clear={set ? '/allocation' : undefined}>
      <SelectFrom name="coach" id="of" label="Coach" list={list} empty="Nobody’s yet" value={filter.coach} />
      <SelectFrom name="route" label="Route" list={routes} empty="Every route" value={codeIn(routes, filter.route)} />
      <SelectFrom name="need" label="Who needs" list={needs} empty="Everybody" value={codeIn(needs, filter.need)} />
      <SelectFrom name="order" label="Order" list={orders} empty={false} value={codeIn(orders, filter.order)} />
    </FilterForm>
  )
}

const GiveTo = ({ list }: { list: CodeList }) => (
  <>
    <SelectFrom name="coach" label="Give them to" list={list} />
    <ButtonGroup>
      <Button>Show the effect</Button>
      <ChosenCount one="person chosen" many="people chosen" />
    </ButtonGroup>
  </>
)

function countOf(shown: number, more: boolean): string {
  if (more) return `The first ${shown} people`
  return shown === 1 ? '1 person' : `${shown} people`
}

function nameOf(coaches: readonly Caseload[], coach: string): string {
  return coaches.find((one) => one.coach === coach)?.name ?? 'another coach'
}

function codeIn<List extends CodeList>(list: List, code: string): (keyof List & string) | undefined {
  return Object.keys(list).find((one): one is keyof List & string => one === code)
}

const columns = (coaches: readonly Caseload[], today: Temporal.PlainDate): readonly Column<Waiting>[] => [
  {
    key: 'name',
    label: 'Person',
    names: true,
    nowrap: true,
    cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a>,
  },
  { key: 'clock', label: 'Due', cell: (one) => <Clocks waiting={one} today={today} /> },
  { key: 'needs', label: 'Language and access', cell: (one) => needsInWords(one) },
  {
    key: 'place',
    label: 'Place',
    cell: ({ council, district }) => [council, district].filter(Boolean).join(', ') || 'Not known',
  },
  {
    key: 'route',
    label: 'Route',
    cell: ({ route, receivedOn }) => `${labelIn(routes, route)}, ${shortDay(receivedOn)}`,
  },
  {
    key: 'points',
    label: 'Points',
    numeric: true,
    cell: ({ episode, points, name }) => (
      <a href={`/episodes/${episode}/weight`}>
        {points}
        <span className="nhsuk-u-visually-hidden"> points: why, for {name}</span>
      </a>
    ),
  },
  { key: 'suggestion', label: 'Who would suit', cell: (one) => <Suggested waiting={one} coaches={coaches} /> },
]

const Clocks = ({ waiting, today }: { waiting: Waiting; today: Temporal.PlainDate }) => {
  const clocks = clocksOf(waiting, today)
  if (clocks.length === 0) return 'Seen'
  return (
    <div>
      {clocks.map(({ words, late }) => (
        <div key={words}>
          {late ? <Tag colour="red">Late</Tag> : null} {words}
        </div>
      ))}
    </div>
  )
}

function needsInWords({ language, interpreter, accessNeeds: codes }: Waiting): string {
  return [language ?? 'Language not given', interpreter ? `interpreter: ${interpreter}` : '', ...codes.map(needInWords)]
    .filter(Boolean)
    .join('; ')
}

function labelIn(list: CodeList, code: string | null): string {
  return code === null ? 'Not known' : (list[code]?.label ?? code)
}

const Suggested = ({ waiting, coaches }: { waiting: Waiting; coaches: readonly Caseload[] }) => {
  const [first, ...others] = suggestionsFor(waiting, coaches).slice(0, 3)
  if (!first) return 'No coach may see them'
  return (
    <div>
      {reasonsFor(first)}
      {others.length > 0 ? (
        <Details summary="Others">
          {others.map((one) => (
            <p key={one.coach.coach}>{reasonsFor(one)}</p>
          ))}
        </Details>
      ) : null}
    </div>
  )
}

function reasonsFor({ coach, fits }: ReturnType<typeof suggestionsFor>[number]): string {
  return `${coach.name}: ${fits.map(({ words }) => words).join(', ')}`
}
