import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { written } from '#platform/fhir/wire.ts'
import { referenceOf } from '#journey/onward/rules.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { untilWaiting } from '#test/at-once.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { everyPage, faultIn } from '#test/neighbours/fhir-asking.ts'
import {
  anAskedTask,
  answersIn,
  answerTask,
  aServiceSystem,
  putTask,
  readTask,
  taskIn,
} from '#test/people/asked-task.ts'
import { onwardLink } from '#test/people/onward.ts'
import { holdAsked } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const asked = (given: Parameters<typeof anAskedTask>[1] = {}) => anAskedTask(app, given)
const coded = (list: string, code: string) => answersIn(app).coded(list, code)
const output = (code: string, value: object) => answersIn(app).output(code, value)

const said = async (person: string) => {
  const [onward] = await app.inArea('north', (db) => listOnwardOf(db, 'north', [person]))
  return onward?.events
    .filter(({ witness }) => witness === 'service')
    .map(({ kind, reason, onDay, place, sessions }) =>
      [kind, reason, onDay?.toString(), place, sessions].filter((part) => part !== null && part !== undefined),
    )
}

const kept = async (subject: string, what: string) => {
  const { rows } = await app.owner.query<{ codes: Record<string, string> }>(
    'select codes from journal.entry where subject = $1 and what = $2 order by id',
    [subject, what],
  )
  return rows.map((row) => row.codes)
}

/** What a service says of somebody, one after another, until they have come. */
const stepByStep = () => [
  { status: 'accepted', output: [output('expected', { valueDate: '2026-01-09' })] },
  { ...answersIn(app).waiting, note: [{ text: 'We ring on Monday' }] },
  { status: 'in-progress', executionPeriod: { start: '2026-01-03' } },
  {
    status: 'in-progress',
    output: [output('sessions', { valuePositiveInt: 2 }), output('last', { valueDate: '2026-01-05' })],
  },
]

