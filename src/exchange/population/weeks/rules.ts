import type { Mode } from '#journey/invitation/rules.ts'
import type { ActivityKind } from '#registers/work-kinds/rules.ts'
import { between, type Chance, drawn } from '#exchange/population/invented/rules.ts'

const otherWork: Readonly<Record<ActivityKind, number>> = {
  supervision: 0.15,
  team: 0.05,
  partners: 0.2,
  outreach: 0.15,
  administration: 0.15,
  training: 0.12,
  travel: 0.1,
  employers: 0.05,
  other: 0.03,
}

/** What a coach did in a week that was not about one person: two pieces of work, on two of its days. */
export function otherWorkIn(chance: Chance) {
  return [between(chance, 0, 2), between(chance, 3, 4)].map((dayOfWeek) => ({
    dayOfWeek,
    kind: drawn(chance, otherWork),
    minutes: 30 * between(chance, 1, 5),
  }))
}

/** Where a made-up area meets people. */
export const venuesIn = (area: string) =>
  [
    {
      name: 'Central Library',
      address: `Central Library, 1 High Street, ${area}`,
      access_note: 'Meeting room 2. There is a lift beside the desk.',
      step_free: true,
    },
    {
      name: 'Station Road Community Centre',
      address: `Community Centre, 14 Station Road, ${area}`,
      access_note: 'Ring the bell. There are six steps to the door.',
      step_free: false,
    },
  ] as const

type Usual = Readonly<{ weekdays: readonly number[]; starts: string; ends: string; modes: readonly Mode[] }>

/** When a made-up coach can be met: four mornings in a building or by telephone, three afternoons by telephone or video. */
export const usualHours = (place: number): readonly (Usual & Readonly<{ venue: number | null }>)[] => [
  {
    ...{ weekdays: [1, 2, 3, 4], starts: '09:00', ends: '12:30' },
    ...{ modes: ['phone', 'in-person'], venue: place % venuesIn('').length },
  },
  { weekdays: [1, 3, 5], starts: '13:30', ends: '17:00', modes: ['phone', 'video'], venue: null },
]

/** The made-up room of an area's video calls. */
export const videoRoom = 'https://video.example.org/room-1'
