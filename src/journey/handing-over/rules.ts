import { ageOn } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type HandoverReason, handoverReasons } from '#journey/allocation/rules.ts'
import { type Taker, takerInWords } from '#journey/passing-on/rules.ts'
import { type SummaryPart } from '#journey/summary/rules.ts'
import { effectOn, weightOn } from '#journey/room/rules.ts'

/** Why a provider gives somebody to another. That its part ends has pages of its own, and stays as a reason here. */
export const reasons = handoverReasons

/** Which parts of the summary the other team reads before it decides: nothing by which the person is found. */
export const readBefore: readonly SummaryPart[] = ['first', 'in_the_way', 'plan']

/** What another team is shown before it decides: enough to know whether it can help, and not who it is. */
export function toDecideOn(
  given: Readonly<{ bornOn: string; language: string | null; interpreter: string | null }> &
    Lives &
    Readonly<{ needs: readonly string[]; stage: string; goals: number }>,
  today: Temporal.PlainDate,
) {
  const age = ageOn(Temporal.PlainDate.from(given.bornOn), today)
  const decade = Math.floor(age / 10) * 10
  return [
    { label: 'Age', value: `${decade} to ${decade + 9}` },
    { label: 'Where they live', value: districtInWords(given) },
    { label: 'Stage', value: given.stage },
    { label: 'Goals agreed', value: `${given.goals}` },
    {
      label: 'Language',
      value: [given.language, given.interpreter && `interpreter: ${given.interpreter}`].filter(Boolean).join(', '),
    },
    { label: 'Needs', value: given.needs.join(', ') },
  ]
}

type Lives = Readonly<{ postcode: string | null; council?: string | null; noFixedAddress?: boolean }>

/** Roughly where somebody lives: the first half of their postcode and their council. */
function districtInWords({ postcode, council, noFixedAddress }: Lives): string {
  const parts = [noFixedAddress === true && 'No fixed address', postcode?.split(' ')[0], council]
  return parts.filter(Boolean).join(', ') || 'Not known'
}

/** What another team may answer. */
export const answers = {
  accepted: { label: 'We take them', hint: 'Their record is yours at once, with everything that is due' },
  'sent-back': { label: 'We send them back', hint: 'They stay where they are, and your reason goes back' },
} as const

export type Answer = keyof typeof answers

/** How a package stands, in words. */
export const states = {
  waiting: { label: 'Waiting for their answer', colour: 'blue' },
  accepted: { label: 'Accepted', colour: 'green' },
  'sent-back': { label: 'Sent back', colour: 'orange' },
  'taken-back': { label: 'Taken back', colour: 'grey' },
} as const

export type PackageState = keyof typeof states

/** How a package stands, from its answer. */
export function stateOf(answer: string | null): PackageState {
  return answer === 'accepted' || answer === 'sent-back' || answer === 'taken-back' ? answer : 'waiting'
}

type Answering = Readonly<{ answer: Answer; words: string | null; coach: string | null }>

type Taking = Taker & Readonly<{ coach: string }>

/** A coach of the other provider, with what they would carry with somebody of so many points. */
export function takerWith(taker: Taking, points: number): Readonly<{ label: string; over: boolean }> {
  const one = { coach: null, points }
  const [people, weight] = [effectOn(taker, [one]), weightOn(taker, [one])]
  const over = people.over || weight.over
  const count = people.after === 1 ? '1 person' : `${people.after} people`
  const then = `${count} and ${weight.after === 1 ? '1 point' : `${weight.after} points`} with them`
  return { label: `${takerInWords(taker)}; ${then}${over ? ', more than their most' : ''}`, over }
}

type Coaches = Readonly<Record<string, Readonly<{ over: boolean }>>>

/** What is missing from an answer. */
export function answerProblems({ answer, words, coach }: Answering, coaches: Coaches): Problem[] {
  if (answer === 'sent-back' && words === null)
    return [{ field: 'words', message: 'Say why, so that they can be helped another way' }]
  if (answer === 'accepted' && coach !== null && !(coach in coaches))
    return [{ field: 'coach', message: 'Choose a coach from the list' }]
  if (answer === 'accepted' && coach !== null && coaches[coach]?.over && words === null)
    return [{ field: 'words', message: 'Say why this coach can carry more than their most' }]
  return []
}

type Offering = Readonly<{ provider: string; reason: HandoverReason; first: string | null }>
type Around = Readonly<{
  providers: object
  /** Whether a restricted record would be open to nobody there. */ hidden: boolean
}>

/** What stands against somebody being offered to another provider. */
export function offerProblems({ provider, reason, first }: Offering, { providers, hidden }: Around): Problem[] {
  const problems: readonly (Problem | false)[] = [
    !(provider in providers) && { field: 'provider', message: 'Choose a provider from the list' },
    hidden && {
      field: 'provider',
      message: 'This record is restricted: name somebody of the other provider for it first',
    },
    reason === 'other' && first === null && { field: 'first', message: 'Say which other reason' },
  ]
  return problems.filter((problem) => problem !== false)
}
