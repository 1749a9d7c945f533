import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsIn, written } from '#platform/fhir/wire.ts'
import { anyResource } from '#platform/fhir/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { aSender, faultIn, placesIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { answersOf, documentOf, noteAlone, noteNumbering } from '#test/neighbours/fhir-note.ts'
import { transaction } from '#test/neighbours/fhir-sender.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const answers = (...given: Parameters<typeof answersOf> extends [string, ...infer More] ? More : never) =>
  answersOf(app.settings.origin, ...given)

const alone = (sender: Sender, made: Parameters<typeof noteAlone>[0], ifNone?: string) =>
  sender.ask('POST', '', JSON.stringify(noteAlone(made, ifNone)))

const notesOf = async (person: string) => {
  const { rows } = await app.owner.query<Record<string, unknown>>(
    `select kind, outcome, advice, comments, condition, assess_again, issuer, profession, organisation, by,
       assessed_on::text, stated_on::text, from_on::text, until_on::text
     from fit_note.note where person = $1 order by id`,
    [person],
  )
  return rows
}

const countNotes = async () => {
  const { rows } = await app.owner.query<{ number: number }>('select count(*)::int as number from fit_note.note')
  return rows[0]?.number
}

const asWritten = {
  ...{ kind: 'med3', outcome: 'may-be-fit', advice: ['phased-return', 'altered-hours'], by: null },
  ...{ comments: 'Sits for short spells', issuer: 'Imogen Doe', profession: 'doctor' },
  ...{ assessed_on: '2026-01-05', stated_on: '2026-01-05', from_on: '2026-01-05', until_on: '2026-02-01' },
}

describe('A fit note that comes with a referral', () => {
  it('as answers stands in the record with everything that the form has, and who sent it', async () => {
    const { person } = await sentBySystem(app, await aSender(app), { with: answers() })
    const page = await (await app.as(app.cast.coach)).open(`/people/${person}/fit-notes`)

    const also = { condition: 'Low back pain', assess_again: true, organisation: 'Park Surgery' }
    expect(await notesOf(person)).toEqual([{ ...asWritten, ...also }])
    for (const said of [
      'Low back pain',
      'A phased return to work, Altered hours',
      'the system of',
      'Imogen Doe, doctor',
    ])
      expect(page.text).toContain(said)
  })

  it('as a document without a scan stands there with what a document has a place for', async () => {
    const { person } = await sentBySystem(app, await aSender(app), { with: documentOf() })

    const not = { condition: null, assess_again: null, organisation: null }
    expect(await notesOf(person)).toEqual([{ ...asWritten, ...not }])
  })

  it('as both is one note', async () => {
    const both = [...documentOf({ value: 'both' }), ...answers({ value: 'both' })]
    const { person } = await sentBySystem(app, await aSender(app), { with: both })

    expect(await notesOf(person)).toHaveLength(1)
  })

  it('fills in on the referral that they have one, and until when', async () => {
    const { person } = await sentBySystem(app, await aSender(app), { with: answers() })
    const { rows } = await app.owner.query(
      'select fit_note, fit_note_ends_on::text as ends from referral.referral where person = $1',
      [person],
    )

    expect(rows).toEqual([{ fit_note: 'yes', ends: '2026-02-01' }])
  })

  it('is taken in XML', async () => {
    const sender = await aSender(app)
    const before = await countNotes()
    const type = 'application/fhir+xml'
    const xml = written(transaction({ with: [...documentOf({ value: 'x' }), ...answers({ value: 'x' })] }), 'xml')
    const { status } = await sender.ask('POST', '', xml, { 'content-type': type, accept: type })

    expect([status, await countNotes()]).toEqual([200, (before ?? 0) + 1])
  })

  it('is taken once with it, however often both are sent', async () => {
    const sender = await aSender(app)
    const bundle = JSON.stringify(transaction({ value: 'N1', with: answers({ value: 'n1' }) }))
    const sent = [await sender.ask('POST', '', bundle)]
    const before = await countNotes()
    sent.push(await sender.ask('POST', '', bundle))

    expect(sent.map(({ status }) => status)).toEqual([200, 200])
    expect(placesIn(sent[1]?.text ?? '')).toEqual(placesIn(sent[0]?.text ?? ''))
    expect(await countNotes()).toBe(before)
  })
})

