import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { type EarlyEnd, earlyEnds } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { headers, message } from '#test/neighbours/bars-sender.ts'
import { type BarsReceiver, type Sent, startBarsReceiver } from '#test/neighbours/bars-receiver.ts'
import { aReplyingSender, aSentReferral, moves } from '#test/people/reply.ts'

let app: TestApp
let theirs: BarsReceiver
beforeAll(async () => {
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' })
  theirs = await startBarsReceiver()
})
beforeEach(() => {
  theirs.taken.splice(0)
  theirs.next.splice(0)
  theirs.outage.is = undefined
})
afterAll(async () => {
  await theirs.close()
  await app.close()
})

const accepted = { kind: 'accepted' } as const
const started = { kind: 'assessed' } as const
const limitOn = Temporal.PlainDate.from('2026-03-30')
const completed = [
  { kind: 'plan-agreed', planType: 'return-to-work', limitOn },
  { kind: 'completed', followUp13On: limitOn, followUp26On: limitOn },
] as const
// Checked: the keys of the list are its codes.
const ends = Object.keys(earlyEnds) as EarlyEnd[]
const ended = (as: EarlyEnd) => ({ kind: 'ended', as }) as const

type Answer = 'yes' | 'no'
async function says(person: string, about: string, answer: Answer): Promise<void> {
  app.clock.pass({ minutes: 1 })
  const form = { form: newId(), how: 'telephone', [about]: answer, [`${about}-allows`]: 'status' }
  expect((await (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, form)).status).toBe(303)
}

type Kind = NonNullable<Parameters<typeof aReplyingSender>[1]['kind']>
const switchOf: Partial<Record<Kind, string>> = { practice: 'gp', jobcentre: 'jobcentre', employer: 'employer' }

type Sender = Awaited<ReturnType<typeof aReplyingSender>>
type About = Readonly<{ kind?: Kind; answer?: Answer | null; by?: Sender }>

/** Somebody whose referral came by BaRS, and who agrees that its sender hears how it goes on. */
async function agreed({ kind = 'practice', answer = 'yes', by }: About = {}) {
  const sender = by ?? (await aReplyingSender(app, { kind, address: theirs.address }))
  const referral = await aSentReferral(app, sender.ods)
  if (answer) await says(referral.person, switchOf[kind] ?? 'onward', answer)
  return { ...referral, sender }
}

const nothing: Sent = { resourceType: 'Bundle', id: '', meta: {}, entry: [] }
const resources = ({ entry }: Sent) =>
  Object.fromEntries(entry.map(({ resource }) => [resource.resourceType, resource]))
/** How the request stands by each message that was taken, the earliest first. */
const heard = () =>
  theirs.taken.map(({ message: sent }) => {
    const { ServiceRequest: asked, Encounter: met } = resources(sent)
    return `${String(asked?.['status'])} ${String(met?.['status'])}`
  })
const kept = async (request: string) =>
  (
    await app.owner.query(
      `select id, news, settled_as as state, reason, tries, last_answer as answer from reply.reply where request = $1 order by id`,
      [request],
    )
  ).rows
const passing = async (hours: number) => {
  app.clock.pass({ hours })
  await app.work()
}

