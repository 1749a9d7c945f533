import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import { aSender, type Sender } from './neighbours/fhir-asking.ts'
import { answersOf, noteAlone } from './neighbours/fhir-note.ts'
import { transaction } from './neighbours/fhir-sender.ts'
import { askAs, type Asked, everyAskedOf, type Sent, sentByPractice } from './tenancy/systems.ts'

let app: TestApp
let sent: Sent
let all: readonly Asked[] = []
beforeAll(async () => {
  app = await startApp()
  sent = await sentByPractice(app, app.cast.referrer)
  all = everyAskedOf(app, sent)
}, 60_000)
afterAll(() => app.close())

const others = ['serviceLead', 'jobcentrePartner', 'managerElsewhere'] as const
const asks = (who: (typeof others)[number] | 'referrer') => aSender(app, { from: app.cast[who], perMinute: 1_000_000 })

/** Everything that was wrong in the answers to a system, in a sentence each. */
async function wrongFor(sender: Sender, asked: readonly Asked[]): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const one of asked) {
    const { status, told } = await askAs(app, sender, one, sent)
    const isTheirs = one.route.includes(':id') && status < 400
    if (told.length > 0) wrong.push(`${one.method} ${one.path} told ${told[0]} and ${told.length - 1} more`)
    // An area in which nobody takes referrals says so.
    if (isTheirs || (status >= 500 && status !== 503)) wrong.push(`${one.method} ${one.path} was answered ${status}`)
  }
  return wrong
}

describe('A system of another organisation or of another area', () => {
  it.each(others)(
    'reads and does nothing at any address with what is not its own: %s',
    async (who) => {
      expect(await wrongFor(await asks(who), all)).toEqual([])
    },
    120_000,
  )

  it.each(others)('adds no fit note to the request of another: %s', async (who) => {
    const note = answersOf(app.settings.origin, { request: `ServiceRequest/${String(sent.request['id'])}` })
    const { status } = await (await asks(who)).ask('POST', '', JSON.stringify(noteAlone(note)))

    expect(status).toBe(404)
  })

  it.each(others)(
    'that calls a referral of its own the same is given its own, and not that of another: %s',
    async (who) => {
      const { text } = await (await asks(who)).ask('POST', '', JSON.stringify(transaction({ value: sent.value })))

      expect(sent.ids.filter((id) => text.includes(id))).toEqual([])
      expect(text).toMatch(/transaction-response|Nobody takes referrals here/)
    },
  )

  it('is asked for with a token of its own: without one, nothing is told', async () => {
    const nobody = { ...(await asks('referrer')), token: 'north.nobody' }

    expect(await wrongFor(nobody, all)).toEqual([])
  })
})

describe('The system that sent it', () => {
  it('reads it at these addresses: the others were asked for something that is there', async () => {
    const sender = await asks('referrer')
    const reading = all.filter(({ method }) => method === 'GET')
    const seen = new Set<string>()
    const routes = new Set<string>()
    for (const one of reading) {
      const { told, status } = await askAs(app, sender, one, sent)
      for (const secret of told) seen.add(secret)
      if (status === 200) routes.add(one.route)
    }

    expect(sent.secrets.filter((secret) => !seen.has(secret))).toEqual([])
    // The directory and lists of codes have ids of their own, and at two addresses something is only sent.
    expect([...new Set(reading.map(({ route }) => route))].filter((route) => !routes.has(route))).toEqual([
      ...['/fhir/R4/CodeSystem/:list', '/fhir/R4/Organization/:id', '/fhir/R4/HealthcareService/:id'],
      ...['/fhir/R4', '/api/v1/referrals/:id/withdrawal'],
    ])
  }, 60_000)

  it('finds it as it was, whatever the others tried', async () => {
    const sender = await asks('referrer')

    expect(await sender.read(`/ServiceRequest/${String(sent.request['id'])}`)).toEqual(sent.request)
    expect(await sender.read(`/Task/${String(sent.asked['id'])}`)).toEqual({ ...sent.asked, status: 'received' })
  })
})
