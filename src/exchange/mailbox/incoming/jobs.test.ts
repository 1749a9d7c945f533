import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { type ImapServerPlayed, startImapServer } from '#test/neighbours/imap-server.ts'
import { aMail, aMailWithForm, arrives, keptMails, looks, lyingIn } from '#test/people/mail.ts'
import { filledInPdf, filledInText, filledInWord, usualFilling } from '#test/people/referral-form.ts'
import { limits } from './rules.ts'

let app: TestApp
beforeEach(async () => {
  app = await startApp()
})
afterEach(() => app.close())

describe('A message in the mailbox', () => {
  it('becomes a draft with what its form says, in any format, and is moved and not deleted', async () => {
    const inPdf = { filename: 'f.pdf', content: await filledInPdf(usualFilling) }
    const inText = { filename: 'f.txt', content: filledInText(usualFilling) }
    const mails = [await aMailWithForm(), await aMail({ attachments: [inPdf] }), await aMail({ attachments: [inText] })]
    await arrives(app, ...mails, await aMail({ text: inText.content.toString() }))
    const kept = await keptMails(app)
    const people = await app.owner.query('select from people.person where family_name = $1', ['Quillfeather'])

    expect(kept.map(({ answers }) => answers)).toEqual(Array.from({ length: 4 }, () => usualFilling))
    expect(lyingIn(app)).toEqual({ waiting: 0, taken: 4, unread: 0 })
    expect(people.rowCount).toBe(0)
  })

  it('is kept once however often it comes, by whatever way', async () => {
    const mail = await aMailWithForm()
    await arrives(app, mail, mail)
    await arrives(app, Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), mail]))

    expect(await keptMails(app)).toHaveLength(1)
    expect(lyingIn(app)).toEqual({ waiting: 0, taken: 3, unread: 0 })
  })

  it('is another one where its words differ, whatever id it claims', async () => {
    const messageId = '<same@park.example>'
    const other = await aMailWithForm({ ...usualFilling, givenName: 'Maud' }, { messageId })
    await arrives(app, await aMailWithForm(usualFilling, { messageId }), other)

    expect(await keptMails(app)).toHaveLength(2)
  })

  it('becomes a draft for each form in it, each with its own file', async () => {
    const attached = async (name: string) => ({
      ...{ filename: `${name}.docx`, content: await filledInWord({ ...usualFilling, givenName: name }) },
    })
    const beside = { filename: 'notes.txt', content: 'About one of them' }
    await arrives(app, await aMail({ attachments: [await attached('Ada'), await attached('Bo'), beside] }))
    const { rows } = await app.owner.query('select name from incoming.file order by mail, number')

    expect((await keptMails(app)).map(({ answers }) => answers.givenName)).toEqual(['Ada', 'Bo'])
    expect(rows.map(({ name }) => name)).toEqual(['Ada.docx', 'Bo.docx'])
  })

  it('without a form is kept with the reason, and lies among those not read', async () => {
    const broken = { filename: 'form.pdf', content: Buffer.from('%PDF-1.7 broken') }
    const page = { filename: 'form.html', content: '<script>alert(1)</script>', contentType: 'text/html' }
    const mails = [{ text: 'Do you take people from Leeds?' }, { attachments: [broken] }, { attachments: [page] }]
    const sources = await Promise.all(mails.map(aMail))
    await arrives(app, ...sources, Buffer.from('no headings at all'), Buffer.alloc(0))
    const kept = await keptMails(app)

    expect(kept.map(({ reason }) => reason)).toEqual([
      'No referral form was found in it',
      'A file could not be read. It is broken, or not what its name says',
      ...Array.from({ length: 3 }, () => 'No referral form was found in it'),
    ])
    expect(lyingIn(app)).toEqual({ waiting: 0, taken: 0, unread: 5 })
  })

  it('is shown as words where it is a page, with nothing of the page', async () => {
    const html = '<style>p{}</style><p>Dear team</p><script>alert(1)</script><img src="https://x.example/p.gif">Thanks'
    await arrives(app, await aMail({ html, text: '' }))
    const [{ text }] = await keptMails(app)

    expect(text).toMatch(/Dear team\s+Thanks/)
    expect(text).not.toMatch(/alert|x\.example|[<>]/)
  })

  it('larger than we read is kept with its headings, and stays where it can be read', async () => {
    await arrives(app, await aMail({ attachments: [{ filename: 'a.bin', content: Buffer.alloc(limits.bytes) }] }))

    expect(await keptMails(app)).toMatchObject([{ subject: 'Referral', text: null, reason: /larger than we read/ }])
    expect(lyingIn(app)).toEqual({ waiting: 0, taken: 0, unread: 1 })
  })

  it('leads to no other file of the machine', async () => {
    await looks(app)
    const folder = join(app.settings.home, 'mailbox', 'north')
    writeFileSync(join(app.settings.home, 'private.eml'), await aMailWithForm())
    symlinkSync(join(app.settings.home, 'private.eml'), join(folder, 'link.eml'))
    await looks(app)

    expect(await keptMails(app)).toEqual([])
  })

  it('is one of many, and all of them are dealt with', async () => {
    const folder = join(app.settings.home, 'mailbox', 'north')
    await looks(app)
    for (let number = 0; number < limits.messages + 3; number += 1)
      writeFileSync(join(folder, `${number}.eml`), await aMail({ text: `Question ${number}` }))
    await looks(app)

    expect(await keptMails(app)).toHaveLength(limits.messages + 3)
  })
})

