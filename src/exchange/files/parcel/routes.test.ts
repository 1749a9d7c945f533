import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { actionIn, aFileOfReferrals, headings, sendFile } from '#test/people/file.ts'
import { mostBytes } from './rules.ts'

let app: TestApp
let administrator: Browser
beforeAll(async () => {
  app = await startApp()
  administrator = await app.as(app.cast.administrator)
})
afterAll(() => app.close())

async function count(of: string, where = 'true'): Promise<number> {
  return (await app.owner.query(`select count(*)::integer as n from ${of} where ${where}`)).rows[0].n
}

const robin = 'A1,Robin,Marsh,14/03/1981,01632 960123,LS1 4AP,GP,01/10/2025,yes'
const bytes = (text: string, encoding: BufferEncoding = 'latin1') => new Uint8Array(Buffer.from(text, encoding))

describe('A file that is no table of text', () => {
  it.each([
    ['a spreadsheet', 'cases.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, ...deflateRawSync('rows')])],
    ['an image', 'photo.png', bytes('\u0089PNG\r\n\u001a\n\u0000\u0000')],
    ['empty', 'empty.csv', ''],
    ['a letter', 'letter.csv', 'Dear colleague,\r\nplease find attached\r\n'],
    ['packed', 'cases.csv.gz', bytes('\u001f\u008b\b\u0000\u0000\u0000')],
    ['a printed page', 'cases.pdf', bytes('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj <</Type /Catalog>>')],
    ['very wide', 'wide.csv', `${headings}${',Other'.repeat(9_000)}\r\n${robin}\r\n`],
    ['wider than can be read', 'endless.csv', `Other${',Other'.repeat(400_000)}\r\n${robin}\r\n`],
    ['headings alone', 'headings.csv', `${headings}\r\n`],
    ['a table that breaks off', 'broken.csv', `${headings}\r\n${robin}\r\nA2,"Sam,Field\r\n`],
  ])('is refused in words that say what to do: %s', async (_what, name, content) => {
    const before = await count('parcel.parcel')
    const seen = await sendFile(administrator, content, { name })

    expect(seen.status).toBe(422)
    expect(seen.html).toContain('nhsuk-error-summary')
    expect(seen.text).toMatch(
      {
        'cases.xlsx': /cases\.xlsx is a spreadsheet: open it and save it as “CSV UTF-8”/,
        'photo.png': /photo\.png is not a file of text: save it as “CSV UTF-8”/,
        'empty.csv': /empty\.csv is empty/,
        'letter.csv': /letter\.csv has no columns that we know: save it as “CSV UTF-8”/,
        'cases.csv.gz': /cases\.csv\.gz is not a file of text: save it as “CSV UTF-8”/,
        'cases.pdf': /cases\.pdf has no columns that we know: save it as “CSV UTF-8”/,
        'wide.csv': /wide\.csv has 9009 columns, and at most 300 are read/,
        'endless.csv': /endless\.csv has \d+ columns, and at most 300 are read/,
        'headings.csv': /headings\.csv has headings and no rows below them/,
        'broken.csv': /After row 2 of broken\.csv a cell begins with a quotation mark and never ends/,
      }[name] ?? /never/,
    )
    expect(await count('parcel.parcel')).toBe(before)
    expect(await count('parcel.part')).toBe(await count('parcel.sheet'))
  })

  it('is asked for where none was chosen, and nothing that was typed is lost', async () => {
    await administrator.open('/imports/referrals')
    const seen = await administrator.sendFiles('/imports/referrals', { source: 'Old system' }, [])

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Choose the file to send')
    expect(seen.html).toContain('value="Old system"')
  })

  it('is refused where it is larger than may be sent, and nothing of it is kept', async () => {
    const seen = await sendFile(administrator, new Uint8Array(mostBytes + 3_000_000).fill(65), { name: 'large.csv' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('large.csv is larger than 25 MB: split it and send one part after the other')
  })
})

describe('A file that was sent', () => {
  it.each([
    [',', 'commas'],
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ])('is read whatever stands between its columns: %j', async (separator, name) => {
    const seen = await sendFile(administrator, [headings, robin].join('\n').replaceAll(',', separator), { name })

    expect(seen.status).toBe(200)
    expect(seen.text).toContain('Columns that are read 9 Columns that are not read 0')
    expect(seen.text).toContain('The first row can be read.')
    expect(seen.text).toContain('For example: Robin')
  })

  it('is shown with what is wrong in its first rows, before anything is taken', async () => {
    const seen = await sendFile(administrator, aFileOfReferrals(8, 'W'))

    expect(seen.text).toContain('Of the first 8 rows, 1 would be returned')
    expect(seen.text).toContain('“DOB”: Give the date of birth. 1 8')
    expect(await count('people.person', `family_name = 'Brought'`)).toBe(0)
  })

  it('has its columns chosen by whoever sent it where they are called otherwise', async () => {
    const content = [headings.replace('Forename', 'Wer'), robin].join('\n')
    const first = await sendFile(administrator, content)
    const parcel = actionIn(first.html, '/trials').replace('/trials', '')

    expect(first.text).toContain('Say which column holds: First name.')
    const refused = await administrator.send(`${parcel}/trials`, { id: crypto.randomUUID() })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('href="#column-referrals-1"')
    const again = await administrator.send(parcel, { 'column-referrals-1': 'givenName' })
    expect(again.text).not.toContain('Say which column holds')
    const twice = await administrator.send(`${parcel}/trials`, {
      ...{ id: crypto.randomUUID(), 'column-referrals-1': 'givenName', 'column-referrals-0': 'givenName' },
    })
    expect(twice.text).toContain('Choose First name for one column only')
  })

  it('is called by its own name, without the folders it lay in', async () => {
    const seen = await sendFile(administrator, aFileOfReferrals(1, 'N'), { name: 'C:\\Exports\\north\\cases 2025.csv' })

    expect(seen.html).toContain('>cases 2025.csv<')
    expect(seen.text).not.toContain('Exports')
  })

  it('says when the same was sent before', async () => {
    const content = aFileOfReferrals(2, 'S')
    await sendFile(administrator, content)

    expect((await sendFile(administrator, content)).text).toContain('exactly this content was sent on 5 January 2026')
  })

  it('is in the journal, without anything that stands in it', async () => {
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'parcel.sent' order by id desc limit 1`,
    )

    expect(rows).toEqual([{ codes: { kind: 'referrals', files: 1, rows: 2 } }])
  })
})

describe('Who brings records in', () => {
  it('is of the organisation that receives referrals; others are told who it is', async () => {
    const other = await app.as(app.cast.providerManager)

    const page = await other.open('/imports/referrals')
    expect([page.status, page.text.includes('are received by Lead Provider north')]).toEqual([403, true])
    const sent = await other.sendFiles('/imports/referrals', { id: crypto.randomUUID() }, [
      { field: 'file', name: 'export.csv', content: aFileOfReferrals(1) },
    ])
    expect(sent.status).toBe(403)
    expect((await (await app.as(app.cast.coach)).open('/imports/referrals')).status).toBe(403)
  })

  it('sees nothing of what others sent: it is as if it were not there', async () => {
    const seen = await sendFile(administrator, aFileOfReferrals(1, 'H'))
    const parcel = actionIn(seen.html, '/trials').replace('/trials', '')
    const nothing = '/imports/parcels/00000000-0000-4000-8000-000000000000'

    for (const member of [app.cast.providerManager, app.cast.managerElsewhere]) {
      const other = await app.as(member)
      const [foreign, missing] = [await other.open(parcel), await other.open(nothing)]
      expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    }
  })

  it('finds every column and an empty file with all headings', async () => {
    const help = await administrator.open('/imports/referrals/columns')
    const template = await administrator.open('/imports/referrals/referrals/template.csv')

    expect(help.text).toContain('Date of birth Needed. A day, the day first')
    expect(template.html.split('\r\n')[0]).toMatch(/^\uFEFF?Reference,First name,Last name,/)
    expect((await sendFile(administrator, `${template.html}`)).text).toContain('has headings and no rows below them')
  })
})
