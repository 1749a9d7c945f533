import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import { importReferrals } from '#exchange/files/from-disk/import.ts'
import type { Databases } from '#platform/database/router.ts'
import { openRunning } from '#platform/database/running.ts'
import { newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { takeArea } from '#registers/areas/import.ts'
import { takeStaff } from '#registers/organisations/import.ts'
import { headings, writeReferralsFile } from './referrals-file.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const rows = Number(process.env['BENCH_ROWS'] ?? 50_000)
const fromOn = Temporal.PlainDate.from('2024-10-01')
const home = process.env['BENCH_HOME'] ?? '.workwell/bench'
const settings = readSettings({ WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'error' }, root)

const folder = mkdtempSync(join(tmpdir(), 'workwell-bench-'))
chmodSync(folder, 0o755)
const file = join(folder, 'referrals.csv')
writeReferralsFile(file, rows)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Client({ connectionString: running.ownerUrl })
await owner.connect()
try {
  const page = asPage(await measureAll(running.databases))
  process.stdout.write(page)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/importing.md`, page)
} finally {
  await owner.end()
  await running.stop()
  rmSync(folder, { recursive: true })
}

type Measured = Readonly<{ work: string; seconds: number }>

async function measureAll(databases: Databases): Promise<Measured[]> {
  const area = `bench-${Date.now().toString(36)}`
  await beginArea(databases, area)
  const importing = { area, file, source: '', refusedFile: join(folder, 'returned.csv'), now: Temporal.Now.instant() }
  const run = (dryRun: boolean) => importReferrals(databases, { ...importing, dryRun, progress: () => undefined })
  const copies = [await timed(bareCopy)]
  const measured: Measured[] = []
  // A COPY takes less than a second: between the others, so that all of them meet the machine as it is.
  for (const [work, dryRun] of [
    ['read and checked, nothing taken (dry run)', true],
    ['taken', false],
    ['the same file again: all here already', false],
  ] as const) {
    measured.push({ work, seconds: await timed(() => run(dryRun)) })
    copies.push(await timed(bareCopy), await timed(bareCopy))
  }
  const seconds = copies.reduce((sum, one) => sum + one, 0) / copies.length
  return [{ work: 'bare COPY of the file as text, with a key', seconds }, ...measured]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** What no product could be faster than: the server itself reads the file into one table without a check. */
async function bareCopy(): Promise<void> {
  const columns = headings.split(',').map((_, place) => `c${place}`)
  await owner.query('drop table if exists bare')
  await owner.query(
    `create temp table bare (number bigint generated always as identity primary key, ${columns.map((name) => `${name} text`).join(', ')})`,
  )
  await owner.query(`copy bare (${columns.join(', ')}) from '${file}' (format csv, header true)`)
}

async function beginArea(databases: Databases, area: string): Promise<void> {
  const lead = newId()
  const at = Temporal.Now.instant()
  const named = { area, name: 'Bench', runBy: null, phone: null, email: null, boards: [] }
  const organisation = { id: lead, name: 'Lead', kind: 'provider', controller: 'processor' } as const
  await databases.databaseFor(area).transaction(async (db) => {
    await takeArea(db, { ...named, fromOn, synthetic: true, settings: { receivingOrganisation: lead }, at })
    await takeStaff(db, { area, fromOn, organisations: [organisation], members: [] })
  })
}

function asPage(measured: readonly Measured[]): string {
  const bare = measured[0]?.seconds ?? 0
  const lines = measured.map(({ work, seconds }) => {
    const share = `${((bare / seconds) * 100).toFixed(1)} %`
    return `| ${work} | ${seconds.toFixed(2)} | ${Math.round(rows / seconds)} | ${share} |`
  })
  return `# What bringing a file in costs

\`npm run bench -- import --write\` writes a file of ${rows} referrals as an old system would export it (mixed days, slips of the keyboard, one row in twenty that cannot be taken, one in a hundred twice), brings it into a new area, and writes this page. Compare with the bare COPY of the same run, never with times of another day: client and server share one machine, and others work on it.

| work | seconds | rows a second | of bare |
| --- | --- | --- | --- |
${lines.join('\n')}

A referral that is taken is twelve to fifteen rows in eleven tables (person, names, ways to reach them, who holds the record, episode, step, standing, reference, referral, agreement, journal, what came of the row), with some forty index entries and eighteen foreign keys that the database looks up one by one. That is what limits it; reading and checking are a quarter. Groups of rows are written side by side, so that a machine with more processors takes more.
`
}
