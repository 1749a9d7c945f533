import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { erasePeople } from '#journey/erasure/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { filledIn } from '#test/editing/filled.ts'
import { aPerson } from '#test/people.ts'
import { aMail, aMailWithForm, arrives, keptMails, looks } from '#test/people/mail.ts'
import { type Filling, usualFilling } from '#test/people/referral-form.ts'

let app: TestApp
let practice = ''
beforeAll(async () => {
  app = await startApp()
  practice = newId()
  await app.owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, ods_code, email, from_on)
     values ('north', $1, 'Park Surgery', 'practice', 'none', 'A81001', 'letters@park.example', '2020-01-01')`,
    [practice],
  )
})
afterAll(() => app.close())

let forms = 0
/** A form that came, of somebody with a name of their own; the address of its page. */
async function aForm(filling: Filling = {}): Promise<Readonly<{ id: string; page: string; name: string }>> {
  forms += 1
  const name = `Quillfeather${'abcdefghijklmnopqrst'[forms] ?? ''}`
  await arrives(app, await aMailWithForm({ ...usualFilling, familyName: name, nhsNumber: '', ...filling }))
  const id = String((await keptMails(app)).at(-1).id)
  return { id, name, page: `/mailbox/${id}` }
}

const administrator = () => app.as(app.cast.administrator)

/** Confirms a form as its page shows it, but for what is put right. */
async function confirmed(page: string, corrected: Fields = {}) {
  const browser = await administrator()
  const { html } = await browser.open(page)
  const fields = { ...filledIn(html, `${page}/referral`), ...corrected }
  return browser.sendAndFollow(`${page}/referral`, fields)
}

const referralOf = async (id: string) =>
  (
    await app.owner.query(
      `select referral.*, person.nhs_number, person.gp_practice from referral.referral
       join people.person on person.id = referral.person where referral.id = $1`,
      [id],
    )
  ).rows[0]

describe('A form that came by email', () => {
  it('stands beside what was read of it, for those who decide about referrals and nobody else', async () => {
    const { page, name } = await aForm()
    const seen = await (await administrator()).open(page)
    const list = await (await administrator()).open('/mailbox')
    const others = await Promise.all(
      [app.cast.coach, app.cast.managerElsewhere, app.cast.providerManager].map(async (member) =>
        (await app.as(member)).open(page),
      ),
    )

    expect(list.text).toContain(`Robin ${name}`)
    expect(seen.text).toContain('Wants to keep her job.')
    expect(seen.html).toContain(`value="${name}"`)
    expect(seen.html).toContain(`<option value="${practice}" selected="">Park Surgery (A81001)`)
    for (const other of others) {
      expect([403, 404]).toContain(other.status)
      expect(other.text).not.toContain(name)
    }
  })

  it('becomes a referral once it is confirmed, with what was put right, under the name of the register', async () => {
    const { id, page, name } = await aForm({ nhsNumber: '999 000 0050' })
    const seen = await confirmed(page, { givenName: 'Robyn' })
    const referral = await referralOf(id)

    expect(seen.text).toContain('added.')
    expect(referral).toMatchObject({
      ...{ route: 'gp', channel: 'email', agreement: 'agreed', person_name: `Robyn ${name}` },
      ...{ referrer_name: 'Dr Jo Bright', referrer_organisation: 'Park Surgery', work_status: 'off-sick' },
      ...{ referrer_email: 'letters@park.example', feedback: 'status', nhs_number: '9990000050' },
      ...{ fit_note: 'yes', reason: 'Wants to keep her job.\nThe lifting is hard.' },
    })
    expect((await (await administrator()).open('/mailbox')).text).toContain('Referral added')
  })

  it('is held without a clock where the form does not say that they agree', async () => {
    const { id, page } = await aForm({ agreement: 'Not asked' })
    await confirmed(page)
    const unsaid = await aForm({ agreement: '' })
    const refused = await confirmed(unsaid.page)

    expect(await referralOf(id)).toMatchObject({ agreement: 'not-asked', episode: null })
    expect(refused.text).toContain('Select whether the person agrees')
    expect(await referralOf(unsaid.id)).toBeUndefined()
  })

  it('says at each field what could not be read, and loses nothing that was typed', async () => {
    const { page } = await aForm({
      bornOn: 'some time in March',
      nhsNumber: '<NHS number>',
      safe: 'no voicemail',
      fitNote: 'perhaps',
    })
    const seen = await (await administrator()).open(page)
    const again = await confirmed(page, { bestTime: '', preferredName: 'Bo', 'bornOn-day': '', phone: '12' })

    expect(seen.text).toContain('4 things could not be read')
    for (const said of ['“some time in March” is not a date', '<NHS number>', 'no voicemail', 'perhaps'])
      expect(seen.text).toContain(said)
    expect(seen.html).not.toMatch(/checked="" [^>]*value="voicemail"|value="voicemail"[^>]*checked/)
    expect(again.status).toBe(422)
    expect(again.text).toContain('Enter a phone number like 01632 960 001')
    expect(again.html).toContain('value="Bo"')
  })

  it('tells nobody whom the register does not know, whatever the message says', async () => {
    const { id, page } = await aForm({ referrerOrganisation: 'Another Surgery', odsCode: 'Z99999' })
    const seen = await (await administrator()).open(page)
    await confirmed(page, { practice: 'none' })

    expect(seen.text).toContain('Not found in the register. The form says: Another Surgery, Z99999')
    expect(await referralOf(id)).toMatchObject({ referrer_email: null, feedback: 'none' })
  })

  it('is taken once, by whoever was first; the other sees what became of it and keeps what they typed', async () => {
    const { id, page } = await aForm()
    const [one, other] = [await administrator(), await app.as(app.cast.manager)]
    const [first, second] = [await one.open(page), await other.open(page)]
    const fields = (html: string) => filledIn(html, `${page}/referral`)
    await one.send(`${page}/referral`, fields(first.html))
    const late = await other.send(`${page}/referral`, { ...fields(second.html), reason: 'Typed by the other' })
    const { rows } = await app.owner.query('select from referral.referral where id = $1', [id])

    expect(late.status).toBe(409)
    expect(late.text).toContain('Somebody else dealt with it while you had it open')
    expect(late.text).toContain('Typed by the other')
    expect(rows).toHaveLength(1)
  })

  it('makes no referral of a form as it stood before somebody dealt with it, and keeps what was typed', async () => {
    const { id, page } = await aForm()
    const [one, other] = [await administrator(), await app.as(app.cast.manager)]
    const before = await other.open(page)
    await one.send(`${page}/settling`, { version: '1', why: 'By mistake' })
    await one.send(`${page}/reopening`)
    const sent = { ...filledIn(before.html, `${page}/referral`), reason: 'Typed before' }
    const late = await other.send(`${page}/referral`, sent)
    const { rows: none } = await app.owner.query('select from referral.referral where id = $1', [id])
    const again = await other.send(`${page}/referral`, filledIn(late.html, `${page}/referral`))

    expect([late.status, none.length]).toEqual([409, 0])
    expect(late.text).toContain('Somebody changed this meanwhile')
    expect(late.html).toContain('Typed before')
    expect([again.status, (await referralOf(id)) !== undefined]).toEqual([303, true])
  })

  it('says who may be known already, and which other form looks the same', async () => {
    const known = await aPerson(app, {
      givenName: 'Ottoline',
      familyName: 'Quillfeather',
      also: { bornOn: Temporal.PlainDate.from('1981-03-14') },
    })
    const about = { givenName: 'Ottoline', familyName: 'Quillfeather' }
    const first = await aForm(about)
    const second = await aForm({ ...about, reason: 'Sent again' })
    const seen = await (await administrator()).open(second.page)

    expect(seen.text).toContain('They may be known already')
    expect(seen.html).toContain(`href="/people/${known}"`)
    expect(seen.html).toContain(`href="/mailbox/${first.id}"`)
  })

  it('is kept as no referral with the reason, and waits again when that is taken back', async () => {
    const { id, page } = await aForm()
    const browser = await administrator()
    const without = await browser.send(`${page}/settling`, { version: '1', why: '' })
    const kept = await browser.sendAndFollow(`${page}/settling`, { version: '1', why: 'Sent twice' })
    const undone = await browser.sendAndFollow(`${page}/reopening`)

    expect(without.text).toContain('Say what it is')
    expect(kept.text).toContain('Kept as no referral.')
    expect(kept.html).toContain(`action="${page}/reopening"`)
    expect(undone.text).toContain('It waits again.')
    expect((await keptMails(app)).find((one) => one.id === id)).toMatchObject({ settled_as: null })
  })
})

describe('What came with a message', () => {
  it('is never opened here: markup is shown as its letters, and a file is only kept', async () => {
    const evil = '<script>alert(1)</script>'
    await arrives(
      app,
      await aMail({ subject: evil, attachments: [{ filename: 'a<b>.html', content: evil, contentType: 'text/html' }] }),
    )
    const id = String((await keptMails(app)).at(-1).id)
    const browser = await administrator()
    const page = await browser.open(`/mailbox/${id}`)
    const file = await browser.open(`/mailbox/${id}/files/0`)

    expect(page.text).toContain('A message without a form')
    expect(page.html).not.toContain(evil)
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment/),
    })
    expect((await browser.open(`/mailbox/${id}/files/7`)).status).toBe(404)
    expect((await (await app.as(app.cast.coach)).open(`/mailbox/${id}/files/0`)).status).toBe(403)
  })

  it('goes with the person when they are erased, and by itself when the area keeps it no longer', async () => {
    const { id, page } = await aForm()
    await confirmed(page)
    const other = await aForm()
    await (await administrator()).send(`${other.page}/settling`, { version: '1', why: 'Sent twice' })
    const waiting = await aForm()
    app.clock.pass({ days: 32 })
    await app.inArea('north', (db) => addJob(db, 'incoming.forget', { area: 'north' }))
    await app.work()
    const left = await keptMails(app)
    const named = (wanted: string) => left.find((one) => one.id === wanted)

    expect(named(id)).toMatchObject({ answers: {}, form: null, referral: id })
    expect(named(other.id)).toMatchObject({ answers: {}, form: null })
    expect(named(waiting.id)).toMatchObject({ answers: { familyName: waiting.name } })
    expect((await (await administrator()).open(page)).status).toBe(404)
    const { person } = await referralOf(id)
    await app.inArea('north', (db) => erasePeople(db, 'north', [person]))
    expect((await keptMails(app)).map((one) => one.id)).not.toContain(id)
  })
})

describe('The mailbox', () => {
  it('is looked into when somebody asks', async () => {
    const browser = await administrator()
    const asked = await browser.sendAndFollow('/mailbox/look')
    await app.work()
    await looks(app)

    expect(asked.text).toContain('We are looking')
    expect((await browser.open('/mailbox')).text).toContain('We last looked')
  })
})
