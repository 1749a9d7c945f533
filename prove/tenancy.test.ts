import { globSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '#platform/access/rules.ts'
import { exportCommands } from '#platform/export/commands.ts'
import { switchCodes } from '#registers/permissions/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { findKept } from '#journey/winding-up/store.ts'
import { listAuthors } from '#registers/membership/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import {
  agreedAccess,
  ask,
  type Asking,
  askAll,
  everyAsking,
  passedBy,
  wasAgreed,
  type Watcher,
} from '#test/tenancy/walk.ts'
import { closedArea, watching } from '#test/tenancy/world.ts'
import { checks } from './checks.ts'
import { asksOfPeople } from './planting.ts'
import { leakingTables, policiesOf, fillForeignRows, withoutPolicy } from './policies.ts'

const agreed = agreedAccess()

let app: TestApp
const watchers: Watcher[] = []
let askings: readonly Asking[] = []
beforeAll(async () => {
  app = await startApp()
  const { parts, typed, members, before } = await closedArea(app)
  for (const member of members) watchers.push(await watching(app, member, before))
  askings = everyAsking({ app, parts, typed, watchers })
})
afterAll(() => app.close())

// The questions about telling others stand in a proof of their own.
const isAskedOfPeople = (place: string) => /\.tsx? \(\d+\)$/.test(place)

/** Which askings met which place where the rule is asked. */
const meeting = new Map<string, Asking[]>()

describe('With every check in its place', () => {
  it('nobody of the cast learns at any address of people whose records are not theirs to see', async () => {
    const found: string[] = []
    for (const asking of askings) {
      checks.met.clear()
      found.push(...(await ask(asking, agreed)).map(({ sentence }) => sentence))
      for (const place of [...checks.met].filter(isAskedOfPeople))
        meeting.set(place, [...(meeting.get(place) ?? []), asking])
    }

    expect(passedBy({ app, askings })).toEqual([])
    expect(found).toEqual([])
  })
})

describe('What an organisation takes out for its keeper', () => {
  const taken = async (removed: readonly string[]) => {
    const to = join(mkdtempSync(join(tmpdir(), 'workwell-export-')), 'north')
    const asked = { areas: async () => ['north'], keptBy: findKept, membersOf: listAuthors }
    const parts = { databases: app.databases, ...asked, now: () => app.clock.now }
    const commands = exportCommands((work) => work({ ...parts, say: () => undefined }))
    checks.removed = new Set(removed)
    await commands['export']?.run({ options: { area: 'north', to, organisation: 'Third Provider' }, words: [] })
    checks.removed = new Set()
    return readdirSync(to)
      .map((file) => readFileSync(join(to, file), 'utf8'))
      .join('')
  }

  it('holds nobody who is with another, and holds them where it is not asked whose they are', async () => {
    const third = watchers.find(({ member }) => member.organisationName === 'Third Provider')
    const secrets = (third?.hidden ?? []).flatMap((one) => [...one.secrets])
    const [own, all] = [await taken([]), await taken(['src/platform/export/commands.ts (1)'])]

    expect(secrets.filter((secret) => own.includes(secret))).toEqual([])
    expect(secrets.filter((secret) => all.includes(secret)).length).toBeGreaterThan(10)
  })
})

// What these answer is not whether somebody is found, but what is offered beside them, and which side of a pair is one's own.
const choosing = [
  'registers/people/store.ts (1)',
  'journey/episode/store.ts (1)',
  'journey/support/budget/store.ts (1)',
  'journey/support/team-meeting/store.ts (3)',
  // Only a number, beside those who could take somebody on: journey/allocation holds it.
  'journey/room/store.ts (1)',
  'registers/two-sides/store.ts (2)',
  // Only how many of a number are on the list, and whether an offer stands beside somebody who was found already.
  'programme/monitoring/store.ts (1)',
  'journey/passing-on/store.ts (3)',
].map((place) => `src/${place}`)

// Whoever opens a restricted record with a reason finds it by design: src/registers/restriction holds who may, and the trace.
const elsewhere = ['src/registers/restriction/store.ts (3)']

describe('With one question taken away whether an actor may reach a person', () => {
  it('somebody learns of a person: the walk sees each of them, also where others stand beside it', async () => {
    const unseen: string[] = []
    const places = [...meeting].filter(([place]) => !choosing.includes(place))
    for (const [place, met] of places) {
      const seen = (await anyFinding(met, [place])) || (await holdsAlone(place, met))
      if (!seen) unseen.push(place)
    }

    expect(everyPlace().filter((place) => !meeting.has(place) && !elsewhere.includes(place))).toEqual([])
    expect(unseen.toSorted()).toEqual([])
  })
})

