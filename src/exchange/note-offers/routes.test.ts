import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { endClient } from '#registers/clients/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { aCdsClient, callWith, discovered, type Note, searchset } from '#test/neighbours/cds-client.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const switched = async (on: 'yes' | 'no') => {
  app.clock.pass({ seconds: 1 })
  return (await app.as(app.cast.manager)).send('/area/note-offers', { id: newId(), on })
}
beforeEach(() => switched('yes'))

// The clock of the tests begins on 5 January 2026.
const [first, second]: [Note, Note] = [
  { start: '2025-12-08', end: '2025-12-21' },
  { start: '2025-12-22', end: '2026-01-11' },
]

const kept = async () => {
  const { rows } = await app.owner.query<Record<string, unknown>>('select * from note_offers.card order by id')
  return rows
}

describe('WorkWell is offered', () => {
  it('beside a second fit note in a row, in plain words, with a link that says nothing of the patient', async () => {
    const [card, ...more] = await (await aCdsClient(app)).cards([first, second])

    expect(more).toEqual([])
    expect(card?.summary).toBe('A second fit note in a row: a WorkWell coach can help with work and health')
    expect(card?.links).toEqual([
      { label: 'Refer the patient to WorkWell', url: `${app.settings.origin}/in/north/refer`, type: 'absolute' },
    ])
    expect(card?.overrideReasons.map(({ code }) => code)).toContain('declined')
    expect(JSON.stringify(card)).not.toContain('quillfeather')
  })

  it.each<[string, Note[], string | undefined]>([
    ['one of more than four weeks', [{ start: '2025-12-29', end: '2026-02-01' }], 'A fit note of more than four weeks'],
    ['one without an end that has lasted so long', [{ start: '2025-11-01' }], 'A fit note of more than four weeks'],
    ['one short note', [second], undefined],
    ['none', [], undefined],
    ['the same note twice', [second, second], undefined],
    ['two with a gap of more than seven days', [{ start: '2025-11-01', end: '2025-12-01' }, second], undefined],
    [
      'two that ended long ago',
      [
        { start: '2025-09-01', end: '2025-09-14' },
        { start: '2025-09-15', end: '2025-09-30' },
      ],
      undefined,
    ],
    ['a second that was entered in error', [first, { ...second, status: 'entered-in-error' }], undefined],
    ['a second document that is none', [first, { ...second, code: '371531000' }], undefined],
  ])('or not: %s', async (_what, notes, summary) => {
    const [card] = await (await aCdsClient(app)).cards(notes)

    expect(card?.summary.split(':')[0]).toBe(summary)
  })

  it('to a system that has found no notes with no card, and keeps nothing', async () => {
    const before = await kept()
    const answer = await (await aCdsClient(app)).call(callWith(null))

    expect([answer.status, answer.text]).toEqual([200, '{"cards":[]}'])
    expect(await kept()).toEqual(before)
  })

  it('keeping nothing of whom it is about', async () => {
    const client = await aCdsClient(app)
    await client.cards([first, second])
    const rows = await kept()

    expect(Object.keys(rows.at(-1) ?? {}).toSorted()).toEqual([
      'area',
      'client',
      'given_on',
      'id',
      'organisation',
      'outcome',
      'reason',
      'told_at',
      'why',
    ])
    expect(JSON.stringify(rows)).not.toContain('quillfeather')
  })
})

