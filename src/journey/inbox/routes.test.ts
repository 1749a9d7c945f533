import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { listAnswering, saveAnswering } from '#registers/answering/store.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { referenceOf } from '#journey/onward/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anInbox, aSentOnward, onwardLink } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

/** Somebody sent to a service that answers in its own inbox. */
async function asked(given: Parameters<typeof aSentOnward>[1] = {}) {
  const sent = await aSentOnward(app, given)
  if (given.service === undefined) await anInbox(app, sent.service)
  return { ...sent, worker: await app.as(app.cast.serviceWorker), path: `/inbox/${sent.onward}` }
}

const onwardOf = async (person: string) => (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]
const said = async (person: string) =>
  (await onwardOf(person))?.events
    .filter(({ witness }) => witness === 'service')
    .map(({ kind, reason, byName }) => [kind, reason, byName])
const day = (name: string, date: number, month = 1) => ({
  ...{ [`${name}-day`]: `${date}`, [`${name}-month`]: `${month}`, [`${name}-year`]: '2026' },
})
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''

type Asked = Awaited<ReturnType<typeof asked>>

/** Opens a request and answers it as it stands. */
async function answer({ worker, path }: Asked, fields: Fields) {
  const { html } = await worker.open(path)
  return worker.send(path, { id: newId(), version: versionIn(html), ...fields })
}

const agreed = async (person: string, answers: Fields) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })

/** What stands behind the link, once the code was said. */
async function behindLink(onward: string) {
  const link = await onwardLink(app, onward)
  const visitor = app.visitor()
  await visitor.open(link)
  return { visitor, link, page: await visitor.send(link, { code: spokenCode(app.settings.secret, onward) }) }
}

