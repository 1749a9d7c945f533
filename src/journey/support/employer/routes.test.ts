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

const on = (name: string, day: string): Fields => ({
  [`${name}-day`]: day,
  [`${name}-month`]: '1',
  [`${name}-year`]: '2026',
})

/** Somebody whose manager we know, and of whom one thing could be said. */
async function employed(part = 'line-manager') {
  const { person, episode } = await anEpisode(app, { familyName: newId().slice(-6) })
  const coach = await app.as(app.cast.coach)
  const [workplace, sentence, address] = [newId(), newId(), `/people/${person}/employer`]
  const jo = { id: workplace, organisation: 'Hillside Bakery', contact: 'Jo Ray', part, email: 'jo@hill.example.org' }
  await coach.sendAndFollow(address, jo)
  await coach.send(`${address}/sentences`, { id: sentence, kind: 'helps', words: 'A stool at the counter' })
  const saying = (more: Fields = {}): Fields => ({ id: newId(), sentences: sentence, how: 'telephone', ...more })
  return { person, episode, coach, address, workplace, sentence, saying, jo }
}

const asksOutside = (kind: string, organisation = 'Hillside Bakery'): Fields => ({
  ...{ id: newId(), kind, organisation, email: 'who@hill.example.org', asks: 'Could they sit?' },
})

describe('The employer of a person', () => {
  it('stands on their record with whom we talk to, and is told nothing until the person says what', async () => {
    const { coach, address, workplace, saying } = await employed()
    const before = await coach.open(address)
    const nothing = await coach.send(`${address}/${workplace}/saying`, { ...saying(), sentences: '' })
    const after = await coach.sendAndFollow(`${address}/${workplace}/saying`, saying({ adjustments: 'yes' }))

    expect(before.text).toMatch(/Jo Ray, Hillside Bakery .*Their line manager .*May be told Nothing/)
    expect([nothing.status, nothing.text]).toEqual([422, expect.stringContaining('Tick at least one thing')])
    expect(after.text).toMatch(/What helps: A stool at the counter The adjustments that are asked for/)
    expect(after.text).toMatch(/Said today 10:00, to Carol Coach/)
  })

  it('is told nothing more of a sentence that is taken away, nor of anything once the person says so', async () => {
    const { coach, address, workplace, sentence, saying } = await employed()
    await coach.send(`${address}/${workplace}/saying`, saying({ phasedReturn: 'yes' }))
    const without = await coach.sendAndFollow(`${address}/sentences/${sentence}/withdrawal`)
    const unsaid = await coach.send(`${address}/${workplace}/silence`, { id: newId() })
    const silent = await coach.sendAndFollow(`${address}/${workplace}/silence`, { id: newId(), saidHow: 'telephone' })

    expect(without.text).toMatch(/May be told The phased return, without pay/)
    expect(without.text).not.toContain('A stool at the counter')
    expect(unsaid.text).toContain('Select how the person said so')
    expect(silent.text).toMatch(/May be told Nothing/)
  })

  it('says that a sentence is taken away already where that is pressed twice', async () => {
    const { coach, address, sentence } = await employed()
    const path = `${address}/sentences/${sentence}/withdrawal`
    await coach.send(path)
    const twice = await coach.send(path)
    const other = await employed()
    const foreign = await coach.send(`${other.address}/sentences/${sentence}/withdrawal`)

    expect([twice.status, twice.location]).toEqual([303, `${address}#sentences`])
    expect((await coach.open(address)).text).toContain('It is taken away already. It is said to nobody.')
    expect(foreign.status).toBe(404)
    expect(foreign.html).toContain(`<a href="${other.address}">Open the page that it belongs to</a>`)
  })

  it('keeps how it was before when it changes, ends and goes on', async () => {
    const { coach, address, workplace, jo } = await employed()
    const page = `${address}/${workplace}`
    await coach.send(page, { ...jo, contact: 'Jay Oak', version: '1' })
    const early = await coach.send(`${page}/ending`, { version: '2', ...on('ended', '13') })
    const ended = await coach.sendAndFollow(`${page}/ending`, { version: '2', ...on('ended', '11') })
    const history = await coach.open(page)
    const again = await coach.sendAndFollow(`${page}/resumption`, { version: '3' })

    expect(early.text).toContain('Enter today or a day that has passed')
    expect(ended.text).toMatch(/Nobody is written down yet .*Whom we talked to before \(1\) Jay Oak/)
    expect(history.text).toMatch(/So far Ended: Jay Oak, Hillside Bakery .*Jay Oak, Hillside Bakery .*Jo Ray, Hillside/)
    expect(again.text).toMatch(/talk to them again.*Jay Oak, Hillside Bakery/)
  })

  it('may be somebody who can only be written to by post, and whose address changes', async () => {
    const { coach, address, jo } = await employed()
    const [id, byPost] = [newId(), { ...jo, email: '', phone: '', contact: 'Pia Post' }]
    await coach.send(address, { ...byPost, id, postal: 'Hillside Bakery\n4 Mill Lane' })
    const before = await coach.open(address)
    await coach.send(`${address}/${id}`, { ...byPost, postal: 'Hillside Bakery\n9 New Road', version: '1' })
    const history = await coach.open(`${address}/${id}`)

    expect(before.text).toMatch(/Pia Post.*Postal address Hillside Bakery, 4 Mill Lane/)
    expect(history.text).toMatch(/Hillside Bakery, 9 New Road.*Hillside Bakery, 4 Mill Lane/)
  })

  it.each([
    [{ email: '', phone: '' }, 'Enter a phone number, an email address or a postal address'],
    [{ email: 'jo at hill' }, 'Enter an email address like'],
    [{ part: '' }, 'Select who they are'],
  ])('loses nothing that was typed when it is wrong: %o', async (wrong, says) => {
    const { coach, address, jo } = await employed()
    const sent = await coach.send(address, { ...jo, id: newId(), contact: 'Typed Name', ...wrong })

    expect([sent.status, sent.text]).toEqual([422, expect.stringContaining(says)])
    expect(sent.html).toContain('value="Typed Name"')
  })
})

