import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { setUp } from '#setting-up.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const options = {
  area: 'black-country',
  name: 'WorkWell Black Country',
  organisation: 'Lead',
  administrator: 'Ann Admin',
  email: 'ann@example.org',
}
const begin = (changed: Partial<Record<keyof typeof options, string>> = {}) =>
  setUp(app.databases, { options: { ...options, ...changed }, words: [] }, app.clock.now)

describe('Setting up for real use', () => {
  it('makes the first area, who receives referrals, and an administrator who can invite the others', async () => {
    const said = await begin()
    const [area, settings, members] = await app.inArea('black-country', async (db) => [
      await findArea(db, 'black-country'),
      await findSettings(db, 'black-country', Temporal.PlainDate.from('2026-01-05')),
      await listMembers(db, 'black-country', Temporal.PlainDate.from('2026-01-05')),
    ])

    expect(said).toContain('ann@example.org')
    expect(area).toMatchObject({ name: 'WorkWell Black Country', synthetic: false })
    expect(settings.receivingOrganisation).not.toBeNull()
    expect(members.map(({ role }) => role).toSorted()).toEqual(['administrator', 'system-administrator'])
  })

  it('does not touch an area that is there already', async () => {
    await expect(begin({ area: 'north' })).rejects.toThrow('The area north is there already.')
  })

  it.each([
    [{ area: 'Black Country' }, 'small letters, digits and hyphens'],
    [{ email: 'ann' }, 'must be an email address'],
    [{ organisation: '' }, 'Say --organisation'],
  ])('says in one sentence what is wrong with %o', async (changed, sentence) => {
    await expect(begin({ area: 'elsewhere', ...changed })).rejects.toThrow(sentence)
  })
})
