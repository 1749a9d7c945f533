import { newId } from '#platform/ids.ts'
import { emptyListing } from '#registers/listing/rules.ts'
import { saveProposals } from '#registers/proposing/store.ts'
import type { TestApp } from '#test/app.ts'
import { aFeed } from '#test/people/feeds.ts'
import { aService, moneyKind } from '#test/people/services.ts'
import { filledIn } from './filled.ts'
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

/** The owner or the location of a new service. */
async function entryOf(app: TestApp, kind: 'owner' | 'location'): Promise<string> {
  const service = await aService(app, { at: {} })
  const { rows } = await app.owner.query<{ owner: string; location: string }>(
    `select service.owner, at.location from services.service join services.at_location as at
      on at.area = service.area and at.service = service.id where service.id = $1`,
    [service],
  )
  return rows[0]?.[kind] ?? ''
}

/** Joining one with another that is called the same. */
function joining(kind: 'owner' | 'location'): Editable {
  let kept = ''
  return {
    ...staff,
    prepare: async (app) => {
      kept = await entryOf(app, kind)
      return { page: `/services/${kind}s/${await entryOf(app, kind)}/joining` }
    },
    mine: () => ({ kept, note: 'My reason' }),
    theirs: () => ({ kept, note: 'Their reason' }),
    shows: { theirs: 'It was joined already', mine: 'My reason' },
    slip: { kept: '' },
    final: true,
  }
}

/** Going back to the first of two versions. */
function goingBack(kind: 'service' | 'owner' | 'location'): Editable {
  return {
    ...staff,
    prepare: async (app) => ({ page: await anEarlierVersion(app, kind) }),
    mine: { reason: 'My reason' },
    theirs: { reason: 'Their reason' },
    shows: { theirs: 'It says all of this now', mine: 'My reason' },
    slip: { reason: '' },
    final: true,
  }
}

/** Where somebody goes back to the first version of something that was changed once. */
export async function anEarlierVersion(app: TestApp, kind: 'service' | 'owner' | 'location'): Promise<string> {
  const id = kind === 'service' ? await aService(app) : await entryOf(app, kind)
  const page = kind === 'service' ? `/services/${id}` : `/services/${kind}s/${id}`
  const manager = await app.as(app.cast.manager)
  const fields = filledIn((await manager.open(`${page}/change`)).html, `${page}/change`)
  await manager.send(`${page}/change`, { ...fields, name: 'Called otherwise' })
  return `${page}/versions/1/return`
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
  '/services/owners/:owner/change': {
    ...staff,
    prepare: async (app) => ({ page: `/services/owners/${await entryOf(app, 'owner')}/change` }),
    mine: { about: 'My words about it' },
    theirs: { about: 'Their words about it' },
    shows: { theirs: 'Their words about it', mine: 'My words about it' },
    slip: { name: '' },
  },
  '/services/locations/:location/change': {
    ...staff,
    prepare: async (app) => ({ page: `/services/locations/${await entryOf(app, 'location')}/change` }),
    mine: { accessWords: 'My way in' },
    theirs: { accessWords: 'Their way in' },
    shows: { theirs: 'Their way in', mine: 'My way in' },
    slip: { town: '' },
  },
  '/services/owners/:owner/joining': joining('owner'),
  '/services/locations/:location/joining': joining('location'),
  '/services/:service/versions/:version/return': goingBack('service'),
  '/services/owners/:owner/versions/:version/return': goingBack('owner'),
  '/services/locations/:location/versions/:version/return': goingBack('location'),
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
