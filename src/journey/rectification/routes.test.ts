import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import { askedAbout } from '#test/people/asking.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const complain = /Information Commissioner’s Office on 0303 123 1113/

/** The messages that were written to somebody about an answer. */
async function messagesTo(person: string) {
  const { rows } = await app.owner.query(
    `select channel, address, body from notify.message where person = $1 and kind = 'rectification.answered'`,
    [person],
  )
  return rows
}

/** Somebody said that something is wrong, and the coach answers so. */
async function answered(result: string, words: string, whose?: string) {
  const asked = await askedAbout(app, whose)
  const coach = await app.as(app.cast.coach)
  const page = await coach.sendAndFollow(`/corrections/${asked.correction}`, { result, words })
  return { ...asked, coach, page }
}

describe('Somebody who says in their space that something on their record is wrong', () => {
  const says = 'My birthday is the first of March, and not the last of February'

  it('reads what they said and by when we answer, and the team has it on its list', async () => {
    const person = await aPerson(app, { familyName: 'Birthday' })
    const own = await app.asParticipant(person)
    const form = { id: newId(), about: 'who', says }
    const said = await own.sendAndFollow('/my/corrections', form)
    await own.send('/my/corrections', form)
    const list = await (await app.as(app.cast.manager)).open('/record-requests')
    const page = await (await app.as(app.cast.coach)).open(`/corrections/${form.id}`)

    expect(said.text).toContain('We have what you told us')
    expect(said.text).toContain(says)
    expect(said.text).toContain('You have our answer by 5 February 2026.')
    expect(list.text).toMatch(/Sam Birthday Something is wrong: who they are 5 January 2026 .*5 February 2026 Open/)
    expect(list.html.match(new RegExp(form.id, 'g'))).toHaveLength(1)
    expect(page.text).toMatch(/Asked 5 January 2026, in their space/)
    expect((await (await app.as(app.cast.manager)).open('/board')).text).toMatch(
      /(Somebody waits|people wait) for an answer about their record, due in more than 7 days: see who asked/,
    )
    expect(page.text).not.toContain('Written down by')
  })

  it('is told to their coach among what changed, with where to read it', async () => {
    const { person } = await anEpisode(app, { familyName: 'Telling' })
    await (await app.asParticipant(person)).send('/my/corrections', { id: newId(), about: 'who', says })
    const day = await (await app.as(app.cast.coach)).open('/day')

    expect(day.text).toMatch(/Robin Telling Says that something on their record is wrong/)
    expect(day.html).toContain(`href="/people/${person}/keeping"`)
  })

  it('is asked for what is missing, and keeps what they typed', async () => {
    const own = await app.asParticipant(await aPerson(app, { familyName: 'Missing' }))
    const page = await own.send('/my/corrections', { id: newId(), says })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select what it is about')
    expect(page.html).toContain(says)
  })

  it('finds the way there from their details and from where they ask for a copy', async () => {
    const own = await app.asParticipant(await aPerson(app, { familyName: 'Ways' }))
    for (const page of ['/my', '/my/details', '/my/copy'])
      expect((await own.open(page)).html).toContain('href="/my/corrections"')
  })
})

describe('Our answer to what somebody says is wrong in their record', () => {
  it('stands on the first of their pages until they have opened it', async () => {
    const { person } = await answered('corrected', 'The date is put right')
    const own = await app.asParticipant(person)
    const answer = 'We have answered what you told us about your record'
    const before = await own.open('/my')
    await own.open('/my/corrections')

    expect(before.text).toContain(answer)
    expect((await own.open('/my')).text).not.toContain(answer)
  })

  it('is told to them by message, without a word of it, and read in their space', async () => {
    const { person, page } = await answered('corrected', 'We took out the sentence about drinking')
    const own = await (await app.asParticipant(person)).open('/my/corrections')

    expect(page.text).toContain('A message tells them where to read it')
    expect(await messagesTo(person)).toEqual([
      {
        ...{ channel: 'text', address: '07700 900123' },
        body: 'Your question about your record is answered. To read it, go to http://localhost:3000/my/corrections and sign in.',
      },
    ])
    expect(own.text).toContain('I never said that I drink')
    expect(own.text).toContain('It was wrong. We have put it right.')
    expect(own.text).toContain('We took out the sentence about drinking')
    expect(own.text).not.toContain('Information Commissioner')
  })

  it.each([
    ['noted', 'Our reasons'],
    ['partly', 'What we did, and our reasons'],
  ])('that leaves something as it is (%s) says why, and where to complain', async (result, label) => {
    const { person, page } = await answered(result, 'It was written as the doctor told it')
    const own = await (await app.asParticipant(person)).open('/my/corrections')

    expect(page.text).toContain('It was written as the doctor told it')
    expect(page.text).toMatch(complain)
    expect(own.text).toMatch(/[Yy]our words (stand )?beside it/)
    expect(own.text).toContain(`${label} It was written as the doctor told it`)
    expect(own.text).toContain('complain to the Information Commissioner’s Office: 0303 123 1113')
    expect(own.text).toContain('You can also ask a court to decide')
  })

  it('is not accepted without the reasons', async () => {
    const { correction } = await askedAbout(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.send(`/corrections/${correction}`, { result: 'noted', words: '' })

    expect(page.status).toBe(422)
    expect(page.text).toContain('your reasons where something stays as it is')
  })

  it('is told by the team itself, with a letter to print, where no message can go', async () => {
    const ring = await aPerson(app, { familyName: 'Landline', means: [{ kind: 'telephone', value: '01632 960001' }] })
    const closed = await aPerson(app, { familyName: 'Closed' })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${closed}/online`, { reason: 'shared-phone', note: 'Her son has it' })
    for (const whose of [ring, closed]) {
      const { page } = await answered('corrected', 'We corrected the day', whose)
      expect(page.text).toContain('No message tells them: tell them yourself')
      expect(page.text).toContain('print the answer below and give it to them, by 5 February 2026')
      expect(page.text).toMatch(/Dear Sam.*You told us on 5 January 2026.*We corrected the day/)
      expect(page.text).not.toMatch(complain)
      expect(await messagesTo(whose)).toEqual([])
    }
  })

  it('is told once where it is sent twice, and stands as it was first given', async () => {
    const { person, coach, correction } = await answered('corrected', 'The first answer')
    const again = await coach.sendAndFollow(`/corrections/${correction}`, {
      result: 'noted',
      words: 'The second answer',
    })

    expect(again.text).toContain('This was answered before')
    expect(again.text).toContain('The first answer')
    expect(again.text).not.toContain('The second answer')
    expect(await messagesTo(person)).toHaveLength(1)
  })

  it('is read by nobody else: another person sees nothing of it in their space', async () => {
    await answered('corrected', 'The answer to somebody else')
    const stranger = await aPerson(app, { familyName: 'Stranger' })
    const own = await (await app.asParticipant(stranger)).open('/my/corrections')

    expect(own.text).toContain('Tell us what is wrong')
    expect(own.text).not.toContain('The answer to somebody else')
  })
})
