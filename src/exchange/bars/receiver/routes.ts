import type { FastifyInstance } from 'fastify'
import { type Asking, barsFront } from '#platform/bars/front.ts'
import { findService, type Service } from '#platform/bars/headers.ts'
import { type BarsSettings, type Message, readMessage, systems } from '#platform/bars/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { orRefuse, refuse, Refused } from '#platform/fhir/doors.ts'
import { ofKind } from '#platform/fhir/rules.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findSettings, listEveryArea } from '#registers/areas/store.ts'
import { nhsNumber } from '#registers/people/rules.ts'
import type { Taken, Taking } from '#journey/referral/store.ts'
import type { Withdrawing } from '#journey/withdrawal/store.ts'
import { referralFrom } from '#exchange/bars/sent-referral/rules.ts'
import { askedBy, referralProblems } from '#exchange/bars/workflow/rules.ts'
import { answerTo, capability, definitionOf, foundIn, type Given, outcomeOf, requestRead, routeFor } from './rules.ts'
import {
  cancelRequest,
  findByBundle,
  findFirstGiven,
  findGiven,
  findRequest,
  findSender,
  holdMessage,
  listRequestsAbout,
  saveMessage,
  saveRequest,
} from './store.ts'

/** What a message does on the journey, in the transaction in which it is taken. */
type Doing = Readonly<{
  take: (db: Db, taking: Taking) => Promise<Taken>
  withdraw: (db: Db, withdrawing: Withdrawing) => Promise<boolean>
}>
type Doors = Doing & Readonly<{ databases: Databases; origin: string; bars: BarsSettings; now: () => Temporal.Instant }>

const since = '2026-11-27'

/** Referrals of other systems by the Booking and Referral Standard: taken, cancelled, and read back by who sent them. */
export function barsDoors(fastify: FastifyInstance, doors: Doors): void {
  const address = `${doors.origin}/bars/FHIR/R4`
  barsFront(fastify, { settings: doors.bars, outcome: outcomeOf }, ({ get, post }) => {
    get('/metadata', () => capability(since))
    get('/MessageDefinition', (asking) => {
      const { useCases, asked } = contextOf(asking, doors.bars)
      const found = useCases.filter((useCase) => useCase === asked)
      if (found.length === 0) return refuse(404, 'not-found', 'The service takes nothing for this use case')
      return foundIn(
        address,
        found.map((useCase) => definitionOf(useCase, since)),
      )
    })
    post('/$process-message', (asking) => takeMessage(doors, asking))
    get('/ServiceRequest', (asking) =>
      within(doors, asking, async ({ db, area, sender, read }) => {
        const number = numberAsked(asking)
        const found = await listRequestsAbout(db, area, { sender, nhsNumber: number })
        for (const one of found) read(one)
        return foundIn(address, found.map(requestRead))
      }),
    )
    get('/ServiceRequest/:id', (asking) =>
      within(doors, asking, async ({ db, area, sender, read }) => {
        const found = await findRequest(db, area, { sender, id: idIn(asking) })
        if (!found) return refuse(404, 'not-found', 'There is no request of yours with this id')
        read(found)
        return requestRead(found)
      }),
    )
  })
}

type Here = Readonly<{ db: Db; area: string; sender: string; now: Temporal.Instant }> &
  Readonly<{ read: (request: Readonly<{ person: string; referral: string }>) => void }>

/** Runs within the area of the service that is meant, as the organisation that asks. */
async function within(doors: Doors, asking: Asking, work: (here: Here) => Promise<object>): Promise<object> {
  const [service, sender, now] = [asking.service(), asking.sender(), doors.now()]
  const area = service.area ?? (await listEveryArea(doors.databases.everywhere))[0]?.area
  if (area === undefined) return refuse(503, 'transient', 'The service has not been set up yet')
  return doors.databases.databaseFor(area).transaction((db) => {
    const read: Here['read'] = ({ person, referral: subject }) => {
      const happening = { kind: 'read', what: 'referral.read-back', person, subject, codes: { sender } } as const
      writeEntry(db, { area, by: undefined, happening, at: now })
    }
    return work({ db, area, sender, now, read })
  })
}

