import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import { problemsIn } from '#platform/fhir/wire.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aSender, everyPage, faultIn, placesIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'
import { aCompletionFor, anAppointmentFor, aPlanFor, wordsInside } from '#test/people/support-given.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const kinds = ['CarePlan', 'Goal', 'Appointment'] as const
const begun = [{ kind: 'accepted' }, { kind: 'tried' }, { kind: 'reached' }, { kind: 'assessed' }] as const
const summary = { gp: 'yes', 'gp-allows': 'summary' }

/** A token holds for five minutes: a system asks with one that holds now. */
const asks = (from?: Member) => aSender(app, from ? { from, perMinute: 100_000 } : { perMinute: 100_000 })

/** Somebody with a plan and three appointments, one of which they came to, whose answers let their sender read this much. */
async function supported(answers: Readonly<Record<string, string>>, from?: Member) {
  const one = await sentBySystem(app, await asks(from))
  await one.says(answers)
  await one.happens(...begun)
  const goals = await aPlanFor(app, one)
  for (const became of ['attended', 'missed', 'cancelled', null] as const) await anAppointmentFor(app, one, became)
  app.clock.pass({ minutes: 61 })
  return { ...one, goals }
}

const shape = z.looseObject({ resourceType: z.string(), id: z.string() })

/** What is read of a request in each list by whom it is about, each of it the same by its own id. */
async function seenOf(sender: Sender, { places }: Readonly<{ places: Readonly<Record<string, string>> }>) {
  const patient = places['Patient']?.slice(1)
  const lists = await Promise.all(kinds.map((kind) => everyPage(sender, `/${kind}?patient=${patient}`)))
  const seen = lists.flat(2)
  for (const one of seen) expect(await sender.read(`/${one.resourceType}/${one.id}`)).toEqual(one)
  return seen.map((one) => shape.parse(one))
}
const kindsOf = (seen: readonly z.infer<typeof shape>[]) => seen.map(({ resourceType }) => resourceType)

describe('With a yes to a summary, a practice reads', () => {
  it('that there is a plan with goals and which conversations took place, in no words of anybody', async () => {
    const one = await supported(summary)
    const seen = await seenOf(await asks(), one)
    const [plan, first, second, appointment] = seen
    const goalIds = [first, second].map((goal) => goal?.id)

    expect(kindsOf(seen)).toEqual(['CarePlan', 'Goal', 'Goal', 'Appointment'])
    expect(plan).toMatchObject({ status: 'active', intent: 'plan', category: [{ text: 'Return to Work' }] })
    expect(z.array(z.object({ reference: z.string() })).parse(plan?.['goal'])).toHaveLength(2)
    for (const id of goalIds) expect(JSON.stringify(plan)).toContain(`Goal/${id}`)
    expect([first, second].map((goal) => goal?.['lifecycleStatus'])).toEqual(['active', 'active'])
    expect(JSON.stringify([first, second])).toContain('{"dueDate":"2026-06-01"}')
    expect(appointment).toMatchObject({ status: 'fulfilled', description: 'Review of the plan' })
    expect(JSON.stringify(seen)).not.toMatch(wordsInside)
    for (const id of [one.episode, one.person, ...one.goals]) expect(JSON.stringify(seen)).not.toContain(id)
  })

  it('that it is over when support is and which goal was met, but not that another was not', async () => {
    const one = await supported(summary)
    await aCompletionFor(app, one, one.goals)
    app.clock.pass({ minutes: 61 })
    const seen = await seenOf(await asks(), one)
    const achieved = seen.filter((resource) => resource['achievementStatus'] !== undefined)

    expect(seen[0]).toMatchObject({ status: 'completed' })
    expect(seen.filter((resource) => resource['lifecycleStatus'] === 'completed')).toHaveLength(2)
    expect(achieved).toHaveLength(1)
    expect(JSON.stringify(achieved)).toContain('"dueDate":"2026-06-01"')
    expect(JSON.stringify(seen)).not.toMatch(/not-met|not-achieved|same-job/)
  })

  it('nothing of a plan or a conversation that was written within the hour, or was taken back', async () => {
    const one = await supported(summary)
    const before = await seenOf(await asks(), one)
    await app.owner.query('update episode.step set withdrawn_by = id where episode = $1 and fact_row is not null', [
      one.episode,
    ])
    await app.owner.query(
      `insert into appointment.withdrawal (area, result, at, by)
        select result.area, result.id, $2, $3 from appointment.result join appointment.appointment
          on appointment.id = result.appointment where episode = $1 and kind = 'attended'`,
      [one.episode, app.clock.now.toString(), app.cast.coach.membership],
    )
    const after = await seenOf(await asks(), one)
    await anAppointmentFor(app, one, 'attended')
    const within = await seenOf(await asks(), one)

    expect([before.length, after, within]).toEqual([4, [], []])
  })

  it('each of two requests of one person under ids of its own', async () => {
    const [one, other] = [await supported(summary), await sentBySystem(app, await asks())]
    await app.owner.query('update referral.referral set person = $1, episode = $2 where episode = $3', [
      ...[one.person, one.episode, other.episode],
    ])
    const [first, second] = [await seenOf(await asks(), one), await seenOf(await asks(), other)]

    expect(second.length).toBe(first.length)
    const parts = new Set(first.map(({ id }) => id.slice(-32)))
    expect(second.filter(({ id }) => parts.has(id.slice(-32)))).toEqual([])
  })
})

