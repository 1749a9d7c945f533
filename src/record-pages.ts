import type { Actor } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import type { Questions } from '#platform/http/parts.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { type FollowAnswer, permissionsRoutes } from '#registers/permissions/routes.tsx'
import { readersRoutes } from '#registers/readers/routes.tsx'
import { copyAskingRoutes } from '#journey/copy-asking/routes.tsx'
import { copyJobs, copySchedules } from '#journey/copy/jobs.ts'
import { copyRoutes } from '#journey/copy/routes.tsx'
import { endsWithDeath, overByDeath } from '#journey/ending/rules.ts'
import { findDead, followAnswer, saveEnding } from '#journey/ending/store.ts'
import { settleTakenBack } from '#journey/onward-sending/store.ts'
import { listSentAbout } from '#exchange/mailbox/finding-forms/store.ts'
import { moveJobs } from '#exchange/move/jobs.ts'
import { moveRoutes } from '#exchange/move/routes.tsx'
import { tellOfChange } from '#journey/changeover/store.ts'
import { saveAllocation, saveHandover } from '#journey/allocation/store.ts'
import { effectOn } from '#journey/room/rules.ts'
import { listCaseloads } from '#journey/room/store.ts'
import { timesInWords } from '#journey/appointment/rules.ts'
import { findAppointment } from '#journey/appointment/store.ts'
import { callOffToCome, listToCome } from '#journey/booking/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { erasureJobs } from '#journey/erasure/jobs.ts'
import { erasureRoutes } from '#journey/erasure/routes.tsx'
import { holdRoutes } from '#journey/hold/routes.tsx'
import { keepingRoutes } from '#journey/keeping/routes.tsx'
import { listDue } from '#journey/keeping/store.ts'
import { handingOverRoutes, type ListBooked } from '#journey/handing-over/routes.tsx'
import type { ListOffered } from '#journey/day/routes.tsx'
import { listDeclinedMoves, listUnansweredMoves } from '#exchange/move/store.ts'
import { listUnansweredOffers } from '#journey/passing-on/store.ts'
import { type GiveTo, passingOnRoutes } from '#journey/passing-on/routes.tsx'
import { resettlingRoutes } from '#journey/resettling/routes.tsx'
import { windingUpJobs } from '#journey/winding-up/jobs.ts'
import { windingUpRoutes } from '#journey/winding-up/routes.tsx'
import { setLastDays } from '#registers/organisations/store.ts'
import { passHoldingsOn } from '#registers/people/import.ts'
import { recordRequestRoutes } from '#journey/record-request/routes.tsx'
import { listAskedByLinks } from '#journey/request/store.ts'
import { findProposal } from '#journey/support/three-way/store.ts'
import { tellSystemsOf } from '#exchange/webhooks/webhook-event/jobs.ts'
import type { SettleSaid } from '#registers/permissions/store.ts'
import { rectificationRoutes } from '#journey/rectification/routes.tsx'

/** What people agreed to, who has seen their record, what they may ask about it, and how long it is kept. */
export async function recordKeepingRoutes(app: App): Promise<void> {
  await permissionsRoutes(app, { followAnswer: askForEnding, settle: settleSaid })
  const others = [
    readersRoutes(listAskedByLinks),
    copyRoutes(listSentAbout),
    copyAskingRoutes,
    rectificationRoutes,
    holdRoutes,
    erasureRoutes(listDue),
    keepingRoutes,
    recordRequestRoutes,
  ]
  for (const routes of others) await routes(app)
  await windingUpRoutes({ setLastDays })(app)
  await resettlingRoutes(resettled)(app)
  await handingOverRoutes({ listBooked, keepHandover: saveHandover })(app)
  await passingOnRoutes(app, giveTo(app.settings.origin))
  await moveRoutes(app)
}

/** What other stages keep of people who are given to others. */
const resettled = {
  keepHandover: saveHandover,
  keepAllocation: saveAllocation,
  keepEnding: saveEnding,
  callOff: callOffToCome,
}

/** What is still booked for somebody, in words and where it is changed. */
const listBooked: ListBooked = async ({ db, actor, now, today }, episode) => {
  const toCome = await listToCome(db, actor, { episode, now })
  return toCome.map((one) => ({ href: `/appointments/${one.id}`, label: timesInWords(one, today) }))
}

/** Whom coaches have offered to another coach or area, and who was declined there, as their day shows it. */
export const listOffered: ListOffered = async (db, of) =>
  (await Promise.all([listUnansweredOffers(db, of), listUnansweredMoves(db, of), listDeclinedMoves(db, of)])).flat()

/** Whoever took somebody over is their coach from then on, as if they had been allocated. */
const giveTo =
  (origin: string): GiveTo =>
  async ({ db, area, actor, today, now: at }, { id, coach, from }, chosen) => {
    const taker = (await listCaseloads(db, actor, today)).find((one) => one.coach === coach)
    const { after: caseload, cap } = taker ? effectOn(taker, chosen) : { after: 0, cap: 0 }
    const by = actor.membership
    const note = `Passed on${from === null ? '' : ` by ${from}`}, with a summary`
    await saveAllocation(db, { area, id, coach, reason: 'passed-on', note, caseload, cap, by, at }, chosen)
    for (const { episode, person } of chosen) {
      await recordStep(db, { area, episode, step: { kind: 'allocated', coach }, at, by, factRow: id })
      await tellOfChange(db, { area, person, kind: 'coach', from, to: taker?.name ?? actor.name, now: at, origin })
    }
  }

/** What follows from what somebody allows: what waits for it stops or goes on, and systems that may read more are told. */
export const settleSaid: SettleSaid = async (db, said) => {
  await settleTakenBack(db, said)
  await tellSystemsOf(db, said)
}

/** Once somebody has died, no form goes on with their support. */
export const over: NonNullable<Questions['over']> = async (db, actor, { path, params }) => {
  const person = endsWithDeath(path) ? await findDead(db, actor, await placesOf(db, actor, params)) : undefined
  return person === undefined ? undefined : overByDeath(person)
}

/** What a form names, with whom an appointment is for and the support that something put to an employer belongs to. */
async function placesOf(db: Db, actor: Actor, params: Readonly<Record<string, string>>) {
  const { proposal, appointment } = params
  const put = proposal === undefined ? undefined : await findProposal(db, actor.area, proposal)
  const booked = appointment === undefined ? undefined : await findAppointment(db, actor, appointment, 'edit')
  return { ...params, ...(put && { episode: put.episode }), ...(booked && { person: booked.person }) }
}

/** Whoever says that they do not take part any more has their support ended next. */
const askForEnding: FollowAnswer = async (db, said) => {
  const episode = await followAnswer(db, said)
  return episode && `/episodes/${episode}/ending`
}

/** The work for later of the same, some of it between two areas. */
export const recordKeepingJobs = (databases: Databases, origin: string): Jobs => ({
  ...{ ...erasureJobs, ...copyJobs, ...windingUpJobs(passHoldingsOn) },
  ...moveJobs({ databases, origin, keepEnding: saveEnding }),
})
export const recordKeepingSchedules: readonly Schedule[] = copySchedules
