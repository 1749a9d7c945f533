import type { Typed } from '#platform/form/rules.ts'
import {
  type Answers,
  type BarrierCode,
  barriers,
  type BarrierPart,
  type Given,
  type Marked,
  type Said,
  type TextPart,
  textParts,
} from '#journey/assessment/rules.ts'

const barrierParts = ['work', 'physical', 'psychological', 'social'] as const satisfies readonly BarrierPart[]

/** The fields of the conversation's form, each checked. */
export type Fields = Omit<Answers, 'words'> &
  Readonly<
    Record<`barriers-${BarrierPart}`, readonly BarrierCode[]> &
      Record<`severity-${BarrierCode}`, number | null> &
      Record<`words-${TextPart}`, string | null> &
      Record<`own-${TextPart}`, boolean> & { main: BarrierCode | null }
  >

/** What a form that is right says. */
export function givenOn(form: Fields): Given {
  const ticked = new Set(barrierParts.flatMap((part) => form[`barriers-${part}`]))
  const marked = [...ticked].map((code) => ({ code, severity: form[`severity-${code}`], main: code === form.main }))
  const said = textParts.flatMap((part): [TextPart, Said][] => {
    const text = form[`words-${part}`]
    return text === null ? [] : [[part, { text, own: form[`own-${part}`] }]]
  })
  return { answers: { ...form, words: Object.fromEntries(said) }, marked, main: form.main }
}

const plainFields = [
  ...(['employment_status', 'on_sick_absence', 'contracted_hours', 'hours_now', 'occupation', 'sector'] as const),
  ...(['employer_size', 'oh_access', 'job_risks', 'weeks_out_of_work', 'benefits', 'health'] as const),
]

/** A stored conversation as the fields of its form hold it. */
export function asTyped(answers: Answers, marked: readonly Marked[]): Typed {
  const { words, absent_since: since } = answers
  const codes = plainFields.map((field): [string, string | readonly string[]] => {
    const value = answers[field]
    return [field, typeof value === 'number' ? `${value}` : (value ?? '')]
  })
  const inPart = (part: string) => marked.filter(({ code }) => barriers[code].part === part).map(({ code }) => code)
  return {
    ...Object.fromEntries(codes),
    ...{
      'absent_since-day': `${since?.day ?? ''}`,
      'absent_since-month': `${since?.month ?? ''}`,
      'absent_since-year': `${since?.year ?? ''}`,
    },
    ...Object.fromEntries(
      Object.entries(words).flatMap(([part, { text, own }]): [string, string][] => [
        [`words-${part}`, text],
        [`own-${part}`, own ? 'yes' : ''],
      ]),
    ),
    ...Object.fromEntries(barrierParts.map((part) => [`barriers-${part}`, inPart(part)])),
    ...Object.fromEntries(marked.map(({ code, severity }) => [`severity-${code}`, `${severity ?? ''}`])),
    main: marked.find(({ main }) => main)?.code ?? '',
  }
}

const compared = /^(words|own|barriers|severity)-|^main$|_|^health$|^benefits$/

/** The fields that hold something else on one side than on the other. */
export function differences(stored: Typed, typed: Typed): string[] {
  const fields = Object.keys({ ...stored, ...typed }).filter((field) => compared.test(field))
  return fields.filter((field) => held(stored, field) !== held(typed, field))
}

function held(side: Typed, field: string): string {
  // How much a barrier stands in the way is sent along even when the barrier itself is not ticked.
  const code = /^severity-(.+)$/.exec(field)?.[1]
  if (code && !barrierParts.some((part) => [side[`barriers-${part}`] ?? ''].flat().includes(code))) return ''
  return [side[field] ?? '']
    .flat()
    .map((one) => one.normalize('NFC').trim())
    .filter(Boolean)
    .toSorted()
    .join(' ')
}