describe('Without a yes to a summary, a system reads none of it', () => {
  it.each([
    ['a practice that was said no to', { gp: 'no' }, 'referrer'],
    ['a practice that may know how it stands', { gp: 'yes', 'gp-allows': 'status' }, 'referrer'],
    ['a Jobcentre that may be told a summary', { jobcentre: 'yes', 'jobcentre-allows': 'summary' }, 'jobcentrePartner'],
    ['a service that may be told a summary', { onward: 'yes', 'onward-allows': 'summary' }, 'serviceLead'],
  ] as const)('%s', async (_who, answers, role) => {
    const from = app.cast[role]
    const one = await supported(answers, from)
    const sender = await asks(from)

    expect(await seenOf(sender, one)).toEqual([])
    const [plan, nobodys] = [
      await sender.ask('GET', `/CarePlan/${one.id}`),
      await sender.ask('GET', `/CarePlan/${newId()}`),
    ]
    expect([plan.status, plan.text]).toEqual([404, nobodys.text])
  })

  it('of anybody once they say so, leave, or have died, and of a record that only the named may find', async () => {
    const all = [await supported(summary), await supported(summary), await supported(summary), await supported(summary)]
    const [no, left, dead, restricted] = all
    const ids = await Promise.all(all.map(async (one) => (await seenOf(await asks(), one)).map(({ id }) => id)))
    expect(ids.map(({ length }) => length)).toEqual([4, 4, 4, 4])
    await no?.says({ gp: 'no' })
    await left?.says({ 'take-part': 'no' })
    await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [dead?.person])
    await app.owner.query('update people.person set restricted = true where id = $1', [restricted?.person])
    const sender = await asks()

    for (const one of all) expect(await seenOf(sender, one)).toEqual([])
    for (const id of ids.flatMap((some) => some.slice(1, 3)))
      expect(faultIn(await sender.ask('GET', `/Goal/${id}`))).toEqual({ status: 404, code: 'not-found' })
  })

  it('nor another organisation or another area, by no id and no list', async () => {
    const one = await supported(summary)
    const seen = await seenOf(await asks(), one)
    for (const from of [app.cast.serviceLead, app.cast.managerElsewhere]) {
      const other = await asks(from)
      expect(await seenOf(other, one)).toEqual([])
      for (const { resourceType, id } of seen)
        expect((await other.ask('GET', `/${resourceType}/${id}`)).status).toBe(404)
    }
  })
})

describe('What is read of support', () => {
  it('comes page by page, each once, also where a page ends within one request', async () => {
    const from = app.cast.referrer
    await supported(summary, from)
    await supported(summary, from)
    const whole = (await everyPage(await asks(from), '/Goal?_count=100')).flat()
    for (const count of [1, 3]) {
      const pages = await everyPage(await asks(from), `/Goal?_count=${count}`)
      expect(pages.every((page) => page.length <= count)).toBe(true)
      expect(pages.flat()).toEqual(whole)
    }
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
    expect(whole.length).toBeGreaterThan(3)
  })

  it('is searched by since when it could be known, and stands among those who have seen the record', async () => {
    const one = await supported({ gp: 'no' })
    const since = app.clock.now.toString()
    await one.says(summary)
    const sender = await asks()
    const patient = one.places['Patient']?.slice(1) ?? ''
    const found = async (query: string) => (await sender.list(`/Goal?patient=${patient}${query}`)).entry.length

    expect([await found(`&_lastUpdated=ge${since}`), await found(`&_lastUpdated=lt${since}`)]).toEqual([2, 0])
    const { rows } = await app.owner.query(
      `select codes ->> 'resource' as kind from journal.entry where person = $1 and what = 'referral.read-back'`,
      [one.person],
    )
    expect(rows).toEqual([{ kind: 'Goal' }])
  })

  it('has no id of another kind: such a one is as nobody’s', async () => {
    const one = await supported(summary)
    const goal = (await seenOf(await asks(), one)).find(({ resourceType }) => resourceType === 'Goal')?.id
    const sender = await asks()
    for (const path of [`/CarePlan/${goal}`, `/ServiceRequest/${goal}`, `/Organization/${goal}`, `/Goal/${one.id}`])
      expect(faultIn(await sender.ask('GET', path))).toEqual({ status: 404, code: 'not-found' })
    for (const list of [`/Task?_id=${goal}`, `/Organization?_id=${goal}`, `/Goal?_id=${one.id}`])
      expect((await sender.list(list)).entry).toEqual([])
    expect((await sender.list(`/Goal?_id=${goal}`)).entry).toHaveLength(1)
  })

  it.each(kinds)('is as FHIR R4 has it, in JSON and in XML, and needs a token that allows it: %s', async (kind) => {
    await supported(summary)
    const resources = (await everyPage(await asks(), `/${kind}?_count=100`)).flat()
    const xml = await (await asks()).ask('GET', `/${kind}?_count=1&_format=xml`)
    const other = await aSender(app, { may: ['system/ServiceRequest.rs'] })

    expect(resources.length).toBeGreaterThan(1)
    expect(resources.flatMap((resource) => problemsIn(resource))).toEqual([])
    expect(xml.text).toMatch(/^<\?xml.*<Bundle /s)
    expect(faultIn(await other.ask('GET', `/${kind}`))).toEqual({ status: 403, code: 'forbidden' })
  })
})

