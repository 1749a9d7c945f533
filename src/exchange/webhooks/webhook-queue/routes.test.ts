import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { startWebhookReceiver, type WebhookReceiver } from '#test/neighbours/webhook-receiver.ts'
import { aStuckEvent, aToldReferral, aToldSender } from '#test/people/told.ts'

let app: TestApp
let theirs: WebhookReceiver
const logged: string[] = []
beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) })
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' }, log)
  theirs = await startWebhookReceiver(() => app.clock.now)
})
afterAll(async () => {
  await theirs.close()
  await app.close()
})

const at = async (member: keyof TestApp['cast']) => app.as(app.cast[member])

/** An event that their system wants no more of, with another one of the same referral behind it. */
async function refused() {
  const sender = await aToldSender(app, { address: theirs.address })
  theirs.keys.push(sender.keyOf(1))
  const referral = await aToldReferral(app, sender)
  await referral.says({ gp: 'yes', 'gp-allows': 'status' })
  theirs.next.push({ status: 410 })
  await referral.happens({ kind: 'accepted' })
  await referral.happens({ kind: 'assessed' })
  const { rows } = await app.owner.query<{ id: string; reference: string }>(
    `select event.id, given.reference from webhook_event.event event
     join edge.request request on request.id = event.request
     join referral.reference given on given.referral = request.referral where request.id = $1 order by event.id`,
    [referral.id],
  )
  const heard = () => theirs.taken.filter(({ data }) => data.id === referral.id).length
  return { sender, referral, heard, page: `/area/webhooks/${rows[0]?.id}`, reference: rows[0]?.reference ?? '' }
}

describe('What systems are told', () => {
  it('says that nothing is, and where to begin', async () => {
    const { text } = await (await at('manager')).open('/area/webhooks')

    expect(text).toContain('Nothing is told: no system has an address for it.')
    expect(text).toContain('Nothing has been told yet.')
  })

  it('shows what could not be told: why, how often tried, what was answered, and what waits behind it', async () => {
    const { reference, page } = await refused()
    const manager = await at('manager')
    const [list, systems, one] = [
      ...[await manager.open('/area/webhooks'), await manager.open('/area/clients'), await manager.open(page)],
    ]

    for (const said of [reference, '410', 'Once', 'Their system says that it wants to be told no more'])
      expect(list?.text).toContain(said)
    expect(systems?.text).toMatch(/system could not be told/)
    expect(one?.text).toContain('1, in order')
    expect(`${list?.text}${one?.text}`).not.toMatch(/Ottilie|Farthingale|07700|Robin|accepted/)
  })

  it('raises an alarm that names no more than the event, and tells an area lead of no referral', async () => {
    logged.splice(0)
    const { page, reference } = await refused()
    const [alarm] = logged.filter((line) => line.includes('could not be sent'))
    const lead = await at('areaLead')

    expect(alarm).toContain(page.replace('/area/webhooks/', ''))
    expect(alarm).not.toMatch(/127\.0\.0\.1|Ottilie|wants to be told/)
    for (const address of ['/area/webhooks', page]) expect((await lead.open(address)).text).not.toContain(reference)
  })

  it('is tried again when somebody says so, once, and what waited is looked at after it', async () => {
    const { page, heard } = await refused()
    const manager = await at('manager')
    for (const _ of [1, 2]) {
      await manager.send(`${page}/another-try`)
      await app.work()
    }

    expect(heard()).toBe(1)
    expect((await manager.open(page)).text).toContain('Told')
  })

  it('is given up only with why, and what waited behind it goes', async () => {
    const { page, heard } = await refused()
    const manager = await at('manager')
    const without = await manager.send(`${page}/giving-up`, { why: '' })
    await manager.send(`${page}/giving-up`, { why: 'They have read it meanwhile' })
    await app.work()
    const one = await manager.open(page)

    expect([without.status, heard()]).toEqual([422, 1])
    expect(without.text).toContain('Enter why it is given up')
    expect(one.text).toContain('They have read it meanwhile')
    expect(one.text).not.toContain('Try again now')
  })

  it('can be tried at any time by something that is about nobody', async () => {
    const sender = await aToldSender(app, { address: theirs.address })
    theirs.keys.push(sender.keyOf(1))
    const manager = await at('manager')
    const sent = await manager.send(`/area/clients/${sender.id}/webhook/test`)
    await app.work()
    const page = await manager.open(sent.location ?? '')

    expect(theirs.taken.at(-1)).toMatchObject({ type: 'webhook.test', data: {} })
    expect(page.text).toContain('Told')
    expect(page.text).toContain('A test, about nobody')
  })

  it('is no business of another area, nor of whoever does not run this one', async () => {
    const { id, sender } = await aStuckEvent(app)
    const elsewhere = await at('managerElsewhere')

    expect((await elsewhere.open(`/area/webhooks/${id}`)).status).toBe(404)
    expect((await elsewhere.send(`/area/webhooks/${id}/another-try`)).status).toBe(404)
    expect((await elsewhere.send(`/area/clients/${sender.id}/webhook/test`)).status).toBe(404)
    expect((await (await at('coach')).open(`/area/webhooks/${id}`)).status).toBe(403)
  })
})

