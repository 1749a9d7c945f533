import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { filledIn } from '#test/editing/filled.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aConversation, aDraftedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const own = {
  ...{ barrier: 'pain', what: 'Try the pool on Fridays', owner: 'service', days: '21', service: 'Warm water pool' },
  ...{ 'from-day': '5', 'from-month': '1', 'from-year': '2026' },
}

describe('The library of an area', () => {
  it('has suggestions for a barrier from the first day, and takes one of the area’s own', async () => {
    const manager = await app.as(app.cast.manager)
    const before = await manager.open('/area/solutions?barrier=pain')

    const after = await manager.sendAndFollow('/area/solutions', { ...own, id: newId() })

    expect(before.text).toContain('Agree short breaks to move about')
    expect(before.text).not.toContain('Refer to housing advice')
    expect(before.text).not.toContain('Try the pool')
    expect(after.text).toContain('Try the pool on Fridays')
    expect(after.text).toContain('Warm water pool')
  })

  it('says a suggestion otherwise from a day on, with who said it, and goes back to how it was supplied', async () => {
    const manager = await app.as(app.cast.manager)
    const page = '/area/solutions/sleep-ask'

    const changed = await manager.sendAndFollow(page, { ...own, barrier: 'sleep', what: 'Ask the nurse', version: '1' })
    const back = await manager.sendAndFollow(`${page}/as-supplied`, { version: '2' })

    expect(changed.text).toContain('Changed here')
    expect(changed.text).toContain('Max Manager')
    expect(back.text).toContain('As supplied')
    expect(back.text).toContain('Ask the nurse')
  })

  it('stops suggesting what does not fit here, and finds it again among what is not suggested', async () => {
    const manager = await app.as(app.cast.manager)

    const ended = await manager.sendAndFollow('/area/solutions/money-budget/ending', { version: '1' })
    const list = await manager.open('/area/solutions?state=ended&words=month')

    expect(ended.text).toContain('Not suggested')
    expect(list.text).toContain('Write down what comes in and goes out')
    expect(list.text).toContain('1 suggestion')
  })

  it('keeps what was typed when a day is in the past', async () => {
    const manager = await app.as(app.cast.manager)
    const refused = await manager.send('/area/solutions', { ...own, 'from-year': '2025', id: newId() })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Enter today or a day to come')
    expect(refused.html).toContain('Try the pool on Fridays')
  })

  it('is no other area’s, and no coach changes it', async () => {
    const id = newId()
    await (await app.as(app.cast.manager)).send('/area/solutions', { ...own, id })
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const [foreign, missing] = [
      await elsewhere.open(`/area/solutions/${id}`),
      await elsewhere.open(`/area/solutions/${newId()}`),
    ]

    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
    expect((await (await app.as(app.cast.coach)).open('/area/solutions')).status).toBe(403)
  })
})

describe('A suggestion', () => {
  const taken = 'select solution, solution_version as version, as_suggested as same from action.action where id = $1'

  /** Somebody whose pain nothing is planned against, and the way from their plan to an action. */
  async function inPain(member = app.cast.coach) {
    const spell = await aDraftedPlan(app, { coach: member })
    await aConversation(app, spell, { barriers: ['pain'] })
    const coach = await app.as(member)
    const plan = `/episodes/${spell.episode}/plan`
    const { html } = await coach.open(plan)
    const [, use = ''] = /href="([^"]+solution=pain-breaks)"/.exec(html) ?? []
    return { ...spell, coach, plan, use: use.replace('&amp;', '&') }
  }

  /** What the form of a new action holds, sent with this changed. */
  async function add({ coach, use }: Awaited<ReturnType<typeof inPain>>, change: object) {
    const { html } = await coach.open(use)
    const id = newId()
    const fields = { ...filledIn(html, use.replace(/\/new.*/, '')), id, ...change }
    await coach.send(use.replace(/\/new.*/, ''), fields)
    return (await app.owner.query(taken, [id])).rows[0]
  }

  it('fills in an action, and whether it was taken as it is or changed is kept with it', async () => {
    const somebody = await inPain()
    const form = await somebody.coach.open(somebody.use)

    expect(form.html).toContain('Agree short breaks to move about')
    expect(form.text).toContain('Change what does not fit')
    expect(await add(somebody, {})).toEqual({ solution: 'pain-breaks', version: 1, same: true })
    expect(await add(await inPain(), { what: 'Sit by the door' })).toMatchObject({ same: false })
  })

  it('does not take the place of what was being typed', async () => {
    const { coach, use, goals } = await inPain()
    await coach.open(use)
    await coach.send('/drafts', { draft: `action-new:${goals[0]?.id}`, what: 'Ring the union' })

    const page = await coach.open(use)

    expect(page.html).toContain('Ring the union')
    expect(page.text).toContain('What you typed before is still below. The suggestion was: “Agree short breaks')
  })

  it('that is not for somebody is set aside for them alone, until that is taken back', async () => {
    const { coach, plan, episode } = await inPain()
    const address = `/episodes/${episode}/solutions/pain-breaks/ignoring`

    const aside = await coach.sendAndFollow(address)
    const other = await inPain()
    const back = await coach.sendAndFollow(`${address}/withdrawal`)

    expect(aside.html).not.toContain('solution=pain-breaks')
    expect(aside.text).toContain('Not for them: 1')
    expect(other.use).toContain('solution=pain-breaks')
    expect(back.html).toContain('solution=pain-breaks')
    expect((await coach.open(plan)).text).not.toContain('Not for them: 1')
  })

  it('that was set aside can still be used once something else is planned against the same barrier', async () => {
    const somebody = await inPain()
    await somebody.coach.send(`/episodes/${somebody.episode}/solutions/pain-breaks/ignoring`)
    await add(somebody, { what: 'Swim on Fridays', solution: '' })
    const page = await somebody.coach.open(somebody.plan)

    expect(page.text).not.toContain('Not for them: 1')
    expect(page.text).toMatch(/Set aside, where something is planned: 1.*Against: Pain.*Use this after all/)
    expect(page.html).toContain(somebody.use.replace('&', '&amp;'))
    expect(await add(somebody, {})).toEqual({ solution: 'pain-breaks', version: 1, same: true })
  })

  it('is counted in the library, small numbers left out', async () => {
    const manager = await app.as(app.cast.manager)
    const before = await manager.open('/area/solutions?barrier=moving')
    for (let times = 0; times < 5; times += 1) {
      const { episode, coach } = await aDraftedPlan(app)
      await (await app.as(coach)).send(`/episodes/${episode}/solutions/moving-tasks/ignoring`)
    }
    const after = await manager.open('/area/solutions?barrier=moving')

    expect(before.text).not.toContain('Not for them:')
    expect(after.text).toContain('Taken as it is: fewer than 5. Changed: fewer than 5. Not for them: 5')
    const other = await manager.open('/area/solutions?barrier=sleep')
    expect(other.text).toMatch(
      /All suggestions together, in this area. Taken as it is: fewer than 5.*Not for them: [5-9]/,
    )
  })

  it('is set aside by nobody who may not see the person', async () => {
    const { episode } = await inPain()
    for (const part of ['providerCoach', 'coachElsewhere'] as const) {
      const stranger = await app.as(app.cast[part])
      const refused = await stranger.send(`/episodes/${episode}/solutions/pain-breaks/ignoring`)
      const missing = await stranger.send(`/episodes/${newId()}/solutions/pain-breaks/ignoring`)
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
  })
})
