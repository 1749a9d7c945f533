import { type InstrumentCode } from '#registers/instruments/rules.ts'

/** What is measured before and after: one item of an instrument, or its score. */
export const measures = {
  satisfied: { label: 'Satisfied with life (ONS4)', instrument: 'ons4', item: 'satisfied', range: '0 to 10' },
  worthwhile: { label: 'What one does is worthwhile (ONS4)', instrument: 'ons4', item: 'worthwhile', range: '0 to 10' },
  happy: { label: 'Happy yesterday (ONS4)', instrument: 'ons4', item: 'happy', range: '0 to 10' },
  anxious: {
    label: 'Anxious yesterday (ONS4; lower is better)',
    ...{ instrument: 'ons4', item: 'anxious', range: '0 to 10' },
  },
  'work-ability': { label: 'Work ability today', instrument: 'work-ability', item: 'today', range: '0 to 10' },
  importance: { label: 'Importance of work', instrument: 'rulers', item: 'importance', range: '0 to 10' },
  confidence: { label: 'Confidence about work', instrument: 'rulers', item: 'confidence', range: '0 to 10' },
  'phq-9': { label: 'PHQ-9 (lower is better)', instrument: 'phq-9', item: null, range: '0 to 27' },
  'gad-7': { label: 'GAD-7 (lower is better)', instrument: 'gad-7', item: null, range: '0 to 21' },
} as const satisfies Readonly<
  Record<string, { label: string; instrument: InstrumentCode; item: string | null; range: string }>
>

export type Measure = keyof typeof measures

// Checked: the keys of a code list are its codes.
export const measureCodes = Object.keys(measures) as Measure[]

/** Measures of those who started, and of those who completed. */
export type Moment = 'start' | 'end'

/** Said beside every mean: people change for many reasons, also while they wait. */
export const notCaused =
  'A change is never shown as caused by the service: people on waiting lists change too. At the end only those count who answered both times.'

/** How many answered and what the mean was; at the end of those who answered twice, then and now. */
export type Measured = Readonly<{ count: number; before: number; after: number | null }>