describe('Whoever referred by BaRS', () => {
  it('is told by their own system that support was accepted, started and ended, in this order', async () => {
    const { episode } = await agreed()
    await moves(app, episode, [accepted])
    await moves(app, episode, [started, ...completed])

    expect(heard()).toEqual(['active planned', 'active in-progress', 'completed finished'])
  })

  it('gets a message that answers theirs, for the service that the area has written down', async () => {
    const { episode, bundle, correlationId, sender } = await agreed()
    await moves(app, episode, [accepted])
    const [reply] = theirs.taken
    const { MessageHeader: header, ServiceRequest: asked } = resources(reply?.message ?? nothing)
    const target = Buffer.from(String(reply?.headers['nhsd-target-identifier']), 'base64').toString()

    expect(reply?.correlationId).toBe(correlationId)
    expect(reply?.message.id).not.toBe(bundle)
    expect(header).toMatchObject({
      eventCoding: { code: 'servicerequest-response' },
      response: { identifier: bundle, code: 'ok' },
      destination: [{ endpoint: 'https://fhir.nhs.uk/Id/dos-service-id|222222222' }],
      source: { endpoint: 'https://fhir.nhs.uk/Id/dos-service-id|111111111' },
    })
    expect(asked).toMatchObject({ intent: 'plan', note: [{ text: expect.stringContaining('Accepted') }] })
    expect(JSON.parse(target)).toMatchObject({ value: '222222222' })
    expect(reply?.headers['use-context']).toBe('a5t1|referral|servicerequest-response|new')
    expect(JSON.stringify(reply?.message)).toContain(sender.ods)
  })

  it('reads nothing of the person but the number they had verified themselves', async () => {
    const sender = await aReplyingSender(app, { address: theirs.address })
    const referral = await aSentReferral(app, sender.ods, { nhsNumber: '9990000034', verified: true })
    await says(referral.person, 'gp', 'yes')
    await moves(app, referral.episode, [accepted])
    const other = await agreed()
    await moves(app, other.episode, [accepted])
    const [first, second] = theirs.taken.map(({ message: sent }) => JSON.stringify(sent))

    expect(first).toContain('9990000034')
    expect(second).not.toContain('9990000042')
    expect(`${first}${second}`).not.toMatch(/Quillfeather|Marnie|1984|Riverton|07700|back pain/i)
  })

  it.each(ends)('learns that it is over and never why: %s', async (as) => {
    const { episode } = await agreed()
    await moves(app, episode, [ended(as)])
    const all = JSON.stringify(theirs.taken.map(({ message: sent }) => sent))

    expect(heard()).toEqual(as === 'duplicate' || as === 'died' ? [] : ['completed finished'])
    expect(all).not.toMatch(/declined|eligible|reach|moved|revoked/i)
  })

  it.each(['jobcentre', 'employer'] as const)(
    'as %s hears nothing more until the person switches it on',
    async (kind) => {
      const before = await agreed({ kind, answer: null })
      await moves(app, before.episode, [accepted, started])
      expect(heard()).toEqual([])

      const after = await agreed({ kind })
      await moves(app, after.episode, [accepted, ended('declined')])
      expect(heard()).toEqual(['active planned'])
    },
  )

  it('hears nothing where nobody but themselves says that the person agrees', async () => {
    const { episode, request } = await agreed({ answer: null })
    await moves(app, episode, [accepted, started])

    expect([heard(), await kept(request)]).toEqual([[], []])
  })

  it('hears nothing where the person says no before it goes, and it stands with the reason', async () => {
    const { episode, person, request, sender } = await agreed()
    theirs.outage.is = { status: 503, code: 'REC_UNAVAILABLE' }
    await moves(app, episode, [accepted])
    await says(person, 'gp', 'no')
    theirs.outage.is = undefined
    await passing(2)

    expect(heard()).toEqual([])
    expect(await kept(request)).toMatchObject([
      { state: 'held back', reason: `The person does not want ${sender.name} to be told` },
    ])
  })

  it('hears nothing of somebody who has died meanwhile, nor of a referral that they took back', async () => {
    const [died, back] = [await agreed(), await agreed()]
    theirs.outage.is = { status: 503 }
    await moves(app, died.episode, [accepted])
    await moves(app, back.episode, [accepted])
    await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [died.person])
    const cancel = message({ id: back.bundle, reason: 'update', status: 'revoked', at: app.clock.now.toString() })
    const said = { method: 'POST', url: '/bars/FHIR/R4/$process-message', headers: headers(back.sender.ods) } as const
    await app.product.fastify.inject({ ...said, payload: JSON.stringify(cancel) })
    theirs.outage.is = undefined
    await passing(2)

    expect(heard()).toEqual([])
    expect(await kept(died.request)).toMatchObject([{ state: 'held back', reason: 'The person has died' }])
    expect(await kept(back.request)).toMatchObject([
      { state: 'held back', reason: 'They have taken their referral back' },
    ])
  })

  it('is told nothing where the area has no address for replies to them, whatever the message says', async () => {
    const sender = await aReplyingSender(app, { address: theirs.address })
    const manager = await app.as(app.cast.manager)
    await manager.send(`/area/reply-addresses/${sender.replyAddress}/ending`)
    const referral = await aSentReferral(app, sender.ods)
    await says(referral.person, 'gp', 'yes')
    await moves(app, referral.episode, [accepted])

    expect(await kept(referral.request)).toEqual([])
    expect(theirs.taken).toEqual([])
  })

  it('stands among those who have seen the record, for the person to read', async () => {
    const { episode, person } = await agreed()
    await moves(app, episode, [accepted])
    const page = await (await app.asParticipant(person)).open('/my/readers')

    expect(page.text).toContain('Whoever referred, by their own system')
    expect(page.text).toContain('To be told where the referral stands')
  })
})

