import * as plain from 'node:http'
import * as secure from 'node:https'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isOwnNetwork, lookupOutside, numberIn } from './addresses.ts'
import { inUtf8 } from './encodings.ts'
import { OutsideProblem, outsideProblem } from './problems.ts'

/** What is asked of an address that somebody gave, and how much is borne for an answer. */
export type Question = Readonly<{
  address: string
  headers?: Readonly<Record<string, string>>
  /** How long until the whole answer is there, how large it may be unpacked, and how often it may send us elsewhere. */
  seconds: number
  bytes: number
  redirects?: number
  /** Calls addresses of the own network as well: for development and tests. */
  ownNetwork: boolean
}>

/** An answer whose body is read as it comes, and let go of where it is not read to its end. */
export type OutsideAnswer = Readonly<{
  status: number
  headers: plain.IncomingHttpHeaders
  /** The address that answered, after it was sent elsewhere. */
  address: string
  body: AsyncIterable<Uint8Array>
  leave(): void
}>

const pace = { keepAlive: true, maxSockets: 4, timeout: 60_000 } as const
const agents = { plain: new plain.Agent(pace), secure: new secure.Agent(pace) } as const

/** Asks an address outside by GET. Throws an OutsideProblem where there is no answer to be had. */
export async function askOutside(question: Question): Promise<OutsideAnswer> {
  const until = AbortSignal.timeout(question.seconds * 1000)
  let url = checked(question.address, question)
  for (let sent = 0; sent <= (question.redirects ?? 4); sent += 1) {
    const answer = await send(url, question, until)
    const { statusCode: status = 0, headers } = answer
    const elsewhere = status >= 300 && status < 400 && status !== 304 ? headers.location : undefined
    if (elsewhere === undefined) {
      const body = inUtf8(bodyOf(answer, question.bytes), headers['content-type'])
      return { status, headers, address: url.href, body, leave: () => answer.destroy() }
    }
    answer.destroy()
    const next = checked(elsewhere, question, url)
    if (url.protocol === 'https:' && next.protocol !== 'https:') throw new OutsideProblem('not-an-address')
    url = next
  }
  throw new OutsideProblem('too-many-redirects')
}

type Posted = Pick<Question, 'address' | 'headers' | 'seconds' | 'bytes' | 'ownNetwork'> & Readonly<{ body: string }>

/**
 * Sends words to an address outside by POST, to it alone: where it sends us elsewhere, that is its answer and is not
 * followed. Throws an OutsideProblem where there is no answer to be had.
 */
export async function postOutside({ body, ...question }: Posted): Promise<OutsideAnswer> {
  const url = checked(question.address, question)
  const answer = await send(url, question, AbortSignal.timeout(question.seconds * 1000), body)
  const { statusCode: status = 0, headers } = answer
  return {
    ...{ status, headers, address: url.href, body: bodyOf(answer, question.bytes) },
    leave: () => answer.destroy(),
  }
}

function checked(address: string, { ownNetwork }: How, from?: URL): URL {
  const url = URL.parse(address, from?.href)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new OutsideProblem('not-an-address')
  const number = numberIn(url.hostname)
  if (!ownNetwork && number !== undefined && isOwnNetwork(number)) throw new OutsideProblem('own-network')
  return url
}

type How = Pick<Question, 'headers' | 'ownNetwork'>

function send(url: URL, { headers, ownNetwork }: How, signal: AbortSignal, body?: string) {
  const isSecure = url.protocol === 'https:'
  const said = {
    ...{ accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'WorkWell (reads open directories)' },
    ...headers,
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
  }
  const lookup = ownNetwork ? {} : { lookup: lookupOutside }
  return new Promise<plain.IncomingMessage>((answered, failed) => {
    const agent = isSecure ? agents.secure : agents.plain
    const how = { method: body === undefined ? 'GET' : 'POST', headers: said, agent, signal, ...lookup }
    const request = (isSecure ? secure : plain).request(url, how, answered)
    request.on('error', (cause) => failed(outsideProblem(cause)))
    request.end(body)
  })
}

async function* bodyOf(answer: plain.IncomingMessage, most: number): AsyncGenerator<Buffer> {
  const isPacked = answer.headers['content-encoding'] === 'gzip'
  const body = isPacked ? pipeline(answer, createGunzip(), () => undefined) : answer
  let size = 0
  try {
    // Checked: neither stream was given an encoding, so both give bytes.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw new OutsideProblem('too-large')
      yield chunk
    }
  } catch (cause) {
    throw outsideProblem(cause)
  } finally {
    answer.destroy()
  }
}
