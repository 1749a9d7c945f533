import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { agree, anAcceptedPerson, withQuestionnaires } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
})
afterAll(() => app.close())

const worst = 'Thoughts that you would be better off dead'
const moodOf = (answer: string, items: readonly number[]) =>
  Object.fromEntries(items.map((item) => [`phq-9-item-${item}`, answer]))

/** Somebody reads what people answer by themselves. */
async function nameCover(): Promise<void> {
  const points = [1, 2, 3, 4, 5, 6].flatMap((n): [string, string][] => [
    [`point-${n}`, `Point ${n}`],
    [`how-${n}`, 'As agreed'],
  ])
  await (
    await app.as(app.cast.manager)
  ).send('/area/safety', {
    ...Object.fromEntries(points),
    ...{ id: randomUUIDv7(), readFrom: '09:00', readUntil: '16:30', minutesNow: '5', minutesOtherwise: '20' },
    ...{ outOfHours: 'Ring 01632 960555', cover: app.cast.seniorCoach.membership, version: 'none' },
    ...{ 'from-day': '5', 'from-month': '1', 'from-year': '2026' },
  })
}

/** A coach gives somebody a link by hand. */
async function handed(instruments: readonly string[]) {
  const { person } = await anAcceptedPerson(app)
  const coach = await app.as(app.cast.coach)
  const id = randomUUIDv7()
  const path = `/people/${person}/questionnaires/links`
  const page = await coach.send(path, { id, instruments, days: '7', handing: 'staff' })
  const link = /\/l\/[\w.-]+/.exec(page.html)?.[0] ?? ''
  return { person, coach, id, path, link }
}

/** They may be sent texts, and want them. */
async function reachable(person: string): Promise<void> {
  await app.owner.query(
    `insert into people.means (area, id, person, kind, value, safe, wanted, added_at, theirs_at, theirs_of)
       select area, $2, id, 'mobile', '07700 900123', true, true, now(), now(), id
       from people.person where id = $1`,
    [person, randomUUIDv7()],
  )
  await anAnswer(app, person, 'contact', true)
}

const answersOf = async (person: string) =>
  (
    await app.owner.query(
      'select instrument, score, answered_by from questionnaires.answer where person = $1 order by id',
      [person],
    )
  ).rows
const givenBy = async (person: string) =>
  (await app.owner.query('select instrument, items from questionnaires.answer where person = $1 order by id', [person]))
    .rows
const concernsOf = async (person: string) =>
  (await app.owner.query('select kind, source from safety.concern where person = $1', [person])).rows

