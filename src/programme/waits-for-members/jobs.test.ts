import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward, anInbox } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const look = async () => {
  await app.inArea('north', async (db) => app.product.jobs['members.waits']?.(db, { area: 'north' }, app.clock.now))
  await app.work()
}
const toldOf = async (kind: string) =>
  (
    await app.owner.query<{ address: string; subject: string; body: string; settled_as: string }>(
      'select address, subject, body, settled_as from notify.message where kind = $1 order by id',
      [kind],
    )
  ).rows
const emailOf = async (membership: string) =>
  (await app.owner.query<{ email: string }>('select email from organisations.member where id = $1', [membership]))
    .rows[0]?.email

describe('Whoever looks after a service with an inbox', () => {
  it('is told that something new waits, without a word of whom, once a day and not after it was read', async () => {
    const first = await aSentOnward(app)
    await anInbox(app, first.service)
    await look()
    await look()
    const once = await toldOf('inbox.new')
    app.clock.pass({ hours: 25 })
    await look()
    const unread = await toldOf('inbox.new')
    await aSentOnward(app, { service: first.service })
    await look()
    const another = await toldOf('inbox.new')
    await (await app.as(app.cast.serviceLead)).open('/inbox')

    expect(once.map(({ address, settled_as: as }) => [address, as])).toEqual([
      [await emailOf(app.cast.serviceLead.membership), 'sent'],
    ])
    expect(once[0]?.body).toContain('/inbox')
    expect(`${once[0]?.subject} ${once[0]?.body}`).not.toMatch(/Robin|Marsh|rent|debt|advice|Lockside|[0-9A-F]{8}/)
    expect([unread.length, another.length]).toEqual([1, 2])
  })
})

describe('Whoever looks after the directory', () => {
  it('is told that a service says its figures are not right, and not once it was answered', async () => {
    const { service } = await aSentOnward(app)
    const contest = (at: string, answered: string | null) =>
      app.owner.query(
        `insert into onward_figures.contest (area, id, service, words, stood, by_name, at, answer, answered_at, answered_by)
         values ('north', $1, $2, 'We answer by phone', 'Not shown', 'Dee Desk', $3, $4, $5, $6)`,
        [newId(), service, at, answered && 'Noted', answered, answered && app.cast.manager.membership],
      )
    await contest('2026-01-05T09:00:00Z', '2026-01-05T09:30:00Z')
    await look()
    const none = await toldOf('figures.contested')
    await contest('2026-01-05T09:40:00Z', null)
    await look()
    const told = await toldOf('figures.contested')

    expect(none).toEqual([])
    expect(told.map(({ address }) => address)).toContain(await emailOf(app.cast.manager.membership))
    expect(told.map(({ address }) => address)).not.toContain(await emailOf(app.cast.coach.membership))
    expect(told[0]?.body).toContain('/services/contested')
    expect(told[0]?.body).not.toMatch(/Dee|phone,|Robin/)
  })
})
