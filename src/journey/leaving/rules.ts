import { isBefore } from '#platform/dates.ts'
import { type Stage, takenFrom } from '#journey/episode/rules.ts'
import type { SpokenEnd } from '#journey/ending/rules.ts'

/** What somebody who thinks of stopping wants to happen. */
export const wishes = {
  'call-first': { label: 'Call me first', hint: 'Your coach rings you, and you decide after that' },
  stop: { label: 'Stop now', hint: 'Your support ends today' },
} as const

export type Wish = keyof typeof wishes

/** Why somebody stops, as they say it themselves. Nobody has to. */
export const whys = {
  better: { label: 'I do not need help any more' },
  'not-helping': { label: 'It does not help me' },
  'too-ill': { label: 'I am too ill at the moment' },
  time: { label: 'I have no time for it' },
  people: { label: 'I do not get on with somebody' },
  elsewhere: { label: 'I get help somewhere else' },
  other: { label: 'Something else' },
} as const

export type Why = keyof typeof whys

/** For how many days somebody can take back in their space that they stopped: our own default. Afterwards they ring. */
export const changeMindDays = 28

/** Whether somebody has support at the moment that can be stopped. */
export const mayStop = (stage: Stage | undefined): stage is Stage =>
  stage !== undefined && takenFrom.ended.includes(stage)

/** As what support ends that somebody stops themselves: before it began they decline it, afterwards they leave early. */
export const endsAs = (startedAt: Temporal.Instant | null): SpokenEnd =>
  startedAt === null ? 'declined' : 'left-early'

type Ended = Readonly<{ endedOn: Temporal.PlainDate; byThemselves: boolean; newEpisode: boolean }>

/** Whether somebody may take back by themselves that they stopped. */
export function mayChangeMind({ endedOn, byThemselves, newEpisode }: Ended, today: Temporal.PlainDate): boolean {
  return byThemselves && !newEpisode && !isBefore(endedOn.add({ days: changeMindDays }), today)
}
