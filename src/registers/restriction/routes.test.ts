import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** A record that only the manager and one coach may find. */
async function aRestrictedPerson(also: { givenName?: string; nhsNumber?: string } = {}): Promise<string> {
  const { givenName = 'Rosa', nhsNumber } = also
  const about = { postcode: 'LS1 4AP', ...(nhsNumber ? { nhsNumber } : {}) }
  const person = await aPerson(app, { givenName, familyName: 'Guarded', also: about })
  const manager = await app.as(app.cast.manager)
  const sent = await manager.send(`/people/${person}/restriction`, {
    ...{ reason: 'at-risk', note: 'Her brother must not learn the address', version: '1' },
    named: [app.cast.manager.membership, app.cast.coach.membership],
  })
  expect(sent.status).toBe(303)
  return person
}

const finds = async (member: Member, text: string) => (await app.as(member)).send('/people/search', { search: text })

describe('A restricted record', () => {
  it('is found and opened by the named alone, in a search, on its pages and in lists', async () => {
    const person = await aRestrictedPerson()
    const pages = ['', '/details', '/details/names', '/details/means', '/restriction'].map(
      (page) => `/people/${person}${page}`,
    )

    for (const member of [app.cast.otherCoach, app.cast.seniorCoach, app.cast.administrator, app.cast.clinician]) {
      const browser = await app.as(member)
      expect((await finds(member, 'Guarded')).text).not.toContain('Rosa Guarded')
      for (const page of pages.filter((one) => !one.endsWith('restriction') || member === app.cast.seniorCoach)) {
        const absent = await browser.open(page.replace(person, newId()))
        expect([page, (await browser.open(page)).status]).toEqual([page, absent.status])
      }
    }
    expect((await finds(app.cast.coach, 'Guarded')).text).toContain('Rosa Guarded')
    expect((await (await app.as(app.cast.coach)).open(`/people/${person}/details`)).status).toBe(200)
  })

  it('does not shut out the person’s own coach without a word: what happens is said, and has to be confirmed', async () => {
    const { person } = await anEpisode(app, { coach: app.cast.otherCoach, givenName: 'Ida', familyName: 'Warned' })
    const manager = await app.as(app.cast.manager)
    const form = {
      reason: 'relative',
      version: '1',
      named: [app.cast.manager.membership],
      note: 'Her cousin works here',
    }
    const warned = await manager.send(`/people/${person}/restriction`, form)
    const coach = await app.as(app.cast.otherCoach)

    expect(warned.status).toBe(422)
    expect(warned.text).toContain(`${app.cast.otherCoach.name} would not find this record any more`)
    expect(warned.text).toContain('what they had planned for them is done by nobody')
    expect(warned.html).toContain('Her cousin works here')
    expect((await coach.open('/caseload')).text).toContain('Ida Warned')
    expect((await manager.send(`/people/${person}/restriction`, { ...form, anyway: 'yes' })).status).toBe(303)
    expect((await coach.open('/caseload')).text).not.toContain('Ida Warned')
  })

  it('asks nothing more where the coach is named', async () => {
    const { person } = await anEpisode(app, { coach: app.cast.coach, givenName: 'Ina', familyName: 'Named' })
    const manager = await app.as(app.cast.manager)
    const named = [app.cast.manager.membership, app.cast.coach.membership]

    expect(
      (await manager.send(`/people/${person}/restriction`, { reason: 'relative', version: '1', named })).status,
    ).toBe(303)
  })

  it('leaves the lists of a coach who is not named, even of the coach whose person it is', async () => {
    const { person } = await anEpisode(app, { coach: app.cast.otherCoach, givenName: 'Ivy', familyName: 'Listed' })
    const coach = await app.as(app.cast.otherCoach)
    expect((await coach.open('/caseload')).text).toContain('Ivy Listed')

    await (
      await app.as(app.cast.manager)
    ).send(`/people/${person}/restriction`, {
      ...{ reason: 'relative', version: '1', named: [app.cast.manager.membership], anyway: 'yes' },
    })

    for (const page of ['/caseload', '/day']) expect((await coach.open(page)).html).not.toContain('Listed')
  })

  it('hides address and ways to reach them from every list, and on the record until they are asked for', async () => {
    const person = await aRestrictedPerson({ givenName: 'Hilda' })
    const coach = await app.as(app.cast.coach)

    const found = await finds(app.cast.coach, 'Hilda')
    const details = await coach.open(`/people/${person}/details`)

    expect(found.text).toContain('Hidden')
    for (const page of [found, details]) {
      expect(page.html).not.toContain('LS1 4AP')
      expect(page.html).not.toContain('07700 900123')
    }
    expect((await coach.open(`/people/${person}/details/home`)).html).toContain('LS1 4AP')
    expect((await coach.open(`/people/${person}/details/means`)).html).toContain('07700 900123')
  })

  it('shows its note on no page but that of who may open it', async () => {
    const person = await aRestrictedPerson({ givenName: 'Nora' })
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/people/${person}/details`)).html).not.toContain('Her brother')
    expect((await (await app.as(app.cast.manager)).open(`/people/${person}/restriction`)).text).toContain('Her brother')
  })

  it('stays in the hands of somebody who can change it', async () => {
    const person = await aPerson(app)
    const manager = await app.as(app.cast.manager)
    const restrict = (named: string[]) =>
      manager.send(`/people/${person}/restriction`, { reason: 'colleague', version: '1', named })

    expect((await restrict([])).text).toContain('Choose at least one person')
    expect((await restrict([app.cast.coach.membership])).text).toContain('at least one senior coach or service manager')
    expect((await restrict([app.cast.coachElsewhere.membership])).text).toContain('Choose from the list')
    expect((await restrict([app.cast.seniorCoach.membership])).status).toBe(303)
    expect((await manager.open(`/people/${person}/restriction`)).status).toBe(404)
  })

  it('is no longer found by somebody whose name was taken off, and by all once it is lifted', async () => {
    const person = await aRestrictedPerson({ givenName: 'Tara' })
    const manager = await app.as(app.cast.manager)
    const version = async () =>
      /name="version" value="(\d+)"/.exec((await manager.open(`/people/${person}/restriction`)).html)?.[1] ?? ''

    await manager.send(`/people/${person}/restriction`, {
      ...{ reason: 'at-risk', version: await version(), named: [app.cast.manager.membership] },
    })
    expect((await finds(app.cast.coach, 'Tara')).text).toContain('Nobody was found')

    await manager.send(`/people/${person}/restriction/lifting`, { version: await version() })
    expect((await finds(app.cast.otherCoach, 'Tara')).text).toContain('Tara Guarded')
  })

  it('shows both when two managers change who is named', async () => {
    const person = await aRestrictedPerson({ givenName: 'Lola' })
    const manager = await app.as(app.cast.manager)

    const clash = await manager.send(`/people/${person}/restriction`, {
      ...{ reason: 'other', note: 'Typed meanwhile', version: '1', named: [app.cast.manager.membership] },
    })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Her brother must not learn the address')
    expect(clash.text).toContain('Typed meanwhile')
  })
})

describe('A record opened with a reason', () => {
  const sought = { familyName: 'Guarded', 'bornOn-day': '29', 'bornOn-month': '2', 'bornOn-year': '1980' }

  it('is open for 24 hours, is journaled, and the managers see it without the name', async () => {
    const person = await aRestrictedPerson({ givenName: 'Vera', nhsNumber: '9000000009' })
    await aPerson(app, { givenName: 'Veronica', also: { nhsNumber: '9000000009' } })
    const senior = await app.as(app.cast.seniorCoach)

    const opened = await senior.send('/people/restricted/opening', {
      ...{ nhsNumber: '900 000 0009', reason: 'safety', note: 'Nobody can reach her coach' },
    })

    expect(opened.location).toBe(`/people/${person}`)
    expect((await senior.open(`/people/${person}/details`)).status).toBe(200)
    const list = await (await app.as(app.cast.manager)).open('/people/restricted')
    expect(list.text).toContain('Sara Senior')
    expect(list.text).toContain('Nobody can reach her coach')
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'restriction.opened' and person = $1`,
      [person],
    )
    expect(rows).toEqual([{ codes: { reason: 'safety' } }])

    app.clock.pass({ hours: 24 })
    const later = await app.as(app.cast.seniorCoach)
    expect((await later.open(`/people/${person}/details`)).status).toBe(404)
    expect((await later.open('/people/restricted')).text).toContain('A record you are not named for')
  })

  it('cannot be one of another provider, and the answer is the same as for nobody', async () => {
    await aRestrictedPerson({ givenName: 'Uma' })
    const provider = await app.as(app.cast.providerManager)
    const why = { reason: 'safety', note: 'Trying' }

    const foreign = await provider.send('/people/restricted/opening', { ...sought, ...why })
    const nobody = await provider.send('/people/restricted/opening', { ...sought, familyName: 'Nobody', ...why })

    expect(foreign.status).toBe(422)
    expect(foreign.text).toBe(nobody.text)
  })

  it('needs a reason, and somebody who answers for others', async () => {
    const senior = await app.as(app.cast.seniorCoach)
    expect((await senior.send('/people/restricted/opening', sought)).status).toBe(422)

    const coach = await app.as(app.cast.otherCoach)
    expect((await coach.open('/people/restricted/opening')).status).toBe(403)
    expect((await coach.open('/people/restricted')).status).toBe(403)
  })
})
