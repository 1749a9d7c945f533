import { isBefore, readDay, type Within } from '#platform/dates.ts'
import { wordsOfPage } from '#platform/mailbox/rules.ts'
import type { Kind, Reading } from '#journey/emailed-answer/rules.ts'
import type { declines } from '#journey/onward/rules.ts'

/** A message as it came: its headings in small letters, its words or its page, and what else was in it. */
export type Sent = Readonly<{
  headings: ReadonlyMap<string, string>
  subject: string
  text: string
  page: string
  files: readonly Readonly<{ type: string; start: string }>[]
}>

/** What a message is as a reply, and of which requests it may speak. */
export type Reply = Readonly<{
  kind: Kind
  /** What they wrote themselves, without what they quoted. */
  words: string
  files: number
  /** Everything in it that could be the reference of a request. */
  references: readonly string[]
  /** Whether its subject is that of a request to a service. */
  isOfRequest: boolean
}>

/** How much is kept of what a service writes, in letters: our own assumption, as an answer is one word. */
const mostWords = 4000

/** What a message is as a reply to an email of ours. */
export function replyIn({ headings, subject, text, page, files }: Sent): Reply {
  const parts = files.filter(({ type }) => /^(message\/|text\/rfc822)/.test(type))
  const own = text.trim() ? ownWords(text) : ownWordsOfPage(page)
  const all = [subject, text.trim() ? text : wordsOfPage(page), ...parts.map(({ start }) => start)].join('\n')
  return {
    kind: kindOf({ headings, subject, report: parts.map(({ start }) => start).join('\n') }),
    ...{ words: own.slice(0, mostWords), files: files.length - parts.length },
    references: [...new Set(all.match(/\b[0-9A-F]{8}\b/gi)?.map((one) => one.toUpperCase()))].slice(0, 20),
    isOfRequest: /\([0-9A-F]{8}\)/i.test(subject),
  }
}

type Headed = Readonly<{ headings: Sent['headings']; subject: string; report: string }>

// RFC 3834 and 3464, and what mail programs wrote before there was either. A report that it is only late says nothing.
function kindOf({ headings, subject, report }: Headed): Kind {
  if (/^multipart\/report/i.test(headings.get('content-type') ?? ''))
    return /^action:\s*failed/im.test(report) ? 'not-arrived' : 'automatic'
  const submitted = headings.get('auto-submitted')?.trim().toLowerCase() ?? 'no'
  const isAutomatic =
    !submitted.startsWith('no') ||
    ['x-autoreply', 'x-autorespond', 'x-failed-recipients'].some((heading) => headings.has(heading)) ||
    /^(bulk|junk|list|auto_?reply)/i.test(headings.get('precedence')?.trim() ?? '') ||
    /^(automatic reply|auto-?reply|out of (the )?office)\b/i.test(subject.trim())
  return isAutomatic ? 'automatic' : 'answer'
}

// Where a page of a message begins to quote: Gmail, Outlook, Yahoo, Apple and Thunderbird.
const quotedPart =
  /<blockquote\b|<[a-z]{1,20}[^<>]{0,200}\b(class|id)="?(gmail_quote|yahoo_quoted|appendonsend|divRplyFwdMsg)/i

function ownWordsOfPage(page: string): string {
  const start = page.search(quotedPart)
  const own = start < 0 ? '' : ownWords(wordsOfPage(page.slice(0, start)))
  return own === '' ? ownWords(wordsOfPage(page)) : own
}

/**
 * What somebody wrote themselves in a reply: above, below or between what they quote. Where nothing is left, all of it, as
 * a coach is to see it.
 */
export function ownWords(text: string): string {
  const lines = text.replaceAll('\r', '').split('\n').slice(0, 2000)
  const own: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.trim() ?? ''
    const heads = quoteHeadAt(lines, at)
    if (endsOwnWords(lines, at) || (heads > 0 && !isMarked(lines.slice(at + heads)))) break
    if (heads > 0) at += heads - 1
    else if (!line.startsWith('>') && !/^(sent from my |get outlook for )/i.test(line)) own.push(line)
  }
  const kept = own
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  return kept === '' ? text.trim() : kept
}

