import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import { problemsIn } from '#platform/fhir/wire.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aSender, everyPage, faultIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { answersOf, documentOf, noteAlone, noteNumbering } from '#test/neighbours/fhir-note.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const asks = (from?: Member) => aSender(app, from ? { from, perMinute: 100_000 } : { perMinute: 100_000 })
const answered = z.looseObject({ linkId: z.string(), answer: z.array(z.record(z.string(), z.unknown())) })
const shape = z.looseObject({ id: z.string(), item: z.array(answered), basedOn: z.array(z.unknown()) })

/** Somebody whom a system referred, with this many fit notes, each sent later by itself. */
async function noted(sender: Sender, values: readonly string[] = [newId()]) {
  const one = await sentBySystem(app, sender)
  for (const value of values) {
    const made = answersOf(app.settings.origin, { value, request: `ServiceRequest/${one.id}` })
    const { status, text } = await sender.ask('POST', '', JSON.stringify(noteAlone(made)))
    if (status >= 400) throw new Error(text)
  }
  const list = `/QuestionnaireResponse?patient=${one.places['Patient']?.slice(1)}`
  const seen = async () => (await everyPage(await asks(), list)).flat().map((found) => shape.parse(found))
  return { ...one, list, seen }
}

describe('A system that sent a fit note reads back', () => {
  it('the answers that it sent, word for word, for the request for which they came', async () => {
    const one = await noted(await asks(), ['R1'])
    const [note] = await one.seen()
    const [sent] = answersOf(app.settings.origin, { value: 'R1', request: `ServiceRequest/${one.id}` })

    expect(note).toMatchObject({
      ...{ identifier: { system: noteNumbering, value: 'R1' }, status: 'completed' },
      ...{ questionnaire: sent?.['questionnaire'], basedOn: [{ reference: `ServiceRequest/${one.id}` }] },
      subject: { reference: one.places['Patient']?.slice(1) },
    })
    const byLink = (items: unknown) =>
      z
        .array(answered)
        .parse(items)
        .toSorted((first, second) => (first.linkId < second.linkId ? -1 : 1))
    expect(byLink(note?.item)).toEqual(byLink(sent?.['item']))
    expect(await (await asks()).read(`/QuestionnaireResponse/${note?.id}`)).toEqual(note)
  })

  it('one without an end, and one that came as a document, as answers too', async () => {
    const sender = await asks()
    const one = await noted(sender, [])
    const request = `ServiceRequest/${one.id}`
    const open = answersOf(app.settings.origin, { request }, { until: undefined, 'no-end': [{ valueBoolean: true }] })
    for (const made of [open, documentOf({ request })])
      expect((await sender.ask('POST', '', JSON.stringify(noteAlone(made)))).status).toBe(200)
    const links = (await one.seen()).map(({ item }) => item.map(({ linkId }) => linkId).join(' '))

    expect(links.toSorted()).toEqual([
      'assessed condition outcome advice comments from no-end again issuer profession practice stated',
      'assessed outcome advice comments from until issuer profession stated',
    ])
  })

  it('the same whatever has become of it here: taken back by a coach, the person said no, support is over', async () => {
    const one = await noted(await asks())
    const before = await one.seen()
    const { rows } = await app.owner.query<{ id: string }>('select id from fit_note.note where person = $1', [
      one.person,
    ])
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${one.person}/fit-notes/${rows[0]?.id}/withdrawal`, { reason: 'Of somebody else' })
    await one.says({ gp: 'no', 'take-part': 'no' })
    await one.happens({ kind: 'accepted' }, { kind: 'ended', as: 'left-early' })
    const { rows: taken } = await app.owner.query('select from fit_note.withdrawal where note = $1', [rows[0]?.id])

    expect(taken).toHaveLength(1)
    expect(await one.seen()).toEqual(before)
  })

  it('nothing of a request that it has taken back', async () => {
    const sender = await asks()
    const one = await noted(sender)
    const [note] = await one.seen()
    const request = await sender.read(`/ServiceRequest/${one.id}`)
    await sender.ask('PUT', `/ServiceRequest/${one.id}`, JSON.stringify({ ...request, status: 'revoked' }))

    expect(await one.seen()).toEqual([])
    expect(faultIn(await sender.ask('GET', `/QuestionnaireResponse/${note?.id}`))).toEqual({
      ...{ status: 404, code: 'not-found' },
    })
  })

  it('each once, page by page, also where several are of one request', async () => {
    const from = app.cast.serviceLead
    const sender = await asks(from)
    await noted(sender, ['P1', 'P2', 'P3'])
    await noted(sender, [])
    await noted(sender, ['P4'])
    const whole = (await everyPage(sender, '/QuestionnaireResponse?_count=100')).flat()
    for (const count of [1, 2]) {
      const pages = await everyPage(sender, `/QuestionnaireResponse?_count=${count}`)
      expect(pages.every((page) => page.length <= count)).toBe(true)
      expect(pages.flat()).toEqual(whole)
    }
    expect(new Set(whole.map(({ id }) => id)).size).toBe(4)
  })

  it('those since a moment, and stands among those who have seen the record', async () => {
    const one = await noted(await asks())
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    const sender = await asks()
    const found = async (query: string) => (await sender.list(`${one.list}${query}`)).entry.length
    expect([await found(`&_lastUpdated=ge${since}`), await found(`&_lastUpdated=lt${since}`)]).toEqual([0, 1])
    const { rows } = await app.owner.query(
      `select distinct codes ->> 'resource' as kind from journal.entry where person = $1 and what = 'referral.read-back'`,
      [one.person],
    )

    expect(rows).toEqual([{ kind: 'QuestionnaireResponse' }])
    expect(faultIn(await sender.ask('GET', `${one.list}&status=completed`))).toEqual({ status: 400, code: 'value' })
  })

  it('as FHIR R4 has it, in JSON and in XML, and only with a token that allows it', async () => {
    const one = await noted(await asks())
    const [note] = await one.seen()
    const sender = await asks()
    const xml = await sender.ask('GET', `/QuestionnaireResponse/${note?.id}?_format=xml`)
    const other = await aSender(app, { may: ['system/QuestionnaireResponse.c'] })

    expect(problemsIn(z.looseObject({ resourceType: z.string() }).parse(note))).toEqual([])
    expect(xml.text).toMatch(/^<.*<QuestionnaireResponse /s)
    expect(faultIn(await other.ask('GET', one.list))).toEqual({ status: 403, code: 'forbidden' })
  })

  it('never what another organisation or another area sent, nor a note that a coach wrote down', async () => {
    const one = await noted(await asks())
    const [note] = await one.seen()
    await app.owner.query(
      `insert into fit_note.note (area, id, person, kind, assessed_on, stated_on, outcome, from_on, issuer, profession, by, at)
       select area, gen_random_uuid(), person, kind, assessed_on, stated_on, outcome, from_on, 'Dr Own', profession, $2, at
       from fit_note.note where person = $1`,
      [one.person, app.cast.coach.membership],
    )
    for (const from of [app.cast.serviceLead, app.cast.managerElsewhere]) {
      const sender = await asks(from)
      expect((await sender.list(one.list)).entry).toEqual([])
      expect((await sender.ask('GET', `/QuestionnaireResponse/${note?.id}`)).status).toBe(404)
    }
    expect(JSON.stringify(await one.seen())).not.toContain('Dr Own')
  })
})
