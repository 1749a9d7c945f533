import { aConfirmedForm } from '#test/people/mail.ts'
import { moves } from '#test/people/reply.ts'
import { agreeing, type Way, wentTo } from './ways.ts'

/** A practice that sent a form by email about somebody who has said no to it. */
export const mailbox: Way = {
  way: 'a practice that sent a form by email',
  async learnt(app) {
    const { person, episode, address } = await aConfirmedForm(app)
    await agreeing(app, person, { gp: 'no' })
    await moves(app, episode, [{ kind: 'accepted' }, { kind: 'assessed' }, { kind: 'ended', as: 'left-early' }])
    return (await wentTo(app, address)).filter((kind) => kind !== 'referral.received')
  },
}
