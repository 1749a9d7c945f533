import { readDay } from '#platform/dates.ts'

/** Something a feed says, by the names of its parts: nothing of it is believed before it was looked at. */
export type Said = Readonly<Record<string, unknown>>

/** Tells that a part cannot be read and is left out, for whoever looks after the feed. */
export type Remark = (sentence: string) => void

export const saidIn = (value: unknown): Said =>
  // Checked: an object that is no list has parts by name, each unknown.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Said) : {}

export const listIn = (value: unknown): Said[] => (Array.isArray(value) ? value.map(saidIn) : [])

/** The id under which a feed knows something: a text, or a number where the feed counts. */
export function outerIdIn(value: unknown): string | null {
  const id = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof id === 'string' && /^\S{1,200}$/.test(id.trim()) ? id.trim() : null
}

const marks: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Words without markup, which many directories write their descriptions in; null where nothing is said. */
export function wordsIn(value: unknown, most = 4000): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const plain = value
    .slice(0, most * 4)
    .replaceAll(/<(br|\/p|\/li|\/div|\/h\d)[^>]*>/gi, '\n')
    .replaceAll(/<[a-z/!][^>]*>/gi, '')
    .replaceAll(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => marks[name] ?? ' ')
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) =>
      Number(code) < 0x11_0000 ? String.fromCodePoint(Number(code)) : '',
    )
    // What no text holds and a database refuses.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/gu, '')
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
  if (plain === '' || /^null$/i.test(plain)) return null
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain
}

/** Words on one line. */
export const lineIn = (value: unknown, most = 300): string | null => wordsIn(value, most)?.replaceAll('\n', ' ') ?? null

/** Reads the parts of something a feed says by their names; what is there and cannot be read is remarked on. */
export function partsOf(said: Said, remark: Remark) {
  const isThere = (name: string) => wordsIn(said[name]) !== null
  const unread = (name: string, why: string) => {
    if (isThere(name)) remark(`${name} “${shown(said[name])}” ${why}`)
    return null
  }
  return {
    words: (name: string, most?: number) => wordsIn(said[name], most),
    line: (name: string, most?: number) => lineIn(said[name], most),
    day: (name: string): string | null => {
      const read = readDay(wordsIn(said[name], 60) ?? '')
      return read.ok ? read.day.toString() : unread(name, 'is no date that can be read')
    },
    link: (name: string): string | null => linkIn(said[name]) ?? unread(name, 'is no web address'),
    email: (name: string): string | null => {
      const text = lineIn(said[name])?.replace(/^mailto:/i, '') ?? ''
      return /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(text) ? text : unread(name, 'is no email address')
    },
    number: (name: string, least: number, most: number): number | null => {
      const number = isThere(name) ? Number(said[name]) : Number.NaN
      return number >= least && number <= most ? number : unread(name, `is no number from ${least} to ${most}`)
    },
    time: (name: string): string | null => {
      const [, hour = '', minute = ''] =
        /^(?:\d{4}-\d\d-\d\dT)?(\d{1,2}):(\d\d)/.exec(wordsIn(said[name], 60) ?? '') ?? []
      const isTime = hour !== '' && Number(hour) < 24 && Number(minute) < 60
      return isTime ? `${hour.padStart(2, '0')}:${minute}` : unread(name, 'is no time of day')
    },
  }
}

function linkIn(value: unknown): string | null {
  const text = lineIn(value, 2000)
  if (text === null || /\s/.test(text)) return null
  const whole = /^www\./i.test(text) ? `https://${text}` : text
  return /^https?:\/\/[^\s/.]+\.[^\s]+$/i.test(whole) ? whole : null
}

const shown = (value: unknown) => {
  const text = lineIn(value, 200) ?? ''
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
