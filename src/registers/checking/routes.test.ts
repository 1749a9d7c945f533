import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('Feedback on a service', () => {
  it('is given by anybody who works here, and waits until somebody says what came of it', async () => {
    const service = await aService(app, { name: 'Wrong number' })
    const [coach, manager] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
    const page = `/services/${service}/feedback`
    const empty = await coach.send(page, { id: newId() })
    const sent = { id: newId(), about: 'reaching', words: 'It is 01632 960777 now' }
    await coach.send(page, sent)
    await coach.send(page, sent)
    const waits = await coach.open(page)
    const list = await manager.open('/services/checking')
    const settling = `/services/feedback/${sent.id}/settling`
    const unsaid = await manager.send(settling, { answer: '' })
    const after = await manager.sendAndFollow(settling, { answer: 'Changed it' })

    expect(empty.status).toBe(422)
    expect(list.text.match(/It is 01632 960777 now/g)).toHaveLength(1)
    expect(list.text).toContain('Carol Coach')
    expect(unsaid.text).toContain('Say what came of it')
    expect(after.text).not.toContain('960777')
    expect(waits.text).toContain('It is 01632 960777 now Nobody has looked into it yet')
    expect((await coach.open(page)).text).toContain('What came of it: Changed it')
    expect((await coach.send(settling, { answer: 'Mine' })).status).toBe(403)
  })

  it('reaches no other area', async () => {
    const service = await aService(app)
    const elsewhere = await app.as(app.cast.coachElsewhere)
    const [foreign, missing] = [
      await elsewhere.send(`/services/${service}/feedback`, { id: newId(), about: 'other' }),
      await elsewhere.send(`/services/${newId()}/feedback`, { id: newId(), about: 'other' }),
    ]

    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })
})

describe('A service that nobody has checked for longer than the area allows', () => {
  it('is on the list until somebody says that all of it is right', async () => {
    const service = await aService(app, { name: 'Checked long ago', checkedOn: '2025-01-01' })
    await aService(app, { name: 'Checked last month', checkedOn: '2025-12-01' })
    const coach = await app.as(app.cast.coach)
    const before = await coach.open('/services/checking?page=2')
    await coach.sendAndFollow(`/services/${service}/check`, { version: '1' })
    const [after, page] = [await coach.open('/services/checking?page=2'), await coach.open(`/services/${service}`)]

    expect(before.text).toContain('Checked long ago')
    expect(before.text).not.toContain('Checked last month')
    expect(after.text).not.toContain('Checked long ago')
    expect(page.text).toContain('5 Jan 2026')
    expect((await coach.sendAndFollow(`/services/${service}/check`, { version: '1' })).text).toContain('just changed')
  })
})
