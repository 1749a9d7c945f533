import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'

/** What a provider says about who has just signed in; the address only where the provider has verified it. */
export type Person = Readonly<{
  provider: string
  subject: string
  name: string | undefined
  verifiedEmail: string | undefined
}>

/**
 * The account of whoever has just signed in: the one this provider's subject belongs to, else the one an invitation to
 * their verified e-mail address is waiting with, else a fresh one that may do nothing yet.
 */
export async function accountFor(db: Db, person: Person, now: Temporal.Instant): Promise<string> {
  // Two first sign-ins of one person at once would otherwise make two accounts.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${person.provider} ${person.subject}`}, 2))`.execute(db)
  const known = await findLogin(db, person.provider, person.subject)
  if (known !== undefined) {
    await noteEmail(db, known, person.verifiedEmail)
    return known
  }
  const account = (await acceptInvitation(db, person.verifiedEmail, now)) ?? (await addAccount(db, asNew(person), now))
  await addLogin(db, account, person, now)
  return account
}

/** The account that a provider's subject belongs to. */
export async function findLogin(db: Db, provider: string, subject: string): Promise<string | undefined> {
  const login = await db
    .selectFrom('identity.login')
    .select('account')
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return login?.account
}

/** Whether an account waits for whoever was invited to it: nobody has signed in to it. */
export async function isWaiting(db: Db, account: string): Promise<boolean> {
  const waiting = await db
    .selectFrom('identity.account')
    .select('id')
    .where('id', '=', account)
    .where('invited_until', 'is not', null)
    .executeTakeFirst()
  return waiting !== undefined
}

/** What an account is called and reached by. */
export async function findAccount(
  db: Db,
  account: string,
): Promise<Readonly<{ id: string; name: string; email: string | null }> | undefined> {
  return db.selectFrom('identity.account').select(['id', 'name', 'email']).where('id', '=', account).executeTakeFirst()
}

export type NewAccount = Readonly<{ id?: string; name: string; email?: string | undefined }>

/** Adds an account that nobody can sign in to until it has a login. */
export async function addAccount(
  db: Db,
  { id = randomUUIDv7(), name, email }: NewAccount,
  now: Temporal.Instant,
): Promise<string> {
  await db
    .insertInto('identity.account')
    .values({ id, name, email: email?.toLowerCase() ?? null, created_at: now })
    .execute()
  return id
}

/** Lets whoever a provider knows by this subject sign in to an account. */
export async function addLogin(
  db: Db,
  account: string,
  login: Readonly<{ provider: string; subject: string }>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('identity.login')
    .values({ provider: login.provider, subject: login.subject, account, created_at: now })
    .execute()
}

export type Invitation = Readonly<{ name: string; email: string; until: Temporal.Instant }>

/**
 * The account that somebody invited by e-mail will have: theirs already where a provider has verified that address,
 * otherwise one that waits for their first sign-in. Inviting the same address again only makes it wait longer.
 */
export async function inviteAccount(db: Db, invitation: Invitation, now: Temporal.Instant): Promise<string> {
  const email = invitation.email.toLowerCase()
  const known = await db
    .selectFrom('identity.account')
    .select('id')
    .where('email', '=', email)
    .where('invited_until', 'is', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  if (known) return known.id
  const invited = await db
    .insertInto('identity.account')
    .values({ id: randomUUIDv7(), name: invitation.name, email, invited_until: invitation.until, created_at: now })
    .onConflict((waiting) =>
      waiting
        .column('email')
        .where('invited_until', 'is not', null)
        .doUpdateSet((row) => ({ invited_until: row.ref('excluded.invited_until') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return invited.id
}

async function acceptInvitation(
  db: Db,
  verifiedEmail: string | undefined,
  now: Temporal.Instant,
): Promise<string | undefined> {
  if (verifiedEmail === undefined) return undefined
  const accepted = await db
    .updateTable('identity.account')
    .set({ invited_until: null })
    .where('email', '=', verifiedEmail.toLowerCase())
    .where('invited_until', '>', now)
    .returning('id')
    .executeTakeFirst()
  return accepted?.id
}

async function noteEmail(db: Db, account: string, verifiedEmail: string | undefined): Promise<void> {
  if (verifiedEmail === undefined) return
  const email = verifiedEmail.toLowerCase()
  await db
    .updateTable('identity.account')
    .set({ email })
    .where('id', '=', account)
    .where('email', 'is distinct from', email)
    .execute()
}

function asNew({ name, verifiedEmail }: Person): NewAccount {
  return { name: name ?? verifiedEmail ?? 'Name not known', email: verifiedEmail }
}
