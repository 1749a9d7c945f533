/** How a message travels. */
export const channels = {
  email: { label: 'Email' },
  text: { label: 'Text message' },
  letter: { label: 'Letter' },
} as const

export type Channel = keyof typeof channels

/** What became of a message. */
export const messageStates = {
  waiting: { label: 'Waiting' },
  sent: { label: 'Sent' },
  'held back': { label: 'Held back' },
  failed: { label: 'Could not be sent' },
} as const

export type MessageState = keyof typeof messageStates

/** What a link in a message opens and until when. */
export type MessageLink = Readonly<{ purpose: string; subject: string | null; expiresAt: Temporal.Instant }>

/** Where the path of its link comes into the words of a message, as the message goes. */
export const linkMark = '{link}'

/** Where the code that somebody signs in with comes into the words, as they go. */
export const codeMark = '{code}'

/** A message that is to go out, and what allows it. */
export type Message = Readonly<{
  area: string
  id: string
  /** Whom it is to or about; null where it is about nobody. */
  person: string | null
  recipient: 'person' | 'another'
  kind: string
  channel: Channel
  address: string
  subject: string | null
  body: string
  about: string | null
  allowedBy: string
  link: MessageLink | null
}>

/** What allows a message or a link where no permission has to: nobody outside the team learns more by it than is said here. */
const grounds: readonly string[] = [
  // Whoever it goes to asked for it, or agreed it with their coach: an appointment, a link to come back by.
  'asked-for',
  // A member of staff is asked to take up a role.
  'invited',
  // A member of staff who is on duty is told that something cannot wait, or waits for them, without a word of whom it is about.
  'on-duty',
  // Whoever runs a service of the directory is asked whether its own listing is right; it says nothing of anybody.
  'listed',
  // Whoever refers learns that the referral was received, which the person was told when it was made.
  'received',
  // A link given anew for one from before this was written down; and that their employer told us of somebody, who decides.
  ...['not known', 'by-employer'],
]

/** Whether a message goes to staff about their work: the quiet of an evening is for the people who are written about. */
export const isToStaff = (allowedBy: string): boolean => allowedBy === 'invited' || allowedBy === 'on-duty'

const permissionId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether this names a permission by its id. */
export const isPermission = (allowedBy: string): boolean => permissionId.test(allowedBy)

/** Stops what does not name what allows it: without that nothing could ever take it back. */
export function refuseGroundless(allowedBy: string): void {
  if (!isPermission(allowedBy) && !grounds.includes(allowedBy))
    throw new Error(`Neither a permission nor another ground that is known: ${allowedBy}`)
}

/**
 * Whether a message may go another way than the one it was written for. A code shows that a number is theirs, and what is
 * written to somebody else goes where it was asked to.
 */
export const mayGoAnotherWay = ({ channel, recipient, person, body }: Ways): boolean =>
  channel === 'text' && recipient === 'person' && person !== null && !body.includes(codeMark)

type Ways = Pick<Message, 'channel' | 'recipient' | 'person' | 'body'>

/** An address in one spelling, by which it is known again however it was typed. */
export function addressKey(channel: Channel, address: string): string {
  return channel === 'text' ? address.replaceAll(/\D/g, '').slice(-10) : address.trim().toLowerCase()
}

/** Whether a message may still go when its time has come: things change between writing and sending. */
export type Going =
  | Readonly<{ go: true }>
  | Readonly<{ go: false; reason: string }>
  | Readonly<{ later: Temporal.Instant; reason: string }>

/**
 * What a sender made of a message: a refusal is final, a failure that may pass is thrown, and busy is no failure. A sender
 * that has stopped takes no message of this account until somebody sees to it; it is news the first time alone.
 */
export type Carried =
  | Readonly<{ sent: true }>
  | Readonly<{ sent: false; reason: string }>
  | Readonly<{ busy: string; minutes: number }>
  | Readonly<{ stopped: string; minutes: number; isNews: boolean }>

/** Why a message waits whose sender takes none for now, before the sender's own words. */
export const senderWaits = 'Its sender takes nothing for now'

/** Why a message waits that was written after another to the same address. */
export const waitsItsTurn = 'An earlier message to the same address has not gone yet'

/** Who carried a letter that somebody of the team has posted. */
export const byPost = 'post'

