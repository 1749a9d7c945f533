import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '#platform/database/transaction.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { newId } from '#platform/ids.ts'
import { completeWithLink, findLink } from '#platform/link/links.ts'
import { anAnswer, aPerson } from '#test/people.ts'
import { notifyJobs } from './jobs.ts'
import { findMessage, sendMessage } from './outbox.ts'
import { type Message, mostTries, type Sender } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const mobile = '07700 900123'

type Given = Partial<Parameters<typeof sendMessage>[1]>

const writeTo = (person: string | null, given: Given = {}): Promise<string> =>
  app.inArea('north', (db) =>
    sendMessage(db, {
      ...{ area: 'north', person, kind: 'note.reminder', channel: 'text', address: mobile },
      ...{ body: 'We meet tomorrow at 10:30.', allowedBy: 'asked-for', now: app.clock.now },
      ...given,
    }),
  )

const found = (message: string) => app.inArea('north', (db) => findMessage(db, 'north', message))
const change = (statement: string, values: readonly unknown[]) => app.owner.query(statement, [...values])

describe('A message', () => {
  it('that may go leaves once, and is kept to be read', async () => {
    const message = await writeTo(await aPerson(app))

    await app.work()

    expect(await found(message)).toMatchObject({ settled_as: 'sent', sent_by: 'outbox', reason: null })
  })

  it('does not exist, nor its job, when the act that caused it did not happen', async () => {
    const person = await aPerson(app)
    const before = await waitingJobs()

    const failing = app.inArea('north', async (db) => {
      await sendMessage(db, {
        ...{ area: 'north', person, kind: 'note.reminder', channel: 'text', address: mobile },
        ...{ body: 'x', allowedBy: 'asked-for', now: app.clock.now },
      })
      throw new Error('the act failed')
    })

    await expect(failing).rejects.toThrow('the act failed')
    expect(await waitingJobs()).toBe(before)
  })

  it.each([
    ['died', 'update people.person set died_on = $2 where id = $1', '2026-01-04', 'The person has died'],
    [
      'ended that way',
      'update people.means set ended_at = $2 where person = $1',
      '2026-01-04',
      'This is no longer a way',
    ],
    ['was found unsafe that way', 'update people.means set safe = $2 where person = $1', false, 'It is not safe'],
    [
      'asked not to be reached that way',
      'update people.means set wanted = $2 where person = $1',
      false,
      'not want to be',
    ],
  ])('is held back when the person %s after it was written', async (_what, statement, value, reason) => {
    const person = await aPerson(app)
    const message = await writeTo(person)
    await change(statement, [person, value])

    await app.work()

    const row = await found(message)
    expect(row?.settled_as).toBe('held back')
    expect(row?.reason).toContain(reason)
  })

  it('is held back when the person withdrew from being contacted, and goes when they agree again', async () => {
    const person = await aPerson(app)
    await anAnswer(app, person, 'contact', false)
    const held = await writeTo(person)
    await app.work()
    app.clock.pass({ minutes: 1 })
    await anAnswer(app, person, 'contact', true)
    const gone = await writeTo(person)
    await app.work()

    expect(await found(held)).toMatchObject({ reason: 'The person does not want to be contacted' })
    expect(await found(gone)).toMatchObject({ settled_as: 'sent' })
  })

  it('to another about a person is held back once what allowed it is taken back, or the person has died', async () => {
    const [withdrawn, dead] = [await aPerson(app), await aPerson(app)]
    const allowedBy = await anAnswer(app, withdrawn, 'employer', true)
    const toEmployer = { recipient: 'another', channel: 'email', address: 'boss@example.org' } as const
    const first = await writeTo(withdrawn, { ...toEmployer, allowedBy })
    const second = await writeTo(dead, { ...toEmployer, allowedBy: 'received' })
    app.clock.pass({ minutes: 1 })
    await anAnswer(app, withdrawn, 'employer', false)
    await change('update people.person set died_on = $2 where id = $1', [dead, '2026-01-04'])

    await app.work()

    expect(await found(first)).toMatchObject({ reason: 'The person has taken back what allowed it' })
    expect(await found(second)).toMatchObject({ reason: 'The person has died' })
  })

  it('waits once the person has had two in seven days, while those about appointments and what they asked for go', async () => {
    const person = await aPerson(app, { means: [{ kind: 'mobile', value: '07700 900555' }] })
    const counted = { kind: 'plan.reminder', allowedBy: 'received', address: '07700 900555' }
    const first = await writeTo(person, counted)
    await app.work()
    app.clock.pass({ hours: 24 })
    const second = await writeTo(person, counted)
    await app.work()
    const third = await writeTo(person, counted)
    const asked = await writeTo(person, { ...counted, allowedBy: 'asked-for' })
    await app.work()

    for (const gone of [first, second, asked]) expect(await found(gone)).toMatchObject({ settled_as: 'sent' })
    expect(await found(third)).toMatchObject({
      settled_as: null,
      reason: 'The person has had enough messages for this week',
    })
    app.clock.pass({ hours: 24 * 6 + 1 })
    await app.work()
    expect(await found(third)).toMatchObject({ settled_as: 'sent' })
  })

  it('waits until the quiet hours are over', async () => {
    const person = await aPerson(app)
    app.clock.set('2026-07-06T20:30:00Z')
    const message = await writeTo(person)

    await app.work()
    expect(await found(message)).toMatchObject({ settled_as: null, reason: 'It is within the quiet hours of the area' })
    app.clock.set('2026-07-07T06:59:00Z')
    await app.work()
    expect(await found(message)).toMatchObject({ settled_as: null })
    app.clock.set('2026-07-07T07:00:00Z')
    await app.work()
    expect(await found(message)).toMatchObject({ settled_as: 'sent' })
  })

  it('that is late is held back rather than sent when it is of no use', async () => {
    const message = await writeTo(await aPerson(app), { notAfter: Temporal.Instant.from('2026-01-05T09:00:00Z') })

    await app.work()

    expect(await found(message)).toMatchObject({ settled_as: 'held back' })
  })

  it('goes out once although two workers take it up at the same moment', async () => {
    const carried: string[] = []
    const message = await writeTo(null, { address: '07700 900999' })
    const work = sending(slowly(carried), [])
    const turn = () => app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))

    await Promise.all([turn(), turn(), turn()])

    expect(carried).toEqual([message])
  })

  it('whose sender fails is tried again until it is given up, with its reason kept and an alarm', async () => {
    const alarms: string[] = []
    const message = await writeTo(null, { address: '07700 900999' })
    const work = sending({ ...slowly([]), send: () => Promise.reject(new Error(`cannot reach ${mobile}`)) }, alarms)

    for (let tries = 1; tries <= mostTries; tries += 1) {
      await app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))
      app.clock.pass({ days: 2 })
    }

    expect(await found(message)).toMatchObject({ settled_as: 'failed', tries: mostTries - 1 })
    expect((await found(message))?.reason).toBe(`The sender courier did not take it (tried ${mostTries} times)`)
    expect(alarms).toEqual(['a message was given up'])
  })

  it('that failed can be sent again once what stood in the way is put right', async () => {
    const message = await writeTo(null, { address: '07700 900995' })
    const refusing = sending({ ...slowly([]), send: async () => ({ sent: false, reason: 'Wrong key' }) }, [])
    await app.inArea('north', (db) => refusing(db, { area: 'north', message }, app.clock.now))
    const manager = await app.as(app.cast.manager)

    const page = await manager.open(`/outbox/${message}`)
    await manager.send(`/outbox/${message}/again`, {})
    await manager.send(`/outbox/${message}/again`, {})
    await app.work()

    expect(page.text).toContain('Wrong key')
    expect(page.text).toContain('Send it again')
    expect(await found(message)).toMatchObject({ settled_as: 'sent', reason: null })
    expect((await manager.open(`/outbox/${message}`)).text).not.toContain('Send it again')
  })

  it('waits with a reason and an alarm where no sender is set up', async () => {
    const alarms: string[] = []
    const message = await writeTo(null, { address: '07700 900999' })
    const work = sending(undefined, alarms)

    await app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))

    expect(await found(message)).toMatchObject({ settled_as: null, reason: 'No sender is set up for this channel' })
    expect(alarms).toHaveLength(1)
  })
})

