import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '#platform/documents/reading.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { asked } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({
    WORKWELL_MAILBOXES: JSON.stringify({ north: { address: 'refer@north.example', folder: '/tmp/none' } }),
  })
})
afterAll(() => app.close())

async function download(path: string, member: 'coach' | 'administrator' = 'coach') {
  const seen = await (await app.as(app.cast[member])).open(`/area/referral-form/${path}`)
  return { ...seen, file: Buffer.from(seen.html, 'latin1') }
}

describe('The form for practices', () => {
  it('says where forms are read from where a folder stands for the mailbox', async () => {
    const page = await (await app.as(app.cast.managerElsewhere)).open('/area/referral-form')

    expect(page.text).toContain('forms are read from the folder mailbox/south')
    expect(page.text).not.toContain('No mailbox is set up')
  })

  it('is there for every member who works with referrals, with where it is sent', async () => {
    const coach = await (await app.as(app.cast.coach)).open('/area/referral-form')
    const referrer = await (await app.as(app.cast.referrer)).open('/area/referral-form')
    const text = await download('blank/txt')

    expect(coach.text).toContain('Filled-in forms come to refer@north.example')
    expect(coach.html).not.toContain('href="/area/referral-form/systmone"')
    expect(referrer.status).toBe(403)
    expect(text.html).toContain('Attach this form to an email to refer@north.example.')
    expect(text.headers['content-disposition']).toContain('attachment')
  })

  it('is a PDF whose every field says what it asks to whoever does not see it', async () => {
    const { pdfForm } = await import('#platform/documents/pdf-form.ts')
    const { formOf } = await import('./rules.ts')
    const { getDocumentProxy } = await import('unpdf')
    const file = await pdfForm(formOf({ name: 'North', address: null, phone: null }))
    const pdf = await getDocumentProxy(new Uint8Array(file), { verbosity: 0 })
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)))
    const boxes = (await Promise.all(pages.map((page) => page.getAnnotations()))).flat()
    const trees = await Promise.all(pages.map((page) => page.getStructTree()))
    const tags = JSON.stringify(trees)

    expect(boxes.map(({ fieldName }: { fieldName: string }) => fieldName)).toEqual(asked.map(({ name }) => name))
    for (const [at, { label }] of asked.entries()) expect(boxes[at].alternativeText).toContain(label)
    expect(tags.match(/"role":"Form"/g)?.length).toBe(asked.length)
    for (const role of ['H1', 'H2', 'P']) expect(tags).toContain(`"role":"${role}"`)
    expect((await pdf.getMarkInfo())?.Marked).toBe(true)
  })

  it('gets the merge fields of a records system from those who look after the area', async () => {
    const administrator = await app.as(app.cast.administrator)
    const page = await administrator.open('/area/referral-form/systmone')
    const coach = await (await app.as(app.cast.coach)).open('/area/referral-form/systmone')
    const saved = await administrator.sendAndFollow('/area/referral-form/systmone', {
      ...{ version: '0', familyName: '<Surname>', givenName: 'MERGEFIELD Given_Name' },
    })
    const text = await download('systmone/txt')
    const word = await readDocument('word', Buffer.from(await wordOf('systmone')))

    expect([page.status, coach.status]).toEqual([200, 403])
    expect(saved.text).toContain('Saved. The form has these merge fields from now on.')
    expect(saved.text).toContain('2 of')
    expect(text.html).toContain('Last name: <Surname>')
    expect(word).toMatchObject({ ok: true, words: { text: /Last name:\s+<Surname>/ } })
    expect((await download('emis-web/txt')).html).not.toContain('<Surname>')
  })

  it('is not there for a records system or a format that nobody knows', async () => {
    for (const path of ['blank/exe', 'other/docx', 'other']) {
      const seen = await (await app.as(app.cast.administrator)).open(`/area/referral-form/${path}`)
      expect(seen.status).toBe(404)
    }
  })
})

/** The bytes of a Word form, as they leave the product. */
async function wordOf(system: string): Promise<Buffer> {
  const { wordForm } = await import('#platform/documents/word-form.ts')
  const { formOf } = await import('./rules.ts')
  const { rows } = await app.owner.query('select codes from referral_form.codes where system = $1', [system])
  return wordForm(formOf({ name: 'North', address: null, phone: null, codes: rows[0].codes }))
}