describe('The inbox of a service', () => {
  it('has who was sent to it, with what they agreed to and nothing else, and the coach sees that it was read', async () => {
    const one = await asked({ yes: { leftOut: 'phone' } })
    const list = await one.worker.open('/inbox')
    const page = await one.worker.open(one.path)

    expect(list.text).toMatch(new RegExp(`Help to sort out three letters .* New .* ${referenceOf(one.onward)}`))
    expect(page.text).toContain('Help to sort out three letters about rent')
    expect(page.text).not.toMatch(/07700|goal|Carol’s|episode/i)
    expect(page.text).not.toContain('Phone number')
    expect(await said(one.person)).toEqual([['seen', null, 'Wes Lockside']])
    expect((await one.browser.open(`/onward/${one.onward}`)).text).toContain('Read by the service')
  })

  it('answers as the link does, step by step, and each sees what was said in the other', async () => {
    const one = await asked()
    await answer(one, { said: 'waiting', place: '3', ...day('expected', 20, 2), note: 'We ring on Monday' })
    const { page, visitor, link } = await behindLink(one.onward)
    const proof = /name="proof" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    await visitor.send(link, { proof, id: newId(), said: 'accepted', byName: 'Dee Desk' })
    const seen = await one.worker.open(one.path)
    await answer(one, { said: 'started', ...day('started', 4) })
    await answer(one, { said: 'attended', sessions: '2', ...day('last', 5) })

    expect(page.text).toContain('It stands at: on a waiting list')
    expect(seen.text).toMatch(/You said yes .* Accepted .*Dee Desk.* On a waiting list .*Wes Lockside/)
    expect(await said(one.person)).toEqual([
      ['seen', null, 'Wes Lockside'],
      ['waiting', null, 'Wes Lockside'],
      ['accepted', null, 'Dee Desk'],
      ['started', null, 'Wes Lockside'],
      ['attended', null, 'Wes Lockside'],
    ])
    const ended = await answer(one, { said: 'ended', outcome: 'helped', ...day('ended', 5) })
    expect([ended.status, ended.location]).toEqual([303, '/inbox'])
    expect((await one.worker.open(one.path)).status).toBe(404)
    expect((await one.worker.open('/inbox')).text).not.toContain(referenceOf(one.onward))
    expect((await one.browser.open(`/onward/${one.onward}`)).text).toMatch(/got the help they came for.*Wes Lockside/)
  })

  it('says what is missing, keeps what was typed, and takes one answer of a form sent twice', async () => {
    const one = await asked()
    const { html } = await one.worker.open(one.path)
    const form = { id: newId(), version: versionIn(html), said: 'declined', reason: 'other', note: '' }
    const missing = await one.worker.send(one.path, form)
    const whole = { ...form, note: 'We closed our lists' }
    const sent = [await one.worker.send(one.path, whole), await one.worker.send(one.path, whole)]
    const older = await one.worker.send(one.path, { ...whole, id: newId(), said: 'accepted' })

    expect([missing.status, missing.text]).toEqual([422, expect.stringContaining('Enter the reason in words')])
    expect(missing.html).toMatch(/checked=""[^>]*value="other"|value="other"[^>]*checked/)
    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    expect([older.status, older.html]).toEqual([409, expect.stringContaining('We closed our lists')])
    expect((await said(one.person))?.slice(1)).toEqual([['declined', 'other', 'Wes Lockside']])
  })

  it('shows the longest waiting first, what is answered after it, page by page, and finds by state and reference', async () => {
    const one = await asked({ name: 'Long list' })
    await app.owner.query(
      `insert into onward.referral select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(),
         'asked_at', one.asked_at - make_interval(days => n), 'state', case when n % 10 = 0 then 'accepted' else 'sent' end))).*
       from onward.referral one, generate_series(1, 30) n where one.id = $1`,
      [one.onward],
    )
    const at = (path: string) => one.worker.open(`${path}${path.includes('?') ? '&' : '?'}service=${one.service}`)
    const shown = ({ html }: { html: string }) =>
      [...html.matchAll(/href="\/inbox\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
    const first = await at('/inbox')
    const next = /href="(\/inbox\?[^"]+)" rel="next"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await one.worker.open(next)
    const { rows } = await app.owner.query<{ id: string }>(
      `select id from onward.referral where service = $1 order by state = 'accepted', asked_at, id`,
      [one.service],
    )

    expect([...shown(first), ...shown(second)]).toEqual(rows.map(({ id }) => id))
    expect(shown(first)).toHaveLength(25)
    expect(shown(await at('/inbox?standing=accepted'))).toHaveLength(3)
    const found = await one.worker.send('/inbox', { reference: referenceOf(one.onward).toLowerCase() })
    expect(shown(found)).toEqual([one.onward])
    expect(found.html).not.toMatch(/[?&]reference=/)
    expect((await one.worker.send('/inbox', { reference: 'nothing' })).text).toContain('Nothing fits')
  })

  it('tells the person that their service looked at it', async () => {
    const { person, worker, path } = await asked()
    await worker.open('/inbox')
    await worker.open(path)
    const readers = await (await app.asParticipant(person)).open('/my/readers')

    expect(readers.text).toMatch(/Local service.*Lockside Advice.*Services they are passed on to/)
    expect(readers.text).toContain('To read and answer what they were asked for the person')
  })

  it('does not say where somebody is whose record is restricted', async () => {
    const one = await asked()
    const before = await one.worker.open(one.path)
    await app.owner.query('update people.person set restricted = true where id = $1', [one.person])

    expect(before.text).toContain('Phone number')
    expect((await one.worker.open(one.path)).text).not.toContain('Phone number')
  })
})