describe('The occupational health of an employer', () => {
  it('is answered for by itself: a yes to the employer opens nothing to it', async () => {
    const { coach, person, address, workplace, saying } = await employed('occupational-health')
    const yes = { form: newId(), how: 'telephone', employer: 'yes', 'employer-allows': 'summary' }
    await coach.send(`/people/${person}/agreements`, yes)
    const general = await coach.open(address)
    const readOut = await coach.open(`${address}/${workplace}/saying`)
    const preview = await coach.send(`/people/${person}/requests/preview`, asksOutside('occupational-health'))
    const employer = await coach.send(`/people/${person}/requests/preview`, asksOutside('employer'))
    await coach.send(`${address}/${workplace}/saying`, saying())
    const own = await coach.send(`/people/${person}/requests/preview`, asksOutside('occupational-health'))

    expect(general.text).toMatch(/May be told Nothing/)
    expect(readOut.text).toContain('“my employer” means Occupational health of Hillside Bakery here')
    expect([preview.status, preview.text]).toEqual([
      422,
      expect.stringContaining('not agreed that Occupational health of Hillside Bakery is told this much'),
    ])
    expect([employer.status, own.status]).toEqual([200, 200])
    expect((await coach.open(`/people/${person}/agreements`)).text).toContain('Occupational health of Hillside Bakery')
  })

  it('is closed by a no to employers in general', async () => {
    const { coach, person, address, workplace, saying } = await employed('occupational-health')
    await coach.send(`${address}/${workplace}/saying`, saying())
    app.clock.pass({ minutes: 1 })
    await coach.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', employer: 'no' })

    expect((await coach.open(address)).text).toMatch(/May be told Nothing/)
  })
})

describe('A talk with an employer', () => {
  const talk = (workplace: string, more: Fields = {}): Fields => ({
    ...{ id: newId(), workplace, kind: 'call', minutes: '20', note: 'They keep the job open', ...on('on', '9') },
    ...more,
  })

  it('is written down with its minutes, once, and stands in the story', async () => {
    const { coach, address, workplace, person } = await employed()
    const call = talk(workplace)
    await coach.send(`${address}/talks`, call)
    await coach.send(`${address}/talks`, call)
    await coach.send(`${address}/talks`, talk(workplace, { kind: 'visit', minutes: '90' }))
    const visited = await coach.open(address)
    const story = await coach.open(`/people/${person}?kind=support`)

    expect(visited.text).toContain('1 call, 1 visit to the workplace: 1 hour 50 minutes in all.')
    expect(story.text).toMatch(/Call with Jo Ray, Hillside Bakery, 20 minutes .*They keep the job open/)
  })

  it('is counted by kind for whoever lists the people, and not once it is taken back', async () => {
    const { address, workplace } = await employed()
    app.clock.set('2026-03-12T10:00:00Z')
    const coach = await app.as(app.cast.coach)
    const march = { 'on-month': '3' }
    const letter = talk(workplace, { kind: 'letter', minutes: '33', ...march })
    await coach.send(`${address}/talks`, letter)
    await coach.send(`${address}/talks`, talk(workplace, { kind: 'meeting', minutes: '45', ...march }))
    const manager = await app.as(app.cast.manager)
    const counted = await manager.open('/employer-talks')
    const letters = await manager.open('/employer-talks?kind=letter')
    await coach.send(`${address}/talks/${String(letter['id'])}/withdrawal`)
    const after = await manager.open('/employer-talks')

    expect(counted.text).toMatch(/1 Meetings 45 minutes, for 1 person 1 Letters 33 minutes|1 Letters.*1 Meetings/)
    expect(counted.text).toContain('2 talks, 1 hour 18 minutes')
    expect(letters.text).toContain('1 talk, 33 minutes')
    expect(after.text).toContain('1 talk, 45 minutes')
    expect((await (await app.as(app.cast.coachElsewhere)).open('/employer-talks')).text).toContain('0 talks')
  })

  it.each([
    [{ minutes: '0' }, 'Enter the minutes it took'],
    [on('on', '13'), 'Enter today or a day that has passed'],
    [{ workplace: newId() }, 'Select with whom'],
    [{ note: '' }, 'Enter what was said or agreed'],
  ])('is put right where it is wrong: %o', async (wrong, says) => {
    const { coach, address, workplace } = await employed()
    const sent = await coach.send(`${address}/talks`, talk(workplace, wrong))

    expect([sent.status, sent.text]).toEqual([422, expect.stringContaining(says)])
  })

  it('is as if it were not there for somebody who may not open the record', async () => {
    const { address } = await employed()
    const other = await app.as(app.cast.coachElsewhere)
    const [foreign, absent] = [await other.open(address), await other.open(`/people/${newId()}/employer`)]

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(foreign.status).toBe(404)
  })
})
