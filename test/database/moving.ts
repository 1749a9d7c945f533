import type pg from 'pg'

// In the order in which they refer to each other.
const tables = ['areas.area', 'areas.setting', 'organisations.organisation', 'organisations.member']

/** Moves an area's beginnings into a database of its own; accounts stay national. */
export async function moveArea(from: pg.Client, to: pg.Client, area: string): Promise<void> {
  for (const table of tables) {
    const { rows } = await from.query<{ rows: unknown }>(
      `select coalesce(json_agg(one), '[]') as rows from ${table} one where area = $1`,
      [area],
    )
    await to.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(rows[0]?.rows),
    ])
  }
  for (const table of tables.toReversed()) await from.query(`delete from ${table} where area = $1`, [area])
}
