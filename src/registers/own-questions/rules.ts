import { type Chosen, type Instrument, type InstrumentCode, instruments } from '#registers/questionnaires/rules.ts'

/** An instrument as somebody is asked it who answers by themselves. */
export type OwnInstrument = Readonly<{ code: InstrumentCode; items: Instrument['items'] }>

/**
 * What somebody is asked who answers by themselves: the question of which an answer asks for somebody the same day is left
 * out unless the area has named who reads it.
 */
export function askedThemselves(asked: readonly InstrumentCode[], covered: boolean): OwnInstrument[] {
  return asked.map((code) => {
    const instrument: Instrument = instruments[code]
    const items = Object.entries(instrument.items).filter(([item]) => covered || item !== instrument.alert)
    return { code, items: Object.fromEntries(items) }
  })
}

/** Whether one of the questions is the one of which an answer asks for somebody the same day. */
export function asksForSomebody(asked: readonly OwnInstrument[]): boolean {
  return asked.some(({ code, items }) => {
    const instrument: Instrument = instruments[code]
    return instrument.alert !== undefined && instrument.alert in items
  })
}

/** The answers to what was asked, and to nothing else. */
export function onlyAsked({ items }: OwnInstrument, chosen: Chosen): Chosen {
  return Object.fromEntries(Object.entries(chosen).filter(([item]) => item in items))
}

const ours: readonly InstrumentCode[] = ['work-ability', 'rulers']

/** Whether the words of an instrument are our own, and so said in every language: agreed ones are shown as they were agreed. */
export function isOurs(code: InstrumentCode): boolean {
  return ours.includes(code)
}
