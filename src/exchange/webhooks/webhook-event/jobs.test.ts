import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { startWebhookReceiver, type WebhookReceiver } from '#test/neighbours/webhook-receiver.ts'
import { aToldReferral, aToldSender } from '#test/people/told.ts'

let app: TestApp
let theirs: WebhookReceiver
beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
  theirs = await startWebhookReceiver(() => app.clock.now)
})
afterEach(() => {
  for (const list of [theirs.taken, theirs.asked, theirs.next, theirs.keys]) list.splice(0)
  theirs.outage.is = undefined
})
afterAll(async () => {
  await theirs.close()
  await app.close()
})

const accepted = { kind: 'accepted' } as const
const started = { kind: 'assessed' } as const
const left = { kind: 'ended', as: 'left-early' } as const

const passing = async (hours: number) => {
  for (let hour = 0; hour < hours; hour += 1) {
    app.clock.pass({ hours: 1 })
    await app.work()
  }
}

/** A system that is told, and somebody whom it referred and who lets it hear how it stands. */
async function agreed() {
  const sender = await aToldSender(app, { address: theirs.address })
  theirs.keys.push(sender.keyOf(1))
  const referral = await aToldReferral(app, sender)
  await referral.says({ gp: 'yes', 'gp-allows': 'status' })
  return { sender, ...referral }
}

type Kept = Readonly<{ state: string | null; reason: string | null; tries: number; answer: number | null }>

const kept = async (request: string) => {
  const { rows } = await app.owner.query<Kept>(
    `select settled_as as state, reason, tries, last_answer as answer from webhook_event.event where request = $1 order by id`,
    [request],
  )
  return rows
}

describe('A system that sent a referral', () => {
  it('is told that it changed and where that is read: signed, and with nothing of anybody and not what', async () => {
    const { id, sender, happens } = await agreed()
    await happens(accepted)
    const [event] = theirs.taken
    const read = await sender.see(id)

    const address = `${app.settings.origin}/api/v1/referrals/${id}`
    expect(theirs.taken).toHaveLength(1)
    expect(event).toMatchObject({ type: 'referral.changed', data: { id, address } })
    expect(theirs.asked[0]?.body).not.toMatch(/Ottilie|Farthingale|accepted|07700|WW-/)
    expect(read.progress?.state).toBe('accepted')
  })

  it('is told of each change once and in order, and that it goes on after all where an end is taken back', async () => {
    const { id, happens } = await agreed()
    await happens(accepted)
    await happens(started)
    await happens(left)
    await passing(3)

    expect(theirs.taken.map(({ data }) => data.id)).toEqual([id, id, id])
    expect(new Set(theirs.taken.map((one) => one.id)).size).toBe(3)
    const { rows } = await app.owner.query<{ id: string; episode: string }>(
      `select step.id, step.episode from episode.step step join referral.referral r on r.episode = step.episode
       join edge.request q on q.referral = r.id where q.id = $1 and step.facts ->> 'kind' = 'ended'`,
      [id],
    )
    await happens({ kind: 'withdrawn', step: rows[0]?.id ?? '' })
    expect(theirs.taken).toHaveLength(4)
  })

  it('is told nothing of what the person does not let it hear, nor within the hour of a slip', async () => {
    const sender = await aToldSender(app, { address: theirs.address })
    theirs.keys.push(sender.keyOf(1))
    const [no, slip] = [await aToldReferral(app, sender), await aToldReferral(app, sender)]
    await no.says({ gp: 'no' })
    await no.happens(accepted, started)
    await slip.says({ gp: 'yes', 'gp-allows': 'status' })
    await slip.happens(accepted)

    expect(theirs.taken.map(({ data }) => data.id)).toEqual([slip.id])
    expect(await kept(no.id)).toEqual([])
  })

  it('of a Jobcentre is told nothing until the person switched it on, and never that they left', async () => {
    const sender = await aToldSender(app, { kind: 'jobcentre', address: theirs.address })
    theirs.keys.push(sender.keyOf(1))
    const one = await aToldReferral(app, sender)
    await one.happens(accepted)
    expect(theirs.asked).toEqual([])
    await one.says({ jobcentre: 'yes', 'jobcentre-allows': 'status' })
    await app.work()
    await one.happens(started)
    await one.happens(left)

    expect(theirs.taken).toHaveLength(2)
  })

  it('is told when the person says yes, where there is something to read by then: once, and only while they say so', async () => {
    const sender = await aToldSender(app, { kind: 'jobcentre', address: theirs.address })
    theirs.keys.push(sender.keyOf(1))
    const [late, early, back] = [
      await aToldReferral(app, sender),
      await aToldReferral(app, sender),
      await aToldReferral(app, sender),
    ]
    const yes = { jobcentre: 'yes', 'jobcentre-allows': 'status' } as const
    await early.says(yes)
    await late.happens(accepted)
    await back.happens(accepted)
    expect(theirs.asked).toEqual([])

    await back.says(yes)
    await back.says({ jobcentre: 'no' })
    await late.says(yes)
    await late.says({ contact: 'yes' })
    await app.work()
    const read = await sender.see(late.id)

    expect(theirs.taken.map(({ data }) => data.id)).toEqual([late.id])
    expect(read.progress?.state).toBe('accepted')
    expect(await kept(back.id)).toMatchObject([{ state: 'held back' }])
    expect(await kept(early.id)).toEqual([])
  })

  it('is told nothing where the person says no, dies or it took the referral back before it went', async () => {
    theirs.outage.is = { status: 503 }
    const [no, died, back] = [await agreed(), await agreed(), await agreed()]
    for (const one of [no, died, back]) await one.happens(accepted)
    await no.says({ gp: 'no' })
    await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [died.person])
    await back.sender.withdraw(back.id)
    theirs.outage.is = undefined
    await passing(2)

    expect(theirs.taken).toEqual([])
    const all = await Promise.all([no, died, back].map(async ({ id }) => (await kept(id))[0]))
    expect(all.map((one) => [one?.state, one?.reason])).toEqual([
      ['held back', expect.stringMatching(/^The person does not want Quay Surgery .* to be told$/)],
      ['held back', 'The person has died'],
      ['held back', 'They have taken their referral back'],
    ])
  })

  it('is told nothing where it may not read how it goes on, wished not to be told, or has ended', async () => {
    const one = await agreed()
    const unwished = await aToldReferral(app, one.sender, { wantsToBeTold: false })
    await unwished.says({ gp: 'yes', 'gp-allows': 'status' })
    await unwished.happens(accepted)
    expect(await kept(unwished.id)).toEqual([])

    theirs.outage.is = { status: 503 }
    await one.happens(accepted)
    await (await app.as(app.cast.manager)).send(`/area/clients/${one.sender.id}/ending`)
    theirs.outage.is = undefined
    await passing(2)
    expect(await kept(one.id)).toMatchObject([{ state: 'held back', reason: 'The system is told nothing any more' }])
    await one.happens(started)
    expect(await kept(one.id)).toHaveLength(1)
  })

  it('stands among those who have seen the record, for the person to read', async () => {
    const { person, happens } = await agreed()
    await happens(accepted)
    const page = await (await app.asParticipant(person)).open('/my/readers')

    expect(page.text).toContain('Whoever referred, by their own system')
    expect(page.text).toContain('To be told where the referral stands')
  })
})

