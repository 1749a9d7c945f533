import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aBrowser, type Browser } from '#platform/identity/testing/browser.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type ParticipantLogin, participantLogin } from '#test/neighbours/participant-login.ts'
import { aPerson } from '#test/people.ts'
import { loginJobs } from './jobs.ts'

const origin = 'http://localhost:3000'
const at = `${origin}/in/north/sign-in`
let app: TestApp
let nhs: ParticipantLogin
let one: ParticipantLogin
let hosts: Readonly<Record<string, string>>
let phone: string
let person: string
let last = 200
beforeAll(async () => {
  nhs = await participantLogin('nhs-login', `${origin}/my/sign-in/nhs-login/callback`)
  one = await participantLogin('one-login', `${origin}/my/sign-in/one-login/callback`)
  const providers = JSON.stringify([nhs.settings, one.settings])
  app = await startApp({ WORKWELL_OWN_PROVIDERS: providers, PORT: '3000' }, undefined, (url, options) =>
    (url.startsWith(Object.keys(nhs.hosts)[0] ?? '') ? nhs : one).send(url, options),
  )
  const listens = await app.product.fastify.listen({ port: 0, host: '127.0.0.1' })
  hosts = { ...nhs.hosts, ...one.hosts, [origin]: listens }
})
afterAll(async () => {
  await app.close()
  await nhs.close()
  await one.close()
})
beforeEach(async () => {
  phone = `07700 900${(last += 1)}`
  nhs.says({ subject: 'nobody' })
  person = await known({ nhsNumber: `90000${last}09`.padEnd(10, '0').slice(0, 10) })
})

const known = (also = {}) =>
  aPerson(app, {
    givenName: 'Mina',
    means: [
      { kind: 'mobile', value: phone },
      { kind: 'email', value: 'mina@example.org' },
    ],
    also,
  })
const proven = (number: string, more = {}) => ({
  ...{ nhs_number: number, birthdate: '1980-02-29', identity_proofing_level: 'P9', family_name: 'Taylor' },
  ...more,
})
const numberOf = async (whom: string): Promise<string> => {
  const { rows } = await app.owner.query('select nhs_number from people.person where id = $1', [whom])
  return rows[0].nhs_number
}
const come = async (by: 'nhs-login' | 'one-login', browser = aBrowser(hosts)) => {
  await browser.open(at)
  return { browser, page: await browser.open(`${at}/with/${by}`) }
}

