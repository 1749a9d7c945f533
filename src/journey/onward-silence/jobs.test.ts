import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { listOnwardOf, recordEvent } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { anEmailAnswer } from '#test/people/emailed.ts'
import { arrives } from '#test/people/mail.ts'
import { aSentOnward, onwardLink } from '#test/people/onward.ts'
import { aService, withNationalServices } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const kind = () => newId().slice(-8)
const onwardsOf = (person: string) => app.inArea('north', (db) => listOnwardOf(db, 'north', [person]))
const watch = async () => {
  await app.inArea('north', async (db) => app.product.jobs['onward.silence']?.(db, { area: 'north' }, app.clock.now))
  await app.work()
}
const sentTo = async (address: string) => {
  const { rows } = await app.owner.query<{ kind: string }>(
    'select kind from notify.message where address = $1 order by id',
    [address],
  )
  return rows.map((row) => row.kind)
}

/** Somebody whose service has not answered for as long as the area waits, with another that is open. */
async function afterSilence(other: Parameters<typeof aService>[1] = {}) {
  const [first, next] = [`first-${kind()}@example.org`, `next-${kind()}@example.org`]
  // Each pair is of a kind of its own, so that no other test's service is the next one.
  const kinds = [await aKind()]
  const service = await aService(app, { name: `First ${kind()}`, kinds })
  const proposed = `Next ${kind()}`
  await aService(app, { name: proposed, kinds, email: next, ...other })
  const sent = await aSentOnward(app, { service, also: { email: first, health: 'My back' }, yes: { health: 'yes' } })
  app.clock.pass({ hours: 24 * 8 })
  await watch()
  app.clock.pass({ hours: 24 * 7 })
  await watch()
  return { ...sent, first, next, proposed }
}

async function aKind(): Promise<string> {
  const id = newId()
  await withNationalServices(app)
  await app.owner.query(
    `insert into services.term (area, id, taxonomy, parent, name, about)
      select area, $1, taxonomy, null, $2, 'A kind' from services.term where area = 'north' limit 1`,
    [id, `Kind ${kind()}`],
  )
  return id
}

