import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, optionalText, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem, type Typed } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import type { Beforehand } from '#platform/http/before.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newToken } from '#platform/identity/tokens.ts'
import { newId } from '#platform/ids.ts'
import { fetchPatient, findWays, LaunchProblem, leavingAddress } from '#platform/smart/launch.ts'
import type { LaunchReason } from '#platform/smart/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { NewRecordsSystem, OneRecordsSystem, RecordsSystems } from './pages/systems.tsx'
import { NotFilledIn } from './pages/unfilled.tsx'
import {
  backPath,
  filledFrom,
  launchPath,
  type RecordsSystem,
  serverAddress,
  signInServer,
  type Unfilled,
  unfilled,
} from './rules.ts'
import * as store from './store.ts'

const path = '/area/records-systems'
const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const fields = {
  id: id('Open this page again from Other systems'),
  name: text('Enter the name of the records system'),
  organisation: id('Select for which organisation it opens the form'),
  iss: text('Enter the address of its FHIR server', 1000),
  clientId: text('Enter what we are called there'),
  signIn: optionalText(300),
}

/** Which records systems may open the form for professionals: added by the area, looked at, and ended at once. */
export async function recordsSystemRoutes(app: App): Promise<void> {
  app.get(path, keepers, async ({ db, area, now }, reply) => {
    const systems = await store.listRecordsSystems(db, area)
    return reply.page(<RecordsSystems {...{ systems, now, ...addressesOf(app, area) }} />)
  })
  app.get(`${path}/new`, keepers, async ({ db, area, today }, reply) =>
    reply.page(<NewRecordsSystem id={newId()} organisations={await organisationsOf(db, area, today)} {...blank} />),
  )
  adding(app)
  app.get(`${path}/:recordsSystem`, keepers, async ({ db, area, now, params }, reply) => {
    const system = await systemAsked(db, area, params.recordsSystem)
    return reply.page(<OneRecordsSystem {...{ system, now, ...addressesOf(app, area) }} />)
  })
  app.post(`${path}/:recordsSystem/ending`, keepers, async (request, reply) => {
    const { db, area, actor, now } = request
    const system = await systemAsked(db, area, request.params.recordsSystem)
    const ended = await store.endRecordsSystem(db, { area, id: system.id, by: actor.membership, at: now })
    await request.act('records-system.ended', { subject: system.id, codes: { ended } })
    request.flash(`Ended. ${system.name} cannot open the form any more.`)
    return reply.redirect(path)
  })
}

function adding(app: App): void {
  app.post(`${path}/new`, { ...keepers, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    const organisations = await organisationsOf(db, area, today)
    const again = (state: FormState) =>
      reply.code(422).page(<NewRecordsSystem id={newId()} organisations={organisations} {...state} />)
    if (!form.ok) return again(form)
    const { ownNetwork } = app.settings
    const iss = serverAddress(form.value.iss, ownNetwork)
    const signIn = form.value.signIn === null ? null : signInServer(form.value.signIn, ownNetwork)
    const problems = addressProblems({ iss, signIn })
    if (!Object.hasOwn(organisations, form.value.organisation))
      problems.push({ field: 'organisation', message: 'Select from the list' })
    if (iss === undefined || signIn === undefined || problems.length > 0) return again({ typed: form.typed, problems })
    const known = await store.findTrusted(db, area, iss)
    if (known && known.id !== form.value.id) return again({ typed: form.typed, problems: [knownAs(known)] })
    const added = await store.addRecordsSystem(db, { area, ...form.value, iss, signIn, by: actor.membership, at: now })
    const codes = { organisation: form.value.organisation, added }
    await request.act('records-system.added', { subject: form.value.id, codes })
    request.flash('Added. Give whoever looks after it the two addresses below.')
    return reply.redirect(`${path}/${form.value.id}`)
  })
}

const wrongAddress = 'Enter an address that begins with https:// and has no name or question in it'

const addressProblems = (read: Readonly<Record<'iss' | 'signIn', string | null | undefined>>): Problem[] =>
  Object.entries(read).flatMap(([field, address]) => (address === undefined ? [{ field, message: wrongAddress }] : []))

const knownAs = ({ name }: RecordsSystem): Problem => ({
  ...{ field: 'iss', message: `${name} has this address already: end it first if this one takes its place` },
})

const addressesOf = ({ settings: { origin } }: App, area: string) => ({
  ...{ launchAddress: `${origin}${launchPath(area)}`, backAddress: `${origin}${backPath(area)}` },
})

async function organisationsOf(db: Db, area: string, today: Temporal.PlainDate) {
  const found = await listOrganisations(db, area, today)
  return Object.fromEntries(found.map(({ id: key, name }) => [key, { label: name }]))
}

