import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from './app.ts'
import type { Fields } from './browser.ts'
import { aPerson } from './people.ts'
import { aDraftedOnward } from './people/onward.ts'
import { aReferral } from './people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  app.clock.set('2026-01-05T10:00:00Z')
  await app.owner.query(`delete from permissions.wording where area = 'north'`)
})

/** The area writes the next version of its words, which hold from today. */
const writes = (asked: string, version = 2) =>
  app.owner.query(
    `insert into permissions.wording (area, switch, version, text, from_on) values ('north', $1, $2, $3, '2026-01-01')`,
    [asked, version, `The ${asked} words, number ${version}`],
  )

/** The versions that the form on a page carries. */
const carriedOn = (html: string) => /name="words" value="([^"]*)"/.exec(html)?.[1] ?? ''

async function heardOf(person: string) {
  const { rows } = await app.owner.query<{
    switch: string
    how: string
    given: boolean
    wording_version: number | null
  }>(
    'select switch, how, given, wording_version from permissions.permission where person = $1 order by at, switch desc',
    [person],
  )
  return rows.map((one) => `${one.switch} ${one.given ? 'yes' : 'no'}, ${one.how}: ${one.wording_version ?? 'none'}`)
}

const personOf = async (referral: string): Promise<string> =>
  (await app.owner.query('select person from referral.referral where id = $1', [referral])).rows[0].person

