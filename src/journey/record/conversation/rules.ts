import { dayInWords, longDay } from '#platform/dates.ts'
import { type BarrierCode, barriers, texts, textParts, type Words } from '#journey/assessment/rules.ts'
import {
  type Advice,
  advices,
  type Follows,
  follows,
  type NoteKind,
  noteKinds,
  type NoteOutcome,
  outcomes,
  type Span,
  spanInWords,
} from '#journey/fit-note/rules.ts'
import { type Result as Came, results } from '#journey/fit-note-request/rules.ts'
import { closings, concernKinds } from '#journey/safety/rules.ts'
import { type Happening, labelIn, type ReadAt, within } from '#journey/timeline/rules.ts'
import type { Chosen } from '#registers/instruments/rules.ts'
import { labelOf, resultInWords } from '#registers/questionnaires/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; by: string | null }>

type Conversation = Told &
  Readonly<{
    finished_at: Temporal.Instant | null
    words: Words
    barriers: readonly BarrierCode[]
    episode: string
  }>

/** A conversation: what matters to the person, what was heard, and what stands in the way, the main thing first. */
export function conversationTold(held: Conversation): Happening {
  const { id, at, by, finished_at: finished, words, barriers: marked, episode } = held
  const said = textParts.flatMap((part) => {
    const one = words[part]
    return one?.text ? [`${texts[part].label}: ${one.own ? `“${one.text}”` : one.text}`] : []
  })
  const inTheWay = marked.map((code) => within(barriers[code].label)).join(', ')
  return {
    ...{ id, at, by, kind: 'conversation' },
    what: finished ? 'Conversation about what stands in the way' : 'Conversation begun',
    text: [inTheWay && `In the way: ${inTheWay}`, ...said],
    mark: finished ? undefined : 'Not finished',
    href: finished ? `/assessments/${id}` : `/episodes/${episode}/assessment`,
  }
}

type Result = Readonly<{ instrument: string; score: number | null; band: string | null; items: Chosen }>
export type Answered = Told &
  Readonly<{ person: string; byThemselves: boolean; takenBack: boolean; results: readonly Result[] }>

/** What somebody answered on one form, each instrument with its score or its answers. */
export function answersTold({ id, at, by, person, byThemselves, results, takenBack }: Answered): Happening {
  return {
    ...{ id, at, by, kind: 'conversation' },
    what: byThemselves ? 'Questions answered by themselves' : 'Questions answered',
    text: results.map((result) => `${labelOf(result.instrument)}: ${resultInWords(result.instrument, result)}`),
    mark: takenBack ? 'Taken back' : undefined,
    href: `/people/${person}/questionnaires`,
  }
}

type Look = Told &
  Readonly<{
    concern: string
    first: boolean
    readable: boolean
    /** Only a few may read it. */
    restricted: boolean
    kind: string
    seen: string
    told: string | null
    done: string
    next_look_on: Temporal.PlainDate | null
    closed_as: string | null
  }>

/** A look at a concern, the first with what gave rise to it; of a restricted one only that it is there. */
export function lookTold(look: Look, { today }: ReadAt): Happening {
  const { id, at, by, concern, first, readable, restricted, kind, seen, told, done, closed_as: closed } = look
  const about = readable ? within(labelIn(concernKinds, kind)) : 'restricted'
  const doing = first ? 'Safety concern' : closed ? 'Safety concern closed' : 'Safety concern looked at'
  const words = [
    first && seen,
    told && `Told: ${told}`,
    `Done: ${done}`,
    closed && labelIn(closings, closed),
    look.next_look_on && `Look again ${dayInWords(look.next_look_on, today)}`,
  ]
  const hidden = ['Only the duty lead, the service manager and whoever wrote it can read it.']
  return {
    ...{ id, at, by: readable ? by : null, kind: 'safety' },
    what: `${doing}: ${about}`,
    text: readable ? words : hidden,
    href: readable ? `/concerns/${concern}` : undefined,
    ...(restricted ? { confined: { readable } } : {}),
  }
}

type Note = Told &
  Readonly<{
    person: string
    kind: NoteKind
    outcome: NoteOutcome
    advice: readonly Advice[]
    comments: string | null
    condition: string | null
    issuer: string
    takenBack: boolean
  }> &
  Span

/** A fit note or report that was written down, with what it says. */
export function fitNoteTold(note: Note): Happening {
  const { id, at, by, person, kind, outcome, advice, comments, condition, issuer, takenBack } = note
  return {
    ...{ id, at, by, kind: 'fit-note', dayOnly: true },
    what: `${noteKinds[kind].label} ${spanInWords(note)}: ${within(outcomes[outcome].label)}`,
    text: [advice.map((one) => advices[one].label).join(', '), comments, condition, `Written by ${issuer}`],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/people/${person}/fit-notes`,
  }
}

type FollowOn = Told &
  Readonly<{ person: string; what: Follows; askOn: Temporal.PlainDate | null; words: string | null }>

/** What was found out about what follows when a note ends. */
export function followOnTold({ id, at, by, person, what, askOn, words }: FollowOn, { today }: ReadAt): Happening {
  return {
    ...{ id, at, by, kind: 'fit-note' },
    what: `After the fit note: ${within(follows[what].label)}`,
    text: [words, askOn && `Ask again ${dayInWords(askOn, today)}`],
    href: `/people/${person}/fit-notes`,
  }
}

type Requested = Told &
  Readonly<{
    person: string
    practice: string
    says: string | null
    holdBy: Temporal.PlainDate
    takenBack: string | null
  }>

/** That they asked for a fit note, and by when they are spoken to. */
export function requestTold({ id, at, by, person, practice, says, holdBy, takenBack }: Requested): Happening {
  return {
    ...{ id, at, by, kind: 'fit-note' },
    what: `Asked ${practice} for a fit note`,
    text: [says, takenBack ?? `Conversation about work and health by ${longDay(holdBy)}`],
    mark: takenBack === null ? undefined : 'Taken back',
    href: `/people/${person}/fit-note-requests`,
  }
}

type CameOfIt = Told & Readonly<{ person: string; what: Came; words: string | null; takenBack: boolean }>

/** What came of the conversation that they had instead of a note, or before one. */
export function requestResultTold({ id, at, by, person, what, words, takenBack }: CameOfIt): Happening {
  return {
    ...{ id, at, by, kind: 'fit-note' },
    what: `After the request for a fit note: ${within(results[what].label)}`,
    text: [words],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/people/${person}/fit-note-requests`,
  }
}
