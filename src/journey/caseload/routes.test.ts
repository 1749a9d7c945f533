import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { someToLookAfter } from '#test/people/caseloads.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await someToLookAfter(app)
})
afterAll(() => app.close())

describe("The organisation's people", () => {
  it('are listed for whoever runs the service, without those of another provider', async () => {
    const seen = await (await app.as(app.cast.manager)).open('/people')

    expect(seen.text).toContain('Olive Overdue')
    expect(seen.text).toContain('Col Colleague')
    expect(seen.text).not.toContain('Pru Provider')
  })

  it.each([
    ['unassigned', 'Una Unallocated', 'Olive Overdue'],
    ['overdue', 'Olive Overdue', 'Tom Today'],
  ])('are narrowed to %s when the number on the board is opened', async (list, there, notThere) => {
    const seen = await (await app.as(app.cast.manager)).open(`/people?list=${list}`)

    expect(seen.text).toContain(there)
    expect(seen.text).not.toContain(notThere)
  })

  it('are not for a coach, and show nothing of another area', async () => {
    expect((await (await app.as(app.cast.coach)).open('/people')).status).toBe(403)
    expect((await (await app.as(app.cast.managerElsewhere)).open('/people')).text).toContain(
      'Nobody is on this list now',
    )
  })

  it('go on page by page without a gap or a double', async () => {
    for (let number = 0; number < 52; number += 1)
      await anEpisode(app, { coach: app.cast.providerCoach, familyName: `Page${String(number).padStart(2, '0')}` })
    const manager = await app.as(app.cast.providerManager)
    const first = await manager.open('/people')
    const older = /href="(\/people\?list=all&amp;after=[^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await manager.open(older)
    const names = [...`${first.html}${second.html}`.matchAll(/Page\d\d(?=<\/a>)/g)].map(([name]) => name)

    expect(names.length).toBe(52)
    expect(new Set(names).size).toBe(52)
  })
})