describe('A service that does not answer', () => {
  it('is asked once more, then counts as no reply; the next one is proposed, and nothing goes to it', async () => {
    const { person, onward, first, next, proposed, browser } = await afterSilence()
    await watch()
    const [kept] = await onwardsOf(person)

    expect(await sentTo(first)).toEqual(['onward.sent', 'onward.nudged'])
    expect([kept?.state, kept?.events.filter(({ kind: what }) => what === 'no-reply').length]).toEqual(['no-reply', 1])
    expect(await sentTo(next)).toEqual([])
    const coach = await app.as(app.cast.coach)
    expect((await coach.open('/day')).text).toContain('Another is proposed')
    expect((await coach.open(`/onward/${onward}/next`)).text).toMatch(
      new RegExp(`${proposed}.*three letters about rent`),
    )
    expect(browser).toBeDefined()
  })

  it('is asked again as often as the area says, once each time also where the work stood still, and no more after a reply', async () => {
    const address = `often-${kind()}@example.org`
    const { onward } = await aSentOnward(app, { also: { email: address } })
    const after = async (days: number) => {
      app.clock.pass({ hours: 24 * days })
      await watch()
      await watch()
      return (await sentTo(address)).filter((one) => one === 'onward.nudged').length
    }

    expect([await after(4), await after(2), await after(3), await after(3)]).toEqual([0, 1, 1, 2])
    expect([await after(1), await after(1)]).toEqual([2, 2])
    const late = await aSentOnward(app, { also: { email: `late-${kind()}@example.org` } })
    app.clock.pass({ hours: 24 * 12 })
    await watch()
    await watch()
    const nudged = (await onwardsOf(late.person))[0]?.events.filter(({ kind: what }) => what === 'nudged')
    expect([onward === late.onward, nudged?.length]).toEqual([false, 1])
  })

  it('is told to stop when the person says yes to the next, which is asked with what they agree to now', async () => {
    const { person, onward, first, next } = await afterSilence()
    const me = await app.asParticipant(person)
    const page = await me.open(`/my/services/${onward}/next`)
    const old = await onwardLink(app, onward)
    const done = await me.send(`/my/services/${onward}/next`, { id: newId(), answer: 'yes', leftOut: 'phone' })
    await app.work()
    const [newest, before] = await onwardsOf(person)

    expect(page.text).toMatch(/Another service could help you.*My back/)
    expect(done.text).toContain('We ask the next service')
    expect([newest?.state, before?.state]).toEqual(['sent', 'withdrawn'])
    expect(newest?.events.find(({ kind: what }) => what === 'agreed')?.parts).toEqual(['name', 'wanted', 'barrier'])
    expect([await sentTo(next), (await sentTo(first)).at(-1)]).toEqual([['onward.sent'], 'onward.stopped'])
    expect((await app.visitor().open(old)).status).toBe(410)
  })

  it('is not told to stop where the next has no address: the person reads that their coach asks it', async () => {
    const { person, onward, first } = await afterSilence({ email: null })
    const me = await app.asParticipant(person)
    const done = await me.send(`/my/services/${onward}/next`, { id: newId(), answer: 'yes' })
    await app.work()

    expect(done.text).toContain('Your coach asks the next service')
    expect(done.text).not.toContain('told to stop')
    expect((await onwardsOf(person)).map(({ state }) => state)).toEqual(['no-reply'])
    expect(await sentTo(first)).not.toContain('onward.stopped')
  })

  it('may still answer when the person would rather wait, and the coach reads what they decided', async () => {
    const { person, onward, next } = await afterSilence()
    const me = await app.asParticipant(person)
    const answer = { id: newId(), answer: 'wait', note: 'They said it may take long' }
    await me.send(`/my/services/${onward}/next`, answer)
    const twice = await me.send(`/my/services/${onward}/next`, { ...answer, answer: 'yes' })
    await app.work()
    const coach = await app.as(app.cast.coach)
    const day = await coach.open('/day')
    const page = await coach.open(`/onward/${onward}/next`)

    expect(twice.text).toContain('Nothing to answer now')
    expect(await sentTo(next)).toEqual([])
    expect((await onwardsOf(person))[0]?.state).toBe('no-reply')
    expect(day.text).toContain('They decided about the next service')
    expect(page.text).toMatch(/They would rather wait.*They said it may take long/)
    await coach.send(`/onward/${onward}/next/reading`)
    expect((await coach.open(`/onward/${onward}/next`)).text).not.toContain('I have read it')
  })

  it('that answers after all is said to have answered where the next is proposed, which nobody decides any more', async () => {
    const { onward, person, proposed } = await afterSilence()
    const said = { area: 'north', id: newId(), referral: onward, kind: 'accepted', witness: 'service' } as const
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(`/onward/${onward}/next`)
    await app.inArea('north', (db) => recordEvent(db, { ...said, at: app.clock.now, note: 'Come in on Monday' }))
    const after = await coach.open(`/onward/${onward}/next`)

    expect(before.text).toMatch(/has not answered.*Not now/)
    expect(after.text).toMatch(/has answered meanwhile.*Accepted\..*Come in on Monday/)
    expect(after.text).toContain(proposed)
    expect(after.text).not.toMatch(/has not answered|Not now|Refer to it/)
    expect((await onwardsOf(person))[0]?.state).toBe('accepted')
  })

  it('has a next one that is open said by name, where none was proposed', async () => {
    const { onward, proposed } = await afterSilence()
    await app.owner.query('delete from onward_silence.proposal where referral = $1', [onward])
    const page = await (await app.as(app.cast.coach)).open(`/onward/${onward}/next`)

    expect(page.text).toContain(`None was proposed. Of this kind, ${proposed} is open`)
    expect(page.text).not.toContain('No other service of this kind is open')
  })

  it('is followed by the one of its kind that says what is wanted, and the coach reads how long people wait', async () => {
    const [kinds, called] = [[await aKind()], kind()]
    const service = await aService(app, { name: `First ${called}`, kinds })
    await aService(app, { name: `Another ${called}`, kinds, waitWeeks: 1, waitOn: '2026-01-02' })
    await aService(app, { name: `Rent, letters and three more ${called}`, kinds, waitWeeks: 6, waitOn: '2026-01-02' })
    const { onward } = await aSentOnward(app, { service })
    app.clock.pass({ hours: 24 * 15 })
    await watch()
    const page = await (await app.as(app.cast.coach)).open(`/onward/${onward}/next`)

    expect(page.text).toMatch(new RegExp(`Proposed today.*Rent, letters and three more ${called}`))
    expect(page.text).toContain('It says that the wait is 6 weeks.')
  })

  it.each([
    ['is closed', { validUntil: '2026-01-10' }],
    ['is full', { capacity: 'full' }],
    ['people use themselves', { ways: ['use'] }],
  ] as const)('has no next one that %s', async (_what, said) => {
    const { onward } = await afterSilence(said)
    app.clock.set('2026-01-20T10:00:00Z')
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/onward/${onward}/next`)).text).toContain('No other service of this kind is open')
  })
})

const tellNext = () =>
  app.inArea('north', async (db) => app.product.jobs['onward.next-told']?.(db, { area: 'north' }, app.clock.now))
const toldOf = async (person: string) =>
  (
    await app.owner.query<{ body: string; settled_as: string | null }>(
      `select body, settled_as from notify.message where person = $1 and kind = 'next.proposed' order by id`,
      [person],
    )
  ).rows
const tomorrow = async () => {
  app.clock.pass({ hours: 24 })
  await app.work()
}

describe('Somebody to whom the next service is proposed', () => {
  it('is told once that there is something to decide, and reads what would be sent when they have signed in', async () => {
    const { person, onward, proposed } = await afterSilence()
    for (let times = 0; times < 2; times += 1) await tellNext()
    await tomorrow()
    await tellNext()
    const [told] = await toldOf(person)
    const page = await (await app.asParticipant(person)).open(`/my/services/${onward}/next`)

    expect(await toldOf(person)).toMatchObject([{ settled_as: 'sent' }])
    expect(told?.body).toContain('/my/services and sign in')
    expect(told?.body).not.toMatch(/service has|debt|rent|back|First|Next|refer/)
    expect(page.text).toMatch(new RegExp(`${proposed} This is what it would be sent.*three letters about rent`))
  })

  it.each([
    ['have decided', (one: Silent) => decides(one)],
    ['want no contact any more', ({ person }: Silent) => anAnswer(app, person, 'contact', false)],
    ['stand behind a restriction', ({ person }: Silent) => restricts(person)],
  ])('is not told where they %s, before it is written or after', async (_why, happens) => {
    const [before, after] = [await afterSilence(), await afterSilence()]
    await happens(before)
    await tellNext()
    await happens(after)
    await tomorrow()

    expect(await toldOf(before.person)).toEqual([])
    expect(await toldOf(after.person)).toMatchObject([{ settled_as: 'held back' }])
  })
})

it('Somebody is told of no other service while what the first wrote by email waits for a coach', async () => {
  const { person, onward } = await afterSilence()
  await arrives(app, await anEmailAnswer(onward, 'YES'))
  await tellNext()
  expect(await toldOf(person)).toEqual([])
})

type Silent = Awaited<ReturnType<typeof afterSilence>>

const decides = async ({ person, onward }: Silent) =>
  (await app.asParticipant(person)).send(`/my/services/${onward}/next`, { id: newId(), answer: 'talk', note: '' })

const restricts = (person: string) =>
  app.owner.query('update people.person set restricted = true where id = $1', [person])