describe('The system of a local service', () => {
  it('reads who was sent to it, with what they agreed to and nothing else, and that counts as seen', async () => {
    const one = await asked({ also: { ticked: ['phone', 'born'], health: 'My back' }, yes: { leftOut: 'phone' } })
    const answered = await one.system.ask('GET', one.path)
    const task = await readTask(one.system, one.path)

    expect(task).toMatchObject({
      ...{ status: 'received', intent: 'order', code: { coding: [{ code: 'fulfill' }] } },
      identifier: [{ system: `${app.settings.origin}/fhir/reference`, value: referenceOf(one.onward) }],
      contained: [
        { resourceType: 'Patient', name: [{ text: 'Robin Marsh' }], birthDate: '1981-03-14' },
        { resourceType: 'ServiceRequest', code: { text: 'Help to sort out three letters about rent' } },
      ],
      ...{ focus: { reference: '#request' }, for: { reference: '#patient' } },
      owner: { reference: `Organization/${app.cast.serviceLead.organisation}` },
      restriction: { period: { end: '2026-01-19' } },
    })
    expect(answered.headers['etag']).toBe(`W/"${task.meta.versionId}"`)
    expect(answered.text).toMatch(/Does not open letters about money/)
    expect(answered.text).not.toMatch(/07700|My back|episode/)
    expect(await said(one.person)).toEqual([['seen']])
    expect((await one.browser.open(`/onward/${one.onward}`)).text).toMatch(
      /Read by the service .*the system of Lockside Advice north/,
    )
    const [client] = await kept(one.onward, 'onward.opened-by-system')
    expect(client).toEqual({ client: one.system.id, resource: 'Task' })
  })

  it('accepts, puts on a waiting list, starts, says how often they came and how it ended, as by link and inbox', async () => {
    const one = await asked()
    const seen: [number, unknown][] = []
    for (const step of stepByStep()) {
      app.clock.pass({ seconds: 1 })
      const { status, text } = await answerTask(one.system, one.path, step)
      seen.push([status, taskIn(text).status])
    }
    const end = { status: 'completed', executionPeriod: { start: '2026-01-03', end: '2026-01-05' } }
    const task = await readTask(one.system, one.path)
    const outcome = output('outcome', { valueCodeableConcept: coded('help-outcome', 'helped') })
    const ended = await putTask(one.system, one.path, { ...task, ...end, output: [outcome] }, task.meta.versionId)
    const again = await putTask(one.system, one.path, { ...task, ...end, output: [outcome] }, task.meta.versionId)

    expect(seen).toEqual([
      ...[
        [200, 'accepted'],
        [200, 'accepted'],
        [200, 'in-progress'],
        [200, 'in-progress'],
      ],
    ])
    expect([ended.status, again.status, JSON.parse(ended.text).status]).toEqual([200, 200, 'completed'])
    expect(await said(one.person)).toEqual([
      ['seen'],
      ['accepted', '2026-01-09'],
      ['waiting', '2026-02-20', 3],
      ['started', '2026-01-03'],
      ['attended', '2026-01-05', 2],
      ['ended', 'helped', '2026-01-05'],
    ])
    expect((await kept(one.onward, 'onward.answered')).map((codes) => codes['said'])).toEqual([
      ...['accepted', 'waiting', 'started', 'attended', 'ended'],
    ])
    // Over is over, as in the inbox.
    expect([(await one.system.ask('GET', one.path)).status, (await answerLate(one)).status]).toEqual([404, 404])
    const page = await one.browser.open(`/onward/${one.onward}`)
    expect(page.text).toMatch(/got the help they came for.*the system of Lockside Advice north.*We ring on Monday/)
  })

  it('declines with a code of ours, which says to the coach what to do next', async () => {
    const one = await asked()
    const without = await answerTask(one.system, one.path, { status: 'rejected' })
    const wordless = { status: 'rejected', statusReason: coded('decline-reason', 'other') }
    const unknown = { status: 'rejected', statusReason: coded('decline-reason', 'busy') }
    const no = { status: 'rejected', statusReason: coded('decline-reason', 'not-here') }
    const wrong = [
      without,
      await answerTask(one.system, one.path, wordless),
      await answerTask(one.system, one.path, unknown),
    ]
    const right = await answerTask(one.system, one.path, no)

    expect(wrong.map(({ status }) => status)).toEqual([422, 422, 422])
    expect(without.text).toContain('Task.statusReason')
    expect(right.status).toBe(200)
    expect((await one.browser.open(`/onward/${one.onward}`)).text).toMatch(
      /What to do next: Look for the same kind of service where they live/,
    )
  })

  it('that sends the same answer again changes nothing, and nothing by sending back what it read', async () => {
    const one = await asked()
    const task = await readTask(one.system, one.path)
    const yes = { ...task, status: 'accepted', note: [{ text: 'From Monday on' }] }
    const answers = [
      await putTask(one.system, one.path, task),
      await putTask(one.system, one.path, yes, task.meta.versionId),
      await putTask(one.system, one.path, yes, task.meta.versionId),
      await putTask(one.system, one.path, await readTask(one.system, one.path)),
    ]

    expect(answers.map(({ status, text }) => (status === 200 ? status : text))).toEqual([200, 200, 200, 200])
    expect(await said(one.person)).toEqual([['seen'], ['accepted']])
  })

  it('is told what can follow where something cannot, and what a Task does not take', async () => {
    const one = await asked()
    const wrong: [object, number, string][] = [
      [
        { status: 'completed', executionPeriod: { end: '2026-01-05' } },
        409,
        'accepted with the businessStatus waiting',
      ],
      [{ status: 'on-hold' }, 422, 'accepted with the businessStatus waiting'],
      [{ status: 'in-progress' }, 422, 'Enter the day on which it started'],
      [{ status: 'in-progress', executionPeriod: { start: '2026-01-06' } }, 422, 'a day that has passed'],
      [{ status: 'accepted', description: 'Something else' }, 422, 'Task.description'],
      [{ status: 'accepted', for: { reference: 'Patient/1' } }, 422, 'Task.for'],
      [{ status: 'accepted', statusReason: coded('decline-reason', 'full') }, 422, 'Task.statusReason'],
      [{ status: 'accepted', output: [output('sessions', { valuePositiveInt: 2 })] }, 422, 'Task.output[0]'],
      [{ status: 'accepted', output: [{ type: { text: 'Price' }, valueString: '12' }] }, 422, 'Task.output[0]'],
      [{ status: 'received', note: [{ text: 'We think about it' }] }, 422, 'Task.status'],
      [{ status: 'accepted', id: newId() }, 422, 'Task.id'],
      [{ status: 'accepted', colour: 'blue' }, 400, 'no element of FHIR'],
      [{ status: 'accepted', resourceType: 'Patient' }, 400, ''],
    ]
    for (const [change, status, sentence] of wrong) {
      const seen = await answerTask(one.system, one.path, change)
      expect([seen.status, seen.text]).toEqual([status, expect.stringContaining(sentence)])
    }
    expect(await said(one.person)).toEqual([['seen']])
  })

  it('says of which version it is an answer: to what was answered by the link meanwhile it is refused', async () => {
    const one = await asked()
    const task = await readTask(one.system, one.path)
    const { meta: _, ...yes } = { ...task, status: 'accepted' }
    const without = await putTask(one.system, one.path, yes)
    const link = await onwardLink(app, one.onward)
    const visitor = app.visitor()
    await visitor.open(link)
    const behind = await visitor.send(link, { code: spokenCode(app.settings.secret, one.onward) })
    const proof = /name="proof" value="([^"]+)"/.exec(behind.html)?.[1] ?? ''
    await visitor.send(link, { proof, id: newId(), said: 'declined', reason: 'full', byName: 'Dee Desk' })
    const late = [
      await putTask(one.system, one.path, yes, task.meta.versionId),
      await putTask(one.system, one.path, { ...task, status: 'accepted' }),
    ]

    expect([without.status, late.map(faultIn)]).toEqual([
      ...[428, [412, 412].map((status) => ({ status, code: 'conflict' }))],
    ])
    expect(await readTask(one.system, one.path)).toMatchObject({ status: 'rejected' })
    expect((await answerTask(one.system, one.path, { status: 'accepted', statusReason: undefined })).status).toBe(200)
    expect(await said(one.person)).toEqual([['seen'], ['declined', 'full'], ['accepted']])
  })

  it('and another of its systems answer at one moment: one is kept, and the other told so', async () => {
    const one = await asked()
    const task = await readTask(one.system, one.path)
    const { versionId } = task.meta
    const no = { status: 'rejected', statusReason: coded('decline-reason', 'full') }
    const other = await aServiceSystem(app)
    const { answers: both } = await app.inArea('north', async (db) => {
      await holdAsked(db, 'north', one.onward)
      const answers = [
        putTask(one.system, one.path, { ...task, status: 'accepted' }, versionId),
        putTask(other, one.path, { ...task, ...no }, versionId),
      ]
      await untilWaiting(app, 2)
      return { answers }
    })
    const statuses = (await Promise.all(both)).map(({ status }) => status)

    expect(statuses.toSorted()).toEqual([200, 412])
    expect(await said(one.person)).toHaveLength(2)
  })

  it('reads and answers in XML too', async () => {
    const one = await asked()
    const type = 'application/fhir+xml'
    const xml = await one.system.ask('GET', one.path, undefined, { accept: type })
    const task = await readTask(one.system, one.path)
    const back = written({ ...task, ...answersIn(app).waiting }, 'xml')
    const headers = { 'content-type': type, accept: type, 'if-match': `W/"${task.meta.versionId}"` }
    const answered = await one.system.ask('PUT', one.path, back, headers)

    expect(xml.text).toMatch(/^<.*<Task.*<contained>/s)
    expect([answered.status, answered.text]).toEqual([200, expect.stringContaining('<businessStatus>')])
    expect(await said(one.person)).toEqual([['seen'], ['waiting', '2026-02-20', 3]])
  })
})

