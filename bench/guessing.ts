import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import { buildProduct, prepareDatabase } from '#app.ts'
import { populate } from '#exchange/population/import.ts'
import { dayOf } from '#platform/dates.ts'
import { openRunning } from '#platform/database/running.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, withdrawLinks } from '#platform/link/links.ts'
import { readSettings } from '#platform/settings.ts'
import { type Apart, tellApart, telling } from './apart.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const times = Number(process.env['BENCH_TIMES'] ?? 300)
const settings = readSettings(
  {
    ...{ WORKWELL_ENV: 'test', LOG_LEVEL: 'error', WORKWELL_FORM_SECONDS: '0' },
    WORKWELL_HOME: process.env['BENCH_HOME'] ?? '.workwell/bench-guessing',
  },
  root,
)
const running = await openRunning(settings, { prepare: prepareDatabase })
const owner = new pg.Pool({ connectionString: running.ownerUrl, max: 2 })
const { databases } = running
const product = await buildProduct({
  ...{ settings, databases, now: () => Temporal.Now.instant(), log: pino({ level: 'silent' }) },
})

type Somebody = Readonly<{ area: string; person: string; referral: string; email: string }> &
  Readonly<{ given: string; family: string; born: string }>

/** People of a Jobcentre who can sign in by their address; the same address is asked for once a run. */
async function somebodies(): Promise<Somebody[]> {
  const listed = async () =>
    owner.query<Somebody>(
      `select person.area, person.id as person, referral.id as referral, means.value as email,
         person.given_name as given, person.family_name as family, person.born_on::text as born
       from people.person join people.means on means.area = person.area and means.person = person.id
         and means.kind = 'email' and means.wanted
         join referral.referral on referral.area = person.area and referral.person = person.id
       where referral.route = 'jobcentre' and person.synthetic order by random() limit ${times * 2}`,
    )
  const found = (await listed()).rows
  if (found.length >= times * 2) return found
  await populate(databases, { areas: 1, people: 5_000, seed: 1, now: Temporal.Now.instant() }, () => undefined)
  await owner.query('vacuum analyze')
  return (await listed()).rows
}

let visitors = 0

/** A stranger from a place of their own, who opens a page and sends its form; only the sending is timed. */
function aStranger() {
  visitors += 1
  const remoteAddress = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`
  const cookies = new Map<string, string>()
  const hidden: Record<string, string> = {}
  const ask = async (method: 'GET' | 'POST', url: string, fields?: Record<string, string | string[]>) => {
    const pairs = Object.entries({ ...(fields ? hidden : {}), ...fields }).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    )
    const headers = {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    }
    const began = performance.now()
    const payload = fields ? { payload: new URLSearchParams(pairs).toString() } : {}
    const answer = await product.fastify.inject({ method, url, remoteAddress, headers, ...payload })
    const took = performance.now() - began
    for (const { name, value } of answer.cookies) cookies.set(name, value)
    for (const name of ['csrf', 'shown-at']) {
      const value = new RegExp(`name="${name}" value="([^"]+)"`).exec(answer.payload)?.[1]
      if (value !== undefined) hidden[name] = value
    }
    return { took, status: answer.statusCode }
  }
  return {
    open: (url: string) => ask('GET', url),
    send: (url: string, fields: Record<string, string | string[]>) => ask('POST', url, fields),
  }
}

type Sent = Promise<Readonly<{ took: number; status: number }>>
/** What is sent, once about somebody who is known and once about somebody who is not (or who has left). */
type Guess = Readonly<{ what: string; between: string; send(of: Somebody, known: boolean): Sent }>

const addressOf = (of: Somebody, known: boolean) => (known ? of.email : `nobody.${newId()}@example.org`)

