import { type RawBuilder, sql } from 'kysely'
import { type Actor, reach } from '#platform/access/rules.ts'
import { edges, type Item, monthCounted } from './rules.ts'

/** One row that counts: what it is, whose, and when it happened, with what the standing of its spell says. */
export type CountedRow = Readonly<{ id: string; episode: string; person: string; at: Temporal.Instant }>

type Rows = RawBuilder<CountedRow>
type Asked = Readonly<{ area: string; from: Temporal.Instant; until: Temporal.Instant; reached: RawBuilder<boolean> }>

const planCompleted = sql<boolean>`standing.stage in ('aftercare', 'closed')`
const completed = (asked: Asked): Rows => episodes('ended_at', asked, planCompleted)

/** Which rows count for each item. An item added to the rules without a count here does not compile. */
const counts: Readonly<Record<Item, (asked: Asked) => Rows>> = {
  received: (asked) => episodes('received_at', asked),
  accepted: (asked) => episodes('accepted_at', asked),
  'first-contact': (asked) => episodes('first_tried_at', asked),
  'first-appointment': firstAppointments,
  started: (asked) => episodes('started_at', asked),
  'plan-agreed': (asked) => episodes('plan_agreed_at', asked),
  contact: contacts,
  appointment: (asked) => appointments(asked),
  completed,
  'ended-early': (asked) => episodes('ended_at', asked, sql<boolean>`standing.stage = 'ended'`),
  'after-13': completed,
  'after-26': completed,
}

const standing = sql`standing.episode, standing.person, standing.provider, standing.route, standing.imported,
  standing.received_at, standing.started_at, standing.ended_as`

type Moment = 'received_at' | 'accepted_at' | 'first_tried_at' | 'started_at' | 'plan_agreed_at' | 'ended_at'

function episodes(moment: Moment, { area, from, until, reached }: Asked, also = sql<boolean>`true`): Rows {
  const at = sql.ref(`standing.${moment}`)
  return sql`select standing.episode as id, ${at} as at, ${standing} from episode.standing standing
    where standing.area = ${area} and ${at} >= ${from}::timestamptz and ${at} < ${until}::timestamptz and ${also} and ${reached}`
}

function contacts({ area, from, until, reached }: Asked): Rows {
  return sql`select contact.id, contact.happened_at as at, ${standing} from contact.contact contact
    join episode.standing standing on standing.area = contact.area and standing.episode = contact.episode
    where contact.area = ${area} and contact.happened_at >= ${from}::timestamptz and contact.happened_at < ${until}::timestamptz
      and not exists (select from contact.withdrawal back where back.area = contact.area and back.contact = contact.id) and ${reached}`
}

function appointments({ area, from, until, reached }: Asked, also = sql<boolean>`true`): Rows {
  return sql`select meeting.id, meeting.starts_at as at, ${standing} from appointment.appointment meeting
    join episode.standing standing on standing.area = meeting.area and standing.episode = meeting.episode
    where meeting.area = ${area} and meeting.starts_at >= ${from}::timestamptz and meeting.starts_at < ${until}::timestamptz
      and ${also} and ${reached}`
}

const cameTo = (meeting: 'meeting' | 'sooner') =>
  sql<boolean>`exists (select from appointment.result came where came.area = ${sql.ref(`${meeting}.area`)}
    and came.appointment = ${sql.ref(`${meeting}.id`)} and came.kind = 'attended' and not exists (select from appointment.withdrawal back
      where back.area = came.area and back.result = came.id))`

function firstAppointments(asked: Asked): Rows {
  const first = sql<boolean>`${cameTo('meeting')} and not exists (select from appointment.appointment sooner
    where sooner.area = meeting.area and sooner.episode = meeting.episode
      and (sooner.starts_at, sooner.id) < (meeting.starts_at, meeting.id) and ${cameTo('sooner')})`
  return appointments(asked, first)
}

/** Whose rows count for a reader: the whole area for those who see numbers alone, else the people one's organisation holds. */
export function isCountedFor(actor: Actor, person: string): RawBuilder<boolean> {
  if (reach[actor.role].list === 'aggregate') return sql<boolean>`true`
  return sql<boolean>`exists (select from people.holder where holder.area = ${actor.area} and holder.person = ${sql.ref(person)}
    and holder.organisation = any(${[...actor.organisations]}::uuid[]) and holder.until is null)`
}

/** The rows that count for an item in a month, as a query to count or to list them by. */
export function listCounted(actor: Actor, item: Item, month: Temporal.PlainYearMonth): Rows {
  return counts[item]({
    ...edges(monthCounted(item, month)),
    area: actor.area,
    reached: isCountedFor(actor, 'standing.person'),
  })
}
