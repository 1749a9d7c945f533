import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { findMessage, sendMessage } from './outbox.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

async function aLetter(person: string): Promise<string> {
  const letter = await app.inArea('north', (db) =>
    sendMessage(db, {
      ...{ area: 'north', person, kind: 'note.reminder', channel: 'letter', address: '1 High Street\nLeeds\nLS1 1AA' },
      ...{
        subject: 'Your appointment',
        body: 'We meet tomorrow at 10:30.',
        allowedBy: 'asked-for',
        now: app.clock.now,
      },
    }),
  )
  await app.work()
  return letter
}

const found = (letter: string) => app.inArea('north', (db) => findMessage(db, 'north', letter))
const here = { means: [{ kind: 'post', value: '1 High Street\nLeeds\nLS1 1AA' }] } as const

describe('A letter', () => {
  it('waits to be printed with the name above the address, and is sent once somebody says that it is in the post', async () => {
    const letter = await aLetter(await aPerson(app, { ...here, givenName: 'Lena', familyName: 'Post' }))
    const manager = await app.as(app.cast.manager)

    const sheet = await manager.open('/outbox/letters')

    expect(await found(letter)).toMatchObject({ settled_as: null, reason: 'It waits to be printed and posted' })
    expect(sheet.text).toMatch(/Lena Post\s*1 High Street\s*Leeds\s*LS1 1AA/)
    expect(sheet.text).toContain('We meet tomorrow at 10:30.')
    await manager.send('/outbox/letters', { posted: letter })
    const said = await manager.open('/outbox/letters')
    expect(said.text).toContain('1 letter is marked as posted.')
    expect(await found(letter)).toMatchObject({ settled_as: 'sent', sent_by: 'post' })
    expect(said.text).not.toContain('Lena Post')
  })

  it('that was not posted stays, and one that was is not posted twice', async () => {
    const [letter, kept] = [await aLetter(await aPerson(app, here)), await aLetter(await aPerson(app, here))]
    const manager = await app.as(app.cast.manager)

    await manager.send('/outbox/letters', { posted: letter })
    await manager.open('/outbox/letters')
    await manager.send('/outbox/letters', { posted: letter })

    expect((await manager.open('/outbox/letters')).text).toContain(
      '0 letters are marked as posted. Others had been posted',
    )
    expect(await found(kept)).toMatchObject({ settled_as: null })
  })

  it('is not printed once it may not go any more', async () => {
    const person = await aPerson(app, { ...here, givenName: 'Gone', familyName: 'Away' })
    await aLetter(person)
    await app.owner.query('update people.means set safe = false where person = $1', [person])

    expect((await (await app.as(app.cast.manager)).open('/outbox/letters')).text).not.toContain('Gone Away')
  })

  it('is printed as large as its reader needs, and said to have to be made where no printer makes it', async () => {
    const large = { ...here, givenName: 'Lara', familyName: 'Large', also: { accessNeeds: ['large-print'] } }
    const braille = { ...here, givenName: 'Bram', familyName: 'Braille', also: { accessNeeds: ['braille-2'] } }
    await aLetter(await aPerson(app, large))
    const letter = await aLetter(await aPerson(app, braille))
    const { html, text } = await (await app.as(app.cast.manager)).open('/outbox/letters')
    const sheetOf = (name: string) =>
      html
        .split('<article')
        .slice(1)
        .find((sheet) => sheet.includes(name)) ?? ''

    expect(sheetOf('Lara Large')).toMatch(/^ class="ww-letter ww-letter--20"/)
    expect(sheetOf('Bram Braille')).toMatch(/^ class="ww-letter"/)
    expect(text).toContain('Bram Braille: Braille, contracted (grade 2)')
    // On paper it would lie in the envelope of whoever's letter comes first.
    const before = html.slice(0, html.indexOf('<article'))
    expect(before).toMatch(/<div class="ww-screen-only"><[^>]*warning[^>]*>[^]*Bram Braille/)
    expect(html).not.toMatch(new RegExp(`id="posted-${letter}"[^>]*checked`))
  })

  it('to a restricted record is printed apart, by those who are named', async () => {
    const person = await aPerson(app, { ...here, givenName: 'Hilda', familyName: 'Hidden' })
    await aLetter(person)
    const manager = await app.as(app.cast.manager)
    const named = { reason: 'at-risk', note: 'Her brother', version: '1', named: [app.cast.manager.membership] }
    await manager.send(`/people/${person}/restriction`, named)

    expect((await manager.open('/outbox/letters')).text).not.toContain('Hilda Hidden')
    expect((await manager.open('/outbox/letters?only=restricted')).text).toContain('Hilda Hidden')
    const unnamed = await app.as(app.cast.administrator)
    expect((await unnamed.open('/outbox/letters?only=restricted')).text).not.toContain('Hilda Hidden')
  })

  it('to somebody of another provider is neither shown nor posted', async () => {
    const letter = await aLetter(await aPerson(app, { ...here, givenName: 'Notyours', familyName: 'Atall' }))
    const other = await app.as(app.cast.providerManager)

    const sheet = await other.open('/outbox/letters')
    await other.send('/outbox/letters', { posted: letter })

    expect(sheet.text).not.toContain('Notyours')
    expect(sheet.text).toContain('whose record you may not open')
    expect(await found(letter)).toMatchObject({ settled_as: null })
  })
})