describe('Somebody who answers by a link', () => {
  it('goes from part to part, stops, goes on later, and is not shown again what they answered', async () => {
    const { person, coach, link, path } = await handed(['rulers', 'gad-7'])
    const phone = app.visitor()
    const first = await phone.open(link)
    const second = await phone.sendAndFollow(link, { part: 'rulers', 'rulers-importance': '8', step: 'on' })
    const stopped = await phone.send(link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'later' })
    const onAnother = app.visitor()
    const again = await onAnother.open(link)

    expect(first.text).toMatch(/Part 1 of 2.*How important is it to you.*Save and go on/)
    expect(second.text).toMatch(/Part 2 of 2.*Feeling nervous/)
    expect(stopped.text).toMatch(
      /Your answers so far are saved.*until 12 January 2026|Your answers so far are saved.*Monday 12 January 2026/,
    )
    expect(again.text).toMatch(/Part 2 of 2.*They are not shown here.*Not being able to stop/)
    expect(again.text).not.toContain('Feeling nervous')
    expect(await answersOf(person)).toEqual([])
    const rest = Object.fromEntries([2, 3, 4, 5, 6, 7].map((item) => [`gad-7-item-${item}`, '1']))
    const sent = await onAnother.send(link, { part: 'gad-7', ...rest, step: 'send' })
    await onAnother.send(link, { part: 'gad-7', ...rest, step: 'send' })

    expect(sent.text).toContain('Your answers are sent')
    expect(await answersOf(person)).toEqual([
      { instrument: 'rulers', score: null, answered_by: 'self' },
      { instrument: 'gad-7', score: 9, answered_by: 'self' },
    ])
    expect((await app.owner.query('select from questionnaires.begun')).rows).toEqual([])
    expect((await phone.open(link)).text).not.toContain('Feeling nervous')
    expect((await coach.open(path)).text).toContain('Answered')
  })

  it('is told of to their coach on their day, once, with where the answers are read', async () => {
    const { person, coach, link } = await handed(['rulers', 'gad-7'])
    const phone = app.visitor()
    await phone.open(link)
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'on' })
    const before = await coach.open('/day')
    await phone.send(link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'send' })
    const after = await coach.open('/day')
    const where = `href="/people/${person}/questionnaires"`

    expect(before.html).not.toContain(where)
    expect(after.text).toMatch(/What changed since .*Answered questions about how they are Read the answers/)
    expect(after.html.split(where)).toHaveLength(2)
    expect((await (await app.as(app.cast.otherCoach)).open('/day')).html).not.toContain(where)
  })

  it('may answer a part again from the start, and cannot send nothing', async () => {
    const { link } = await handed(['rulers'])
    const phone = app.visitor()
    await phone.open(link)
    const nothing = await phone.send(link, { part: 'rulers', step: 'send' })
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'later' })
    const again = await phone.sendAndFollow(link, { part: 'rulers', step: 'again' })

    expect([nothing.status, nothing.text.includes('Answer at least one question')]).toEqual([422, true])
    expect(again.text).toContain('How important is it to you')
  })

  it('is not asked about hurting themselves while nobody is named who reads it', async () => {
    const { person, link } = await handed(['phq-9'])
    const phone = app.visitor()

    expect((await phone.open(link)).text).not.toContain(worst)
    await phone.send(link, { part: 'phq-9', ...moodOf('1', [1, 9]), step: 'send' })
    expect(await concernsOf(person)).toEqual([])
  })

  it('reads before they answer when it is read, and opens one concern as soon as they save', async () => {
    await nameCover()
    const { person, link } = await handed(['phq-9'])
    const phone = app.visitor()
    const before = await phone.open(link)
    const saved = await phone.send(link, { part: 'phq-9', ...moodOf('1', [9]), step: 'later' })
    const open = await concernsOf(person)
    const sent = await phone.send(link, { part: 'phq-9', ...moodOf('2', [1, 2, 3]), step: 'send' })

    expect(before.text).toMatch(
      /better off dead.*Nobody reads them at this moment.*today, before 16:30.*as soon as you save it.*Samaritans: 116 123/,
    )
    expect(saved.text).toMatch(/You do not have to be alone with this.*Samaritans: 116 123.*Go on with the questions/)
    expect(open).toEqual([{ kind: 'self-harm', source: 'questionnaire' }])
    expect(sent.text).toContain('You do not have to be alone with this')
    expect(await concernsOf(person)).toHaveLength(1)
    expect((await app.visitor().open(link)).text).not.toContain('alone with this')
  })

  it('is heard who was asked, also where the area has switched the questions off before they send', async () => {
    await nameCover()
    const { person, link } = await handed(['rulers', 'phq-9'])
    const phone = app.visitor()
    await phone.open(link)
    const page = await phone.sendAndFollow(link, { part: 'rulers', 'rulers-importance': '8', step: 'on' })
    await withQuestionnaires(app, 'north', ['gad-7'])
    const hidden = { part: 'phq-9', 'asked-for-somebody': 'yes' }
    const sent = await phone.send(link, { ...hidden, ...moodOf('1', [1, 9]), step: 'send' })
    await phone.send(link, { ...hidden, ...moodOf('1', [1, 9]), step: 'send' })
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])

    expect(page.html).toMatch(/name="asked-for-somebody" value="yes"/)
    expect(sent.text).toMatch(/You do not have to be alone with this.*Samaritans: 116 123/)
    expect(await concernsOf(person)).toEqual([{ kind: 'self-harm', source: 'questionnaire' }])
    expect((await answersOf(person)).map(({ instrument }) => instrument)).toEqual(['rulers', 'phq-9'])
  })

  it('is told that a part is no longer asked, and what they had begun of it is kept and sent with the rest', async () => {
    const { person, coach, path, link } = await handed(['rulers', 'gad-7'])
    const phone = app.visitor()
    await phone.open(link)
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'later' })
    await phone.send(link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'later' })
    await withQuestionnaires(app, 'north', [])
    const after = await phone.open(link)
    const waits = await coach.open(path)
    const [sat, later] = [
      await phone.sendAndFollow(link, { part: 'gad-7', 'gad-7-item-2': '2', step: 'on' }),
      await phone.send(link, { part: 'rulers', 'rulers-confidence': '4', step: 'later' }),
    ]
    const sent = await phone.send(link, { part: 'rulers', step: 'send' })
    const again = await phone.open(link)
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    const asIfAsked = await phone.open(link)
    const listed = await coach.open(path)

    for (const page of [after, sat, later])
      expect(page.text).toContain('What you answered of them is kept, and is sent with your other answers.')
    for (const page of [waits, listed]) expect(page.text).toMatch(/: no longer asked; begun and not finished/)
    expect(after.text).toMatch(/How confident are you.*Send my answers/)
    expect(after.text).not.toContain('Part 1 of 2')
    for (const page of [sent, again, asIfAsked])
      expect(page.text).toMatch(/Your answers are sent.*no longer asked. What you answered of them is kept\./)
    expect(await givenBy(person)).toEqual([
      { instrument: 'rulers', items: { importance: '8', confidence: '4' } },
      { instrument: 'gad-7', items: { 'item-1': '3', 'item-2': '2' } },
    ])
  })

  it('keeps what was answered of a part that is no longer asked, also where they press to answer it again', async () => {
    const { person, link } = await handed(['rulers', 'gad-7'])
    const phone = app.visitor()
    await phone.open(link)
    await phone.send(link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'later' })
    await withQuestionnaires(app, 'north', ['phq-9'])
    await phone.send(link, { part: 'gad-7', step: 'again' })
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'send' })
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])

    expect(await givenBy(person)).toContainEqual({ instrument: 'gad-7', items: { 'item-1': '3' } })
  })

  it('may send what they answered where nothing is asked any more, and is asked for nothing where they had not begun', async () => {
    const [begun, untouched] = [await handed(['gad-7']), await handed(['gad-7'])]
    const phone = app.visitor()
    await phone.open(begun.link)
    await phone.send(begun.link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'later' })
    await withQuestionnaires(app, 'north', ['phq-9'])
    const left = await phone.open(begun.link)
    const stopped = await phone.sendAndFollow(begun.link, { part: 'gad-7', 'gad-7-item-2': '1', step: 'later' })
    const sent = await phone.send(begun.link, { step: 'send' })
    const nothing = await phone.open(untouched.link)
    const refused = await phone.send(untouched.link, { part: 'gad-7', step: 'send' })
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])

    for (const page of [left, stopped])
      expect(page.text).toMatch(/These questions are no longer asked.*You can still send it.*Send my answers/)
    expect(sent.text).toContain('What you answered of them is kept.')
    expect(await givenBy(begun.person)).toEqual([{ instrument: 'gad-7', items: { 'item-1': '3', 'item-2': '1' } }])
    expect([nothing.status, refused.status]).toEqual([200, 422])
    for (const page of [nothing, refused]) {
      expect(page.text).toMatch(/These questions are no longer asked You do not need to answer them\..*116 123/)
      expect(page.text).not.toContain('Send my answers')
    }
  })

  it('is heard also from a second tab, after what was in the first was sent', async () => {
    await nameCover()
    const { person, link } = await handed(['phq-9'])
    const phone = app.visitor()
    await phone.open(link)
    await phone.send(link, { part: 'phq-9', ...moodOf('0', [1, 9]), step: 'send' })
    const second = { part: 'phq-9', ...moodOf('3', [9]), step: 'send' }
    const heard = await phone.send(link, second)
    await phone.send(link, second)

    expect(heard.text).toMatch(/You do not have to be alone with this.*Samaritans: 116 123/)
    expect(await concernsOf(person)).toHaveLength(1)
  })

  it('reads the frame and our own questions in their language, and of agreed ones that they are in English', async () => {
    const { link } = await handed(['rulers', 'gad-7'])
    const phone = app.visitor()
    const ours = await phone.open(`${link}?language=ar`)
    const agreed = await phone.sendAndFollow(link, { part: 'rulers', step: 'on' })

    expect(ours.text).toMatch(/الجزء .*احفظ وتابع.*احفظ وتوقف الآن/)
    expect(ours.text).not.toMatch(/How important|Save and/)
    expect(agreed.text).toContain('بعض هذه الأسئلة باللغة الإنجليزية فقط')
  })
})

