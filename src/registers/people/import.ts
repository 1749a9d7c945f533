import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { sql } from 'kysely'
import { cameFrom, type GivenMeans, type Giver, meansRow, type Newcomer, personRow } from './rules.ts'

/** A way that comes along, with who gave it and whether it was known to be theirs where they come from. */
type TakenMeans = GivenMeans & Readonly<{ givenBy?: Giver; theirs?: boolean }>

/** A person who comes with a batch: of an area that goes live with its open cases, or made up. */
export type TakenPerson = Readonly<{
  id: string
  newcomer: Omit<Newcomer, 'means'> & Readonly<{ means: readonly TakenMeans[] }>
  holder: string
  registeredAt: Temporal.Instant
  /** Since when a member of the team has spoken with them; without it their ways were given by somebody else. */
  spokenSince?: Temporal.Instant | undefined
  equality?: Readonly<Record<'sex' | 'ethnicity' | 'disability', string | null>> | undefined
}>
export type Batch = Readonly<{ area: string; batch: string | null; synthetic: boolean }>

const personColumns = [
  ...['area', 'id', 'given_name', 'family_name', 'preferred_name', 'pronouns', 'born_on', 'nhs_number', 'address'],
  ...[
    'postcode',
    'no_fixed_address',
    'council',
    'gp_practice',
    'gp_practice_code',
    'jobcentre',
    'language',
    'interpreter',
  ],
  ...[
    'access_needs',
    'access_note',
    'safe_note',
    'best_time',
    'restricted',
    'registered_at',
    'synthetic',
    'batch',
    'version',
  ],
] as const
const meansColumns = [
  'area',
  'id',
  'person',
  'kind',
  'value',
  'wanted',
  'safe',
  'voicemail_safe',
  'preferred',
  'added_at',
  'given_by',
  'theirs_at',
  'theirs_of',
  'theirs_by',
] as const
const holderColumns = ['area', 'person', 'organisation', 'since'] as const
const equalityColumns = ['area', 'person', 'sex', 'ethnicity', 'disability', 'asked_at', 'version'] as const

/** Takes many people at once. */
export async function takePeople(db: Db, batch: Batch, people: readonly TakenPerson[]): Promise<void> {
  const { area } = batch
  await Promise.all([
    insertPeople(db, batch, people),
    insertWords(db, area, people),
    insertHolders(db, area, people),
    insertMeans(db, area, people),
    insertAnswers(db, area, people),
  ])
}

async function insertPeople(db: Db, { area, batch, synthetic }: Batch, people: readonly TakenPerson[]): Promise<void> {
  const rows = people.map(({ id, newcomer, registeredAt }) => ({
    ...personRow(newcomer),
    ...{ id, registered_at: registeredAt },
  }))
  await db
    .insertInto('people.person')
    .columns(personColumns)
    .expression(
      manyRows('people.person', personColumns, rows, { area, synthetic, batch, restricted: false, version: 1 }),
    )
    .execute()
}

// People are found by these words. Read from what is given and not from the table, of whose size nobody knows yet in an
// area that begins.
async function insertWords(db: Db, area: string, people: readonly TakenPerson[]): Promise<void> {
  const ids = people.map(({ id }) => id)
  const names = people.map(({ newcomer: { givenName, familyName, preferredName } }) =>
    [givenName, familyName, preferredName ?? ''].join(' '),
  )
  await db
    .insertInto('people.name_word')
    .columns(['area', 'person', 'word'])
    .expression(
      sql`select ${area}, given.id, unnest(people.words_of(given.name))
        from unnest(${ids}::uuid[], ${names}::text[]) as given(id, name)`,
    )
    .execute()
}

async function insertHolders(db: Db, area: string, people: readonly TakenPerson[]): Promise<void> {
  const rows = people.map(({ id, holder, registeredAt }) => ({
    person: id,
    organisation: holder,
    since: registeredAt,
  }))
  await db
    .insertInto('people.holder')
    .columns(holderColumns)
    .expression(manyRows('people.holder', holderColumns, rows, { area }))
    .execute()
}

async function insertMeans(db: Db, area: string, people: readonly TakenPerson[]): Promise<void> {
  const nobodys = { theirs_at: null, theirs_of: null, theirs_by: null }
  const rows = people.flatMap(({ id, newcomer, registeredAt, spokenSince }) => {
    const from = spokenSince ? cameFrom('person', id, spokenSince) : cameFrom('other', id, registeredAt)
    const own = { person: id, added_at: registeredAt, ...nobodys, ...from }
    return newcomer.means.map((one) => {
      const shown = one.theirs ? cameFrom('person', id, registeredAt) : {}
      const given = one.givenBy ? { given_by: one.givenBy } : {}
      return { ...meansRow(one), ...own, ...shown, ...given, id: newId() }
    })
  })
  await db
    .insertInto('people.means')
    .columns(meansColumns)
    .expression(manyRows('people.means', meansColumns, rows, { area }))
    .execute()
}

async function insertAnswers(db: Db, area: string, people: readonly TakenPerson[]): Promise<void> {
  const rows = people.flatMap(({ id, equality, registeredAt }) =>
    equality ? [{ person: id, ...equality, asked_at: registeredAt }] : [],
  )
  await db
    .insertInto('people.equality')
    .columns(equalityColumns)
    .expression(manyRows('people.equality', equalityColumns, rows, { area, version: 1 }))
    .execute()
}

/** Takes back people that a batch brought and with whom nothing else was done; gives those that are gone. */
export function takeBackPeople(db: Db, area: string, people: readonly string[]): Promise<string[]> {
  return takeBack(db, 'people', area, people)
}

type PassingOn = Readonly<{ area: string; from: string; to: string; at: Temporal.Instant }>

/** Gives every record that an organisation holds to another, at once; says how many there were. */
export async function passHoldingsOn(db: Db, { area, from, to, at }: PassingOn): Promise<number> {
  await sql`insert into people.holder (area, person, organisation, since, until)
    select area, person, ${to}::uuid, ${at}::timestamptz, null from people.holder
    where area = ${area} and organisation = ${from}::uuid and until is null
    on conflict (area, person, organisation) do update set until = null, reads_until = null`.execute(db)
  const own = db.updateTable('people.holder').where('area', '=', area).where('organisation', '=', from)
  const given = await own.set({ until: at, reads_until: null }).where('until', 'is', null).executeTakeFirst()
  return Number(given.numUpdatedRows)
}
