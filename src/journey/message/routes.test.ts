import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { saveMessage } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const agreed = async (familyName: string): Promise<Standing> => {
  const spell = await anEpisode(app, { familyName })
  await anAnswer(app, spell.person, 'contact', true)
  return spell
}

const write = async ({ person }: Standing, words: string, more: Record<string, string | string[]> = {}) => {
  const coach = await app.as(app.cast.coach)
  const id = newId()
  await coach.open(`/people/${person}/messages`)
  return { id, coach, seen: await coach.send(`/people/${person}/messages`, { id, words, ...more }) }
}

const wrote = async ({ person, episode }: Standing, words: string) => {
  const id = newId()
  const message = { area: 'north', id, person, episode, by: null, words, asks: false, at: app.clock.now }
  await app.inArea('north', (db) => saveMessage(db, message))
  return id
}

const told = async ({ person }: Standing) =>
  (
    await app.owner.query(
      `select body, address, settled_as, reason from notify.message where person = $1 and kind like 'message.%' order by id`,
      [person],
    )
  ).rows

describe('A coach who writes to a person', () => {
  it('has them told by their safe way that there is a message, and not a word of it', async () => {
    const spell = await agreed('Written')
    await write(spell, 'The letter from your employer has come')
    await write(spell, 'And one more thing')
    app.clock.pass({ minutes: 11 })
    await app.work()

    const [notice, ...others] = await told(spell)
    expect(others).toEqual([])
    expect(notice).toMatchObject({ address: '07700 900461', settled_as: 'sent' })
    expect(notice.body).toContain('You have a message')
    expect(notice.body).not.toMatch(/letter|employer|Carol|Robin|WorkWell/)
  })

  it('takes it back before it is read, and then nobody is told', async () => {
    const spell = await agreed('Taken')
    const { id, coach } = await write(spell, 'To somebody else')
    const back = await coach.sendAndFollow(`/messages/${id}/withdrawal`)
    app.clock.pass({ minutes: 11 })
    await app.work()

    expect(back.text).toContain('It is taken back')
    expect((await told(spell))[0]).toMatchObject({ settled_as: 'held back' })
    expect((await coach.open(`/people/${spell.person}`)).text).toMatch(/Message to them Taken back/)
  })

  it('loses nothing when a form is wrong or sent twice', async () => {
    const spell = await agreed('Twice')
    const { id, coach } = await write(spell, 'Only once')
    await coach.send(`/people/${spell.person}/messages`, { id, words: 'Only once' })
    const empty = await coach.send(`/people/${spell.person}/messages`, { id: newId(), words: '', asks: 'yes' })

    expect(empty.status).toBe(422)
    expect(empty.html).toContain('href="#words"')
    expect((await coach.open(`/people/${spell.person}/messages`)).text.match(/Only once/g)).toHaveLength(1)
  })

  it.each([
    ['has said no to being contacted', false, 'does not want to be contacted'],
    ['was never asked', undefined, 'Nobody has recorded whether the person wants to be contacted'],
  ])('finds no box to write in where the person %s', async (_what, given, says) => {
    const spell = await anEpisode(app, { familyName: 'Unasked' })
    if (given !== undefined) await anAnswer(app, spell.person, 'contact', given)
    const { coach, seen } = await write(spell, 'Hello')

    expect(seen.status).toBe(422)
    expect(seen.text).toContain(says)
    expect((await coach.open(`/people/${spell.person}/messages`)).html).not.toContain('name="words"')
    expect(await told(spell)).toEqual([])
  })
})