const robin = {
  ...{ givenName: 'Robin', familyName: 'Marsh', 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' },
  ...{ phone: '07700 900461', safe: ['call'], postcode: 'LS1 4AP', agreement: 'agreed', feedback: 'status' },
  ...{ referrerName: 'Sam Reed', referrerOrganisation: 'Hope Club', referrerEmail: 'sam@example.org' },
}

const practice = async () => {
  const { rows } = await app.owner.query(
    `select member.email from organisations.member join organisations.organisation
       on organisation.area = member.area and organisation.id = member.organisation
     where member.area = 'north' and member.role = 'referrer' and organisation.kind = 'practice' limit 1`,
  )
  return rows[0]?.email ?? ''
}

describe('Whoever refers somebody and says that they agree', () => {
  it('reads to what, and the versions that stood on the form are kept though newer ones are written meanwhile', async () => {
    await writes('contact')
    const visitor = app.visitor()
    const page = await visitor.open('/in/north/refer')
    await writes('contact', 3)
    const id = newId()
    const email = (await practice()) || 'sam@example.org'
    const from = { ...robin, route: 'gp', referrerEmail: email }
    await visitor.send('/in/north/refer', { id, ...from, words: carriedOn(page.html) })
    const person = await personOf(id)
    const own = await (await app.asParticipant(person)).open('/my/agreements')
    const seen = await (await app.as(app.cast.administrator)).open(`/people/${person}/agreements`)

    expect(page.text).toContain('You tell us that you asked them this: Information: The contact words, number 2')
    expect(await heardOf(person)).toContain('contact yes, referrer: 2')
    expect(own.text).toMatch(/Whoever referred you said so on 5 January 2026, to version 2 of these words/)
    expect(seen.text).toMatch(/Be contacted, and how Yes .*Said by whoever referred them Version 2/)
  })

  it('only wishes to hear that it arrived: that is an answer of the person to no words', async () => {
    const { id } = { id: newId() }
    const visitor = app.visitor()
    const page = await visitor.open('/in/north/refer')
    await visitor.send('/in/north/refer', { id, ...robin, route: 'employer', words: carriedOn(page.html) })

    expect(await heardOf(await personOf(id))).toEqual(['employer yes, referrer: none', 'contact yes, referrer: 1'])
  })
})

describe('A member who writes down what somebody says', () => {
  const came = { 'receivedOn-day': '5', 'receivedOn-month': '1', 'receivedOn-year': '2026' }

  async function adds(fields: Fields) {
    await writes('contact')
    const browser = await app.as(app.cast.administrator)
    const page = await browser.open('/referrals/new')
    const id = newId()
    await browser.send('/referrals/new', { id, ...robin, ...came, words: carriedOn(page.html), ...fields })
    return { page, person: await personOf(id) }
  }

  it('reads our words out on the phone, and their version is kept', async () => {
    const self = { route: 'self', agreement: '', channel: 'telephone', feedback: 'none' }
    const { page, person } = await adds({ ...self, referrerName: '', referrerOrganisation: '', referrerEmail: '' })

    expect(page.text).toMatch(/read this out and ask whether they agree: Information: The contact words, number 2/)
    expect(await heardOf(person)).toEqual(['contact yes, telephone: 2'])
  })

  it('keeps that a letter says its own words', async () => {
    const { person } = await adds({ route: 'voluntary', channel: 'paper' })

    expect(await heardOf(person)).toContain('contact yes, referrer: none')
  })

  it('refers somebody again on the phone, in the words of that day', async () => {
    const browser = await app.as(app.cast.administrator)
    const { person = '' } = await aReferral(app, { route: 'self', words: { contact: 1 } })
    await app.owner.query(
      `update episode.standing set stage = 'ended', ended_as = 'declined', ended_at = now() where person = $1`,
      [person],
    )
    await writes('contact')
    app.clock.pass({ minutes: 1 })
    const page = await browser.open(`/people/${person}/referrals/new`)
    const form = { id: newId(), route: 'self', channel: 'telephone', ...came, words: carriedOn(page.html) }
    await browser.send(`/people/${person}/referrals`, form)

    expect(await heardOf(person)).toEqual(['contact yes, online: 1', 'contact yes, telephone: 2'])
  })

  it('asks somebody about a held referral, and keeps the version that was read out and none for a letter', async () => {
    await writes('onward')
    const browser = await app.as(app.cast.administrator)
    const answers = async (how: string) => {
      const referrer = { name: 'Sam Reed', email: 'sam@example.org', feedback: 'status' } as const
      const { id, person = '' } = await aReferral(app, { route: 'voluntary', agreement: 'not-asked', referrer })
      const page = await browser.open(`/referrals/${id}`)
      const said = { answer: 'agreed', how, mayTell: 'yes', words: carriedOn(page.html) }
      await browser.send(`/referrals/${id}/answer`, said)
      return { page, heard: await heardOf(person) }
    }
    const phoned = await answers('telephone')

    expect(phoned.page.text).toMatch(
      /read this out: Information: WorkWell may contact me .* The onward words, number 2/,
    )
    expect(phoned.heard).toEqual(['onward yes, telephone: 2', 'contact yes, telephone: 1'])
    expect((await answers('form')).heard).toEqual(['onward yes, form: none', 'contact yes, form: none'])
  })
})

describe('A yes to a service', () => {
  it.each([
    ['on the phone', 'telephone'],
    ['on their own pages', 'online'],
  ])('keeps the version of the words it was given to, %s', async (_, how) => {
    await writes('onward')
    const { person, onward, browser } = await aDraftedOnward(app)
    const showing = `/onward/${onward}/showing`
    const page = await browser.open(showing)
    const shown = { id: newId(), version: '1', words: carriedOn(page.html) }
    if (how === 'telephone') await browser.send(showing, { ...shown, how, answer: 'yes' })
    else await browser.send(showing, { ...shown, how: 'message' })
    const me = await app.asParticipant(person)
    const own = await me.open(`/my/services/${onward}`)
    await writes('onward', 3)
    if (how === 'online') {
      const read = /name="read" value="(\d+)"/.exec(own.html)?.[1] ?? ''
      await me.send(`/my/services/${onward}`, { id: newId(), read, answer: 'yes', words: carriedOn(own.html) })
      expect(own.text).toContain('If you say yes, you agree to this: Information: The onward words, number 2')
    }

    expect(page.text).toContain('With a yes, they agree to this: Information: The onward words, number 2')
    expect(await heardOf(person)).toContain(`onward yes, ${how}: 2`)
  })
})

describe('Somebody who answers while the area writes new words', () => {
  it('has agreed to those that stood on their page, and to the others only once they read them', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const page = await me.open('/my/agreements/gp')
    await writes('gp')
    const yes = { given: 'yes', allows: 'status', words: carriedOn(page.html) }
    await me.send('/my/agreements/gp', { form: newId(), ...yes })
    const after = await me.open('/my/agreements')

    expect(await heardOf(person)).toEqual(['gp yes, online: 1'])
    expect(after.text).toContain('The words above are newer. Read them, and answer again if you want to.')
  })

  it('is asked by a member in the words that stood on that page', async () => {
    const person = await aPerson(app)
    const browser = await app.as(app.cast.coach)
    const page = await browser.open(`/people/${person}/agreements/new`)
    await writes('contact')
    const said = { form: newId(), contact: 'yes', how: 'telephone', words: carriedOn(page.html) }
    await browser.send(`/people/${person}/agreements`, said)

    expect(await heardOf(person)).toEqual(['contact yes, telephone: 1'])
  })

  it('withdraws from everything without having read any words', async () => {
    const person = await aPerson(app)
    const browser = await app.as(app.cast.coach)
    await browser.send(`/people/${person}/withdrawal`, { form: newId(), how: 'telephone' })

    expect(new Set(await heardOf(person))).toContain('contact no, telephone: none')
  })
})
