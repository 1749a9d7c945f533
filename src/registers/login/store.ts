import { sql } from 'kysely'
import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { hasTakenInSince, isOfPerson } from '#registers/merged/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { type Identity, waitingLasts } from './rules.ts'

/**
 * Whose record an account elsewhere opens: the person it was shown to be before, else the one with the NHS number that
 * the provider has proven, born on the day that it says. Nobody whose access is closed, and nobody who has died.
 */
export async function findWhose(db: Db, area: string, identity: Identity): Promise<string | undefined> {
  const known = await findKnown(db, area, identity)
  const person = known && !(await wasClosedSince(db, { area, ...known })) ? known.id : undefined
  const whose = person ?? ((await wasRemoved(db, area, identity)) ? undefined : await findByNumber(db, area, identity))
  return whose && !(await isClosed(db, area, whose)) ? whose : undefined
}

// Whoever took an account away does not want it to open anything by the number that it proves either.
async function wasRemoved(db: Db, area: string, { provider, subject }: Identity): Promise<boolean> {
  const removed = await db
    .selectFrom('login.known')
    .select('id')
    .where('area', '=', area)
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .where('removed_at', 'is not', null)
    .executeTakeFirst()
  return removed !== undefined
}

type Known = Readonly<{ area: string; id: string; since: Temporal.Instant }>

// Access is closed because somebody else got in, or could: an account that was shown before has to be shown again.
async function wasClosedSince(db: Db, { area, id, since }: Known): Promise<boolean> {
  const closed = await db
    .selectFrom('online.closing')
    .select('id')
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person: id }))
    .where('closed_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return closed !== undefined
}

async function findKnown(db: Db, area: string, { provider, subject, nhsNumber }: Identity) {
  const found = await db
    .selectFrom('login.known as known')
    .innerJoin('people.person as own', (join) =>
      join.onRef('own.area', '=', 'known.area').onRef('own.id', '=', 'known.person'),
    )
    .innerJoin('people.person as kept', (join) =>
      join.onRef('kept.area', '=', 'own.area').on('kept.id', '=', sql<string>`coalesce(own.merged_into, own.id)`),
    )
    .select(['kept.id', 'known.since'])
    .where('known.area', '=', area)
    .where('known.provider', '=', provider)
    .where('known.subject', '=', subject)
    .where('known.removed_at', 'is', null)
    // What was shown for one record of two is shown anew once they are one, or the number that it proves is the record's.
    .where(sql<boolean>`not ${hasTakenInSince({ area, kept: 'kept.id', since: 'known.since' })}`)
    .where('kept.died_on', 'is', null)
    .where(fitsNumber(nhsNumber))
    .executeTakeFirst()
  return found
}

async function findByNumber(db: Db, area: string, { nhsNumber, bornOn }: Identity): Promise<string | undefined> {
  if (nhsNumber === null || bornOn === null) return undefined
  const found = await db
    .selectFrom('people.person as kept')
    .select('kept.id')
    .where('kept.area', '=', area)
    .where('kept.nhs_number', '=', nhsNumber)
    .where(sql<boolean>`kept.born_on::text = ${bornOn}`)
    .where('kept.merged_into', 'is', null)
    .where('kept.died_on', 'is', null)
    .limit(2)
    .execute()
  return found.length === 1 ? found[0]?.id : undefined
}

// A number that was proven and is not that of the record: the account is somebody else's, whatever was shown before.
const fitsNumber = (nhsNumber: string | null) =>
  nhsNumber === null ? sql<boolean>`true` : sql<boolean>`(kept.nhs_number is null or kept.nhs_number = ${nhsNumber})`

type Of = Readonly<{ area: string; owner: string; now: Temporal.Instant }>

/** Keeps that somebody came back whom we do not know by their account, until they show who they are. */
export async function saveWaiting(db: Db, { area, owner, now }: Of, { provider, subject, nhsNumber }: Identity) {
  const row = { provider, subject, nhs_number: nhsNumber, arrived_at: now, expires_at: now.add(waitingLasts) }
  await forgetExpired(db, area, now)
  await db
    .insertInto('login.waiting')
    .values({ area, owner, ...row })
    .onConflict((again) => again.columns(['area', 'owner']).doUpdateSet(row))
    .execute()
}

/** Who came back at this browser and has not shown yet who they are. */
export async function findWaiting(db: Db, { area, owner, now }: Of) {
  return db
    .selectFrom('login.waiting')
    .select(['provider', 'subject', 'nhs_number'])
    .where('area', '=', area)
    .where('owner', '=', owner)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Forgets who came back at this browser. */
export async function forgetWaiting(db: Db, { area, owner }: Omit<Of, 'now'>): Promise<void> {
  await db.deleteFrom('login.waiting').where('area', '=', area).where('owner', '=', owner).execute()
}

/** Forgets everybody who came back and did not show in time who they are. */
export async function forgetExpired(db: Db, area: string, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('login.waiting').where('area', '=', area).where('expires_at', '<', now).execute()
}

/** Remembers whose the account is with which somebody came, once they showed it. False where its NHS number is another's. */
export async function rememberLogin(db: Db, of: Of, person: string): Promise<boolean> {
  const { area, owner, now } = of
  const waiting = await findWaiting(db, of)
  if (!waiting) return true
  const { provider, subject, nhs_number: number } = waiting
  const fits = await db
    .selectFrom('people.person as kept')
    .select('kept.id')
    .where('kept.area', '=', area)
    .where('kept.id', '=', person)
    .where(fitsNumber(number))
    .executeTakeFirst()
  await forgetWaiting(db, { area, owner })
  if (!fits) return false
  await keepLogin(db, { area, provider, subject, person, now })
  return true
}

type Keeping = Readonly<{ area: string; provider: string; subject: string; person: string; now: Temporal.Instant }>

/** Keeps whose an account elsewhere is. */
export async function keepLogin(db: Db, { area, provider, subject, person, now }: Keeping): Promise<void> {
  await db
    .insertInto('login.known')
    .values({ area, provider, subject, person, since: now })
    .onConflict((known) =>
      known.columns(['area', 'provider', 'subject']).doUpdateSet({ person, since: now, removed_at: null }),
    )
    .execute()
}

/** The accounts elsewhere that open a person's space, the one last used first: theirs alone to see. */
export async function listLogins(db: Db, of: Participant) {
  return db
    .selectFrom('login.known as known')
    .select(['known.id', 'known.provider', 'known.since'])
    .where('known.area', '=', of.area)
    .where(isOfPerson('known.person', of))
    .where('known.removed_at', 'is', null)
    .orderBy('known.since', 'desc')
    .execute()
}

/** Takes an account away from a person: it opens nothing until they show once more, coming with it, who they are. */
export async function removeLogin(db: Db, of: Participant, login: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('login.known')
    .set({ removed_at: now })
    .where('area', '=', of.area)
    .where('id', '=', login)
    .where(isOfPerson('person', of))
    .execute()
}

type Parted = Readonly<{ area: string; person: string; since: Temporal.Instant; now: Temporal.Instant }>

/** Takes away the accounts that were shown for a record since a moment: while it was one with another, either may have. */
export async function removeLoginsSince(db: Db, { area, person, since, now }: Parted): Promise<void> {
  await db
    .updateTable('login.known')
    .set({ removed_at: now })
    .where('area', '=', area)
    .where(isOfPerson('person', { area, person }))
    .where('since', '>=', since)
    .where('removed_at', 'is', null)
    .execute()
}
