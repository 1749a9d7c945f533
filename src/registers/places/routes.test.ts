import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startApp } from '#test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const placesOn = (day: string, month: string, year: string) =>
  `/places?${new URLSearchParams({ 'on-day': day, 'on-month': month, 'on-year': year }).toString()}`

describe('places on a day', () => {
  it('an administrator sees the boards there are today', async () => {
    const seen = await (await app.as(app.cast.administrator)).open('/places')

    expect(seen.status).toBe(200)
    expect(seen.text).toContain('42 boards on 5 January 2026')
    expect(seen.text).toContain('No board had ended by that day')
  })

  it('and, asked for another day, those of that day and what became of the others', async () => {
    const seen = await (await app.as(app.cast.administrator)).open(placesOn('1', '4', '2026'))

    expect(seen.text).toContain('36 boards on 1 April 2026')
    expect(seen.text).toContain('West and North London')
    expect(seen.text).toMatch(/Frimley Thames Valley 57%/)
    expect(seen.text).toContain('North Yorkshire three boards (Humber and North Yorkshire 91%')
  })

  it('the national team sees what was published about the fifteen areas, and where nothing was', async () => {
    const seen = await (await app.as(app.cast.nationalTeam)).open('/places')

    expect(seen.text).toContain('8,000 (aboutmanchester.co.uk)')
    expect(seen.text).toMatch(
      /Lancashire and South Cumbria Lancashire and South Cumbria 455,436 Not published Not published/,
    )
    expect(seen.text).toContain('almost 60,000 people 16 Nov 2023')
    expect(seen.text).toContain('Open Government Licence')
  })

  it('a day that there is not is asked for again, with what was typed', async () => {
    const seen = await (await app.as(app.cast.administrator)).open(placesOn('31', '2', '2026'))

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('There is no 31 February 2026')
    expect(seen.html).toMatch(/name="on-day"[^>]*value="31"|value="31"[^>]*name="on-day"/)
    expect(seen.text).toContain('42 boards on 5 January 2026')
  })

  it('a coach has no use for it and is told so; a visitor is asked to sign in', async () => {
    const coach = await (await app.as(app.cast.coach)).open('/places')
    const visitor = await app.visitor().open('/places')

    expect(coach.status).toBe(403)
    expect(coach.text).not.toContain('Frimley')
    expect(visitor.text).not.toContain('Frimley')
    expect(visitor.status).toBeGreaterThanOrEqual(300)
  })
})