/** Whether what follows is quoted with a mark at each line, so that an answer may stand below it. */
const isMarked = (lines: readonly string[]): boolean =>
  lines
    .find((line) => line.trim() !== '')
    ?.trimStart()
    .startsWith('>') === true

/** How many lines say who wrote what is quoted below; 0 where these do not. A long address breaks them over. */
function quoteHeadAt(lines: readonly string[], at: number): number {
  if (!/^on\b/i.test(lines[at]?.trim() ?? '')) return 0
  const most = lines.slice(at, at + 4).findIndex((line) => /\bwrote:$/i.test(line.trim()))
  return most + 1
}

/** Whether from here on nothing is their own: a signature, or what is quoted without a mark. */
function endsOwnWords(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim()
  if (line === '--' || /^_{10,}$/.test(line)) return true
  if (/^-{2,} ?(original|forwarded) message ?-{2,}$/i.test(line)) return true
  const next = lines.slice(at + 1, at + 5).map((one) => one.trim().replaceAll('*', ''))
  return /^\*?from:/i.test(line) && next.some((one) => /^(sent|date):/i.test(one))
}

/** What an answer of one word says. */
export type Read = Readonly<{
  reads: Reading | null
  reason: keyof typeof declines | null
  day: Temporal.PlainDate | null
}>

const nothing: Read = { reads: null, reason: null, day: null }
const words = { yes: 'accepted', wait: 'waiting', no: 'declined', started: 'started', ended: 'ended' } as const
const whyNot: Readonly<Record<string, keyof typeof declines>> = {
  ...{ full: 'full', 'we are full': 'full', 'no places': 'full', 'no space': 'full' },
  ...{ 'not eligible': 'not-eligible', 'not in our area': 'not-here', 'outside our area': 'not-here' },
}

/**
 * What the first line of an answer says, where it is one of the words and nothing that could turn it round: "no problem"
 * and "yes, but" are for a coach to read.
 */
export function readAnswer(own: string, cameOn: Temporal.PlainDate): Read {
  const first = own.split('\n').find((line) => line.trim() !== '') ?? ''
  const line = first
    .toLowerCase()
    .replaceAll(/[*_"“”'‘’]/g, '')
    .trim()
  const [, word = '', after = ''] = /^([a-z]+)(?:$|[\s.,:;!–-]+)(.*)$/.exec(line) ?? []
  if (!(word in words)) return nothing
  // Checked: it is one of the words.
  const reads = words[word as keyof typeof words]
  const rest = after.replaceAll(/\b(please|many thanks|thank you|thanks)\b/g, '').replaceAll(/^[\s.,!]+|[\s.,!]+$/g, '')
  if (rest === '') return { ...nothing, reads }
  if (reads === 'declined') return rest in whyNot ? { ...nothing, reads, reason: whyNot[rest] ?? null } : nothing
  const day = reads === 'accepted' ? undefined : dayIn(rest, { cameOn, isToCome: reads === 'waiting' })
  return day ? { ...nothing, reads, day } : nothing
}

type About = Readonly<{ cameOn: Temporal.PlainDate; isToCome: boolean }>

/** The day that a line names: as a date, with or without its year, or as so many weeks from when it came. */
function dayIn(rest: string, { cameOn, isToCome }: About): Temporal.PlainDate | undefined {
  const said = rest.replace(/^((until|till|from|on|since|about|around|for|the)\s+)+/, '')
  const within: Within = isToCome
    ? { earliest: cameOn, latest: cameOn.add({ years: 3 }) }
    : { earliest: cameOn.subtract({ years: 3 }), latest: cameOn }
  const [, count, span] = /^(\d{1,2}) (day|week|month)s?$/.exec(said) ?? []
  if (count !== undefined && isToCome) return cameOn.add({ [`${span ?? 'day'}s`]: Number(count) })
  const full = readDay(said, within)
  if (full.ok) return full.day
  const nearest = readDay(`${said} ${cameOn.year}`)
  if (!nearest.ok) return undefined
  if (isToCome) return isBefore(nearest.day, cameOn) ? nearest.day.add({ years: 1 }) : nearest.day
  return isBefore(cameOn, nearest.day) ? nearest.day.subtract({ years: 1 }) : nearest.day
}
