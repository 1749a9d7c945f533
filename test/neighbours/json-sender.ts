import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { apiPath, type Scope, scopes } from '#registers/clients/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aClient } from '#test/people/client.ts'
import { tokenFor } from './fhir-sender.ts'

// Checked: the keys of the code list are its codes.
const allScopes = Object.keys(scopes) as Scope[]

type About = Readonly<{ from?: Member; perMinute?: number; may?: readonly Scope[] }>

/** What a test wants to be otherwise in a referral; what is undefined is left out of it. */
export type Wanted = Readonly<Record<string, unknown>> & Readonly<{ person?: Readonly<Record<string, unknown>> }>

/** A referral as a Jobcentre's system or somebody's app sends it. */
export function referralInJson({ person, ...wanted }: Wanted = {}) {
  const whom = { givenName: 'Ottilie', familyName: 'Farthingale', bornOn: '1984-03-02', phone: '07700 900117' }
  const said = { agreement: 'agreed', reason: 'Would like to change her hours.', askedBy: 'Sam Whitlock' }
  return { reference: randomUUID(), person: { ...whom, safeWays: ['call'], ...person }, ...said, ...wanted }
}

const taken = z.object({ id: z.string(), address: z.string(), ourReference: z.string() })
const read = z.looseObject({
  ...{ id: z.string(), reference: z.string(), changedAt: z.string(), withdrawnAt: z.string().nullable() },
  progress: z.object({ state: z.string() }).optional(),
  support: z.object({ acceptedOn: z.string(), endedOn: z.string().optional() }).optional(),
})
const page = z.object({ referrals: z.array(read), next: z.string().nullable() })
const fault = z.object({
  ...{ type: z.string(), title: z.string(), status: z.number(), detail: z.string() },
  errors: z
    .array(z.object({ detail: z.string(), pointer: z.string().optional(), parameter: z.string().optional() }))
    .default([]),
})

type Asked = Readonly<{ method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown; headers?: object }>

/** A token of a client, kept for as long as it holds: time passes in tests. */
function holdingToken(app: TestApp, client: Parameters<typeof tokenFor>[1]) {
  let held: Readonly<{ token: string; until: Temporal.Instant }> | undefined
  return async () => {
    const { now } = app.clock
    if (!held || Temporal.Instant.compare(held.until, now) <= 0)
      held = { token: await tokenFor(app, client), until: now.add({ minutes: 4 }) }
    return held.token
  }
}

/** A system that is in: it asks with its token. */
export async function aJsonSender(app: TestApp, about: About = {}) {
  const client = await aClient(app, 'ES256', about.may ?? allScopes, about)
  const tokenNow = holdingToken(app, client)
  const ask = async ({ method, path, body, headers = {} }: Asked) => {
    const token = await tokenNow()
    const said = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = { authorization: `Bearer ${token}`, ...type, ...headers }
    const url = path.startsWith('http') ? path.slice(app.settings.origin.length) : `${apiPath}${path}`
    const answer = await app.product.fastify.inject({ method, url, headers: sent, ...said })
    return { method, url, status: answer.statusCode, headers: answer.headers, text: answer.body }
  }
  const send = (wanted: Wanted = {}) => ask({ method: 'POST', path: '/referrals', body: referralInJson(wanted) })
  const get = (path: string) => ask({ method: 'GET', path })
  const sent = async (wanted: Wanted = {}) => taken.parse(JSON.parse((await send(wanted)).text))
  return {
    ...{ ...client, ask, get, send, sent },
    see: async (id: string) => read.parse(JSON.parse((await get(`/referrals/${id}`)).text)),
    list: async (path = '/referrals') => page.parse(JSON.parse((await get(path)).text)),
    withdraw: (id: string, body: object = {}) => ask({ method: 'PUT', path: `/referrals/${id}/withdrawal`, body }),
  }
}

/** Why something was refused, as RFC 9457 has it. */
export const faultOf = ({ text }: Readonly<{ text: string }>) => fault.parse(JSON.parse(text))
