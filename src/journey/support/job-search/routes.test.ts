import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const on = (day = '5') => ({ 'on-day': day, 'on-month': '1', 'on-year': '2026' })
const sent = { kind: 'application', what: 'Baker, Mill Bakery', result: 'sent', ...on() }

async function looking() {
  const { episode } = await anEpisode(app)
  return { coach: await app.as(app.cast.coach), address: `/episodes/${episode}/job-search` }
}

describe('Help with looking for a job', () => {
  it('says what is in place already and what is to do, and keeps what nobody asked about open', async () => {
    const { coach, address } = await looking()
    const empty = await coach.open(address)
    const first = { version: '0', bank: 'in-place', cv: 'to-do' }
    const saved = await coach.sendAndFollow(`${address}/readiness`, first)
    const later = await coach.sendAndFollow(`${address}/readiness`, {
      version: '2',
      cv: 'in-place',
      checks: 'not-needed',
    })

    expect(empty.text).toContain('0 already in place, 0 to do, 13 not asked yet.')
    expect(saved.text).toContain('1 already in place, 1 to do, 11 not asked yet.')
    expect(saved.text).toContain('To do: Has a CV that is up to date')
    expect(later.text).toContain('2 already in place, 0 to do, 1 not needed, 10 not asked yet.')
    expect(later.text).toContain('Not needed: Has the checks or cards that their kind of job asks for')
  })

  it('that is saved is saved when it comes from another tab, and other answers are read first', async () => {
    const { coach, address } = await looking()
    const sent = { version: '0', bank: 'in-place', cv: 'to-do' }
    await coach.send(`${address}/readiness`, sent)
    const second = await coach.sendAndFollow(`${address}/readiness`, sent)
    const other = await coach.send(`${address}/readiness`, { ...sent, cv: 'in-place' })

    expect([second.status, second.text]).toEqual([200, expect.stringContaining('Already saved')])
    expect(other.status).toBe(409)
  })

  it('writes an application down and what came of it, and takes the last answer back', async () => {
    const { coach, address } = await looking()
    const id = newId()
    await coach.send(address, { ...sent, id })
    await coach.send(address, { ...sent, id })
    const step = { id: newId(), version: '1', result: 'invited', note: 'Bring the hygiene card', ...on() }
    const invited = await coach.sendAndFollow(`${address}/${id}/steps`, step)
    await coach.send(`${address}/${id}/steps/${step.id}/withdrawal`)
    const back = await coach.open(address)

    expect(invited.text).toContain('Applications (1)')
    expect(invited.text).toContain('Invited to an interview, 5 January 2026 Bring the hygiene card')
    expect(back.text).toContain('Sent, 5 January 2026')
    expect(back.text).not.toContain('Bring the hygiene card')
    expect((await coach.open(`${address}/${id}`)).text).toContain('Taken back')
  })

  it('keeps what was typed when a result does not go with it, or the day is to come', async () => {
    const { coach, address } = await looking()
    const wrong = await coach.send(address, { ...sent, id: newId(), result: 'practised' })
    const early = await coach.send(address, { ...sent, id: newId(), ...on('6') })

    expect([wrong.status, early.status]).toEqual([422, 422])
    expect(wrong.text).toContain('“Practised together” does not go with “Application”: choose another')
    expect(wrong.html).toContain('Baker, Mill Bakery')
    expect(early.text).toContain('Enter today or a day that has passed')
  })

  it('takes something back that was written down by mistake', async () => {
    const { coach, address } = await looking()
    const id = newId()
    await coach.send(address, { ...sent, id })
    const after = await coach.sendAndFollow(`${address}/${id}/withdrawal`)

    expect(after.text).toContain('“Baker, Mill Bakery” is taken back')
    expect((await coach.open(`${address}/${id}`)).status).toBe(404)
  })

  it('is nobody’s to read who may not see the person', async () => {
    const { coach, address } = await looking()
    const id = newId()
    await coach.send(address, { ...sent, id })
    for (const part of ['providerCoach', 'coachElsewhere'] as const) {
      const stranger = await app.as(app.cast[part])
      const missing = await stranger.open(`/episodes/${newId()}/job-search`)
      expect([(await stranger.open(address)).text, (await stranger.open(`${address}/${id}`)).text]).toEqual([
        missing.text,
        missing.text,
      ])
      expect((await stranger.send(`${address}/readiness`, { version: '0' })).status).toBe(404)
    }
  })
})