describe('What became of an offer', () => {
  const at = '2026-01-05T10:00:00Z'

  it('is kept by our reasons alone, and the last word holds', async () => {
    const client = await aCdsClient(app)
    const [card] = await client.cards([first, second])
    const said = { reason: { code: 'declined' }, userComment: 'Mrs Quillfeather is not keen' }
    const overridden = { card: card?.uuid, outcome: 'overridden', overrideReason: said, outcomeTimestamp: at }
    const answers = [await client.tell({ feedback: [overridden] })]
    const seen = [(await kept()).find(({ id }) => id === card?.uuid)]
    const accepted = {
      card: card?.uuid,
      outcome: 'accepted',
      acceptedSuggestions: [{ id: card?.suggestions[0]?.uuid }],
    }
    answers.push(await client.tell({ feedback: [{ ...accepted, outcomeTimestamp: at }] }))
    seen.push((await kept()).find(({ id }) => id === card?.uuid))

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(seen).toMatchObject([
      { outcome: 'overridden', reason: 'declined' },
      { outcome: 'accepted', reason: null },
    ])
    expect(JSON.stringify(await kept())).not.toContain('keen')
  })

  it('is something else where the reason is not ours, and nothing where the card is of another organisation', async () => {
    const [client, other] = [await aCdsClient(app), await aCdsClient(app, { from: app.cast.jobcentrePartner })]
    const [[card], [foreign]] = [await client.cards([first, second]), await other.cards([first, second])]
    const aside = (uuid?: string) => ({
      ...{ card: uuid, outcome: 'overridden', overrideReason: { reason: { code: 'theirs' } }, outcomeTimestamp: at },
    })
    await client.tell({ feedback: [aside(card?.uuid), aside(foreign?.uuid), aside(randomUUID())] })
    const rows = await kept()

    expect(rows.find(({ id }) => id === card?.uuid)).toMatchObject({ outcome: 'overridden', reason: 'other' })
    expect(rows.find(({ id }) => id === foreign?.uuid)).toMatchObject({ outcome: null })
  })

  it('is read by the manager by practice, small numbers hidden', async () => {
    await app.owner.query('delete from note_offers.card')
    const client = await aCdsClient(app)
    const manager = await app.as(app.cast.manager)
    for (let shown = 0; shown < 4; shown += 1) await client.cards([first, second])
    const few = await manager.open('/area/note-offers')
    for (let shown = 0; shown < 8; shown += 1) {
      const [card] = await client.cards([first, second])
      const overrideReason = { reason: { code: 'offered' } }
      await client.tell({
        feedback: [{ card: card?.uuid, outcome: 'overridden', overrideReason, outcomeTimestamp: at }],
      })
    }
    const many = await manager.open('/area/note-offers')

    expect(few.text).toContain('These are too few to be shown.')
    expect(many.text).toMatch(/Practice.*Shown.*Spoken about.*Set aside/s)
    expect(many.text).toMatch(/All.*12/s)
    expect(many.html).not.toMatch(/>8</)
  })
})

describe('A card that was shown long ago', () => {
  it('is deleted after 90 days and stays a number of its month, with what became of it, read as before', async () => {
    const client = await aCdsClient(app)
    const cards = [...(await client.cards([first, second])), ...(await client.cards([first, second]))]
    const told = { card: cards[0]?.uuid, outcome: 'overridden', outcomeTimestamp: '2026-01-05T10:00:00Z' }
    await client.tell({ feedback: [{ ...told, overrideReason: { reason: { code: 'declined' } } }] })
    const numbers = async () => {
      const { text } = await (await app.as(app.cast.manager)).open('/area/note-offers')
      return /What became of them.*?How this is counted/.exec(text)?.[0]
    }
    const count = () =>
      app.inArea('north', async (db) =>
        app.product.jobs['note-offers.count']?.(db, { area: 'north' }, app.clock.now.add({ hours: 24 * 91 })),
      )
    const [shown, before] = [(await kept()).length, await numbers()]
    await count()
    const { rows } = await app.owner.query(
      `select month::text, outcome, reason, sum(cards)::int as cards from note_offers.counted
       where outcome = 'overridden' and reason = 'declined' group by 1, 2, 3`,
    )
    await count()
    const { rows: all } = await app.owner.query('select sum(cards)::int as cards from note_offers.counted')

    expect(shown).toBeGreaterThan(1)
    expect(await kept()).toEqual([])
    expect(rows[0]).toMatchObject({ month: '2026-01-01', outcome: 'overridden' })
    expect(all).toEqual([{ cards: shown }])
    expect(await numbers()).toBe(before)
  })
})