describe('Whoever asked somebody by a link', () => {
  it('reads what is no longer asked, and how far they came with it, as long as it waits and once it was sent', async () => {
    const { coach, path, link } = await handed(['rulers', 'gad-7', 'phq-9'])
    const phone = app.visitor()
    const asked = await coach.open(path)
    await phone.open(link)
    const whole = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((item) => [`gad-7-item-${item}`, '0']))
    await phone.send(link, { part: 'gad-7', ...whole, step: 'on' })
    await withQuestionnaires(app, 'north', [])
    const waits = await coach.open(path)
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'send' })
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    const sent = await coach.open(path)

    expect(asked.text).not.toContain('no longer asked')
    for (const { text } of [waits, sent])
      expect(text).toMatch(
        /Importance and confidence GAD-7 \(anxiety\): no longer asked; they had answered it PHQ-9 \(low mood\): no longer asked; they had not begun it/,
      )
    expect(sent.text).toContain('Answered')
  })

  it('reads nothing of that where it was switched off after they had sent it, or was taken back', async () => {
    const [first, second] = [await handed(['gad-7']), await handed(['gad-7'])]
    const phone = app.visitor()
    await phone.open(first.link)
    await phone.send(first.link, { part: 'gad-7', 'gad-7-item-1': '3', step: 'send' })
    await second.coach.send(`${second.path}/${second.id}/withdrawal`)
    await withQuestionnaires(app, 'north', ['phq-9'])
    const pages = [await first.coach.open(first.path), await second.coach.open(second.path)]
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])

    for (const { text } of pages) expect(text).not.toContain('no longer asked')
    expect(pages.map(({ text }) => /Answered|Taken back/.exec(text)?.[0])).toEqual(['Answered', 'Taken back'])
  })
})

