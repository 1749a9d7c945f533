import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { needsLookedFor } from './rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aConversation, aDraftedPlan } from '#test/people/plan.ts'
import { withNationalServices } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withNationalServices(app)
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

async function somebody() {
  const plan = await aDraftedPlan(app)
  await aConversation(app, plan, { barriers: ['transport', 'money'], workAbility: '4' })
  return { ...plan, at: `/people/${plan.person}`, browser: await app.as(plan.coach) }
}

const rowsOf = async (person: string) => {
  const { rows } = await app.owner.query<{ need: string; seen_by: string; withdrawn_at: Date | null }>(
    'select need, seen_by, withdrawn_at from gap.missing where person = $1 order by at, id',
    [person],
  )
  return rows.map(({ need, seen_by, withdrawn_at }) => `${seen_by} ${need}${withdrawn_at ? ' taken back' : ''}`)
}

describe('A need with no service', () => {
  it('is said with one click from what stands in the way, stands once, and can be taken back', async () => {
    const { browser, at, person } = await somebody()
    const page = await browser.open(`${at}/gaps`)
    const said = await browser.sendAndFollow(`${at}/gaps`, { id: newId(), need: 'transport' })
    await browser.send(`${at}/gaps`, { id: newId(), need: 'transport' })
    const gap = /gaps\/([0-9a-f-]{36})\/withdrawal/.exec(said.html)?.[1] ?? ''
    const back = await browser.sendAndFollow(`${at}/gaps/${gap}/withdrawal`)

    expect(page.text).toMatch(/Getting there: transport Not said There is nothing for this here/)
    expect(said.text).toMatch(/Getting there: transport Nothing here, said today by/)
    expect(back.text).toMatch(/Getting there: transport Not said/)
    expect((await browser.open(at)).text).toMatch(/No service here for: getting there: transport Taken back/)
    expect(await rowsOf(person)).toEqual(['coach transport taken back'])
    expect((await browser.send(`${at}/gaps/${gap}/withdrawal`)).status).toBe(303)
  })

  it('is said from a search, and a search that finds nothing is seen by itself, without what was typed', async () => {
    const { browser, at, person } = await somebody()
    const found = await browser.sendAndFollow(`${at}/services`, { words: 'transport' })
    await browser.send(`${at}/services`, { words: 'Xqzjv hovercraft for Mrs Smith', exactly: 'yes' })

    expect(found.text).toContain('There is nothing here for: getting there: transport')
    expect(await rowsOf(person)).toEqual(
      found.text.includes('No service fits') ? ['search transport', 'search other'] : ['search other'],
    )
    const { rows } = await app.owner.query('select * from gap.missing where person = $1', [person])
    expect(JSON.stringify(rows)).not.toContain('Smith')
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('is not there for a %s', async (part) => {
    const { at, person } = await somebody()
    const browser = await app.as(app.cast[part])

    expect((await browser.open(`${at}/gaps`)).status).toBe(404)
    expect((await browser.send(`${at}/gaps`, { id: newId(), need: 'money' })).status).toBe(404)
    expect(await rowsOf(person)).toEqual([])
  })
})

it('What was looked for stands for the needs whose words it is, else for another', () => {
  expect(needsLookedFor('Transport', ['transport', 'money'])).toEqual(['transport'])
  expect(needsLookedFor('occupational health', ['fear-of-worse', 'long-absence'])).toEqual([
    ...['fear-of-worse', 'long-absence'],
  ])
  expect(needsLookedFor('debt', [])).toEqual(['money'])
  expect(needsLookedFor('a hovercraft', ['money'])).toEqual(['other'])
  expect(needsLookedFor(null, ['money'])).toEqual([])
})
