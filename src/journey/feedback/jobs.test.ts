import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { earlyEnds, type EarlyEnd, type Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { toldUnder } from '#journey/acknowledgement/rules.ts'
import { routesOfOthers } from '#journey/referral/rules.ts'
import { joinReferrals } from '#journey/triage/store.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { Switch } from '#registers/permissions/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aReferral, type AboutReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const surgery = {
  name: 'Dr Khan',
  organisation: 'Park Surgery',
  email: 'park@example.org',
  feedback: 'status',
} as const
const wanting = (about: AboutReferral = {}) => aReferral(app, { route: 'gp', referrer: surgery, ...about })

const episodeOf = async (referral: string): Promise<string> =>
  (await app.owner.query('select episode from referral.referral where id = $1', [referral])).rows[0].episode

/** Moves the episode of a referral, and lets the time go by in which a slip is taken back. */
async function moved(referral: string, steps: readonly Step[]): Promise<void> {
  const episode = await episodeOf(referral)
  const by = app.cast.coach.membership
  for (const step of steps) {
    await app.inArea('north', (db) => recordStep(db, { area: 'north', episode, step, at: app.clock.now, by }))
  }
  await workedOff()
}

async function workedOff(): Promise<void> {
  app.clock.pass({ hours: 1 })
  await app.work()
}

/** What whoever referred was written, the earliest first. */
const told = async (referral: string) =>
  (
    await app.owner.query<{ kind: string; subject: string; body: string; settled_as: string; reason: string | null }>(
      `select kind, subject, body, settled_as, reason from notify.message where about = $1 and recipient = 'another' order by id`,
      [referral],
    )
  ).rows

const kinds = async (referral: string) => (await told(referral)).map(({ kind }) => kind.replace('referral.', ''))

const accepted = { kind: 'accepted' } as const
const started = { kind: 'assessed' } as const
const limitOn = Temporal.PlainDate.from('2026-03-30')
const completed = [
  { kind: 'plan-agreed', planType: 'return-to-work', limitOn },
  { kind: 'completed', followUp13On: limitOn, followUp26On: limitOn },
] as const

/** The person switches on that this kind of recipient hears when support is accepted, starts and ends. */
async function switchOn(person: string, about: Switch, answer = 'yes') {
  const form = { form: newId(), how: 'telephone', [about]: answer, [`${about}-allows`]: 'status' }
  expect((await (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, form)).status).toBe(303)
}

/** Somebody who was asked, and lets whoever referred them know, unless those hear only that it arrived. */
async function agreed(about: AboutReferral = {}) {
  const made = await wanting(about)
  const route = about.route ?? 'gp'
  if (route !== 'employer' && route !== 'jobcentre') await switchOn(made.person, toldUnder[route]?.switch ?? 'gp')
  return made
}

// Checked: the keys of the list are its codes.
const routes = Object.keys(routesOfOthers) as Exclude<Route, 'self'>[]
// Checked: as above.
const ends = Object.keys(earlyEnds) as EarlyEnd[]
const closed = ['employer', 'jobcentre'] as const

