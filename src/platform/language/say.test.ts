import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { catalogueIn, digestOf } from './catalogues.ts'
import { type Language, languages, translated } from './rules.ts'
import { sayIn } from './say.ts'

type Parsed = ReturnType<IntlMessageFormat['getAst']>

/** Every value and every plural in a text, whatever it is nested in. */
function partsIn(parsed: Parsed): { places: string[]; plurals: string[][] } {
  const places = parsed.flatMap((part) => ('value' in part && Number(part.type) !== 0 ? [part.value] : []))
  const plurals = parsed.flatMap((part) => ('options' in part && 'offset' in part ? [Object.keys(part.options)] : []))
  return { places, plurals }
}

const parsed = (text: string, code: Language) =>
  partsIn(new IntlMessageFormat(text, languages[code].locale, undefined, { ignoreTag: true }).getAst())
const placesIn = (text: string, code: Language) => [...new Set(parsed(text, code).places)].toSorted()
const catalogues = translated.map((code) => [code, catalogueIn(code)] as const)
const english = Object.keys(catalogues[0]?.[1].messages ?? {}).toSorted()

describe('A language', () => {
  it.each(catalogues)('%s says everything that the others say', (_code, { messages }) => {
    expect(Object.keys(messages).toSorted()).toEqual(english)
  })

  it.each([
    [
      'pl',
      /(?<!\p{L})(Tw[oó]j\p{L}*|Twoi\p{L}*|Ci|Cię|Ciebie|Tobie|Tobą|[Mm]ożesz|[Mm]usisz|\p{L}*chcesz|masz|jesteś|\p{L}*czekasz|potrzebujesz|korzystasz|zmienisz|zrezygnujesz|przeczytasz|[Ww]idzisz|wyrażasz)(?!\p{L})/u,
    ],
    ['cy', /(?<!\p{L})([Tt]i|[Dd]y|[Rr]wyt|gennyt|gelli|byddi|wnei)(?!\p{L})/u],
    ['ur', /(?<!\p{L})(تم|تمہیں|تمہارا|تمہاری|تمہارے|تو نے|تیرا)(?!\p{L})/u],
  ] as const)('%s speaks to people in one form of address, the polite one', (code, familiar) => {
    const said = Object.values(catalogueIn(code).messages)

    expect(said.length).toBeGreaterThan(1000)
    expect(said.filter((text) => familiar.test(text))).toEqual([])
  })

  it.each(catalogues)('%s keeps every value where the English has one', (code, { messages }) => {
    for (const [text, translation] of Object.entries(messages)) {
      expect([text, placesIn(translation, code)]).toEqual([text, placesIn(text, 'en')])
      expect(() =>
        sayIn(code).parts(text, Object.fromEntries(placesIn(text, 'en').map((name) => [name, 1]))),
      ).not.toThrow()
    }
  })

  it.each(catalogues)('%s has every plural form that its grammar knows', (code, { messages }) => {
    const known = new Intl.PluralRules(languages[code].locale).resolvedOptions().pluralCategories.toSorted()
    // A number of its own, as for none, may stand beside the forms.
    const formsOf = (options: readonly string[]) => options.filter((one) => !one.startsWith('=')).toSorted()
    const plurals = Object.entries(messages).flatMap(([text, translation]) =>
      parsed(text, 'en').plurals.length === 0 ? [] : [parsed(translation, code).plurals.map(formsOf)],
    )

    expect(plurals.length).toBeGreaterThan(0)
    for (const forms of plurals) expect(forms).toEqual([known])
  })

  it('says a day, and what is near, in its own words', () => {
    const today = Temporal.PlainDate.from('2026-01-05')

    expect(sayIn('en').day(today)).toBe('5 January 2026')
    expect(sayIn('pl').day(today)).toBe('5 stycznia 2026')
    expect(sayIn('cy').dayInWords(today.add({ days: 1 }), today)).toBe('yfory')
    expect(sayIn('ar').day(today)).toContain('2026')
    expect(sayIn('en').dayInWords(today.add({ days: 2 }), today)).toBe('Wednesday 7 January 2026')
  })

  it('calls a coach by one word, also in Arabic', () => {
    const { messages } = catalogueIn('ar')
    const others = Object.entries(messages).filter(([, said]) => /مدرّ?ب(?!ة)/.test(said))

    expect(others).toEqual([])
    expect(messages['Ask your coach to go through them with you. You can have an interpreter for this.']).toMatch(
      /مرشدك/,
    )
  })

  it('puts the comma of its own script between a day and a time', () => {
    expect((['en', 'pl', 'ur', 'ar'] as const).map((code) => sayIn(code).comma)).toEqual([',', ',', '،', '،'])
  })

  it('counts by its own plural rules', () => {
    const text = '{n, plural, one {# message} other {# messages}}'

    expect([1, 2].map((n) => sayIn('en')(text, { n }))).toEqual(['1 message', '2 messages'])
  })

  it('hands every form of a count to script that counts', () => {
    const text = '{n, plural, one {You have # character remaining} other {You have # characters remaining}}'
    const forms = (code: Language): unknown => JSON.parse(sayIn(code).forms(text))

    expect(forms('en')).toEqual({ one: 'You have # character remaining', other: 'You have # characters remaining' })
    expect(forms('pl')).toMatchObject({ one: 'Pozostał # znak', few: 'Pozostały # znaki', many: 'Pozostało # znaków' })
    expect(forms('ar')).toMatchObject({ two: 'بقي حرفان', few: 'بقيت # أحرف', many: 'بقي # حرفًا' })
    expect(Object.keys(forms('cy') as object)).toHaveLength(6)
  })

  it('keeps a name or a reference together among words written from the right', () => {
    expect(sayIn('ar')('Your reference is {reference}', { reference: 'WW-1' })).toContain('\u2068WW-1\u2069')
    expect(sayIn('pl')('Your reference is {reference}', { reference: 'WW-1' })).not.toContain('\u2068')
  })

  it('says in English what nobody has translated', () => {
    expect(sayIn('pl')('A sentence that nobody has translated')).toBe('A sentence that nobody has translated')
  })

  it('is signed for the very texts it holds, or it is a draft', () => {
    expect(digestOf({ a: 'x', b: 'y' })).toBe(digestOf({ b: 'y', a: 'x' }))
    expect(digestOf({ a: 'x', b: 'y' })).not.toBe(digestOf({ a: 'x', b: 'z' }))
  })
})
