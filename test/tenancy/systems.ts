import { z } from 'zod'
import { referenceOf } from '#journey/onward/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aSender, everyPage, type Sender } from '#test/neighbours/fhir-asking.ts'
import { answersOf } from '#test/neighbours/fhir-note.ts'
import { numbering } from '#test/neighbours/fhir-sender.ts'
import { aJsonSender, referralInJson } from '#test/neighbours/json-sender.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'
import { anInbox, aSentOnward } from '#test/people/onward.ts'
import { anAppointmentFor, aPlanFor } from '#test/people/support-given.ts'
import { searches } from '#exchange/fhir/edge/rules.ts'

/** The doors by which systems with a token come in. */
const doors = ['/fhir/R4', '/api/v1'] as const

/** What one system sent and reads: every id of it, what it calls it, and what would give the person away. */
export type Sent = Readonly<{
  request: Readonly<Record<string, unknown>>
  /** Somebody passed on to a service for which its organisation answers, as its system reads it. */
  asked: Readonly<Record<string, unknown>>
  value: string
  json: string
  ids: readonly string[]
  secrets: readonly string[]
}>

/** One thing that a system asks: by which address of the product, and with what in it. */
export type Asked = Readonly<{ route: string; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; body?: string }>

const asks = (app: TestApp, from: Member) => aSender(app, { from, perMinute: 1_000_000 })

/** Somebody with a plan, a conversation and a fit note, whom the system of a practice sent and of whom it may read all. */
export async function sentByPractice(app: TestApp, from: Member): Promise<Sent> {
  const value = 'TEN-4711'
  const one = await sentBySystem(app, await asks(app, from), { value, with: answersOf(app.settings.origin) })
  await one.says({ gp: 'yes', 'gp-allows': 'summary' })
  await one.happens({ kind: 'accepted' }, { kind: 'tried' }, { kind: 'reached' }, { kind: 'assessed' })
  await aPlanFor(app, one)
  await anAppointmentFor(app, one, 'attended')
  await one.happens()
  const asked = await askedOfService(app, from)
  const json = await (
    await aJsonSender(app, { from })
  ).sent({ reference: 'TEN-4712', person: { familyName: 'Thistledown' } })
  const sender = await asks(app, from)
  const parts = await partsOf(sender, one.places['Patient'])
  const places = Object.values(one.places).map((place) => place.split('/').at(-1) ?? '')
  const { rows } = await app.owner.query<{ id: string; reference: string }>(
    `select referral.id, reference.reference from referral.referral
     join referral.reference on reference.referral = referral.id where person = $1`,
    [one.person],
  )
  const [{ id: referral = '', reference = '' } = {}] = rows
  return {
    ...{ request: await sender.read(`/ServiceRequest/${one.id}`), value, json: json.id },
    asked: await sender.read(`/Task/${asked.onward}`),
    ids: [...new Set([...places, ...parts, json.id, one.person, one.episode, referral, asked.onward, asked.person])],
    secrets: [
      ...['Robin Marsh', '07700 900461', 'three letters about rent', referenceOf(asked.onward)],
      'Quillfeather',
      'Thistledown',
      '9990000034',
      reference,
      json.ourReference,
      'TEN-4711',
      'TEN-4712',
      ...parts,
    ],
  }
}

/** Somebody passed on to a service for which an organisation answers. */
async function askedOfService(app: TestApp, from: Member) {
  const asked = await aSentOnward(app)
  await anInbox(app, asked.service, from)
  return asked
}

const hanging = ['Task', 'EpisodeOfCare', 'Consent', 'Communication', 'CarePlan', 'Goal', 'Appointment']

/** The ids of everything that hangs on what was sent of somebody. */
async function partsOf(sender: Sender, patient = ''): Promise<string[]> {
  const lists = [...hanging, 'QuestionnaireResponse'].map((kind) => `/${kind}?patient=${patient.slice(1)}`)
  const seen = await Promise.all(lists.map((list) => everyPage(sender, list)))
  return seen.flat(2).map(({ id }) => id)
}

/** Everything that a system can ask by the addresses of these doors, with what another one sent in each place: reading first. */
export function everyAskedOf({ product }: TestApp, sent: Sent): readonly Asked[] {
  return product.addresses
    .filter(({ path }) => doors.some((door) => path.startsWith(door)))
    .flatMap(({ method, path: route }) => {
      const known = methods.safeParse(method)
      if (!known.success) return []
      // Nothing is taken by POST or DELETE under the id of something: one of each is enough to see it.
      const ids = ['GET', 'PUT'].includes(known.data) ? sent.ids : sent.ids.slice(0, 1)
      const paths = route.includes(':id')
        ? ids.map((id) => route.replace(':id', id))
        : [route, ...(known.data === 'GET' ? asksOf(route, sent) : [])]
      const bodies = known.data === 'GET' || known.data === 'DELETE' ? [{}] : bodiesOf(route, sent)
      return paths.flatMap((path) => bodies.map((body) => ({ route, method: known.data, path, ...body })))
    })
    .toSorted((one, other) => Number(one.method !== 'GET') - Number(other.method !== 'GET'))
}

const methods = z.enum(['GET', 'POST', 'PUT', 'DELETE'])

function asksOf(route: string, { ids, value, request, asked }: Sent): string[] {
  const kind = route.split('/').at(-1) ?? ''
  const known = Object.entries(searches).find(([name]) => name === kind)?.[1]
  const may: readonly string[] = known ?? ['since', 'reference', 'limit']
  const named: Readonly<Record<string, readonly string[]>> = {
    ...{ _id: ids, patient: ids, focus: ids, identifier: [`${numbering}|${value}`], reference: [value, 'TEN-4712'] },
    ...{ _lastUpdated: ['ge2020-01-01T00:00:00Z'], since: ['2020-01-01T00:00:00Z'], _count: ['100'] },
    ...{ code: ['fulfill'], status: ['requested,received,accepted'] },
    _cursor: [
      btoa(`2020-01-01T00:00:00Z ${String(request['id'])}`).replaceAll('=', ''),
      btoa(`2020-01-01T00:00:00Z ${String(asked['id'])} open`).replaceAll('=', ''),
    ],
  }
  return may.flatMap((name) => (named[name] ?? []).map((one) => `${route}?${name}=${encodeURIComponent(one)}`))
}

// What is right of its sender: another system that sends it changes and learns nothing.
const bodiesOf = (route: string, { request, asked }: Sent) => [
  ...(route === '/fhir/R4/Task/:id' ? [{ body: JSON.stringify({ ...asked, status: 'accepted' }) }] : []),
  { body: route.startsWith('/fhir') ? JSON.stringify({ ...request, status: 'revoked' }) : '{}' },
  ...(route === '/api/v1/referrals' ? [{ body: JSON.stringify(referralInJson({ reference: 'TEN-4712' })) }] : []),
]

/** Asks as this system; gives what was answered, with what it gave away that did not stand in what was asked. */
export async function askAs(app: TestApp, sender: Sender, { method, path, body }: Asked, { secrets }: Sent) {
  const type = path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json'
  const headers = { authorization: `Bearer ${sender.token}`, ...(body === undefined ? {} : { 'content-type': type }) }
  const payload = body === undefined ? {} : { payload: body }
  const answer = await app.product.fastify.inject({ method, url: path, headers, ...payload })
  const said = `${decodeURIComponent(path)} ${body ?? ''}`
  const told = secrets.filter((secret) => !said.includes(secret) && answer.body.includes(secret))
  return { status: answer.statusCode, told, text: answer.body }
}