describe('Whoever referred somebody', () => {
  it.each(routes)('by the route %s hears what the person agreed to, and nothing more', async (route) => {
    const { id } = await agreed({ route })
    await moved(id, [accepted, started, ...completed])

    const all = ['received', 'accepted', 'started', 'ended']
    expect(await kinds(id)).toEqual(route === 'employer' || route === 'jobcentre' ? ['received'] : all)
  })

  it.each(routes)(
    'by the route %s hears only that it arrived, for as long as they alone say that the person agrees',
    async (route) => {
      const { id } = await wanting({ route })
      await moved(id, [accepted, started, ...completed])

      expect(await kinds(id)).toEqual(['received'])
    },
  )

  it.each(closed)('as %s hears more only once the person switches it on', async (route) => {
    const { id, person } = await wanting({ route })
    await switchOn(person, route)
    await moved(id, [accepted, started, ...completed])

    expect(await kinds(id)).toEqual(['received', 'accepted', 'started', 'ended'])
  })

  it.each(closed.flatMap((route) => ends.map((as) => [route, as] as const)))(
    'as %s never hears of an early end, whatever was switched on: %s',
    async (route, as) => {
      const { id, person } = await wanting({ route })
      await switchOn(person, route)
      await moved(id, [accepted, { kind: 'ended', as }])

      expect(await kinds(id)).toEqual(['received', 'accepted'])
    },
  )

  it.each(ends)('as a GP hears that it is over, and never why: %s', async (as) => {
    const { id } = await agreed()
    await moved(id, [{ kind: 'ended', as }])
    const [, ended] = await told(id)
    const words = `${ended?.subject} ${ended?.body}`

    if (as === 'duplicate' || as === 'died') return expect(ended).toBeUndefined()
    expect(words).toContain('Your referral is closed')
    expect(words).not.toMatch(/Robin|Marsh|eligible|declined|reach them|left|moved/i)
  })

  it('who asked to hear only that it arrived hears only that', async () => {
    const { id, person } = await wanting({ referrer: { ...surgery, feedback: 'received' } })
    await switchOn(person, 'gp')
    await moved(id, [accepted])

    expect(await kinds(id)).toEqual(['received'])
  })

  it('hears nothing where the person said no, before or after it was written', async () => {
    const [before, after] = [await agreed(), await agreed()]
    await switchOn(before.person, 'gp', 'no')
    await moved(before.id, [accepted])
    app.clock.set('2026-01-07T22:30:00Z')
    await moved(after.id, [accepted])
    app.clock.set('2026-01-08T07:30:00Z')
    await switchOn(after.person, 'gp', 'no')
    app.clock.set('2026-01-08T09:30:00Z')
    await app.work()

    expect(await kinds(before.id)).toEqual(['received'])
    expect((await told(after.id)).at(-1)).toMatchObject({ kind: 'referral.accepted', settled_as: 'held back' })
  })

  it('without the person’s knowledge hears more only where the person agrees to it', async () => {
    const answered = async (mayTell: object) => {
      const { id } = await wanting({ agreement: 'not-asked' })
      const coach = await app.as(app.cast.coach)
      await coach.send(`/referrals/${id}/answer`, { answer: 'agreed', how: 'telephone', ...mayTell })
      await moved(id, [accepted])
      return kinds(id)
    }

    expect(await answered({ mayTell: 'yes' })).toEqual(['received', 'accepted'])
    expect(await answered({ mayTell: 'no' })).toEqual(['received'])
    expect(await answered({})).toEqual(['received'])
  })

  it('hears more by a later yes to all where the person was not asked about it, and not where they said no', async () => {
    const answered = async (mayTell: object) => {
      const { id, person } = await wanting({ agreement: 'not-asked' })
      const coach = await app.as(app.cast.coach)
      await coach.send(`/referrals/${id}/answer`, { answer: 'agreed', how: 'telephone', ...mayTell })
      const { text } = await coach.open(`/people/${person}`)
      await switchOn(person, 'gp')
      await moved(id, [accepted])
      return { text, kinds: await kinds(id) }
    }
    const [notAsked, refused] = [await answered({ mayTell: 'not-asked' }), await answered({ mayTell: 'no' })]

    expect(notAsked.kinds).toEqual(['received', 'accepted'])
    expect(notAsked.text).toContain('Not asked yet: whether Park Surgery may be told more')
    expect(notAsked.text).not.toContain('share with my GP (Park Surgery)')
    expect(refused.kinds).toEqual(['received'])
    expect(refused.text).toContain('Said no: share with my GP (Park Surgery)')
  })

  it('does not even hear that it arrived where the person said no before that was sent', async () => {
    app.clock.set('2026-01-07T22:30:00Z')
    const { id } = await wanting({ agreement: 'not-asked' })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/referrals/${id}/answer`, { answer: 'agreed', how: 'telephone', mayTell: 'no' })
    app.clock.set('2026-01-08T09:30:00Z')
    await app.work()

    expect(await told(id)).toMatchObject([
      { settled_as: 'held back', reason: 'The person does not want Park Surgery to be told' },
    ])
  })

  it('does not hear of a slip that is taken back, nor twice of one thing', async () => {
    const [slip, twice] = [await agreed(), await agreed()]
    const at = app.clock.now
    const on = { area: 'north', episode: await episodeOf(slip.id), at, by: app.cast.coach.membership }
    await app.inArea('north', async (db) => {
      const step = await recordStep(db, { ...on, step: accepted })
      await recordStep(db, { ...on, step: { kind: 'withdrawn', step } })
    })
    await workedOff()
    await moved(twice.id, [accepted, started, started])

    expect(await kinds(slip.id)).toEqual(['received'])
    expect(await kinds(twice.id)).toEqual(['received', 'accepted', 'started'])
  })

  it('hears of the episode that is kept when two referrals turn out to be of one person', async () => {
    const [first, second] = [await agreed(), await agreed({ referrer: { ...surgery, organisation: 'Quay Clinic' } })]
    const pair = { area: 'north', kept: first.person, merged: second.person, by: app.cast.manager.membership }
    await app.inArea('north', (db) => joinReferrals(db, { ...pair, at: app.clock.now }))
    await moved(first.id, [accepted])

    expect(await kinds(first.id)).toEqual(['received', 'accepted'])
    expect(await kinds(second.id)).toEqual(['received', 'accepted'])
  })

  it('hears nothing where the person said no on the record that theirs was made one with', async () => {
    const { id, person } = await wanting()
    const kept = await aReferral(app)
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept.person, person])
    app.clock.pass({ minutes: 1 })
    await switchOn(kept.person, 'gp', 'no')
    await moved(id, [accepted])

    expect(await kinds(id)).toEqual(['received'])
  })
})
