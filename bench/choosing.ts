import type pg from 'pg'
import type { Databases } from '#platform/database/router.ts'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'
import { allModes } from '#journey/invitation/rules.ts'
import { saveOffer } from '#journey/offer/store.ts'
import type { Asked } from './measure.ts'

type Coach = Readonly<{ membership: string; area: string; cookie: string }>
type Supported = Readonly<{ episode: string; person: string; coach: string; stage: Stage }>

/**
 * Somebody of each coach is asked to choose a time, and their links: the page shows when the coach is free. Asked for with
 * the cookie of a member, because strangers are held up who ask this often.
 */
export async function timesToChoose(databases: Databases, owner: pg.Pool, coaches: readonly Coach[]): Promise<Asked[]> {
  const { rows } = await owner.query<Supported>(
    `select episode, person, coach, stage from episode.standing where coach is not null and ended_at is null
     order by coach, received_at`,
  )
  const theirs = Map.groupBy(
    rows.filter(({ stage }) => mayTake('booked', stage)),
    ({ coach }) => coach,
  )
  const all: Asked[] = []
  for (const { membership, area, cookie } of coaches) {
    const [of] = theirs.get(membership) ?? []
    if (of) all.push({ path: await linkFor(databases, { area, membership, of }), cookie })
  }
  return all
}

type Offering = Readonly<{ area: string; membership: string; of: Supported }>

/** Offers them a time with their coach, by telephone: a page of times and not of ways to meet. */
function linkFor(databases: Databases, { area, membership, of }: Offering): Promise<string> {
  const now = Temporal.Now.instant()
  const expires = now.add({ hours: 24 * 14 })
  const offer = {
    area,
    id: newId(),
    episode: of.episode,
    member: membership,
    purpose: 'support',
    modes: allModes,
  } as const
  return databases.databaseFor(area).transaction(async (db) => {
    await saveOffer(db, { ...offer, told_by: 'staff', offered_at: now, offered_by: membership, expires_at: expires })
    const path = await issueLink(db, {
      ...{ area, purpose: 'appointment', person: of.person, subject: offer.id, allowedBy: 'asked-for' },
      ...{ by: membership, now, expiresAt: expires },
    })
    return `${path}?way=phone`
  })
}