describe('A fit note that comes later by itself', () => {
  it('stands in the record of whoever the request is about, once', async () => {
    const sender = await aSender(app)
    const { id, person } = await sentBySystem(app, sender)
    const note = answers({ value: 'L1', request: `ServiceRequest/${id}` })
    const sent = [await alone(sender, note), await alone(sender, note)]

    expect(sent.map(({ status }) => status)).toEqual([200, 200])
    expect(await notesOf(person)).toHaveLength(1)
    expect(sent[0]?.text).toContain('was read into the record')
  })

  it('is taken once also where it comes many times at one moment', async () => {
    const sender = await aSender(app)
    const { id, person } = await sentBySystem(app, sender)
    const note = documentOf({ value: 'L2', request: `ServiceRequest/${id}` })
    const sent = await Promise.all(Array.from({ length: 5 }, () => alone(sender, note)))

    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(await notesOf(person)).toHaveLength(1)
  })

  it('is refused where the same name said something else, unless that may be the answer', async () => {
    const sender = await aSender(app)
    const { id, person } = await sentBySystem(app, sender)
    const at = { value: 'L3', request: `ServiceRequest/${id}` }
    await alone(sender, answers(at))
    const other = answers(at, { until: [{ valueDate: '2026-03-01' }] })
    const [refused, found] = [await alone(sender, other), await alone(sender, other, `identifier=${noteNumbering}|L3`)]

    expect(faultIn(refused)).toEqual({ status: 409, code: 'duplicate' })
    expect(found.status).toBe(200)
    expect(await notesOf(person)).toMatchObject([{ until_on: '2026-02-01' }])
  })

  it('goes to no request of another organisation, nor to one that was taken back', async () => {
    const [sender, other] = [await aSender(app), await aSender(app, { from: app.cast.jobcentrePartner })]
    const { id, places, person } = await sentBySystem(app, sender)
    const note = answers({ request: `ServiceRequest/${id}` })
    const foreign = await alone(other, note)
    const back = { resourceType: 'ServiceRequest', id, status: 'revoked', intent: 'order', subject: { display: 'A' } }
    await sender.ask('PUT', places['ServiceRequest'] ?? '', JSON.stringify(back))

    expect(faultIn(foreign)).toEqual({ status: 404, code: 'not-found' })
    expect(faultIn(await alone(sender, note))).toEqual({ status: 409, code: 'conflict' })
    expect(await notesOf(person)).toEqual([])
  })

  it('is taken alike whatever has become of the referral, so that nothing of that is told', async () => {
    const sender = await aSender(app)
    const { id, person, happens } = await sentBySystem(app, sender)
    await happens({ kind: 'accepted' }, { kind: 'ended', as: 'declined' })
    const again = await aSender(app)
    const sent = await alone(again, answers({ request: `ServiceRequest/${id}` }))

    expect(sent.status).toBe(200)
    expect(await notesOf(person)).toHaveLength(1)
  })

  it('needs a token that allows it', async () => {
    const sender = await aSender(app, { may: ['system/ServiceRequest.c', 'system/DocumentReference.c'] })
    const { id, person } = await sentBySystem(app, sender)
    const request = `ServiceRequest/${id}`

    expect(faultIn(await alone(sender, answers({ request })))).toEqual({ status: 403, code: 'forbidden' })
    expect((await alone(sender, documentOf({ request }))).status).toBe(200)
    expect(await notesOf(person)).toHaveLength(1)
  })
})

const attached = (more: object) => ({ content: [{ attachment: { contentType: 'application/pdf', ...more } }] })
const coding = (code: string) => [{ valueCoding: { system: 'http://snomed.info/sct', code } }]

