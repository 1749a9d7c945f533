import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { readCall, readFeedback, readFound } from '#platform/cds/rules.ts'
import { isAway } from '#platform/database/away.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, id } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { Unavailable } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { countRequests } from '#platform/machine/allowance.ts'
import { depthProblem, limits, tooLarge, tookTooLong } from '#platform/machine/limits/rules.ts'
import { claimedIssuer, judgeStatement, longStatement, nobodyKnown, NotGiven } from '#platform/machine/statement.ts'
import { findArea, findSettings, listEveryArea } from '#registers/areas/store.ts'
import { type Client, readClientName } from '#registers/clients/rules.ts'
import { findClient, listKeys, type SettingAside } from '#registers/clients/store.ts'
import { daysCovered } from '#exchange/fhir/note-document/rules.ts'
import { NoteOffers } from './pages.tsx'
import {
  cardOf,
  countedSince,
  discovery,
  offerFor,
  offerId,
  reasonOf,
  servicesAt,
  sinceInWords,
  toldOf,
} from './rules.ts'
import { countCards, findSwitch, saveCard, saveOutcome, saveSwitch } from './store.ts'

type Statement = Readonly<{
  area: string
  client: string
  digest: Buffer
  until: Temporal.Instant
  now: Temporal.Instant
}>

type Doors = Readonly<{
  databases: Databases
  origin: string
  now: () => Temporal.Instant
  /** Takes a signed statement once; false where it came before. */
  takeStatement: (db: Db, taking: Statement) => Promise<boolean>
  /** Sets requests of a minute aside for a system. */
  setAside: (db: Db, setting: SettingAside) => Promise<number>
}>

/** Why a records system has no answer, with the status of CDS Hooks and a sentence for whoever builds it. */
class NotAnswered extends Error {
  readonly status: 400 | 401 | 403 | 404 | 412 | 429
  constructor(status: NotAnswered['status'], sentence: string) {
    super(sentence)
    this.status = status
  }
}

const limit = { rateLimit: { max: 6_000, timeWindow: '1 minute' } }
const bounds = { config: limit, bodyLimit: limits.offerBytes, handlerTimeout: limits.seconds * 1_000 }

/** Where records systems of practices ask whether WorkWell is offered beside a fit note (CDS Hooks 2.0), and say what became of it. */
export function noteOfferDoors(fastify: FastifyInstance, doors: Doors): void {
  const enter = entering(doors)
  void fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.addHook('onRequest', async (_request, reply) => {
      void reply.header('cache-control', 'no-store')
    })
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      const { status, sentence } = whyNot(error)
      if (status === 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
      if (status === 401) void reply.header('www-authenticate', 'Bearer')
      return reply.code(status).send({ error: sentence })
    })
    discovering(scope)
    scope.post(`${servicesAt}/:id`, bounds, (request) => enter(request, '', answerCall))
    scope.post(`${servicesAt}/:id/feedback`, bounds, (request) => enter(request, '/feedback', takeFeedback))
  })
}

/** What there is says no secret, and a page of another site may read it. */
function discovering(scope: FastifyInstance): void {
  scope.get(servicesAt, { config: limit }, (_request, reply) =>
    reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(discovery),
  )
  scope.options(servicesAt, { config: limit }, (_request, reply) =>
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-allow-methods', 'GET')
      .header('access-control-allow-headers', 'authorization')
      .code(204)
      .send(),
  )
}

function whyNot(error: FastifyError): Readonly<{ status: number; sentence: string }> {
  if (error instanceof NotAnswered) return { status: error.status, sentence: error.message }
  if (error instanceof NotGiven) return { status: 401, sentence: error.message }
  if (error instanceof Unavailable || isAway(error)) return { status: 503, sentence: 'Not now: ask again in a while' }
  const status = error.statusCode ?? 500
  if (status === 413) return { status, sentence: tooLarge(limits.offerBytes) }
  if (status === 503) return { status, sentence: tookTooLong }
  if (status === 415) return { status, sentence: 'Send JSON, and say so in the header Content-Type' }
  return status < 500
    ? { status, sentence: 'The request cannot be read' }
    : { status: 500, sentence: 'Something went wrong here' }
}

type Here = Readonly<{ db: Db; area: string; client: Client; now: Temporal.Instant; origin: string; body: unknown }>

const bearerIn = ({ headers }: FastifyRequest): string => {
  const [, statement] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization ?? '') ?? []
  if (statement !== undefined && statement.length > limits.statementLetters) throw new NotAnswered(401, longStatement)
  if (statement === undefined)
    throw new NotAnswered(401, 'Show a JWT that your system signed, as Authorization: Bearer')
  return statement
}

/** Runs work as the system that signed for exactly this address, where its area has switched offers on. */
function entering(doors: Doors) {
  const { databases, origin, setAside } = doors
  const counted = countRequests()
  return async (request: FastifyRequest, part: string, work: (here: Here) => Promise<object>): Promise<object> => {
    // Checked: the address has this part.
    const { id: asked } = request.params as Readonly<{ id: string }>
    if (asked !== offerId) throw new NotAnswered(404, 'There is no such service here')
    const { area, client, now } = await signedBy(doors, bearerIn(request), part)
    const database = databases.databaseFor(area)
    const { id: known, perMinute } = client
    const isWithin = await counted({
      ...{ client: known, perMinute, now },
      setAside: (wanted, minute) => database.transaction((db) => setAside(db, { area, client: known, minute, wanted })),
    })
    if (!isWithin) throw new NotAnswered(429, `This system may ask ${perMinute} times a minute`)
    return database.transaction(async (db) => {
      if (!(await findSwitch(db, area))?.isOn) throw new NotAnswered(403, 'The area has not switched offers on')
      return work({ db, area, client, now, origin, body: jsonIn(request.body) })
    })
  }
}

