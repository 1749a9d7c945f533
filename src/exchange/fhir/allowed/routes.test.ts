import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { problemsIn } from '#platform/fhir/wire.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { everyState } from '#test/disclosure/people.ts'
import { aSender, everyPage, faultIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const kinds = ['EpisodeOfCare', 'Communication', 'Consent'] as const
const notThere = { status: 404, code: 'not-found' }
const assessed = [{ kind: 'tried' }, { kind: 'reached' }, { kind: 'assessed' }] as const
const nothing = { gp: 'no', employer: 'no', jobcentre: 'no', onward: 'no' }

/** A token holds for five minutes: a system asks with one that holds now. */
const asks = (from?: Member) => aSender(app, from ? { from, perMinute: 100_000 } : { perMinute: 100_000 })

/** Everything a system reads of a request beyond what it sent itself: by id, and in each list. */
async function seenOf(sender: Sender, id: string): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = []
  for (const kind of kinds) {
    const { status, text } = await sender.ask('GET', `/${kind}/${id}`)
    const [listed, all] = [await sender.list(`/${kind}?_id=${id}`), await everyPage(sender, `/${kind}?_count=100`)]
    const inAll = all.flat().filter((one) => one.id === id)
    expect([listed.entry.length, inAll.length]).toEqual(status === 200 ? [1, 1] : [0, 0])
    if (status === 200) seen.push(JSON.parse(text))
  }
  return seen
}

describe('With a yes of the person, a system reads', () => {
  it('that support was accepted, started and ended, and the yes itself, but never why it ended', async () => {
    const one = await sentBySystem(app, await asks())
    const before = await seenOf(await asks(), one.id)
    await one.happens({ kind: 'accepted' })
    const accepted = await seenOf(await asks(), one.id)
    await one.happens(...assessed)
    const started = await seenOf(await asks(), one.id)
    await one.happens({ kind: 'ended', as: 'left-early' })
    const ended = await seenOf(await asks(), one.id)

    expect(before.map(({ resourceType }) => resourceType)).toEqual(['Consent'])
    expect([accepted, started, ended].map(([episode]) => episode?.['status'])).toEqual([
      'planned',
      'active',
      'finished',
    ])
    expect(ended[0]).toMatchObject({
      patient: { reference: one.places['Patient']?.slice(1) },
      referralRequest: [{ reference: `ServiceRequest/${one.id}` }],
      period: { start: expect.any(String), end: expect.any(String) },
    })
    expect(ended[2]).toMatchObject({
      ...{ status: 'active', patient: { reference: one.places['Patient']?.slice(1) } },
      provision: { type: 'permit', code: [{ text: 'Accepted, started and ended' }] },
    })
    expect([accepted, started, ended].map(([, news]) => news?.['payload'])).toEqual(
      ['The request was accepted', 'Support has started', 'Support has ended'].map((contentString) => [
        { contentString },
      ]),
    )
    expect(JSON.stringify(ended)).not.toMatch(/left|early|reached|tried|Quillfeather|Back pain/)
  })

  it('nothing of a beginning where there was none, so that nobody sees that somebody never came', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' }, { kind: 'tried' }, { kind: 'ended', as: 'unreachable' })
    const [never, lastOfNever] = await seenOf(await asks(), one.id)
    const other = await sentBySystem(app, await asks())
    await other.happens({ kind: 'accepted' }, ...assessed, { kind: 'ended', as: 'left-early' })
    const [stopped, lastOfStopped] = await seenOf(await asks(), other.id)

    expect(Object.keys(never ?? {})).toEqual(Object.keys(stopped ?? {}))
    expect(never?.['period']).toEqual(stopped?.['period'])
    expect(lastOfNever?.['payload']).toEqual(lastOfStopped?.['payload'])
  })

  it('nothing of a referral that ended before it was accepted: as of one that waits', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'ended', as: 'not-eligible' })

    expect((await seenOf(await asks(), one.id)).map(({ resourceType }) => resourceType)).toEqual(['Consent'])
  })

  it('nothing within the hour in which a slip is taken back', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' })
    app.clock.pass({ minutes: -61 })

    expect((await seenOf(await asks(), one.id)).map(({ resourceType }) => resourceType)).toEqual(['Consent'])
    app.clock.pass({ minutes: 61 })
  })

  it('each with who has seen the record, once for what was shown', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' })
    const sender = await asks()
    for (const kind of kinds) await sender.ask('GET', `/${kind}/${one.id}`)
    const { rows } = await app.owner.query(
      `select codes ->> 'resource' as kind from journal.entry where person = $1 and what = 'referral.read-back' order by id`,
      [one.person],
    )

    expect(rows.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('Without a yes of the person, a system reads', () => {
  it.each(['referrer', 'jobcentrePartner', 'serviceLead'] as const)(
    'nothing beyond what it sent, in whatever state somebody is, and the same as of nobody: %s',
    async (role) => {
      const from = app.cast[role]
      const told: string[] = []
      const [unknown] = [newId()]
      for (const [state, way] of Object.entries(everyState)) {
        const one = await sentBySystem(app, await asks(from))
        await one.says(nothing)
        const coach = { kind: 'allocated', coach: app.cast.coach.membership } as const
        await one.happens(...way.map((step) => (step === 'coach' ? coach : step)))
        const sender = await asks(from)
        if ((await seenOf(sender, one.id)).length > 0) told.push(state)
        for (const kind of kinds) {
          const [theirs, nobodys] = [
            await sender.ask('GET', `/${kind}/${one.id}`),
            await sender.ask('GET', `/${kind}/${unknown}`),
          ]
          expect([theirs.status, theirs.text]).toEqual([nobodys.status, nobodys.text])
        }
      }

      expect(told).toEqual([])
    },
    60_000,
  )

  it('nothing where nobody has asked the person yet', async () => {
    const one = await sentBySystem(app, await asks(), { policy: null })

    expect(await seenOf(await asks(), one.id)).toEqual([])
  })

  it('nothing any more once they say no, take no part where that ends it, or have died', async () => {
    const [no, dead] = [await sentBySystem(app, await asks()), await sentBySystem(app, await asks())]
    for (const one of [no, dead]) await one.happens({ kind: 'accepted' })
    expect((await seenOf(await asks(), no.id)).length).toBe(3)
    await no.says({ gp: 'no' })
    await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [dead.person])

    expect([await seenOf(await asks(), no.id), await seenOf(await asks(), dead.id)]).toEqual([[], []])
  })

  it('nothing of what it has taken back itself', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' })
    const back = { resourceType: 'ServiceRequest', id: one.id, status: 'revoked', intent: 'order', subject: {} }
    const note = [{ text: 'Sent by mistake' }]
    const taken = await (await asks()).ask('PUT', `/ServiceRequest/${one.id}`, JSON.stringify({ ...back, note }))

    expect([taken.status, await seenOf(await asks(), one.id)]).toEqual([200, []])
  })
})

