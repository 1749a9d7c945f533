import { describe, expect, it } from 'vitest'
import { plainForm } from '#platform/documents/rules.ts'
import { readDocument } from '#platform/documents/reading.ts'
import { filledInPdf, filledInText, filledInWord, usualFilling } from '#test/people/referral-form.ts'
import { answersIn, asked, formOf, isUnmerged } from './rules.ts'

const area = { name: 'North', address: 'refer@north.example', phone: '01632 960001' }

/** A filled-in form read again, whichever way it was made. */
async function readAgain(kind: 'pdf' | 'word' | 'text', file: Buffer) {
  const read = await readDocument(kind, file)
  return read.ok ? answersIn(read.words) : read.why
}

describe('The form that practices refer with', () => {
  it.each(['word', 'pdf', 'text'] as const)('comes back with everything that was filled in: %s', async (kind) => {
    const make = { word: filledInWord, pdf: filledInPdf, text: filledInText }[kind]

    expect(await readAgain(kind, await make(usualFilling))).toEqual(usualFilling)
  })

  it.each(['word', 'pdf', 'text'] as const)('says nothing where nothing was filled in: %s', async (kind) => {
    const make = { word: filledInWord, pdf: filledInPdf, text: filledInText }[kind]

    expect(await readAgain(kind, await make({}))).toEqual({})
  })

  it('has each label once, and none that begins another', () => {
    const labels = asked.map(({ label }) => label.toLowerCase())

    expect(new Set(labels).size).toBe(labels.length)
    expect(labels.filter((one) => labels.some((other) => other !== one && `${other}:`.startsWith(`${one}:`)))).toEqual(
      [],
    )
  })

  it('says where it is sent and whom to call, or to ask', () => {
    expect(plainForm(formOf(area))).toContain('Attach this form to an email to refer@north.example.')
    expect(plainForm(formOf(area))).toContain('call 01632 960001')
    expect(plainForm(formOf({ ...area, address: null }))).toContain('Ask us where to send this form.')
  })

  it('has the merge fields that an area wrote down, and room where it wrote none', () => {
    const text = plainForm(formOf({ ...area, codes: { givenName: '~[Given]', reason: 'never merged' } }))

    expect(text).toContain('First name: ~[Given]\r\n')
    expect(text).toContain('Last name:\r\n')
    expect(text).not.toContain('never merged')
  })
})

describe('What stands on a form that came back', () => {
  it('is read from what a program printed, with hints left out wherever they broke', () => {
    const text = [
      'First name: Robin',
      'Last name: Marsh Safe ways to reach them: none',
      'Safe ways to reach them: Call',
      '(Call, voicemail,',
      'text, email, letter)',
      'Why they are referred: The lifting',
      'First name: is what her colleagues call her.',
      'What would help',
      'Work now: Employed',
    ].join('\n')

    expect(answersIn({ text, fields: {} })).toEqual({
      ...{
        givenName: 'Robin',
        familyName: 'Marsh Safe ways to reach them: none',
        safe: 'Call',
        workStatus: 'Employed',
      },
      reason: 'The lifting\nFirst name: is what her colleagues call her.',
    })
  })

  it('is no form of ours where hardly a label is there', () => {
    expect(answersIn({ text: 'Dear team,\nFirst name: Robin\nPostcode: LS1 4AP', fields: {} })).toBeUndefined()
    expect(answersIn({ text: '', fields: { signature: 'x' } })).toBeUndefined()
  })

  it('is not known where a records system left its merge field standing', () => {
    for (const left of ['~[NHS Number]', '<Patient name>', '«SURNAME»', '{{name}}', '[Full name]'])
      expect(isUnmerged(left)).toBe(true)
    for (const said of ['Robin', 'jo@example.org', 'Robin (Rob)', '<jo@example.org>', "O'Neill [née Marsh] Robin"])
      expect(isUnmerged(said)).toBe(false)
  })
})
