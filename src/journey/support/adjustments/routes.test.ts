import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}
const aChair = (more: Fields = {}): Fields => ({
  ...{ id: newId(), kind: 'equipment', what: 'A chair with arms', askedBy: 'participant' },
  ...dated('asked', '2026-01-05'),
  ...more,
})
const asked = async (more: Fields = {}) => {
  const { person, episode } = await anEpisode(app, { familyName: newId().slice(-6) })
  const coach = await app.as(app.cast.coach)
  const list = `/episodes/${episode}/adjustments`
  const fields = aChair(more)
  const sent = await coach.sendAndFollow(list, fields)
  const path = `${list}/${String(fields['id'])}`
  return { person, episode, coach, list, path, sent, fields }
}
const agreed = (version = '1'): Fields => ({
  ...{ id: newId(), version, standing: 'agreed', who: 'Ms Ray, manager' },
  ...dated('on', '2026-01-08'),
})

describe('An adjustment at work', () => {
  it('is written down as it was asked for, once, and says what to do next', async () => {
    const { coach, list, person, episode, fields } = await asked()
    await coach.send(list, fields)
    const { text } = await coach.open(list)
    const plan = await coach.open(`/people/${person}`)

    expect(text.match(/Waiting for an answer \(1\)/g)).toHaveLength(1)
    expect(text).toMatch(
      /A chair with arms Asked for .*5 January 2026.*by the person themselves.*Next Ask the employer/,
    )
    expect(plan.text).toMatch(/Adjustments at work .*Asked for 1/)
    expect((await coach.open(`/episodes/${episode}/plan`)).html).not.toContain('undefined/adjustments')
  })

  it('stands as agreed, in place and no longer needed, each with its day and who said so', async () => {
    const { coach, path, list, person } = await asked()
    await coach.sendAndFollow(`${path}/steps`, agreed())
    const inPlace = { id: newId(), version: '2', standing: 'in-place', ...dated('on', '2026-01-10') }
    const placed = await coach.sendAndFollow(`${path}/steps`, inPlace)
    const over = { id: newId(), version: '3', standing: 'over', ...dated('on', '2026-01-12') }
    await coach.send(`${path}/steps`, over)
    const record = await coach.open(`/people/${person}?kind=adjustment`)

    expect(placed.text).toMatch(/In place \(1\) .*Since then In place since 10 January 2026/)
    expect((await coach.open(path)).text).toMatch(/Agreed on 8 January 2026, Ms Ray, manager/)
    expect((await coach.open(list)).text).toContain('No longer needed (1)')
    expect(record.text).toMatch(/no longer needed: A chair .*in place: A chair .*agreed: A chair .*asked for: A chair/)
  })

  it('is not kept with what cannot be, and nothing typed is lost', async () => {
    const { coach, path } = await asked()
    const wrongs: readonly (readonly [Fields, string])[] = [
      [{ who: '' }, 'Enter who at the employer said so'],
      [{ standing: 'declined' }, 'Enter the reason they gave'],
      [dated('on', '2026-01-04'), 'Enter 5 January 2026 or a later day'],
      [dated('on', '2026-01-13'), 'Enter today or a day that has passed'],
    ]
    for (const [wrong, says] of wrongs) {
      const sent = await coach.send(`${path}/steps`, { ...agreed(), ...wrong })

      expect([sent.status, sent.text]).toEqual([422, expect.stringContaining(says)])
      expect(sent.html).toContain(wrong['who'] === '' ? 'value="8"' : 'value="Ms Ray, manager"')
    }
  })

  it('stands as before when its newest step is taken back, which stays readable', async () => {
    const { coach, path } = await asked()
    const yes = agreed()
    await coach.send(`${path}/steps`, yes)
    const back = await coach.sendAndFollow(`${path}/steps/${String(yes['id'])}/withdrawal`)
    const no = { ...agreed('3'), standing: 'declined', reason: 'No money' }
    const declined = await coach.sendAndFollow(`${path}/steps`, no)

    expect(back.text).toMatch(/Next: Ask the employer .*Agreed on 8 January 2026, Ms Ray, manager Taken back/)
    expect(declined.text).toMatch(/Declined \(1\) .*Reason No money/)
  })

  it('is put right, or taken back with a reason and then told as taken back', async () => {
    const { coach, path, person } = await asked()
    const put = await coach.sendAndFollow(`${path}/words`, { ...aChair({ what: 'A stool' }), version: '1' })
    const without = await coach.send(`${path}/withdrawal`, {})
    const taken = await coach.sendAndFollow(`${path}/withdrawal`, { withdrawn: 'It is her sister’s' })

    expect(put.text).toContain('A stool')
    expect(without.text).toContain('Enter why it should not stand here')
    expect(taken.text).toContain('No adjustment is written down')
    expect((await coach.open(`/people/${person}`)).text).toMatch(/Adjustment asked for: A stool Taken back/)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is as if it were not there for a %s', async (part) => {
    const { list, path } = await asked()
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [await other.open(list), await other.open(`/episodes/${newId()}/adjustments`)]
    const sent = await other.send(`${path}/steps`, agreed())

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect([foreign.status, sent.status]).toEqual([404, 404])
  })
})