/** Every place of the product where it is asked whether an actor may reach a person. */
const everyPlace = () =>
  globSync('src/**/*.{ts,tsx}', { exclude: (name) => name.includes('.test.') })
    .toSorted()
    .flatMap((file) => asksOfPeople(readFileSync(file, 'utf8'), file))

/** Whether something is kept while of all questions only this one is asked, and given away without it. */
async function holdsAlone(place: string, met: readonly Asking[]): Promise<boolean> {
  const others = [...meeting.keys()].filter((one) => one !== place)
  for (const asking of met) {
    const kept = new Set(await toldWithout(asking, others))
    if ((await toldWithout(asking, [place, ...others])).some((secret) => !kept.has(secret))) return true
  }
  return false
}

async function toldWithout(asking: Asking, removed: readonly string[]): Promise<readonly string[]> {
  checks.removed = new Set(removed)
  const found = await ask(asking, agreed)
  checks.removed = new Set()
  return found.flatMap(({ told }) => told)
}

describe('With a route open to every role', () => {
  it('somebody gets in: the walk sees each of them', async () => {
    const unseen: string[] = []
    // A participant's page shows whoever is signed in, and to a member nobody: it has no other door to open.
    for (const line of app.product.lines.filter(({ rule }) => rule.who !== 'participant')) {
      const who = agreed.get(`${line.method} ${line.path}`) ?? ''
      const shutOut = askings.filter(
        ({ route, method, watcher }) =>
          route === line.path && method === line.method && !wasAgreed(who, watcher.member.role),
      )
      if (shutOut.length === 0) continue
      const rule: { who: unknown } = line.rule
      const before = rule.who
      rule.who = Object.keys(roles)
      if (!(await anyFinding(shutOut))) unseen.push(`${line.method} ${line.path}`)
      rule.who = before
    }

    expect(unseen).toEqual([])
  })
})

describe('With the policy of a table opened to every area', () => {
  it('rows of another area are seen there: the check sees each table, and none while the policies stand', async () => {
    const policies = await policiesOf(app.owner)
    await fillForeignRows(app.owner)
    const unseen: string[] = []
    for (const policy of policies) {
      const found = await withoutPolicy(app.owner, policy, () => leakingTables(app.owner, [policy]))
      if (found.length === 0) unseen.push(policy.table)
    }

    expect(await leakingTables(app.owner, policies)).toEqual([])
    expect(unseen).toEqual([])
  })
})

/** What may have happened to everybody in the area. */
const happened: Readonly<Record<string, () => Promise<unknown>>> = {
  'they said yes to everything': () => answered(true),
  'they have left': () => answered(false),
  'their support has ended': endAll,
  'they have died': () => app.owner.query(`update people.person set died_on = '2026-01-05'`),
}

async function endAll(): Promise<void> {
  const { rows } = await app.owner.query<{ episode: string }>(
    `select episode from episode.standing where area = 'north' and ended_at is null`,
  )
  const on = { area: 'north', at: app.clock.now, by: app.cast.coach.membership }
  await app.inArea('north', async (db) => {
    for (const { episode } of rows) await recordStep(db, { ...on, episode, step: { kind: 'ended', as: 'left-early' } })
  })
}

const answered = (given: boolean) =>
  app.owner.query(
    `insert into permissions.permission (area, id, person, switch, recipient, allows, given, how, lawful_basis, at)
     select area, gen_random_uuid(), id, switch, '', 'summary', $1, 'telephone', 'public-task', $2
     from people.person, unnest($3::text[]) as switch`,
    [given, app.clock.now.add({ hours: given ? 1 : 2 }).toString(), switchCodes],
  )

describe.each(Object.keys(happened))('Once of everybody it is so that %s', (how) => {
  it('nobody learns more of them on any page', async () => {
    await happened[how]?.()
    const read = askings.filter(({ method }) => method === 'GET')

    expect(read.length).toBeGreaterThan(500)
    expect((await askAll(read, agreed)).map(({ sentence }) => sentence)).toEqual([])
  })
})

async function anyFinding(met: readonly Asking[], removed: readonly string[] = []): Promise<boolean> {
  checks.removed = new Set(removed)
  let found = false
  for (const asking of met) found ||= (await askAll([asking], agreed)).length > 0
  checks.removed = new Set()
  return found
}
