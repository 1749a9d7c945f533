import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { dayOf } from '#platform/dates.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { asBearer, type Inside as Held } from '#platform/fhir/bearer.ts'
import { bodyOf, jsonDoors, type JsonAsking, notDone, queryOf } from '#platform/json/doors.ts'
import { webhookKey } from '#platform/machine/webhook.ts'
import { limits } from '#platform/machine/limits/rules.ts'
import { apiPath, handbookPath, type Scope } from '#registers/clients/rules.ts'
import { findBearer, type SettingAside } from '#registers/clients/store.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { listThoseTold } from '#journey/referrer/store.ts'
import {
  listQuery,
  type NewReferral,
  newReferral,
  newWithdrawal,
  type ReadReferral,
} from '#exchange/api/bodies/import.ts'
import { openApiDocument } from '#exchange/api/openapi/import.ts'
import { type OperationId, operations } from '#exchange/api/operations/import.ts'
import { allowedOf } from '#exchange/fhir/allowed/rules.ts'
import { type Doing, findSent, lookBefore, takeSent, takeSentBack, writeRead } from '#exchange/fhir/edge/import.ts'
import { type Called, findShown, listShown, type Own } from '#exchange/fhir/edge/store.ts'
import { cursorAfter, everything, pageOf, placeIn } from '#exchange/fhir/searched/rules.ts'
import { keysOf } from '#exchange/webhooks/webhook-address/rules.ts'
import { findWebhookAddress } from '#exchange/webhooks/webhook-address/store.ts'
import { type Beyond, isSince, isToBeTold, ownNumbering, readOf, referralIn, takenOf } from './import.ts'

type Doors = Doing &
  Readonly<{
    databases: Databases
    origin: string
    /** The secret of the installation, of which the keys for events are derived. */
    secret: string
    now: () => Temporal.Instant
    /** Sets requests of a minute aside for a system. */
    setAside: (db: Db, setting: SettingAside) => Promise<number>
  }>

/** The system whose token is shown. */
type Bearer = Readonly<{ id: string; organisation: string; kind: OrganisationKind; scopes: readonly Scope[] }>
type Here = Held<Bearer>
type Inside = (asking: JsonAsking, scope: Scope, work: (here: Here) => Promise<object>) => Promise<object>
type Work = (asking: JsonAsking) => Promise<object> | object

/** The product's own API: referrals of other systems in JSON, taken once and read back, by the records and rules of every other door. */
export function jsonDoor(fastify: FastifyInstance, doors: Doors): void {
  const inside: Inside = asBearer({ ...doors, findBearer })
  const description = openApiDocument(doors.origin)
  const works: Readonly<Record<OperationId, Work>> = {
    sendReferral: (asking) => sendReferral(doors, inside, asking),
    listReferrals: (asking) => listReferrals(doors, inside, asking),
    readReferral: (asking) =>
      inside(asking, 'system/ServiceRequest.rs', async (here) => readOne(here, await findOwn(here, asking))),
    withdrawReferral: (asking) => withdrawReferral(doors, inside, asking),
    readWebhookKeys: (asking) => inside(asking, 'system/Task.rs', (here) => readKeys(doors, here)),
    describe: ({ reply }) => {
      reply.header('cache-control', 'public, max-age=300').header('access-control-allow-origin', '*')
      return description
    },
  }
  const front = { prefix: apiPath, described: `${doors.origin}${handbookPath}`, most: limits.fromAddress }
  const routes = operations.map(({ id, method, path }) => ({
    ...{ method, path: path.replaceAll(/\{(\w+)\}/g, ':$1'), work: (asking: JsonAsking) => works[id](asking) },
  }))
  jsonDoors(fastify, front, routes)
}

const addressOf = ({ origin }: Pick<Doors, 'origin'>) => `${origin}${apiPath}/referrals`

/** What was said, whatever the order in which it was written. */
const digestOf = (sent: NewReferral) => createHash('sha256').update(JSON.stringify(sent)).digest()

function sendReferral(doors: Doors, inside: Inside, asking: JsonAsking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.c', async (here) => {
    const { db, area, bearer } = here
    const sent = bodyOf(asking, newReferral)
    if (sent.agreement === 'self' && !bearer.scopes.includes('system/Consent.c'))
      return notDone('not-allowed', 'The token does not allow system/Consent.c')
    const digest = digestOf(sent)
    const called = { organisation: bearer.organisation, system: ownNumbering, value: sent.reference }
    const { before, sender, holder } = await lookBefore(here, called)
    if (before === undefined) {
      const taken = await takeNew(doors, here, { sent, digest, called, sender, holder })
      asking.reply.code(201).header('location', taken.address)
      return taken
    }
    if (!before.digest.equals(digest))
      return notDone('taken-before', 'A referral with this reference was taken before, and said something else')
    const own = await findShown(db, { area, organisation: bearer.organisation }, before.id)
    if (!own) throw new Error('What was taken cannot be found')
    return takenOf({ ...own, ourReference: own.reference }, addressOf(doors))
  })
}