describe('A link to questions', () => {
  it('stops when it is taken back, with what was saved, and when it runs out', async () => {
    const { coach, id, path, link } = await handed(['rulers'])
    const phone = app.visitor()
    await phone.open(link)
    await phone.send(link, { part: 'rulers', 'rulers-importance': '8', step: 'later' })
    await coach.send(`${path}/${id}/withdrawal`)
    const { link: another } = await handed(['rulers'])
    await phone.send(another, { part: 'rulers', 'rulers-importance': '8', step: 'later' })

    expect((await phone.open(link)).status).toBe(410)
    const begun = async () => (await app.owner.query('select from questionnaires.begun')).rows.length
    const kept = await begun()
    app.clock.pass({ hours: 24 * 8 })
    expect((await phone.open(another)).status).toBe(410)
    await app.inArea('north', async (db) =>
      app.product.jobs['questions.forget-begun']?.(db, { area: 'north' }, app.clock.now),
    )
    expect(await begun()).toBeLessThan(kept)
  })

  it('does not open for somebody who no longer takes part', async () => {
    const { person, link } = await handed(['rulers'])
    const { area, membership: by } = app.cast.coach
    app.clock.pass({ minutes: 1 })
    await app.inArea(area, (db) => agree(app, { area, person, by, given: false, db }))

    expect((await app.visitor().open(link)).status).toBe(410)
  })

  it('goes by message only while they agree to be contacted, and not once it was taken back or is no longer asked', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const path = `/people/${person}/questionnaires/links`
    const before = await coach.open(path)
    await reachable(person)
    const asked = { instruments: ['rulers'], days: '7', handing: 'message' }
    await coach.send(path, { id: randomUUIDv7(), ...asked })
    const takenBack = randomUUIDv7()
    await coach.send(path, { id: takenBack, ...asked })
    await coach.send(`${path}/${takenBack}/withdrawal`)
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    await coach.send(path, { id: randomUUIDv7(), instruments: ['gad-7'], days: '7', handing: 'message' })
    await withQuestionnaires(app, 'north', ['phq-9'])
    await app.work()
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    const { rows } = await app.owner.query(
      `select settled_as as state, body from notify.message where person = $1 and kind = 'questions.asked' order by id`,
      [person],
    )

    expect(before.text).toContain('No message can go to this person')
    expect(rows).toHaveLength(3)
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'held back', 'held back'])
    expect(rows[0]?.body).not.toMatch(/health|mood|anx|questionnaire/i)
  })

  it('is asked nothing by a page that offers what is not asked any more, and the coach reads which that is', async () => {
    const { person } = await anAcceptedPerson(app)
    await withQuestionnaires(app, 'north', ['phq-9'])
    const coach = await app.as(app.cast.coach)
    const chosen = { instruments: ['rulers', 'gad-7'], days: '7', handing: 'staff' }
    const page = await coach.send(`/people/${person}/questionnaires/links`, { id: randomUUIDv7(), ...chosen })
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])

    expect(page.status).toBe(422)
    expect(page.text).toMatch(/There is a problem Choose again: not asked any more: GAD-7/)
    expect(page.text).toContain('Nobody has asked them by a link yet')
  })

  it('is not asked by a message that would come too late, and whoever asks reads when it goes', async () => {
    const { person } = await anAcceptedPerson(app)
    await reachable(person)
    const coach = await app.as(app.cast.coach)
    const path = `/people/${person}/questionnaires/links`
    const ask = (days: string, handing = 'message') =>
      coach.sendAndFollow(path, { id: randomUUIDv7(), instruments: ['rulers'], days, handing })
    await ask('3')
    await ask('3')
    await app.work()
    const late = await ask('3')
    const byHand = await ask('3', 'staff')
    const inTime = await ask('14')

    expect(late.status).toBe(422)
    expect(late.text).toMatch(
      /There is a problem A message can only go on \d+ January 2026, because they have had enough/,
    )
    expect(late.text).toMatch(/Send it now Text message to 07700 900123: the message goes on \d+ January/)
    expect(byHand.text).toContain('Pass this link on')
    expect(inTime.text).toMatch(/They are asked to answer: the message goes on \d+ January 2026/)
  })
})
