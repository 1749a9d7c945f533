import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { askOwner } from '#registers/owner-check/store.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anInbox, aSentOnward } from '#test/people/onward.ts'
import { countSent } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const sentTo = async (service: string) =>
  (
    await app.owner.query<{ id: string }>('select id from onward.referral where service = $1 order by id', [service])
  ).rows.map(({ id }) => id)

/** A service that was sent 25 people and has declined 20 of them after three days, some weeks later. */
async function withFigures(name: string) {
  const { onward, service, coach } = await aSentOnward(app, { name })
  await app.owner.query(
    `insert into onward.referral select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
     from onward.referral one, generate_series(1, 24) where one.id = $1`,
    [onward],
  )
  const later = app.clock.now.add({ hours: 72 })
  const said = { area: 'north', kind: 'declined', witness: 'service', reason: 'full', at: later } as const
  for (const referral of (await sentTo(service)).slice(0, 20))
    await app.inArea('north', (db) => recordEvent(db, { ...said, id: newId(), referral }))
  await anInbox(app, service)
  app.clock.set('2026-03-02T10:00:00Z')
  const [lead, manager, reader] = [
    await app.as(app.cast.serviceLead),
    await app.as(app.cast.manager),
    await app.as(coach),
  ]
  const [own, at] = [`/inbox/services/${service}/figures`, `/services/${service}/figures`]
  return { service, own, at, lead, manager, reader }
}

it('A service is read with its figures once twenty answers are behind them, and not before', async () => {
  const { service, coach } = await aSentOnward(app, { name: 'Few so far' })
  app.clock.set('2026-03-02T10:00:00Z')
  const browser = await app.as(coach)
  const way = await browser.open(`/services/${service}`)
  const before = await browser.open(`/services/${service}/figures`)
  app.clock.set('2026-01-05T10:00:00Z')
  const { at, own, reader, lead } = await withFigures('Lockside advice')
  const [after, theirs] = [await reader.open(at), await lead.open(own)]

  expect(way.html).toContain(`/services/${service}/figures`)
  expect(before.text).toMatch(/Told us how it ended Fewer than 20 answers: not shown/)
  for (const { text } of [after, theirs]) {
    expect(text).toMatch(/Told us how it ended 80 % \(20 of 25\), range 61 % to 91 %/)
    expect(text).toMatch(/first answer 3 days in the middle, of 20 times Time until it started Fewer than 20 answers/)
  }
  expect((await (await app.as(app.cast.coachElsewhere)).open(at)).status).toBe(404)
})

describe('What the figures count', () => {
  it('is kept on each onward referral as it follows from what was said of it, whoever said it first', async () => {
    const { onward, service } = await aSentOnward(app, { name: 'Worked out again' })
    const day = (text: string) => Temporal.PlainDate.from(text)
    const said = [
      { kind: 'waiting', witness: 'team', at: '2026-01-07T10:00:00Z' },
      { kind: 'declined', witness: 'service', at: '2026-01-09T23:30:00Z', reason: 'full' },
      { kind: 'accepted', witness: 'service', at: '2026-01-12T10:00:00Z' },
      { kind: 'started', witness: 'team', at: '2026-01-20T10:00:00Z', onDay: day('2026-01-18') },
      { kind: 'attended', witness: 'service', at: '2026-01-27T10:00:00Z' },
    ] as const
    for (const one of said) {
      const event = { ...one, area: 'north', id: newId(), referral: onward, at: Temporal.Instant.from(one.at) }
      expect(await app.inArea('north', (db) => recordEvent(db, event))).toBe('kept')
    }
    const { rows } = await app.owner.query(
      `select answered_on::text, started_on::text, closed from onward.referral where id = $1`,
      [onward],
    )
    const counted = await app.inArea('north', (db) =>
      countSent(db, { area: 'north', service, from: day('2026-01-01'), until: day('2026-01-31') }),
    )

    expect(rows).toEqual([{ answered_on: '2026-01-09', started_on: '2026-01-18', closed: true }])
    expect(counted).toEqual({ sent: 1, closed: 1, answers: 1, toAnswer: 4, starts: 1, toStart: 13 })
  })

  it('is the middle of two where there are two, no day before it was asked, and nothing that was taken back before', async () => {
    const { onward, service } = await aSentOnward(app, { name: 'Two of them' })
    await app.owner.query(
      `insert into onward.referral select (jsonb_populate_record(one, to_jsonb(two))).* from onward.referral one,
         (values (gen_random_uuid(), '2026-01-08'::date, '2026-01-01'::date, 'sent'),
           (gen_random_uuid(), '2026-01-07', '2026-01-10', 'withdrawn'),
           (gen_random_uuid(), null, null, 'withdrawn')) as two (id, answered_on, started_on, state) where one.id = $1`,
      [onward],
    )
    const days = { from: Temporal.PlainDate.from('2026-01-05'), until: Temporal.PlainDate.from('2026-01-05') }

    expect(await app.inArea('north', (db) => countSent(db, { area: 'north', service, ...days }))).toEqual({
      ...{ sent: 3, closed: 0, answers: 2, toAnswer: 2.5, starts: 2, toStart: 2.5 },
    })
  })
})

