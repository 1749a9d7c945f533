import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isFor } from '#platform/access/rules.ts'
import { newId } from '#platform/ids.ts'
import type { RouteLine } from '#platform/http/route.ts'
import { endsWithDeath } from '#journey/ending/rules.ts'
import { startApp, type TestApp } from './app.ts'
import type { Fields } from './browser.ts'
import { putToEmployer } from './people/employer.ts'
import { aMeeting } from './people/facts.ts'
import { anAgreedPlan, type Spell } from './people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const typed = 'Pain after an hour of standing'
const day = { 'diedOn-day': '10', 'diedOn-month': '1', 'diedOn-year': '2026' }
const matter = { asks: 'Would physiotherapy help?', summary: typed, told: 'phone' }
const adjustment = { what: typed, why: typed }

/** Somebody with an agreed plan of whom their coach hears that they have died. */
async function dead({ ended = false } = {}): Promise<Spell> {
  const spell = await anAgreedPlan(app, { coach: app.cast.coach })
  const coach = await app.as(spell.coach)
  const told = await coach.send(`/people/${spell.person}/details/death`, day)
  expect(told.status).toBeLessThan(400)
  if (!ended) return spell
  expect((await coach.send(`/episodes/${spell.episode}/ending/death`, { id: newId() })).status).toBe(303)
  return spell
}

/** What a form about a spell of support is named by: the spell, a goal of its plan or an action. */
async function namedBy({ episode, person }: Spell): Promise<Fields> {
  const { rows } = await app.owner.query<{ goal: string; action: string }>(
    `select goal.id as goal, action.id as action from goal.goal goal
     join action.action action on action.area = goal.area and action.goal = goal.id where goal.episode = $1`,
    [episode],
  )
  return { episode, person, ...rows[0] }
}

const isOfSpell = ({ path }: RouteLine) =>
  /^\/(episodes\/:episode|goals\/:goal|actions\/:action|people\/:person)\b/.test(path)

/** The routes of a method on which support goes on, and whoever may use each. */
const goingOn = (method: RouteLine['method']) =>
  app.product.lines.filter((line) => line.method === method && isOfSpell(line) && endsWithDeath(line.path))

async function answersTo(spell: Spell, lines: readonly RouteLine[]) {
  const parts = await namedBy(spell)
  const [coach, senior] = [await app.as(spell.coach), await app.as(app.cast.seniorCoach)]
  const wrong: string[] = []
  for (const { method, path, rule } of lines) {
    const at = path.replaceAll(/:(\w+)/g, (_whole, part: string) => String(parts[part] ?? newId()))
    const who = isFor(rule.who, 'coach') ? coach : senior
    const seen = method === 'GET' ? await who.open(at) : await who.send(at, { id: newId(), version: '0' })
    if (seen.status !== 409 || !seen.text.includes('This person has died'))
      wrong.push(`${path} was answered ${seen.status}`)
  }
  return wrong
}

describe('Once a death is recorded', () => {
  it.each([false, true])('no form goes on with support (support ended by it: %s)', async (ended) => {
    const lines = goingOn('POST')

    expect(lines.length).toBeGreaterThan(55)
    expect(await answersTo(await dead({ ended }), lines)).toEqual([])
  })

  it('nothing more is put to an employer, and no other time is booked', async () => {
    const { person, proposal, coach, spell } = await putToEmployer(app)
    const standing = { person, episode: spell.replace('/episodes/', ''), coach: app.cast.coach }
    const meeting = await aMeeting(app, standing, { hours: 48 })
    await coach.send(`/people/${person}/details/death`, day)
    const ends = [`/three-way/${proposal}/sending`, `/appointments/${meeting}/new-time`]
    const late = [await coach.send(ends[0] ?? '', { id: newId() }), await coach.send(ends[1] ?? '', { id: newId() })]

    expect(late.map(({ status, text }) => [status, text.includes('This person has died')])).toEqual([
      [409, true],
      [409, true],
    ])
  })

  it('no new form opens, and what stands is still read', async () => {
    const spell = await dead({ ended: true })
    const coach = await app.as(spell.coach)
    const forms = goingOn('GET').filter(({ path, rule }) => rule.verb === 'edit' && path.endsWith('/new'))
    const spells = ['plan', 'adjustments', 'matters', 'ending'].map((page) => `/episodes/${spell.episode}/${page}`)
    const persons = [
      '',
      '/employer',
      '/messages',
      '/services',
      '/requests',
      '/questionnaires/links',
      '/fit-note-requests',
    ]
    const read = [...spells, ...persons.map((page) => `/people/${spell.person}${page}`)]

    expect(forms.length).toBeGreaterThan(5)
    expect(await answersTo(spell, forms)).toEqual([])
    for (const page of read) expect([page, (await coach.open(page)).status]).toEqual([page, 200])
  })

  it.each<[string, Fields]>([
    ['matters', matter],
    ['adjustments', adjustment],
    ['plan/goals', { words: typed, whose: 'person' }],
  ])('%s gives back what was written, and leads to the record', async (form, fields) => {
    const { coach, episode, person } = await dead()
    const late = await (await app.as(coach)).send(`/episodes/${episode}/${form}`, { id: newId(), ...fields })

    expect(late.text).toContain('What you wrote, which was not saved')
    expect(late.text).toContain(typed)
    expect(late.html).toContain(`href="/people/${person}"`)
  })

  it('support is still ended, and a mistake taken back opens the forms again', async () => {
    const spell = await dead()
    const coach = await app.as(spell.coach)
    const form = `/episodes/${spell.episode}/matters`
    const ending = await coach.open(`/episodes/${spell.episode}/ending/death`)
    await coach.send(`/people/${spell.person}/details/death/withdrawal`)

    expect(ending.status).toBe(200)
    expect((await coach.send(form, { id: newId(), ...matter })).location).toContain(form)
  })

  it('somebody who may not open the record learns nothing of it', async () => {
    const { episode } = await dead()
    const stranger = await app.as(app.cast.coachElsewhere)
    const [foreign, missing] = [
      await stranger.send(`/episodes/${episode}/matters`, { id: newId(), ...matter }),
      await stranger.send(`/episodes/${newId()}/matters`, { id: newId(), ...matter }),
    ]

    expect(foreign.status).toBe(404)
    expect(foreign.text.replace(episode, '')).not.toContain('died')
    expect(missing.status).toBe(404)
  })
})