describe('The link of a message', () => {
  const withLink = () => ({
    body: `Come back: ${app.settings.origin}{link}`,
    link: { purpose: 'come-back', subject: newId(), expiresAt: app.clock.now.add({ hours: 48 }) },
    address: '07700 900999',
  })

  it('is made when the message goes, is the same when it goes again, and opens', async () => {
    const [carried, alarms]: [string[], string[]] = [[], []]
    const message = await writeTo(null, withLink())
    const unheard: Sender = {
      ...{ name: 'courier', carries: () => true },
      send: async ({ body }) => {
        carried.push(body)
        if (carried.length === 1) throw new Error('taken, but not heard to the end')
        return { sent: true }
      },
    }
    const work = sending(unheard, alarms)
    for (const minutes of [2, 0]) {
      await app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))
      app.clock.pass({ minutes })
    }

    const [key = ''] = /north\.[\w-]{43}$/.exec(carried[0] ?? '') ?? []
    expect(carried).toEqual([`Come back: ${app.settings.origin}/l/${key}`, carried[0]])
    expect(await app.inArea('north', (db) => findLink(db, key, app.clock.now))).toMatchObject({ ok: true })
    const { rows } = await app.owner.query(`select from notify.message where message::text like '%' || $1 || '%'`, [
      key.split('.')[1],
    ])
    expect(rows).toHaveLength(0)
  })

  it('is shown in a demonstration once it went, since nobody else gets it', async () => {
    const message = await writeTo(null, withLink())
    const administrator = await app.as(app.cast.administrator)

    expect((await administrator.open(`/outbox/${message}`)).text).toContain('Come back: http://localhost:3000/l/…')
    await app.work()
    const { text } = await administrator.open(`/outbox/${message}`)
    const [path = ''] = /\/l\/north\.[\w-]{43}/.exec(text) ?? []
    expect(await app.inArea('north', (db) => findLink(db, path.slice(3), app.clock.now))).toMatchObject({ ok: true })
  })
})

