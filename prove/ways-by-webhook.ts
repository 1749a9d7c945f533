import type { TestApp } from '#test/app.ts'
import { aToldReferral, aToldSender } from '#test/people/told.ts'
import type { Way } from './ways.ts'

// Nothing is sent to an address of the own network, so that no proof reaches into the world.
const nowhere = 'https://127.0.0.1/told'

/** What a system was told of a request, or would have been. */
async function toldOf({ owner }: TestApp, request: string): Promise<string[]> {
  const { rows } = await owner.query<{ said: string }>(
    `select said from webhook_event.event where request = $1 and settled_as is distinct from 'held back' order by id`,
    [request],
  )
  return rows.map(({ said }) => said)
}

const toSystem = (kind: 'practice' | 'jobcentre', asked: 'gp' | 'jobcentre'): Way => ({
  way: `the system of a ${kind} that is told by itself`,
  async learnt(app) {
    const one = await aToldReferral(app, await aToldSender(app, { kind, address: nowhere }))
    await one.says({ [asked]: 'no' })
    await one.happens({ kind: 'accepted' }, { kind: 'assessed' }, { kind: 'ended', as: 'left-early' })
    return toldOf(app, one.id)
  },
})

export const toldSystems: readonly Way[] = [toSystem('practice', 'gp'), toSystem('jobcentre', 'jobcentre')]
