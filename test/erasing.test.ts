import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealJournal } from '#platform/journal/sealer.ts'
import { verify } from '#platform/journal/verify.ts'
import { erasePeople } from '#journey/erasure/store.ts'
import { startApp, type TestApp } from './app.ts'
import { belongings, columnsWithoutKey, countRows, fillTables, mark, tablesThatHold } from './erasing/catalogue.ts'
import { aPerson } from './people.ts'
import { actionIn, aFileOfReferrals, hiddenIn, sendFile } from './people/file.ts'
import { aWholeStory } from './people/story.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const erase = (...people: string[]) => app.inArea('north', (db) => erasePeople(db, 'north', people))

/** Columns that are ids and have no key, and why nothing of a person is found by them. */
const namesNobody: Readonly<Record<string, string>> = {
  'areas.detail_change.id': 'its own',
  'batch.batch.reached': 'the row up to which a file was dealt with',
  'batch.row.key': 'a digest; the row goes by what was made of it',
  'batch.row.made': 'looked for when copies are forgotten',
  'batch.row.who': 'looked for when copies are forgotten',
  'journal.entry.account': 'a member',
  'journal.entry.organisation': 'an organisation',
  'journal.entry.subject': 'an id of something that is gone; entries are never deleted',
  'journal.seal.first': 'an entry',
  'journal.seal.last': 'an entry',
  'lines.line.key': 'a digest; the line goes with its row',
  'lines.line.parent': 'a digest; the line goes with its row',
  'lines.line.root': 'a digest; the line goes with its row',
  'link.link.message': 'the message that it was sent with, which goes with whose link it is',
  'organisations.member.account': 'a member',
  'owner_check.round.after_service': 'a service of the directory',
  'people.means.code': 'what a code follows from, which goes with its way',
  'proposing.proposal.service': 'a service of the directory',
  'services.version.subject': 'a service, an owner or a place of the directory',
  'trial.seen.key': 'a digest, deleted when the trial is over',
  'trial.seen.who': 'a digest, deleted when the trial is over',
}

describe('Whoever is erased', () => {
  it('leaves nothing anywhere after a whole story, and the journal unbroken', async () => {
    const about = { givenName: 'Zebulon', familyName: 'Quillfeather', phone: '01632 960777', email: 'zq@example.org' }
    const { person } = await aWholeStory(app, { person: about })
    const other = await aPerson(app, { givenName: 'Stays', familyName: 'Here' })
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [
      person,
      await aPerson(app, { givenName: 'Zeb', familyName: 'Quillfeather' }),
    ])
    const coach = await app.as(app.cast.coach)
    await coach.open(`/people/${person}`)
    const words = ['Quillfeather', '960777', 'zq@example.org', 'my own kitchen', 'very dark', person]
    const before = await tablesThatHold(app.owner, words)
    await app.inArea('north', (db) => sealJournal(db, 'north', app.clock.now))

    await erase(person)

    expect(before.length).toBeGreaterThan(12)
    // The journal keeps ids, which name nobody any more.
    expect(await tablesThatHold(app.owner, words)).toEqual(['journal.entry'])
    expect(await tablesThatHold(app.owner, words.slice(0, -1))).toEqual([])
    const { rows: salts } = await app.owner.query(
      'select from journal.salt join journal.entry on entry.id = salt.entry where person = $1',
      [person],
    )
    expect(salts).toEqual([])
    expect(await tablesThatHold(app.owner, [other])).toContain('people.person')
    const journal = await app.inArea('north', (db) => verify(db, 'north'))
    expect(journal.firstBreak).toBeUndefined()
  })

  it('leaves nothing of the row of the file that brought them, and the other rows as they came', async () => {
    const administrator = await app.as(app.cast.administrator)
    const page = await sendFile(administrator, aFileOfReferrals(5, 'Brought'))
    const trial = hiddenIn(page.html, 'id')
    await administrator.send(actionIn(page.html, '/trials'), { id: trial })
    await app.work()
    await administrator.send(`/imports/trials/${trial}/batch`)
    await app.work()
    const { rows } = await app.owner.query(`select id from people.person where given_name = 'Person 3'`)
    expect(await tablesThatHold(app.owner, ['Brought3', rows[0].id])).toContain('parcel.part')

    await erase(rows[0].id)

    expect(await tablesThatHold(app.owner, ['Brought3', 'Person 3'])).toEqual([])
    expect(await tablesThatHold(app.owner, ['Brought2'])).toEqual(['parcel.part'])
    expect(await countRows(app.owner, ['batch.row'])).toEqual({ 'batch.row': 4 })
  })

  it('leaves nothing in any table that can hold something of a person, whatever table is added', async () => {
    const tables = await belongings(app.owner)
    const erased = tables.filter((table) => table !== 'journal.entry')
    const before = await countRows(app.owner, erased)
    const person = await fillTables(app.owner, 'north', tables)
    const filled = await countRows(app.owner, erased)

    await erase(person)

    expect(erased.filter((table) => filled[table] !== (before[table] ?? 0) + 1)).toEqual([])
    expect(await countRows(app.owner, erased)).toEqual(before)
    const left = await tablesThatHold(app.owner, [mark])
    expect(left.filter((table) => erased.includes(table))).toEqual([])
  })

  it('is found by every id that may be one of theirs', async () => {
    expect((await columnsWithoutKey(app.owner)).filter((name) => !(name in namesNobody))).toEqual([])
  })
})
