/**
 * What is taken of a message of another system at most: our own figures, since no standard gives any. docs/limits.md says
 * for each door what is answered beyond them.
 */
export const limits = {
  /** Bytes of one message, as of any form of a page; and of one that came packed, once it is unpacked. */
  bytes: 1_000_000,
  unpackedBytes: 2_000_000,
  /** How deep one thing may stand in another, and how many may stand in one list. */
  depth: 50,
  items: 200,
  /** How many resources one transaction may have. */
  entries: 50,
  /** After so many seconds whoever asks is told to send the same again: what was asked may be done by then. */
  seconds: 30,
  /** Within so many seconds a request has to have come in whole: files of a slow line have time for it. */
  arrivingSeconds: 300,
  /** Letters of a signed statement (JWT), and bytes of a request for a token, which is little more. */
  statementLetters: 10_000,
  tokenBytes: 51_200,
  /** Bytes of a question beside a fit note: fifty fit notes without their scans are a tenth of it. */
  offerBytes: 262_144,
  /** Requests of one address on the internet in a minute, whoever it says it is: each system has a limit of its own. */
  fromAddress: 120_000,
} as const

/** A thousand bytes are a kilobyte to whoever reads it. */
const inWords = (bytes: number): string =>
  bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${Math.round(bytes / 1024)} KB`

/** Said of a message that is too large, whether it came packed or not. */
export const tooLarge = (bytes: number = limits.bytes): string => `A message has at most ${inWords(bytes)}`
export const tooLargePacked = `${tooLarge()}, and ${inWords(limits.unpackedBytes)} once it is unpacked`

/** Said where somebody waited as long as anybody may. */
export const tookTooLong = `This took longer than ${limits.seconds} seconds: send the same again in a while`

const tooDeep = `A message is at most ${limits.depth} deep: things stand in each other beyond that`
const tooMany = `A list in a message has at most ${limits.items} entries`

/** What is wrong with how a text is built, before anything of it is read; undefined where nothing is. */
export const depthProblem = (text: string, format: 'json' | 'xml'): string | undefined =>
  (format === 'json' ? isDeepJson(text) : isDeepXml(text)) ? tooDeep : undefined

/** What is wrong with the lists in what was read; undefined where nothing is. It is no deeper than it may be. */
export function listProblem(read: unknown): string | undefined {
  if (typeof read !== 'object' || read === null) return undefined
  if (Array.isArray(read) && read.length > limits.items) return tooMany
  return Object.values(read).some((one) => listProblem(one) !== undefined) ? tooMany : undefined
}

const sign = { quote: 34, escape: 92, open: [91, 123], close: [93, 125] } as const

function isDeepJson(text: string): boolean {
  let [depth, inText] = [0, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inText && code === sign.escape) at += 1
    else if (code === sign.quote) inText = !inText
    else if (!inText && (code === sign.open[0] || code === sign.open[1])) depth += 1
    else if (!inText && (code === sign.close[0] || code === sign.close[1])) depth -= 1
    if (depth > limits.depth) return true
  }
  return false
}

function isDeepXml(text: string): boolean {
  let depth = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const end = endOfTag(text, at)
    if (text[at + 1] === '/') depth -= 1
    else if (text[at + 1] !== '!' && text[at + 1] !== '?' && text[end - 1] !== '/') depth += 1
    if (depth > limits.depth) return true
    at = end + 1
  }
  return false
}

/** Where a tag ends: a sign inside a comment, or a quoted value, is none of its own. */
function endOfTag(text: string, start: number): number {
  const long = [
    { begins: '<!--', ends: '-->' },
    { begins: '<![CDATA[', ends: ']]>' },
  ].find(({ begins }) => text.startsWith(begins, start))
  if (long) {
    const found = text.indexOf(long.ends, start)
    return found === -1 ? text.length : found + long.ends.length - 1
  }
  let quoted = ''
  for (let at = start; at < text.length; at += 1) {
    const one = text[at] ?? ''
    if (quoted === '' && one === '>') return at
    if (one === quoted) quoted = ''
    else if (quoted === '' && (one === '"' || one === "'")) quoted = one
  }
  return text.length
}
