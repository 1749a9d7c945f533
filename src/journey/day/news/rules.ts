import { channels, type Channel } from '#platform/notify/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { switches } from '#registers/permissions/rules.ts'
import { answeredInWords, readAt, type Unheard } from '#journey/heard/rules.ts'
import { stepWords } from '#journey/timeline/rules.ts'

/** What people do by themselves that their coach is told of, in the words of the day. */
export const ownActs: Readonly<Record<string, string>> = {
  'ending.wished': 'Said in their space that they want to stop',
  'rectification.asked': 'Says that something on their record is wrong',
  'ending.taken-back': 'Changed their mind: support goes on',
  'three-way.own-yes': 'Agreed to what their employer answered',
  'three-way.own-talk': 'Wants to talk about what their employer answered',
  'copy.asked': 'Asked for a copy of their record',
  'means.added': 'Gave a new way to reach them',
  'means.changed': 'Changed how they may be reached',
  'means.ended': 'Took away a way to reach them',
  'means.ended-unsaid':
    'Took away a way to reach them that somebody else may have by now: ask them whether it was they',
  'details.changed': 'Changed what they need, or when to reach them',
}

/** Something that others did to somebody's support. */
export type Move = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null; step: Step }>

/** One line for what one act did at one moment, though it may have taken several steps: the last of them says most. */
export function oneForEach(moves: readonly Move[]): Move[] {
  const seen = new Set<string>()
  return moves.filter(({ episode, at }) => {
    const key = `${episode} ${at.toString()}`
    return seen.has(key) ? false : seen.add(key)
  })
}

/** What a move is called for the coach who reads of it. */
export function moveInWords({ step }: Pick<Move, 'step'>, reader: string): string {
  if (step.kind === 'allocated' && step.coach === reader) return 'Given to you'
  return stepWords[step.kind].what
}

/** What people did with their appointments themselves, as their coach reads it. */
export const ownDeeds = {
  chosen: 'Chose a time by themselves:',
  moved: 'Moved an appointment by themselves, to',
  cancelled: 'Cancelled an appointment by themselves, of',
  confirmed: 'Said that they will come:',
} as const

/** What a person answered by themselves, as their coach reads it, with where the answer is read. */
export function ownAnswer({ id, episode, at, ...said }: Unheard) {
  const { href, label: link } = readAt({ ...said, episode })
  return { id, episode, at, what: answeredInWords(said), link, href }
}

/** How many things that changed are told at once. */
export const mostNews = 12

type Named = Readonly<{ person: string; given_name: string; family_name: string; preferred_name: string | null }>
type Known = Named & Readonly<{ episode: string }>
type Told = Readonly<{ id: string; at: Temporal.Instant }>
type OfSomebody = Readonly<{ id: string; at: Temporal.Instant | null; person: string | null }>

/** What changed for the people of some coaches, part by part. */
export type Changes = Readonly<{
  moves: readonly Move[]
  troubles: readonly (OfSomebody &
    Readonly<{ reason: string | null; title: string; recipient: string; channel: Channel }>)[]
  answers: readonly (Told & Readonly<{ person: string; given: boolean; switch: string; by: string | null }>)[]
  replies: readonly (OfSomebody & Readonly<{ optsOut: boolean }>)[]
  lost: readonly (OfSomebody & Readonly<{ channel: Channel }>)[]
  own: readonly (Told & Readonly<{ episode: string; what: string; href?: string; link?: string }>)[]
  acts: readonly (Told & Named & Readonly<{ what: string; wish: string | null }>)[]
}>

const switchLabels: Readonly<Record<string, { label: string }>> = switches

type Trouble = Pick<Changes['troubles'][number], 'reason' | 'title' | 'recipient' | 'channel'>

/** Which message did not go out, to whom, and why. */
function troubleInWords({ reason, title, recipient, channel }: Trouble): string {
  const to = recipient === 'person' ? 'to them' : 'to somebody else about them'
  return `A message did not go out, ${channels[channel].label.toLowerCase()} ${to}: “${title}”. ${reason ?? 'It could not be sent'}`
}

type Act = Pick<Changes['acts'][number], 'what' | 'wish' | 'person'>

const actInWords = ({ what, wish }: Act): string =>
  what === 'ending.wished' && wish === 'call-first'
    ? 'Thinks of stopping, and asked for a call first'
    : (ownActs[what] ?? what)

const actReadAt = ({ what, person }: Act) =>
  what === 'rectification.asked' ? { href: `/people/${person}/keeping`, link: 'Read what they say' } : {}

/** What changed, the newest first, with whom each is about; only of people that the reader may see. */
export function newsOf(changed: Changes, people: readonly Known[], reader: string) {
  const { moves, troubles, answers, replies, lost, own, acts } = changed
  const byPerson = new Map(people.map((one) => [one.person, one]))
  const episodes = new Map(people.map((one) => [one.episode, one]))
  const news = [
    ...oneForEach(moves).map(({ episode, ...move }) => ({
      ...{ ...move, of: episodes.get(episode), what: moveInWords(move, reader) },
    })),
    ...own.map(({ episode, ...deed }) => ({ ...deed, by: null, of: episodes.get(episode) })),
    ...troubles.map(({ id, person, at, ...trouble }) => ({
      ...{ id, at, by: null, of: byPerson.get(person ?? ''), what: troubleInWords(trouble) },
      ...{ href: `/people/${person}/unsent/${id}`, link: 'See what to do about the message' },
    })),
    ...replies.map(({ id, person, at, optsOut }) => ({
      ...{ id, at, by: null, of: byPerson.get(person ?? '') },
      what: optsOut ? 'Wrote that they want no more texts' : 'Wrote back by text: read it on their record',
    })),
    ...lost.map(({ id, person, at, channel }) => ({
      ...{ id, at, by: null, of: byPerson.get(person ?? '') },
      what: `Our message did not arrive (${channels[channel].label.toLowerCase()}): check how to reach them`,
    })),
    ...answers.map(({ id, person, at, given, by, switch: asked }) => ({
      ...{ id, at, by, of: byPerson.get(person) },
      what: `${given ? 'Agreed' : 'Said no'}: ${switchLabels[asked]?.label ?? asked}`,
    })),
    ...acts.map((of) => ({ id: of.id, at: of.at, by: null, of, what: actInWords(of), ...actReadAt(of) })),
  ]
  return news
    .flatMap(({ of, at, ...one }) =>
      of && at ? [{ href: undefined, link: undefined, ...one, at, person: of.person, name: calledName(of) }] : [],
    )
    .toSorted((one, other) => Temporal.Instant.compare(other.at, one.at))
    .slice(0, mostNews)
}