async function answerLate({ system, path, onward }: Awaited<ReturnType<typeof asked>>) {
  return putTask(system, path, { resourceType: 'Task', id: onward, status: 'accepted', intent: 'order' }, 'a')
}

describe('What the system of a service reads of somebody whose record is restricted', () => {
  it('does not say where they can be found', async () => {
    const one = await asked()
    const before = await one.system.ask('GET', one.path)
    await app.owner.query('update people.person set restricted = true where id = $1', [one.person])
    const after = await one.system.ask('GET', one.path)
    const list = await one.system.ask('GET', `/Task?_id=${one.onward}`)

    expect(before.text).toContain('07700 900461')
    expect([after, list].map(({ status, text }) => [status, text.includes('07700')])).toEqual([
      ...[
        [200, false],
        [200, false],
      ],
    ])
  })
})

describe('What the system of a service does not read is as if it were not there', () => {
  const agreed = async (person: string, answers: object) =>
    (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })
  const ways: Readonly<Record<string, (one: Awaited<ReturnType<typeof asked>>) => Promise<unknown>>> = {
    'the person took back their yes': ({ person }) => agreed(person, { onward: 'no' }),
    'they want no contact': ({ person }) => agreed(person, { contact: 'no' }),
    'they have died': ({ person }) =>
      app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person]),
    'the coach withdrew it': ({ browser, onward }) =>
      browser.send(`/onward/${onward}/withdrawal`, { id: newId(), reason: 'not-needed', note: '' }),
    'its organisation answers for it no more': ({ service }) =>
      app.owner.query('update answering.answering set ended_at = now(), ended_by = by where service = $1', [service]),
  }

  it.each(Object.keys(ways))('once %s', async (way) => {
    const one = await asked()
    app.clock.pass({ minutes: 1 })
    const absent = await one.system.ask('GET', `/Task/${newId()}`)
    await ways[way]?.(one)
    const [page, sent] = [await one.system.ask('GET', one.path), await answerLate(one)]
    const list = (await everyPage(one.system, '/Task')).flat().map(({ id }) => id)

    expect([page.status, page.text]).toEqual([404, absent.text])
    expect(sent.status).toBe(404)
    expect(list).not.toContain(one.onward)
    expect(await said(one.person)).toEqual([])
  })

  it('where it is asked of the service of another organisation, which its own system reads', async () => {
    const one = await asked()
    const other = await aServiceSystem(app, app.cast.referrer)
    const elsewhere = await aServiceSystem(app, app.cast.managerElsewhere)
    const task = await readTask(one.system, one.path)
    const tries = await Promise.all(
      [other, elsewhere].flatMap((system) => [
        system.ask('GET', one.path),
        putTask(system, one.path, { ...task, status: 'accepted' }, task.meta.versionId),
      ]),
    )

    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(tries.some(({ text }) => text.includes('Robin'))).toBe(false)
    expect((await everyPage(other, '/Task')).flat()).toEqual([])
    expect(await said(one.person)).toEqual([['seen']])
  })
})