describe('A reply whose receiver is away', () => {
  it('is brought after an outage of more than a day, each once and in order, whatever happened meanwhile', async () => {
    const by = await aReplyingSender(app, { address: theirs.address })
    const people = [await agreed({ by }), await agreed({ by }), await agreed({ by })]
    theirs.outage.is = { status: 503, code: 'REC_UNAVAILABLE', issue: 'transient' }
    const before = theirs.asked()
    for (const { episode } of people) await moves(app, episode, [accepted])
    for (let hour = 0; hour < 26; hour += 1) await passing(1)
    for (const { episode } of people) await moves(app, episode, [started])
    await moves(app, people[0]?.episode ?? '', [...completed])
    const tried = theirs.asked() - before
    theirs.outage.is = undefined
    await passing(1)
    await passing(1)

    const told = Map.groupBy(theirs.taken, ({ correlationId }) => correlationId)
    const order = people.map(({ correlationId }) =>
      (told.get(correlationId) ?? []).map(({ message: sent }) => resources(sent)['Encounter']?.['status']),
    )
    expect(order).toEqual([
      ['planned', 'in-progress', 'finished'],
      ['planned', 'in-progress'],
      ['planned', 'in-progress'],
    ])
    expect(new Set(theirs.taken.map(({ message: sent }) => sent.id)).size).toBe(7)
    // One of all that wait asks whether it is back, every half hour.
    expect(tried).toBeLessThan(70)
  })

  it('goes under the same ids and with the same words each time, and once where the answer was not heard', async () => {
    const { episode, request } = await agreed()
    theirs.next.push('unheard', { status: 425, code: 'REC_TOO_EARLY', issue: 'transient' })
    const before = theirs.asked()
    await moves(app, episode, [accepted])
    await passing(1)
    await passing(1)

    expect(theirs.asked() - before).toBe(3)
    expect(heard()).toEqual(['active planned'])
    expect(await kept(request)).toMatchObject([{ state: 'sent', tries: 3, answer: '409 REC_CONFLICT duplicate' }])
  })

  it('leaves it alone for as long as it says', async () => {
    const { episode } = await agreed()
    theirs.next.push({ status: 429, code: 'REC_TOO_MANY_REQUESTS', issue: 'throttled', retryAfter: '18000' })
    const before = theirs.asked()
    await moves(app, episode, [accepted])
    for (const hours of [1, 2, 1]) await passing(hours)
    expect(theirs.asked() - before).toBe(1)
    await passing(1)

    expect(heard()).toEqual(['active planned'])
  })

  it('does not take what something in between answers for their own answer', async () => {
    const { episode, request } = await agreed()
    theirs.next.push('between')
    await moves(app, episode, [accepted])
    expect(await kept(request)).toMatchObject([{ state: null, tries: 1 }])
    await passing(1)

    expect(heard()).toEqual(['active planned'])
  })

  it('could not be sent once three days have gone by, and waits for somebody to look', async () => {
    const { episode, request } = await agreed()
    theirs.outage.is = { status: 500 }
    await moves(app, episode, [accepted])
    for (let day = 0; day < 8; day += 1) await passing(10)

    expect(await kept(request)).toMatchObject([
      { state: 'failed', reason: 'Their system has a fault: it was tried for three days' },
    ])
  })
})

describe('A reply that trying again would not help', () => {
  const lasting = [
    [400, 'invariant', 'Their system says that the message is not as the standard has it'],
    [401, 'login', 'Their system does not know us: ask them to let us in'],
    [404, 'not-found', 'Their system does not know the referral, or is not at this address'],
    [422, 'not-supported', 'Their system does not take this version or kind of message'],
  ] as const

  it.each(lasting)('stops at once with the reason: %i', async (status, issue, reason) => {
    const { episode, request } = await agreed()
    theirs.next.push({ status, code: 'REC_BAD_REQUEST', issue })
    const before = theirs.asked()
    await moves(app, episode, [accepted])
    await passing(48)

    expect(theirs.asked() - before).toBe(1)
    expect(await kept(request)).toMatchObject([{ state: 'failed', reason, tries: 1 }])
  })

  it('never follows to where the address sends it, and keeps no word of what was answered', async () => {
    const elsewhere = await startBarsReceiver()
    const { episode, request } = await agreed()
    theirs.next.push({ status: 307, location: `${elsewhere.address}/$process-message` })
    await moves(app, episode, [accepted])
    const [reply] = await kept(request)
    await elsewhere.close()

    expect(elsewhere.asked()).toBe(0)
    expect(reply).toMatchObject({ state: 'failed', answer: '307' })
    expect(JSON.stringify(reply)).not.toMatch(/Robin|Marsh|07700/)
  })
})
