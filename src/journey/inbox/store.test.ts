import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { aSentOnward, anInbox } from '#test/people/onward.ts'
import { pageLength, type Place, type Standing, standings } from './rules.ts'
import { listInbox } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  app.clock.set('2026-01-05T10:00:00Z')
})
afterAll(() => app.close())

/** Two services of one organisation, each asked for somebody who is to be shown and for somebody who wants no contact. */
async function manyRequests() {
  const [shown, other] = [await aSentOnward(app), await aSentOnward(app)]
  const shut = [await aSentOnward(app, shown), await aSentOnward(app, other)].map(({ person }) => person)
  for (const { service } of [shown, other]) await anInbox(app, service)
  // One in ten is asked for at the very moment of another, and one in five was declined, half of them long ago.
  await app.owner.query(
    `insert into onward.referral select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(),
         'state', (array['sent', 'seen', 'accepted', 'waiting', 'declined'])[1 + n % 5],
         'state_at', case when n % 10 = 4 then timestamptz '2025-11-05T10:00:00Z' else one.asked_at end,
         'asked_at', one.asked_at - (n % 27 + 1) * interval '1 hour'))).*
       from onward.referral one, generate_series(1, 30) n where one.service = any($1)`,
    [[shown.service, other.service]],
  )
  for (const person of shut) await anAnswer(app, person, 'contact', false)
  return { services: [shown.service, other.service], shut }
}

type Wanted = Readonly<{ standing: Standing | null; service: string | null }>

/** The ids of everything in an inbox, read page by page. */
async function read({ standing, service }: Wanted): Promise<string[][]> {
  const { serviceWorker: worker } = app.cast
  const actor = { ...worker, areaName: 'North', organisations: [worker.organisation] }
  const pages: string[][] = []
  let after: Place | undefined
  do {
    const listing = { standing, service, reference: null, after, most: pageLength, now: app.clock.now }
    const { rows, next } = await app.inArea('north', (db) => listInbox(db, actor, listing))
    pages.push(rows.map(({ id }) => id))
    after = next
  } while (after)
  return pages
}

/** The same as it is to be, in one question of the whole. */
async function all({ standing, service }: Wanted, shut: readonly string[]): Promise<string[]> {
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from onward.referral where asked_at is not null and state = any($1) and not person = any($2)
       and ($3::uuid is null or service = $3) and (state <> 'declined' or state_at > timestamptz '2025-12-01T10:00:00Z')
     order by state not in ('sent', 'seen', 'no-reply'), asked_at, id`,
    [standing ? standings[standing].states : Object.values(standings).flatMap(({ states }) => states), shut, service],
  )
  return rows.map(({ id }) => id)
}

describe('An inbox with more than a page, of several services', () => {
  it('is read whole and in order, page by page, each of them full, without those who may not be shown', async () => {
    const { services, shut } = await manyRequests()
    const wanted: Wanted[] = [
      ...[null, 'unanswered', 'accepted', 'declined'].map((standing) => ({
        // Checked: they are of the list of standings.
        standing: standing as Standing | null,
        service: null,
      })),
      { standing: null, service: services[0] ?? '' },
    ]
    for (const one of wanted) {
      const pages = await read(one)
      expect(pages.flat()).toEqual(await all(one, shut))
      expect(pages.slice(0, -1).every((page) => page.length === pageLength)).toBe(true)
    }
    expect((await read({ standing: null, service: null })).length).toBe(3)
  })
})
