import { accountFor, type NotifyAccounts } from '#platform/govuk-notify/rules.ts'
import type { Message } from '#platform/notify/rules.ts'

/** Where the forms of practices come in for an area: at a mail server, or in a folder of this machine. */
export type Mailbox = Readonly<{
  /** The address to which forms are sent; null where nobody has said it. */
  address: string | null
  at: Readonly<{ url: string; inbox: string }> | Readonly<{ folder: string }>
  /** Where a message is moved to once it was taken, and where once it could not be. */
  taken: string
  unread: string
}>

export type Mailboxes = Readonly<Record<string, Mailbox>>

type Ground = Readonly<{ mailboxes: Mailboxes; environment: string; home: string }>

/**
 * Where an area's forms come in; undefined where nothing does. Outside production, where nothing is set up, it is a folder
 * of its own beside the data, into which anybody can put a message.
 */
export function mailboxOf({ mailboxes, environment, home }: Ground, area: string): Mailbox | undefined {
  const given = mailboxes[area]
  if (given || environment === 'production') return given
  return { address: null, at: { folder: `${home}/mailbox/${area}` }, taken: 'taken', unread: 'not-read' }
}

/**
 * Where whoever is written to for an area may answer by email, and we read it; undefined where nobody would. An account at
 * GOV.UK Notify that names no address for it brings along another.
 */
export function answersAt({ notify, ...ground }: Answered, area: string): string | undefined {
  const account = accountFor(notify, area)
  const isElsewhere = account?.templates.email !== undefined && account.replyTo === undefined
  return isElsewhere ? undefined : (mailboxOf(ground, area)?.address ?? undefined)
}

/** What has to be known of the settings for that. */
export type Answered = Ground & Readonly<{ notify: NotifyAccounts }>

/** To which address a message is answered by email; undefined where it is not. */
export type AnsweredAt = (message: Message) => string | undefined

/** The areas whose messages come into the same mailbox as those of this one, itself included. */
export function sharingWith(mailboxes: Mailboxes, area: string): readonly string[] {
  const own = mailboxes[area]
  return own === undefined ? [area] : Object.keys(mailboxes).filter((other) => isSame(mailboxes[other], own))
}

function isSame(one: Mailbox | undefined, other: Mailbox): boolean {
  return one !== undefined && JSON.stringify(one.at) === JSON.stringify(other.at)
}

/** A message that waits in a mailbox: by which it is found there, how large it is, and when it came where that is known. */
export type Waiting = Readonly<{ key: string; size: number; cameAt: Temporal.Instant | undefined }>

/** A mailbox that was opened. */
export type OpenBox = Readonly<{
  /** What waits, the earliest first. */
  list(most: number): Promise<Waiting[]>
  /** The beginning of a message, as it came. */
  read(message: Waiting, most: number): Promise<Buffer>
  /** Moves a message out of the way; it is never deleted here. */
  move(message: Waiting, to: 'taken' | 'unread'): Promise<void>
  close(): Promise<void>
}>

/**
 * The words of a page of a message, without anything of the page but its words. It takes time that grows with the length
 * alone, whatever was sent: a mark that is never closed is looked at once.
 */
export function wordsOfPage(html: string): string {
  const shown = html
    .slice(0, 500_000)
    .replaceAll(/<(script|style|head|title)\b[^]*?(<\/\1\s*>|$)/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b/gi, '\n<$1')
  const [first = '', ...others] = shown.split('<')
  return [first, ...others.map(afterMark)]
    .join(' ')
    .replaceAll(/&(nbsp|amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
}

const afterMark = (part: string): string => (part.includes('>') ? part.slice(part.indexOf('>') + 1) : '')

const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
