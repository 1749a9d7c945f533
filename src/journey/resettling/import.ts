import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { handRecordsOver } from '#registers/merged/store.ts'
import type { Allocation, Handover } from '#journey/allocation/store.ts'
import { tellOfChange, withdrawChange } from '#journey/changeover/store.ts'
import type { WayTold } from '#journey/ending/rules.ts'
import type { Ending } from '#journey/ending/store.ts'
import { listSteps, recordStep, withdrawSteps } from '#journey/episode/store.ts'
import type { Notice } from '#journey/winding-up/store.ts'
import { type Effect, type EndingHere, isUntouched, type Leftover, type Target } from './rules.ts'
import { listMembersHeldStill, saveParty } from './store.ts'

/** What other stages keep of it: a handover, a coach, an ending with what is called off by it. */
export type Elsewhere = Readonly<{
  keepHandover: (db: Db, handover: Handover) => Promise<void>
  keepAllocation: (db: Db, given: Allocation, whom: readonly Pick<Leftover, 'episode' | 'coach'>[]) => Promise<void>
  keepEnding: (db: Db, ending: Ending) => Promise<void>
  callOff: (db: Db, of: Readonly<{ actor: Actor; episode: string; now: Temporal.Instant }>) => Promise<number>
}>

/** A group on which somebody decided together. */
export type Deciding = Readonly<{
  db: Db
  area: string
  actor: Actor
  now: Temporal.Instant
  origin: string
  elsewhere: Elsewhere
  notice: Notice
  party: string
  note: string | null
}>

type Ended = Readonly<{ endedAs: EndingHere; told: WayTold; handedTo: string | null }>

type Acting = Omit<Deciding, 'notice' | 'party' | 'note'> & Readonly<{ act(what: string, of: object): Promise<void> }>
type Together = Readonly<{ notice: Notice; target: Target; people: readonly Leftover[]; effect: Effect | undefined }>
type Decided = Readonly<{ id: string; to: string; note: string | null; handedTo: string | null }> &
  Readonly<{ endedAs: EndingHere | null; told: WayTold | null }>

/** Does what was decided for each of them, and keeps it as one decision. */
export async function settleAll(
  { act, ...asking }: Acting,
  { notice, target, people, effect }: Together,
  { id: party, to, note, endedAs, told, handedTo }: Decided,
): Promise<void> {
  const { db, area, actor, now, origin, elsewhere } = asking
  const ended = endedAs !== null && told !== null ? { endedAs, told, handedTo } : undefined
  const deciding = { db, area, actor, now, origin, elsewhere, notice, party, note }
  const given = []
  for (const one of people) {
    given.push({ ...one, change: await settle(deciding, one, { target, effect, ended }) })
    const codes = { way: target.way, to, as: target.way === 'ended' ? endedAs : null }
    await act('resettling.given', {
      person: one.person,
      subject: party,
      codes,
      ...(note === null ? {} : { vouchesFor: note }),
    })
  }
  const said = { note, ended_as: target.way === 'ended' ? endedAs : null, by: actor.membership, at: now }
  await saveParty(db, { ...partyRow(target), ...said, area, id: party, notice: notice.id }, given)
}

function partyRow(target: Target) {
  return {
    way: target.way,
    organisation: target.way === 'organisation' ? target.taker.id : null,
    coach: target.way === 'coach' ? target.coach.coach : null,
  }
}

/** Does for one of them what was decided; gives what they are told of it. */
async function settle(
  deciding: Deciding,
  one: Leftover,
  to: Readonly<{ target: Target; effect: Effect | undefined; ended: Ended | undefined }>,
): Promise<string | null> {
  const { target, effect, ended } = to
  if (target.way === 'kept') return null
  if (target.way === 'ended') {
    if (ended) await end(deciding, one, ended)
    return null
  }
  const coach = target.way === 'coach' ? target.coach : undefined
  const provider = providerOf(deciding.notice, one, target)
  if (provider !== one.provider) await handOver(deciding, one, { provider, coach: coach?.coach ?? null })
  else await allocate(deciding, one, { coach: coach?.coach ?? null, effect })
  const { db, area, now, origin, notice } = deciding
  const whom = coach
    ? ({ kind: 'coach', from: one.coachName, to: coach.name } as const)
    : ({ kind: 'provider', from: notice.name, to: target.way === 'organisation' ? target.taker.name : '' } as const)
  return tellOfChange(db, { area, person: one.person, ...whom, now, origin })
}

