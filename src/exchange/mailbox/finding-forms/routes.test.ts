import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { erasePeople } from '#journey/erasure/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { tablesThatHold } from '#test/erasing/catalogue.ts'
import { aConfirmedForm, aMail, aMailWithForm, arrives, keptMails } from '#test/people/mail.ts'
import { usualFilling } from '#test/people/referral-form.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const administrator = () => app.as(app.cast.administrator)

/** A form of somebody with this name, which waits. */
async function aForm(familyName: string): Promise<string> {
  await arrives(app, await aMailWithForm({ ...usualFilling, familyName, nhsNumber: '943 476 5919' }))
  return String((await keptMails(app)).at(-1)?.id)
}

const mailOf = async (id: string) => (await app.owner.query('select * from incoming.mail where id = $1', [id])).rows[0]
const filesOf = async (id: string) =>
  (await app.owner.query('select from incoming.file where mail = $1', [id])).rowCount

async function aNightPasses(days: number): Promise<void> {
  app.clock.pass({ days })
  await app.inArea('north', (db) => addJob(db, 'incoming.forget', { area: 'north' }))
  await app.work()
}

describe('Whoever was named in a form by email and has no record', () => {
  it('is found by name or number, in forms and in messages, by those who receive referrals and nobody else', async () => {
    const form = await aForm('Thistlewick')
    await arrives(app, await aMail({ text: 'When is Ada Thistlewick seen?', subject: 'A question' }))
    const find = async (words: string) =>
      (await (await administrator()).send('/mailbox/finding', { words })).html.match(/\/mailbox\/[0-9a-f-]{36}"/g)
    const other = await app.as(app.cast.providerManager)

    expect(await find('thistlewick')).toHaveLength(2)
    expect(await find('Robin THISTLEWICK')).toEqual([`/mailbox/${form}"`])
    expect(await find('9434765919')).toContain(`/mailbox/${form}"`)
    expect(await find('Thistlewick Nobody')).toBeNull()
    expect((await (await administrator()).send('/mailbox/finding', { words: '- a' })).status).toBe(422)
    expect((await other.open('/mailbox/finding')).status).toBe(404)
    expect((await other.send('/mailbox/finding', { words: 'Thistlewick' })).status).toBe(404)
    expect((await (await app.as(app.cast.coach)).open('/mailbox/finding')).status).toBe(403)
  })

  it('has what the form says deleted once they ask, and it does not come a second time', async () => {
    const source = await aMailWithForm({ ...usualFilling, familyName: 'Wetherpool' })
    await arrives(app, source)
    const id = String((await keptMails(app)).at(-1)?.id)
    const browser = await administrator()
    const page = `/mailbox/${id}/emptying`
    const unsure = await browser.send(page, {})
    const before = await mailOf(id)
    await browser.open(page)
    const done = await browser.sendAndFollow(page, { sure: 'yes' })
    await arrives(app, source)

    expect([unsure.status, before.emptied_at]).toEqual([422, null])
    expect(done.text).toContain('Deleted here')
    expect(await mailOf(id)).toMatchObject({ answers: {}, form: null, from_name: null, emptied_because: 'asked' })
    expect(await filesOf(id)).toBe(0)
    expect(await tablesThatHold(app.owner, ['Wetherpool'])).toEqual([])
    expect((await browser.open(`/mailbox/${id}`)).status).toBe(404)
    expect((await browser.open('/mailbox')).text).not.toContain('before anybody dealt with')
  })

  it('is kept 60 days where nobody deals with it, with the day said before, and only counted from then on', async () => {
    const id = await aForm('Bramblecote')
    const first = await (await administrator()).open('/mailbox')
    await aNightPasses(59)
    const before = [await mailOf(id), await (await administrator()).open('/mailbox')]
    await aNightPasses(1)
    const after = await (await administrator()).open('/mailbox')

    expect(first.text).toContain('What nobody deals with is deleted 60 days after it came.')
    expect(first.text).toContain('6 Mar')
    expect(before[0]).toMatchObject({ emptied_at: null })
    expect(before[1]?.text).toContain('tomorrow')
    expect(await mailOf(id)).toMatchObject({ emptied_because: 'age', settled_at: null, form: null })
    expect(await tablesThatHold(app.owner, ['Bramblecote'])).toEqual([])
    expect(after.text).toMatch(/deleted in the last 12 months before anybody dealt with/)
  })
})

describe('A form that became a referral', () => {
  it('goes with the person when they are erased, and not by itself', async () => {
    const { person } = await aConfirmedForm(app)
    const id = String((await keptMails(app)).at(-1)?.id)
    const alone = await (await administrator()).send(`/mailbox/${id}/emptying`, { sure: 'yes' })
    expect([alone.status, await filesOf(id)]).toEqual([404, 1])
    await app.inArea('north', (db) => erasePeople(db, 'north', [person]))

    expect([await mailOf(id), await filesOf(id)]).toEqual([undefined, 0])
  })

  it('stands in the copy that its person gets, in the words in which it came', async () => {
    const { person } = await aConfirmedForm(app)
    const manager = await app.as(app.cast.manager)
    const asked = { 'asked-day': '5', 'asked-month': '1', 'asked-year': '2026', how: 'in-person' }
    const copy = newId()
    await manager.send(`/people/${person}/copies`, { id: copy, ...asked })
    await manager.send(`/copies/${copy}/looker`, { member: app.cast.manager.membership })
    const part = await manager.open(`/copies/${copy}/parts/referral`)

    expect(part.text).toContain('The form that came by email, and the message with it')
    expect(part.text).toContain('The lifting is hard.')
    expect(part.text).toContain('Came with it: form.txt')
  })
})