const guesses: readonly Guess[] = [
  {
    what: 'asking for a code to sign in',
    between: 'an address we know, one we do not',
    send: async (of, known) => {
      const stranger = aStranger()
      await stranger.open(`/in/${of.area}/sign-in`)
      return stranger.send(`/in/${of.area}/sign-in`, { way: addressOf(of, known) })
    },
  },
  {
    what: 'a wrong code',
    between: 'an address we know, one we do not',
    send: async (of, known) => {
      const stranger = aStranger()
      await stranger.open(`/in/${of.area}/sign-in`)
      // Each address was asked for above already, and is asked for three times a quarter of an hour at most.
      await owner.query('delete from code.request where address = $1', [of.email])
      await stranger.send(`/in/${of.area}/sign-in`, { way: addressOf(of, known) })
      await stranger.open(`/in/${of.area}/sign-in/code`)
      return stranger.send(`/in/${of.area}/sign-in/code`, { code: '000000' })
    },
  },
  {
    what: 'referring somebody',
    between: 'somebody who is here already, somebody who is not',
    send: async (of, known) => {
      const stranger = aStranger()
      await stranger.open(`/in/${of.area}/refer`)
      const [year = '', month = '', day = ''] = of.born.split('-')
      return stranger.send(`/in/${of.area}/refer`, {
        ...{ id: newId(), agreement: 'agreed', givenName: of.given, familyName: known ? of.family : `Q${newId()}` },
        ...{ 'bornOn-day': day, 'bornOn-month': month, 'bornOn-year': year, phone: '07700 900461', safe: ['call'] },
        ...{ postcode: 'LS1 4AP', route: 'voluntary', referrerName: 'Sam', feedback: 'none' },
      })
    },
  },
  { what: 'a wrong day of birth behind a link', between: 'somebody who is here, one who left', send: behind('wrong') },
  {
    what: 'the right day of birth behind a link',
    between: 'somebody who is here, one who left',
    send: behind('right'),
  },
]

function behind(answer: 'wrong' | 'right'): Guess['send'] {
  return async ({ area, person, referral: subject, born }, known) => {
    const now = Temporal.Now.instant()
    const about = { area, person, subject, purpose: 'referral', allowedBy: 'received', by: null, now }
    const path = await databases.databaseFor(area).transaction(async (db) => {
      const link = await issueLink(db, { ...about, expiresAt: now.add({ hours: 1 }) })
      if (!known) await withdrawLinks(db, { area, subject, purpose: 'referral', now })
      return link
    })
    const stranger = aStranger()
    await stranger.open(path)
    const [year = '', month = '', day = ''] = born.split('-')
    const told = answer === 'right' ? year : `${Number(year) - 1}`
    return stranger.send(path, { do: 'see', 'bornOn-day': day, 'bornOn-month': month, 'bornOn-year': told })
  }
}

type Row = Readonly<{ guess: Guess; apart: Apart; statuses: string }>

/** Sends each so often, in an order that chance decides, so that what else the machine does falls on both. */
async function measured(guess: Guess, people: readonly Somebody[]): Promise<Row> {
  const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const statuses: Record<'known' | 'unknown', Set<number>> = { known: new Set(), unknown: new Set() }
  const warming = Math.ceil(times / 10)
  for (let nth = -warming; nth < times; nth += 1) {
    const pair = people.slice(((nth + warming) * 2) % people.length).slice(0, 2)
    const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const [place, which] of order.entries()) {
      const of = pair[place] ?? people[0]
      if (!of) throw new Error('There is nobody')
      const sent = await guess.send(of, which === 'known')
      statuses[which].add(sent.status)
      if (nth >= 0) took[which].push(sent.took)
    }
  }
  const [known, unknown] = [[...statuses.known].join(' '), [...statuses.unknown].join(' ')]
  if (known !== unknown) throw new Error(`Answered ${known} and ${unknown}: ${guess.what}`)
  return { guess, apart: tellApart(took.known, took.unknown), statuses: known }
}

try {
  const people = await somebodies()
  const rows: Row[] = []
  for (const guess of guesses) rows.push(await measured(guess, people))
  const text = asPage(rows)
  process.stdout.write(text)
  if (process.argv.includes('--write')) writeFileSync(`${root}bench/guessing.md`, text)
} finally {
  await product.fastify.close()
  await owner.end()
  await running.stop()
}

function asPage(rows: readonly Row[]): string {
  const lines = rows.map(({ guess: { what, between }, apart: { medians, ratio, z, t }, statuses }) => {
    const apart = Math.abs(z) > telling && Math.abs(t) > telling
    const figures = [medians[0], medians[1], ratio].map((one) => one.toFixed(2))
    return `| ${[what, between, statuses, ...figures, z.toFixed(1), t.toFixed(1), apart ? 'yes' : 'no'].join(' | ')} |`
  })
  return `# Whether a guess shows in how long it takes

\`npm run bench -- guessing --write\` sends each form ${times} times about somebody who is known and ${times} times about somebody who is not, in an order that chance decides, in one process and without a network, which is nearer than anybody who guesses comes. The ratio is of the medians; z is that of Mann and Whitney, t that of Welch without the slowest twentieth, as dudect has it. Both beyond ${telling} either way is called told apart.

| what is sent | between | answered | known ms | unknown ms | ratio | z | t | told apart |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

On ${dayOf(Temporal.Now.instant())}, with others at work on the machine.
`
}
