import { newId } from '#platform/ids.ts'
import { emptyListing } from '#registers/listing/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import type { TestApp } from '#test/app.ts'
import { aFeed } from '#test/people/feeds.ts'
import { aService, moneyKind } from '#test/people/services.ts'
import type { Editable } from './forms.ts'

const staff = { second: 'manager', first: 'administrator' } as const

/** A service that somebody proposes, which nobody has decided about. */
export async function aProposal(app: TestApp, name = 'Warm meals'): Promise<string> {
  const id = newId()
  await aService(app)
  await app.inArea('north', async (db) => {
    const { rows } = await app.owner.query<{ id: string }>(`select id from services.owner where area = 'north' limit 1`)
    const listing = {
      ...emptyListing,
      name,
      summary: 'A meal on Fridays',
      owner: rows[0]?.id ?? '',
      kinds: [moneyKind],
    }
    const from = { area: 'north', cameFrom: 'member', by: app.cast.coach.membership, at: app.clock.now }
    await saveProposals(db, from, [{ id, service: id, base: 0, listing, note: 'Met them at a fair' }])
  })
  return id
}

/** The forms of the directory that change what others may change too. */
export const directoryForms: Readonly<Record<string, Editable>> = {
  '/services/:service/change': {
    ...staff,
    prepare: async (app) => ({ page: `/services/${await aService(app)}/change` }),
    mine: { summary: 'My words about it' },
    theirs: { summary: 'Their words about it' },
    shows: { theirs: 'Their words about it', mine: 'My words about it' },
    slip: { name: '' },
  },
  '/services/:service/standing': {
    ...staff,
    prepare: async (app) => ({ page: `/services/${await aService(app)}/standing` }),
    mine: { what: 'pause', notice: 'My notice' },
    theirs: { what: 'close', notice: 'Their notice' },
    shows: { theirs: 'Their notice', mine: 'My notice' },
    slip: { what: '' },
  },
  '/services/feeds/:feed/change': {
    ...staff,
    prepare: async (app) => ({ page: `/services/feeds/${await aFeed(app)}/change` }),
    mine: { licence: 'My licence' },
    theirs: { licence: 'Their licence' },
    shows: { theirs: 'Their licence', mine: 'My licence' },
    slip: { name: '' },
  },
  '/services/proposals/:proposed/decision': {
    ...staff,
    prepare: async (app) => {
      const page = `/services/proposals/${await aProposal(app)}`
      return { page, action: `${page}/decision` }
    },
    mine: { answer: 'no', reason: 'My reason' },
    theirs: { answer: 'no', reason: 'Their reason' },
    shows: { theirs: 'Their reason', mine: 'My reason' },
    slip: { answer: '' },
    final: true,
  },
}
