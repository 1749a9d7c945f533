import type { TestApp } from '#test/app.ts'
import { aReplyingSender, aSentReferral, moves } from '#test/people/reply.ts'
import { agreeing, type Way } from './ways.ts'

// Nothing is sent to an address of the own network, so that no proof reaches into the world.
const nowhere = 'https://127.0.0.1/FHIR/R4'

/** The replies that went to a system, or would have. */
async function replied({ owner }: TestApp, request: string): Promise<string[]> {
  const { rows } = await owner.query<{ news: string }>(
    `select news from reply.reply where request = $1 and settled_as is distinct from 'held back' order by id`,
    [request],
  )
  return rows.map(({ news }) => news)
}

const toSystem = (kind: 'practice' | 'jobcentre', asked: 'gp' | 'jobcentre'): Way => ({
  way: `the system of a ${kind} that referred by BaRS`,
  async learnt(app) {
    const sender = await aReplyingSender(app, { kind, address: nowhere })
    const { person, episode, request } = await aSentReferral(app, sender.ods)
    await agreeing(app, person, { [asked]: 'no' })
    await moves(app, episode, [{ kind: 'accepted' }, { kind: 'assessed' }, { kind: 'ended', as: 'left-early' }])
    return replied(app, request)
  },
})

export const systems: readonly Way[] = [toSystem('practice', 'gp'), toSystem('jobcentre', 'jobcentre')]