const known = /^1\.\d{1,3}\.\d{1,3}(-(alpha|beta))?$/

/** Reads what was sent before anything is asked of the database. */
function readSent(asking: Asking, service: Service) {
  const { resource, digest } = asking.body()
  const message = orRefuse(readMessage(resource))
  if (!known.test(message.version ?? ''))
    refuse(422, 'not-supported', 'This version of the application is not one that is taken here')
  const meant = `${systems.service}|${service.id}`
  if (!message.header.destination.some(({ endpoint }) => endpoint === meant))
    refuse(400, 'value', 'MessageHeader.destination is another service than the header names')
  return { message, digest }
}

async function takeMessage(doors: Doors, asking: Asking): Promise<object> {
  const [ids, service] = [asking.ids(), asking.service()]
  const { message, digest } = readSent(asking, service)
  return within(doors, asking, async (here) => {
    const { db, area, sender } = here
    const keys = [`request ${ids.requestId}`, `bundle ${sender} ${message.id}`]
    for (const key of keys)
      if (!(await holdMessage(db, area, key))) refuse(425, 'transient', 'The same message is being worked on')
    const before = await findGiven(db, area, ids.requestId)
    if (before) return answerAgain(message, { before, digest })
    const coming = { ...doors, message, digest, ids, service }
    return takeNew(here, coming)
  })
}

/** The answer of before, where the same words came again; anything else under the same id is a mistake of the sender. */
function answerAgain(message: Message, { before, digest }: Readonly<{ before: Given; digest: Buffer }>): object {
  if (before.bundle === message.id && before.digest.equals(digest)) return answerTo(message, before)
  return refuse(409, 'duplicate', 'A message with this id was taken before')
}

type Coming = Doing &
  Readonly<{
    message: Message
    digest: Buffer
    ids: ReturnType<Asking['ids']>
    service: Service
    origin: string
  }>
type Request = NonNullable<Awaited<ReturnType<typeof findByBundle>>>

async function takeNew(here: Here, coming: Coming): Promise<object> {
  const { db, area, sender } = here
  const { message, digest, service } = coming
  const request = await findByBundle(db, area, { sender, bundle: message.id })
  refuseOlder(message, request)
  const asked = orRefuse(askedBy(message))
  if (!service.useCases.includes(asked.useCase))
    refuse(422, 'not-supported', 'The use case is not one that is taken here')
  // We refer nobody by this way, so that no answer can be to a request of ours.
  if (asked.kind === 'response') return refuse(404, 'not-found', 'The message that is answered is not one of ours')
  if (asked.kind === 'cancellation') return cancel(here, coming, request)
  if (!request) return take(here, coming, asked.useCase)
  const first = await findFirstGiven(db, area, request.id)
  return first ? answerAgain(message, { before: first, digest }) : refuse(409, 'duplicate', 'This was sent before')
}

function refuseOlder({ request: { meta } }: Message, before: Request | undefined): void {
  if (before === undefined || meta?.lastUpdated === undefined) return
  if (Temporal.Instant.compare(Temporal.Instant.from(meta.lastUpdated), before.updatedAt) < 0)
    refuse(409, 'conflict', 'A newer state of this request is known: read it first')
}

