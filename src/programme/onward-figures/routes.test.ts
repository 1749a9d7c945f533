import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aSentOnward } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

it('A service is read with its figures once twenty answers are behind them, and not before', async () => {
  app.clock.set('2026-01-05T10:00:00Z')
  const { onward, service, coach } = await aSentOnward(app, { name: 'Lockside advice' })
  app.clock.set('2026-03-02T10:00:00Z')
  const browser = await app.as(coach)
  const way = await browser.open(`/services/${service}`)
  const before = await browser.open(`/services/${service}/figures`)
  await app.owner.query(
    `insert into onward.referral select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
     from onward.referral one, generate_series(1, 24) where one.id = $1`,
    [onward],
  )
  await app.owner.query(
    `insert into onward.event (area, id, referral, kind, witness, at, reason)
     select area, gen_random_uuid(), id, 'declined', 'service', asked_at + interval '3 days', 'full'
     from (select * from onward.referral where service = $1 order by id limit 20) answered`,
    [service],
  )
  const after = await browser.open(`/services/${service}/figures`)

  expect(way.html).toContain(`/services/${service}/figures`)
  expect(before.text).toMatch(/Told us how it ended Fewer than 20 answers: not shown/)
  expect(after.text).toMatch(/Told us how it ended 80 % \(20 of 25\), range 61 % to 91 %/)
  expect(after.text).toMatch(/first answer 3 days in the middle, of 20 Time until it started Fewer than 20 answers/)
  expect((await (await app.as(app.cast.coachElsewhere)).open(`/services/${service}/figures`)).status).toBe(404)
})
