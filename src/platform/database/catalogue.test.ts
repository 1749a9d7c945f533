import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clone, cloneDatabase } from '#test/database.ts'

let clone: Clone
let owner: pg.Client
beforeAll(async () => {
  clone = await cloneDatabase()
  owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await clone.drop()
})

// An area-owned table has an area that is never empty; a session or an account may only mention one.
const owned = `
  select format('%s.%s', n.nspname, c.relname) as name, c.oid, c.relrowsecurity and c.relforcerowsecurity as secured,
    (select count(*)::integer from pg_policy p where p.polrelid = c.oid) as policies,
    (select string_agg(pg_get_expr(p.polqual, p.polrelid), ' | ') from pg_policy p where p.polrelid = c.oid and p.polcmd = '*') as sees,
    (select a.attname from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.conrelid = c.oid and k.contype = 'p') as first_key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'area' and a.attnotnull
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
  order by 1`

type Owned = Readonly<{ name: string; secured: boolean; policies: number; sees: string | null; first_key: string }>

// Areas themselves are known everywhere; their own policies let only an area change itself. The directory of services is
// public: who opens no area sees what is published of it.
const directory = [
  'at_location',
  'location',
  'opening',
  'owner',
  'served',
  'service',
  'service_term',
  'taxonomy',
  'term',
]
const knownEverywhere = [
  ...['areas.area', 'areas.coverage', 'jobcentres.office'],
  ...directory.map((table) => `services.${table}`),
]

describe('Every table that an area owns', () => {
  it('has row-level security enabled and forced, with the one policy of its area', async () => {
    const { rows } = await owner.query<Owned>(owned)
    const open = rows
      .filter(({ name }) => !knownEverywhere.includes(name))
      .filter(({ secured, policies, sees }) => !secured || policies !== 1 || !sees?.includes(`app.area`))

    expect(rows.length).toBeGreaterThan(15)
    expect(open.map(({ name }) => name)).toEqual([])
  })

  it('has the area first in its key', async () => {
    const { rows } = await owner.query<Owned>(owned)

    expect(rows.filter(({ first_key }) => first_key !== 'area').map(({ name }) => name)).toEqual([])
  })

  it('would be named here if a policy were taken away', async () => {
    await owner.query('begin')
    await owner.query('drop policy own_area on people.person')
    const { rows } = await owner.query<Owned>(owned)
    await owner.query('rollback')

    expect(rows.filter(({ policies }) => policies === 0).map(({ name }) => name)).toEqual(['people.person'])
  })
})

describe("The application's role", () => {
  it('owns nothing, cannot sign in by itself and cannot pass by row-level security', async () => {
    const { rows } = await owner.query(
      `select rolcanlogin, rolsuper, rolbypassrls, (select count(*)::integer from pg_class where relowner = r.oid) as owns
       from pg_roles r where rolname in ('workwell_app', 'workwell_worker')`,
    )

    expect(rows).toEqual([
      { rolcanlogin: false, rolsuper: false, rolbypassrls: false, owns: 0 },
      { rolcanlogin: false, rolsuper: false, rolbypassrls: false, owns: 0 },
    ])
  })

  it('may not delete what happened', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.role_table_grants
       where grantee = 'workwell_app' and privilege_type = 'DELETE' and table_schema in ('journal', 'people', 'episode', 'permissions') order by 1`,
    )

    // A salt is forgotten, an entry leaves the waiting list once it is sealed, and the words of a changed name are replaced.
    expect(rows.map(({ name }) => name)).toEqual(['journal.salt', 'journal.unsealed', 'people.name_word'])
  })
})
