import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { recipients } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const asks = 'Could she begin at ten for four weeks?'
const toEmployer = { kind: 'employer', organisation: 'Hillside Bakery', email: 'office@example.org', asks } as const

const somebody = () =>
  aPerson(app, {
    ...{ givenName: 'Nadia', familyName: 'Newcomer', also: { accessNeeds: ['step-free'], safeNote: 'Not after six' } },
    means: [{ kind: 'mobile', value: '07700 900123' }],
  })

const agreed = async (person: string, answers: Record<string, string>) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })

/** A request that was sent, the link in its message, and the code that is told by phone. */
async function sent(about: Record<string, string> = {}) {
  const person = await somebody()
  await agreed(person, { employer: 'yes', 'employer-allows': 'summary', onward: 'yes', 'onward-allows': 'summary' })
  await agreed(person, { gp: 'yes', 'gp-allows': 'summary' })
  const own = `Occupational health of ${toEmployer.organisation}`
  await agreed(person, { employer: 'yes', 'employer-allows': 'summary', 'employer-name': own })
  const id = newId()
  const coach = await app.as(app.cast.coach)
  const answer = await coach.send(`/people/${person}/requests`, { id, ...toEmployer, share: 'phone', ...about })
  await app.work()
  const { rows } = await app.owner.query('select id, subject, body from notify.message where about = $1', [id])
  const link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
  return { person, id, link, answer, message: rows[0], code: spokenCode(app.settings.secret, id), coach }
}

async function opened(link: string, code: string) {
  const visitor = app.visitor()
  await visitor.open(link)
  const seen = await visitor.send(link, { do: 'open', code })
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(seen.html)?.[1] ?? ''
  const fields = { proof: hidden('proof'), id: hidden('id') }
  return { ...seen, visitor, send: (more: Record<string, string>) => visitor.send(link, { ...fields, ...more }) }
}

/** The newest link that the page of a request shows as given out, as its form carries it. */
async function sentAs(id: string): Promise<string> {
  const { html } = await (await app.as(app.cast.coach)).open(`/requests/${id}`)
  return /name="sent" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

const messagesAbout = async (id: string) =>
  (await app.owner.query('select id from notify.message where about = $1', [id])).rows.length

describe('Sending a new link', () => {
  it('a second time with the same page sends no other, and says when the first went', async () => {
    const { id, coach } = await sent()
    const form = { sent: await sentAs(id) }
    const first = await coach.sendAndFollow(`/requests/${id}/link`, form)
    const again = await coach.sendAndFollow(`/requests/${id}/link`, form)
    const anew = await coach.sendAndFollow(`/requests/${id}/link`, { sent: await sentAs(id) })

    expect(first.text).toContain('A new link is on its way, to the same address')
    expect(again.text).toMatch(/A new link was sent already, .*, to the same address. No other was sent./)
    expect(anew.text).toContain('A new link is on its way, to the same address')
    expect(await messagesAbout(id)).toBe(3)
  })

  it('by two people at the same moment sends one', async () => {
    const { id, coach } = await sent()
    const form = { sent: await sentAs(id) }
    const other = await app.as(app.cast.manager)
    const both = await Promise.all([coach, other].map((one) => one.send(`/requests/${id}/link`, form)))

    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await messagesAbout(id)).toBe(2)
  })
})

