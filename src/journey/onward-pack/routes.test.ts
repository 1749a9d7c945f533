import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedOnward, aSentOnward } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const also = { ticked: ['phone', 'born'], health: 'My back' }

type Entry = Readonly<{ fullUrl: string; resource: Readonly<{ resourceType: string; meta: { profile: string[] } }> }>

async function documentOf(onward: string, browser: Awaited<ReturnType<typeof aSentOnward>>['browser']) {
  const file = await browser.open(`/onward/${onward}/pack.json`)
  // Checked: read right below, entry by entry.
  const bundle = JSON.parse(file.html) as Readonly<{ type: string; entry: readonly Entry[] }>
  const one = (type: string) => bundle.entry.find(({ resource }) => resource.resourceType === type)?.resource
  return { text: file.html, bundle, one }
}

describe('A hand-over pack', () => {
  it('holds on paper exactly what they said yes to, and who hands over', async () => {
    const { browser, onward } = await aSentOnward(app, { name: 'Weir advice', also, yes: { leftOut: 'born' } })
    const page = await browser.open(`/onward/${onward}/pack`)
    const referral = await browser.open(`/onward/${onward}`)

    expect(page.text).toMatch(/Hand-over to Weir advice.*Phone number 07700 900461/)
    expect(page.text).toMatch(/They said yes to this on 5 January 2026/)
    expect(page.text).not.toContain('14 March 1981')
    expect(page.text).not.toContain('My back')
    expect(referral.html).toContain(`/onward/${onward}/pack`)
  })

  it('is a FHIR document in UK Core profiles with the same parts, in which every reference is found', async () => {
    const { browser, onward } = await aSentOnward(app, { name: 'Sluice advice', also, yes: { health: 'yes' } })
    const { text, bundle, one } = await documentOf(onward, browser)
    const known = bundle.entry.map(({ fullUrl }) => fullUrl)
    const references = [...text.matchAll(/"reference": "([^"]+)"/g)].map(([, to]) => to)

    expect(bundle.type).toBe('document')
    expect(bundle.entry.map(({ resource }) => resource.resourceType)).toEqual([
      ...['Composition', 'Patient', 'ServiceRequest', 'CarePlan', 'Consent', 'Organization', 'Practitioner'],
      ...['HealthcareService', 'Organization'],
    ])
    expect(bundle.entry.map(({ resource }) => resource.meta.profile[0])).toEqual(
      bundle.entry.map(({ resource }) => `https://fhir.hl7.org.uk/StructureDefinition/UKCore-${resource.resourceType}`),
    )
    expect(references.filter((to) => !known.includes(to ?? ''))).toEqual([])
    expect(one('Patient')).toMatchObject({
      ...{ name: [{ text: 'Robin Marsh' }], birthDate: '1981-03-14' },
      telecom: [{ system: 'phone', value: '07700 900461' }],
    })
    expect(one('ServiceRequest')).toMatchObject({
      status: 'active',
      code: { text: 'Help to sort out three letters about rent' },
    })
    expect(text).toContain('My back')
    expect(text).not.toContain('"Condition"')
  })

  it('leaves out of the file what they left out, and is journaled with the permission and the parts', async () => {
    const { browser, onward } = await aSentOnward(app, {
      name: 'Lock advice',
      also,
      yes: { leftOut: ['born', 'phone'] },
    })
    const { text, one } = await documentOf(onward, browser)
    const { rows } = await app.owner.query(
      `select codes from journal.entry where subject = $1 and what = 'onward.pack-file'`,
      [onward],
    )

    expect(one('Patient')).not.toHaveProperty('birthDate')
    expect(one('Patient')).not.toHaveProperty('telecom')
    expect(text).not.toContain('900461')
    expect(rows).toHaveLength(1)
    expect(rows[0].codes).toMatchObject({ parts: ['name', 'wanted', 'barrier'], allowedBy: expect.any(String) })
  })

  it('is not there before their yes, once they took it back, or for a signpost', async () => {
    const drafted = await aDraftedOnward(app, { name: 'Quay advice' })
    const signpost = await aDraftedOnward(app, { name: 'Pier advice', also: { kind: 'signpost' } })
    const sent = await aSentOnward(app, { name: 'Mole advice' })
    app.clock.pass({ minutes: 1 })
    await sent.browser.send(`/people/${sent.person}/agreements`, { form: newId(), how: 'telephone', onward: 'no' })
    const packs = [drafted, signpost, sent].map(({ browser, onward }) => browser.open(`/onward/${onward}/pack`))
    const pages = await Promise.all(packs)

    expect(pages.map(({ status }) => status)).toEqual([409, 409, 409])
    expect(pages[0]?.text).toContain('They have not said yes to what would be sent')
    expect(pages[1]?.text).toContain('A signpost hands nothing over')
    expect(pages[2]?.text).not.toContain('900461')
    for (const { browser, onward } of [drafted, signpost, sent])
      expect((await browser.open(`/onward/${onward}/pack.json`)).status).toBe(404)
  })

  it('tells nothing of where somebody is whose record is restricted', async () => {
    const { browser, onward, person } = await aSentOnward(app, { name: 'Basin advice' })
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, $3, 'coach')`,
      [person, app.cast.coach.membership, app.clock.now.toString()],
    )
    const page = await browser.open(`/onward/${onward}/pack`)

    expect(page.status).toBe(200)
    expect(page.text).toContain('What is wanted from the service')
    expect(page.text).not.toContain('900461')
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('is not there for a %s', async (part) => {
    const { onward } = await aSentOnward(app)
    const browser = await app.as(app.cast[part])

    expect((await browser.open(`/onward/${onward}/pack`)).status).toBe(404)
    expect((await browser.open(`/onward/${onward}/pack.json`)).status).toBe(404)
  })
})
