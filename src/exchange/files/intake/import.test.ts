import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, SentFile } from '#test/browser.ts'
import { actionIn, hiddenIn } from '#test/people/file.ts'
import { importEpisodes } from '#exchange/files/from-disk/import.ts'

let app: TestApp
let administrator: Browser
beforeAll(async () => {
  app = await startApp()
  administrator = await app.as(app.cast.administrator)
})
afterAll(() => app.close())

const folder = fileURLToPath(new URL('../../../../docs/examples/episodes', import.meta.url))
const exported = readdirSync(folder).map((name): SentFile => ({
  field: 'file',
  name,
  content: readFileSync(`${folder}/${name}`, 'utf8'),
}))
const rows = exported.reduce((all, { content }) => all + String(content).trim().split('\n').length - 1, 0)

const count = async (of: string): Promise<number> =>
  (await app.owner.query(`select count(*)::integer as n from ${of}`)).rows[0].n

/** Somebody sends files of open cases. */
async function sent(files: readonly SentFile[]) {
  const page = await administrator.open('/imports/episodes')
  const answer = await administrator.sendFiles('/imports/episodes', { id: hiddenIn(page.html, 'id') }, files)
  return answer.location === undefined ? answer : administrator.open(answer.location)
}

/** Somebody sends files of open cases and lets every row be tried. */
async function tried(files: readonly SentFile[]) {
  const found = await sent(files)
  const { location = '' } = await administrator.send(actionIn(found.html, '/trials'), {
    id: hiddenIn(found.html, 'id'),
  })
  await app.work()
  return { found, trial: location, seen: await administrator.open(location) }
}

describe('Files of open cases that are sent by the page', () => {
  it('are looked into together, each known by its name', async () => {
    const { text } = await sent(exported)

    for (const { name } of exported) expect(text).toContain(`What each column of ${name} stands for`)
    expect(text).not.toContain('would be returned')
  })

  it('are refused by name where they are none of the set, or the same one twice', async () => {
    const people = exported.find(({ name }) => name === 'people.csv')
    const [notes, twice] = [
      { field: 'file', name: 'notes.csv', content: 'a,b\n1,2\n' },
      { field: 'file', name: 'clients.csv', content: people?.content ?? '' },
    ]
    const seen = await sent([...exported, notes, twice])

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('notes.csv is none of the files that are read: give it one of these names: people.csv,')
    expect(seen.text).toContain('people.csv and clients.csv are both people: send one of them')
  })

  it('are tried across files, and nothing is taken or left lying', async () => {
    const before = await count('people.person')
    const { seen } = await tried(exported)

    expect(seen.text).toContain(`${rows} rows = ${rows} to be taken + 0 here already + 0 to be returned`)
    expect([await count('people.person'), await count('lines.line'), await count('lines.sheet')]).toEqual([
      before,
      0,
      0,
    ])
  })

  it('return a row whose case is not there, with its reason', async () => {
    const contacts = exported.filter(({ name }) => name === 'contacts.csv')
    const { seen, trial } = await tried(contacts)

    expect(seen.text).toContain('= 0 to be taken + 0 here already +')
    expect(seen.text).toContain('There is no case “…” in episodes.csv, and none was brought in before.')
    expect((await administrator.open(`${trial}/contacts/returned.csv`)).html).toContain('Why it was returned')
  })

  it('are brought in as the trial said, shown with where the cases stand, and known again at the command line', async () => {
    const { trial } = await tried(exported)
    const { location: batch = '' } = await administrator.send(`${trial}/batch`)
    await app.work()
    const { text } = await administrator.open(batch)

    expect(text).toContain(`${rows} rows = ${rows} taken + 0 here already + 0 returned`)
    expect(text).toContain('Where the cases stand that it brought')
    expect(await count('lines.line')).toBe(0)
    const again = await importEpisodes(app.databases, {
      ...{ area: 'north', folder, source: '', dryRun: true, refusedFolder: `${folder}.returned` },
      ...{ now: app.clock.now, progress: () => undefined },
    })
    expect(again.files.every((file) => file.taken === 0 && file.already === file.rows)).toBe(true)
    await administrator.send(`${batch}/undoing`)
    await app.work()
    expect((await administrator.open(batch)).text).toContain('taken back, as if they had never come. Nobody stayed.')
  })
})
