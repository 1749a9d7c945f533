import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { prepareDatabase } from '#app.ts'
import { importEpisodes, importReferrals } from '#exchange/files/from-disk/import.ts'
import type { Databases } from '#platform/database/router.ts'
import { openRunning } from '#platform/database/running.ts'
import { newId } from '#platform/ids.ts'
import { readSettings } from '#platform/settings.ts'
import { takeArea } from '#registers/areas/import.ts'
import { takeStaff } from '#registers/organisations/import.ts'
import { coaches, writeCasesFolder } from './cases-folder.ts'
import { headings, writeReferralsFile } from './referrals-file.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const page = `${root}bench/importing.md`
const kind = process.argv.includes('episodes') ? 'episodes' : 'referrals'
const size = Number(process.env['BENCH_ROWS'] ?? (kind === 'episodes' ? 20_000 : 50_000))
const fromOn = Temporal.PlainDate.from('2024-10-01')
const home = process.env['BENCH_HOME'] ?? '.workwell/bench'
const settings = readSettings({ WORKWELL_ENV: 'test', WORKWELL_HOME: home, LOG_LEVEL: 'error' }, root)

const folder = mkdtempSync(join(tmpdir(), 'workwell-bench-'))
chmodSync(folder, 0o755)
const file = join(folder, 'referrals.csv')
const rows = kind === 'episodes' ? writeCasesFolder(folder, size) : writeReferralsFile(file, size)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Client({ connectionString: running.ownerUrl })
await owner.connect()
try {
  const section = asSection(await measureAll(running.databases))
  process.stdout.write(section)
  if (process.argv.includes('--write')) writeFileSync(page, withSection(section))
} finally {
  await owner.end()
  await running.stop()
  rmSync(folder, { recursive: true })
}

type Measured = Readonly<{ work: string; seconds: number }>

async function measureAll(databases: Databases): Promise<Measured[]> {
  const area = `bench-${Date.now().toString(36)}`
  await beginArea(databases, area)
  const copies = [await timed(bareCopy)]
  const measured: Measured[] = []
  // A COPY takes less than a second: between the others, so that all of them meet the machine as it is.
  for (const [work, dryRun] of [
    ['read and checked, nothing taken (dry run)', true],
    ['taken', false],
    ['the same again: all here already', false],
  ] as const) {
    measured.push({ work, seconds: await timed(() => bringIn(databases, area, dryRun)) })
    copies.push(await timed(bareCopy), await timed(bareCopy))
  }
  const seconds = copies.reduce((sum, one) => sum + one, 0) / copies.length
  return [{ work: 'bare COPY of the rows as text, with a key', seconds }, ...measured]
}

function bringIn(databases: Databases, area: string, dryRun: boolean): Promise<unknown> {
  const importing = { area, source: '', dryRun, now: Temporal.Now.instant(), progress: () => undefined }
  return kind === 'episodes'
    ? importEpisodes(databases, { ...importing, folder, refusedFolder: join(folder, 'returned') })
    : importReferrals(databases, { ...importing, file, refusedFile: join(folder, 'returned.csv') })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** What no product could be faster than: the server itself reads the rows into one table without a check. */
async function bareCopy(): Promise<void> {
  const columns = kind === 'episodes' ? ['c0'] : headings.split(',').map((_, place) => `c${place}`)
  await owner.query('drop table if exists bare')
  await owner.query(
    `create temp table bare (number bigint generated always as identity primary key, ${columns.map((name) => `${name} text`).join(', ')})`,
  )
  const [from, format] =
    kind === 'episodes'
      ? [`program 'cat ${folder}/*.csv'`, `(format csv, delimiter e'\\x01', quote e'\\x02')`]
      : [`'${file}'`, '(format csv, header true)']
  await owner.query(`copy bare (${columns.join(', ')}) from ${from} ${format}`)
}

async function beginArea(databases: Databases, area: string): Promise<void> {
  const lead = newId()
  const at = Temporal.Now.instant()
  const named = { area, name: 'Bench', runBy: null, phone: null, email: null, boards: [] }
  const organisation = { id: lead, name: 'Lead', kind: 'provider', controller: 'processor' } as const
  const members = coaches.map((name, place) => ({
    ...{ id: newId(), account: newId(), name, email: `coach-${place}@${area}.example.org` },
    ...{ organisation: lead, role: 'coach' as const, languages: [] },
  }))
  for (const { account, name, email } of members)
    await owner.query('insert into identity.account (id, name, email, created_at) values ($1, $2, $3, now())', [
      account,
      name,
      email,
    ])
  await databases.databaseFor(area).transaction(async (db) => {
    await takeArea(db, { ...named, fromOn, synthetic: true, settings: { receivingOrganisation: lead }, at })
    await takeStaff(db, { area, fromOn, organisations: [organisation], members })
  })
}

function words() {
  return {
    referrals: {
      heading: 'A file of referrals',
      before: `\`npm run bench -- import --write\` writes a file of ${rows} referrals as an old system would export it (mixed days, slips of the keyboard, one row in twenty that cannot be taken, one in a hundred twice) and brings it into a new area.`,
      after:
        'A referral that is taken is twelve to fifteen rows in eleven tables (person, names, ways to reach them, who holds the record, episode, step, standing, reference, referral, agreement, journal, what came of the row), with some forty index entries and eighteen foreign keys that the database looks up one by one. That is what limits it; reading and checking are a quarter. Groups of rows are written side by side, so that a machine with more processors takes more.',
    },
    episodes: {
      heading: 'A folder of open cases',
      before: `\`npm run bench -- import episodes --write\` writes a folder with ${size} people at every stage of their support, ${rows} rows in nine files (mixed days, slips of the keyboard, one person in fifty who cannot be taken), and brings it into a new area.`,
      after:
        'The rows are kept first, tied together person by person, and then dealt with 200 people at a time; a row that is taken is a fact, a step or two of the episode, and what came of it. No single place holds it back: for a folder of 3,000 people a fifth of the time went into reading and deciding, a quarter into episodes with their steps and referrals, a sixth into the facts behind them, a tenth each into people, into keeping the lines, and into what came of each row.',
    },
  }[kind]
}

function asSection(measured: readonly Measured[]): string {
  const bare = measured[0]?.seconds ?? 0
  const lines = measured.map(({ work, seconds }) => {
    const share = `${((bare / seconds) * 100).toFixed(1)} %`
    return `| ${work} | ${seconds.toFixed(2)} | ${Math.round(rows / seconds)} | ${share} |`
  })
  const { heading, before, after } = words()
  return `## ${heading}

${before} Load of the machine at the end: ${loadavg()[0]?.toFixed(1)}.

| work | seconds | rows a second | of bare |
| --- | --- | --- | --- |
${lines.join('\n')}

${after}
`
}

/** The page with this section in place of what it said of it before. */
function withSection(section: string): string {
  const [top = '', ...sections] = readFileSync(page, 'utf8').split(/\n(?=## )/)
  const heading = section.split('\n')[0] ?? ''
  const found = sections.findIndex((one) => one.startsWith(`${heading}\n`))
  return [top, ...(found < 0 ? [...sections, section] : sections.with(found, section))].join('\n')
}
