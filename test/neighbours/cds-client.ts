import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Algorithm } from '#platform/machine/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aClient } from '#test/people/client.ts'

const card = z.looseObject({
  ...{ uuid: z.uuid(), summary: z.string().max(139), detail: z.string(), indicator: z.enum(['info']) },
  source: z.object({ label: z.string(), url: z.url() }),
  links: z.array(z.object({ label: z.string(), url: z.url(), type: z.enum(['absolute', 'smart']) })),
  suggestions: z.array(z.object({ label: z.string(), uuid: z.uuid(), isRecommended: z.boolean() })),
  selectionBehavior: z.enum(['at-most-one']),
  overrideReasons: z.array(z.object({ code: z.string(), system: z.string(), display: z.string() })),
})

/** A service as it is told of before anybody calls it. */
export const discovered = z.object({
  services: z.array(
    z.looseObject({
      hook: z.string(),
      id: z.string(),
      description: z.string(),
      prefetch: z.record(z.string(), z.string()),
    }),
  ),
})

type About = Readonly<{ from?: Member; perMinute?: number; algorithm?: Algorithm }>
type Signed = Readonly<{ alg?: string; claims?: Readonly<Record<string, unknown>> }>
export type Note = Readonly<{ start: string; end?: string; code?: string; status?: string }>

/** A note as the system holds it: with its scan, which it sends along like everything that was asked for. */
const noteOf = ({ start, end, code = '775241000000108', status = 'current' }: Note) => ({
  ...{ resourceType: 'DocumentReference', id: randomUUID(), status },
  type: { coding: [{ system: 'http://snomed.info/sct', code }] },
  content: [{ attachment: { contentType: 'application/pdf', url: 'Binary/1' } }],
  context: { period: { start, ...(end === undefined ? {} : { end }) } },
})

/** The fit notes of a patient, as a search finds them. */
export const searchset = (notes: readonly Note[]) => ({
  ...{ resourceType: 'Bundle', type: 'searchset' },
  entry: notes.map((one) => ({ resource: noteOf(one) })),
})

/** A call when the record of somebody is opened (CDS Hooks 2.0, patient-view). */
export const callWith = (notes: unknown, more: object = {}) => ({
  ...{ hook: 'patient-view', hookInstance: randomUUID(), fhirServer: 'https://ehr.example.org/fhir' },
  context: { userId: 'Practitioner/1', patientId: 'quillfeather-7' },
  ...(notes === undefined ? {} : { prefetch: { notes } }),
  ...more,
})

/** The records system of a practice, which calls as CDS Hooks 2.0 has it. */
export async function aCdsClient(app: TestApp, { algorithm = 'ES256', ...about }: About = {}) {
  const client = await aClient(app, algorithm, ['system/ServiceRequest.c'], about)
  const post = async (path: string, body: unknown, { jwt, ...signed }: Signed & { jwt?: string } = {}) => {
    const audience = `${app.settings.origin}${path}`
    const statement = jwt ?? (await client.system.state({ ...client, audience, now: app.clock.now, ...signed }))
    const answer = await app.product.fastify.inject({
      ...{ method: 'POST', url: path },
      headers: { authorization: `Bearer ${statement}`, 'content-type': 'application/json' },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: answer.statusCode, text: answer.body, headers: answer.headers, statement }
  }
  const service = '/cds-services/second-fit-note'
  const call = (body: unknown, how?: Signed & { jwt?: string }) => post(service, body, how)
  const cards = async (notes: readonly Note[]) => {
    const { text } = await call(callWith(searchset(notes)))
    return z.object({ cards: z.array(card) }).parse(JSON.parse(text)).cards
  }
  const tell = (body: unknown, how?: Signed & { jwt?: string }) => post(`${service}/feedback`, body, how)
  return { ...client, call, cards, tell }
}
