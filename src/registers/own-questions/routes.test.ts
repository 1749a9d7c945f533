import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { agree, anAcceptedPerson, withQuestionnaires } from '#test/people/first-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await withQuestionnaires(app, 'north', ['phq-9'])
})
afterAll(() => app.close())

const worst = 'Thoughts that you would be better off dead'

async function nameCover(): Promise<void> {
  const manager = await app.as(app.cast.manager)
  const points = [1, 2, 3, 4, 5, 6].flatMap((n): [string, string][] => [
    [`point-${n}`, `Point ${n}`],
    [`how-${n}`, 'As agreed'],
  ])
  await manager.send('/area/safety', {
    ...Object.fromEntries(points),
    ...{ id: randomUUIDv7(), readFrom: '09:00', readUntil: '16:30', minutesNow: '5', minutesOtherwise: '20' },
    ...{ outOfHours: 'Ring 01632 960555', cover: app.cast.seniorCoach.membership, version: 'none' },
    ...{ 'from-day': '5', 'from-month': '1', 'from-year': '2026' },
  })
}

describe('Somebody who answers by themselves', () => {
  it('is not asked about hurting themselves while nobody is named who reads it', async () => {
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const page = await own.open('/my/questions/phq-9')

    expect(page.text).toContain('Little interest or pleasure')
    expect(page.text).not.toContain(worst)
    await own.send('/my/questions/phq-9', { form: randomUUIDv7(), 'phq-9-item-1': '1', 'phq-9-item-9': '3' })
    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toEqual([])
  })

  it('finds nothing under questions that the area never asked, and no answer to them is kept', async () => {
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const opened = await own.open('/my/questions/gad-7')
    const sent = await own.send('/my/questions/gad-7', { form: randomUUIDv7(), 'gad-7-item-1': '1' })
    const { rows } = await app.owner.query('select from questionnaires.answer where person = $1', [person])

    expect([opened.status, sent.status, rows]).toEqual([404, 404, []])
  })

  it('reads our own questions in their language, and of agreed ones that they are only in English', async () => {
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const all = await own.open('/my/questions/baseline?language=ar')
    const ours = await own.open('/my/questions/work-ability?language=ar')

    for (const page of [all, ours]) expect(page.text).toContain('إلى أي مدى يمكنك العمل اليوم')
    expect(ours.text).not.toMatch(/How well could you work|not at all|Left open/)
    expect(all.text).toContain('بعض هذه الأسئلة باللغة الإنجليزية فقط')
    expect(ours.text).not.toContain('باللغة الإنجليزية فقط')
    expect(all.text).toContain('how happy did you feel yesterday?')
    expect(/name="long-lasting-condition-lasting"[\s\S]*?<\/fieldset>/.exec(all.html)?.[0]).toContain(
      'Prefer not to say',
    )
    await own.open('/my/questions/baseline?language=en')
  })

  it('reads before sending when it is read, and sees at once whom to call', async () => {
    await nameCover()
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const before = await own.open('/my/questions/phq-9')
    expect(before.text).toContain(worst)
    expect(before.text).toMatch(
      /Nobody reads them at this moment.*today, before 16:30.*Samaritans: 116 123.*Send my answers/,
    )
    const answers = { form: randomUUIDv7(), 'phq-9-item-9': '1' }
    const after = await own.sendAndFollow('/my/questions/phq-9', answers)
    await own.send('/my/questions/phq-9', answers)

    expect(after.text).toMatch(/You do not have to be alone with this.*Samaritans: 116 123/)
    const { rows } = await app.owner.query<{ id: string; told: string[] }>(
      `select concern.id, array(select told_as || ' ' || name from alert.told join organisations.member on member.id = member
         where alert = concern.id) as told from safety.concern where person = $1`,
      [person],
    )
    expect(rows).toEqual([{ id: expect.any(String), told: ['cover Sara Senior'] }])
    const messages = await app.owner.query('select address from notify.message where about = $1', [rows[0]?.id])
    expect(messages.rows).toHaveLength(1)
    const page = await (await app.as(app.cast.seniorCoach)).open(`/concerns/${rows[0]?.id}`)
    expect(page.text).toMatch(/With Sara Senior.*told as whoever reads what people answer by themselves/)
  })

  it('is not asked about hurting themselves on a day on which whoever reads it is away, and again once they are back', async () => {
    await nameCover()
    const { seniorCoach, coach } = app.cast
    const { person } = await anAcceptedPerson(app)
    const asksIt = async () =>
      (await (await app.asParticipant(person)).open('/my/questions/phq-9')).text.includes(worst)
    const linkPage = async () => (await (await app.as(coach)).open(`/people/${person}/questionnaires/links`)).text
    const day = dayOf(app.clock.now).toString()
    const before = await asksIt()
    await app.owner.query(
      `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
       values ('north', $1, $2, $3, $4, $5, $3, now())`,
      [randomUUIDv7(), seniorCoach.membership, coach.membership, day, dayOf(app.clock.now).add({ days: 2 }).toString()],
    )
    const [away, said] = [await asksIt(), await linkPage()]
    const arranged = (await (await app.as(coach)).open('/area/safety')).text
    await app.owner.query('update absence.absence set back_on = $1, back_by = cover, back_at = now()', [day])
    const back = await asksIt()
    const after = (await (await app.as(coach)).open('/area/safety')).text
    await app.owner.query('delete from absence.absence')

    expect([before, away, back]).toEqual([true, false, true])
    expect(arranged).toContain('They are away today: the question is not asked now.')
    expect(after).not.toContain('They are away')
    expect(said).toMatch(/is left out: your area has named nobody who reads .*, or they are away/)
  })

  it('is not asked it in the evening where whoever reads it is away on the next working day, whether or not they are away today', async () => {
    await nameCover()
    const { seniorCoach, coach } = app.cast
    const { person } = await anAcceptedPerson(app)
    const asksIt = async () =>
      (await (await app.asParticipant(person)).open('/my/questions/phq-9')).text.includes(worst)
    const arranged = async () => (await (await app.as(coach)).open('/area/safety')).text
    const now = app.clock.now.toString()
    const awayFrom = async (from: string, until: string) => {
      await app.owner.query('delete from absence.absence')
      await app.owner.query(
        `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
         values ('north', $1, $2, $3, $4, $5, $3, now())`,
        [randomUUIDv7(), seniorCoach.membership, coach.membership, from, until],
      )
    }
    // Friday, after the hours in which somebody reads: what is answered now is read on Monday.
    app.clock.set('2026-01-09T18:00:00Z')
    await awayFrom('2026-01-12', '2026-01-13')
    const [onMonday, said] = [await asksIt(), await arranged()]
    await awayFrom('2026-01-09', '2026-01-10')
    const [onFriday, unsaid] = [await asksIt(), await arranged()]
    await app.owner.query('delete from absence.absence')
    app.clock.set(now)

    expect([onMonday, onFriday]).toEqual([false, true])
    expect(said).toContain(
      'They are away on 12 January 2026, when what is answered now is read: the question is not asked',
    )
    expect(unsaid).not.toContain('They are away')
  })

  it('is heard who goes back, changes the answer and sends the same form again', async () => {
    await nameCover()
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const form = randomUUIDv7()
    await own.open('/my/questions/phq-9')
    await own.send('/my/questions/phq-9', { form, 'phq-9-item-9': '0' })
    const after = await own.sendAndFollow('/my/questions/phq-9', { form, 'phq-9-item-9': '3' })
    await own.send('/my/questions/phq-9', { form, 'phq-9-item-9': '3' })

    expect(after.text).toContain('Somebody from the team reads your answers')
    const answers = await app.owner.query('select items from questionnaires.answer where person = $1 order by id', [
      person,
    ])
    expect(answers.rows).toEqual([{ items: { 'item-9': '0' } }, { items: { 'item-9': '3' } }])
    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toHaveLength(1)
  })

  it('is heard who was asked, also where nobody is named any more who reads it once they send', async () => {
    await nameCover()
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    const page = await own.open('/my/questions/phq-9')
    expect(page.text).toContain(worst)
    await app.owner.query('update safety_arrangement.version set cover = null')
    const hidden = Object.fromEntries(
      [...page.html.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
    const after = await own.sendAndFollow('/my/questions/phq-9', { ...hidden, 'phq-9-item-9': '2' })

    expect(after.text).toMatch(/You do not have to be alone with this.*Samaritans: 116 123/)
    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toHaveLength(1)
  })

  it('is heard who was asked, also where the area has switched the questions off once they send', async () => {
    await nameCover()
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    await own.open('/my/questions/phq-9')
    await withQuestionnaires(app, 'north', ['gad-7'])
    const form = { form: randomUUIDv7(), 'asked-for-somebody': 'yes', 'phq-9-item-1': '1', 'phq-9-item-9': '2' }
    const after = await own.sendAndFollow('/my/questions/phq-9', form)
    await own.send('/my/questions/phq-9', form)
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    const { rows } = await app.owner.query('select items from questionnaires.answer where person = $1', [person])

    expect(after.text).toMatch(
      /Somebody from the team reads your answers.*116 123|116 123.*Somebody from the team reads/,
    )
    expect(rows).toEqual([{ items: { 'item-1': '1', 'item-9': '2' } }])
    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toHaveLength(1)
  })

  it('is told that the questions they send are no longer asked, and that what they answered is kept', async () => {
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    await withQuestionnaires(app, 'north', ['phq-9', 'gad-7'])
    await own.open('/my/questions/gad-7')
    await withQuestionnaires(app, 'north', ['phq-9'])
    const form = { form: randomUUIDv7(), 'gad-7-item-1': '1', 'gad-7-item-2': '3' }
    const after = await own.sendAndFollow('/my/questions/gad-7', form)
    await own.send('/my/questions/gad-7', form)
    const empty = await own.send('/my/questions/gad-7', { form: randomUUIDv7() })
    const opened = await own.open('/my/questions/gad-7')
    const { rows } = await app.owner.query('select items from questionnaires.answer where person = $1', [person])

    expect(after.text).toMatch(
      /Your answers are sent.*These questions are no longer asked. What you answered is kept\./,
    )
    expect(rows).toEqual([{ items: { 'item-1': '1', 'item-2': '3' } }])
    expect([empty.status, opened.status]).toEqual([422, 410])
    for (const page of [empty, opened]) {
      expect(page.text).toMatch(/These questions are no longer asked.*See which questions you can answer/)
      expect(page.text).not.toContain('You have no support from us')
    }
  })

  it('is told whom to call who sends when support has ended meanwhile, and sees no fault', async () => {
    const { person } = await anAcceptedPerson(app)
    const own = await app.asParticipant(person)
    await own.open('/my/questions/phq-9')
    const { area, membership: by } = app.cast.coach
    app.clock.pass({ minutes: 1 })
    await app.inArea(area, (db) => agree(app, { area, person, by, given: false, db }))
    const form = randomUUIDv7()
    const hurt = await own.send('/my/questions/phq-9', { form, 'phq-9-item-9': '2' })
    const other = await own.send('/my/questions/phq-9', { form, 'phq-9-item-1': '2' })

    expect([hurt.status, other.status]).toEqual([422, 422])
    expect(hurt.text).toContain('Samaritans: 116 123')
    expect(hurt.text).not.toContain('Somebody from the team reads')
    expect(other.text).toContain('You have no support from us at the moment')
  })

  it('never finds a word of a concern among their own pages', async () => {
    const { person, episode } = await anAcceptedPerson(app)
    const concern = {
      id: randomUUIDv7(),
      kind: 'domestic-abuse',
      seen: 'Bruises on both arms',
      done: 'Rang the police',
    }
    const look = { 'next-look-on-day': '5', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, { ...concern, ...look })
    const own = await app.asParticipant(person)
    const lines = app.product.lines.filter(({ method, rule }) => method === 'GET' && rule.who === 'participant')
    const paths = lines.map(({ path }) => path).filter((path) => !path.includes(':'))

    expect(paths.length).toBeGreaterThan(4)
    for (const path of paths) {
      const { text } = await own.open(path)
      expect(text).not.toMatch(/Bruises|police|Domestic abuse|concern/i)
    }
  })
})
