import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { hashOf, isToken } from '#platform/identity/tokens.ts'
import type { LaunchReason } from '#platform/smart/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { minutesToComeBack, type RecordsSystem } from './rules.ts'

const systems = (db: Db, area: string) =>
  db
    .selectFrom('launch.system as system')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'system.area').onRef('organisation.id', '=', 'system.organisation'),
    )
    .select(['system.id', 'system.name', 'system.iss', 'system.client_id as clientId', 'system.sign_in as signIn'])
    .select(['system.organisation', 'organisation.name as organisationName', 'system.added_at as addedAt'])
    .select(['system.ended_at as endedAt', 'system.used_at as usedAt', 'system.problem_at as problemAt'])
    // Checked: the register holds no other kinds, and the table takes no other problems.
    .select([sql<OrganisationKind>`organisation.kind`.as('kind'), sql<LaunchReason | null>`problem`.as('problem')])
    .where('system.area', '=', area)

/** The records systems of an area that may open the form, and after them those that may no longer. */
export async function listRecordsSystems(db: Db, area: string): Promise<RecordsSystem[]> {
  return systems(db, area)
    .orderBy(sql`system.ended_at is not null`)
    .orderBy('system.name')
    .orderBy('system.id')
    .execute()
}

/** A records system of the area, also one that may no longer. */
export async function findRecordsSystem(db: Db, area: string, id: string): Promise<RecordsSystem | undefined> {
  return systems(db, area).where('system.id', '=', id).executeTakeFirst()
}

/** The records system that the area trusts by this address; undefined where nobody registered it, or it has ended. */
export async function findTrusted(db: Db, area: string, iss: string): Promise<RecordsSystem | undefined> {
  return systems(db, area).where('system.iss', '=', iss).where('system.ended_at', 'is', null).executeTakeFirst()
}

type NewSystem = Readonly<{ area: string; id: string; organisation: string; name: string; iss: string }> &
  Readonly<{ clientId: string; signIn: string | null; by: string; at: Temporal.Instant }>

/** Registers a records system; false where the form was sent before, or another has this address. */
export async function addRecordsSystem(db: Db, { clientId, signIn, by, at, ...said }: NewSystem): Promise<boolean> {
  const added = await db
    .insertInto('launch.system')
    .values({
      ...{ ...said, client_id: clientId, sign_in: signIn, added_at: at, added_by: by, ended_at: null, ended_by: null },
      ...{ used_at: null, problem: null, problem_at: null },
    })
    .onConflict((twice) => twice.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

type Ending = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Trusts a records system no more: whoever is on their way through it comes back to nothing. False where it had ended. */
export async function endRecordsSystem(db: Db, { area, id, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('launch.system')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

type Came = Readonly<{ area: string; id: string; problem: LaunchReason | null; at: Temporal.Instant }>

/** Keeps that a records system handed somebody over, or why it did not: nothing of whom it was about. */
export async function keepWhatCame(db: Db, { area, id, problem, at }: Came): Promise<void> {
  await db
    .updateTable('launch.system')
    .set(problem === null ? { used_at: at, problem, problem_at: null } : { problem, problem_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .execute()
}

type Leaving = Readonly<{ area: string; system: string; state: string; owner: string; verifier: string }> &
  Readonly<{ token: string; issuer: string | null; now: Temporal.Instant }>

/** Remembers a browser that leaves for its records system. Those that did not come back in time are let go of. */
export async function saveLeaving(db: Db, { area, system, state, owner, verifier, ...way }: Leaving): Promise<void> {
  const { token, issuer, now } = way
  await db.deleteFrom('launch.pending').where('area', '=', area).where('expires_at', '<=', now).execute()
  await db
    .insertInto('launch.pending')
    .values({
      ...{
        area,
        system,
        state_hash: hashOf(state),
        browser_hash: hashOf(owner),
        verifier,
        token_address: token,
        issuer,
      },
      expires_at: now.add({ minutes: minutesToComeBack }),
    })
    .execute()
}

type Coming = Readonly<{ area: string; state: string | null; owner: string; now: Temporal.Instant }>

/**
 * The browser that comes back with this state, once; undefined where it is another one, or too late. Another browser does
 * not use it up, so that a stranger with a leaked address neither goes on nor spoils it.
 */
export async function takeLeaving(db: Db, { area, state, owner, now }: Coming) {
  if (state === null || !isToken(state)) return undefined
  const left = await db
    .deleteFrom('launch.pending')
    .where('area', '=', area)
    .where('state_hash', '=', hashOf(state))
    .where('browser_hash', '=', hashOf(owner))
    .where('expires_at', '>', now)
    .returning(['system', 'verifier', 'token_address as token', 'issuer'])
    .executeTakeFirst()
  const system = left && (await findRecordsSystem(db, area, left.system))
  return system && system.endedAt === null ? { ...left, system } : undefined
}