/** A referral that has not come before: who sends it by name, and who receives referrals here. */
type Coming = Readonly<{ sent: NewReferral; digest: Buffer; called: Called; sender: string; holder: string | null }>

async function takeNew({ take, ...doors }: Doors, here: Here, coming: Coming) {
  const { sent, digest, called, sender: organisation, holder } = coming
  const { bearer, now: authoredAt } = here
  const read = referralIn(sent, { organisation, kind: bearer.kind, today: dayOf(authoredAt) })
  if (!('newcomer' in read))
    return notDone('not-right', 'Something in the body is not right, and nothing was kept', read)
  if (holder === null) return notDone('not-now', 'Nobody takes referrals here at the moment')
  const described = { ...read, agreement: sent.agreement }
  const given = { called, digest, described, holder, authoredAt, isTold: isToBeTold(sent), origin: doors.origin }
  const { ids, reference: ourReference } = await takeSent(take, here, given)
  return takenOf({ id: ids.id, value: called.value, ourReference, takenAt: authoredAt }, addressOf(doors))
}

/** By which name the journal knows what was read here. */
const readAs = 'Referral'

function listReferrals(doors: Doors, inside: Inside, asking: JsonAsking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.rs', async (here) => {
    const asked = queryOf(asking, listQuery)
    const { since, limit, reference, after } = asked
    const from = after === undefined ? null : placeIn(after)
    if (from === undefined) return notDone('unreadable', 'after is no place in this list')
    const search = { ...everything, after: from, count: limit ?? everything.count }
    const { area, bearer } = here
    const rows = await listShown(here.db, {
      ...{ area, organisation: bearer.organisation, kind: 'ServiceRequest', value: reference ?? null, search },
    })
    const { page, next } = pageOf(rows, search, ({ takenAt: at, id }: Own) => ({ at, id }))
    const referrals = (await readAll(here, page)).filter((one) => isSince(one, since))
    const shown = new Set(referrals.map(({ id }) => id))
    writeRead(
      here,
      readAs,
      page.filter(({ id }) => shown.has(id)),
    )
    const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]))
    if (next) query.set('after', cursorAfter(next))
    return { referrals, next: next ? `${addressOf(doors)}?${query.toString()}` : null }
  })
}

async function readOne(here: Here, own: Own): Promise<ReadReferral> {
  const [read] = await readAll(here, [own])
  if (!read) throw new Error('What was found cannot be read')
  writeRead(here, readAs, [own])
  return read
}

/** Referrals as their sender may read them now: by the rules by which FHIR tells of them. */
async function readAll(here: Here, page: readonly Own[]): Promise<ReadReferral[]> {
  const { db, area, bearer, now } = here
  const of = { area, kind: bearer.kind, referrals: page.map(({ referral }) => referral) }
  const heard = new Map((await listThoseTold(db, of, now)).map((one) => [one.id, one]))
  return page.map((own) => {
    const { under, told = [] } = heard.get(own.referral) ?? {}
    const allowed = { ...own, told, organisation: bearer.organisation, plan: undefined, attended: [] }
    const isAllowed = under !== undefined && own.withdrawnAt === null
    const [support] = isAllowed ? allowedOf.EpisodeOfCare({ ...allowed, under }) : []
    const beyond: Beyond = { told, support }
    return readOf(own, beyond, bearer.scopes)
  })
}

/** The keys by which this system sees that it was us who told it. */
async function readKeys({ secret }: Doors, { db, area, bearer }: Here) {
  const standing = await findWebhookAddress(db, area, bearer.id)
  const of = standing && { secret, area, address: standing.id }
  return { keys: of ? keysOf(standing).map((number) => webhookKey({ ...of, number }).jwk) : [] }
}

/** Takes a referral back; sent again, or after it was taken back by another way, it is answered as it stands. */
function withdrawReferral(doors: Doors, inside: Inside, asking: JsonAsking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.u', async (here) => {
    const { why } = bodyOf(asking, newWithdrawal)
    const own = await findOwn(here, asking)
    return readOne(here, await takeSentBack(doors.withdraw, here, { own, why: why ?? null }))
  })
}

/** The referral that a system sent by this id; refused where it is not theirs as where it is not there. */
async function findOwn(here: Here, { request }: JsonAsking): Promise<Own> {
  // Checked: the address has this part.
  const { id } = request.params as Readonly<{ id: string }>
  return (await findSent(here, id)) ?? notDone('not-there', 'There is no referral of yours with this id')
}
