import {
  type Allotting,
  type Answer,
  type Gets,
  placeOf,
  type Place,
  standingOf,
  type standings,
} from '#journey/pilot/rules.ts'

type Known = Readonly<{
  id: string
  name: string
  tried: string
  words: string
  version: number
  allotting: Allotting
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
  endedAt: Temporal.Instant | null
}>
type Theirs = Readonly<{ pilot: string; episode: string }>

/** What a participant was asked to take part in, or takes part in, as they see it. */
export type OwnPilot<Pilot extends Known = Known> = Readonly<{
  pilot: Pilot
  episode: string
  place: Exclude<Place, 'fits'>
  newest: (Theirs & Answer) | undefined
  /** The words that they answered to, where newer ones are asked today. */
  answeredTo: string | undefined
  standing: keyof typeof standings
  gets: Gets | null
  /** Whether they can say yes by themselves. Where their coach chooses with them what they get, they say yes together. */
  mayJoin: boolean
}>

type Around<Pilot> = Readonly<{
  pilots: readonly Pilot[]
  /** The words of the pilots by version, those that somebody answered to. */
  wordings: readonly Readonly<{ pilot: string; version: number; words: string }>[]
  said: Readonly<{ invited: readonly Theirs[]; answers: readonly (Theirs & Answer)[] }>
  /** The spell of support that is under way. */
  open: string | undefined
  today: Temporal.PlainDate
}>

/** The pilots that are something to a participant: what they were never asked is none of them. */
export function ownPilots<Pilot extends Known>({
  pilots,
  wordings,
  said,
  open,
  today,
}: Around<Pilot>): OwnPilot<Pilot>[] {
  return pilots.flatMap((pilot) => {
    const invited = said.invited.filter((one) => one.pilot === pilot.id)
    const answers = said.answers.filter((one) => one.pilot === pilot.id)
    const [newest] = answers
    const place = placeOf(invited.length > 0, answers)
    const episode = (newest ?? invited[0])?.episode
    if (place === 'fits' || episode === undefined) return []
    const standing = standingOf(pilot, today)
    const mayJoin = standing === 'running' && episode === open && pilot.allotting !== 'coach'
    const before = newest && newest.version !== pilot.version ? newest.version : undefined
    const answeredTo = wordings.find((one) => one.pilot === pilot.id && one.version === before)?.words
    const gets = place === 'yes' ? (newest?.gets ?? null) : null
    return [{ pilot, episode, place, newest, answeredTo, standing, gets, mayJoin }]
  })
}

/** How somebody stands to a pilot, in words for themselves. */
export const ownPlaces = {
  asked: { label: 'Not answered yet', colour: 'grey' },
  yes: { label: 'Yes', colour: 'green' },
  no: { label: 'No', colour: 'orange' },
  back: { label: 'No', colour: 'orange' },
} as const satisfies Readonly<Record<Exclude<Place, 'fits'>, { label: string; colour: string }>>

/** What they get, in words for themselves. */
export const ownGets = {
  new: { label: 'You get what is tried.' },
  usual: { label: 'You get support as usual, so that we can compare.' },
} as const satisfies Readonly<Record<Gets, { label: string }>>

/** Whether a pilot is over: nobody takes part in it any more. */
export const isOver = (standing: keyof typeof standings): boolean => standing === 'ended' || standing === 'over'

type Pressed = Readonly<{ says: 'yes' | 'no'; seen: number | null }>

/** Why a yes that was pressed on an open page is not kept, to be told in words; undefined where it is. */
export function whyNoYes({ standing, mayJoin, pilot }: OwnPilot, { says, seen }: Pressed): string | undefined {
  if (says === 'no') return undefined
  if (isOver(standing)) return 'This has ended. Nothing was saved, and nothing changes for you'
  if (!mayJoin) return 'You cannot say yes here any more. Tell your coach if you would like to take part'
  return seen !== null && seen !== pilot.version ? 'Something has changed meanwhile. Read it again first' : undefined
}