let server: ImapServerPlayed
let own: TestApp
const inFolder = (name: string) => server.folders.get(name)?.length ?? 0

describe.each([true, false])('A mail server (that moves by itself: %s)', (moves) => {
  beforeAll(async () => {
    server = await startImapServer({ moves })
    const mailbox = (address: string) => ({ address, url: server.url })
    own = await startApp({
      WORKWELL_MAILBOXES: JSON.stringify({
        ...{ north: mailbox('refer@north.example'), south: mailbox('refer@south.example') },
      }),
    })
  })
  afterAll(async () => {
    await own.close()
    await server.close()
  })

  it('is read for each area by the address to which a message was sent; what is nobody’s is left and counted', async () => {
    server.deliver(await aMailWithForm())
    server.deliver(await aMailWithForm(usualFilling, { to: 'Refer <REFER@south.example>' }))
    server.deliver(await aMail({ to: 'list@other.example', headers: { 'X-Original-To': 'refer@north.example' } }))
    server.deliver(await aMail({ to: 'somebody@else.example' }))
    await looks(own)

    expect(await keptMails(own)).toHaveLength(2)
    expect(await keptMails(own, 'south')).toEqual([])
    expect([inFolder('INBOX'), inFolder('WorkWell taken'), inFolder('WorkWell not read')]).toEqual([2, 1, 1])
    const { rows } = await own.owner.query('select area, problem, left_alone from incoming.look')
    expect(rows).toEqual([{ area: 'north', problem: null, left_alone: 1 }])
    await looks(own, 'south')
    expect(await keptMails(own, 'south')).toMatchObject([{ answers: usualFilling }])
    expect(inFolder('INBOX')).toBe(1)
  })

  it('says when a message came, so that a clock counts from then and not from when we looked', async () => {
    const { rows } = await own.owner.query(`select came_at from incoming.mail where area = 'north' limit 1`)

    expect(rows[0].came_at.toISOString()).toBe('2026-01-05T09:30:00.000Z')
  })

  whatGoesWrong()
})

function whatGoesWrong(): void {
  it('that does not let us in is said on the page, and loses nothing', async () => {
    server.deliver(await aMailWithForm({ ...usualFilling, givenName: 'Later' }))
    server.closed = true
    await looks(own)
    const page = await (await own.as(own.cast.administrator)).open('/mailbox')
    server.closed = false
    await looks(own)

    expect(page.text).toContain('The mailbox does not answer, or does not let us in')
    expect((await keptMails(own)).at(-1)).toMatchObject({ answers: { givenName: 'Later' } })
    expect((await (await own.as(own.cast.administrator)).open('/mailbox')).text).not.toContain('does not answer')
  })

  it('from which a kept message could not be moved is asked again, and it is kept once', async () => {
    const mail = await aMailWithForm({ ...usualFilling, givenName: 'Once' })
    const { folders } = server
    server.deliver(mail)
    await looks(own)
    // As if the product had stopped between keeping and moving.
    const taken = folders.get('WorkWell taken')?.pop()
    if (taken) folders.get('INBOX')?.push({ ...taken, uid: 99, deleted: false })
    await looks(own)
    const all = await keptMails(own)

    expect(all.filter(({ answers }) => answers?.givenName === 'Once')).toHaveLength(1)
    expect(folders.get('INBOX')?.map(({ uid }) => uid)).not.toContain(99)
  })
}
