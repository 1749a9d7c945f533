import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findEpisode, listSteps } from '#journey/episode/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedPlan, anAgreedPlan, type Spell, take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const agreed = { 'agreed-day': '5', 'agreed-month': '1', 'agreed-year': '2026', how: 'in-person', both: 'yes' }

async function agree({ coach, episode }: Pick<Spell, 'coach' | 'episode'>, fields: Record<string, string> = {}) {
  const browser = await app.as(coach)
  const { html } = await browser.open(`/episodes/${episode}/plan/agreement`)
  const form = { ...agreed, id: hidden(html, 'id'), version: hidden(html, 'version'), ...fields }
  return { browser, form, sent: await browser.send(`/episodes/${episode}/plan/agreement`, form) }
}

describe('Agreeing a plan', () => {
  it('makes its first version and sets the day on which the usual weeks of this area end', async () => {
    await setting('weekLimits', { 'thrive-in-work': 12, 'return-to-work': 8, 'seek-work': 16 })
    const spell = await aDraftedPlan(app, { type: 'return-to-work' })

    const { sent, browser } = await agree(spell)

    const page = await browser.open(sent.location ?? '')
    const standing = await standingOf(spell)
    expect(page.text).toContain('Version 1, agreed on 5 January 2026 in person with Carol Coach')
    expect(standing).toMatchObject({ stage: 'plan-agreed', plan_type: 'return-to-work' })
    expect(standing?.limit_on?.toString()).toBe('2026-03-02')
  })

  it('twice with one form makes one version', async () => {
    const spell = await aDraftedPlan(app)
    const { browser, form } = await agree(spell)

    const again = await browser.send(`/episodes/${spell.episode}/plan/agreement`, form)

    const steps = await app.inArea('north', (db) => listSteps(db, 'north', spell.episode))
    expect(again.status).toBe(303)
    expect(steps.filter(({ step }) => step.kind === 'plan-agreed')).toHaveLength(1)
    expect((await browser.open(`/episodes/${spell.episode}/plan/versions`)).text).not.toContain('Version 2')
  })

  it('shows what was changed since, and makes a second version of it', async () => {
    const spell = await anAgreedPlan(app)
    const browser = await app.as(spell.coach)
    await browser.send(`/episodes/${spell.episode}/plan/goals`, {
      id: newId(),
      words: 'I want to cycle to work',
      whose: 'person',
    })
    const draft = await browser.open(`/episodes/${spell.episode}/plan`)
    const barred = await browser.open(`/episodes/${spell.episode}/plan/agreement`)
    const goal =
      /goals\/([0-9a-f-]{36})\/actions\/new"[^>]*>Add an action<span[^>]*> for: I want to cycle/.exec(
        draft.html,
      )?.[1] ?? ''
    await browser.send(`/goals/${goal}/actions`, { ...action, id: newId() })

    const { sent } = await agree(spell)

    const versions = await browser.open(`/episodes/${spell.episode}/plan/versions`)
    expect(draft.text).toContain('Goal added: I want to cycle to work')
    expect(barred.text).toContain('Add what will be done for this goal: “I want to cycle to work”')
    expect(sent.status).toBe(303)
    expect(versions.text).toContain('Version 2')
    expect(versions.text).toContain('Borrow a bicycle (the participant, by 2 February 2026)')
  })

  it('is not possible before the person agreed to take part', async () => {
    const spell = await aDraftedPlan(app, { takesPart: false })

    const { sent } = await agree(spell, { id: newId(), version: '1' })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('They have not agreed to take part in WorkWell')
    expect((await standingOf(spell))?.stage).toBe('assessed')
  })

  it('that somebody changed meanwhile asks to read it again', async () => {
    const spell = await aDraftedPlan(app)
    const browser = await app.as(spell.coach)
    const { html } = await browser.open(`/episodes/${spell.episode}/plan/agreement`)
    await (await app.as(app.cast.otherCoach)).send(`/goals/${spell.goals[0]?.id}/actions`, { ...action, id: newId() })

    const form = { ...agreed, id: hidden(html, 'id'), version: hidden(html, 'version') }
    const page = await browser.send(`/episodes/${spell.episode}/plan/agreement`, form)

    expect(page.status).toBe(409)
    expect(page.text).toContain('Somebody changed this while you were writing')
    expect(page.text).toContain('Borrow a bicycle')
  })

  it('is not for the day after today', async () => {
    const { sent } = await agree(await aDraftedPlan(app), { 'agreed-day': '6' })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Enter today or a day that has passed')
  })

  it('is not possible once support has ended', async () => {
    const spell = await anAgreedPlan(app)
    await take(app, spell, [{ kind: 'ended', as: 'left-early' }])

    const page = await (await app.as(spell.coach)).open(`/episodes/${spell.episode}/plan/agreement`)

    expect(page.status).toBe(422)
    expect(page.text).toContain('This spell of support has ended')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no plan to the %s', async (who) => {
    const { episode } = await anAgreedPlan(app)
    const browser = await app.as(app.cast[who])

    for (const page of ['agreement', 'versions']) {
      const refused = await browser.open(`/episodes/${episode}/plan/${page}`)
      const missing = await browser.open(`/episodes/${newId()}/plan/${page}`)
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
  })
})

const action = { what: 'Borrow a bicycle', owner: 'participant', 'due-day': '2', 'due-month': '2', 'due-year': '2026' }

function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
}

async function standingOf({ coach, episode }: Spell) {
  const actor = { ...coach, areaName: '', organisations: [coach.organisation] }
  return app.inArea(coach.area, (db) => findEpisode(db, actor, episode))
}

async function setting(name: string, value: unknown) {
  await app.owner.query(
    'insert into areas.setting (area, name, from_on, value, set_at) values ($1, $2, $3, $4, now())',
    ['north', name, '2025-01-01', JSON.stringify(value)],
  )
}
