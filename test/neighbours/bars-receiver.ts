import fastifyServer, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'

/** A message that the system of whoever referred has taken. */
export type Taken = Readonly<{
  requestId: string
  correlationId: string
  message: Sent
  headers: FastifyRequest['headers']
}>

/** A message as it was sent, as far as the tests look at it. */
export type Sent = Readonly<{
  resourceType: string
  id: string
  meta: Readonly<{ versionId?: string }>
  entry: readonly Readonly<{
    fullUrl: string
    resource: Readonly<Record<string, unknown> & { resourceType: string }>
  }>[]
}>

/** How the next requests end, one after the other; everything else is taken. */
export type Ending =
  | Readonly<{ status: number; code?: string; issue?: string; retryAfter?: string; location?: string }>
  /** Taken, and the answer is never heard. */
  | 'unheard'
  /** Answered by something in between, which repeats no ids. */
  | 'between'

/**
 * The door for messages of somebody who referred by the Booking and Referral Standard: it repeats the ids, knows which
 * messages it has sent itself, and takes each reply once. What it does wrong is set by the test.
 */
export type BarsReceiver = Readonly<{
  address: string
  taken: Taken[]
  /** How often it was asked anything, taken or not. */
  asked(): number
  next: Ending[]
  /** Where the gateway in front of it gives tokens, what was asked for one by, and which it takes; nothing where it is open. */
  tokenAddress: string
  gateway: { statements: string[]; takes: string | undefined; gives: string | undefined }
  /** Everything ends like this until it is taken away. */
  outage: { is: Ending | undefined }
  close(): Promise<void>
}>

/** Starts it on this machine. `knows` says which messages it has sent. */
export async function startBarsReceiver(knows: (bundle: string) => boolean = () => true): Promise<BarsReceiver> {
  const server = fastifyServer()
  const [taken, next]: [Taken[], Ending[]] = [[], []]
  const outage: BarsReceiver['outage'] = { is: undefined }
  const gateway: BarsReceiver['gateway'] = { statements: [], takes: undefined, gives: undefined }
  let asked = 0
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  server.post<{ Body: Readonly<Record<string, string>> }>('/oauth2/token', async ({ body }, reply) => {
    gateway.statements.push(body['client_assertion'] ?? '')
    if (gateway.gives === undefined) return reply.code(401).send({ error: 'invalid_request' })
    return reply.send({ access_token: gateway.gives, expires_in: '599', token_type: 'Bearer' })
  })
  server.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, JSON.parse(String(body)))
  })
  server.post('/FHIR/R4/$process-message', async (request, reply) => {
    asked += 1
    const how = outage.is ?? next.shift()
    if (how === 'between') return reply.code(200).type('text/html').send('<h1>Sign in to the network</h1>')
    for (const name of ['x-request-id', 'x-correlation-id'])
      if (request.headers[name] !== undefined) reply.header(name, request.headers[name])
    if (gateway.takes !== undefined && request.headers.authorization !== `Bearer ${gateway.takes}`)
      return refuse(reply, { status: 403, code: 'SEND_FORBIDDEN', issue: 'forbidden' })
    if (how && how !== 'unheard') return refuse(reply, how)
    const wrong = taking(request, { taken, knows })
    if (how === 'unheard') return request.raw.socket.destroy()
    return wrong ? refuse(reply, wrong) : reply.code(200).type('application/fhir+json').send(request.body)
  })
  const origin = await listening(server)
  return {
    ...{ address: `${origin}/FHIR/R4`, tokenAddress: `${origin}/oauth2/token`, gateway },
    ...{ taken, next, outage, asked: () => asked, close: () => server.close() },
  }
}

const listening = (server: FastifyInstance) => server.listen({ port: 0, host: '127.0.0.1' })

type Ground = Readonly<{ taken: Taken[]; knows: (bundle: string) => boolean }>

/** Takes a reply, or says what is wrong with it as the standard has it. */
function taking(request: FastifyRequest, { taken, knows }: Ground): Exclude<Ending, string> | undefined {
  const { headers } = request
  const [requestId, correlationId] = [String(headers['x-request-id']), String(headers['x-correlation-id'])]
  if (!isUuid(requestId) || !isUuid(correlationId)) return { status: 400, code: 'REC_BAD_REQUEST', issue: 'required' }
  // Checked: only the product's own messages come here.
  const message = request.body as Sent
  const [header] = message.entry.map(({ resource }) => resource)
  if (message.meta.versionId === undefined || header?.resourceType !== 'MessageHeader')
    return { status: 400, code: 'REC_BAD_REQUEST', issue: 'invariant' }
  // Checked: as above.
  const response = header['response'] as Readonly<{ identifier?: string }> | undefined
  if (response?.identifier === undefined) return { status: 400, code: 'REC_BAD_REQUEST', issue: 'invariant' }
  if (!knows(response.identifier)) return { status: 404, code: 'REC_NOT_FOUND', issue: 'not-found' }
  if (taken.some((one) => one.requestId === requestId || one.message.id === message.id))
    return { status: 409, code: 'REC_CONFLICT', issue: 'duplicate' }
  taken.push({ requestId, correlationId, message, headers })
  return undefined
}

const isUuid = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

function refuse(reply: FastifyReply, { status, code, issue = 'processing', ...more }: Exclude<Ending, string>) {
  if (more.retryAfter !== undefined) reply.header('retry-after', more.retryAfter)
  if (more.location !== undefined) reply.header('location', more.location)
  const coding = [{ system: 'https://fhir.nhs.uk/CodeSystem/http-error-codes', code: code ?? 'REC_SERVER_ERROR' }]
  const said = { severity: 'error', code: issue, details: { coding }, diagnostics: 'Robin Marsh, 07700 900123' }
  return reply
    .code(status)
    .type('application/fhir+json')
    .send({ resourceType: 'OperationOutcome', issue: [said] })
}