// Who sees their people already looks after them for the provider they have; everybody else has them handed over.
function providerOf({ organisation }: Notice, { provider }: Leftover, target: Target): string {
  if (provider !== organisation) return provider
  if (target.way === 'organisation') return target.taker.id
  return target.way === 'coach' ? target.coach.organisation : provider
}

type Going = Readonly<{ provider: string; coach: string | null }>

async function handOver(deciding: Deciding, { episode, person }: Leftover, { provider, coach }: Going): Promise<void> {
  const { db, area, actor, now: at, elsewhere, notice, party, note } = deciding
  const { organisation: from, closed_at: closed, keeper, ends_on: ends } = notice
  const by = actor.membership
  await recordStep(db, { area, episode, step: { kind: 'handed-over', provider, coach }, at, by, factRow: party })
  const holder = closed === null ? from : keeper
  const readsUntil = closed === null ? startOfDay(ends) : at
  if (holder !== provider) await handRecordsOver(db, { area, person, from: holder, to: provider, at, readsUntil })
  const between = { from_provider: from, to_provider: provider, reason: 'ending' }
  await elsewhere.keepHandover(db, { ...between, area, id: newId(), episode, note, by, at })
}

type Given = Readonly<{ coach: string | null; effect: Effect | undefined }>

async function allocate(deciding: Deciding, { episode, coach: before }: Leftover, { coach, effect }: Given) {
  const { db, area, actor, now: at, elsewhere, party, note } = deciding
  const by = actor.membership
  await recordStep(db, { area, episode, step: { kind: 'allocated', coach }, at, by, factRow: party })
  if (coach === null) return
  const load = { caseload: effect?.after ?? 0, cap: effect?.cap ?? 0 }
  await elsewhere.keepAllocation(db, { area, id: newId(), coach, reason: 'passed-on', note, ...load, by, at }, [
    { episode, coach: before },
  ])
}

async function end(deciding: Deciding, { episode }: Leftover, { endedAs, told, handedTo }: Ended): Promise<void> {
  const { db, area, actor, now, elsewhere, note } = deciding
  const [id, by] = [newId(), actor.membership]
  const step = await recordStep(db, { area, episode, step: { kind: 'ended', as: endedAs }, at: now, by, factRow: id })
  await elsewhere.keepEnding(db, {
    ...{ area, id, episode, ended_as: endedAs, ended_on: dayOf(now), said: note, handed_to: handedTo, told },
    ...{ to_area: null, died_on: null, few_tries_because: null, recorded_at: now, by, step },
  })
  await elsewhere.callOff(db, { actor, episode, now })
}

type Undoing = Omit<Deciding, 'note' | 'origin'> &
  Readonly<{ went: Readonly<{ organisation: string | null; coach: string | null }> }>

/** Gives those back whom nobody has touched since; says who they are, and how many stay where they are. */
export async function undo(undoing: Undoing) {
  const { db, area, party, now: at, actor } = undoing
  const members = await listMembersHeldStill(db, area, party)
  const back: (typeof members)[number][] = []
  for (const one of members) {
    if (!isUntouched(await listSteps(db, area, one.episode), party)) continue
    await withdrawSteps(db, { area, episode: one.episode, factRow: party, at, by: actor.membership })
    await giveBack(undoing, one)
    if (one.change !== null) await withdrawChange(db, area, one.change, at)
    back.push(one)
  }
  return { back, staying: members.length - back.length }
}

type Member = Awaited<ReturnType<typeof listMembersHeldStill>>[number]

async function giveBack({ db, area, actor, now: at, elsewhere, notice, went }: Undoing, one: Member): Promise<void> {
  const { episode, person, provider: before } = one
  const { provider: now } = await providerNow(db, area, went)
  if (before !== notice.organisation || now === null || now === before) return
  await handRecordsOver(db, { area, person, from: now, to: before, at, readsUntil: at })
  const between = { from_provider: now, to_provider: before, reason: 'other', note: 'Taken back' }
  await elsewhere.keepHandover(db, { ...between, area, id: newId(), episode, by: actor.membership, at })
}

/** At which organisation they were: the one that took them, or that of the coach who did. */
async function providerNow(db: Db, area: string, { organisation, coach }: Undoing['went']) {
  if (organisation !== null || coach === null) return { provider: organisation }
  const member = db.selectFrom('organisations.member').select('organisation').where('area', '=', area)
  return { provider: (await member.where('id', '=', coach).executeTakeFirst())?.organisation ?? null }
}
