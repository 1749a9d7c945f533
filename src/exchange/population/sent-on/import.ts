import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { takeAnswering } from '#registers/answering/import.ts'
import { emptyListing } from '#registers/listing/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { basisOf } from '#registers/permissions/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { Saying } from '#registers/services/rules.ts'
import { saveListings, saveOwners } from '#registers/services/store.ts'
import { recordEvent, saveOnward } from '#journey/onward/store.ts'
import { takeSilence } from '#journey/onward-silence/import.ts'
import { earlier, type Happened, type Sent, underWay } from './rules.ts'

type Wanted = Readonly<{
  area: string
  /** Who runs the service that answers in an inbox, and who of them does. */
  organisation: Readonly<{ id: string; name: string }>
  answeredBy: string
  /** Who lets them answer. */
  by: string
  now: Temporal.Instant
}>

const name = 'Money advice by appointment'
const money = '8ea8fbdb-f0ef-5d03-86a3-495b8c29fd23'

type MadeUp = Readonly<{
  area: string
  organisations: readonly Readonly<{ id: string; key: string }>[]
  staff: readonly Readonly<{ id: string; post: Readonly<{ role: string; name: string }> }>[]
}>

/** A made-up local service of an area that answers in its own inbox, with people who were passed on to it. */
export async function takeInbox(db: Db, { area, organisations, staff }: MadeUp, now: Temporal.Instant): Promise<void> {
  const id = organisations.find(({ key }) => key === 'advice')?.id ?? ''
  const of = (role: string) => staff.find(({ post }) => post.role === role)
  const [by, answeredBy] = [of('service-manager')?.id ?? '', of('provider-lead')?.post.name ?? '']
  await takePassedOn(db, { area, organisation: { id, name: 'Lockside Money Advice' }, answeredBy, by, now })
}

async function takePassedOn(db: Db, wanted: Wanted): Promise<void> {
  const { area, organisation, by, now } = wanted
  const at = ago(now, 400)
  const [service, owner] = [newId(), newId()]
  const saying: Saying = { area, cameFrom: 'member', source: null, note: null, by: null, at }
  const runBy = { name: organisation.name, about: null, url: null, email: null }
  await saveOwners(db, saying, [{ id: owner, version: 1, owner: runBy }])
  const today = dayOf(now)
  const listing = {
    ...{ ...emptyListing, name, summary: 'Advice on money worries, letters and benefits.', owner, kinds: [money] },
    ...({ email: 'desk@money-advice.example.org', ways: ['coach'], capacity: 'few', waitWeeks: 3 } as const),
    ...{ waitOn: today.subtract({ days: 9 }).toString(), checkedOn: today.subtract({ days: 40 }).toString() },
  }
  await saveListings(db, saying, [{ id: service, version: 1, listing, origin: 'own' }])
  await takeAnswering(db, { area, id: newId(), service, organisation: organisation.id, sent_since: null, at, by })
  const to = { ...wanted, service }
  await takeEach(db, to, { people: await listPlanned(db, area, { ended: false }), all: underWay, ended: false })
  await takeEach(db, to, { people: await listPlanned(db, area, { ended: true }), all: earlier, ended: true })
}

const ago = (now: Temporal.Instant, days: number) => now.subtract({ hours: 24 * days })

/** People with a goal, by when they were referred; those who are supported now, or whose support has ended. */
async function listPlanned(db: Db, area: string, { ended }: Readonly<{ ended: boolean }>) {
  return db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'standing.area').onRef('goal.episode', '=', 'standing.episode'),
    )
    .distinctOn('standing.received_at')
    .select(['standing.person', 'standing.episode', 'standing.coach', sql<string>`goal.id`.as('goal')])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name'])
    .where('standing.area', '=', area)
    .where('standing.ended_at', ended ? 'is not' : 'is', null)
    .where('person.died_on', 'is', null)
    .where('person.restricted', '=', false)
    .where('person.merged_into', 'is', null)
    .orderBy('standing.received_at')
    .limit(40)
    .execute()
}

type Planned = Awaited<ReturnType<typeof listPlanned>>[number]
type To = Wanted & Readonly<{ service: string }>

async function takeEach(
  db: Db,
  to: To,
  { people, all, ended }: Readonly<{ people: readonly Planned[]; all: readonly Sent[]; ended: boolean }>,
) {
  for (const [place, sent] of all.entries()) {
    const person = people[place]
    if (person) await takeOne(db, to, { person, sent, ended })
  }
}

type OfOne = Readonly<{ person: Planned; sent: Sent; ended: boolean }>

async function takeOne(db: Db, to: To, { person: one, sent, ended }: OfOne) {
  const { area, service, now } = to
  const [id, at, by] = [newId(), ago(now, sent.daysAgo), one.coach ?? to.by]
  const parts = [
    { part: 'name', label: 'Name', value: calledName(one) },
    { part: 'wanted', label: 'What is wanted from the service', value: sent.wanted },
  ] as const
  await saveOnward(db, {
    ...{ area, id, person: one.person, episode: one.episode, goal: one.goal, action: null, parts, at, by },
    ...({ kind: 'formal', wanted: sent.wanted, contact: null, address: 'desk@money-advice.example.org' } as const),
    ...{ meet: null, meetAt: null, service: { id: service, version: 1, name } },
  })
  const allowedBy = await recordPermission(db, {
    ...({ area, person: one.person, switch: 'onward', recipient: name, given: true, allows: 'summary' } as const),
    ...({ facts: [], how: 'telephone', lawfulBasis: basisOf.onward, wordingVersion: 1, by, at } as const),
  })
  const of = { area, referral: id }
  await recordEvent(db, { ...of, id: newId(), kind: 'shown', witness: 'team', by, how: 'telephone', at })
  const agreed = { kind: 'agreed', witness: 'person', by, how: 'telephone', parts: ['name', 'wanted'] } as const
  await recordEvent(db, { ...of, id: newId(), ...agreed, at })
  await recordEvent(db, { ...of, id: newId(), kind: 'sent', witness: 'product', allowedBy, at })
  for (const then of sent.then) {
    await recordEvent(db, { ...of, ...saidBy(to, then) })
    if (then.kind !== 'no-reply') continue
    const silent = ago(now, then.daysAgo)
    const notNow = ended ? { by, at: silent.add({ hours: 24 }) } : null
    await takeSilence(db, { area, onward: id, at: silent, notNow })
  }
}

function saidBy({ answeredBy, now }: To, { daysAgo, kind, ...said }: Happened) {
  const at = ago(now, daysAgo)
  const isProduct = kind === 'nudged' || kind === 'no-reply'
  const who = isProduct ? ({ witness: 'product' } as const) : ({ witness: 'service', byName: answeredBy } as const)
  const day = kind === 'started' || kind === 'attended' || kind === 'ended' ? { onDay: dayOf(at) } : {}
  return { id: newId(), kind, ...who, ...said, ...day, at }
}
