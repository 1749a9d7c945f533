/** What somebody who was passed on says themselves to "did you get help?". */
export const helps = {
  helped: { label: 'Yes, it helped', told: 'It helped' },
  started: { label: 'It has started', told: 'It has started' },
  nobody: { label: 'Nobody got in touch with me', told: 'Nobody got in touch' },
  'not-wanted': { label: 'I did not want it', told: 'They did not want it' },
  other: { label: 'Something else', told: 'In their own words' },
} as const

export type Help = keyof typeof helps

/** Whether they say by it that it began. */
export const saysBegun = (help: Help): boolean => help === 'helped' || help === 'started'