async function systemAsked(db: Db, area: string, asked: string): Promise<RecordsSystem> {
  const found = /^[0-9a-f-]{36}$/.test(asked) ? await store.findRecordsSystem(db, area, asked) : undefined
  if (!found) throw new NotFound()
  return found
}

type On = Readonly<{ db: Db; area: string; today: Temporal.PlainDate; actor: Actor | undefined }>

type Opened = readonly [status: number, page: Parameters<Answer['page']>[0]]

/** Opens the form for professionals with this in it, from no listed service: an earlier stage has it. */
export type OpenForm = (on: On, from: null, typed: Typed) => Promise<Opened>

// A whole practice, or several, may come from one address. Our own figure.
const stranger = { who: 'anyone', area: 'path', limit: { most: 120, minutes: 1 } } as const
const asked = { iss: optionalText(1000), launch: optionalText(2000) }
const back = { code: optionalText(4000), state: optionalText(100), iss: optionalText(2000) }

type Leaving = Readonly<{ to: string; left: Omit<Parameters<typeof store.saveLeaving>[1], 'area' | 'owner' | 'now'> }>

/** How a records system opens the form: its user is sent to it to be let in, and comes back to the form filled in. */
export const launchRoutes = (openForm: OpenForm) => async (app: App) => {
  const before = { leave: leaving(app), arrive: arriving(app) }
  app.get('/in/:area/launch', { ...stranger, query: asked, before: before.leave }, async (request, reply) => {
    const { db, area, owner, now, found } = request
    if (typeof found === 'string') return notFilledIn(request, reply, found)
    await store.saveLeaving(db, { area, owner, now, ...found.left })
    return reply.redirect(found.to)
  })
  app.get('/in/:area/launch/back', { ...stranger, query: back, before: before.arrive }, async (request, reply) => {
    const { found } = request
    if (typeof found === 'string') return notFilledIn(request, reply, found)
    const [status, page] = await openForm(request, null, found)
    return reply.code(status).page(page)
  })
}

async function notFilledIn({ db, area }: Pick<On, 'db' | 'area'>, reply: Answer, why: Unfilled) {
  const found = await findArea(db, area)
  if (!found) throw new NotFound()
  return reply.code(unfilled[why].status).page(<NotFilledIn area={area} areaName={found.name} why={why} />)
}

type Asked = Readonly<{ iss: string | null; launch: string | null }>

const leaving =
  ({ settings: { origin, ownNetwork } }: App) =>
  async ({ area, query: { iss, launch }, ...on }: Beforehand<Asked>): Promise<Leaving | Unfilled> => {
    const server = iss === null ? undefined : serverAddress(iss, ownNetwork)
    const system = server === undefined ? undefined : await on.inArea((db) => store.findTrusted(db, area, server))
    if (!system || iss === null || launch === null) return 'unknown'
    return orWhy({ ...on, area, system }, async () => {
      const ways = await findWays(system, ownNetwork)
      const secrets = { state: newToken(), verifier: newToken() }
      const to = leavingAddress(system, ways, { ...secrets, iss, launch, redirect: `${origin}${backPath(area)}` })
      return { to, left: { ...secrets, system: system.id, token: ways.token, issuer: ways.issuer } }
    })
  }

type Back = Readonly<Record<'code' | 'state' | 'iss', string | null>>

const arriving =
  ({ settings: { origin, ownNetwork } }: App) =>
  async ({ area, owner, query: { code, state, iss }, ...on }: Beforehand<Back>): Promise<Typed | Unfilled> => {
    const left = await on.inArea((db) => store.takeLeaving(db, { area, owner, state, now: on.now }))
    // RFC 9207: what another server sends is not taken for what this one does.
    if (!left || (iss !== null && left.issuer !== null && iss !== left.issuer)) return 'over'
    const { system, verifier, token } = left
    return orWhy({ ...on, area, system }, async () => {
      if (code === null) throw new LaunchProblem('refused')
      const coming = { code, verifier, token, redirect: `${origin}${backPath(area)}`, ownNetwork }
      const filled = filledFrom(await fetchPatient(system, coming), {
        name: system.organisationName,
        kind: system.kind,
      })
      if (filled === 'unusable') throw new LaunchProblem(filled)
      await keep({ ...on, area, system }, null)
      return filled
    })
  }

type Trying = Pick<Beforehand<unknown>, 'area' | 'now' | 'inArea'> & Readonly<{ system: RecordsSystem }>

const keep = ({ area, system: { id: of }, now: at, inArea }: Trying, problem: LaunchReason | null) =>
  inArea((db) => store.keepWhatCame(db, { area, id: of, problem, at }))

/** Does something with a records system; where it hands nobody over, that is kept for whoever runs the area, and said. */
async function orWhy<Found>(trying: Trying, work: () => Promise<Found>): Promise<Found | LaunchReason> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof LaunchProblem)) throw cause
    await keep(trying, cause.reason)
    return cause.reason
  }
}
