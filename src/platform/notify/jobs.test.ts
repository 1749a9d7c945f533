import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '#platform/database/transaction.ts'
import { startApp, type TestApp } from '#test/app.ts'

import { notifyJobs } from './jobs.ts'
import { findMessage, sendMessage } from './outbox.ts'
import type { Message, Sender } from './rules.ts'

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

describe('A message whose sender has no room for it, or takes none', () => {
  it('waits without counting as a failure', async () => {
    const message = await writeTo(null, { address: '07700 900998' })
    const work = sending({ ...courierOf([]), send: async () => ({ busy: 'Full for today', minutes: 60 }) }, [])

    await app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))

    expect(await found(message)).toMatchObject({
      settled_as: null,
      tries: 0,
      reason: 'Its sender takes nothing for now: Full for today',
    })
    expect((await found(message))?.not_before).toEqual(app.clock.now.add({ hours: 1 }))
  })

  it('waits in the queue while it takes none at all, and whoever runs the service is told once', async () => {
    const alarms: string[] = []
    const told = { stopped: 'It does not know the key', minutes: 15 }
    const work = sending({ ...courierOf([]), send: async () => ({ ...told, isNews: alarms.length === 0 }) }, alarms)
    const messages = [
      await writeTo(null, { address: '07700 900990' }),
      await writeTo(null, { address: '07700 900991' }),
    ]
    for (const message of messages)
      await app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))

    const waits = { settled_as: null, tries: 0, reason: 'Its sender takes nothing for now: It does not know the key' }
    expect(await Promise.all(messages.map(found))).toMatchObject([waits, waits])
    expect(alarms).toEqual(['no message goes out: It does not know the key'])
  })

  it('does not overtake an earlier one to the same address that its sender had no room for', async () => {
    const carried: string[] = []
    const courier = { ...courierOf(carried), full: true }
    const work = sending(
      {
        ...courier,
        send: async (message, how) => (courier.full ? { busy: 'Full', minutes: 1 } : courier.send(message, how)),
      },
      [],
    )
    const turn = (message: string) => app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))
    const [early, late, last] = [
      await writeTo(null, { address: '07700 900992' }),
      await writeTo(null, { address: '07700900992' }),
      await writeTo(null, { address: '07700900992' }),
    ]
    await turn(early)
    courier.full = false
    await turn(late)
    await turn(last)
    app.clock.pass({ minutes: 2 })
    await turn(last)
    await turn(early)
    await turn(late)
    app.clock.pass({ minutes: 2 })
    await turn(last)

    expect(carried).toEqual([early, late, last])
  })

  it('does not overtake an earlier one to the same address after a day without a sender', async () => {
    const carried: string[] = []
    const courier = { ...courierOf(carried), up: false }
    const work = sending(
      {
        ...courier,
        send: async (message, how) => (courier.up ? courier.send(message, how) : Promise.reject(new Error('away'))),
      },
      [],
    )
    const turn = (message: string) => app.inArea('north', (db) => work(db, { area: 'north', message }, app.clock.now))
    const early = await writeTo(null, { address: '07700 900997' })
    for (let hour = 0; hour < 24; hour += 1) {
      await turn(early)
      app.clock.pass({ hours: 1 })
    }
    const late = await writeTo(null, { address: '07700900997' })
    const other = await writeTo(null, { address: '07700 900996' })
    courier.up = true

    await turn(late)
    await turn(other)
    await turn(early)
    app.clock.pass({ hours: 1 })
    await turn(late)

    expect(carried).toEqual([other, early, late])
  })
})

function sending(sender: Sender | undefined, alarms: string[]) {
  const jobs = notifyJobs({
    mayStillGo: async () => ({ go: true }),
    byHand: async () => false,
    letterWith: async () => undefined,
    anotherWay: async () => undefined,
    senders: sender ? [sender] : [],
    completed: async (_db, message) => message,
    alarm: (text) => void alarms.push(text),
  })
  return async (db: Db, payload: { area: string; message: string }, now: Temporal.Instant) =>
    jobs['notify.send']?.(db, payload, now)
}

function courierOf(carried: string[]): Sender {
  return { name: 'courier', carries: () => true, send }
  async function send({ id }: Message) {
    carried.push(id)
    return { sent: true } as const
  }
}