describe('The outbox', () => {
  it('shows an administrator of the provider what went out to whom, and keeps that it was read', async () => {
    const person = await aPerson(app)
    const message = await writeTo(person)
    await app.work()
    const administrator = await app.as(app.cast.administrator)

    const list = await administrator.open('/outbox')
    const one = await administrator.open(`/outbox/${message}`)

    expect(list.html).toContain(`/outbox/${message}`)
    expect(list.text).toContain('Sam Taylor')
    expect(one.text).toContain('We meet tomorrow at 10:30.')
    expect(one.text).toContain(mobile)
    const { rows } = await app.owner.query(
      `select what, person from journal.entry where subject = $1 or codes -> 'shown' ? $2 order by id desc limit 2`,
      [message, message],
    )
    expect(rows).toEqual([
      { what: 'outbox.read', person },
      { what: 'outbox.listed', person: null },
    ])
  })

  it.each(['systemAdministrator', 'providerManager'] as const)(
    'shows a %s who may not open the person that there was a message, and not to whom or what it said',
    async (part) => {
      const message = await writeTo(await aPerson(app))
      const reader = await app.as(app.cast[part])

      const list = await reader.open('/outbox')
      const one = await reader.open(`/outbox/${message}`)

      expect(list.html).toContain(message)
      for (const seen of [list, one]) expect(seen.text).not.toMatch(/Sam Taylor|07700 900123|We meet/)
      expect(one.text).toContain('Not shown to you')
    },
  )

  it('does not let another area know that there is such a message', async () => {
    const message = await writeTo(await aPerson(app))
    const elsewhere = await app.as(app.cast.managerElsewhere)

    const foreign = await elsewhere.open(`/outbox/${message}`)
    const missing = await elsewhere.open('/outbox/0199b0d2-0000-7000-8000-000000000001')

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect((await elsewhere.open('/outbox')).html).not.toContain(message)
  })

  it('is not for coaches', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/outbox')).status).toBe(403)
  })

  it('is filtered by what became of a message, and goes on page by page', async () => {
    const person = await aPerson(app)
    const waiting = await writeTo(person, { kind: 'never.sent' })
    await Promise.all(Array.from({ length: 55 }, () => writeTo(person, { kind: 'one.of-many', channel: 'email' })))
    const manager = await app.as(app.cast.manager)

    const first = await manager.open('/outbox?state=waiting&channel=email')
    const older = /href="(\/outbox\?[^"]*before=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await manager.open(older)

    expect(first.text.match(/One of many/g)).toHaveLength(50)
    expect(second.text.match(/One of many/g)).toHaveLength(5)
    expect(second.html).not.toContain(waiting)
    expect((await manager.open('/outbox?state=sent')).text).not.toContain('Never sent')
  })
})

function sending(sender: Sender | undefined, alarms: string[]) {
  const jobs = notifyJobs({
    mayStillGo: async () => ({ go: true }),
    byHand: async () => false,
    letterWith: async () => undefined,
    anotherWay: async () => undefined,
    senders: sender ? [sender] : [],
    completed: completeWithLink(app.settings),
    alarm: (text) => void alarms.push(text),
  })
  return async (db: Db, payload: { area: string; message: string }, now: Temporal.Instant) =>
    jobs['notify.send']?.(db, payload, now)
}

function slowly(carried: string[]): Sender {
  const send = async ({ id }: Message) => {
    carried.push(id)
    await new Promise((done) => setTimeout(done, 30))
    return { sent: true } as const
  }
  return { name: 'courier', carries: () => true, send }
}

async function waitingJobs(): Promise<number> {
  const { rows } = await app.owner.query('select count(*)::integer as jobs from graphile_worker._private_jobs')
  return rows[0].jobs
}
