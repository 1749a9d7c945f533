import { randomUUID } from 'node:crypto'
import fastifyServer, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jwtVerify } from 'jose'

/** What GOV.UK Notify keeps of a message. */
export type Notification = Readonly<{ id: string; type: string; reference: string | null; to: string; body: string }> &
  Readonly<{ template: string; file: SentFile | undefined; replyTo: string | undefined }>

/** A file that is fetched by a link. */
export type SentFile = Readonly<{ file: string; filename?: string }> &
  Readonly<{ confirm_email_before_download?: boolean; retention_period?: string }>

/** GOV.UK Notify as its REST API, version 2, is documented; what it does wrong is set by the test. */
export type NotifyService = Readonly<{
  url: string
  key: string
  replyTo: string
  templates: Readonly<{ email: string; text: string; letter: string; file: string }>
  taken: Notification[]
  /** How often it was asked anything. */
  asked(): number
  /** How the next requests end: with a fault, at a limit, or taken without an answer. */
  next: ('fault' | 'rate' | 'day' | 'unheard')[]
  close(): Promise<void>
}>

const service = '8b1f4a2e-0c3d-4e5f-8a9b-1c2d3e4f5a6b'
const secret = '5d6e7f80-91a2-4b3c-8d4e-5f60718293a4'
const templates = {
  email: '11111111-2222-4333-8444-555555555555',
  text: '21111111-2222-4333-8444-555555555555',
  letter: '31111111-2222-4333-8444-555555555555',
  file: '41111111-2222-4333-8444-555555555555',
}

// An address to which the service said that its emails are answered.
const replyTo = '8e222534-7f05-4972-86e3-17c5d9f894e2'

type Sent = Readonly<{
  template_id?: string
  reference?: string
  email_reply_to_id?: string
  email_address?: string
  phone_number?: string
  personalisation?: Readonly<Record<string, string | SentFile>>
}>

/** Starts the service on this machine. */
export async function startNotify(): Promise<NotifyService> {
  const server = fastifyServer()
  const taken: Notification[] = []
  const next: NotifyService['next'] = []
  let asked = 0
  server.addHook('onRequest', async () => void (asked += 1))
  server.addHook('onRequest', proveIt)
  server.post<{ Params: { type: string }; Body: Sent }>('/v2/notifications/:type', async (request, reply) => {
    const how = next.shift()
    if (how === 'fault') return refuse(reply, 500, 'Exception')
    if (how === 'rate') return refuse(reply, 429, 'RateLimitError')
    if (how === 'day') return refuse(reply, 429, 'TooManyRequestsError')
    const wrong = whatIsWrong(request.params.type, request.body)
    if (wrong) return refuse(reply, 400, wrong)
    const notification = notificationOf(request.params.type, request.body)
    taken.push(notification)
    if (how === 'unheard') return request.raw.socket.destroy()
    return reply.code(201).send({ ...notification, uri: '', template: { id: request.body.template_id, version: 1 } })
  })
  server.get<{ Querystring: { reference: string } }>('/v2/notifications', async ({ query }) => ({
    notifications: taken.filter(({ reference }) => reference === query.reference),
  }))
  return {
    url: await listening(server),
    key: `test-${service}-${secret}`,
    ...{ templates, replyTo, taken },
    asked: () => asked,
    next,
    close: () => server.close(),
  }
}

const listening = (server: FastifyInstance) => server.listen({ port: 0, host: '127.0.0.1' })

// N-03, N-04: the token says who and when, no more than 30 seconds ago.
async function proveIt(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      issuer: service,
      algorithms: ['HS256'],
    })
    if (Math.abs(Date.now() / 1000 - (payload.iat ?? 0)) <= 30) return undefined
  } catch {
    // Answered as every other token that proves nothing.
  }
  return refuse(reply, 403, 'BadRequestError')
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ status_code: status, errors: [{ error, message: 'Wording that may change' }] })
}

const known = new Set([
  'template_id',
  'reference',
  'email_address',
  'phone_number',
  'personalisation',
  'email_reply_to_id',
])

// N-05 to N-09 and N-16 to N-18.
function whatIsWrong(type: string, sent: Sent): string | undefined {
  if (Object.keys(sent).some((key) => !known.has(key))) return 'ValidationError'
  if (!Object.values(templates).includes(sent.template_id ?? '')) return 'ValidationError'
  if (sent.personalisation?.['body'] === undefined) return 'BadRequestError'
  const { email_reply_to_id: answeredAt } = sent
  if (answeredAt !== undefined && (type !== 'email' || answeredAt !== replyTo)) return 'BadRequestError'
  const file = fileIn(sent)
  if (file && whatIsWrongWith(type, file)) return 'BadRequestError'
  if (type === 'email')
    return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(sent.email_address ?? '') ? undefined : 'ValidationError'
  if (type === 'sms') return /^[\d\s+()-]{10,}$/.test(sent.phone_number ?? '') ? undefined : 'ValidationError'
  const lines = Object.keys(sent.personalisation).filter((key) => key.startsWith('address_line_'))
  return lines.length >= 3 && lines.length <= 7 ? undefined : 'ValidationError'
}

// What is no string is a file that is sent by a link.
const fileIn = ({ personalisation = {} }: Sent) =>
  Object.values(personalisation).find((value): value is SentFile => typeof value !== 'string')

const typesTaken = /\.(?:csv|jpe?g|png|xlsx|docx?|pdf|json|odt|rtf|txt)$/

// Its table of errors for files: an email alone, two megabytes, a name with an ending, one to 78 weeks.
function whatIsWrongWith(type: string, { file, filename = 'a.pdf', retention_period: kept = '26 weeks' }: SentFile) {
  const weeks = Number(/^(\d+) weeks?$/.exec(kept)?.[1])
  const size = Buffer.from(file, 'base64').length
  const isNamed = filename.length <= 100 && typesTaken.test(filename)
  return type !== 'email' || size === 0 || size >= 2_000_000 || !isNamed || !(weeks >= 1 && weeks <= 78)
}

const wordsIn = (value: string | SentFile | undefined) => (typeof value === 'string' ? value : '')

function notificationOf(type: string, { reference, ...sent }: Sent): Notification {
  const address = Object.entries(sent.personalisation ?? {}).filter(([key]) => key.startsWith('address_line_'))
  const to = sent.email_address ?? sent.phone_number ?? address.map(([, line]) => wordsIn(line)).join('\n')
  const body = wordsIn(sent.personalisation?.['body'])
  const by = { template: sent.template_id ?? '', file: fileIn(sent), replyTo: sent.email_reply_to_id }
  return { id: randomUUID(), type, reference: reference ?? null, to, body, ...by }
}