describe('A Jobcentre', () => {
  const jobcentre = () => asks(app.cast.jobcentrePartner)

  it('reads more only where the person switched it on for it, and never that they did not come or stopped', async () => {
    const one = await sentBySystem(app, await jobcentre())
    await one.happens({ kind: 'accepted' })
    const before = await seenOf(await jobcentre(), one.id)
    await one.says({ jobcentre: 'yes', 'jobcentre-allows': 'summary' })
    const [on, , consent] = await seenOf(await jobcentre(), one.id)
    await one.happens({ kind: 'tried' }, { kind: 'ended', as: 'unreachable' })
    const [after] = await seenOf(await jobcentre(), one.id)

    expect([before, on?.['status'], after?.['status']]).toEqual([[], 'planned', 'planned'])
    expect(after).toEqual(on)
    expect(JSON.stringify(consent)).toContain('Accepted, started and ended')
  })

  it('hears nothing more once somebody takes no part any more', async () => {
    const one = await sentBySystem(app, await jobcentre())
    await one.says({ jobcentre: 'yes', 'jobcentre-allows': 'status' })
    await one.happens({ kind: 'accepted' })
    const task = async () => (await (await jobcentre()).read(one.places['Task'] ?? ''))['status']
    const before = [await task(), (await seenOf(await jobcentre(), one.id)).length]
    await one.says({ 'take-part': 'no' })

    expect(before).toEqual(['accepted', 3])
    expect([await task(), await seenOf(await jobcentre(), one.id)]).toEqual(['received', []])
  })
})

describe('What a system reads beyond what it sent', () => {
  it('is nothing of another organisation or another area, by no address and no search', async () => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' })
    for (const from of [app.cast.serviceLead, app.cast.managerElsewhere]) {
      const other = await asks(from)
      expect(await seenOf(other, one.id)).toEqual([])
      for (const kind of kinds)
        expect((await other.list(`/${kind}?patient=${one.places['Patient']?.slice(1)}`)).entry).toEqual([])
    }
  })

  it('comes page by page, each once, also past those of whom nothing may be known', async () => {
    const from = app.cast.manager
    const ids: string[] = []
    for (const may of [true, false, false, false, true, true]) {
      const one = await sentBySystem(app, await asks(from))
      await one.says({ onward: may ? 'yes' : 'no', 'onward-allows': 'status' })
      await one.happens({ kind: 'accepted' })
      if (may) ids.push(one.id)
    }
    const pages = await everyPage(await asks(from), '/EpisodeOfCare?_count=2')

    expect(pages.map((page) => page.length)).toEqual([1, 0, 2])
    expect(pages.flat().map(({ id }) => id)).toEqual(ids)
  })

  it('is searched by whom it is about and by since when it could be known', async () => {
    const one = await sentBySystem(app, await asks())
    await one.says({ gp: 'no' })
    await one.happens({ kind: 'accepted' })
    const since = app.clock.now.toString()
    await one.says({ gp: 'yes', 'gp-allows': 'status' })
    const sender = await asks()
    const patient = one.places['Patient']?.slice(1) ?? ''
    const found = async (query: string) => (await sender.list(`/EpisodeOfCare?patient=${patient}${query}`)).entry.length

    expect(await found('')).toBe(1)
    expect([await found(`&_lastUpdated=ge${since}`), await found(`&_lastUpdated=lt${since}`)]).toEqual([1, 0])
    expect(faultIn(await sender.ask('GET', '/Consent?status=active'))).toEqual({ status: 400, code: 'value' })
    expect(faultIn(await sender.ask('GET', '/Consent/1'))).toEqual(notThere)
  })

  it.each(kinds)('is as FHIR R4 has it, in JSON and in XML, and needs a token that allows it: %s', async (kind) => {
    const one = await sentBySystem(app, await asks())
    await one.happens({ kind: 'accepted' }, ...assessed)
    const resources = (await everyPage(await asks(), `/${kind}?_count=100`)).flat()
    const xml = await (await asks()).ask('GET', `/${kind}/${one.id}?_format=xml`)
    const other = await aSender(app, { may: ['system/ServiceRequest.rs'] })

    expect(resources.length).toBeGreaterThan(1)
    expect(resources.flatMap((resource) => problemsIn(resource))).toEqual([])
    expect(xml.text).toMatch(new RegExp(`^<.*<${kind} `, 's'))
    expect(faultIn(await other.ask('GET', `/${kind}/${one.id}`))).toEqual({ status: 403, code: 'forbidden' })
  })
})
