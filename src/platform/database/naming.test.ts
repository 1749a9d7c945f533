import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { namedStatements } from './naming.ts'
import { type Databases, openDatabases } from './router.ts'

let clone: Clone
let databases: Databases
let owner: pg.Client
beforeAll(async () => {
  clone = await cloneDatabase()
  databases = openDatabases({ url: clone.url, most: 1 })
  owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await databases.close()
  await owner.end()
  await clone.drop()
})

const one = <T>(statement: string, at = databases) =>
  at.national(async (db) => (await sql<{ value: T }>`${sql.raw(statement)}`.execute(db)).rows[0]?.value)
const keptPlans = (like: string, at = databases) =>
  one<number>(`select count(*) as value from pg_prepared_statements where statement like '${like}%'`, at)

describe('What is asked often', () => {
  it('keeps its plan on the connection, and what is asked once does not', async () => {
    for (let time = 0; time < 4; time += 1) await one('select 1 as value')
    await one('select 2 as value')

    expect(await keptPlans('select 1')).toBe(1)
    expect(await keptPlans('select 2')).toBe(0)
  })

  it('keeps no plan where the settings say that a pooler does not know them', async () => {
    const unprepared = openDatabases({ url: clone.url, most: 1, prepared: false })
    for (let time = 0; time < 4; time += 1) await one('select 1 as value', unprepared)

    expect(await keptPlans('select', unprepared)).toBe(0)
    await unprepared.close()
  })

  it('is asked anew on another connection when a change of the schema has overtaken the plan', async () => {
    await owner.query('create table public.changing (value integer); grant select on public.changing to public')
    await owner.query('insert into public.changing values (3)')
    for (let time = 0; time < 4; time += 1) await one('select * from public.changing')
    await owner.query('alter table public.changing alter value type text')
    await expect(one('select * from public.changing')).rejects.toThrow('cached plan must not change result type')

    expect(await one('select * from public.changing')).toBe('3')
  })

  it('is named so often and no more, since a connection keeps every name until it ends', () => {
    const nameOf = namedStatements()
    const names = new Set<string | undefined>()
    for (let time = 0; time < 3; time += 1)
      for (let number = 0; number < 1_000; number += 1) names.add(nameOf(`select ${number}`))

    expect(names.size).toBe(501)
  })
})
