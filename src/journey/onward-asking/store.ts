import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark, type Message } from '#platform/notify/rules.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import type { State } from '#journey/onward/rules.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { morningTimes } from '#journey/onward-telling/rules.ts'
import { findQuickWay } from '#journey/onward-telling/store.ts'
import { askedBetween, helpKind, helpLink, helpLinkDays, helpTemplate } from './rules.ts'

// Those of whom nothing hinders that they are asked: support goes on and does not wait, and nobody is to be kept from it.
function standing(db: Db, area: string) {
  return db
    .selectFrom('onward.referral as referral')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .where('referral.area', '=', area)
    .where('standing.ended_at', 'is', null)
    .where('standing.stage', '<>', 'waiting')
    .where('person.died_on', 'is', null)
    .where('person.restricted', '=', false)
}

// Since it stands where it does, or since they were asked, they have said something of it themselves.
const hasSpoken = (since: string) =>
  sql<boolean>`exists (select from onward.event said where said.area = referral.area and said.referral = referral.id
    and said.witness = 'person' and said.at >= ${sql.ref(since)})`

type Asking = Readonly<{ area: string; now: Temporal.Instant; origin: string }>

/** Asks people whether they got help, once for each moment, and of one service at a time. */
export async function askForHelp(db: Db, { area, now, origin }: Asking): Promise<void> {
  const { askAboutHelpDays } = await findSettings(db, area, dayOf(now))
  const { from, before } = askedBetween(dayOf(now), askAboutHelpDays)
  const due = await standing(db, area)
    .select(['referral.id', 'standing.person', sql<State>`referral.state`.as('state')])
    .where(sql<boolean>`referral.state in ('told', 'accepted', 'started')`)
    .where('referral.state_at', '>=', from)
    .where('referral.state_at', '<', before)
    .where((is) => is.not(hasSpoken('referral.state_at')))
    .where(
      sql<boolean>`not exists (select from onward.event asked where asked.area = referral.area
        and asked.referral = referral.id and asked.kind = 'asked' and asked.reason = referral.state)`,
    )
    .orderBy('referral.state_at')
    .orderBy('referral.id')
    .execute()
  for (const [first] of Map.groupBy(due, ({ person }) => person).values())
    if (first) await ask(db, { ...first, area, now, origin })
}

type About = Asking & Readonly<{ id: string; person: string; state: State }>

async function ask(db: Db, { area, id: referral, person, state, now, origin }: About): Promise<void> {
  const way = await findQuickWay(db, area, person)
  if (!way) return
  const { contact, reader, ...to } = way
  const asked = { area, id: newId(), referral, at: now, kind: 'asked', witness: 'product' } as const
  if ((await recordEvent(db, { ...asked, how: 'message', reason: state })) !== 'kept') return
  const codes = { moment: state, told: to.channel }
  const happening = { kind: 'act', what: helpKind, person, subject: referral, codes } as const
  writeEntry(db, { area, by: undefined, at: now, happening })
  const expiresAt = now.add({ hours: 24 * helpLinkDays })
  const [here, called] = await Promise.all([findArea(db, area), findCalling(db, area, dayOf(now))])
  const facts = { area: called, link: `${origin}${linkMark}`, day: dayOf(expiresAt), phone: here?.phone ?? null }
  const words = await findWords(db, { area, template: helpTemplate, format: to.channel, reader, facts })
  await sendMessage(db, {
    ...{ ...to, ...words, area, person, kind: helpKind, about: asked.id, ...morningTimes(dayOf(now), now) },
    ...{ allowedBy: contact.id, link: { purpose: helpLink, subject: asked.id, expiresAt }, now },
  })
}

/** Whether a question that was written is still to go: it stands where it stood, nothing was heard, and support goes on. */
export async function isHelpStillAsked(db: Db, { area, about }: Pick<Message, 'area' | 'about'>): Promise<boolean> {
  const found = await standing(db, area)
    .innerJoin('onward.event as asked', (join) =>
      join.onRef('asked.area', '=', 'referral.area').onRef('asked.referral', '=', 'referral.id'),
    )
    .select('referral.id')
    .where('asked.id', '=', about)
    .where('asked.kind', '=', 'asked')
    .whereRef('asked.reason', '=', 'referral.state')
    .where((is) => is.not(hasSpoken('referral.state_at')))
    .executeTakeFirst()
  return found !== undefined
}

/** Of which service somebody was asked by a link. */
export async function findAskedOf(db: Db, area: string, asked: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('onward.event')
    .select('referral')
    .where('area', '=', area)
    .where('id', '=', asked)
    .where('kind', '=', 'asked')
    .executeTakeFirst()
  return found?.referral
}

/** Whether a link to the question is still to be opened: what it asks about was not taken back. */
export async function mayOpenHelp(db: Db, { area, subject }: Readonly<{ area: string; subject: string | null }>) {
  const referral = subject === null ? undefined : await findAskedOf(db, area, subject)
  if (referral === undefined) return false
  const found = await db
    .selectFrom('onward.referral')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', referral)
    .where('state', '<>', 'withdrawn')
    .executeTakeFirst()
  return found !== undefined
}

/** Lets whoever answers by a link go on alone, so that a second tab finds what was said in the first. */
export async function holdAnswers(db: Db, { area, subject }: Readonly<{ area: string; subject: string | null }>) {
  await sql`select pg_advisory_xact_lock(hashtextextended('help ' || ${area} || ${subject}, 0))`.execute(db)
}