describe('A system that is away', () => {
  it('is told after an outage of more than a day, each once and in order, and one asks whether it is back', async () => {
    theirs.outage.is = { status: 503 }
    const first = await agreed()
    const people = [first, await aToldReferral(app, first.sender), await aToldReferral(app, first.sender)]
    for (const one of people.slice(1)) await one.says({ gp: 'yes', 'gp-allows': 'status' })
    for (const one of people) await one.happens(accepted)
    for (let part = 0; part < 6; part += 1) {
      app.clock.pass({ hours: 5 })
      await app.work()
    }
    const tried = theirs.asked.length
    theirs.outage.is = undefined
    await passing(2)

    expect(theirs.taken.map(({ data }) => data.id).toSorted()).toEqual(people.map(({ id }) => id).toSorted())
    expect(tried).toBeLessThan(12)
  })

  it('is not told twice of what it can read by now: what waited behind is held back', async () => {
    theirs.outage.is = { status: 500 }
    const { id, happens } = await agreed()
    await happens(accepted)
    await happens(started)
    theirs.outage.is = undefined
    await passing(2)

    expect(theirs.taken).toHaveLength(1)
    expect((await kept(id)).map(({ state }) => state)).toEqual(['sent', 'held back'])
  })

  it('is told under the same id and in the same words each time, and once where the answer was not heard', async () => {
    theirs.next.push({ status: 404 }, { status: 401 }, 'unheard')
    const { id, happens } = await agreed()
    await happens(accepted)
    await passing(3)

    expect(theirs.taken).toHaveLength(1)
    expect(new Set(theirs.asked.map((one) => `${one.id} ${one.body}`)).size).toBe(1)
    expect(await kept(id)).toMatchObject([{ state: 'sent', tries: 4, answer: 204 }])
  })

  it('is left alone for as long as it says', async () => {
    theirs.next.push({ status: 429, retryAfter: '18000' })
    const { happens } = await agreed()
    await happens(accepted)
    await passing(4)
    expect(theirs.asked).toHaveLength(1)
    await passing(2)

    expect(theirs.taken).toHaveLength(1)
  })

  it('could not be told once three days have gone by, and keeps no word of what was answered', async () => {
    theirs.outage.is = { status: 500 }
    const { id, happens } = await agreed()
    await happens(accepted)
    for (let day = 0; day < 8; day += 1) {
      app.clock.pass({ hours: 10 })
      await app.work()
    }
    const [event] = await kept(id)

    expect(event).toMatchObject({
      state: 'failed',
      reason: 'Their system has a fault: it was tried for three days',
    })
    expect(JSON.stringify(event)).not.toMatch(/Robin|07700/)
  })
})

describe('A telling that trying again would not help', () => {
  it.each([
    [410, 'Their system says that it wants to be told no more'],
    [307, 'The address sends us elsewhere: say the new one, once they have confirmed it'],
  ])('stops at once with the reason: %i', async (status, reason) => {
    const elsewhere = await startWebhookReceiver(() => app.clock.now)
    theirs.next.push({ status, location: elsewhere.address })
    const { id, happens } = await agreed()
    await happens(accepted)
    await passing(5)
    await elsewhere.close()

    expect(elsewhere.asked).toEqual([])
    expect(theirs.asked).toHaveLength(1)
    expect(await kept(id)).toMatchObject([{ state: 'failed', reason, tries: 1 }])
  })
})
