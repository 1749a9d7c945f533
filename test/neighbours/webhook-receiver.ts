import { createPublicKey, verify } from 'node:crypto'
import fastifyServer, { type FastifyRequest } from 'fastify'

/** An event that the system of whoever referred has taken. */
export type Event = Readonly<{
  id: string
  type: string
  timestamp: string
  data: Readonly<{ id?: string; address?: string }>
}>

/** How a request ends instead of being taken. */
export type Ending = Readonly<{ status: number; retryAfter?: string; location?: string }> | 'unheard'

/**
 * The system of whoever referred, which is told that something changed: it takes nothing that is not signed by a key it
 * knows, nothing that is too old, and each event once. What it does wrong is set by the test.
 */
export type WebhookReceiver = Readonly<{
  address: string
  /** The keys it knows, as they were given to it. */
  keys: string[]
  taken: Event[]
  /** Every request as it came, taken or not. */
  asked: { id: string; signatures: number; body: string }[]
  next: Ending[]
  /** Everything ends like this until it is taken away. */
  outage: { is: Ending | undefined }
  close(): Promise<void>
}>

/** Starts it on this machine; `now` is its clock. */
export async function startWebhookReceiver(now: () => Temporal.Instant): Promise<WebhookReceiver> {
  const server = fastifyServer()
  const [keys, taken, next]: [string[], Event[], Ending[]] = [[], [], []]
  const asked: WebhookReceiver['asked'] = []
  const outage: WebhookReceiver['outage'] = { is: undefined }
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.post('/told', async (request, reply) => {
    const { id, signatures, body } = readEvent(request)
    asked.push({ id, signatures: signatures.length, body })
    const how = outage.is ?? next.shift()
    if (how && how !== 'unheard') {
      if (how.retryAfter !== undefined) reply.header('retry-after', how.retryAfter)
      if (how.location !== undefined) reply.header('location', how.location)
      return reply.code(how.status).send('Robin Marsh, 07700 900123')
    }
    if (!isSigned(request, keys) || isOld(request, now())) return reply.code(401).send()
    // Checked: only the product's own events come here, and they are signed.
    if (taken.every((one) => one.id !== id)) taken.push({ id, ...(JSON.parse(body) as Omit<Event, 'id'>) })
    return how === 'unheard' ? request.raw.socket.destroy() : reply.code(204).send()
  })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  return { address: `${origin}/told`, keys, taken, asked, next, outage, close: () => server.close() }
}

function readEvent({ headers, body }: FastifyRequest) {
  const [id, second] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])]
  return { id, second, signatures: String(headers['webhook-signature']).split(' '), body: String(body) }
}

function isSigned(request: FastifyRequest, keys: readonly string[]): boolean {
  const { id, second, signatures, body } = readEvent(request)
  const signed = Buffer.from(`${id}.${second}.${body}`)
  const known = keys.map((key) => {
    const x = Buffer.from(key.replace('whpk_', ''), 'base64').toString('base64url')
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  })
  const given = signatures.filter((one) => one.startsWith('v1a,')).map((one) => Buffer.from(one.slice(4), 'base64'))
  return known.some((key) => given.some((signature) => verify(null, signed, key, signature)))
}

function isOld(request: FastifyRequest, now: Temporal.Instant): boolean {
  return Math.abs(now.epochMilliseconds / 1000 - Number(readEvent(request).second)) > 300
}
