import type { Typed } from '#platform/form/rules.ts'
import { type Chosen, type Instrument, instruments } from '#registers/instruments/rules.ts'
import { fieldOf } from '#registers/questionnaires/rules.ts'

/** An instrument as somebody is asked it who answers by themselves; gone where the area has switched it off since. */
export type OwnInstrument = Readonly<{ whole: Instrument; items: Instrument['items']; gone: boolean }>

type Found = Readonly<{ offered: readonly Instrument[]; gone: readonly Instrument[] }>

/**
 * What somebody is asked who answers by themselves, and what they were asked before it was switched off: what they sent of
 * that is kept. The question of which an answer asks for somebody the same day is left out, unless the area has named who
 * reads it or it was on the page that was sent: whoever was asked it is heard.
 */
export function askedThemselves({ offered, gone }: Found, asksIt: boolean): OwnInstrument[] {
  return [...offered, ...gone].map((whole) => {
    const items = Object.entries(whole.items).filter(([item]) => asksIt || item !== whole.alert)
    return { whole, items: Object.fromEntries(items), gone: gone.includes(whole) }
  })
}

/** Whether one of the questions is the one of which an answer asks for somebody the same day. */
export function asksForSomebody(asked: readonly OwnInstrument[]): boolean {
  return asked.some(({ whole: { alert }, items }) => alert !== undefined && alert in items)
}

/** What a page sends along that had that question on it: whoever was asked it is heard, whatever was decided meanwhile. */
export const wasAsked = { 'asked-for-somebody': 'yes' } as const

/** Whether the page that was sent had the question on it of which an answer asks for somebody. */
export const wasAskedIt = (typed: Typed): boolean => lastOf(typed['asked-for-somebody']) === 'yes'

/** Whether what was sent speaks of being better off dead, whether or not it can still be taken. */
export const speaksOfDanger = (typed: Typed): boolean =>
  Object.values<Instrument>(instruments).some(
    ({ code, alert }) => alert !== undefined && Number(lastOf(typed[fieldOf(code, alert)]) ?? 0) > 0,
  )

/** What was sent of a field, the last where it came more than once. */
export const lastOf = (typed: string | readonly string[] | undefined): string | undefined => [typed].flat().at(-1)

const ours: readonly string[] = ['work-ability', 'rulers']

/** Whether the words of an instrument are our own, and so said in every language: agreed ones are shown as they were agreed. */
export function isOurs(code: string): boolean {
  return ours.includes(code)
}

/** What somebody has answered of a part so far, and whether they have looked at all of it. */
export type Begun = Readonly<{ instrument: string; items: Chosen; done: boolean }>

/** One part of what is asked by a link: what was answered of it, and what is still open. */
export type Part = OwnInstrument & Readonly<{ given: Chosen; open: Instrument['items']; done: boolean }>

/** The parts of what is asked, each with what was saved of it. */
export function partsOf(asked: readonly OwnInstrument[], begun: readonly Begun[]): Part[] {
  return asked.map((one) => {
    const saved = begun.find(({ instrument }) => instrument === one.whole.code)
    const given = Object.fromEntries(Object.entries(saved?.items ?? {}).filter(([item]) => item in one.items))
    const open = Object.fromEntries(Object.entries(one.items).filter(([item]) => !(item in given)))
    return { ...one, given, open, done: saved?.done ?? false }
  })
}

/** Whether anything was answered of a part. */
export const isBegun = ({ given }: Pick<Part, 'given'>): boolean => Object.keys(given).length > 0

/** Whether some of the questions are no longer asked, and whether anything was answered of them, which is kept. */
export type NoLonger = 'none' | 'gone' | 'kept'

/** What is said of the parts that are no longer asked. */
export function noLongerIn(parts: readonly Part[]): NoLonger {
  const gone = parts.filter((part) => part.gone)
  if (gone.length === 0) return 'none'
  return gone.some(isBegun) ? 'kept' : 'gone'
}

/** Where somebody has come to in the parts that are still asked: the next one, or none where all have been looked at. */
export function placeIn(all: readonly Part[]) {
  const parts = all.filter(({ gone }) => !gone)
  const place = parts.findIndex(({ done }) => !done)
  const part = parts[place]
  return { part, number: part ? place + 1 : parts.length, of: parts.length, noLonger: noLongerIn(all) }
}

/** How far somebody came with questions: those that were left out for want of a reader do not count as open. */
export function howFar({ items, alert }: Instrument, given: Chosen): 'not-begun' | 'begun' | 'answered' {
  if (Object.keys(given).length === 0) return 'not-begun'
  return Object.keys(items).every((item) => item === alert || item in given) ? 'answered' : 'begun'
}

/** The code of links by which questions are answered. */
export const askingPurpose = 'questions'
