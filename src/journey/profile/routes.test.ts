import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const address = (year = 2025) => `/profile/${app.cast.manager.organisation}/${year}`
const january = (fields: Fields): Fields => ({ id: newId(), version: 'none', ...fields })
const versionOn = (html: string) => /name="version" value="([^"]*)"/.exec(html)?.[1] ?? ''

describe('Planned starts', () => {
  it('are entered by a manager, changed by the area lead with a reason, and the first stay', async () => {
    const [manager, lead] = await Promise.all([app.as(app.cast.manager), app.as(app.cast.areaLead)])
    const first = await manager.sendAndFollow(address(), january({ 'starts-1': '12', 'starts-2': '15' }))
    const version = versionOn((await lead.open(address())).html)
    const bare = await lead.send(address(), { id: newId(), version, 'starts-1': '14', 'starts-2': '15' })
    const why = 'A coach joins in January'
    await lead.send(address(), { id: newId(), version, why, 'starts-1': '14', 'starts-2': '15' })
    const now = await manager.open('/profile')
    const board = await manager.open('/board')

    expect(first.text).toMatch(/January 2026 12 12 0 started in January 2026 5 January 2026 by Max Manager/)
    expect([bare.status, bare.text]).toEqual([422, expect.stringContaining('Enter why the profile changes')])
    expect(now.text).toMatch(/January 2026 14 12 .*Ali Lead A coach joins in January February 2026 15 15/)
    expect(board.text).toMatch(/Starts in January 2026 against the profile .*Planned 14 /)
  })

  it('stand on the board beside who has started, and the lead of the area sees no number of people', async () => {
    await anEpisode(app, { steps: [[{ kind: 'assessed' }, 0]] })
    const manager = await app.as(app.cast.manager)
    const [board, profile] = await Promise.all([manager.open('/board'), manager.open('/profile')])
    const lead = await (await app.as(app.cast.areaLead)).open('/profile')
    const list = await manager.open('/people?list=started&month=2026-01')

    expect(board.text).toMatch(/Started so far 1 .*Too few have started in the last 12 weeks to say/)
    expect(profile.text).toContain('1 started in January 2026')
    expect(list.text).toMatch(/Support began in January 2026 .*1 person/)
    expect(lead.text).not.toContain('started in January')
  })

  it('that were entered twice with one form stand once', async () => {
    const manager = await app.as(app.cast.manager)
    const form = january({ 'starts-4': '9' })
    const version = versionOn((await manager.open(address(2027))).html)
    await manager.send(address(2027), { ...form, version })
    await manager.send(address(2027), { ...form, version })
    const { rows } = await app.owner.query('select from profile.planned where month = $1', ['2027-04-01'])

    expect(rows).toHaveLength(1)
  })

  it('of another provider are not there, whoever asks', async () => {
    const foreign = await app.as(app.cast.providerManager)
    const theirs = await foreign.open(address())
    const absent = await foreign.open(`/profile/${newId()}/2025`)
    const sent = await foreign.send(address(), january({ 'starts-1': '1' }))

    expect([theirs.status, theirs.text]).toEqual([404, absent.text])
    expect(sent.status).toBe(404)
    expect((await (await app.as(app.cast.coach)).open('/profile')).status).toBe(403)
  })
})