/** Shows once who one is, with a code and the date of birth: after an account left this browser, or without it. */
async function showWith(browser: Browser, { day = '29', from = 'account' } = {}) {
  const form = await browser.step(at)
  const asked = await browser.open((await browser.send(form, '/in/north/sign-in', { way: phone, from })).to ?? '')
  await app.work()
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from notify.message where kind = 'online.code' order by id desc limit 1`,
  )
  const outbox = await (await app.as(app.cast.manager)).open(`/outbox/${rows[0]?.id ?? ''}`)
  const code = /Your code is (\d{6})/.exec(outbox.text)?.[1] ?? 'none'
  const sent = await browser.send(asked, '/in/north/sign-in/code', { code })
  const born = await browser.open(sent.to ?? '')
  const date = { 'bornOn-day': day, 'bornOn-month': '2', 'bornOn-year': '1980' }
  return { born, end: await browser.send(born, '/in/north/sign-in/birth-date', date) }
}

describe('NHS login', () => {
  it('opens the record with the NHS number that it has proven, and to nobody who is not vouched for', async () => {
    nhs.says({ subject: 'mina', claims: proven(await numberOf(person)) })
    const { page } = await come('nhs-login')

    expect(nhs.refused).toEqual([])
    expect(page.text).toContain('Hello Mina')
    nhs.says({ subject: 'mina', vot: 'P5.Cp.Cd', claims: proven(await numberOf(person)) })
    expect((await come('nhs-login')).page.text).toContain('does not say surely enough who you are')
  })

  it.each([
    ['of somebody born on another day', { birthdate: '1980-02-28' }],
    ['that was not checked', { identity_proofing_level: 'P5' }],
    ['that nobody has', { nhs_number: '9999999999' }],
  ])('opens nothing by a number %s', async (_which, more) => {
    nhs.says({ subject: `odd ${Object.keys(more).join()}`, claims: proven(await numberOf(person), more) })

    expect((await come('nhs-login')).page.text).toContain('We do not know yet who you are here')
  })

  it('says the same of somebody whose access is closed as of somebody unknown', async () => {
    nhs.says({ subject: 'unknown', claims: proven('9999999999') })
    const unknown = await come('nhs-login')
    await (await app.as(app.cast.coach)).send(`/people/${person}/online`, { reason: 'at-risk' })
    nhs.says({ subject: 'closed', claims: proven(await numberOf(person)) })

    expect((await come('nhs-login')).page.at).toBe(unknown.page.at)
  })

  it('never comes to belong to a record with another NHS number', async () => {
    nhs.says({ subject: 'other', claims: proven('9999999999') })
    const { browser } = await come('nhs-login')

    expect((await showWith(browser)).end.text).toContain('You cannot use that account here')
    expect((await come('nhs-login', browser)).page.text).toContain('We do not know yet')
  })
})

describe('GOV.UK One Login', () => {
  it('asks once for a code and the date of birth, and then opens the record by itself', async () => {
    one.says({ subject: 'urn:fdc:gov.uk:2022:mina', claims: { email: 'mina@example.org', email_verified: true } })
    const { browser, page } = await come('one-login')
    expect(one.refused).toEqual([])
    expect(page.text).toContain('We do not know yet who you are here')

    const { born, end } = await showWith(browser)
    expect(born.text).toContain('What is your date of birth?')
    expect(born.text).toContain('You came with GOV.UK One Login')
    expect(end.to).toBe(`${origin}/my`)
    expect((await come('one-login')).page.text).toContain('Hello Mina')
  })

  it('is nobody’s while the date of birth is wrong', async () => {
    one.says({ subject: 'urn:fdc:gov.uk:2022:wrong' })
    const { browser } = await come('one-login')

    expect((await showWith(browser, { day: '28' })).end.text).toContain('This is not the date of birth')
    expect((await come('one-login')).page.text).toContain('We do not know yet')
  })

  it('is offered on the way in, and cannot be finished by another browser', async () => {
    const browser = aBrowser(hosts)
    expect((await browser.open(at)).text).toContain('Sign in with GOV.UK One Login')
    one.says({ subject: 'urn:fdc:gov.uk:2022:mina' })
    const back = await browser.open(`${at}/with/one-login`, `${origin}/my/sign-in/one-login/callback`)

    const other = await aBrowser(hosts).open(back.to ?? '')
    expect(other.status).toBe(400)
    expect(other.text).toContain('You are not signed in')
  })
})

describe('An account elsewhere', () => {
  const comesAs = async (subject: string, claims = {}) => {
    one.says({ subject, claims })
    return come('one-login')
  }
  const shown = async (subject: string) => {
    await showWith((await comesAs(subject)).browser)
    expect((await comesAs(subject)).page.text).toContain('Hello Mina')
  }

  it('opens nothing by an e-mail address, even one that we have and that it has checked', async () => {
    const { page } = await comesAs('by email', { email: 'mina@example.org', email_verified: true })

    expect(page.text).toContain('We do not know yet who you are here')
  })

  it('that was left at a shared computer belongs to nobody who begins anew there', async () => {
    const { browser } = await comesAs('left there')

    await showWith(browser, { from: '' })

    expect((await browser.open(`${origin}/my`)).text).toContain('Hello Mina')
    expect((await comesAs('left there')).page.text).toContain('We do not know yet who you are here')
  })

  it('has to be shown again after access was closed, whoever opened it again', async () => {
    await shown('got in')
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/online`, { reason: 'at-risk' })
    expect((await comesAs('got in')).page.text).toContain('We do not know yet who you are here')
    await coach.send(`/people/${person}/online/lifting`)

    expect((await comesAs('got in')).page.text).toContain('We do not know yet who you are here')
  })

  it('is taken away by the person, tells them so, and opens nothing until it is shown anew', async () => {
    nhs.says({ subject: 'taken away', claims: proven(await numberOf(person)) })
    const { browser, page } = await come('nhs-login')
    const details = await browser.open(`${origin}/my/details`)
    const known = await app.owner.query('select id from login.known where person = $1', [person])
    const address = `/my/details/logins/${known.rows[0]?.id}`
    const asked = await browser.open(`${origin}${address}`)
    const taken = await browser.send(asked, `${address}/ending`, {})
    const other = await app.asParticipant(await aPerson(app))
    await app.work()
    const { rows } = await app.owner.query(
      `select channel from notify.message where kind = 'login.removed' and person = $1 order by channel`,
      [person],
    )

    expect([page.text, details.text, asked.text]).toEqual([
      ...[expect.stringContaining('Hello Mina'), expect.stringContaining('Accounts that open these pages')],
      expect.stringContaining('You can still sign in with a code'),
    ])
    expect(taken.to).toBe(`${origin}/my/details`)
    expect((await browser.open(`${origin}/my/details`)).text).not.toContain('Accounts that open these pages')
    expect(rows).toEqual([{ channel: 'email' }, { channel: 'text' }])
    expect((await other.open(address)).status).toBe(404)
    // It proves the number of the record as before, and still opens nothing.
    expect((await come('nhs-login')).page.text).toContain('We do not know yet who you are here')
  })

  it('opens the record that is kept of a person, and none of somebody who has died', async () => {
    await shown('merged')
    const kept = await aPerson(app, { givenName: 'Minna' })
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept, person])
    expect((await comesAs('merged')).page.text).toContain('Hello Minna')
    await app.owner.query(`update people.person set died_on = '2026-01-04' where id = $1`, [kept])

    expect((await comesAs('merged')).page.text).toContain('We do not know yet who you are here')
  })

  it('comes back once: the same answer of its provider opens nothing a second time', async () => {
    await shown('twice')
    one.says({ subject: 'twice' })
    const browser = aBrowser(hosts)
    const back = await browser.open(`${at}/with/one-login`, `${origin}/my/sign-in/one-login/callback`)
    expect((await browser.open(back.to ?? '')).text).toContain('Hello Mina')

    expect((await browser.step(back.to ?? '')).status).toBe(400)
  })

  it('is forgotten within a day where nobody shows whose it is', async () => {
    await comesAs('never again')
    const { now } = app.clock
    app.clock.set(now.add({ hours: 1 }).toString())
    await app.inArea(
      'north',
      (db) => loginJobs['login.forget']?.(db, { area: 'north' }, app.clock.now) ?? Promise.resolve(),
    )
    app.clock.set(now.toString())

    expect((await app.owner.query('select from login.waiting')).rowCount).toBe(0)
  })
})

describe('The stand-ins', () => {
  it.each(['nonce', 'vtr', 'code_challenge'])('refuse whoever leaves out %s, as the real ones do', async (name) => {
    const left = await aBrowser(hosts).step(`${at}/with/nhs-login`)
    const address = new URL(left.to ?? '')
    address.searchParams.delete(name)

    const answer = await aBrowser(hosts).open(address.href, `${origin}/`)
    expect(answer.status >= 400 || answer.to?.includes('error=')).toBe(true)
    expect(nhs.refused.length).toBeGreaterThan(0)
  })
})
