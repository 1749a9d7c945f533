import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Fields, Seen } from '#test/browser.ts'
import { allIsWell, answered, servedGround, setRules } from '#test/people/eligibility.ts'
import { aReferral } from '#test/people/referral.ts'
import { usualRules } from './rules.ts'
import { listPresets } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await servedGround(app, { board: 'QWO' })
  await setRules(app, usualRules)
})
afterAll(() => app.close())

const rules: Fields = {
  ...{ kind: 'area', minAge: '16', england: 'yes', rightToWork: 'yes', condition: 'yes' },
  work: [...usualRules.work],
  places: [...usualRules.places],
  ...{ 'fromOn-day': '5', 'fromOn-month': '1', 'fromOn-year': '2026', reason: 'The board decided' },
}

const previewed = ({ html }: Seen) =>
  /name="previewed" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? ''

async function change(browser: Browser, fields: Fields) {
  const form = { id: newId(), ...rules, ...fields }
  const preview = await browser.send('/area/eligibility/proposal', form)
  return { preview, set: () => browser.sendAndFollow('/area/eligibility', { ...form, previewed: previewed(preview) }) }
}

async function answerFor(referral: string) {
  const seen = await (await app.as(app.cast.administrator)).open(`/referrals/${referral}/eligibility`)
  return /The rules say: (Eligible|Not eligible|Needs a look)/.exec(seen.text)?.[1]
}

describe('Changing whom an area supports', () => {
  it('shows whom it would change before it is set, and then changes exactly that', async () => {
    const young = await aReferral(app, { person: { givenName: 'Yara', bornOn: Temporal.PlainDate.from('2009-02-01') } })
    const older = await aReferral(app, { person: { givenName: 'Olaf' } })
    for (const { id } of [young, older]) await answered(app, id, allIsWell)
    const browser = await app.as(app.cast.manager)
    const { preview, set } = await change(browser, { minAge: '18' })

    expect(preview.text).toContain('Yara')
    expect(preview.text).toContain('Eligible → Not eligible')
    expect(preview.text).not.toContain('Olaf')
    expect(await answerFor(young.id)).toBe('Eligible')
    await set()
    expect(await answerFor(young.id)).toBe('Not eligible')
    expect(await answerFor(older.id)).toBe('Eligible')
  })

  it('shows the other way too: who would be supported again', async () => {
    const young = await aReferral(app, {
      person: { givenName: 'Yusuf', bornOn: Temporal.PlainDate.from('2009-02-01') },
    })
    await answered(app, young.id, allIsWell)
    const { preview, set } = await change(await app.as(app.cast.manager), { minAge: '16' })

    expect(preview.text).toContain('Not eligible → Eligible')
    await set()
    expect(await answerFor(young.id)).toBe('Eligible')
  })

  it('is not set before somebody has looked at what it would change', async () => {
    const browser = await app.as(app.cast.manager)
    const seen = await browser.send('/area/eligibility', { id: newId(), ...rules, minAge: '21' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Look at whom this would change')
  })

  it('is looked at again when something was changed after looking', async () => {
    const browser = await app.as(app.cast.manager)
    const form = { id: newId(), ...rules, minAge: '20' }
    const preview = await browser.send('/area/eligibility/proposal', form)
    const sent = await browser.send('/area/eligibility', { ...form, minAge: '21', previewed: previewed(preview) })

    expect(sent.status).toBe(422)
  })

  it('sets what differs in one council, and leaves the rest', async () => {
    const leeds = { council: 'E08000035' } as const
    const there = await aReferral(app, { person: { bornOn: Temporal.PlainDate.from('2009-02-01') } })
    const bradford = await aReferral(app, { person: { bornOn: Temporal.PlainDate.from('2009-02-01') } })
    await answered(app, there.id, { ...allIsWell, ...leeds })
    await answered(app, bradford.id, { ...allIsWell, council: 'E08000032' })
    const browser = await app.as(app.cast.manager)
    const { set } = await change(browser, { kind: 'council', ...leeds, minAge: '18' })
    const page = await set()

    expect(page.text).toContain('Leeds')
    expect(await answerFor(there.id)).toBe('Not eligible')
    expect(await answerFor(bradford.id)).toBe('Eligible')
  })

  it('can be taken back until its first day, with a reason', async () => {
    const browser = await app.as(app.cast.manager)
    const { set } = await change(browser, { minAge: '25', 'fromOn-month': '2' })
    const page = await set()
    const action = /\/area\/eligibility\/[0-9a-f-]{36}\/withdrawal/.exec(page.html)?.[0] ?? ''
    const after = await browser.sendAndFollow(action, { reason: 'The board decided otherwise' })

    expect(page.text).toContain('from 5 February 2026')
    expect(after.text).not.toContain('25 and over')
  })

  it('begins from what other areas have published, with where it was read', async () => {
    const browser = await app.as(app.cast.manager)
    const seen = await browser.open('/area/eligibility/new?preset=lancashire-and-south-cumbria')

    expect(seen.text).toContain('lancashireandsouthcumbria.icb.nhs.uk')
    expect(seen.html).toContain('value="26"')
    expect(seen.text).toContain('Different in Lancaster : Age: 18 and over')
    expect(seen.text).toContain('Weeks of support there: 8 in work, 16 when seeking work')
  })

  it('has presets that are rules', async () => {
    const presets = await app.inArea('north', listPresets)

    expect(presets.map(({ code }) => code)).toContain('greater-manchester')
    expect(presets.find(({ code }) => code === 'blackburn-with-darwen')?.rules.weeksOutOfWork).toBe(12)
    expect(presets.find(({ code }) => code === 'lancashire-and-south-cumbria')?.councils[0]?.rules).toEqual({
      minAge: 18,
    })
  })

  it('tells an area lead about how many and names nobody', async () => {
    await aReferral(app, { person: { givenName: 'Zelda' } })
    const { preview } = await change(await app.as(app.cast.areaLead), { minAge: '60' })

    expect(preview.status).toBe(200)
    expect(preview.text).toMatch(/fewer than 5|about \d+/)
    expect(preview.text).not.toContain('Zelda')
  })

  it('names nobody whom another organisation holds', async () => {
    await aReferral(app, { heldBy: app.cast.providerManager, person: { givenName: 'Quentin' } })
    const { preview } = await change(await app.as(app.cast.manager), { minAge: '60' })

    expect(preview.text).not.toContain('Quentin')
  })

  it.each(['coach', 'administrator', 'seniorCoach'] as const)('is read but not changed by a %s', async (part) => {
    const browser = await app.as(app.cast[part])

    expect((await browser.open('/area/eligibility')).status).toBe(200)
    expect((await browser.open('/area/eligibility/new')).status).toBe(403)
  })

  it('stays in its own area', async () => {
    const seen = await (await app.as(app.cast.managerElsewhere)).open('/area/eligibility')

    expect(seen.text).not.toContain('The board decided')
  })
})