async function take(here: Here, coming: Coming, useCase: string): Promise<object> {
  const { db, area, sender, now } = here
  const { message, origin, take: takeReferral } = coming
  const problems = referralProblems(message)
  if (problems.length > 0) throw new Refused(problems)
  const today = dayOf(now)
  const known = await findSender(db, area, sender)
  const described = orRefuse(referralFrom(message, { today, sender: known }))
  const { receivingOrganisation: holder } = await findSettings(db, area, today)
  if (holder === null) return refuse(503, 'transient', 'Nobody takes referrals here at the moment')
  const [id, referral] = [newId(), newId()]
  const route = routeFor(known?.kind)
  const came = { area, id: referral, route, channel: 'system', receivedOn: today, today, by: null, now } as const
  const { agreement, verified, ...said } = described
  const taken = await takeReferral(db, { ...came, ...said, agreement, words: {}, holder, origin })
  await saveRequest(db, {
    ...{ area, id, sender, bundle: message.id, referral, useCase, verified: verified !== null },
    ...{
      authoredAt: momentIn(message.request.authoredOn, now),
      updatedAt: momentIn(message.request.meta?.lastUpdated, now),
    },
  })
  const codes = { route, channel: 'system', agreement, sender }
  const reason = said.answers.reason ?? ''
  const of = { person: taken.person, subject: referral, codes, vouchesFor: reason }
  writeEntry(db, { area, by: undefined, happening: { ...of, kind: 'act', what: 'referral.received' }, at: now })
  return keep(here, coming, { kind: 'referral', request: id })
}

async function cancel(here: Here, coming: Coming, request: Request | undefined): Promise<object> {
  const { db, area, now, sender } = here
  if (!request) return refuse(404, 'not-found', 'The referral that is cancelled is not one of yours')
  if (request.status !== 'active') return refuse(409, 'conflict', 'The referral was cancelled before')
  const { referral, person } = request
  // Checked: only these two are a cancellation.
  const status = coming.message.request.status as 'revoked' | 'entered-in-error'
  await coming.withdraw(db, { area, referral, note: notesOf(coming.message), by: null, at: now })
  await cancelRequest(db, { area, id: request.id, status, at: momentIn(coming.message.request.meta?.lastUpdated, now) })
  const happening = { kind: 'act', what: 'referral.withdrawn', person, subject: referral, codes: { sender } } as const
  writeEntry(db, { area, by: undefined, happening, at: now })
  return keep(here, coming, { kind: 'cancellation', request: request.id })
}

const notesOf = ({ request }: Message): string | null => request.note?.map(({ text }) => text).join('\n') || null

type Keeping = Readonly<{ kind: 'referral' | 'cancellation'; request: string }>

/** Gives every resource its id, the request the one it is read back by, and keeps them for when it comes again. */
async function keep({ db, area, sender, now: at }: Here, coming: Coming, { kind, request }: Keeping): Promise<object> {
  const { message, digest, ids: said } = coming
  const asked = ofKind(message.entries, 'ServiceRequest')[0]
  const ids = Object.fromEntries(
    message.entries.map(({ fullUrl, resource }) => [fullUrl, resource === asked ? request : newId()]),
  )
  await saveMessage(db, { area, ...said, kind, bundle: message.id, sender, digest, at, request, ids })
  return answerTo(message, { ids, at })
}

function momentIn(written: string | undefined, otherwise: Temporal.Instant): Temporal.Instant {
  return written === undefined ? otherwise : Temporal.Instant.from(written)
}

function idIn({ request }: Asking): string {
  // Checked: the address has this part.
  const { id = '' } = request.params as Readonly<{ id?: string }>
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? id
    : refuse(404, 'not-found', 'There is no request of yours with this id')
}

function numberAsked({ query }: Asking): string {
  const given = query['patient:identifier']
  const [system, number] = typeof given === 'string' ? given.split('|') : []
  const read = system === 'https://fhir.nhs.uk/Id/nhs-number' ? nhsNumber(number ?? '') : undefined
  return read ?? refuse(400, 'value', 'Search by patient:identifier with an NHS number, as system|value')
}

/** The service and the use case that somebody asks about before they send. */
function contextOf({ query }: Asking, bars: BarsSettings): Readonly<{ useCases: readonly string[]; asked: string }> {
  const given = [query['context']].flat().filter((one) => typeof one === 'string')
  const parts = given.map((one) => one.split('|'))
  const valueOf = (system: string) => parts.find(([name]) => name === system)?.[1]
  const [id, asked] = [valueOf(systems.service), valueOf(systems.useCase)]
  if (id === undefined || asked === undefined)
    return refuse(400, 'value', 'Ask with two contexts, a service and a use case, each as system|value')
  return { useCases: orRefuse(findService(bars.services, id)).useCases, asked }
}