describe('Nobody is answered', () => {
  const body = callWith(searchset([first, second]))

  it('while the area has not switched it on', async () => {
    await switched('no')
    const answer = await (await aCdsClient(app)).call(body)

    expect([answer.status, answer.text]).toEqual([403, '{"error":"The area has not switched offers on"}'])
  })

  it.each([
    ['for another address', { claims: { aud: 'https://elsewhere.example.org/cds-services/second-fit-note' } }],
    ['for discovery', { claims: { aud: 'http://localhost/cds-services' } }],
    ['that is over', { claims: { exp: 1 } }],
    ['that holds for an hour', { claims: { exp: 4_102_444_800 } }],
    ['without a number', { claims: { jti: '' } }],
    ['of somebody else', { claims: { iss: 'https://ehr.example.org' } }],
  ])('by a JWT %s', async (_what, how) => {
    const answer = await (await aCdsClient(app)).call(body, how)

    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  it('twice by one JWT, nor by none, nor by one that is no JWT, nor after the system was ended', async () => {
    const client = await aCdsClient(app)
    const { statement, status } = await client.call(body)
    const answers = [
      await client.call(body, { jwt: statement }),
      await client.call(body, { jwt: 'a.b.c' }),
      await client.call(body, { jwt: '' }),
      await client.tell({ feedback: [] }, { jwt: statement }),
    ]
    const ending = { area: 'north', client: client.id, by: app.cast.manager.membership, at: app.clock.now }
    await app.inArea('north', (db) => endClient(db, ending))
    answers.push(await client.call(body))

    expect([status, ...answers.map((one) => one.status)]).toEqual([200, 401, 401, 401, 401, 401])
  })

  it('more often in a minute than its area lets it', async () => {
    const client = await aCdsClient(app, { perMinute: 2 })
    const statuses = [await client.call(body), await client.call(body), await client.call(body)].map(
      (one) => one.status,
    )

    expect(statuses).toEqual([200, 200, 429])
  })

  it.each([
    ['without the notes', callWith(undefined), 412],
    ['by another hook', { ...body, hook: 'order-sign' }, 400],
    ['with no number of the call', { ...body, hookInstance: 'one' }, 400],
    ['with notes that are no search', callWith({ resourceType: 'Patient' }), 400],
    ['with too many notes', callWith(searchset(Array.from({ length: 201 }, () => first))), 400],
    ['in no JSON', 'hook=patient-view', 400],
    ['with more than the door takes', callWith(null, { extension: { long: 'a'.repeat(300_000) } }), 413],
  ])('%s', async (_what, sent, status) => {
    const answer = await (await aCdsClient(app)).call(sent)

    expect([answer.status, answer.text.startsWith('{"error":')]).toEqual([status, true])
  })

  it('with a failure, whatever is sent', async () => {
    const client = await aCdsClient(app, { perMinute: 1_000_000 })
    const below = numbersFrom(5)
    for (let made = 0; made < 150; made += 1) {
      const one = callWith(searchset([first, second]))
      changeByChance(one, below)
      const { status, text } = await client.call(one)
      expect([200, 400, 412], text.slice(0, 200)).toContain(status)
    }
  }, 60_000)
})

describe('The door', () => {
  it('tells anybody what there is, also a page of another site, which may ask nothing else', async () => {
    const ask = (method: 'GET' | 'OPTIONS', url: string) => app.product.fastify.inject({ method, url })
    const [told, before] = [await ask('GET', '/cds-services'), await ask('OPTIONS', '/cds-services')]
    const call = await (await aCdsClient(app)).call(callWith(null))
    const { services } = discovered.parse(JSON.parse(told.body))

    expect(services.map(({ hook, id }) => [hook, id])).toEqual([['patient-view', 'second-fit-note']])
    expect(services[0]?.prefetch['notes']).toMatch(/^DocumentReference\?patient=\{\{context\.patientId\}\}&type=/)
    expect([told, before].map(({ headers }) => headers['access-control-allow-origin'])).toEqual(['*', '*'])
    expect(call.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('takes RS384 of an RSA key, and ES384, as the standard recommends', async () => {
    const [rsa, ec] = [await aCdsClient(app, { algorithm: 'RS512' }), await aCdsClient(app, { algorithm: 'ES384' })]

    expect((await rsa.call(callWith(null), { alg: 'RS384' })).status).toBe(200)
    for (const one of [rsa, ec]) expect((await one.call(callWith(null))).status).toBe(200)
  })
})