describe('What an inbox does not show is as if it were not there', () => {
  const ways: Readonly<Record<string, (one: Asked) => Promise<unknown>>> = {
    'the person took back their yes': ({ person }) => agreed(person, { onward: 'no' }),
    'they want no contact': ({ person }) => agreed(person, { contact: 'no' }),
    'they take no part any more': async ({ person }) =>
      (await app.as(app.cast.coach)).send(`/people/${person}/withdrawal`, { form: newId(), how: 'telephone' }),
    'they have died': ({ person }) =>
      app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person]),
    'the coach withdrew it': ({ browser, onward }) =>
      browser.send(`/onward/${onward}/withdrawal`, { id: newId(), reason: 'not-needed', note: '' }),
    'another organisation answers': async ({ service }) => {
      const [now] = await app.inArea('north', (db) => listAnswering(db, 'north', service))
      const manager = await app.as(app.cast.manager)
      await manager.send(`/services/${service}/inbox/ending`, { id: now?.id ?? '' })
      const given = { id: newId(), organisation: app.cast.referrer.organisation }
      await manager.send(`/services/${service}/inbox`, given)
    },
  }

  it.each(Object.keys(ways))('once %s', async (way) => {
    const one = await asked()
    const absent = await one.worker.open(`/inbox/${newId()}`)
    const there = await one.worker.open(`/inbox?service=${one.service}`)
    await ways[way]?.(one)
    const [page, sent] = [await one.worker.open(one.path), await one.worker.send(one.path, { id: newId() })]
    const list = await one.worker.open(`/inbox?service=${one.service}`)

    expect(there.text).toContain(referenceOf(one.onward))
    expect([page.status, page.text]).toEqual([404, absent.text])
    expect(sent.status).toBe(404)
    expect(list.text).toContain('Nothing fits. Clear the filters')
    expect((await said(one.person)) ?? []).toEqual([])
  })

  it('before the person has said yes, and for a service of somebody else', async () => {
    const worker = await app.as(app.cast.serviceWorker)
    const elsewhere = await aSentOnward(app)
    const absent = await worker.open(`/inbox/${newId()}`)
    const foreign = await worker.open(`/inbox/${elsewhere.onward}`)

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
  })

  it('where another organisation answered when it was sent, and the next finds what is sent since', async () => {
    const before = await asked()
    const other = { ...app.cast.referrer, role: 'provider' as const }
    await app.owner.query(`update organisations.member set role = 'provider' where id = $1`, [other.membership])
    await ways['another organisation answers']?.(before)
    app.clock.pass({ hours: 1 })
    const after = await asked({ service: before.service })
    const next = await app.as(other)
    const list = await next.open('/inbox')
    const seen = [await next.open(before.path), await next.open(after.path)]
    await app.owner.query(`update organisations.member set role = 'referrer' where id = $1`, [other.membership])

    expect(list.text).toContain(referenceOf(after.onward))
    expect(list.text).not.toContain(referenceOf(before.onward))
    expect(seen.map(({ status }) => status)).toEqual([404, 200])
  })

  it('four weeks after the service has said no', async () => {
    const one = await asked()
    await answer(one, { said: 'declined', reason: 'full' })
    app.clock.pass({ hours: 24 * 27 })
    const open = async () => (await (await app.as(app.cast.serviceWorker)).open(one.path)).status
    const early = await open()
    app.clock.pass({ hours: 24 * 2 })

    expect([early, await open()]).toEqual([200, 404])
  })

  it('to the database either: a transaction of one service reads and changes nothing of another', async () => {
    const one = await asked()
    const seenAs = (organisation: string) =>
      app.inArea('north', async (db) => {
        await sql`select set_config('app.answering', ${organisation}, true)`.execute(db)
        const rows = await db.selectFrom('onward.referral').select('id').where('id', '=', one.onward).execute()
        const events = await db.selectFrom('onward.event').select('id').where('referral', '=', one.onward).execute()
        const changed = await db
          .updateTable('onward.referral')
          .set((row) => ({ version: row('version', '+', 0) }))
          .where('id', '=', one.onward)
          .executeTakeFirst()
        return [rows.length, events.length > 0, Number(changed.numUpdatedRows)]
      })

    expect(await seenAs(app.cast.serviceLead.organisation)).toEqual([1, true, 1])
    expect(await seenAs(app.cast.referrer.organisation)).toEqual([0, false, 0])
  })
})

describe('Who answers for a service', () => {
  it('is said by whoever looks after the directory, for one organisation at a time, and ended', async () => {
    const { service } = await aSentOnward(app)
    const manager = await app.as(app.cast.manager)
    const path = `/services/${service}/inbox`
    const empty = await manager.send(path, { id: newId(), organisation: '' })
    const given = await manager.sendAndFollow(path, { id: newId(), organisation: app.cast.serviceLead.organisation })
    const second = await manager.send(path, { id: newId(), organisation: app.cast.referrer.organisation })
    const coach = await (await app.as(app.cast.coach)).open(path)

    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Choose an organisation')])
    expect(given.text).toMatch(/Lockside Advice north answers for it/)
    expect([second.status, second.text]).toEqual([409, expect.stringContaining('Lockside Advice north answers for it')])
    expect(coach.status).toBe(403)
    expect((await (await app.as(app.cast.serviceLead)).open('/inbox')).text).toContain('Your services')
  })

  it('is one organisation even where two are said at the same moment', async () => {
    const { service } = await aSentOnward(app)
    const { area, organisation } = app.cast.serviceLead
    const to = (of: string) => ({ area, id: newId(), service, organisation: of, sent_since: null, at: app.clock.now })
    const by = app.cast.manager.membership
    const kept = await Promise.all(
      [organisation, app.cast.referrer.organisation].map((of) =>
        app.inArea(area, (db) => saveAnswering(db, { ...to(of), by })),
      ),
    )

    expect(kept.filter(Boolean)).toHaveLength(1)
  })
})