/** The lines of a postal address, however it was typed. */
export function linesOf(address: string): string[] {
  return address
    .split(address.includes('\n') ? '\n' : ',')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** A letter that goes with a message as a file, for whoever files what they get. */
export type LetterFile = Readonly<{ name: string; content: Buffer }>

/**
 * Somebody who carries messages out of the product. The message's id is its reference there: a message that is handed
 * over a second time, because the first time was not heard to the end, goes out once.
 */
export type Sender = Readonly<{
  name: string
  carries(of: Pick<Message, 'area' | 'channel'>): boolean
  /** Whether a letter can go with a message of this area; others carry its words alone. */
  attaches?(of: Pick<Message, 'area'>): boolean
  /** `again` where the message was handed over before and nothing was heard of it. */
  send(message: Message, how: Handing): Promise<Carried>
}>

/** How a message is handed over: whether it was before, when, and with which letter. */
type Handing = Readonly<{ again: boolean; now: Temporal.Instant; letter?: LetterFile | undefined }>

/** Carries nothing away: the message stays to be read in the outbox. For demonstrations and trials. Letters are printed. */
export const readableOutbox: Sender = {
  name: 'outbox',
  carries: ({ channel }) => channel !== 'letter',
  send: async () => ({ sent: true }),
}

/** How long to wait after the nth try that failed: a minute, then four times as long, half an hour at most. */
export function nextTry(tries: number, now: Temporal.Instant): Temporal.Instant {
  return now.add({ seconds: Math.min(60 * 4 ** (tries - 1), 1_800) })
}

/** After so many tries that failed a message is given up: a little over three days, so that a weekend passes. */
export const mostTries = 150

/** How a message stands, from what is known of its end. */
export function stateOf(settledAs: string | null): MessageState {
  return settledAs === 'sent' || settledAs === 'held back' || settledAs === 'failed' ? settledAs : 'waiting'
}

/** What is shown of an address to somebody who may not open the person's record. */
export function maskedAddress(channel: Channel, address: string): string {
  if (channel === 'letter') return 'Postal address'
  if (channel === 'text') return `••••• ${address.replaceAll(/\D/g, '').slice(-3)}`
  return `${address.slice(0, 1)}•••${address.slice(address.lastIndexOf('@'))}`
}

/** The text with no link or code in it that could be used: whoever reads the outbox must not be able to. */
export function withoutKeys(body: string): string {
  return body
    .replaceAll(codeMark, '••••••')
    .replaceAll(linkMark, '/l/…')
    .replaceAll(/(\/l\/[a-z0-9-]{2,40}\.)[\w-]{20,}/g, '$1…')
}

/** What became of a message after it was taken to be carried. */
export const arrivals = {
  arrived: { label: 'Arrived' },
  'not arrived': { label: 'Did not arrive' },
  'not now': { label: 'Could not be delivered for now' },
} as const

export type Arrival = keyof typeof arrivals

/** What a carrier said of a message; undefined when it said nothing. */
export const arrivalIn = (kept: string | null): Arrival | undefined =>
  kept === 'arrived' || kept === 'not arrived' || kept === 'not now' ? kept : undefined

/** What a text that came in means as a whole. */
export type Meant = 'no more' | 'cancel'

/** What whole texts mean, by language, and the polite words that stand around it. */
export type Meanings = Readonly<{
  polite: readonly string[]
  languages: Readonly<
    Record<string, Readonly<{ draft: boolean; noMore: readonly string[]; cancel: readonly string[] }>>
  >
}>

// Letters that are one to whoever writes them, and that no decomposition makes the same.
const same: Readonly<Record<string, string>> = { ł: 'l', ي: 'ی', ى: 'ی', ك: 'ک', ه: 'ہ', ة: 'ہ', ـ: '' }

/** Words without capitals, marks and punctuation, as they are compared. */
const plainly = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}'’]/gu, '')
    .replaceAll(/[łيىكهةـ]/gu, (letter) => same[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const withoutSpaces = (words: string): string => plainly(words).replaceAll(' ', '')

/**
 * What a text means where it says nothing else: a word within a sentence means what the sentence does, and somebody has to
 * read that.
 */
export function meantBy(body: string, { polite, languages }: Meanings): Meant | undefined {
  const around = polite.map(plainly)
  let rest = plainly(body)
  for (const words of around) rest = rest.startsWith(`${words} `) ? rest.slice(words.length + 1) : rest
  for (const words of around) rest = rest.endsWith(` ${words}`) ? rest.slice(0, -words.length - 1) : rest
  const said = rest.replaceAll(' ', '')
  const all = Object.values(languages)
  const isAmong = (words: readonly string[]) => words.some((one) => withoutSpaces(one) === said)
  if (all.some(({ noMore }) => isAmong(noMore))) return 'no more'
  return all.some(({ cancel }) => isAmong(cancel)) ? 'cancel' : undefined
}

/** A new link in place of one that had expired: whoever opened that one asked for it a moment ago. */
export const renewedKind = 'link.renewed'

/**
 * Whether a message counts among those that a person gets in a week. Appointments go first and are not counted, nor is
 * what somebody has just asked for themselves.
 */
export function isCounted({ person, recipient, kind, allowedBy }: Counted): boolean {
  const isAskedFor = allowedBy === 'asked-for' || kind === renewedKind
  return person !== null && recipient === 'person' && !kind.startsWith('appointment.') && !isAskedFor
}

type Counted = Pick<Message, 'person' | 'recipient' | 'kind' | 'allowedBy'>

/** When the next message may go to somebody who got these within seven days; undefined when it may go now. */
export function enoughUntil(sent: readonly Temporal.Instant[], most: number): Temporal.Instant | undefined {
  const newestFirst = sent.toSorted((one, other) => Temporal.Instant.compare(other, one))
  return newestFirst[most - 1]?.add({ hours: 24 * 7 })
}
