import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isBefore } from '#platform/dates.ts'
import type { App } from '#platform/http/app.ts'
import { newId } from '#platform/ids.ts'
import { hasOnward, hasOnwardToAnswer } from '#journey/own-onward/store.ts'
import { listOwnMatters } from '#journey/support/matter/store.ts'
import { isGoingOnElsewhere, listOwnChanges } from '#journey/changeover/store.ts'
import { mayWriteToUs } from '#journey/message/rules.ts'
import { hasUnread } from '#journey/message/store.ts'
import { hasAnswerToRead } from '#journey/rectification/store.ts'
import { listOwnPilots } from '#journey/own-pilots/store.ts'
import { stillToDo } from '#journey/my-plan/rules.ts'
import { findOwnPlan, findOwnSpell } from '#journey/my-plan/store.ts'
import { listSafetyPlans } from '#journey/safety-plan/store.ts'
import { listOwn } from '#journey/self-booking/store.ts'
import { Home } from './pages/home.tsx'
import { isToRead, standingOf } from './rules.ts'
import { findNextTime, findOwnCoach } from './store.ts'

/** The first of a participant's own pages. */
export async function participantRoutes(app: App): Promise<void> {
  app.get('/my', { who: 'participant', reads: 'record', draft: 'own-message' }, async (request, reply) => {
    const { db, me, now, today } = request
    const spell = await findOwnSpell(db, me)
    const [next, plan, coach, [safetyPlan], hasServices, waits] = await Promise.all([
      findNextTime(db, me, now),
      findOwnPlan(db, me, today),
      findOwnCoach(db, me, spell?.ended_at === null ? spell.coach : null),
      listSafetyPlans(db, me.area, me.person),
      hasOnward(db, me),
      whatWaits(request),
    ])
    await request.read('participant.home')
    const by = spell?.first_try_by ?? undefined
    const contactBy = by && !isBefore(by, today) ? by : undefined
    const about = { name: me.name, standing: standingOf(spell?.stage), contactBy, next, coach, now, today }
    const has = { hasPlan: plan.agreed, hasSafetyPlan: safetyPlan?.shown ?? false, hasServices }
    const writing = { died: false, wantsContact: undefined, stage: spell?.stage, coach: spell?.coach }
    const box = coach && mayWriteToUs(writing) ? { id: newId(), typed: request.form.typed } : undefined
    return reply.page(<Home {...about} {...has} {...waits} box={box} toDo={stillToDo(plan.goals)} />)
  })
}

type Own = Readonly<{ db: Db; me: Participant; now: Temporal.Instant; today: Temporal.PlainDate }>

/** What waits for a participant to read or to answer. */
async function whatWaits({ db, me, now, today }: Own) {
  const [[change], { offers }, hasMessage, matters, pilots, toAnswer, hasAnswer, elsewhere] = await Promise.all([
    listOwnChanges(db, me, true),
    listOwn(db, { ...me, now }),
    hasUnread(db, me),
    listOwnMatters(db, me),
    listOwnPilots(db, me, today),
    hasOnwardToAnswer(db, me),
    hasAnswerToRead(db, me),
    isGoingOnElsewhere(db, me),
  ])
  const toTry = pilots.find(({ place, mayJoin }) => place === 'asked' && mayJoin)?.pilot.id
  return { change, offers, hasMessage, toRead: matters.some(isToRead), toTry, toAnswer, hasAnswer, elsewhere }
}
