import { z } from 'zod'
import { type Scope, scopes } from '#registers/clients/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aClient } from '#test/people/client.ts'
import { tokenFor, transaction, type Wanted } from './fhir-sender.ts'

const door = '/fhir/R4'

/** Whatever a system may do. */
// Checked: the keys of the code list are its codes.
const allScopes = Object.keys(scopes) as Scope[]

const bundle = z.looseObject({
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  // Nothing stands there where nothing was found.
  entry: z
    .array(
      z.looseObject({
        fullUrl: z.string().optional(),
        resource: z.looseObject({ resourceType: z.string(), id: z.string() }).optional(),
        response: z.object({ status: z.string(), location: z.string().optional() }).optional(),
      }),
    )
    .min(1)
    .default([]),
})

type About = Readonly<{ from?: Member; perMinute?: number; may?: readonly Scope[] }>

/** A system that is in: it asks with its token. */
export async function aSender(app: TestApp, about: About = {}) {
  const client = await aClient(app, 'ES256', about.may ?? allScopes, about)
  const token = await tokenFor(app, client)
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: string, more: object = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...more }
    const payload = body === undefined ? {} : { payload: body }
    const answer = await app.product.fastify.inject({ method, url: `${door}${path}`, headers, ...payload })
    return { status: answer.statusCode, headers: answer.headers, text: answer.body }
  }
  const read = async (path: string) =>
    z.record(z.string(), z.unknown()).parse(JSON.parse((await ask('GET', path)).text))
  const list = async (path: string) => bundle.parse(await read(path))
  const send = (wanted: Wanted = {}) => ask('POST', '', JSON.stringify(transaction(wanted)))
  return { ...client, token, ask, read, list, send }
}
export type Sender = Awaited<ReturnType<typeof aSender>>

/** Every resource of a list, page by page by the addresses that it gives itself. */
export async function everyPage({ list }: Sender, first: string, meanwhile: () => Promise<unknown> = async () => 0) {
  const pages: NonNullable<z.infer<typeof bundle>['entry'][number]['resource']>[][] = []
  let next: string | undefined = first
  while (next !== undefined) {
    const page: z.infer<typeof bundle> = await list(next)
    pages.push(page.entry.flatMap(({ resource }) => resource ?? []))
    if (pages.length === 1) await meanwhile()
    next = page.link?.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '')
  }
  return pages
}

/** Where each kind of resource of an answer is read back. */
export function placesIn(text: string): Readonly<Record<string, string>> {
  const { entry } = bundle.parse(JSON.parse(text))
  const places = entry.flatMap(({ response }) => response?.location ?? [])
  return Object.fromEntries(places.map((place) => [place.split('/')[0], `/${place}`]))
}

const outcome = z.object({ issue: z.array(z.object({ code: z.string(), diagnostics: z.string() })) })

/** With which status and which code of an OperationOutcome something was refused. */
export const faultIn = ({ status, text }: Readonly<{ status: number; text: string }>) => ({
  ...{ status, code: outcome.parse(JSON.parse(text)).issue[0]?.code },
})
