import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import type { Message } from '#platform/notify/rules.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import type { Owner } from '#journey/action/rules.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'
import { type ActionDue, reminderFrom, reminderTimes, remindKind, remindTemplate } from './rules.ts'

// What was done, did not work or is not needed is due no more; "not yet" takes such an answer back.
const isUnsettled = sql<boolean>`coalesce((select said.result from action.result said where said.area = action.area
  and said.action = action.id order by said.id desc limit 1), 'not-yet') = 'not-yet'`

// Only what the person agreed to: what their coach wrote down since is a suggestion.
const isAgreed = sql<boolean>`exists (select from agreement.agreement version where version.area = action.area
  and version.episode = goal.episode and version.number = (select max(newest.number) from agreement.agreement newest
    where newest.area = version.area and newest.episode = version.episode)
  and jsonb_path_exists(version.content, '$.goals[*].actions[*] ? (@.id == $id)', jsonb_build_object('id', action.id)))`

/** What of agreed plans is not settled, while support goes on and does not wait on others. */
function standingActions(db: Db, area: string) {
  return db
    .selectFrom('action.action as action')
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'action.area').onRef('goal.id', '=', 'action.goal'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'goal.area').onRef('standing.episode', '=', 'goal.episode'),
    )
    .where('action.area', '=', area)
    .where('action.taken_out_at', 'is', null)
    .where('goal.taken_out_at', 'is', null)
    .where('standing.stage', 'in', ['plan-agreed', 'active'])
    .where('standing.ended_at', 'is', null)
    .where(isUnsettled)
}

type Reminding = Readonly<{ area: string; now: Temporal.Instant; origin: string }>

/** Reminds everybody of what they wanted to do and what falls due: once for each day, and in one message for all of it. */
export async function remindParticipants(db: Db, { area, now, origin }: Reminding): Promise<void> {
  const today = dayOf(now)
  const due = await standingActions(db, area)
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['action.id as action', 'action.due_on', 'standing.person'])
    .where('action.owner', '=', 'participant')
    .where('action.due_on', '<=', today)
    .where('action.due_on', '>=', reminderFrom(today))
    .where('person.died_on', 'is', null)
    .where(isAgreed)
    .where(
      sql<boolean>`not exists (select from action_reminder.reminder before where before.area = action.area
      and before.action = action.id and before.due_on = action.due_on)`,
    )
    .orderBy('standing.person')
    .execute()
  for (const [person, actions] of Map.groupBy(due, (one) => one.person))
    await remind(db, { area, person, actions, now, origin })
}

type About = Reminding &
  Readonly<{ person: string; actions: readonly Readonly<{ action: string; due_on: Temporal.PlainDate }>[] }>

async function remind(db: Db, { area, person, actions, now, origin }: About): Promise<void> {
  const telling = newId()
  const way = await findWay(db, area, person)
  const rows = actions.map(({ action, due_on }) => ({
    area,
    action,
    due_on,
    telling,
    told: way !== undefined,
    at: now,
  }))
  await db.insertInto('action_reminder.reminder').values(rows).execute()
  const codes = { actions: actions.map(({ action }) => action), told: way?.channel ?? null }
  writeEntry(db, {
    area,
    by: undefined,
    at: now,
    happening: { kind: 'act', what: remindKind, person, subject: telling, codes },
  })
  if (!way) return
  const { allowedBy, reader, ...to } = way
  const here = await findArea(db, area)
  const words = await findWords(db, {
    ...{ area, template: remindTemplate, format: to.channel, reader },
    facts: { area: await findCalling(db, area, dayOf(now)), space: `${origin}/my`, phone: here?.phone ?? null },
  })
  const times = reminderTimes(dayOf(now), now)
  await sendMessage(db, { area, person, kind: remindKind, about: telling, allowedBy, ...to, ...words, ...times, now })
}

/** By text or email, where they agreed to be contacted, one is safe and wanted, and they may sign in: a letter would come too late. */
async function findWay(db: Db, area: string, person: string) {
  const [reader, answers, means, closed] = await Promise.all([
    findReader(db, area, person),
    listPermissions(db, area, person),
    listMeans(db, area, person),
    isClosed(db, area, person),
  ])
  const contact = answers.find((one) => one.switch === 'contact' && one.recipient === '' && one.given)
  const quick = means.filter(({ kind, failed_at }) => (kind === 'mobile' || kind === 'email') && !failed_at)
  const to = safeAddress(quick, reader.accessNeeds)
  return contact && to && !closed ? { ...to, allowedBy: contact.id, reader } : undefined
}

/** Whether something a message reminds of is still to be done by that day: not done, moved or taken out, and support goes on. */
export async function isStillDue(db: Db, { area, about }: Pick<Message, 'area' | 'about'>): Promise<boolean> {
  const found = await standingActions(db, area)
    .innerJoin('action_reminder.reminder as reminder', (join) =>
      join
        .onRef('reminder.area', '=', 'action.area')
        .onRef('reminder.action', '=', 'action.id')
        .onRef('reminder.due_on', '=', 'action.due_on'),
    )
    .select('action.id')
    .where('reminder.telling', '=', about)
    .where('action.owner', '=', 'participant')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

type Asked = Readonly<{ area: string; coaches: readonly string[]; today: Temporal.PlainDate }>

/**
 * What of agreed plans is due and for their coach to see to: their own, what an employer or a service said they would do,
 * and what no message could remind its participant of. The longest due first.
 */
export async function listActionsDue(db: Db, { area, coaches, today }: Asked) {
  const rows = await standingActions(db, area)
    .select(['goal.episode', 'action.id as action', 'action.what', 'action.due_on'])
    // Checked: owner is written from the list in the rules alone.
    .select(sql<Owner>`action.owner`.as('owner'))
    .where('action.due_on', '<=', today)
    .where(isLookedAfterBy(area, coaches, 'goal.episode'))
    .where(isAgreed)
    .where(
      sql<boolean>`(action.owner <> 'participant' or exists (select from action_reminder.reminder reminder
      where reminder.area = action.area and reminder.action = action.id and reminder.due_on = action.due_on
        and not reminder.told))`,
    )
    .orderBy('action.due_on')
    .orderBy('action.id')
    .execute()
  return rows satisfies (ActionDue & Readonly<{ episode: string }>)[]
}
