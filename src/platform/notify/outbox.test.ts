import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { sendMessage } from './outbox.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const writeTo = (person: string | null, { address }: Readonly<{ address: string }>) =>
  app.inArea('north', (db) =>
    sendMessage(db, {
      ...{ area: 'north', person, kind: 'note.reminder', channel: 'text', address, body: 'We meet tomorrow.' },
      ...{ allowedBy: 'asked-for', now: app.clock.now },
    }),
  )

describe('A number that several people share', () => {
  it('stands in part in the outbox where one of them has a restricted record, also beside a sign-in code', async () => {
    const address = '07700 900777'
    const means = [{ kind: 'mobile', value: address } as const]
    const [first, second] = [await aPerson(app, { means }), await aPerson(app, { means })]
    const message = await writeTo(null, { address })
    const own = await writeTo(first, { address })
    const manager = await app.as(app.cast.manager)
    const texts = async () => Promise.all([message, own].map(async (id) => (await manager.open(`/outbox/${id}`)).text))
    const before = await texts()
    await app.owner.query('update people.person set restricted = true where id = $1', [second])
    const list = await manager.open('/outbox')

    for (const text of before) expect(text).toContain(address)
    for (const text of [...(await texts()), list.text]) expect(text).not.toContain(address)
  })
})
