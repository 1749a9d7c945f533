import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { exportCommands } from './commands.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const run = async (options: Record<string, string>): Promise<string> => {
  let said = ''
  const parts = {
    databases: app.databases,
    areas: async () => ['north', 'south'],
    keptBy: async () => undefined,
    membersOf: async () => [],
    now: () => app.clock.now,
  }
  const commands = exportCommands((work) => work({ ...parts, say: (line) => void (said += line) }))
  await commands['export']?.run({ options, words: [] })
  return said
}
const folder = () => join(mkdtempSync(join(tmpdir(), 'workwell-export-')), 'north')

describe('Everything an area owns', () => {
  it('is written out table by table, with what each means and a digest, and nothing of another area', async () => {
    await aPerson(app, { givenName: 'Nora', familyName: 'North, "Nor"' })
    await aPerson(app, { givenName: 'Sol', familyName: 'South', heldBy: app.cast.coachElsewhere })
    const to = folder()
    const said = await run({ area: 'north', to })
    const manifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8'))
    const people = readFileSync(join(to, 'people.person.csv'), 'utf8')

    expect(said).toContain('with manifest.json beside them')
    expect(readdirSync(to)).toHaveLength(manifest.tables.length + 1)
    expect(people).toContain('Nora,"North, ""Nor""",')
    const all = manifest.tables.map(({ file }: { file: string }) => readFileSync(join(to, file), 'utf8')).join('')
    expect(all).not.toContain('Sol,South')
    const { rows, sha256, means } = manifest.tables.find(({ file }: { file: string }) => file === 'people.person.csv')
    expect([rows, means]).toEqual([1, expect.stringContaining('Who somebody is')])
    expect(sha256).toBe(createHash('sha256').update(people).digest('hex'))
  })

  it('is not mixed with another export, and that it was written stands in the journal', async () => {
    const to = folder()
    await run({ area: 'north', to })

    await expect(run({ area: 'north', to })).rejects.toThrow('is not empty')
    await expect(run({ area: 'nowhere', to: folder() })).rejects.toThrow('Name an area that there is')
    const { rows } = await app.owner.query(`select area from journal.entry where what = 'area.exported'`)
    expect(rows).toContainEqual({ area: 'north' })
  })
})
