import { clock, dayOf, longDay } from '#platform/dates.ts'
import { shortened } from '#journey/timeline/rules.ts'

/**
 * What a person did by themselves that somebody has to see: they answered questions about how they are, or whether they
 * take part in a pilot, or took a way to reach them away where nothing could be sent to ask whether it was they.
 */
export type Answered = Readonly<{ kind: 'questions' | 'pilot' | 'way'; pilot: string | null; given: boolean }>

/** An answer that nobody has seen. */
export type Unheard = Answered & Readonly<{ id: string; episode: string; person: string; at: Temporal.Instant }>

/** What somebody answered by themselves, as their coach reads it. */
export function answeredInWords({ kind, pilot, given }: Answered): string {
  if (kind === 'way') return 'Took away a way to reach them: ask them whether it was they'
  if (kind === 'questions') return 'Answered questions about how they are'
  return given ? `Said yes to taking part in “${pilot ?? ''}”` : `Said no to taking part in “${pilot ?? ''}”`
}

/** Where an answer is read, and what follows from it is done. */
export function readAt({ kind, episode, person }: Pick<Unheard, 'kind' | 'episode' | 'person'>) {
  if (kind === 'way') return { href: `/people/${person}/details/means`, label: 'See how they are reached' }
  return kind === 'questions'
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

/** A text that says nothing but that its sender wants to cancel, with the next appointment that they had when they wrote. */
export type Cancelling = Readonly<{ episode: string; person: string; at: Temporal.Instant; words: string }> &
  Readonly<{ startsAt: Temporal.Instant }>

/** Who asks to cancel, in their own words, as it stands on the day of their coach: the text itself cancels nothing. */
export function cancellingLines(texts: readonly Cancelling[]) {
  return texts.map(({ person, at, words, startsAt }) => {
    const because = `Wrote “${shortened(words, 60)}” by text. Booked: ${longDay(dayOf(startsAt))} at ${clock(startsAt)}, until you cancel it`
    return { reason: 'cancel', because, on: dayOf(at), at: `/people/${person}/messages` } as const
  })
}