describe('A fit note is refused, and nothing of it is kept', () => {
  it.each([
    [
      'with its scan',
      () => documentOf({ more: attached({ data: 'JVBERi0=' }) }),
      /The scan of a fit note is not taken/,
    ],
    ['with the address of its scan', () => documentOf({ more: attached({ url: 'https://a.example' }) }), /The scan/],
    ['coded as something else', () => documentOf({ more: { type: { text: 'Letter' } } }), /coded as a fit note/],
    ['superseded', () => documentOf({ more: { status: 'superseded' } }), /is current/],
    ['as a draft', () => documentOf({ more: { docStatus: 'preliminary' } }), /is final/],
    ['without days', () => documentOf({ more: { context: {} } }), /first day/],
    ['by nobody', () => documentOf({ more: { author: [] } }), /who issued it/],
    ['without a name of its own', () => documentOf({ more: { masterIdentifier: undefined } }), /identifier of its own/],
    ['about somebody else', () => documentOf({ more: { subject: { reference: 'Patient/1' } } }), /is the Patient/],
    ['not answered in full', () => answers({}, { stated: undefined }), /stated is not answered/],
    ['with no last day and no word that there is none', () => answers({}, { until: undefined }), /until/],
    ['that ends before it begins', () => answers({}, { until: [{ valueDate: '2025-12-01' }] }), /before the first/],
    ['dated in the future', () => answers({}, { stated: [{ valueDate: '2031-01-05' }] }), /in the future/],
    ['that says somebody is fit', () => answers({}, { outcome: coding('224479007') }), /outcome is answered by/],
    ['with boxes where somebody is not fit', () => answers({}, { outcome: coding('160910001') }), /Boxes are ticked/],
    ['by a profession that may not', () => answers({}, { profession: coding('59944000') }), /profession is answered/],
    ['with a question that there is not', () => answers({}, { colour: [{ valueString: 'blue' }] }), /no question/],
    ['with other questions', () => answers({ more: { questionnaire: 'https://a.example/Q' } }), /The questions are/],
    ['twice', () => [...answers(), ...answers()], /brings one fit note/],
  ])('%s', async (_what, made, says) => {
    const sender = await aSender(app)
    const before = await countNotes()
    const { status, text } = await sender.send({ with: made() })

    expect([status, faultIn({ status, text }).code !== undefined]).toEqual([400, true])
    expect(text).toMatch(says)
    expect(text).not.toContain('Sits for short spells')
    expect(await countNotes()).toBe(before)
  })

  it('as two resources that say different things', async () => {
    const sender = await aSender(app)
    const differ = answers({ value: 'd' }, { until: [{ valueDate: '2026-02-02' }] })
    const { status, text } = await sender.send({ with: [...documentOf({ value: 'd' }), ...differ] })

    expect([status, text.includes('say different things: the last day')]).toEqual([400, true])
  })

  it('and never fails where it was changed by chance', async () => {
    const sender = await aSender(app, { perMinute: 1_000_000 })
    const { id } = await sentBySystem(app, sender)
    const below = numbersFrom(11)
    const seen = new Set<number>()
    for (let made = 0; made < 300; made += 1) {
      const request = `ServiceRequest/${id}`
      const one = noteAlone(made % 2 === 0 ? documentOf({ request }) : answers({ request }))
      changeByChance(one, below)
      const { status, text } = await sender.ask('POST', '', JSON.stringify(one))
      seen.add(status)
      expect([200, 400, 404, 409], text.slice(0, 300)).toContain(status)
    }
    expect(seen.size).toBeGreaterThan(1)
  }, 60_000)
})

describe('The door', () => {
  it('says what it takes of fit notes, and shows its questions to anybody as FHIR has them', async () => {
    const open = async (path: string) => {
      const { statusCode, body } = await app.product.fastify.inject({ method: 'GET', url: `/fhir/R4${path}` })
      return { statusCode, resource: anyResource.parse(JSON.parse(body)) }
    }
    const [metadata, questions] = [await open('/metadata'), await open('/Questionnaire/fit-note')]

    expect([metadata.statusCode, questions.statusCode]).toEqual([200, 200])
    expect([problemsIn(metadata.resource), problemsIn(questions.resource)]).toEqual([[], []])
    const said = JSON.stringify(metadata.resource)
    expect(said).toContain('Fit notes: taken in a transaction, and read back by whoever sent them')
    expect(said).toContain('"type":"DocumentReference","documentation"')
    expect(questions.resource).toMatchObject({ url: `${app.settings.origin}/fhir/R4/Questionnaire/fit-note` })
  })
})
