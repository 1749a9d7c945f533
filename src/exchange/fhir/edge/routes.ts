import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { asBearer, asksForToken, enterWithToken, type Inside as Held } from '#platform/fhir/bearer.ts'
import { type Asking, fhirDoors, orRefuse, refuse } from '#platform/fhir/doors.ts'
import {
  readEntries,
  readReferral,
  readTakenBack,
  type SentEntries,
  type SentReferral,
} from '#platform/fhir/transaction/rules.ts'
import { limits } from '#platform/machine/limits/rules.ts'
import { fhirPath, type Scope } from '#registers/clients/rules.ts'
import { findBearer, type KnownSystem, type SettingAside } from '#registers/clients/store.ts'
import {
  answersFrom,
  type ComingNote,
  isAbout,
  isNoteAlone,
  noteKindsIn,
  pointsAt,
  readNote,
  requestOf,
  type SentNote,
} from '#exchange/fhir/sent-note/rules.ts'
import { codesAt, codeSystemOf, listNames } from '#exchange/fhir/answer-codes/rules.ts'
import { questionnaireOf } from '#exchange/fhir/note-answers/rules.ts'
import { referralIn } from '#exchange/fhir/sent-bundle/rules.ts'
import { serviceRequestOf } from '#exchange/fhir/shown/rules.ts'
import { type Doing, findSent, lookBefore, takeSent, takeSentBack } from './import.ts'
import { answerTo, capability, outcomeOf, smartConfiguration } from './rules.ts'
import { type Called, findShown, type Own } from './store.ts'

type Doors = Doing &
  Readonly<{
    databases: Databases
    origin: string
    now: () => Temporal.Instant
    /** Takes a fit note once, for the request that it came with or that it names. */
    takeNote: (db: Db, coming: ComingNote) => Promise<void>
    /** Sets requests of a minute aside for a system. */
    setAside: (db: Db, setting: SettingAside) => Promise<number>
    /** Opens the addresses by which systems read. */
    reads: (reading: Readonly<{ get: Add; inside: Inside; origin: string }>) => void
    /** Opens the address at which local services answer what they are asked. */
    answers: (answering: Readonly<{ put: Add; inside: Inside; origin: string }>) => void
  }>

type Add = Parameters<Parameters<typeof fhirDoors>[2]>[0]['get']

const [prefix, since] = [fhirPath, '2026-11-28']

/** What anybody may read, who shows no token. */
const open = [
  ...[`${prefix}/metadata`, `${prefix}/Questionnaire/fit-note`],
  ...listNames.map((name) => codesAt(prefix, name)),
]

/** Referrals of other systems as FHIR R4: taken in one transaction, and read back by the organisation that sent them. */
export function fhirEdge(fastify: FastifyInstance, doors: Doors): void {
  const inside: Inside = asBearer({ ...doors, findBearer })
  const enter = (request: FastifyRequest) => {
    if (!open.includes(request.url.split('?')[0] ?? '')) enterWithToken(request)
  }
  const front = { prefix, most: limits.fromAddress, enter, outcome: outcomeOf, always: asksForToken }
  fastify.get(`${prefix}/.well-known/smart-configuration`, () => smartConfiguration(doors.origin))
  fhirDoors(fastify, front, ({ get, post, put }) => {
    get('/metadata', () => capability(since, doors.origin))
    get('/Questionnaire/fit-note', () => questionnaireOf(`${doors.origin}${prefix}`, since))
    get('/CodeSystem/:list', ({ request }) => codesOf(doors, request))
    post('', (asking) => takeTransaction(doors, inside, asking))
    doors.reads({ get, inside, origin: doors.origin })
    put('/ServiceRequest/:id', (asking) => takeBack(doors, inside, asking))
    doors.answers({ put, inside, origin: doors.origin })
  })
}

function codesOf({ origin }: Doors, { params }: FastifyRequest): object {
  // Checked: the address has this part.
  const { list } = params as Readonly<{ list: string }>
  const name = listNames.find((one) => one === list) ?? refuse(404, 'not-found', 'There is no CodeSystem of this name')
  return codeSystemOf(name, { fhirAt: `${origin}${prefix}`, since })
}

type Here = Held<KnownSystem>
type Inside = (asking: Asking, scope: Scope | null, work: (here: Here) => Promise<object>) => Promise<object>

