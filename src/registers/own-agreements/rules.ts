import type { Problem } from '#platform/form/rules.ts'
import { type Asking, asksFacts, type Fact, factsFor } from '#registers/fact/rules.ts'
import { isOwn } from '#registers/own-word/rules.ts'
import {
  type Allowance,
  type Answer,
  type AnswerNow,
  isAmong,
  isTellable,
  type LawfulBasis,
  no,
  type Switch,
  switchCodes,
} from '#registers/permissions/rules.ts'

/** On what an answer rests, in words for the person who gives it. */
export const basesInWords: Readonly<Record<LawfulBasis, string>> = {
  'public-task':
    'The law lets us do this because helping you is our task. We still ask you, and if you say no, we stop.',
  consent: 'We do this only if you say yes. Say no, and it stops.',
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

/** Yes or no to one switch. */
export const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

/** Yes or no where there may be several recipients, each of whom can be told something else. */
export const toWhom = {
  yes: { label: 'Yes, all of them' },
  one: { label: 'Yes, but only one that I name' },
  no: { label: 'No, none of them' },
} as const

/** The words around naming one recipient and choosing what they may see. */
export const naming: Readonly<Record<Asking, Readonly<{ label: string; missing: string; limits: string }>>> = {
  employer: {
    label: 'Name of the employer',
    missing: 'Enter the name of the employer',
    limits: 'They learn nothing else. Your employer is never told what your health condition is.',
  },
  onward: {
    label: 'Name of the service',
    missing: 'Enter the name of the service',
    limits: 'They learn nothing else. Tick only what helps them to help you.',
  },
}

type Given = Readonly<{
  switch: Switch
  given: keyof typeof toWhom
  name: string | null
  allows: Allowance | null
  facts: readonly Fact[]
}>

const tickedIn = ({ switch: asked, allows, facts }: Given): readonly Fact[] | null =>
  asksFacts(asked) && allows === 'summary' ? factsOffered(asked).filter((one) => facts.includes(one)) : null

const factsOffered = (asked: Asking): readonly Fact[] => factsFor[asked]

/** What is missing where somebody says yes to telling others: whom, how much, and which facts. */
export function missingIn(given: Given): Problem[] {
  const { switch: asked, given: said, name, allows } = given
  if (said === 'no' || !isTellable(asked)) return []
  if (said === 'one' && !asksFacts(asked)) return [{ field: 'given', message: 'Choose yes or no' }]
  return [
    ...(said === 'one' && asksFacts(asked) && name === null ? [{ field: 'name', message: naming[asked].missing }] : []),
    ...(allows === null ? [{ field: 'allows', message: 'Choose how much may be told' }] : []),
    ...(tickedIn(given)?.length === 0 ? [{ field: 'facts', message: 'Tick what they may see' }] : []),
  ]
}

/**
 * The answers that somebody gives by one form, in the order in which they count. A no holds for everybody of its kind, also
 * for those who were named. A yes to one alone ends a yes to all, and lets stand what was said of others by name.
 */
export function answersBy(given: Given, standing: readonly AnswerNow[]): Answer[] {
  const { switch: asked, given: said, name } = given
  const named = standing.filter((now) => now.switch === asked && now.recipient !== '')
  if (said === 'no') return [no(asked), ...named.flatMap((now) => (now.given ? [no(asked, now.recipient)] : []))]
  const facts = tickedIn(given)
  const yes = { switch: asked, given: true, allows: given.allows ?? 'status', facts }
  if (said === 'yes') return [{ ...yes, recipient: '' }]
  const recipient = named.find((now) => isAmong([now.recipient], name ?? ''))?.recipient ?? name ?? ''
  const isForAll = standing.some((now) => now.switch === asked && now.recipient === '' && now.given)
  const others = named
    .filter((now) => now.given && isOwn(now) && now.recipient !== recipient)
    .map((now) => again(now, asked))
  return isForAll ? [no(asked), ...others, { ...yes, recipient }] : [{ ...yes, recipient }]
}

/** The same answer once more, for a recipient who was named. */
export const again = (
  { recipient, allows, facts }: Pick<AnswerNow, 'recipient' | 'allows' | 'facts'>,
  of: Switch,
): Answer => ({
  ...{ switch: of, recipient, given: true },
  // Checked: they were taken from a form, which refuses any others.
  ...{ allows: allows as Allowance, facts: facts as Answer['facts'] },
})