describe('What a system sent', () => {
  it('is searched by when it changed, and never by what is not understood', async () => {
    const sender = await aSender(app, { from: app.cast.manager })
    await sender.send({ value: 'G1' })
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    await sender.send({ value: 'G2' })
    const valuesOf = async (path: string) => /"value":"G\d"/g[Symbol.match](JSON.stringify(await sender.list(path)))

    expect(await valuesOf(`/ServiceRequest?_lastUpdated=ge${since}`)).toEqual(['"value":"G2"'])
    expect(await valuesOf(`/ServiceRequest?_lastUpdated=lt${since}`)).toEqual(['"value":"G1"'])
    expect(faultIn(await sender.ask('GET', '/ServiceRequest?subject=somebody'))).toEqual({ status: 400, code: 'value' })
    const reader = await aSender(app, { from: app.cast.manager, may: ['system/Task.rs'] })
    expect(faultIn(await reader.ask('GET', '/Task?_lastUpdated=ge2026'))).toEqual({ status: 400, code: 'value' })
    expect(faultIn(await sender.ask('GET', '/ServiceRequest?_cursor=abc'))).toEqual({ status: 400, code: 'value' })
  })

  it('is searched by a day, a month or a year as it is in England', async () => {
    const sender = await aSender(app, { from: app.cast.administrator })
    await sender.send({ value: 'H1' })
    const today = app.clock.now.toZonedDateTimeISO('Europe/London').toPlainDate()
    const [day, month, year] = [today.toString(), today.toString().slice(0, 7), String(today.year)]
    const tomorrow = today.add({ days: 1 }).toString()
    const count = async (...dates: string[]) => {
      const asked = dates.map((date) => `_lastUpdated=${date}`).join('&')
      return (await sender.list(`/ServiceRequest?identifier=H1&${asked}`)).entry.length
    }

    for (const date of [day, month, year, `ge${day}`, `le${day}`, `le${month}`, `ge${year}`, `lt${tomorrow}`])
      expect([date, await count(date)]).toEqual([date, 1])
    for (const date of [`gt${day}`, `lt${day}`, `gt${month}`, `lt${year}`, `ge${tomorrow}`])
      expect([date, await count(date)]).toEqual([date, 0])
    expect(await count(`ge${day}`, `ge${year}`, `lt${tomorrow}`)).toBe(1)
  })

  it('is searched by what its sender calls it in whichever numbering, one at a time', async () => {
    const sender = await aSender(app, { from: app.cast.administrator })
    const id =
      placesIn((await sender.send({ value: 'J1' })).text)
        ['ServiceRequest']?.split('/')
        .at(-1) ?? ''
    const found = await sender.list('/ServiceRequest?identifier=J1')

    expect(found.entry.map(({ resource }) => resource?.id)).toEqual([id])
    for (const [asked, says] of [
      ['identifier=J1,J2', 'SYSTEM|VALUE, or VALUE alone'],
      [`_id=${id},${id}`, 'give one id'],
      [`_id=${id}&_id=${newId()}`, 'give one id'],
      ['_lastUpdated=ge2026-13', 'a day, a month or a year'],
      ['_lastUpdated=sa2026', 'a day, a month or a year'],
    ]) {
      const refused = await sender.ask('GET', `/ServiceRequest?${asked}`)
      expect([asked, refused.status, refused.text.includes(says ?? '')]).toEqual([asked, 400, true])
    }
  })

  it('is a list without entries where nothing is found, since FHIR has no empty ones', async () => {
    const sender = await aSender(app)
    const json = await sender.ask('GET', `/ServiceRequest?_id=${newId()}`)
    const xml = await sender.ask('GET', `/ServiceRequest?_id=${newId()}&_format=xml`)

    expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(json.text)))).toEqual([
      'resourceType',
      'type',
      'link',
    ])
    expect([xml.status, xml.text.includes('<entry')]).toEqual([200, false])
  })
})