describe('The person', () => {
  it('reads that a local service looked at what it was sent, by its own system', async () => {
    const { person, system, path } = await asked()
    await system.ask('GET', path)
    const readers = await (await app.asParticipant(person)).open('/my/readers')

    expect(readers.text).toMatch(
      /A local service, by its own system.*Lockside Advice north.*Services they are passed on to/,
    )
    expect(readers.text).toContain('To read and answer what they were asked for the person')
  })
})

describe('The door', () => {
  it('never fails on an answer that was changed by chance: it is taken, or refused with a reason', async () => {
    const one = await asked()
    const below = numbersFrom(11)
    const seen = new Set<number>()
    for (let made = 0; made < 300; made += 1) {
      const task = await readTask(one.system, one.path)
      const sent = { ...task, ...(made % 2 === 0 ? answersIn(app).waiting : { status: 'accepted' }) }
      const changed = structuredClone(sent)
      changeByChance(changed, below)
      const { status, text } = await putTask(one.system, one.path, changed, task.meta.versionId)
      seen.add(status)
      expect([200, 400, 422], text.slice(0, 300)).toContain(status)
    }
    expect([...seen].toSorted()).toEqual([200, 400, 422])
    expect((await said(one.person))?.every(([kind]) => ['seen', 'accepted', 'waiting'].includes(String(kind)))).toBe(
      true,
    )
  }, 120_000)
})
