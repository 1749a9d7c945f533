import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findMessage, holdWaiting, sendMessage, settleMessage } from '#platform/notify/outbox.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { untilWaiting } from '#test/at-once.ts'
import { type NotifyService, startNotify } from '#test/neighbours/govuk-notify.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

const token = 'a token of the north'
const mobile = '07700 900123'

let [app, notify]: [TestApp, NotifyService] = [undefined as never, undefined as never]
beforeAll(async () => {
  notify = await startNotify()
  const { key, url, templates } = notify
  const shared = { key, url, templates, callbackToken: token }
  const south = { ...shared, callbackToken: 'another token altogether' }
  app = await startApp({ WORKWELL_NOTIFY: JSON.stringify({ shared, areas: { south } }) })
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(async () => {
  await app.close()
  await notify.close()
})

type Gone = Readonly<{ person: string; message: string }>

async function aMessageWritten(address = mobile, known?: string): Promise<Gone> {
  const person = known ?? (await aPerson(app))
  const message = await app.inArea('north', (db) =>
    sendMessage(db, {
      ...{ area: 'north', person, kind: 'note.reminder', channel: 'text', address },
      ...{ body: 'We meet tomorrow at 10:30.', allowedBy: 'asked-for', now: app.clock.now },
    }),
  )
  return { person, message }
}

async function aMessageGone(address?: string, known?: string): Promise<Gone> {
  const written = await aMessageWritten(address, known)
  await app.work()
  return written
}

const tell = async (path: string, told: object, bearer = token) =>
  app.product.fastify.inject({
    method: 'POST',
    url: path,
    headers: { authorization: `Bearer ${bearer}` },
    payload: told,
  })

const receipt = (message: string, status: string, bearer?: string) =>
  tell('/notify/receipts', { id: newId(), reference: `north.${message}`, to: mobile, status }, bearer)

const aText = (message: string, from = '447700900123') => ({
  ...{ id: crypto.randomUUID(), source_number: from, destination_number: '07700987654', message },
  date_received: '2026-01-05T09:59:00.000000Z',
})

const found = (message: string) => app.inArea('north', (db) => findMessage(db, 'north', message))
const meansOf = async (person: string) =>
  (await app.owner.query(`select failed_at, wanted from people.means where person = $1 and kind = 'mobile'`, [person]))
    .rows[0]
const repliesOf = async (person: string) =>
  (await app.owner.query('select body, opts_out from notify.reply where person = $1', [person])).rows
const journalOf = async (person: string) =>
  (await app.owner.query('select what from journal.entry where person = $1 order by id', [person])).rows.map(
    ({ what }) => what,
  )

describe('What GOV.UK Notify tells of a message', () => {
  it('stands beside it and beside the way it went, until a later one arrives', async () => {
    const { person, message } = await aMessageGone()

    expect((await receipt(message, 'permanent-failure')).statusCode).toBe(200)
    expect(await found(message)).toMatchObject({ settled_as: 'sent', sent_by: 'GOV.UK Notify', arrival: 'not arrived' })
    expect((await meansOf(person)).failed_at).not.toBeNull()
    const coach = await app.as(app.cast.coach)
    expect((await coach.open(`/people/${person}/details/means`)).text).toContain('did not arrive')

    await receipt(message, 'delivered')
    expect((await meansOf(person)).failed_at).toBeNull()
  })

  it('is kept where it comes before the message is written down as sent', async () => {
    const { message } = await aMessageWritten()
    let early: ReturnType<typeof receipt> | undefined
    await app.inArea('north', async (db) => {
      const held = await holdWaiting(db, 'north', message)
      early = receipt(message, 'delivered')
      await untilWaiting(app, 1)
      if (held) await settleMessage(db, held.message, { as: 'sent', by: 'GOV.UK Notify' }, app.clock.now)
    })
    await early

    expect(await found(message)).toMatchObject({ settled_as: 'sent', arrival: 'arrived' })
  })

  it('shows that a message went whose taking was not heard', async () => {
    notify.next.push('unheard')
    const { message } = await aMessageGone()
    const before = await found(message)
    await receipt(message, 'delivered')

    expect(before).toMatchObject({ settled_as: null })
    expect(await found(message)).toMatchObject({ settled_as: 'sent', sent_by: 'GOV.UK Notify', arrival: 'arrived' })
  })

  it('is news once, however often it is brought', async () => {
    const { person, message } = await aMessageGone()

    for (const _ of [1, 2, 3]) await receipt(message, 'permanent-failure')

    expect((await journalOf(person)).filter((what) => what === 'message.not-arrived')).toHaveLength(1)
  })

  it('is believed only with the token of the account that carries for the area', async () => {
    const { message } = await aMessageGone()

    expect((await receipt(message, 'permanent-failure', 'no such token at all')).statusCode).toBe(401)
    expect((await receipt(message, 'permanent-failure', 'another token altogether')).statusCode).toBe(200)
    expect(await found(message)).toMatchObject({ arrival: null })
  })

  it('of no message of ours, or not yet an end, is taken and changes nothing', async () => {
    const { message } = await aMessageGone()

    expect((await receipt(message, 'sending')).statusCode).toBe(200)
    expect((await receipt(newId(), 'delivered')).statusCode).toBe(200)
    expect((await tell('/notify/receipts', { reference: null, status: 'delivered' })).statusCode).toBe(200)
    expect((await tell('/notify/receipts', { status: 5 })).statusCode).toBe(400)
    expect(await found(message)).toMatchObject({ arrival: null })
  })
})

describe('A text that somebody writes back', () => {
  it('is kept once, for whoever was written to at that number last', async () => {
    const { person } = await aMessageGone()
    const text = aText('Can we make it 11 please?')

    for (const _ of [1, 2]) expect((await tell('/notify/texts', text)).statusCode).toBe(200)

    expect(await repliesOf(person)).toEqual([{ body: 'Can we make it 11 please?', opts_out: false }])
    expect(await journalOf(person)).toContain('reply.received')
    expect((await meansOf(person)).wanted).toBe(true)
  })

  it('is news on their coach’s day and stands in their story, and in the list of all texts', async () => {
    const { person, episode } = await anEpisode(app)
    const { message } = await aMessageGone('07700 900461', person)
    await tell('/notify/texts', aText('Can we make it 11 please?', '447700900461'))
    await receipt(message, 'permanent-failure')
    const coach = await app.as(app.cast.coach)

    const day = await coach.open('/day')
    const record = await coach.open(`/people/${person}?episode=${episode}`)
    const list = await (await app.as(app.cast.administrator)).open('/outbox/replies')

    expect(day.text).toContain('Wrote back by text')
    expect(day.text).toContain('Our message did not arrive')
    expect(record.text).toContain('Can we make it 11 please?')
    expect(list.text).toContain('Can we make it 11 please?')
    const foreign = await (await app.as(app.cast.providerManager)).open('/outbox/replies')
    expect(foreign.text).not.toMatch(/make it 11|07700/)
  })

  it.each(['STOP', ' stop. ', 'Stop texting me', 'unsubscribe', 'STOP ALL'])(
    'and that says “%s” ends all texts to the number at once',
    async (words) => {
      const { person } = await aMessageGone()

      await tell('/notify/texts', aText(words))

      expect((await meansOf(person)).wanted).toBe(false)
      const next = await app.inArea('north', (db) =>
        sendMessage(db, {
          ...{ area: 'north', person, kind: 'note.reminder', channel: 'text', address: mobile },
          ...{ body: 'Again.', allowedBy: 'asked-for', now: app.clock.now },
        }),
      )
      await app.work()
      expect(await found(next)).toMatchObject({ settled_as: 'held back' })
    },
  )

  it.each(['CANCEL', 'Odwołuję wizytę', 'إلغاء'])(
    'and that says nothing but “%s” asks their coach, and ends and cancels nothing by itself',
    async (words) => {
      const { person, episode } = await anEpisode(app, { familyName: 'Cancelling' })
      const coach = await app.as(app.cast.coach)
      const id = newId()
      await coach.send(`/episodes/${episode}/appointments`, {
        ...{ id, member: app.cast.coach.membership, purpose: 'first', minutes: '60', mode: 'phone', tell: 'message' },
        ...{ 'day-day': '13', 'day-month': '1', 'day-year': '2026', time: '10:30', interpreter: 'none', anyway: 'yes' },
      })
      await aMessageGone('07700 900461', person)
      app.clock.pass({ minutes: 1 })
      await tell('/notify/texts', { ...aText(words, '447700900461'), date_received: app.clock.now.toString() })
      const asks = await coach.open('/day?reason=cancel')
      const record = await coach.open(`/people/${person}?episode=${episode}`)
      await coach.send(`/appointments/${id}/results`, {
        ...{ id: newId(), kind: 'cancelled', 'cancelled-who': 'person', 'cancelled-reason': 'other', tell: 'no' },
      })
      const cancelled = await coach.open('/day?reason=cancel')
      const waiting = await coach.open('/day?reason=wrote')
      await app.owner.query('delete from appointment.slot')

      expect((await meansOf(person)).wanted).toBe(true)
      expect(asks.text).toContain(`Wrote “${words}” by text. Booked: 13 January 2026 at 10:30, until you cancel it`)
      expect(asks.html).toContain(`href="/people/${person}/messages"`)
      expect(record.text).toContain('They ask to cancel. The text cancelled nothing: a coach decides.')
      expect(cancelled.html).not.toContain(`/people/${person}/messages`)
      expect(waiting.html).toContain(`/people/${person}/messages`)
    },
  )

  it('and says “cancel” with nothing booked waits for an answer like any other', async () => {
    const { person, episode } = await anEpisode(app)
    await aMessageGone('07700 900461', person)
    await tell('/notify/texts', aText('Cancel', '447700900461'))
    const coach = await app.as(app.cast.coach)

    expect((await meansOf(person)).wanted).toBe(true)
    expect((await coach.open('/day?reason=cancel')).html).not.toContain(`/people/${person}/messages`)
    expect((await coach.open('/day?reason=wrote')).html).toContain(`/people/${person}/messages`)
    expect((await coach.open(`/people/${person}?episode=${episode}`)).text).toContain('Cancel')
  })

  it('and only speaks of stopping goes on being written to', async () => {
    const { person } = await aMessageGone()

    await tell('/notify/texts', aText('The bus does not stop there any more'))

    expect((await meansOf(person)).wanted).toBe(true)
  })

  it('from a number that nobody was written to is kept for nobody, to be looked at by the area', async () => {
    const text = aText('Hello?', '447700900777')

    expect((await tell('/notify/texts', text)).statusCode).toBe(200)

    const { rows } = await app.owner.query('select area, person from notify.reply where carried_as = $1', [text.id])
    expect(rows).toEqual([{ area: 'north', person: null }])
  })
})
