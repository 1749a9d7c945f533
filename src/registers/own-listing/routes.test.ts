import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anInbox } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

async function trusts(parts: readonly string[]): Promise<void> {
  await app.owner.query(`delete from areas.setting where area = 'north' and name = 'ownersAtOnce'`)
  await app.owner.query(
    `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'ownersAtOnce', '2025-01-01', $1, now())`,
    [JSON.stringify(parts)],
  )
}

/** A service whose lead has its page of room and wait open. */
async function ofALead() {
  const service = await aService(app, { waitWeeks: 4, waitOn: '2025-11-01', capacity: 'few', name: newId() })
  await anInbox(app, service)
  const lead = await app.as(app.cast.serviceLead)
  const path = `/inbox/services/${service}`
  const say = (fields: Fields) =>
    lead.sendAndFollow(path, { id: newId(), version: '1', capacity: 'few', waitWeeks: '4', ...fields })
  const shown = async () => (await (await app.as(app.cast.coach)).open(`/services/${service}`)).text
  return { service, lead, path, say, shown }
}

describe('The room and the wait of a service', () => {
  it('stand at once where the area takes an owner’s word on them, with the day and who said it', async () => {
    await trusts(['capacity', 'wait'])
    const { service, say, shown } = await ofALead()
    const saved = await say({ capacity: 'full', waitWeeks: '9' })
    const history = await (await app.as(app.cast.manager)).open(`/services/${service}/history`)

    expect(saved.text).toMatch(/Saved\. It stands in the directory now.*Full, with a waiting list 9 weeks, checked/)
    expect(await shown()).toMatch(/9 weeks.*5 January 2026|9 weeks.*5 Jan 2026/)
    expect(history.text).toMatch(/Leila Lockside/)
  })

  it('wait for a decision where it does not, as by the link of an owner', async () => {
    await trusts([])
    const { service, say, shown } = await ofALead()
    const sent = await say({ capacity: 'full', waitWeeks: '9' })
    const proposals = await (await app.as(app.cast.manager)).open(`/services/proposals?service=${service}`)

    expect(sent.text).toContain('It stands in the directory once it is agreed')
    expect(await shown()).toContain('4 weeks')
    expect(proposals.text).toMatch(/Says Leila Lockside/)
  })

  it('are divided where it takes their word on one of them', async () => {
    await trusts(['wait'])
    const { say, shown, lead, path } = await ofALead()
    await say({ capacity: 'full', waitWeeks: '9' })

    expect(await shown()).toMatch(/9 weeks/)
    expect(await shown()).toContain('Few places left')
    expect((await lead.open(path)).text).toContain('waits for a decision of those who look after the directory')
  })

  it('are looked at today where they are saved as they stand', async () => {
    await trusts([])
    const { say, shown } = await ofALead()
    const saved = await say({})

    expect(saved.text).toContain('Saved as checked today')
    expect(await shown()).toMatch(/4 weeks.{0,60}5 Jan/)
  })

  it('are for the lead of this service alone', async () => {
    const { service, path } = await ofALead()
    const elsewhere = await aService(app, { name: newId() })
    const lead = await app.as(app.cast.serviceLead)
    const absent = await lead.open(`/inbox/services/${newId()}`)
    const foreign = await lead.open(`/inbox/services/${elsewhere}`)

    expect((await (await app.as(app.cast.serviceWorker)).open(path)).status).toBe(403)
    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect((await lead.send(`/inbox/services/${elsewhere}`, { id: newId() })).status).toBe(404)
    expect(
      (await lead.send(`/inbox/services/${service}`, { id: newId(), version: '1', waitWeeks: 'x' })).text,
    ).toContain('Enter the weeks as a whole number from 0 to 260')
  })
})
