import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { aPerson } from '#test/people.ts'
import { checks } from './checks.ts'
import { asksToTell } from './planting.ts'
import { ways } from './tellings.ts'
import type { Way } from './ways.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  const said = { switch: 'employer', given: true, how: 'telephone', lawfulBasis: 'consent', wordingVersion: 1 } as const
  const [person, at] = [await aPerson(app), app.clock.now]
  checks.by = await app.inArea('north', (db) => recordPermission(db, { ...said, area: 'north', person, by: null, at }))
})
afterAll(() => app.close())

/** Which ways out met which place where it is asked whether somebody may be told. */
const meeting = new Map<string, Way[]>()

// Says to whoever decides about a referral what its sender may hear now, and tells nobody outside.
const amongUs = ['src/journey/triage/routes.tsx mayDisclose (1)', 'src/journey/triage/routes.tsx mayDisclose (2)']

/** What is learnt by a way while the questions of these places are not asked. */
async function learntWithout(removed: readonly string[], { learnt }: Way): Promise<readonly string[]> {
  app.clock.set('2026-01-12T10:00:00Z')
  checks.removed = new Set(removed)
  try {
    return await learnt(app)
  } finally {
    checks.removed = new Set()
  }
}

describe('With every permission off, and every question asked', () => {
  it('nobody outside learns anything by any way, in whatever state the person is', async () => {
    const told: string[] = []
    for (const one of ways) {
      checks.met.clear()
      told.push(...(await learntWithout([], one)).map((what) => `${one.way}: ${what}`))
      for (const place of checks.met) meeting.set(place, [...(meeting.get(place) ?? []), one])
    }

    expect(ways.length).toBeGreaterThan(50)
    expect(told).toEqual([])
  })

  it('no question whether somebody may be told is passed by', () => {
    const written = globSync('src/**/*.{ts,tsx}')
      .filter((file) => !file.includes('.test.'))
      .flatMap((file) => asksToTell(readFileSync(file, 'utf8'), file))

    expect(written.length).toBeGreaterThan(12)
    expect(written.filter((place) => !meeting.has(place) && !amongUs.includes(place))).toEqual([])
  })
})

describe('With one question taken away whether somebody may be told', () => {
  it('somebody learns of it: each is seen, also where others stand beside it', async () => {
    const unseen: string[] = []
    for (const [place, all] of meeting) {
      const met = all.filter(({ way }) => !/: (?!completed|declined)/.test(way))
      if (!isTelling(place)) continue
      if (!(await tells(place, met)) && !(await decidesAlone(place, met))) unseen.push(place)
    }

    expect(unseen.toSorted()).toEqual([])
  })
})

// Of the states of whoever was referred, two say as much as all.
const isTelling = (place: string) => /\.tsx? \w+ \(\d+\)$/.test(place)

// What the others ask in their turn.
const isTheRule = (place: string) => place.startsWith('src/registers/permissions/')

async function tells(place: string, met: readonly Way[]): Promise<boolean> {
  for (const one of met) if ((await learntWithout([place], one)).length > 0) return true
  return false
}

/** Whether something is kept while of all questions only this one is asked, and told without it. */
async function decidesAlone(place: string, met: readonly Way[]): Promise<boolean> {
  const others = [...meeting.keys()].filter((one) => one !== place && isTelling(one) && !isTheRule(one))
  for (const one of met) {
    const kept = new Set(await learntWithout(others, one))
    if ((await learntWithout([place, ...others], one)).some((what) => !kept.has(what))) return true
  }
  return false
}
