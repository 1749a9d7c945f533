import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { listOpenOffices } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const open = { 'from-day': '1', 'from-month': '4', 'from-year': '2025' }

async function say(office: string, fields: Fields) {
  const administrator = await app.as(app.cast.administrator)
  const { html } = await administrator.open(`/area/jobcentres/${office}`)
  const version = /name="version" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return administrator.sendAndFollow(`/area/jobcentres/${office}`, { ...open, version, ...fields })
}

const openOn = async (day: string) => {
  const offices = await app.inArea('north', (db) => listOpenOffices(db, 'north', Temporal.PlainDate.from(day)))
  return offices.map(({ name }) => name)
}

/** Sends a list as a browser sends a file. */
async function upload(list: string, fileName = 'jobcentres.csv') {
  const administrator = await app.as(app.cast.administrator)
  const { html } = await administrator.open('/area/jobcentres/upload')
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const part = (name: string, value: string, file = '') =>
    `--edge\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  const fields = Object.entries({ csrf, ...open }).map(([name, value]) => part(name, value))
  const payload = `${fields.join('')}${part('list', list, `; filename="${fileName}"`)}--edge--\r\n`
  const answer = await app.product.fastify.inject({
    ...{ method: 'POST', url: '/area/jobcentres/upload', payload },
    headers: {
      'content-type': 'multipart/form-data; boundary=edge',
      cookie: [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  return { status: answer.statusCode, text: answer.payload }
}

describe('The Jobcentres of an area', () => {
  it('are added one by one, with the days between which they are open', async () => {
    const until = { 'until-day': '1', 'until-month': '2', 'until-year': '2026' }
    const said = await say('new', { name: 'Leeds Park Place', code: 'lds', postcode: 'LS1 4AP', ...until })

    expect(said.text).toContain('Leeds Park Place')
    expect(await openOn('2026-01-31')).toEqual(['Leeds Park Place'])
    expect(await openOn('2026-02-01')).toEqual([])
  })

  it('keep what was said before, with who said it', async () => {
    await say('LDS', { name: 'Leeds Park Place' })
    const seen = await (await app.as(app.cast.administrator)).open('/area/jobcentres/LDS')

    expect(await openOn('2026-02-01')).toEqual(['Leeds Park Place'])
    expect(seen.text).toContain('1 Feb 2026')
    expect(seen.text).toContain(app.cast.administrator.name)
  })

  it('come from a list; what cannot be read is named with its line', async () => {
    const sent = await upload('Name,Code,Postcode\nYork,YRK,YO1 9UX\nHull,HUL,nowhere\n')

    expect(sent.text).toContain('1 kept, 1 not taken')
    expect(sent.text).toContain('Line 3: “nowhere” is not a postcode.')
    expect(await openOn('2026-01-05')).toEqual(['Leeds Park Place', 'York'])
  })

  it('are not said twice by the same list', async () => {
    await upload('Name,Code,Postcode\nYork,YRK,YO1 9UX\n')
    const { rows } = await app.owner.query(`select from jobcentres.office where code = 'YRK'`)

    expect(rows).toHaveLength(1)
  })

  it('are refused from a file that is no list', async () => {
    const said = async (list: string, name?: string) => (await upload(list, name)).text
    expect(await said('PK\u0000\u0001', 'jobcentres.xlsx')).toContain(
      'jobcentres.xlsx is a spreadsheet: open it and save',
    )
    expect(await said('MZ\u0090\u0000\u0003', 'setup.exe')).toContain('setup.exe is not a file of text')
    expect(await said('\u0089PNG\r\n\u001a\n\u0000\u0000', 'photo.png')).toContain('photo.png is not a file of text')
    expect(await said(`Name${',Name'.repeat(150_000)}\nYork\n`)).toContain('has more than 100 columns')
    expect(await said(`Name\n${'York\n'.repeat(6000)}`)).toContain('has more than 5000 lines: send it in several parts')
    expect(await said('', 'none.csv')).toContain('none.csv is empty')
    expect(await said('', '')).toContain('Choose a list of Jobcentres saved as CSV')
    expect((await upload('%PDF-1.7 a letter')).text).toContain('one of them must be “Name”')
    expect((await upload('')).status).toBe(422)
  })

  it('are each area’s own', async () => {
    const elsewhere = await app.as(app.cast.managerElsewhere)

    expect((await elsewhere.open('/area/jobcentres')).text).not.toContain('York')
    expect((await elsewhere.open('/area/jobcentres/YRK')).status).toBe(404)
  })
})
