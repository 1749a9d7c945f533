import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayInWords, dayOf } from '#platform/dates.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { bannerOf } from '#registers/details/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { timesInWords } from '#journey/appointment/rules.ts'
import { listToCome } from '#journey/booking/store.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { dueWords } from '#journey/due/rules.ts'
import type { Standing } from '#journey/episode/rules.ts'
import { stateOf } from '#journey/offer/rules.ts'
import { listOffers } from '#journey/offer/store.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { findPlan } from '#journey/plan/store.ts'
import { listConcerns } from '#journey/safety/store.ts'
import { waitsFor } from '#journey/support/pause/rules.ts'
import { listPauses } from '#journey/support/pause/store.ts'
import type { Facts } from './rules.ts'

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>
type Of = Pick<Standing, 'next_due_what' | 'next_due_on'> & Readonly<{ id: string; person: string }>

/** What a summary of somebody is drafted from. Ask findEpisode before: it decides who may know. */
export async function findFacts({ db, actor, today, now }: Asking, episode: Of): Promise<Facts> {
  const { area } = actor
  const { id, person: whose, next_due_what: what, next_due_on: on } = episode
  const people = await listIdsOf(db, area, whose)
  const [person, means, barriers, { plan, goals }, toCome, pauses, onward, waits] = await Promise.all([
    findPerson(db, actor, whose, 'edit'),
    listMeans(db, area, whose),
    listBarriers(db, area, id),
    findPlan(db, area, id),
    listToCome(db, actor, { episode: id, now }),
    listPauses(db, area, id),
    listOnwardOf(db, area, people),
    findWaits({ db, actor, today, now }, { id, person: whose, people }),
  ])
  const banner = person && bannerOf(person, means, today)
  const needs = banner
    ? [banner.interpreter && `interpreter, ${banner.interpreter}`, ...banner.accessNeeds, banner.accessNote]
    : []
  const pause = pauses.find((one) => one.resumed_on === null)
  return {
    ...{
      today,
      barriers,
      goals,
      onward,
      ...waits,
      safeContact: banner?.safeContact ?? [],
      needs: needs.flatMap((need) => need || []),
    },
    planType: plan ? planTypes[plan.type].label : null,
    appointments: toCome.map((one) => timesInWords(one, today)),
    waiting: pause && { what: pause.whom ?? waitsFor[pause.waitsFor].label, checkOn: pause.check_on },
    next: what !== null && on !== null ? { what: (dueWords[what] ?? what).toLowerCase(), on } : undefined,
  }
}

type Whose = Readonly<{ id: string; person: string; people: readonly string[] }>

/** What nobody has seen to yet of somebody: a concern that is open, words of theirs, times they are to choose. */
async function findWaits({ db, actor, today, now }: Asking, { id, person, people }: Whose) {
  const { area } = actor
  const [concerns, wrote, offered] = await Promise.all([
    listConcerns(db, actor, person),
    hasUnanswered(db, area, people),
    listToChoose({ db, area, today, now }, id),
  ])
  return {
    offered,
    concerns: concerns.filter((one) => one.readable && one.closed_as === null).length,
    wrote,
  }
}

/** Whether somebody wrote in their space or by text and was neither answered nor put aside. */
async function hasUnanswered(db: Db, area: string, people: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select said.id from (
      select id from message.message where area = ${area} and by is null and person = any(${[...people]}::uuid[])
      union all
      select id from notify.reply where area = ${area} and not opts_out and person = any(${[...people]}::uuid[])
    ) said where not exists (select from message.settlement settled where settled.area = ${area} and settled.item = said.id)
    limit 1`.execute(db)
  return rows.length > 0
}

/** Times that somebody is asked to choose, in words. Ask findEpisode before. */
export async function listToChoose({ db, area, today, now }: Choosing, episode: string): Promise<string[]> {
  const offers = await listOffers(db, area, episode)
  return offers
    .filter((one) => stateOf(one, now) === 'open')
    .map(
      ({ memberName, expiresAt }) =>
        `They choose a time with ${memberName}, until ${dayInWords(dayOf(expiresAt), today)}`,
    )
}

type Choosing = Omit<Asking, 'actor'> & Readonly<{ area: string }>
