import type { Typed } from '#platform/form/rules.ts'
import { type Chosen, type Instrument, instruments } from '#registers/instruments/rules.ts'
import { fieldOf, suppliedAs } from '#registers/questionnaires/rules.ts'

/** An instrument as somebody is asked it who answers by themselves. */
export type OwnInstrument = Readonly<{ whole: Instrument; items: Instrument['items'] }>

/**
 * What somebody is asked who answers by themselves: the question of which an answer asks for somebody the same day is left
 * out unless the area has named who reads it.
 */
function askedThemselves(asked: readonly Instrument[], covered: boolean): OwnInstrument[] {
  return asked.map((whole) => {
    const items = Object.entries(whole.items).filter(([item]) => covered || item !== whole.alert)
    return { whole, items: Object.fromEntries(items) }
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

type Asked = Readonly<{ codes: readonly string[]; covered: boolean; was: boolean }>

/**
 * What somebody is asked of these codes, of what the area asks; with what was on the page that was sent and has been switched
 * off meanwhile, where one of its answers asks for somebody: whoever was asked it is heard.
 */
export function askedOrHeard(offered: readonly Instrument[], { codes, covered, was }: Asked): OwnInstrument[] {
  const gone = was ? codes.filter((code) => !offered.some((one) => one.code === code)) : []
  const heard = gone.flatMap((code) => suppliedAs(code) ?? []).filter(({ alert }) => alert !== undefined)
  return askedThemselves([...offered, ...heard], covered || was)
}

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

/** The code of links by which questions are answered. */
export const askingPurpose = 'questions'
