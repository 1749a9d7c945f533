import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { findActor } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026' }

describe('Organisations', () => {
  it('are added with what they are for the records they hold', async () => {
    const administrator = await app.as(app.cast.administrator)
    const id = randomUUIDv7()
    const form = { ...from, name: 'Harbour Advice', kind: 'voluntary', data_role: 'none', version: '0' }
    const list = await administrator.sendAndFollow(`/organisations/${id}`, form)

    expect(list.text).toContain('Harbour Advice')
    expect(list.text).toContain('Holds no records')
  })

  it('are not seen from another area', async () => {
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const foreign = await elsewhere.open(`/organisations/${app.cast.coach.organisation}`)
    const absent = await elsewhere.open(`/organisations/${randomUUIDv7()}`)

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect((await elsewhere.open('/organisations')).text).not.toContain('Lead Provider north')
  })
})

describe('A membership', () => {
  it('is an invitation that anybody with that address takes up by signing in', async () => {
    const administrator = await app.as(app.cast.administrator)
    const form = {
      ...from,
      name: 'New Coach',
      email: 'new.coach@example.org',
      organisation: app.cast.coach.organisation,
      role: 'coach',
      version: '0',
    }
    const list = await administrator.sendAndFollow(`/members/${randomUUIDv7()}`, form)

    expect(list.text).toContain('Invited')
    expect(list.text).toContain('New Coach')
  })

  it('says which field to correct', async () => {
    const administrator = await app.as(app.cast.administrator)
    const sent = await administrator.send(`/members/${randomUUIDv7()}`, {
      ...from,
      name: 'No Address',
      email: 'nobody',
      organisation: '',
      role: '',
      version: '0',
    })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Enter an email address, for example name@example.org')
    expect(sent.text).toContain('Select their role')
    expect(sent.html).toContain('value="No Address"')
  })

  it('gives nothing any more from its last day on', async () => {
    const { account, membership, area } = app.cast.otherCoach
    await app.owner.query(`update organisations.member set until_on = '2026-01-05' where id = $1`, [membership])
    const on = (day: string) =>
      app.inArea(area, (db) => findActor(db, { area, account, membership, on: Temporal.PlainDate.from(day) }))

    expect((await on('2026-01-04'))?.role).toBe('coach')
    expect(await on('2026-01-05')).toBeUndefined()
    expect((await (await app.as(app.cast.otherCoach)).open('/members')).location).toBe('/memberships')
  })
})

describe('A sharing arrangement', () => {
  it("lets the partner see the holder's people from its first day until it is ended", async () => {
    const administrator = await app.as(app.cast.administrator)
    const { account, membership, area, organisation } = app.cast.providerCoach
    const holder = app.cast.coach.organisation
    const id = randomUUIDv7()
    const seen = async () => {
      const on = Temporal.PlainDate.from('2026-01-06')
      const actor = await app.inArea(area, (db) => findActor(db, { area, account, membership, on }))
      return actor?.organisations
    }

    expect(await seen()).toEqual([organisation])
    await administrator.send(`/sharing/${id}`, {
      ...from,
      holder,
      partner: organisation,
      reason: 'They cover for each other',
    })
    expect(await seen()).toEqual([organisation, holder])
    await administrator.send(`/sharing/${id}/end`)
    expect(await seen()).toEqual([organisation])
  })

  it('is not made between an organisation and itself', async () => {
    const administrator = await app.as(app.cast.administrator)
    const same = app.cast.coach.organisation
    const sent = await administrator.send(`/sharing/${randomUUIDv7()}`, {
      ...from,
      holder: same,
      partner: same,
      reason: 'By mistake',
    })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Select another organisation')
  })
})
