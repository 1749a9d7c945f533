import { dayOf } from '#platform/dates.ts'

/** What a person answered by themselves: questions about how they are, or whether they take part in a pilot. */
export type Answered = Readonly<{ pilot: string | null; given: boolean }>

/** An answer that nobody has seen. */
export type Unheard = Answered & Readonly<{ id: string; episode: string; person: string; at: Temporal.Instant }>

/** What somebody answered by themselves, as their coach reads it. */
export function answeredInWords({ pilot, given }: Answered): string {
  if (pilot === null) return 'Answered questions about how they are'
  return given ? `Said yes to taking part in “${pilot}”` : `Said no to taking part in “${pilot}”`
}

/** Where an answer is read, and what follows from it is done. */
export function readAt({ pilot, episode, person }: Pick<Unheard, 'pilot' | 'episode' | 'person'>) {
  return pilot === null
    ? { href: `/people/${person}/questionnaires`, label: 'Read the answers' }
    : { href: `/episodes/${episode}/pilots`, label: 'See what they said' }
}

/** What somebody answered and nobody has seen, as it stands on the day of their coach. */
export function heardLines(answers: readonly Unheard[]) {
  return answers.map((one) => {
    const at = `/people/${one.person}/own-answers`
    return { reason: 'answer', because: answeredInWords(one), on: dayOf(one.at), at } as const
  })
}
