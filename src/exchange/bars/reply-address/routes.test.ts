import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aReplyingSender } from '#test/people/reply.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const first = 'https://first.example.org/FHIR/R4'
type Fields = Readonly<Record<string, string>>

async function said(organisation: string, more: Fields = {}) {
  const manager = await app.as(app.cast.manager)
  const fields = { id: newId(), organisation, address: first, service: '2000012345', ...more }
  return { manager, fields, seen: await manager.send('/area/reply-addresses/new', fields) }
}

describe('Where replies go', () => {
  it('is said for an organisation with a code of the NHS, as the base or with the name of the door', async () => {
    const { id, name, ods } = await aReplyingSender(app, { address: first })
    const { manager, seen } = await said(id, { address: ' https://second.example.org/FHIR/R4/$process-message ' })
    const list = await manager.open('/area/reply-addresses')

    expect(seen.status).toBe(303)
    expect(list.text).toContain(name)
    expect(list.text).toContain(ods)
    expect(list.html).toContain('>https://second.example.org/FHIR/R4<')
    // The one before has ended.
    expect(list.text).not.toContain('first.example.org')
  })

  it('is never an address that could be read by others, or names somebody, or is no address', async () => {
    const { id } = await aReplyingSender(app, { address: first })
    const wrong = ['http://a.example.org/FHIR', 'https://me:secret@a.example.org', 'ftp://a.example.org', 'their door']
    for (const address of [...wrong, 'https://a.example.org/?to=b']) {
      const { seen } = await said(id, { address })
      expect([seen.status, address]).toEqual([422, address])
      expect(seen.text).toContain('Enter an address that begins with https://')
    }
    const { seen } = await said(id, { service: 'abc' })
    expect(seen.text).toContain('Enter the digits of the id, and nothing else')
    expect((await said(newId())).seen.text).toContain('Select from the list')
  })

  it('is said once, where its form is pressed twice, and ends once', async () => {
    const { id, name } = await aReplyingSender(app, { address: first })
    const { manager, fields } = await said(id, { address: 'https://twice.example.org/R4' })
    const again = await manager.send('/area/reply-addresses/new', fields)
    const list = await manager.open('/area/reply-addresses')
    const ends = `/area/reply-addresses/${fields.id}/ending`
    const [ended, twice] = [await manager.send(ends), await manager.send(ends)]

    expect(again.status).toBe(303)
    expect(list.text.split('twice.example.org').length).toBe(2)
    expect([ended.status, twice.status]).toEqual([303, 303])
    expect((await manager.open('/area/reply-addresses')).text).not.toContain(name)
  })

  it('is no business of another area, nor of whoever does not run this one', async () => {
    const { replyAddress } = await aReplyingSender(app, { address: first })
    const south = await app.as(app.cast.managerElsewhere)
    const coach = await app.as(app.cast.coach)

    expect((await south.open('/area/reply-addresses')).text).not.toContain('example.org')
    expect((await south.send(`/area/reply-addresses/${replyAddress}/ending`)).status).toBe(404)
    expect((await coach.open('/area/reply-addresses')).status).toBe(403)
  })
})
