import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aWaitingForm } from '#test/people/mail.ts'
import { countWaitingForms } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const pages = async (who: 'administrator' | 'manager' | 'providerManager') => {
  const browser = await app.as(app.cast[who])
  return [(await browser.open('/referrals')).html, (await browser.open('/board')).html]
}

describe('Forms by email that wait', () => {
  it('are counted where those who compare them begin their day, with the way there, and only while there are any', async () => {
    const before = [...(await pages('administrator')), ...(await pages('manager'))]
    const { mail } = await aWaitingForm(app)
    await aWaitingForm(app)
    const [referrals = '', board = ''] = await pages('administrator')
    const elsewhere = await pages('providerManager')
    await (await app.as(app.cast.manager)).send(`/mailbox/${mail}/settling`, { version: '1', why: 'Sent twice' })
    const [after = ''] = await pages('manager')

    for (const page of [...before, ...elsewhere]) expect(page).not.toMatch(/form(s?) by email(,| wait)/)
    expect(referrals).toMatch(/href="\/mailbox"><span[^>]*>2<\/span> <span[^>]*>forms by email, to be compared/)
    expect(board).toContain('<a href="/mailbox">2 forms by email wait</a>')
    expect(after).toMatch(/>1<\/span> <span[^>]*>form by email, to be compared/)
  })

  it('are counted by an index, however many were settled or deleted before', async () => {
    await app.owner.query(
      `insert into incoming.mail (area, id, digest, number, came_at, answers, settled_at, settled_as, emptied_at, emptied_because)
       select 'north', gen_random_uuid(), repeat('a', 64), n, now(), '{}', now(), 'not-a-referral', now(), 'age'
       from generate_series(1, 50000) n`,
    )
    await app.owner.query('analyze incoming.mail')
    const { rows } = await app.owner.query<{ 'QUERY PLAN': string }>(
      `explain select count(*)::int from incoming.mail
       where area = 'north' and settled_at is null and emptied_at is null`,
    )
    const actor = { ...app.cast.administrator, areaName: 'North', organisations: [app.cast.administrator.organisation] }
    const today = Temporal.PlainDate.from('2026-01-05')

    expect(rows.map((row) => row['QUERY PLAN']).join(' ')).toMatch(/Scan (using|on) mail_(waiting|kept)/)
    expect(await app.inArea('north', (db) => countWaitingForms(db, actor, today))).toBe(1)
  })
})
