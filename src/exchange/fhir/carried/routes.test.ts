import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsIn, readResource } from '#platform/fhir/wire.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSender } from '#test/neighbours/fhir-asking.ts'
import { aReferral, type AboutReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const everything = {
  ...{ givenName: 'Wioletta', familyName: 'Carriedfar', preferredName: 'Wiola', language: 'Polish' },
  ...{ phone: '07700 900555', email: 'wiola@example.org', address: '4 Test Row, Riverton', postcode: 'LS1 4AP' },
  ...{ safe: ['call', 'email', 'post'], gpPractice: 'Park Surgery', gpPracticeCode: 'Z12345' },
} as const satisfies AboutReferral['person']

/** Everything of somebody that a file in FHIR holds, as it stands in the record of an area. */
async function recordOf(person: string) {
  const { rows } = await app.owner.query<Record<string, unknown>>(
    `select given_name, family_name, preferred_name, born_on::text, address, postcode, gp_practice, gp_practice_code,
       language, reason,
       (select array_agg(kind || ' ' || value order by kind, value) from people.means where means.person = one.id) as means
     from people.person one join referral.referral on referral.person = one.id where one.id = $1`,
    [person],
  )
  return rows[0]
}

const fetched = async (person: string) => (await app.asParticipant(person)).open('/my/request.json')

async function takenElsewhere(file: string) {
  const sender = await aSender(app, { from: app.cast.managerElsewhere })
  const answer = await sender.ask('POST', '', file)
  const { rows } = await app.owner.query<{ person: string; agreement: string }>(
    `select person, agreement from referral.referral where area = 'south' order by typed_at desc, id desc limit 1`,
  )
  return { status: answer.status, text: answer.text, ...rows[0] }
}

describe('What somebody told us, as a file that another service reads', () => {
  it('gives another area that takes it by its own door the same record in every field, and asks them first', async () => {
    const { person } = await aReferral(app, { person: everything, answers: { reason: 'Shorter days to begin with' } })
    const file = await fetched(person)
    const there = await takenElsewhere(file.html)

    expect(file.headers['content-type']).toContain('application/fhir+json')
    expect([there.status, there.text]).toEqual([200, expect.any(String)])
    expect(there.agreement).toBe('not-asked')
    const here = await recordOf(person)
    expect(here).toMatchObject({ family_name: 'Carriedfar', language: 'Polish', gp_practice_code: 'Z12345' })
    expect(here?.['means']).toHaveLength(3)
    expect(await recordOf(there.person ?? '')).toEqual(here)
  })

  it('is a message as FHIR has it also where hardly anything was said', async () => {
    const { person } = await aReferral(app, { person: { givenName: 'Bare', familyName: 'Little' } })
    const { html } = await fetched(person)
    const there = await takenElsewhere(html)

    expect(problemsIn(readResource(html, 'json'))).toEqual([])
    expect([there.status, await recordOf(there.person ?? '')]).toEqual([200, await recordOf(person)])
  })

  it('says an NHS number as nobody here has looked it up, so that it comes as words', async () => {
    const { person } = await aReferral(app, { person: { nhsNumber: '9990000034', familyName: 'Numbered' } })
    const there = await takenElsewhere((await fetched(person)).html)

    expect((await recordOf(there.person ?? ''))?.['reason']).toBe('NHS number, not verified: 9990000034')
  })

  it('holds nothing that somebody else wrote about them', async () => {
    const wrote = { reason: 'Their brother must not know' }
    const { person } = await aReferral(app, { route: 'gp', answers: wrote, person: { familyName: 'Writtenof' } })
    const { html } = await fetched(person)

    expect(html).toContain('Writtenof')
    expect(html).not.toContain('brother')
  })

  it('holds what they wrote themselves also where somebody else had told us of them', async () => {
    const wrote = { reason: 'Shorter days after the operation' }
    const named = {
      route: 'employer',
      agreement: 'self',
      answers: wrote,
      person: { familyName: 'Namedfirst' },
    } as const
    const { person } = await aReferral(app, named)

    expect((await fetched(person)).html).toContain('Shorter days after the operation')
  })

  it('is theirs alone, and fetching it stands in the journal', async () => {
    const { person } = await aReferral(app)
    await fetched(person)
    const { rows } = await app.owner.query(
      `select what from journal.entry where person = $1 and what like '%carried'`,
      [person],
    )

    expect(rows).toHaveLength(1)
    expect((await app.visitor().open('/my/request.json')).status).not.toBe(200)
    expect((await (await app.as(app.cast.coach)).open('/my/request.json')).status).not.toBe(200)
  })
})
