import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const isOn = (page: { html: string }, id: string) => page.html.includes(`href="/advice/${id}"`)

async function asked() {
  const { person, episode } = await anEpisode(app, { familyName: newId().slice(-6) })
  const [coach, clinician, id] = [await app.as(app.cast.coach), await app.as(app.cast.clinician), newId()]
  const question = { id, askedOf: app.cast.clinician.membership, asks: 'Which tasks could they do?' }
  const sent = await coach.sendAndFollow(`/episodes/${episode}/advice`, question)
  return { person, episode, coach, clinician, id, question, sent }
}

describe('Advice from the occupational health of the team', () => {
  it('stands on the day of whoever was asked, and then on the coach’s until it is read', async () => {
    const { coach, clinician, person, id, sent } = await asked()
    const [theirs, ours] = [await clinician.open('/day'), await coach.open('/day')]
    const empty = await clinician.send(`/advice/${id}/answer`, { advises: '' })
    const given = await clinician.sendAndFollow(`/advice/${id}/answer`, { advises: 'Seated work for two weeks' })
    const again = await clinician.send(`/advice/${id}/answer`, { advises: 'Something else' })
    const [done, waiting] = [await clinician.open('/day'), await coach.open('/day')]
    const read = await coach.sendAndFollow(`/advice/${id}/reading`)

    expect(sent.text).toMatch(/Which tasks could they do\? .*Waiting for advice/)
    expect([isOn(theirs, id), isOn(ours, id), isOn(done, id), isOn(waiting, id)]).toEqual([true, false, false, true])
    expect(theirs.text).toContain('Asked for your advice')
    expect([empty.status, again.status]).toEqual([422, 409])
    expect((await coach.open(`/people/${person}?kind=team`)).text).toMatch(
      /Advice of occupational health .*Which tasks could they do\? Seated work for two weeks/,
    )
    expect(given.text).toContain('Seated work for two weeks')
    expect(read.text).toMatch(/Read Today 10:00, Carol Coach/)
    expect(isOn(await coach.open('/day'), id)).toBe(false)
  })

  it('is not lost without a word where other advice was sent from another tab, and is sent once where it is the same', async () => {
    const { coach, clinician, id, episode } = await asked()
    await clinician.send(`/advice/${id}/answer`, { advises: 'Seated work for two weeks' })
    const same = await clinician.send(`/advice/${id}/answer`, { advises: 'Seated work for two weeks' })
    const other = await clinician.send(`/advice/${id}/answer`, { advises: 'No sitting at all' })
    const late = { id: newId(), askedOf: app.cast.clinician.membership, asks: 'And lifting?' }
    await coach.send(`/episodes/${episode}/advice`, late)
    await coach.send(`/advice/${late.id}/withdrawal`)
    const takenBack = await clinician.send(`/advice/${late.id}/answer`, { advises: 'Ten kilos' })

    expect([same.status, other.status, takenBack.status]).toEqual([303, 409, 409])
    expect(other.text).toMatch(
      /Other advice was sent since you opened this page.*Seated work for two weeks.*which was not saved No sitting at all/,
    )
    expect(takenBack.text).toMatch(/The question was taken back.*was not sent.*which was not saved Ten kilos/)
  })

  it('is asked of a clinician of one’s own organisation alone, and taken back while nobody has advised', async () => {
    const { coach, clinician, episode, id, question } = await asked()
    const wrong = { ...question, id: newId(), askedOf: app.cast.manager.membership, asks: 'What I typed' }
    const refused = await coach.send(`/episodes/${episode}/advice`, wrong)
    const back = await coach.sendAndFollow(`/advice/${id}/withdrawal`)

    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('What I typed')])
    expect(back.text).toContain('Taken back')
    expect(isOn(await clinician.open('/day'), id)).toBe(false)
  })

  it('is given by nobody else, and is as if it were not there for whoever may not open the record', async () => {
    const { coach, id } = await asked()
    const other = await app.as(app.cast.coachElsewhere)
    const [foreign, absent] = [await other.open(`/advice/${id}`), await other.open(`/advice/${newId()}`)]

    expect((await coach.send(`/advice/${id}/answer`, { advises: 'Mine' })).status).toBe(404)
    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(foreign.status).toBe(404)
  })
})
