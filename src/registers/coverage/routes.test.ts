import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findCoverage } from '#registers/areas/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { allIsWell, answered } from '#test/people/eligibility.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const days = (from: string, until?: string): Fields => ({
  ...dated('from', from),
  ...(until ? dated('until', until) : {}),
})

function dated(name: string, on: string): Fields {
  const { day, month, year } = Temporal.PlainDate.from(on)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

const outside = { ...allIsWell, practice: 'no', jobcentre: 'no' }
const leeds = { kind: 'council', council: 'E08000035', reason: 'Agreed with the council' }

async function addPlace(fields: Fields, part: 'administrator' | 'coach' = 'administrator') {
  const browser = await app.as(app.cast[part])
  return browser.sendAndFollow('/area/coverage', { id: newId(), ...days('2024-10-01'), ...fields })
}

const covers = async () => (await app.inArea('north', (db) => findCoverage(db, 'north'))).covers

async function screened(referral: string) {
  const coach = await app.as(app.cast.administrator)
  return (await coach.open(`/referrals/${referral}/eligibility`)).text
}

describe('The places an area covers', () => {
  it('are none until somebody says so, and the page says what that means', async () => {
    const seen = await (await app.as(app.cast.administrator)).open('/area/coverage')

    expect(seen.text).toContain('nobody’s place can be judged')
  })

  it('count at once for somebody who was referred before: where they live is then met', async () => {
    const { id } = await aReferral(app)
    await answered(app, id, { ...outside, council: 'E08000035' })
    const before = await screened(id)
    const saved = await addPlace(leeds)

    expect(before).toContain('has not said yet which places it covers')
    expect(saved.text).toContain('From its first day the area takes the people of this place')
    expect(saved.text).toContain('Agreed with the council')
    expect(await screened(id)).toContain('Lives in Leeds')
  })

  it('show first whom they would change something for, and keep what was entered', async () => {
    const { id } = await aReferral(app, { person: { givenName: 'Bea' } })
    await answered(app, id, { ...outside, council: 'E08000001' })
    const administrator = await app.as(app.cast.administrator)
    const shown = await administrator.send('/area/coverage/proposal', {
      ...{ id: newId(), ...days('2024-10-01'), kind: 'council', council: 'E08000001', reason: 'They asked us' },
    })

    expect(shown.text).toContain('Not eligible → Eligible')
    expect(shown.text).toContain('Bea')
    expect(shown.html).toContain('They asked us')
    expect((await covers()).map(({ code }) => code)).not.toContain('E08000001')
  })

  it('are numbers only, and rough ones, for a lead who does not list people', async () => {
    const lead = await app.as(app.cast.areaLead)
    const shown = await lead.send('/area/coverage/proposal', {
      ...{ id: newId(), ...days('2024-10-01'), kind: 'council', council: 'E08000001', reason: 'They asked us' },
    })

    expect(shown.text).toContain('fewer than 5 open')
    expect(shown.text).not.toContain('Bea')
  })

  it('are refused twice for the same days, and a board on a day when it is no more', async () => {
    const twice = await addPlace(leeds)
    const gone = await addPlace({ kind: 'board', board: 'QNQ', reason: 'Our board', ...days('2026-05-01') })
    const wrong = await addPlace({ kind: 'outward', outward: 'Leeds', reason: 'A part' })

    expect([twice.status, gone.status, wrong.status]).toEqual([422, 422, 422])
    expect(twice.text).toContain('This is covered already from 1 October 2024')
    expect(gone.text).toContain('Frimley does not exist any more on 1 May 2026: choose')
    expect(wrong.text).toContain('Enter the first half of a postcode')
  })

  it('end on a day with a reason, and what was said before stays with who said it', async () => {
    const [cover] = await covers()
    const manager = await app.as(app.cast.manager)
    const page = `/area/coverage/${cover && 'id' in cover ? String(cover.id) : ''}`
    await manager.open(page)
    const ended = await manager.sendAndFollow(page, {
      ...{ ...days('2024-10-01', '2026-07-01'), reason: 'Another area takes over', version: '1' },
    })

    expect(ended.text).toContain('Another area takes over')
    expect(ended.text).toContain('Agreed with the council')
    expect(ended.text).toContain(app.cast.manager.name)
    expect((await covers())[0]?.untilOn?.toString()).toBe('2026-07-01')
  })

  it('are read by coaches and changed by nobody but those who run the area', async () => {
    const coach = await app.as(app.cast.coach)

    expect((await coach.open('/area/coverage')).status).toBe(200)
    expect((await coach.open('/area/coverage')).html).not.toContain('/area/coverage/new')
    expect((await addPlace(leeds, 'coach')).status).toBe(403)
  })

  it('belong to one area: another cannot open or change them', async () => {
    const [cover] = await covers()
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const foreign = await elsewhere.open(`/area/coverage/${cover && 'id' in cover ? String(cover.id) : ''}`)
    const absent = await elsewhere.open(`/area/coverage/${newId()}`)

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(foreign.status).toBe(404)
  })
})
