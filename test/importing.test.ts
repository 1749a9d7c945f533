import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCommands } from '#importing.ts'
import { runCommand } from '#platform/command/command.ts'
import { startApp, type TestApp } from './app.ts'
import { aPack } from './people/pack.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'importing-')), 'old-system')
let app: TestApp
beforeAll(async () => {
  app = await startApp()
  cpSync(fileURLToPath(new URL('../docs/examples/episodes/', import.meta.url)), folder, { recursive: true })
  const people = join(folder, 'people.csv')
  writeFileSync(people, readFileSync(people, 'utf8').replace('14/03/1981', '31/02/1981'))
})
afterAll(() => app.close())

/** What the command line says when these words are typed. */
async function typed(...words: readonly string[]): Promise<string> {
  const said: string[] = []
  const desk = {
    ...{ databases: app.databases, now: () => app.clock.now },
    ...{ say: (text: string) => void said.push(text), progress: () => undefined },
  }
  await runCommand(
    importCommands((work) => work(desk)),
    words,
  )
  return said.join('\n')
}

describe('A folder of open cases at the command line', () => {
  it('is tried first: what would come of it, and nothing is taken', async () => {
    const said = await typed('import', 'episodes', folder, '--area', 'north', '--dry-run')

    expect(said).toContain('people:        10 rows = 9 to be taken + 0 here already + 1 returned')
    expect(said).toContain('episodes:      10 rows = 9 to be taken + 0 here already + 1 returned')
    expect(said).toMatch(/Accepted: 1\n +Trying to contact: 1\n +Assessed: 1/)
    expect(said).toContain('Nothing was taken: this was a dry run.')
    expect((await app.owner.query('select from people.person')).rowCount).toBe(0)
  })

  it('is brought in, and the returned rows stand in a folder beside it with their reasons', async () => {
    const said = await typed('import', 'episodes', folder, '--area', 'north')

    expect(said).toContain('contacts:      11 rows = 11 taken + 0 here already + 0 returned')
    expect(said).toContain(`The returned rows and their reasons: ${folder}.returned`)
    expect(readdirSync(`${folder}.returned`)).toEqual(['episodes.returned.csv', 'people.returned.csv'])
    const [, person] = readFileSync(join(`${folder}.returned`, 'people.returned.csv'), 'utf8').split('\r\n')
    expect(person).toMatch(/^P-01,Robin,Marsh,31\/02\/1981,.*,2,“DOB”: There is no 31 February 1981\.$/)
  })

  it('is taken from its returned rows once they are corrected', async () => {
    for (const name of ['people', 'episodes']) {
      const file = join(`${folder}.returned`, `${name}.returned.csv`)
      writeFileSync(file, readFileSync(file, 'utf8').replace('31/02/1981', '14/03/1981'))
    }
    const said = await typed('import', 'episodes', `${folder}.returned`, '--area', 'north')

    expect(said).toContain('people:        1 rows = 1 taken + 0 here already + 0 returned')
    expect(said).toContain('columns that were not read: Row, Why it was returned')
  })

  it('is listed with what came of it, and taken back', async () => {
    const listed = await typed('import', 'batches', '--area', 'north')
    const [, batch = ''] = /(\S{36}) .*Open cases: old-system,/.exec(listed) ?? []

    expect(listed).toContain('55 rows = 53 taken + 0 here already + 2 returned')
    expect(await typed('import', 'undo', batch, '--area', 'north')).toBe('53 rows of the batch are taken back.')
  })

  it('has to be named, once', async () => {
    await expect(typed('import', 'episodes', '--area', 'north')).rejects.toThrow('Name one folder')
    await expect(typed('import', 'episodes', folder, folder, '--area', 'north')).rejects.toThrow('Name one folder')
  })
})

describe('A licensed questionnaire at the command line', () => {
  const about = ['--area', 'north', '--instrument', 'wsas', '--licence', 'Trust licence 12', '--by', 'Ian Import']
  const kept = async () => (await app.owner.query('select code, licence, added_as from instruments.pack')).rows

  it('is kept switched off, with the licence and who added it', async () => {
    const file = join(folder, 'wsas.json')
    writeFileSync(file, JSON.stringify(aPack('1')))

    expect(await typed('import', 'questionnaire', file, ...about)).toContain('is added to north, switched off')
    expect(await kept()).toEqual([{ code: 'wsas', licence: 'Trust licence 12', added_as: 'Ian Import' }])
    await expect(typed('import', 'questionnaire', file, ...about)).rejects.toThrow('north has this version already')
  })

  it('with a fault is not kept, and the question is named', async () => {
    const file = join(folder, 'faulty.json')
    const [first, ...rest] = aPack('2').item
    writeFileSync(file, JSON.stringify(aPack('2', { item: [{ ...first, text: '' }, ...rest] })))

    await expect(typed('import', 'questionnaire', file, ...about)).rejects.toThrow(
      'Item “work-2”: its “text” is missing',
    )
    await expect(typed('import', 'questionnaire', file, ...about.slice(0, 4))).rejects.toThrow('Say all of it')
    expect(await kept()).toHaveLength(1)
  })
})
