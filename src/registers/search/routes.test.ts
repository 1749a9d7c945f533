import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const look = async (search: string, member: Member = app.cast.coach) =>
  (await app.as(member)).send('/people/search', { search })

describe('A search', () => {
  it('finds by the beginnings of names, whatever the accents, apostrophes and order', async () => {
    await aPerson(app, { givenName: 'Zoë', familyName: 'O’Neill-Birch', also: { preferredName: 'Zizi' } })

    for (const words of ['zoe', 'oneill zo', 'Birch', 'zizi', "O'Neill"]) {
      expect((await look(words)).text, words).toContain('Zoë O’Neill-Birch')
    }
    expect((await look('zoe smith')).text).toContain('Nobody was found')
  })

  it('finds by a new name as soon as it changes', async () => {
    const person = await aPerson(app, { givenName: 'Quentin', familyName: 'Before' })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/details/names`, {
      ...{ givenName: 'Quentin', familyName: 'Afterwards', version: '1' },
      ...{ 'bornOn-day': '1', 'bornOn-month': '2', 'bornOn-year': '1980' },
    })

    expect((await look('afterw')).text).toContain('Quentin Afterwards')
    expect((await look('before')).text).toContain('Nobody was found')
  })

  it('goes straight to the record by a whole NHS number', async () => {
    const person = await aPerson(app, { also: { nhsNumber: '9434765919' } })

    const found = await look('943 476 5919')

    expect(found.status).toBe(303)
    expect(found.location).toBe(`/people/${person}`)
  })

  it('goes straight to the record by the reference of a referral', async () => {
    const { reference, person } = await aReferral(app)

    expect((await look(reference.toLowerCase())).location).toBe(`/people/${person}`)
    expect((await look(reference, app.cast.providerCoach)).text).toContain('Nobody was found')
  })

  it('finds by phone and by email', async () => {
    const means = [
      { kind: 'mobile', value: '07700 900555' } as const,
      { kind: 'email', value: 'Wanda@example.org' } as const,
    ]
    await aPerson(app, { givenName: 'Wanda', familyName: 'Reach', means })

    expect((await look('+44 7700 900555')).text).toContain('Wanda Reach')
    expect((await look('wanda@example.org')).text).toContain('Wanda Reach')
  })

  it('finds nobody of another provider or area, and says so as if there were nobody', async () => {
    await aPerson(app, { givenName: 'Hidden', familyName: 'Elsewhere' })

    const absent = await look('nobodyhere', app.cast.providerCoach)
    for (const member of [app.cast.providerCoach, app.cast.coachElsewhere]) {
      expect((await look('hidden elsewhere', member)).text).not.toContain('Hidden Elsewhere')
    }
    expect(absent.text).toContain('Nobody was found')
  })

  it('is one row of the journal with the ids that were shown, and never stands in an address or the journal', async () => {
    const person = await aPerson(app, { givenName: 'Journal', familyName: 'Led' })
    const before = await entries()

    const page = await look('journal led')

    const rows = (await entries()).slice(before.length)
    expect(rows).toEqual([{ what: 'people.searched', codes: { shown: [person] } }])
    expect(page.location).toBeUndefined()
    expect(page.html).not.toMatch(/(href|action)="[^"]*journal/i)
    expect(JSON.stringify(rows)).not.toMatch(/journal led/i)
  })

  it('of a name uses an index although every table is held to its area', async () => {
    const plan = await app.inArea('north', async (db) => {
      await sql`set local enable_seqscan = off`.execute(db)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select person from people.name_word
        where area = 'north' and word ^@ 'smi'`.execute(db)
      return rows.map((row) => row['QUERY PLAN']).join()
    })

    expect(plan).toMatch(/Index Cond: .*word >= 'smi'/)
  })

  it('shows 50 people and asks to narrow it down when there are more', async () => {
    for (let one = 0; one < 51; one += 1) await aPerson(app, { givenName: `Twin${one}`, familyName: 'Manifold' })

    const page = await look('manifold')

    expect(page.text).toContain('narrow it down')
    expect(page.html.match(/Twin\d+/g)).toHaveLength(50)
  })

  it('says what can be looked for, and what is missing', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/people/search')).text).toContain(
      'NHS number, phone number, email address or referral reference',
    )
    expect((await look('')).status).toBe(422)
    expect((await look('z')).text).toContain('Enter at least 2 letters')
  })

  it('is for those who work with people’s records', async () => {
    for (const member of [app.cast.areaLead, app.cast.jobcentrePartner, app.cast.systemAdministrator]) {
      expect((await look('sam', member)).status).toBe(403)
    }
  })
})

async function entries(): Promise<{ what: string; codes: unknown }[]> {
  const { rows } = await app.owner.query(
    `select what, codes from journal.entry where what = 'people.searched' order by id`,
  )
  return rows
}
