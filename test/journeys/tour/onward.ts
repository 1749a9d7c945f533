import { newId } from '#platform/ids.ts'
import { saveMissing } from '#journey/gap/store.ts'
import type { TestApp } from '#test/app.ts'
import { answeredByEmail } from '#test/people/emailed.ts'
import { aDraftedOnward, anInbox } from '#test/people/onward.ts'
import type { aDraftedPlan } from '#test/people/plan.ts'
import { aService } from '#test/people/services.ts'

/** Somebody of whom one referral is written and another was sent. */
export async function passedOn(app: TestApp, plan: Awaited<ReturnType<typeof aDraftedPlan>>) {
  const given = { plan, service: await aService(app, { name: 'Riverside debt advice' }) }
  const { onward: sent, email } = await answeredByEmail(app, 'WAIT 3 March 2026', given)
  await anInbox(app, given.service)
  const { onward, service } = await aDraftedOnward(app, given)
  const [gap, by, at] = [newId(), app.cast.coach.membership, app.clock.now]
  const missing = { area: 'north', id: gap, person: plan.person, episode: plan.episode, need: 'pain', by, at } as const
  await app.inArea('north', (db) => saveMissing(db, { ...missing, seenBy: 'coach' }))
  return {
    onward,
    gap,
    sentOnward: sent,
    heardByEmail: `/onward/${sent}/happenings/new?email=${email}`,
    'inbox/:onward': sent,
    'inbox/services/:service': given.service,
    onwardTo: `/episodes/${plan.episode}/onward/new?service=${service}`,
  }
}

/** Where pages of onward referrals need something else in their address. */
export const onwardStops = ({ onwardTo = '', sentOnward = '', ...parts }: Readonly<Record<string, string>>) => ({
  '/episodes/:episode/onward/new': { path: onwardTo },
  '/onward/:onward/pack': { path: `/onward/${sentOnward}/pack` },
  '/inbox/services/:service': { path: `/inbox/services/${parts['inbox/services/:service'] ?? ''}` },
  '/inbox/services/:service/figures': { path: `/inbox/services/${parts['inbox/services/:service'] ?? ''}/figures` },
  '/inbox/:onward': { path: `/inbox/${sentOnward}` },
  '/my/services/:onward': { path: `/my/services/${sentOnward}` },
  '/my/services/:onward/help': { path: `/my/services/${sentOnward}/help` },
})
