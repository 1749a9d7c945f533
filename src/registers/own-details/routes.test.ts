import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

describe('Somebody who says what they need', () => {
  it('changes it in their own words, and whoever opens their record sees it first', async () => {
    const { person } = await anEpisode(app, { familyName: 'Needing' })
    const me = await app.asParticipant(person)
    await me.send('/my/details/needs', {
      needs: ['large-print', 'quiet-room'],
      accessNote: 'No bright light',
      version: '1',
    })
    await app.owner.query(`update people.person set safe_note = 'My brother must not know' where id = $1`, [person])
    await me.send('/my/details/times', { bestTime: 'After school', safeNote: 'Nothing', version: '1' })
    const seen = await me.sendAndFollow('/my/details/language', {
      language: 'Urdu',
      interpreter: 'A woman',
      version: '1',
    })
    const coach = await app.as(app.cast.coach)
    const record = await coach.open(`/people/${person}`)

    expect(seen.text).toMatch(/After school.*Large print, A quiet place, No bright light.*Urdu.*A woman/)
    expect(seen.text).not.toContain('brother')
    expect(record.text).toMatch(
      /My brother must not know.*Interpreter: A woman, Large print, A quiet place, No bright light/,
    )
    expect((await coach.open(`/people/${person}/details`)).text).toContain('The person themselves')
    expect((await coach.open(`/people/${person}/needs`)).text).toContain('by the person themselves')
  })

  it('begins with a page that says what is missing, and is theirs alone', async () => {
    const seen = await (await app.asParticipant(await aPerson(app, { means: [] }))).open('/my/details')

    expect(seen.text).toContain('You have given us no phone number and no address')
    expect(seen.text).toContain('Nothing said yet')
    expect((await app.visitor().open('/my/details')).status).not.toBe(200)
  })
})
