import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

async function enter(browser: Browser, { organisation }: Member, what: 'staff' | 'money', given: Fields) {
  const path = `/staff-and-money/${organisation}/${what}`
  const { html } = await browser.open(path)
  const version = /name="version" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return browser.sendAndFollow(path, { version, ...given })
}

const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026' }
const monthOf = async (member: Member, month = '2026-01') =>
  (await (await app.as(member)).open(`/monitoring?month=${month}`)).text

describe('Planned staff', () => {
  it('stand beside those in post from their day on, each marked as what it is', async () => {
    const manager = await app.as(app.cast.manager)
    const saved = await enter(manager, app.cast.manager, 'staff', { role: 'coach', people: '3', ...from })

    expect(saved.text).toContain('Work and Health Coach 3 1 January 2026')
    expect(await monthOf(app.cast.manager)).toContain(
      'Work and Health Coach 2 Work and Health Coach in post 3 Entered 1 less',
    )
    expect(await monthOf(app.cast.manager, '2025-12')).toContain('in post Not entered –')
  })

  it('of all organisations are added up for the area', async () => {
    const provider = await app.as(app.cast.providerManager)
    await enter(provider, app.cast.providerManager, 'staff', { role: 'coach', people: '2', ...from })

    expect(await monthOf(app.cast.areaLead)).toContain('Work and Health Coach 3 5 Entered 2 less')
    expect(await monthOf(app.cast.providerManager)).toContain('in post 2 Entered 1 less')
  })

  it('are replaced with a reason, and what was entered stays as history with who entered it', async () => {
    const manager = await app.as(app.cast.manager)
    const again = { role: 'coach', people: '4', ...from }
    const refused = await enter(manager, app.cast.manager, 'staff', again)
    const saved = await enter(manager, app.cast.manager, 'staff', { ...again, why: 'A post was added' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Say why the number changes')
    expect(saved.text).toMatch(/4 1 January 2026 5 Jan 2026 Max Manager A post was added.* 3 1 January 2026/)
    expect(await monthOf(app.cast.manager)).toContain('in post 4 Entered')
  })

  it('show both where somebody else entered meanwhile', async () => {
    const manager = await app.as(app.cast.manager)
    const path = `/staff-and-money/${app.cast.manager.organisation}/staff`
    const clash = await manager.send(path, { version: 'none', role: 'coach', people: '9', why: 'x', ...from })

    expect([clash.status, clash.text.includes('Somebody changed this while you were writing')]).toEqual([409, true])
    expect(clash.text).toContain('Entered last: Work and Health Coach, 4 from 1 January 2026, by Max Manager')
    expect(clash.html).toContain('value="9"')
  })
})

describe('Money', () => {
  it('planned and spent stand beside each other, and nothing is nought that nobody entered', async () => {
    const lead = await app.as(app.cast.areaLead)
    const planned = { kind: 'planned', month: '2026-01', pounds: '41200' }
    await enter(lead, app.cast.manager, 'money', planned)
    expect(await monthOf(app.cast.areaLead)).toContain('Planned £41,200 Entered – Spent Not entered –')
    await enter(lead, app.cast.providerManager, 'money', planned)
    const saved = await enter(lead, app.cast.manager, 'money', { kind: 'spent', month: '2026-01', pounds: '39000' })

    expect(saved.text).toContain('January 2026 £41,200 £39,000 £2,200 less')
    expect(await monthOf(app.cast.areaLead)).toContain('Planned £82,400 Entered – Spent £39,000 Entered £43,400 less')
  })

  it('cannot be spent before its month begins, nor written with commas', async () => {
    const lead = await app.as(app.cast.areaLead)
    const early = await enter(lead, app.cast.manager, 'money', { kind: 'spent', month: '2026-03', pounds: '5' })
    const commas = await enter(lead, app.cast.manager, 'money', { kind: 'spent', month: '2026-01', pounds: '5,000' })

    expect([early.status, commas.status]).toEqual([422, 422])
    expect(commas.html).toContain('value="5,000"')
  })
})

describe('Who enters for whom', () => {
  it('a manager for their own organisation, the area lead for all, nobody else', async () => {
    const path = `/staff-and-money/${app.cast.providerManager.organisation}/money`
    const nowhere = `/staff-and-money/${app.cast.managerElsewhere.organisation}/money`
    const statuses = async (member: Member) => {
      const browser = await app.as(member)
      return [(await browser.open(path)).status, (await browser.open(nowhere)).status]
    }

    expect(await statuses(app.cast.areaLead)).toEqual([200, 404])
    expect(await statuses(app.cast.manager)).toEqual([404, 404])
    expect(await statuses(app.cast.coach)).toEqual([403, 403])
    expect(await statuses(app.cast.councilLead)).toEqual([403, 403])
  })
})

describe('Who was in post', () => {
  it('is listed for the month, in one’s own organisation', async () => {
    const list = await (await app.as(app.cast.manager)).open('/staff-and-money/in-post?month=2026-01&role=coach')

    expect(list.text).toContain('2 memberships')
    expect(list.text).toContain('Carol Coach')
    expect(list.text).not.toContain('Pat Provider')
    expect((await (await app.as(app.cast.areaLead)).open('/staff-and-money/in-post')).status).toBe(403)
  })
})