function takeTransaction(doors: Doors, inside: Inside, asking: Asking): Promise<object> {
  return inside(asking, null, async (here) => {
    const { resource, digest } = asking.body()
    const entries = orRefuse(readEntries(resource))
    const isAlone = isNoteAlone(entries)
    needScopes(here.bearer, [
      ...(isAlone ? [] : (['system/ServiceRequest.c'] as const)),
      ...noteKindsIn(entries).map((kind) => `system/${kind}.c` as const),
    ])
    const reading = { fhirAt: `${doors.origin}${prefix}`, today: dayOf(here.now) }
    const note = orRefuse(readNote(entries, reading))
    if (isAlone && note) return takeNoteAlone(doors, here, { entries, note })
    return takeReferral(doors, here, { entries, note, digest })
  })
}

function needScopes({ scopes }: Here['bearer'], needed: readonly Scope[]): void {
  const missing = needed.find((scope) => !scopes.includes(scope))
  if (missing) refuse(403, 'forbidden', `The token does not allow ${missing}`)
}

type Brought = Readonly<{ entries: SentEntries; note: SentNote | undefined; digest: Buffer }>

async function takeReferral(doors: Doors, here: Here, { entries, note, digest }: Brought): Promise<object> {
  const sent = orRefuse(readReferral(entries))
  orRefuse(pointsAt(note, sent))
  const called = { organisation: here.bearer.organisation, ...sent.identifier }
  const { before, sender, holder } = await lookBefore(here, called)
  if (!before) return takeNew(doors, here, { sent, called, note, digest, sender, holder })
  if (!sent.ifNone && !before.digest.equals(digest))
    refuse(409, 'duplicate', 'A referral with this identifier was taken before, and said something else')
  return answerTo(sent.entries, before, { fresh: false, at: before.takenAt })
}

/** A referral that has not come before: who sends it by name, and who receives referrals here. */
type Coming = Readonly<{ sent: SentReferral; called: Called; note: SentNote | undefined; digest: Buffer }> &
  Readonly<{ sender: string; holder: string | null }>

async function takeNew({ take, takeNote, origin }: Doors, here: Here, coming: Coming) {
  const { db, area, bearer, now } = here
  const { sent, called, note, digest, sender, holder } = coming
  const today = dayOf(now)
  const read = orRefuse(referralIn(sent, { organisation: sender, today }))
  if (holder === null) return refuse(503, 'transient', 'Nobody takes referrals here at the moment')
  const described = { ...read, answers: { ...read.answers, ...answersFrom(note?.fields, today) } }
  const authoredAt = sent.request.authoredOn === undefined ? now : Temporal.Instant.from(sent.request.authoredOn)
  const given = { called, digest, described, holder, authoredAt, isTold: sent.hasTask, origin }
  const { ids, person } = await takeSent(take, here, given)
  const [{ id: client, organisation }, request] = [bearer, ids.id]
  if (note && person !== undefined) await takeNote(db, { area, client, organisation, note, request, person, now })
  return answerTo(sent.entries, ids, { fresh: true, at: now })
}

type Alone = Readonly<{ entries: SentEntries; note: SentNote }>

/** Takes a fit note for a request that the same organisation sent before. */
async function takeNoteAlone({ takeNote }: Doors, here: Here, { entries, note }: Alone): Promise<object> {
  const { db, area, bearer, now } = here
  const id = orRefuse(requestOf(note))
  const { organisation } = bearer
  const found = await findShown(db, { area, organisation }, id)
  if (!found) return refuse(404, 'not-found', 'There is no ServiceRequest of yours with this id')
  if (found.withdrawnAt !== null) refuse(409, 'conflict', 'This request was taken back: refer the person again')
  orRefuse(isAbout(note, `Patient/${found.patient}`))
  await takeNote(db, { area, client: bearer.id, organisation, note, request: id, person: found.person, now })
  return answerTo(entries, { id, patient: found.patient, task: null }, { fresh: true, at: now })
}

/** Takes a request back; sent again, or after it was taken back by another way, it is answered as it stands. */
function takeBack(doors: Doors, inside: Inside, asking: Asking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.u', async (here) => {
    const found = await findOwn(here, asking)
    const { why } = orRefuse(readTakenBack(asking.body().resource, found.id))
    return serviceRequestOf(await takeSentBack(doors.withdraw, here, { own: found, why }), doors.origin)
  })
}

/** The request that a system sent by this id; refused where it is not theirs as where it is not there. */
async function findOwn(here: Here, { request }: Asking): Promise<Own> {
  // Checked: the address has this part.
  const { id } = request.params as Readonly<{ id: string }>
  return (await findSent(here, id)) ?? refuse(404, 'not-found', 'There is no ServiceRequest of yours with this id')
}
