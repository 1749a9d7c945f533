import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { allYes, dayFields, openedBehind, putToEmployer, readyToAsk, theirAnswers } from '#test/people/employer.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const recorded = { byName: 'Jo Ray, manager', how: 'telephone' }
const messagesAbout = async (proposal: string) =>
  (await app.owner.query('select from notify.message where about = $1', [proposal])).rowCount
const standingOf = async (adjustment: string) =>
  (await app.owner.query('select standing from adjustments.step where adjustment = $1 order by id', [adjustment])).rows

describe('What was put to an employer and has changed since', () => {
  const changed = async () => {
    const put = await putToEmployer(app)
    const stool = { kind: 'equipment', what: 'A stool', askedBy: 'participant', ...dayFields('asked', '2026-01-12') }
    const words = await put.coach.send(`${put.spell}/adjustments/${put.chair}/words`, { ...stool, version: '1' })
    expect(words.status).toBe(303)
    return put
  }

  it('goes to them no more, by link or by letter', async () => {
    const put = await changed()
    const before = await messagesAbout(put.proposal)
    const page = await put.coach.open(`/three-way/${put.proposal}`)
    const again = await put.coach.sendAndFollow(`/three-way/${put.proposal}/sending`)
    const letter = await put.coach.sendAndFollow(`/three-way/${put.proposal}/letter`)

    expect(page.text).not.toMatch(/Send a new link|Print a letter/)
    for (const { text } of [again, letter])
      expect(text).toContain('“A chair with arms” is now “A stool”. Put the new text to them')
    expect(await messagesAbout(put.proposal)).toBe(before)
  })

  it('is answered as it stood: nothing is agreed or declined of words that nobody was asked for', async () => {
    const put = await changed()
    const before = await standingOf(put.chair)
    const behind = await openedBehind(app, put)
    const answered = await behind.send({ ...theirAnswers, id: newId() })
    await put.coach.send(`/three-way/${put.proposal}/answer`, { id: newId(), ...allYes, ...recorded })

    expect(answered.status).toBe(200)
    expect(await standingOf(put.chair)).toEqual(before)
    expect(await standingOf(put.later)).not.toEqual([])
  })
})

describe('An answer that a coach writes down', () => {
  it('is none to what never went to them and may not go any more', async () => {
    const ready = await readyToAsk(app)
    const proposal = newId()
    const put = { id: proposal, workplace: ready.workplace, asks: 'Could these be done?', items: [ready.chair] }
    await ready.coach.send(`${ready.spell}/three-way`, put)
    app.clock.pass({ minutes: 1 })
    const silence = { id: newId(), saidHow: 'telephone' }
    expect((await ready.coach.send(`${ready.employer}/${ready.workplace}/silence`, silence)).status).toBe(303)
    const said = {
      id: newId(),
      answer1: 'agree',
      ...dayFields('from1', '2026-02-02'),
      note: 'From Monday',
      ...recorded,
    }
    const late = await ready.coach.send(`/three-way/${proposal}/answer`, said)
    const { rows } = await app.owner.query('select sent_at from three_way.proposal where id = $1', [proposal])

    expect([late.status, late.html.includes('From Monday')]).toEqual([422, true])
    expect(late.text).toContain('They were told nothing of it here')
    expect(rows).toEqual([{ sent_at: null }])
  })
})

describe('Once all three agree', () => {
  it('the coach is asked to tell the employer, and still finds the code of their link', async () => {
    const put = await putToEmployer(app)
    const behind = await openedBehind(app, put)
    await behind.send({ ...allYes, id: newId() })
    const { rows } = await app.owner.query('select id from three_way.reply where proposal = $1', [put.proposal])
    for (const says of ['person-telephone', 'coach'])
      await put.coach.send(`/three-way/${put.proposal}/consents`, { id: newId(), reply: String(rows[0]?.id), says })
    const page = await put.coach.open(`/three-way/${put.proposal}`)

    expect(page.text).toMatch(/Agreed by all three.*Tell the employer that all three agree/)
    expect(page.text).toMatch(new RegExp(`The code for their link.*${put.code.slice(0, 3)} ${put.code.slice(3)}`))
  })
})