describe('A service that does not find its figures right', () => {
  it('says so in its inbox, and it stands beside them with the answer of the area wherever they are shown', async () => {
    const { at, own, lead, manager, reader } = await withFigures('Contesting')
    const form = { id: newId(), words: 'Ten were told to us by phone, and we answered those' }
    const sent = [await lead.send(own, form), await lead.send(own, form)]
    const second = await lead.send(own, { id: newId(), words: 'Once more' })
    const directory = await manager.open('/services')
    const list = await manager.open('/services/contested')
    const open = await reader.open(at)
    const answering = await manager.open(at)
    const id = /name="id" value="([^"]+)"/.exec(answering.html)?.[1] ?? ''
    const empty = await manager.send(`${at}/answers`, { id, answer: '' })
    await manager.send(`${at}/answers`, { id, answer: 'We count them from now on' })
    const late = await manager.send(`${at}/answers`, { id, answer: 'Another answer' })

    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    expect([second.status, second.text]).toEqual([422, expect.stringContaining('waits for an answer first')])
    expect(directory.text).toContain('Contested figures: 1')
    expect(list.text).toMatch(/Contesting Ten were told to us by phone.*Leila Lockside/)
    expect(open.text).toMatch(/The service contests this, 2 March 2026 Waits for an answer Ten were told/)
    expect(open.text).toMatch(/Leila Lockside, when it stood at: Told us how it ended: 80 % \(20 of 25\)/)
    expect(open.html).not.toContain('name="answer"')
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Enter your answer')])
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Somebody has answered it by now')])
    for (const page of [await reader.open(at), await lead.open(own)])
      expect(page.text).toMatch(/Answered on 2 March 2026 ?, Max Manager We count them from now on/)
    expect((await manager.open('/services/contested')).text).toContain('No service waits for an answer')
    expect((await manager.open('/services/contested?state=answered')).text).toContain('Contesting')
  })

  it('says so by the link about its listing, without an account, and reads the answer there', async () => {
    const { service, at, reader } = await withFigures('By link')
    const asking = { area: 'north', service, name: 'By link', by: null, origin: app.settings.origin }
    await app.inArea('north', (db) => askOwner(db, { ...asking, address: 'desk@link.example.org', now: app.clock.now }))
    await app.work()
    const { rows } = await app.owner.query<{ id: string }>(
      `select id from notify.message where address = 'desk@link.example.org'`,
    )
    const link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
    const visitor = app.visitor()
    const look = await visitor.open(link)
    const form = await visitor.send(link, { do: 'figures' })
    const missing = await visitor.send(link, { do: 'contest', id: newId(), words: 'Not so', byName: '' })
    const sent = await visitor.sendAndFollow(link, { do: 'contest', id: newId(), words: 'Not so', byName: 'Dee, desk' })

    expect(look.text).toMatch(/How you answer referrals .*80 % \(20 of 25\)/)
    expect(form.text).toContain('What is not right about these figures?')
    expect([missing.status, missing.html]).toEqual([422, expect.stringContaining('Not so')])
    expect(sent.text).toMatch(/You contest this, 2 March 2026 Waits for an answer Not so Dee, desk/)
    expect(sent.text).not.toContain('These figures are not right')
    expect((await reader.open(at)).text).toMatch(/The service contests this.*Not so Dee, desk/)
  })

  it('does so as its lead, of its own service, and where figures are shown', async () => {
    const { own } = await withFigures('Guarded')
    const worker = await app.as(app.cast.serviceWorker)
    app.clock.set('2026-01-05T10:00:00Z')
    const { service: foreign } = await aSentOnward(app)
    const { service: few } = await aSentOnward(app)
    await anInbox(app, few)
    const lead = await app.as(app.cast.serviceLead)
    const page = await worker.open(own)
    const empty = await lead.send(`/inbox/services/${few}/figures`, { id: newId(), words: 'Not so' })

    expect(page.html).not.toContain('name="words"')
    expect((await worker.send(own, { id: newId(), words: 'Not so' })).status).toBe(403)
    expect((await lead.open(`/inbox/services/${foreign}/figures`)).status).toBe(404)
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('there is nothing to contest')])
  })
})
