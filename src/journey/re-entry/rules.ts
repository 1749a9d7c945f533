import { earlyEnds, type Standing, stages } from '#journey/episode/rules.ts'

type Stands = Pick<Standing, 'stage' | 'ended_at' | 'ended_as'>

/** Why somebody cannot be referred again now, in a sentence; undefined when they can. */
export function whyNotAgain(died: boolean, newest: Stands | undefined): string | undefined {
  if (died) return 'The record says that this person has died.'
  if (newest === undefined) return 'Nobody has supported this person before. Look for their first referral.'
  return newest.ended_at === null ? 'They are with the service now. Go on with that support.' : undefined
}

/** How the support before came to its end, in words. */
export function howItEnded({ stage, ended_as: as }: Stands): string {
  const early = Object.entries(earlyEnds).find(([code]) => code === as)
  return (early ? early[1].label : stages[stage].label).toLowerCase()
}
