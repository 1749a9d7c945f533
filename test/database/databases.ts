import pg from 'pg'

/** Does some work over one connection and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The names of the databases that begin so. */
export async function listDatabases(owner: pg.Client, beginning: string): Promise<string[]> {
  const { rows } = await owner.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1) order by datname',
    [beginning],
  )
  return rows.map(({ datname }) => datname)
}

/** Takes a database away even when somebody still looks into it. */
export async function dropDatabase(owner: pg.Client, name: string): Promise<void> {
  await owner.query(`drop database if exists ${name} with (force)`)
}
