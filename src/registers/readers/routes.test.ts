import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { looks } from './rules.ts'

let app: TestApp
let person: string
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  person = await aPerson(app, { givenName: 'Mo', familyName: 'Looker' })
})

const readers = async (as: keyof TestApp['cast'] = 'coach', more = '') =>
  (await app.as(app.cast[as])).open(`/people/${person}/readers${more}`)

const looked = (what: string, times = 1) =>
  app.inArea('north', async (db) => {
    for (let time = 0; time < times; time += 1)
      writeEntry(db, { area: 'north', by: undefined, happening: { kind: 'read', what, person }, at: app.clock.now })
  })

describe('Who has seen a record', () => {
  it('is said with their role, organisation and reason, and what they looked at in words', async () => {
    const manager = await app.as(app.cast.manager)
    await manager.open(`/people/${person}/details`)
    await manager.open(`/people/${person}/agreements`)

    const page = await readers()

    expect(page.text).toContain(`Service manager, ${app.cast.manager.organisationName}`)
    expect(page.text).toContain('Name, date of birth, home and needs; What the person has agreed to')
    expect(page.text).toContain('To make sure that the support is good and safe')
    expect(page.text).not.toContain('details.page')
  })

  it('is said without names where the area gives none, not even of who printed the page', async () => {
    await (await app.as(app.cast.manager)).open(`/people/${person}/details`)

    const page = await readers()

    expect(page.text).not.toContain('Max Manager')
    expect(page.text).not.toContain('Carol Coach')
    expect(page.text).toContain('says the role and the organisation of each reader, and not their name')
  })

  it('says nothing of concerns or of why a record is hidden', async () => {
    await looked('concern.record')
    await looked('restriction.page')

    const page = await readers()

    expect(page.text).toContain('Another part of the record')
    expect(page.text).not.toMatch(/concern|hidden|restrict/i)
  })

  it('goes on behind the first hundred, and leaves nothing out between', async () => {
    await looked('link.opened')
    await looked('plan.page', 100)

    const first = await readers()
    const older = /href="[^"]*(\?before=[^"]+)"/.exec(first.html)?.[1] ?? ''
    const second = await readers('coach', older)

    expect(first.text).not.toContain('Somebody who has a link that we sent')
    expect(second.text).toContain('Somebody who has a link that we sent')
    expect(second.text).toContain('Back to the newest')
  })

  it('names the organisation that a link was sent to, and whoever opens their own link as themselves', async () => {
    const [request, link] = [newId(), newId()]
    const opened = (subject: string, purpose: string) =>
      app.inArea('north', async (db) => {
        const happening = { kind: 'read', what: 'link.opened', person, subject, codes: { purpose } } as const
        writeEntry(db, { area: 'north', by: undefined, happening, at: app.clock.now })
      })
    await app.owner.query(
      `insert into request.request (area, id, kind, person, organisation, address, asks, shared, allowed_by, asked_by, asked_at)
       values ('north', $1, 'employer', $2, 'Acme Bakery', 'office@example.org', 'At ten?', '[]', 'asked-for', $3, now())`,
      [request, person, app.cast.coach.membership],
    )
    await app.owner.query(
      `insert into link.link (area, id, token_hash, purpose, person, subject, issued_at, expires_at, allowed_by)
       values ('north', $1, 'a hash', 'request', $2, $3, now(), now(), 'asked-for')`,
      [link, person, request],
    )
    await opened(link, 'request')
    await opened(newId(), 'appointment')

    const { text } = await readers()

    expect(text).toContain('A service or an employer that we asked, Acme Bakery')
    expect(text).toContain('The person themselves, by the link in their message')
  })

  it('is not there for whoever may not open the record', async () => {
    expect((await readers('coachElsewhere')).status).toBe(404)
    expect((await readers('providerCoach')).status).toBe(404)
    expect((await readers('jobcentrePartner')).status).toBe(403)
  })

  it('is itself written down', async () => {
    await readers()

    expect((await readers()).text).toContain('This list')
  })

  it('is said by name where the area says so', async () => {
    await (await app.as(app.cast.manager)).open(`/people/${person}/details`)
    await app.owner.query(
      `insert into areas.setting (area, name, from_on, value, set_at)
       values ('north', 'namesOfReaders', '2025-01-01', 'true', now())`,
    )

    expect((await readers()).text).toContain('Max Manager')
  })
})

// What is written of lists and of areas names nobody, and so never comes onto the page of a person.
const ofNobody = [
  'absence',
  'allocation',
  'batch',
  'caseload',
  'coverage',
  'day',
  'diary',
  'letters',
  'monitoring',
  'parcel',
].concat(['people', 'replies', 'mailbox', 'handed-link'])

describe('The words for what was looked at', () => {
  it('are there for everything that the product writes down as a look', () => {
    const written = globSync('src/**/*.{ts,tsx}')
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\.read\('([a-z-]+)\./g)])
      .map(([, part = '']) => part)
    const unsaid = [...new Set(written)].filter((part) => !(part in looks) && !ofNobody.includes(part))

    expect(written.length).toBeGreaterThan(40)
    expect(unsaid).toEqual([])
  })
})
