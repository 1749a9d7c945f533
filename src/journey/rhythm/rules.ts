/** How often a person was promised to hear from their coach. */
export const rhythms = {
  week: { label: 'Every week' },
  fortnight: { label: 'Every two weeks' },
  month: { label: 'Every month' },
  none: { label: 'Nothing is promised', hint: 'Each next contact is agreed on its own' },
} as const

export type Rhythm = keyof typeof rhythms
