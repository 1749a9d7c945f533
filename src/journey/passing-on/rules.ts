import type { Problem } from '#platform/form/rules.ts'

/** What the other coach may answer. */
export const answers = {
  accepted: {
    label: 'I have read it and take them',
    hint: 'They are on your list from now on, with everything that is due',
  },
  'asked-back': { label: 'I need to know more first', hint: 'They stay where they are until you have an answer' },
} as const

export type Answer = keyof typeof answers

/** What is missing from an answer. */
export function answerProblems(answer: Answer, words: string | null): Problem[] {
  return answer === 'asked-back' && words === null
    ? [{ field: 'words', message: 'Say what you need to know first' }]
    : []
}

/** A coach somebody may be passed on to, with what their list becomes. */
export type Taker = Readonly<{ coach: string; name: string; sees: readonly string[] }> &
  Readonly<{ open: number; cap: number; points: number; pointsCap: number }>

/** Those of the coaches who may see the people of this provider, but for the one they are with. */
export function takersFor(
  takers: readonly Taker[],
  { provider, coach }: Readonly<{ provider: string; coach: string }>,
) {
  return takers.filter((one) => one.coach !== coach && one.sees.includes(provider))
}

/** How somebody who may take over is offered in a list. */
export function takerInWords({ name, open, cap, points, pointsCap }: Taker): string {
  return `${name}: ${open} of ${cap} people, ${points} of ${pointsCap} points`
}

export const standsAlready = {
  field: 'coach',
  message: 'They are offered to somebody already. Press the button again only if this offer is to take its place',
} as const

/** Whether an offer waits for an answer that whoever writes this one has not seen: `seen` stood there as they wrote. */
export const isUnseen = (
  standing: Readonly<{ id: string }> | undefined,
  { seen, offer }: Readonly<{ seen: string | null; offer: string }>,
): boolean => standing !== undefined && standing.id !== seen && standing.id !== offer

/** An offer as long as it waits for an answer. */
export const waiting = <Offer extends Readonly<{ answer: string | null }>>(offer: Offer | undefined) =>
  offer?.answer === null ? offer : undefined

type Standing = Readonly<{ id: string; to: string; first: string | null }> | undefined
type Chosen = Readonly<{ name: string; offer: Standing }>
type Offering = Readonly<{ to: string; first: string | null }>

/** The offer that waits already and says the same to the same coach, so that what is sent again offers nobody twice. */
export const offeredSo = (offer: Standing, { to, first }: Offering): string | undefined =>
  offer?.to === to && offer.first === first ? offer.id : undefined

/** Of people who are offered at once, those whose offer to somebody whoever sends this has not seen. */
export function unseenOf<One extends Chosen>(
  chosen: readonly One[],
  said: Offering & Readonly<{ seen: string | null }>,
) {
  const known = (said.seen ?? '').split(' ')
  return chosen.filter(({ offer }) => offer && offeredSo(offer, said) === undefined && !known.includes(offer.id))
}

/** What is wrong with who was chosen to be offered at once to somebody who sees the records of these providers. */
export function choiceProblems(chosen: readonly Readonly<{ provider: string }>[], sees: readonly string[]): Problem[] {
  if (chosen.length === 0) return [{ field: 'coach', message: 'Choose at least one person' }]
  if (chosen.every(({ provider }) => sees.includes(provider))) return []
  return [{ field: 'coach', message: 'Choose somebody who may see all of them' }]
}

/** Who is offered to somebody already, and what to do. */
export const standAlready = (people: readonly Chosen[]): Problem => ({
  field: 'coach',
  message: `Offered to somebody already: ${people.map(({ name }) => name).join(', ')}. Press the button again only if this offer is to take the place of the first`,
})

/** What is said after people were offered at once. */
export function offeredInWords(chosen: readonly Chosen[], said: Offering): string {
  const fresh = chosen.filter(({ offer }) => offeredSo(offer, said) === undefined).length
  if (fresh === 0) return 'They are offered already.'
  return fresh === 1 ? 'One person is offered.' : `${fresh} people are offered.`
}
