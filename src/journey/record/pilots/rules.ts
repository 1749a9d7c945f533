import { gets, type Gets, waysOfSaying } from '#journey/pilot/rules.ts'
import { type Happening, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null; name: string }>

/** That somebody was asked to take part in a pilot. */
export function askedTold({ id, episode, at, by, name, tried }: Told & Readonly<{ tried: string }>): Happening {
  return {
    ...{ id, at, by, kind: 'permission' },
    what: `Asked to take part in a pilot: ${name}`,
    text: [tried],
    href: `/episodes/${episode}/pilots`,
  }
}

type Answered = Told & Readonly<{ given: boolean; how: string; version: number; gets: Gets | null; own: boolean }>

/** That somebody said yes or no to a pilot. */
export function answerTold({ id, episode, at, by, name, given, how, version, gets: what, own }: Answered): Happening {
  const ways: Readonly<Record<string, { label: string }>> = waysOfSaying
  return {
    ...{ id, at, by: own ? 'the person themselves' : by, kind: 'permission' },
    what: given ? `Agreed: take part in the pilot ${name}` : `Does not take part in the pilot ${name}`,
    text: [
      what && `Gets ${within(gets[what].label)}`,
      `To version ${version} of the words, ${within(ways[how]?.label ?? 'By themselves')}`,
    ],
    href: `/episodes/${episode}/pilots`,
  }
}
