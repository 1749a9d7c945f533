import type { Instrument } from '#registers/instruments/rules.ts'

/** An instrument as somebody is asked it who answers by themselves. */
export type OwnInstrument = Readonly<{ whole: Instrument; items: Instrument['items'] }>

/**
 * What somebody is asked who answers by themselves: the question of which an answer asks for somebody the same day is left
 * out unless the area has named who reads it.
 */
export function askedThemselves(asked: readonly Instrument[], covered: boolean): OwnInstrument[] {
  return asked.map((whole) => {
    const items = Object.entries(whole.items).filter(([item]) => covered || item !== whole.alert)
    return { whole, items: Object.fromEntries(items) }
  })
}

/** Whether one of the questions is the one of which an answer asks for somebody the same day. */
export function asksForSomebody(asked: readonly OwnInstrument[]): boolean {
  return asked.some(({ whole: { alert }, items }) => alert !== undefined && alert in items)
}

const ours: readonly string[] = ['work-ability', 'rulers']

/** Whether the words of an instrument are our own, and so said in every language: agreed ones are shown as they were agreed. */
export function isOurs(code: string): boolean {
  return ours.includes(code)
}