describe('Somebody who wrote to their coach', () => {
  it('stands on the day until they are answered, and on the record', async () => {
    const spell = await agreed('Asking')
    const item = await wrote(spell, 'Can we meet later on Tuesday?')
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/day?reason=wrote')).text).toMatch(/Robin Asking Wrote to you .*Read and answer/)
    expect((await coach.open(`/people/${spell.person}`)).text).toContain('Can we meet later on Tuesday?')
    const page = await coach.open(`/people/${spell.person}/messages`)
    expect(page.html).toContain(`name="seen" value="${item}"`)
    const newer = await wrote(spell, 'Or on Wednesday?')
    await write(spell, 'Tuesday at three', { seen: [item] })
    const first = await coach.open('/day?reason=wrote')
    await coach.send(`/people/${spell.person}/messages/settlement`, { seen: [newer] })

    expect(first.text).toContain('Robin Asking')
    expect((await coach.open('/day?reason=wrote')).text).not.toContain('Robin Asking')
  })

  it('stands on the day of whoever covers while the coach is away', async () => {
    const spell = await agreed('Covered')
    await wrote(spell, 'Is anybody there?')
    const { coach, otherCoach } = app.cast
    await app.owner.query(
      `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
       values ('north', $1, $2, $3, '2026-01-05', '2026-01-12', $2, now())`,
      [newId(), coach.membership, otherCoach.membership],
    )

    expect((await (await app.as(otherCoach)).open('/day')).text).toMatch(/Robin Covered For Carol Coach Wrote to you/)
    await app.owner.query('delete from absence.absence')
  })

  it('is asked for an answer, and is waited for until they write', async () => {
    const spell = await agreed('Awaited')
    const { coach } = await write(spell, 'Did the form reach you?', { asks: 'yes' })

    expect((await coach.open('/day?reason=reply')).text).toMatch(/Robin Awaited .*You asked for an answer/)
    app.clock.pass({ minutes: 1 })
    await wrote(spell, 'Yes, thank you')
    expect((await coach.open('/day?reason=reply')).text).not.toContain('You asked for an answer')
  })

  it('sees what they wrote by text among the rest', async () => {
    const spell = await agreed('Texting')
    await app.owner.query(
      `insert into notify.reply (area, id, carried_as, person, address, address_key, body, opts_out, asks_to_cancel, received_at, kept_at)
       values ('north', $1, 'courier-1', $2, '07700 900461', '7700900461', 'Running late', false, false, $3, $3)`,
      [newId(), spell.person, app.clock.now.toString()],
    )
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/people/${spell.person}/messages`)).text).toMatch(
      /Robin Texting .*by text .*Running late/,
    )
    expect((await coach.open('/day?reason=wrote')).text).toContain('Robin Texting')
  })
})

describe('A person in their own space', () => {
  it('reads what their coach wrote, and the coach sees when', async () => {
    const spell = await agreed('Reading')
    const { coach } = await write(spell, 'See you on Tuesday')
    const { id } = await write(spell, 'No: to another person')
    await coach.send(`/messages/${id}/withdrawal`)
    const page = await (await app.asParticipant(spell.person)).open('/my/messages')
    app.clock.pass({ minutes: 11 })
    await app.work()

    expect(page.text).toMatch(/Carol Coach, your coach, reads what you write here.*Not for emergencies.*999/)
    expect(page.text).toMatch(/Carol Coach See you on Tuesday/)
    expect(page.text).not.toContain('another person')
    expect((await coach.open(`/people/${spell.person}/messages`)).text).toContain('They read it today 10:00')
    expect((await told(spell)).map(({ settled_as }) => settled_as)).toEqual(['held back'])
  })

  it('is kept twice where somebody goes back, changes the words and sends them again, and once where they do not', async () => {
    const spell = await agreed('Goesback')
    const me = await app.asParticipant(spell.person)
    const [id, ours] = [newId(), newId()]
    await me.open('/my/messages')
    for (const words of ['I am well', 'I am not well', 'I am not well']) await me.send('/my/messages', { id, words })
    const coach = await app.as(app.cast.coach)
    await coach.open(`/people/${spell.person}/messages`)
    for (const words of ['Come at ten', 'Come at eleven', 'Come at eleven'])
      await coach.send(`/people/${spell.person}/messages`, { id: ours, words })

    const { text } = await me.open('/my/messages')
    for (const words of ['I am well', 'I am not well', 'Come at ten', 'Come at eleven'])
      expect(text.split(words)).toHaveLength(2)
  })

  it('writes to their coach, sees when it was read, and loses nothing when a form is wrong', async () => {
    const spell = await agreed('Writing')
    const me = await app.asParticipant(spell.person)
    const empty = await me.send('/my/messages', { id: newId(), words: ' ' })
    const sent = await me.sendAndFollow('/my/messages', { id: newId(), words: 'I am <b>worried</b> about Monday' })
    const coach = await app.as(app.cast.coach)
    const day = await coach.open('/day?reason=wrote')
    await coach.open(`/people/${spell.person}/messages`)

    expect([empty.status, empty.html.includes('href="#words"')]).toEqual([422, true])
    expect(sent.text).toMatch(/You I am <b>worried<\/b> about Monday Today 10:00, not read yet/)
    expect(day.text).toContain('Robin Writing')
    expect((await me.open('/my/messages')).text).toContain('read today 10:00')
  })

  it('has the words themselves sent to them only once they chose so', async () => {
    const spell = await agreed('Choosing')
    const me = await app.asParticipant(spell.person)
    await me.send('/my/messages/notice', { shows: 'words' })
    await write(spell, 'The meeting is in room 4')
    app.clock.pass({ minutes: 11 })
    await app.work()

    expect((await told(spell))[0]?.body).toContain('The meeting is in room 4')
  })

  it('finds no box where nobody would read it', async () => {
    const spell = await anEpisode(app, { familyName: 'Alone', unallocated: true })
    const me = await app.asParticipant(spell.person)

    expect((await me.open('/my/messages')).text).toContain('no coach looks after you')
    expect((await me.send('/my/messages', { id: newId(), words: 'Hello?' })).status).toBe(422)
  })

  it('sees nothing of anybody else, and is not let in without signing in', async () => {
    const [mine, other] = [await agreed('Mine'), await agreed('Theirs')]
    await write(other, 'For somebody else')
    const seen = await (await app.asParticipant(mine.person)).open('/my/messages')

    expect(seen.text).toContain('What you and your coach write to each other will stand here')
    expect(seen.text).not.toContain('For somebody else')
    expect((await app.visitor().open('/my/messages')).status).not.toBe(200)
    expect((await (await app.as(app.cast.coach)).open('/my/messages')).status).not.toBe(200)
  })
})

describe('The messages of a person', () => {
  it('are for those who may open the record; another area and provider get the answer for nobody', async () => {
    const spell = await agreed('Private')
    const { id } = await write(spell, 'Between us')
    for (const part of ['coachElsewhere', 'providerCoach'] as const) {
      const other = await app.as(app.cast[part])
      const [foreign, missing] = [
        await other.open(`/people/${spell.person}/messages`),
        await other.open(`/people/${newId()}/messages`),
      ]
      expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
      expect((await other.send(`/people/${spell.person}/messages`, { id: newId(), words: 'x' })).status).toBe(404)
      expect((await other.send(`/messages/${id}/withdrawal`)).status).toBe(404)
      await other.send(`/people/${spell.person}/messages/settlement`, { seen: [id] })
    }
    const { rows } = await app.owner.query(`select 1 from message.withdrawal where message = $1`, [id])
    expect(rows).toEqual([])
  })
})