describe('Asking somebody outside', () => {
  it('needs the person’s yes for this recipient, and says so with nothing lost', async () => {
    const person = await somebody()
    const coach = await app.as(app.cast.coach)
    const id = newId()
    const ask = () => coach.send(`/people/${person}/requests/preview`, { id, ...toEmployer })

    const unasked = await ask()
    await agreed(person, { employer: 'yes', 'employer-allows': 'status' })
    const tooLittle = await ask()
    await agreed(person, { employer: 'yes', 'employer-allows': 'summary', 'employer-name': 'Another Bakery' })
    const another = await ask()

    for (const refused of [unasked, tooLittle, another]) {
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('Ask them first, and record what they say')
      expect(refused.html).toContain(asks)
    }
  })

  it('shows only the facts that the person ticked for this recipient', async () => {
    const person = await somebody()
    const ticked = { 'employer-name': 'Hillside Bakery', 'employer-facts': 'access' }
    await agreed(person, { employer: 'yes', 'employer-allows': 'summary', ...ticked })
    const coach = await app.as(app.cast.coach)
    const ask = (share: string) =>
      coach.send(`/people/${person}/requests/preview`, {
        id: newId(),
        ...toEmployer,
        share,
        organisation: 'hillside bakery',
      })

    expect((await ask('phone')).text).toContain('They have not agreed to: My phone number')
    expect((await ask('access')).text).toContain('This is what they will see')
    expect((await coach.open(`/people/${person}/agreements`)).text).toContain('(What I need so that I can take part)')
  })

  it('shows exactly what goes before it goes, and keeps it as it was', async () => {
    const { person, id, coach } = await sent()
    const seen = await coach.send(`/people/${person}/requests/preview`, { id: newId(), ...toEmployer, share: 'phone' })
    await app.owner.query(`update people.means set value = '07700 900999' where person = $1`, [person])
    const kept = await coach.open(`/requests/${id}`)

    expect(seen.text).toMatch(/Carol Coach of WorkWell north asks you.*Name Nadia Newcomer.*Phone number 07700 900123/)
    expect(seen.text).not.toMatch(/Step-free|Not after six/)
    expect(kept.text).toContain('Shown: Phone number 07700 900123')
  })

  it('writes nothing about anybody in the message', async () => {
    const { message } = await sent()

    expect(`${message.subject} ${message.body}`).not.toMatch(/Nadia|Newcomer|07700|ten|health|Carol/i)
  })

  it.each(Object.keys(recipients))('opens to %s with the code alone, and takes one of three answers', async (kind) => {
    const { person, id, link, code, coach } = await sent({ kind })
    const wrong = await opened(link, code === '000000' ? '000001' : '000000')
    // They are at work and ask nothing for themselves.
    expect(wrong.text).not.toMatch(/Leave this page quickly|does not affect your benefits/)
    const page = await opened(link, `${code.slice(0, 3)} ${code.slice(3)}`)
    const none = await page.send({ note: 'Half a thought' })
    const thanks = await page.send({ answer: 'yes', note: 'From Monday', byName: 'Olu' })

    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('This is not the code')])
    expect(wrong.text).not.toContain('Nadia')
    expect(page.text).toContain(asks)
    expect(page.html.match(/name="answer"/g)).toHaveLength(3)
    expect([none.status, none.html]).toEqual([422, expect.stringMatching(/Enter your name[^]*Half a thought/)])
    expect(thanks.text).toContain('Thank you for your answer')
    expect((await coach.open(`/people/${person}`)).text).toMatch(/Answer from Hillside Bakery: yes.*From Monday/)
    expect((await coach.open('/requests?state=unread')).text).toContain('Nadia Newcomer')
    await coach.send(`/requests/${id}/reading`)
    expect((await coach.open(`/requests/${id}`)).text).toMatch(/Answered.*From Monday/)
  })

  it('says in the quiet hours when the link goes, and not that it is on its way', async () => {
    app.clock.set('2026-01-05T20:30:00Z')
    const { person } = await sent()
    const coach = await app.as(app.cast.coach)
    const fields = { id: newId(), ...toEmployer, share: 'phone' }
    const quiet = await coach.sendAndFollow(`/people/${person}/requests`, fields)
    app.clock.set('2026-01-06T10:00:00Z')
    const awake = await app.as(app.cast.coach)
    const day = await awake.sendAndFollow(`/people/${person}/requests`, { ...fields, id: newId() })

    expect(quiet.text).toContain(
      'The link goes tomorrow at 08:00, when the quiet hours of your area are over. Ring them with the code.',
    )
    expect(day.text).toContain('The link is on its way. Ring them with the code.')
  })

  it('closes the link when the person takes the permission back, or the request is closed', async () => {
    const [taken, closed] = [await sent(), await sent()]
    await agreed(taken.person, { employer: 'no' })
    await closed.coach.send(`/requests/${closed.id}/closing`)

    for (const { link } of [taken, closed]) {
      const page = await app.visitor().open(link)
      expect(page.text).toContain('no longer in use')
      // They are at work still.
      expect(page.text).not.toMatch(/Leave this page quickly|does not affect your benefits/)
    }
  })

  it('says when the person took the permission back, and sends no new link', async () => {
    const { person, id, coach } = await sent()
    const before = await coach.open(`/requests/${id}`)
    await agreed(person, { employer: 'no' })
    const after = await coach.open(`/requests/${id}`)
    const refused = await coach.send(`/requests/${id}/link`)

    expect([before.text.includes('Send a new link'), after.text.includes('Send a new link')]).toEqual([true, false])
    expect(after.text).toContain('Nadia Newcomer took back their permission, today')
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('No new link was sent')])
    expect((await app.owner.query('select id from notify.message where about = $1', [id])).rows).toHaveLength(1)
  })

  it('sends a new link to the same address, in place of the one before, and is not for people of another provider', async () => {
    const { id, person, coach, link } = await sent()
    await coach.send(`/requests/${id}/link`, { sent: await sentAs(id) })
    await app.work()
    const elsewhere = await app.as(app.cast.providerCoach)

    const { rows } = await app.owner.query('select address from notify.message where about = $1', [id])
    expect(rows).toEqual([{ address: 'office@example.org' }, { address: 'office@example.org' }])
    expect((await app.visitor().open(link)).text).toContain('no longer in use')
    for (const path of [`/requests/${id}`, `/people/${person}/requests`, `/people/${person}/requests/new`])
      expect((await elsewhere.open(path)).status).toBe(404)
    expect((await elsewhere.open('/requests')).text).not.toContain('Nadia')
  })
})
