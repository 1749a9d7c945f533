import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const page = '/area/messages/request-received/en/email'
const person = { email: 'robin@example.org', phone: null, safe: ['email'] } as const

/** What somebody is sent who refers themselves now, and which version of which words it is. */
async function sent(about: object = {}) {
  const { id } = await aReferral(app, { person: { ...person, ...about } })
  const { rows } = await app.owner.query(
    `select subject, body, template, template_language as language, template_version as version
     from notify.message where about = $1`,
    [id],
  )
  return rows[0]
}

describe('The words of messages', () => {
  it('are the product’s own until an area writes others, and each message says which went', async () => {
    const lead = await app.as(app.cast.areaLead)
    expect(await sent()).toMatchObject({ template: 'request-received', language: 'en', version: 1 })

    await lead.open(page)
    const words = {
      version: '1',
      subject: 'We have it ({reference})',
      body: 'Thank you. It is {reference}, and we call by {by}.',
    }
    expect((await lead.sendAndFollow(page, words)).text).toContain('goes out in these words')

    const message = await sent()
    expect(message.body).toMatch(/^Thank you\. It is WW-/)
    expect(message).toMatchObject({ version: 2, subject: expect.stringContaining('We have it (WW-') })

    await lead.open(page)
    await lead.sendAndFollow(`${page}/as-supplied`, { version: '2' })
    expect(await sent()).toMatchObject({ version: 1, subject: expect.stringContaining('We have received') })
    expect((await lead.open(page)).text).toContain('Ali Lead')
  })

  it('are shown with made-up facts before they are used, and nothing typed is lost', async () => {
    const lead = await app.as(app.cast.areaLead)
    await lead.open(page)
    const typed = { subject: 'A', body: 'It is {reference}, by {by}. Ring {phone}.', version: '3' }
    const looked = await lead.send(`${page}/preview`, typed)

    expect(looked.status).toBe(200)
    expect(looked.text).toContain('It is WW-7K3M-9QF, by Tuesday 3 March 2026. Ring 01632 960001.')
    expect(looked.html).toContain('It is {reference}, by {by}. Ring {phone}.')
    expect((await sent()).subject).toContain('We have received')
  })

  it('are refused where a fact is missing or the words tell what it is about', async () => {
    const lead = await app.as(app.cast.areaLead)
    await lead.open(page)
    const refused = await lead.send(page, { subject: 'Your health', body: 'We call by {by}, {name}.', version: '3' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Take out “health”')
    expect(refused.text).toContain('Put {reference} into the words')
    expect(refused.text).toContain('no fact called {name}')
    expect((await sent()).subject).toContain('We have received')
  })

  it('go in the language somebody speaks once there are words in it that an area or a translator stands for', async () => {
    const polish = { language: 'Polish' }
    expect(await sent(polish)).toMatchObject({ language: 'en' })

    const lead = await app.as(app.cast.areaLead)
    const inPolish = page.replace('/en/', '/pl/')
    await lead.open(inPolish)
    await lead.send(inPolish, {
      version: '1',
      subject: 'Mamy ({reference})',
      body: 'Numer: {reference}. Zadzwonimy do {by}.',
    })
    const message = await sent(polish)

    expect(message).toMatchObject({ language: 'pl', version: 2 })
    expect(message.body).toMatch(/Zadzwonimy do \p{L}+,? \d+ \p{L}+ 2026/u)
  })

  it('are other ones in a letter in large print where the area wrote such, and those of other letters where not', async () => {
    const byPost = { email: null, address: '4 High Street, Leeds', postcode: 'LS1 4AP', safe: ['post'] }
    const large = { ...byPost, accessNeeds: ['large-print'] }
    const lead = await app.as(app.cast.areaLead)
    const [letter, largeLetter] = ['letter', 'large-letter'].map((format) => page.replace('/email', `/${format}`))
    const write = async (at = '', body: string) => {
      await lead.open(at)
      await lead.send(at, { subject: 'Thank you', body, version: '1' })
    }
    await write(letter, 'All of it: {reference}, by {by}.')
    const before = [await sent(byPost), await sent(large)]
    const shown = await lead.open(largeLetter ?? '')
    await write(largeLetter, 'Few words: {reference}, {by}.')
    const after = [await sent(byPost), await sent(large)]

    expect(shown.text).toContain('the same words as in other letters')
    expect(shown.html).toContain('ww-letter--20')
    expect(before.map(({ body }) => body.slice(0, 6))).toEqual(['All of', 'All of'])
    expect(after.map(({ body }) => body.slice(0, 6))).toEqual(['All of', 'Few wo'])
    expect((await lead.open('/area/messages/request-received')).text).toContain('Letter in large print')
  })

  it('keep what must be there: the code, the link, the day', async () => {
    const lead = await app.as(app.cast.areaLead)
    for (const [at, named] of [
      ['/area/messages/sign-in-code/en/text', '{code}'],
      ['/area/messages/link-renewed/en/email', '{link}'],
      ['/area/messages/member-invited/en/email', '{link}'],
      ['/area/messages/message-notice/en/text', '{space}'],
    ] as const) {
      await lead.open(at)
      const refused = await lead.send(at, { subject: 'Hello', body: 'Hello there.', version: '1' })
      expect([at, refused.status, refused.text.includes(`Put ${named} into the words`)]).toEqual([at, 422, true])
    }
    expect((await lead.open('/area/messages/alert-told/pl/email')).status).toBe(404)
  })

  it('of one area are nobody else’s, and a coach does not write them', async () => {
    const elsewhere = await app.as(app.cast.managerElsewhere)
    await elsewhere.open(page)
    await elsewhere.send(page, { subject: 'South', body: 'South {reference} {by}', version: '1' })

    expect((await sent()).subject).toContain('We have received')
    expect((await (await app.as(app.cast.coach)).open(page)).status).toBe(403)
  })
})
