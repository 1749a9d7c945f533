import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { countOpenConcerns, hasOpenConcern } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const today = { 'next-look-on-day': '5', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
const concern = (over: Record<string, string> = {}) => ({
  ...{ id: randomUUIDv7(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' },
  ...today,
  ...over,
})
const look = (over: Record<string, string>) => ({ id: randomUUIDv7(), done: 'Spoke on the phone', ...over })

async function openFor(member: Member): Promise<number> {
  return app.inArea(member.area, async (db) => {
    const actor = await findActor(db, { ...member, on: Temporal.PlainDate.from('2026-01-05') })
    return actor ? countOpenConcerns(db, actor) : Number.NaN
  })
}

describe('A concern', () => {
  it('is written down beside the six points and the numbers to call', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const form = await coach.open(`/episodes/${episode}/concerns/new`)
    expect(form.text).toContain('Take it seriously')
    expect(form.text).toContain('Samaritans: 116 123')
    const list = await coach.sendAndFollow(`/episodes/${episode}/concerns`, concern())

    expect(list.text).toContain('I cannot go on')
    expect(list.text).toContain('Open, look again today')
  })

  it('is written down once when sent twice', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = concern()
    await coach.send(`/episodes/${episode}/concerns`, sent)
    await coach.send(`/episodes/${episode}/concerns`, sent)

    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toHaveLength(1)
    expect((await app.owner.query('select from safety.look where concern = $1', [sent.id])).rows).toHaveLength(1)
  })

  it('says what is missing and keeps what was typed', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.send(`/episodes/${episode}/concerns`, concern({ done: '', told: 'The duty lead' }))

    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter what was done')
    expect(page.html).toContain('I cannot go on')
  })

  it('that was typed and not sent is there again, for its writer alone, until it is sent', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const path = `/episodes/${episode}/concerns/new`
    const sent = concern()
    await coach.open(path)
    await coach.send('/drafts', { ...sent, draft: `concern:${episode}`, area: 'north' })

    expect((await coach.open(path)).html).toContain('I cannot go on')
    expect((await (await app.as(app.cast.otherCoach)).open(path)).html).not.toContain('I cannot go on')
    await coach.send(`/episodes/${episode}/concerns`, sent)
    expect((await coach.open(path)).html).not.toContain('I cannot go on')
  })

  it('is open until a look closes it, and can be opened again', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const before = await openFor(app.cast.coach)
    const sent = concern()
    await coach.send(`/episodes/${episode}/concerns`, sent)
    expect(await openFor(app.cast.coach)).toBe(before + 1)
    expect(await app.inArea('north', (db) => hasOpenConcern(db, 'north', person))).toBe(true)
    const closed = await coach.sendAndFollow(`/concerns/${sent.id}/looks`, look({ 'closed-as': 'safe' }))

    expect(closed.text).toContain('Closed: The person is safe')
    expect(await openFor(app.cast.coach)).toBe(before)
    expect(await app.inArea('north', (db) => hasOpenConcern(db, 'north', person))).toBe(false)
    await coach.send(`/concerns/${sent.id}/looks`, look(today))
    expect(await openFor(app.cast.coach)).toBe(before + 1)
  })
})

describe('Domestic abuse and what is about others', () => {
  it.each([{ kind: 'domestic-abuse' }, { 'about-others': 'yes' }])(
    '%o is hidden from a plain colleague, who learns that there is a concern',
    async (over) => {
      const { episode } = await anAcceptedPerson(app)
      const sent = concern({ ...over, seen: 'Afraid of somebody at home' })
      await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
      const colleague = await app.as(app.cast.otherCoach)
      const list = await colleague.open(`/episodes/${episode}/concerns`)

      expect(list.text).toContain('A restricted concern')
      for (const page of [list, await colleague.open('/concerns')]) {
        expect(page.text).not.toContain('Afraid of somebody at home')
        expect(page.html).not.toContain(`/concerns/${sent.id}`)
      }
      expect(list.text.match(/Domestic abuse/g)).toBeNull()
      const hidden = await colleague.open(`/concerns/${sent.id}`)
      const absent = await colleague.open(`/concerns/${randomUUIDv7()}`)
      expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text])
      expect((await colleague.send(`/concerns/${sent.id}/looks`, look({ 'closed-as': 'safe' }))).status).toBe(404)
    },
  )

  it.each(['coach', 'seniorCoach', 'manager'] as const)('are read by the %s', async (who) => {
    const { episode } = await anAcceptedPerson(app)
    const sent = concern({ kind: 'domestic-abuse', seen: 'Afraid of somebody at home' })
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
    const reader = await app.as(app.cast[who])

    expect((await reader.open(`/episodes/${episode}/concerns`)).text).toContain('Afraid of somebody at home')
    expect((await reader.open(`/concerns/${sent.id}`)).text).toContain('Afraid of somebody at home')
  })
})

describe('Concerns are not seen', () => {
  it.each(['coachElsewhere', 'providerCoach'] as const)('by the %s, as if there were none', async (who) => {
    const { episode } = await anAcceptedPerson(app)
    const sent = concern()
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
    const reader = await app.as(app.cast[who])
    const pairs = [
      [`/episodes/${episode}/concerns`, `/episodes/${randomUUIDv7()}/concerns`],
      [`/episodes/${episode}/concerns/new`, `/episodes/${randomUUIDv7()}/concerns/new`],
      [`/concerns/${sent.id}`, `/concerns/${randomUUIDv7()}`],
    ] as const
    for (const [foreign, absent] of pairs) {
      const [one, other] = [await reader.open(foreign), await reader.open(absent)]
      expect([one.status, one.text]).toEqual([other.status, other.text])
      expect(one.status).toBe(404)
    }
    expect((await reader.open('/concerns')).text).not.toContain('Priya Shah')
    expect((await reader.send(`/episodes/${episode}/concerns`, concern())).status).toBe(404)
    expect(await openFor(app.cast[who])).toBe(0)
  })
})
