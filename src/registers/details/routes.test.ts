import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'
import { aJobcentre } from '#test/people/eligibility.ts'
import { findBanner } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const parts = ['names', 'home', 'language', 'access', 'safety', 'means', 'means/new', 'death']
const named = { givenName: 'Sam', familyName: 'Taylor', 'bornOn-day': '29', 'bornOn-month': '2', 'bornOn-year': '1980' }

describe('Details', () => {
  it('show who somebody is, with the NHS number as it is read out', async () => {
    const person = await aPerson(app, { also: { nhsNumber: '9434765919', accessNeeds: ['easy-read'] } })

    const page = await (await app.as(app.cast.coach)).open(`/people/${person}/details`)

    expect(page.text).toContain('943 476 5919')
    expect(page.text).toContain('29 February 1980')
    expect(page.text).toContain('Easy read')
    expect(page.text).toContain('Ask again')
  })

  it.each(['', ...parts.map((part) => `/${part}`)])(
    '%s of nobody, of another provider and of another area look alike',
    async (part) => {
      const person = await aPerson(app)
      const coach = await app.as(app.cast.coach)
      const absent = await coach.open(`/people/${newId()}/details${part}`)

      for (const member of [app.cast.providerCoach, app.cast.coachElsewhere]) {
        const refused = await (await app.as(member)).open(`/people/${person}/details${part}`)
        expect(refused.status).toBe(404)
        expect(mainOf(refused.html)).toBe(mainOf(absent.html))
      }
      expect((await coach.open(`/people/${person}/details${part}`)).status).toBe(200)
    },
  )

  it('are changed and say so in the history, without the answers themselves in the journal', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)

    const page = await coach.sendAndFollow(`/people/${person}/details/names`, {
      ...named,
      ...{ preferredName: 'Sammy', pronouns: 'they/them', nhsNumber: '943 476 5919', version: '1' },
    })

    expect(page.text).toContain('Sammy')
    expect(page.text).toContain('they/them')
    expect(page.text).toContain('Carol Coach')
    expect(page.text).toContain('likes to be called, pronouns, nhs number')
    const { rows } = await app.owner.query('select codes::text from journal.entry where person = $1', [person])
    expect(rows.map(({ codes }) => codes).join()).not.toMatch(/Sammy|9434765919|they\/them/)
  })

  it('keep what was typed where something is wrong', async () => {
    const person = await aPerson(app)

    const page = await (
      await app.as(app.cast.coach)
    ).send(`/people/${person}/details/names`, {
      ...named,
      ...{ givenName: 'Samantha', nhsNumber: '900 000 0008', version: '1' },
    })

    expect(page.status).toBe(422)
    expect(page.html).toContain('value="Samantha"')
    expect(page.text).toContain('Check the NHS number')
  })

  it('show both texts when two people change the same part, and lose neither', async () => {
    const person = await aPerson(app)
    const first = await app.as(app.cast.coach)
    const second = await app.as(app.cast.otherCoach)
    const address = `/people/${person}/details/safety`
    await first.send(address, { safeNote: 'Never ring after six', version: '1' })

    const clash = await second.send(address, { safeNote: 'Ring the side door', version: '1' })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Somebody changed this while you were writing')
    expect(clash.text).toContain('Never ring after six')
    expect(clash.text).toContain('Ring the side door')
    expect(clash.html).toContain('name="version" value="2"')
    const saved = await second.sendAndFollow(address, { safeNote: 'Ring the side door, never after six', version: '2' })
    expect(saved.text).toContain('Ring the side door, never after six')
  })

  it('let two people change two parts at once', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/details/safety`, { safeNote: 'Ring twice', version: '1' })

    const page = await coach.sendAndFollow(`/people/${person}/details/language`, { language: 'Urdu', version: '1' })

    expect(page.text).toContain('Urdu')
    expect(page.text).toContain('Ring twice')
  })

  it('show what was typed as text', async () => {
    const person = await aPerson(app, { also: { safeNote: '<script>alert(1)</script>' } })

    const page = await (await app.as(app.cast.coach)).open(`/people/${person}/details`)

    expect(page.html).not.toContain('<script>alert')
    expect(page.text).toContain('<script>alert(1)</script>')
  })

  it('remember when somebody was asked what they need, and ask again a year later', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const needs = { 'needs-information-format': ['easy-read', 'audio'], 'needs-adjustment': 'step-free', version: '1' }

    const page = await coach.sendAndFollow(`/people/${person}/details/access`, needs)

    expect(page.text).toContain('Easy read, Audio, Step-free access')
    expect(page.text).toContain('5 January 2027')
    await app.owner.query(`update people.person set access_reviewed_on = '2025-01-05' where id = $1`, [person])
    expect((await coach.open(`/people/${person}/details`)).text).toContain('I asked: nothing has changed')
    const reviewed = await coach.sendAndFollow(`/people/${person}/details/access/review`, { version: '2' })
    expect(reviewed.text).not.toContain('I asked: nothing has changed')
  })
})

describe('What somebody needs', () => {
  it('is given as a flag only where they agree, and says who wrote it down', async () => {
    const person = await aPerson(app, { also: { accessNeeds: ['easy-read'] } })
    const coach = await app.as(app.cast.coach)
    const flag = `/people/${person}/needs/flag.json`
    expect((await coach.open(flag)).status).toBe(404)
    expect((await coach.open(`/people/${person}/needs`)).text).toContain('Came with the referral')
    const needs = { 'needs-information-format': 'easy-read', accessConditions: ['learning', 'memory'] }
    await coach.send(`/people/${person}/details/access`, { ...needs, accessConsent: 'no', version: '1' })
    expect((await coach.open(flag)).status).toBe(404)
    await coach.send(`/people/${person}/details/access`, { ...needs, accessConsent: 'yes', version: '2' })

    const page = await coach.open(`/people/${person}/needs`)
    expect(page.text).toContain('by Carol Coach, Work and Health Coach, Lead Provider')
    expect(page.text).toContain('Learning, understanding or concentrating, Memory')
    const { html } = await coach.open(flag)
    expect(html).toContain('"code": "UPDATE"')
    expect(html).toContain('Condition/memory')
  })
})

describe('The banner of a record', () => {
  it('says what whoever opens it must know, and nothing to others', async () => {
    const also = {
      accessNeeds: ['bsl'],
      interpreter: 'British Sign Language',
      safeNote: 'Ask for Sam',
      pronouns: 'she/her',
    }
    const person = await aPerson(app, { also })
    const banner = (member: Member) =>
      app.inArea(member.area, (db) =>
        findBanner(db, { ...member, areaName: '', organisations: [member.organisation] }, person, app.clock.now),
      )

    expect(await banner(app.cast.coach)).toMatchObject({
      ...{ name: 'Sam Taylor', pronouns: 'she/her', age: 45, interpreter: 'British Sign Language', restricted: false },
      ...{ accessNeeds: ['British Sign Language interpreter'], accessReviewDue: true },
      safeContact: ['No voicemail', 'Ask for Sam'],
    })
    expect(await banner(app.cast.providerCoach)).toBeUndefined()
  })
})

describe('Ways to reach somebody', () => {
  it('are added once, even when sent twice, and one is preferred at most', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const means = {
      id: newId(),
      kind: 'email',
      email: 'sam@example.org',
      wanted: 'yes',
      safe: 'yes',
      preferred: 'yes',
      theirs: 'yes',
    }

    await coach.send(`/people/${person}/details/means/new`, means)
    const page = await coach.sendAndFollow(`/people/${person}/details/means/new`, means)

    expect(page.text.match(/sam@example\.org/g)).toHaveLength(1)
    expect(page.text.match(/Preferred/g)?.length).toBeGreaterThan(0)
  })

  it('need a value of their kind', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)

    const page = await coach.send(`/people/${person}/details/means/new`, {
      id: newId(),
      kind: 'mobile',
      mobile: '01632 960001',
    })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter a mobile number')
  })

  it('end when the number changes, so that the one before stays as history', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const [means] = await meansOf(person)

    const page = await coach.sendAndFollow(`/people/${person}/details/means/${means?.id}`, {
      ...{ mobile: '07700 900999', wanted: 'yes', safe: 'yes', version: '1' },
    })

    expect(page.text).toContain('07700 900999')
    expect(page.text).not.toContain('07700 900123')
    expect((await meansOf(person)).map(({ value, ended }) => [value, ended])).toEqual([
      ['07700 900123', true],
      ['07700 900999', false],
    ])
  })

  it('show what somebody else made of it when two change it', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const [means] = await meansOf(person)
    const address = `/people/${person}/details/means/${means?.id}`
    await coach.send(address, { mobile: '07700 900123', wanted: 'yes', version: '1' })

    const clash = await coach.send(address, { mobile: '07700 900123', safe: 'yes', version: '1' })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Not safe: do not use')
  })

  it('end for good', async () => {
    const person = await aPerson(app)
    const [means] = await meansOf(person)

    const page = await (
      await app.as(app.cast.coach)
    ).sendAndFollow(`/people/${person}/details/means/${means?.id}/ending`, { version: '1' })

    expect(page.text).not.toContain('07700 900123')
  })
})

describe('A death', () => {
  it('stops what is sent, and is taken back when it was a mistake', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)

    const page = await coach.sendAndFollow(`/people/${person}/details/death`, {
      ...{ 'diedOn-day': '2', 'diedOn-month': '1', 'diedOn-year': '2026' },
    })

    expect(page.text).toContain('died on 2 January 2026')
    const back = await coach.sendAndFollow(`/people/${person}/details/death/withdrawal`)
    expect(back.text).not.toContain('died on')
  })

  it('is not in the future', async () => {
    const person = await aPerson(app)

    const page = await (
      await app.as(app.cast.coach)
    ).send(`/people/${person}/details/death`, {
      ...{ 'diedOn-day': '6', 'diedOn-month': '1', 'diedOn-year': '2026' },
    })

    expect(page.status).toBe(422)
  })
})

async function meansOf(person: string): Promise<{ id: string; value: string; ended: boolean }[]> {
  const { rows } = await app.owner.query(
    'select id, value, ended_at is not null as ended from people.means where person = $1 order by added_at, id',
    [person],
  )
  return rows
}

// The page without its frame: names and tokens around it differ from reader to reader.
function mainOf(html: string): string {
  return /<main[\s\S]*<\/main>/.exec(html)?.[0].replaceAll(/[0-9a-f-]{16,}/g, '') ?? ''
}

describe('Where somebody belongs', () => {
  const page = (person: string) => `/people/${person}/details/home`
  const rowOf = async (person: string) =>
    (
      await app.owner.query('select gp_practice, gp_practice_code, jobcentre from people.person where id = $1', [
        person,
      ])
    ).rows[0]

  it('takes the GP practice from the register: by name, and by choosing where several begin so', async () => {
    await app.owner.query(`insert into places.gp_practice (code, name, postcode) values
      ('A81001', 'Riverside Surgery', 'LS14AP'), ('A81002', 'Riverside Health Centre', null), ('A81003', 'Hill Top', null)`)
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const asked = await coach.send(page(person), { gpPractice: 'riverside', version: '1' })
    const chosen = { gpPractice: 'riverside', gpPracticeCode: 'A81001', version: '1' }

    expect([asked.status, asked.text.includes('Riverside Surgery, LS1 4AP')]).toEqual([422, true])
    expect((await coach.send(page(person), chosen)).status).toBe(303)
    expect(await rowOf(person)).toMatchObject({ gp_practice: 'Riverside Surgery', gp_practice_code: 'A81001' })

    await coach.send(page(person), { gpPractice: 'hill', version: '2' })
    expect(await rowOf(person)).toMatchObject({ gp_practice: 'Hill Top', gp_practice_code: 'A81003' })
  })

  it('does not keep the code of the practice before beside another name', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(page(person), { gpPractice: 'hill', version: '1' })
    await coach.send(page(person), { gpPractice: 'Riverside S', gpPracticeCode: 'A81003', version: '2' })
    expect(await rowOf(person)).toMatchObject({ gp_practice: 'Riverside Surgery', gp_practice_code: 'A81001' })

    await coach.send(page(person), { gpPractice: 'Ynys', gpPracticeCode: 'A81001', version: '3' })
    expect(await rowOf(person)).toMatchObject({ gp_practice: 'Ynys', gp_practice_code: null })
  })

  it('keeps a practice that the register does not know as it was typed', async () => {
    const person = await aPerson(app)
    await (await app.as(app.cast.coach)).send(page(person), { gpPractice: 'Ynys Surgery', version: '1' })

    expect(await rowOf(person)).toMatchObject({ gp_practice: 'Ynys Surgery', gp_practice_code: null })

    const none = { gpPractice: 'River', gpPracticeCode: 'none', version: '2' }
    await (await app.as(app.cast.coach)).send(page(person), none)
    expect(await rowOf(person)).toMatchObject({ gp_practice: 'River', gp_practice_code: null })
  })

  it('offers the Jobcentres of the area where it knows them, and is typed otherwise', async () => {
    const person = await aPerson(app)
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(page(person))
    await aJobcentre(app)

    expect(before.html).toMatch(/<input[^>]*name="jobcentre"/)
    expect((await coach.open(page(person))).html).toMatch(/<select[^>]*name="jobcentre"/)
    await coach.send(page(person), { jobcentre: 'Leeds Park Place', version: '1' })
    expect(await rowOf(person)).toMatchObject({ jobcentre: 'Leeds Park Place' })
  })
})
