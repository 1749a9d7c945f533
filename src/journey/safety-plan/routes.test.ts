import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('A safety plan', () => {
  it('is made part by part, kept version by version, and says whether the person sees it', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const path = `/episodes/${episode}/safety-plan`
    const plan = { id: randomUUIDv7(), version: '0', signs: 'I stop answering', reasons: 'My dog' }
    const first = await coach.sendAndFollow(path, plan)
    expect(first.text).toMatch(/Only staff see it.*How I notice.*I stop answering.*What I live for.*My dog/)
    expect(first.text).not.toContain('What I can do by myself')
    expect(first.text).toContain('Samaritans: 116 123')
    const next = { id: randomUUIDv7(), version: '1', signs: 'I stay in bed', shown: 'yes' }
    const second = await coach.sendAndFollow(path, next)

    expect(second.text).toMatch(/The person sees it.*I stay in bed/)
    expect((await coach.open(`${path}?version=1`)).text).toContain('I stop answering')
    const empty = await coach.send(path, { id: randomUUIDv7(), version: '2' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Write down at least one part')
  })

  it('stands among their own pages only where they agreed to it, in its newest version', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const own = await app.asParticipant(person)
    const path = `/episodes/${episode}/safety-plan`
    const made = (version: string, shown: string) => ({ id: randomUUIDv7(), version, signs: 'I go quiet', shown })
    expect((await own.open('/my/safety-plan')).status).toBe(404)
    await coach.send(path, made('0', 'yes'))
    const seen = await own.open('/my/safety-plan')
    const home = await own.open('/my')
    await coach.send(path, made('1', ''))

    expect(seen.text).toMatch(/How I notice that it is getting hard I go quiet.*Samaritans/)
    expect(home.html).toContain('href="/my/safety-plan"')
    expect((await own.open('/my')).html).not.toContain('safety-plan')
    expect((await own.open('/my/safety-plan')).status).toBe(404)
  })

  it('is not seen by another provider, as if there were none', async () => {
    const { episode } = await anAcceptedPerson(app)
    const other = await app.as(app.cast.providerCoach)
    const [foreign, absent] = [episode, randomUUIDv7()].map((one) => `/episodes/${one}/safety-plan`)
    const [one, two] = [await other.open(foreign ?? ''), await other.open(absent ?? '')]

    expect([one.status, one.text]).toEqual([two.status, two.text])
    expect(one.status).toBe(404)
  })
})
