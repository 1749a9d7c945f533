import { careRoles } from '#platform/access/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findReferral } from '#journey/referral/store.ts'
import { noteWithdrawal } from './store.ts'

/** That a member has taken note of a referral that was taken back. */
export async function withdrawalRoutes(app: App): Promise<void> {
  app.post('/referrals/:referral/withdrawal/reading', { who: careRoles, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, params, now } = request
    const found = await findReferral(db, actor, params.referral, 'edit')
    if (!found) throw new NotFound()
    await noteWithdrawal(db, { area, referral: found.id, by: actor.membership, at: now })
    await request.act('withdrawal.read', { person: found.person, subject: found.id })
    request.flash('Noted')
    return reply.redirect(`/referrals/${found.id}`)
  })
}
