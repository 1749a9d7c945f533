import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sendJson } from './feed.ts'

type Said = Readonly<Record<string, unknown>>

/** The records system of a practice, as SMART App Launch 2.2 has it; what it does wrong is set by the test. */
export type RecordsServer = Readonly<{
  /** The address of its FHIR server, by which it says who it is. */
  iss: string
  /** What it calls the product, and where it lets its people come back to. */
  clientId: string
  says: Saying
  /** Its user opens the record of a patient and presses the button: gives where their browser goes. */
  launch(address: string, patient: Said): string
  /** The addresses that were asked for, in their order. */
  asked: string[]
  close(): Promise<void>
}>

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean

type Saying = {
  redirect: string
  configuration: Said
  /** The patient whose id is in the answer with the token, where that is not the one that was launched. */
  patient: string | undefined
  /** Answers in its place; true where it has answered. */
  instead: Answer | undefined
}

type Inside = Readonly<{ patient: Said; scope: string; redirect: string; challenge: string }>
type State = Readonly<{
  iss: string
  clientId: string
  says: Saying
  launches: Map<string, Said>
  codes: Map<string, Inside>
  tokens: Map<string, Said>
}>

/** Starts a records system on this machine, which lets people come back to this address. */
export async function startRecordsSystem(redirect: string): Promise<RecordsServer> {
  const says: Saying = { redirect, configuration: {}, patient: undefined, instead: undefined }
  const asked: string[] = []
  const kept = { clientId: `workwell-${randomUUID()}`, launches: new Map(), codes: new Map(), tokens: new Map() }
  const state: { iss: string } = { iss: '' }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', state.iss)
    asked.push(`${request.method} ${url.pathname}`)
    if (says.instead?.(request, response, url)) return
    void answer({ ...kept, says, iss: state.iss }, request, response, url)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  // Checked: a server on a port has an address with one.
  const { port } = server.address() as AddressInfo
  state.iss = `http://127.0.0.1:${port}/fhir`
  const launch = (address: string, patient: Said) => {
    const opened = randomUUID()
    kept.launches.set(opened, patient)
    return `${address}?${new URLSearchParams({ iss: state.iss, launch: opened }).toString()}`
  }
  const close = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  return { iss: state.iss, clientId: kept.clientId, says, launch, asked, close }
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const at = `${request.method} ${url.pathname}`
  if (at === 'GET /fhir/.well-known/smart-configuration') return sendJson(response, configurationOf(state))
  if (at === 'GET /authorize') return authorize(state, url.searchParams, response)
  if (at === 'POST /token') return giveToken(state, await formIn(request), response)
  if (at.startsWith('GET /fhir/Patient/')) return givePatient(state, request, response, url)
  return sendJson(response, { error: 'not-found' }, 404)
}

function configurationOf({ iss, says }: State): Said {
  const { origin } = new URL(iss)
  return {
    ...{ authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` },
    ...{ code_challenge_methods_supported: ['S256'], grant_types_supported: ['authorization_code'] },
    capabilities: ['launch-ehr', 'client-public', 'context-ehr-patient', 'permission-patient', 'permission-v2'],
    ...says.configuration,
  }
}

/** Lets its user in, who is signed in there already: nothing is redirected to an address that was not registered. */
function authorize({ iss, clientId, says, launches, codes }: State, asked: URLSearchParams, response: ServerResponse) {
  const field = (name: string) => asked.get(name) ?? ''
  if (field('client_id') !== clientId || field('redirect_uri') !== says.redirect)
    return sendJson(response, { error: 'unauthorized_client' }, 400)
  const to = new URL(says.redirect)
  to.searchParams.set('state', field('state'))
  const patient = launches.get(field('launch'))
  const scopes = field('scope').split(' ')
  const isAsked = field('response_type') === 'code' && field('aud') === iss && scopes.includes('launch')
  const isProven = field('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(field('code_challenge'))
  const reads = scopes.find((scope) => /^patient\/Patient\.(r|read)$/.test(scope))
  if (patient && reads && isAsked && isProven && field('state').length >= 22) {
    const code = randomBytes(16).toString('base64url')
    codes.set(code, { patient, scope: reads, redirect: says.redirect, challenge: field('code_challenge') })
    to.searchParams.set('code', code)
  } else to.searchParams.set('error', 'invalid_request')
  response.writeHead(302, { location: to.href }).end()
}

/** Gives a token for a code once, to whoever proves that they asked for it (RFC 7636). */
function giveToken({ clientId, says, codes, tokens }: State, form: URLSearchParams, response: ServerResponse) {
  const inside = codes.get(form.get('code') ?? '')
  codes.delete(form.get('code') ?? '')
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  const isTheirs = form.get('client_id') === clientId && form.get('redirect_uri') === inside?.redirect
  if (!inside || !isTheirs || proof !== inside.challenge || form.get('grant_type') !== 'authorization_code')
    return sendJson(response, { error: 'invalid_grant' }, 400)
  const token = randomBytes(32).toString('base64url')
  tokens.set(token, inside.patient)
  response.setHeader('cache-control', 'no-store')
  const given = { access_token: token, token_type: 'Bearer', expires_in: 300, scope: `launch ${inside.scope}` }
  return sendJson(response, { ...given, patient: says.patient ?? inside.patient['id'], need_patient_banner: true })
}

function givePatient({ tokens }: State, request: IncomingMessage, response: ServerResponse, url: URL) {
  const patient = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''))
  if (!patient) return sendJson(response, { resourceType: 'OperationOutcome' }, 401)
  const isTheirs = url.pathname === `/fhir/Patient/${String(patient['id'])}`
  if (!isTheirs) return sendJson(response, { resourceType: 'OperationOutcome' }, 403)
  response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(patient))
}

async function formIn(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  // Checked: no encoding was set, so it gives bytes.
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

const status = (code: string) => ({
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
  valueCodeableConcept: {
    coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus', code }],
  },
})

/** A patient as a records system holds one, with what they were called and where they lived before. */
export const patientThere = (more: Said = {}): Said => ({
  ...{ resourceType: 'Patient', id: randomUUID(), birthDate: '1984-03-07', gender: 'female', active: true },
  identifier: [
    {
      ...{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9000000009' },
      extension: [status('number-present-and-verified')],
    },
  ],
  name: [
    { use: 'old', family: 'Formerly', given: ['Lauren'] },
    { use: 'official', family: 'Quillfeather', given: ['Lauren', 'May'] },
    { use: 'nickname', given: ['Laurie'] },
  ],
  telecom: [
    { system: 'phone', use: 'old', value: '07700 900111' },
    { system: 'phone', use: 'mobile', value: '07700 900322' },
    { system: 'email', value: 'laurie@example.org' },
  ],
  address: [
    { use: 'old', line: ['9 Before Road'], postalCode: 'BD1 1AA' },
    { use: 'home', line: ['1 Station Road'], city: 'Leeds', postalCode: 'ls14ap' },
  ],
  generalPractitioner: [{ reference: 'Organization/1', display: 'Park Surgery' }],
  communication: [{ language: { coding: [{ code: 'pl', display: 'Polish' }] }, preferred: true }],
  ...more,
})
