import { getDocumentProxy } from 'unpdf'
import { pdfForm } from '#platform/documents/pdf-form.ts'
import { plainForm } from '#platform/documents/rules.ts'
import { wordForm } from '#platform/documents/word-form.ts'
import { asked, formOf } from '#exchange/mailbox/referral-form/rules.ts'

/** What somebody writes into the form, by the names of what is asked. */
export type Filling = Readonly<Record<string, string>>

/** Somebody whom a practice refers, as it writes them down. */
export const usualFilling: Filling = {
  ...{ givenName: 'Robin', familyName: 'Quillfeather', bornOn: '14/03/1981', nhsNumber: '999 000 0042' },
  ...{ phone: '01632 960002', postcode: 'LS1 4AP', safe: 'Call, text', agreement: 'Yes' },
  ...{ reason: 'Wants to keep her job.\nThe lifting is hard.', workStatus: 'Employed, but off sick', fitNote: 'Yes' },
  ...{ fitNoteEndsOn: '30 January 2026', referrerOrganisation: 'Park Surgery', odsCode: 'A81001' },
  ...{ referrerName: 'Dr Jo Bright', theirReference: 'PS/1234', feedback: 'That it arrived, and how it goes on' },
  receivedOn: '02/01/2026',
}

const area = { name: 'North', address: 'refer@north.example', phone: '01632 960001' }

const form = (filling: Filling) => {
  const blank = formOf(area)
  const parts = blank.parts.map(({ heading, blanks }) => ({
    ...{ heading, blanks: blanks.map((one) => ({ ...one, value: filling[one.name] ?? '' })) },
  }))
  return { ...blank, parts }
}

/** The form in Word, as a records system fills it in. */
export const filledInWord = (filling: Filling) => wordForm(form(filling))

/** The form as plain text. */
export const filledInText = (filling: Filling) => Buffer.from(plainForm(form(filling)))

/** The PDF form, filled in on a screen by a program that is not ours. */
export async function filledInPdf(filling: Filling): Promise<Buffer> {
  const pdf = await getDocumentProxy(new Uint8Array(await pdfForm(formOf(area))), { verbosity: 0 })
  const fields = (await pdf.getFieldObjects()) ?? {}
  for (const { name } of asked) {
    const [field] = fields[name] ?? []
    if (field && typeof field === 'object' && 'id' in field && filling[name] !== undefined)
      pdf.annotationStorage.setValue(String(field.id), { value: filling[name] })
  }
  return Buffer.from(await pdf.saveDocument())
}
