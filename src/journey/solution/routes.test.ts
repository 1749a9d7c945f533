import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'

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
