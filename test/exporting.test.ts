import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findKept } from '#journey/winding-up/store.ts'
import { exportCommands } from '#platform/export/commands.ts'
import { startApp, type TestApp } from './app.ts'
import { listAuthors } from '#registers/membership/store.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { aPerson } from './people.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const run = async (options: Record<string, string>): Promise<void> => {
  const asked = { areas: async () => ['north'], keptBy: findKept, membersOf: listAuthors }
  const parts = { databases: app.databases, ...asked, now: () => app.clock.now }
  const commands = exportCommands((work) => work({ ...parts, say: () => undefined }))
  await commands['export']?.run({ options, words: [] })
}
const folder = () => join(mkdtempSync(join(tmpdir(), 'workwell-export-')), 'north')

describe('What an organisation keeps', () => {
  it('is written out for its keeper: everything about its people, and nobody else', async () => {
    await aPerson(app, { givenName: 'Ola', familyName: 'Ours' })
    const theirs = await aPerson(app, { givenName: 'Tia', familyName: 'Theirs', heldBy: app.cast.providerCoach })
    const both = await aPerson(app, { givenName: 'Bo', familyName: 'Both', heldBy: app.cast.providerCoach })
    await app.owner.query(
      `insert into people.holder (area, person, organisation, since) values ('north', $1, $2, now())`,
      [both, app.cast.coach.organisation],
    )
    const { rows } = await app.owner.query<{ name: string }>(
      `select name from organisations.organisation where id = $1`,
      [app.cast.providerCoach.organisation],
    )
    const to = folder()
    await run({ area: 'north', to, organisation: rows[0]?.name ?? '' })
    const files = readdirSync(to).map((file) => readFileSync(join(to, file), 'utf8'))
    const people = readFileSync(join(to, 'people.person.csv'), 'utf8')

    expect(people).toContain('Tia,Theirs,')
    expect(files.join('')).not.toMatch(/Ours|Both/)
    expect(readFileSync(join(to, 'people.name_word.csv'), 'utf8')).toContain(theirs)
    expect(readdirSync(to)).not.toContain('organisations.member.csv')
    await expect(run({ area: 'north', to: folder(), organisation: 'Nobody' })).rejects.toThrow(
      'There is no organisation',
    )
  })

  it('says who wrote it, to a keeper who has no other way to know: name, role, organisation and since when', async () => {
    const { providerCoach: coach } = app.cast
    const person = await aPerson(app, { givenName: 'Una', familyName: 'Written', heldBy: coach })
    const said = { area: 'north', person, switch: 'contact', given: true, how: 'telephone' } as const
    const words = { lawfulBasis: 'public-task', wordingVersion: 1, by: coach.membership, at: app.clock.now } as const
    await app.inArea('north', (db) => recordPermission(db, { ...said, ...words }))
    const { rows } = await app.owner.query<{ name: string; email: string }>(
      `select organisation.name, member.email from organisations.organisation
       join organisations.member on member.organisation = organisation.id where member.id = $1`,
      [coach.membership],
    )
    const { name = '', email = '' } = rows[0] ?? {}
    const [kept, all] = [folder(), folder()]
    await run({ area: 'north', to: kept, organisation: name })
    await run({ area: 'north', to: all })
    const membersIn = (to: string) => readFileSync(join(to, 'members.csv'), 'utf8')

    expect(readFileSync(join(kept, 'permissions.permission.csv'), 'utf8')).toContain(coach.membership)
    for (const to of [kept, all])
      expect(membersIn(to)).toMatch(new RegExp(`${coach.membership},Pat Provider,coach,${name},\\d{4}-`))
    expect(`${membersIn(kept)}${membersIn(all)}`).not.toContain(email)
    expect(membersIn(kept)).not.toContain(app.cast.otherCoach.membership)
    const { tables } = JSON.parse(readFileSync(join(kept, 'manifest.json'), 'utf8'))
    expect(tables).toContainEqual(expect.objectContaining({ file: 'members.csv', rows: 1 }))
  })
})