/** Which system of which area signed a JWT for this address, once. */
async function signedBy({ databases, origin, now: clock, takeStatement }: Doors, statement: string, part: string) {
  const called = claimedIssuer(statement)
  const named = readClientName(called)
  const areas = (await listEveryArea(databases.everywhere)).map(({ area }) => area)
  if (!named || !areas.includes(named.area)) throw nobodyKnown()
  const { area, id } = named
  const now = clock()
  const client = await databases.databaseFor(area).transaction(async (db) => {
    const found = await findClient(db, area, id)
    const keys = found && !found.endedAt ? await listKeys(db, area, id) : []
    const audience = `${origin}${servicesAt}/${offerId}${part}`
    const judged = await judgeStatement(statement, { keys, called, audience, now, asSubject: false })
    if (!(await takeStatement(db, { area, client: id, ...judged, now })))
      throw new NotAnswered(401, 'A JWT with this jti was used before: sign a new one')
    return found
  })
  return client ? { area, client, now } : Promise.reject(nobodyKnown())
}

function jsonIn(body: unknown): unknown {
  const text = typeof body === 'string' ? body : ''
  const tooDeep = depthProblem(text, 'json')
  if (tooDeep) throw new NotAnswered(400, tooDeep)
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(text) as unknown
  } catch {
    throw new NotAnswered(400, 'The body is not JSON')
  }
}

/** Answers with one card or none. Of what was sent nothing is kept. */
async function answerCall({ db, area, client, now, origin, body }: Here): Promise<object> {
  const call = readCall(body)
  if (!call) throw new NotAnswered(400, 'Send what CDS Hooks 2.0 asks for: hook, hookInstance, context and prefetch')
  if (call.hook !== discovery.services[0].hook) throw new NotAnswered(400, 'This service is asked with patient-view')
  if (call.prefetch?.['notes'] === undefined)
    throw new NotAnswered(412, 'Send the fit notes along, as prefetch.notes: they are not fetched from here')
  const found = readFound(call.prefetch['notes'])
  if (!found) throw new NotAnswered(400, `prefetch.notes is a Bundle of at most ${limits.items} resources, or null`)
  const today = dayOf(now)
  const why = offerFor(
    found.flatMap((one) => daysCovered(one) ?? []),
    today,
  )
  const areaName = (await findArea(db, area))?.name
  if (!why || areaName === undefined) return { cards: [] }
  const [card, suggestion] = [newId(), newId()]
  await saveCard(db, { area, id: card, organisation: client.organisation, client: client.id, why, on: today })
  return { cards: [cardOf({ id: card, suggestion, why, area, areaName, origin })] }
}

/** Keeps what became of cards, by our reasons alone: what somebody wrote beside them may name the patient. */
async function takeFeedback({ db, area, client, now, body }: Here): Promise<object> {
  const told = readFeedback(body)
  if (!told)
    throw new NotAnswered(400, 'Send what CDS Hooks 2.0 asks for: feedback, with card, outcome and outcomeTimestamp')
  for (const { card, outcome, overrideReason } of told) {
    const reason = outcome === 'overridden' ? reasonOf(overrideReason?.reason?.code) : null
    await saveOutcome(db, { area, organisation: client.organisation, card, outcome, reason, at: now })
  }
  return {}
}

const deciding = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const switching = {
  id: id('Open this page again from the area'),
  on: choice({ yes: {}, no: {} }, 'Choose whether offers are on'),
}

/** Whether practices are offered WorkWell beside a fit note, and what became of the offers. */
export async function noteOfferRoutes(app: App): Promise<void> {
  app.get('/area/note-offers', deciding, async (request, reply) =>
    reply.page(<NoteOffers {...await offersOf(request)} {...blank} />),
  )
  app.post('/area/note-offers', { ...deciding, form: switching }, async (request, reply) => {
    const { db, area, form, actor, now } = request
    if (!form.ok) return reply.code(422).page(<NoteOffers {...await offersOf(request)} {...form} />)
    const isOn = form.value.on === 'yes'
    await saveSwitch(db, { area, id: form.value.id, isOn, by: actor.membership, at: now })
    await request.act('area.note-offers', { codes: { on: form.value.on } })
    request.flash(isOn ? 'Offers are switched on.' : 'Offers are switched off.')
    return reply.redirect('/area/note-offers', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate; now: Temporal.Instant }>

async function offersOf({ db, area, today, now }: Asking) {
  const [switched, counted, { hideBelow: below }] = await Promise.all([
    findSwitch(db, area),
    countCards(db, area, countedSince(today)),
    findSettings(db, area, today),
  ])
  return { id: newId(), switched, told: toldOf(counted, below), since: sinceInWords(today), below, now }
}
