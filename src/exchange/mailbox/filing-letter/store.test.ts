import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import PostalMime from 'postal-mime'
import { readDocument } from '#platform/documents/reading.ts'
import { pdfLetter } from '#platform/documents/pdf-letter.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type MailServerPlayed, startMailServer } from '#test/neighbours/mail-server.ts'
import { anAnswer } from '#test/people.ts'
import { aConfirmedForm } from '#test/people/mail.ts'
import { moves } from '#test/people/reply.ts'

let app: TestApp
let server: MailServerPlayed
beforeAll(async () => {
  server = await startMailServer()
  app = await startApp({ WORKWELL_SMTP: server.url, WORKWELL_SMTP_FROM: 'north@workwell.example' })
})
afterAll(async () => {
  await app.close()
  await server.close()
})

const went = (email: string) => server.taken.filter(({ to }) => to.includes(email))

/** The letter that went with a message, and its words. */
async function letterIn(text: string) {
  const { attachments } = await PostalMime.parse(text)
  const [file] = attachments
  const content = file?.content instanceof ArrayBuffer ? new Uint8Array(file.content) : new Uint8Array()
  const read = await readDocument('pdf', content)
  return { name: file?.filename, type: file?.mimeType, words: read.ok ? read.words.text : read.why }
}

describe('What a practice hears of a form that it sent', () => {
  it('comes as a letter to file, to the address of the register and to nobody who wrote the message', async () => {
    const { person, episode, reference } = await aConfirmedForm(app, 'one@park.example')
    await anAnswer(app, person, 'gp', true)
    await moves(app, episode, [{ kind: 'accepted' }])
    const [arrived, accepted, ...more] = went('one@park.example')
    const letter = await letterIn(accepted?.text ?? '')

    expect(arrived?.text).toContain('Your referral has arrived')
    expect(more).toEqual([])
    expect(letter).toMatchObject({ name: `letter-${reference}.pdf`, type: 'application/pdf' })
    for (const said of [reference, 'PS/1234', 'Surgery of one@park.example', 'was accepted', '5 January 2026'])
      expect(letter.words).toContain(said)
    expect(letter.words).not.toMatch(/Robin|Quillfeather|1981|\/l\/|\{link\}/)
    expect(server.taken.flatMap(({ to }) => to)).not.toContain('mallory@evil.example')
  })

  it('is only that it arrived, as long as the person has not said that more may be told', async () => {
    const { person, episode } = await aConfirmedForm(app, 'two@park.example')
    await moves(app, episode, [{ kind: 'accepted' }])
    await anAnswer(app, person, 'gp', false)
    await moves(app, episode, [{ kind: 'assessed' }])

    expect(went('two@park.example').map(({ text }) => /Subject: (.*?)\r\n/.exec(text)?.[1])).toHaveLength(1)
  })

  it('is held back, and stands in the outbox with the reason, where the register has another address by now', async () => {
    const { person, episode, practice } = await aConfirmedForm(app, 'three@park.example')
    await anAnswer(app, person, 'gp', true)
    await app.owner.query(`update organisations.organisation set email = 'new@park.example' where id = $1`, [practice])
    await moves(app, episode, [{ kind: 'accepted' }])
    const outbox = await (await app.as(app.cast.administrator)).open('/outbox')

    expect(went('three@park.example')).toHaveLength(1)
    expect(went('new@park.example')).toHaveLength(0)
    expect(outbox.text).toContain('Held back')
    const { rows } = await app.owner.query(`select reason from notify.message where settled_as = 'held back'`)
    expect(rows.map(({ reason }) => reason)).toContain(
      'The register has another address of the practice by now, or none',
    )
  })
})

describe('A letter to file', () => {
  it('is opened from the outbox by whoever may open the record, with the day on which its email went', async () => {
    const { reference } = await aConfirmedForm(app, 'four@park.example')
    const { rows } = await app.owner.query<{ id: string }>('select id from notify.message where address = $1', [
      'four@park.example',
    ])
    const address = `/outbox/${rows[0]?.id}`
    app.clock.pass({ hours: 48 })
    const manager = await app.as(app.cast.manager)
    const page = await manager.open(address)
    const cookie = [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const letter = await app.product.fastify.inject({ url: `${address}/letter`, headers: { cookie } })
    const words = await readDocument('pdf', new Uint8Array(letter.rawPayload))
    const others = [app.cast.managerElsewhere, app.cast.systemAdministrator, app.cast.coach]
    const refused = await Promise.all(
      others.map(async (one) => (await (await app.as(one)).open(`${address}/letter`)).status),
    )

    expect(page.html).toContain(`href="${address}/letter"`)
    expect(letter.headers['content-disposition']).toContain(`letter-${reference}.pdf`)
    for (const said of [reference, '5 January 2026']) expect(words.ok && words.words.text).toContain(said)
    expect(words.ok && words.words.text).not.toContain('7 January 2026')
    expect(refused).toEqual([404, 404, 403])
  })

  it('is one page however much an area says, and is tagged', async () => {
    const { getDocumentProxy } = await import('unpdf')
    const letter = {
      ...{ from: { name: 'North', lines: ['1 Street', '01632 960001'] }, to: ['Park Surgery'], day: '5 January 2026' },
      ...{ references: [{ label: 'Our reference', value: 'WW-1' }], heading: 'Your referral' },
      paragraphs: Array.from({ length: 20 }, () => 'A sentence that an area has added to its words. '.repeat(6)),
    }
    const pdf = await getDocumentProxy(new Uint8Array(await pdfLetter(letter)), { verbosity: 0 })

    expect(pdf.numPages).toBe(1)
    expect((await pdf.getMarkInfo())?.Marked).toBe(true)
  })
})
