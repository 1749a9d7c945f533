import type { Problem } from '#platform/form/rules.ts'
import {
  type Allowance,
  type Answer,
  type AnswerNow,
  isTellable,
  type LawfulBasis,
  type Switch,
  switchCodes,
} from '#registers/permissions/rules.ts'

/** On what an answer rests, in words for the person who gives it. */
export const basesInWords: Readonly<Record<LawfulBasis, string>> = {
  'public-task':
    'We keep and use this because helping you is our task by law. You can still say no, and we then stop doing it.',
  consent: 'We do this only because you said yes. Say no, and it stops.',
}

/** What follows at once when somebody says no. */
export const afterNo: Readonly<Record<Switch, string>> = {
  'take-part': 'Your support ends.',
  contact:
    'We stop calling, texting and writing to you. What waits to be sent is not sent. You can still read and write here.',
  gp: 'We tell your GP practice nothing more, and links we sent them stop working.',
  employer: 'We tell your employer nothing more, and links we sent them stop working.',
  jobcentre: 'We tell Jobcentre Plus nothing more. Nothing changes for you there.',
  onward: 'We tell other services nothing more, and links we sent them stop working.',
  research: 'Nobody asks you about research.',
}

/** The switch a word in an address names; taking part is ended by leaving, and not here. */
export const switchNamed = (word: string): Exclude<Switch, 'take-part'> | undefined =>
  switchCodes.find((code): code is Exclude<Switch, 'take-part'> => code === word && code !== 'take-part')

type Given = Readonly<{ switch: Switch; given: 'yes' | 'no'; allows: Allowance | null }>

/** What is missing where somebody says yes to telling others: how much. */
export function missingIn({ switch: asked, given, allows }: Given): Problem[] {
  return given === 'yes' && isTellable(asked) && allows === null
    ? [{ field: 'allows', message: 'Choose how much may be told' }]
    : []
}

/** The answers that somebody gives by one form. A no holds for everybody of its kind, also for those who were named. */
export function answersBy({ switch: asked, given, allows }: Given, standing: readonly AnswerNow[]): Answer[] {
  const yes = given === 'yes'
  const one = { switch: asked, given: yes, allows: yes ? (allows ?? 'status') : 'received' } as const
  const named = standing.filter((now) => now.switch === asked && now.recipient !== '' && now.given)
  const recipients = yes ? [''] : ['', ...named.map(({ recipient }) => recipient)]
  return recipients.map((recipient) => ({ ...one, recipient }))
}