describe('Where a system is told', () => {
  const saying = (address: string) => ({ id: newId(), address })

  it('is said by the area, replaced by another, and ended at once', async () => {
    const { id, keyOf } = await aToldSender(app, { address: 'https://one.example.org/told' })
    const [manager, page] = [await at('manager'), `/area/clients/${id}/webhook`]
    const before = await manager.open(page)
    await manager.send(page, saying('https://two.example.org/told?for=workwell'))
    const after = await manager.open(page)
    await manager.send(`${page}/ending`)
    const ended = await manager.open(page)

    expect(before.text).toContain(keyOf(1))
    expect(after.text).toContain('https://two.example.org/told?for=workwell')
    expect(after.text).not.toContain(keyOf(1))
    expect(ended.text).not.toContain('two.example.org')
  })

  it.each(['told', 'ftp://example.org', 'https://name:word@example.org/told', 'https://example.org/told#there'])(
    'is no address to which nothing may be sent: %s',
    async (address) => {
      const { id } = await aToldSender(app, { address: 'https://one.example.org/told' })
      const { status, text } = await (await at('manager')).send(`/area/clients/${id}/webhook`, saying(address))

      expect(status).toBe(422)
      expect(text).toContain('Enter an address that begins with https://')
    },
  )

  it('is within our own network nowhere but in development, whatever stands there', async () => {
    const strict = await startApp()
    const plain = await aToldSender(strict, { address: 'http://example.org/told' })
    const { id } = await aToldSender(strict, { address: 'https://127.0.0.1:9/told' })
    const manager = await strict.as(strict.cast.manager)
    const refusedThere = await manager.send(`/area/clients/${plain.id}/webhook`, saying('http://example.org/told'))
    const sent = await manager.send(`/area/clients/${id}/webhook/test`)
    await strict.work()
    const page = await manager.open(sent.location ?? '')
    await strict.close()

    expect(refusedThere.status).toBe(422)
    expect(page.text).toContain('The address is within our own network, where nothing is sent')
  })

  it('changes its key without a break: both sign, then only the newer one', async () => {
    const sender = await aToldSender(app, { address: theirs.address })
    const [manager, page] = [await at('manager'), `/area/clients/${sender.id}/webhook`]
    const told = async () => {
      await manager.send(`${page}/test`)
      await app.work()
      return [theirs.asked.at(-1)?.signatures, theirs.taken.length]
    }
    theirs.keys.splice(0)
    const before = theirs.taken.length
    theirs.keys.push(sender.keyOf(1))
    await manager.send(`${page}/next-key`)
    await manager.send(`${page}/next-key`)
    const both = await told()
    theirs.keys.splice(0, 1, sender.keyOf(2))
    const changed = await told()
    const keys = await sender.get('/webhook-keys')
    await manager.send(`${page}/key-ending`)
    const alone = await told()

    expect([both, changed, alone]).toEqual([
      [2, before + 1],
      [2, before + 2],
      [1, before + 3],
    ])
    expect(JSON.parse(keys.text)).toMatchObject({ keys: [{ kid: `${sender.door}.2` }, { kid: `${sender.door}.1` }] })
  })
})
