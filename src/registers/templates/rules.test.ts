import { describe, expect, it } from 'vitest'
import { sayIn } from '#platform/language/say.ts'
import { fillIn, lengthOf, type Template, wordsIn, wordsProblems } from './rules.ts'

const template: Template = {
  ...{ code: 'visit', kind: 'visit.told', title: 'A visit', when: 'At once.' },
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    day: { label: 'The day', example: Temporal.PlainDate.from('2026-03-03'), needed: 'nobody can come without it' },
    phone: { label: 'The number', example: '01632 960001' },
  },
  own: { subject: 'A visit', body: 'We come on {day}. If that is wrong, ring {phone}.' },
}
const facts = { day: Temporal.PlainDate.from('2026-03-03'), phone: null }
const own = (body: string | null, version: number) => ({ language: 'pl', format: 'text', version, subject: null, body })
const problems = (body: string) => wordsProblems(template, { subject: null, body }).map(({ message }) => message)

describe('The words of a message', () => {
  it('leave out a sentence whose fact is not known, and no other', () => {
    expect(fillIn(template.own, facts, sayIn('en')).body).toBe('We come on Tuesday 3 March 2026.')
    expect(fillIn(template.own, { ...facts, phone: '01632 960002' }, sayIn('en')).body).toContain('ring 01632 960002.')
  })

  it('say a day and our own phrases in the language of the message', () => {
    const said = { ...facts, phone: { say: 'at {place}', with: { place: 'home' } } }

    expect(fillIn(template.own, said, sayIn('pl')).body).toContain('3 marca 2026')
    expect(fillIn(template.own, said, sayIn('en')).body).toContain('ring at home.')
  })

  it('put facts in as they are, whatever braces they hold', () => {
    expect(fillIn(template.own, { day: 'a {phone} day', phone: '1' }, sayIn('en')).body).toBe(
      'We come on a {phone} day. If that is wrong, ring 1.',
    )
  })

  it('refuse a fact there is none of, and ask for one that has to be there', () => {
    expect(problems('We come on {day} to {place}.')).toEqual([
      'This message has no fact called {place}. It has {day}, {phone}',
    ])
    expect(problems('We come soon.')).toEqual(['Put {day} into the words: nobody can come without it'])
    expect(problems('We come on {day}, {phone.')).toEqual([
      'A curly bracket stands alone. Write the name of a fact between two: {…}',
    ])
    expect(problems('We come on {day}.')).toEqual([])
  })

  it.each(['Your health coach', 'Twoje zdrowie', 'Eich iechyd', 'صحتك النفسية', 'آپ کی صحت'])(
    'may not tell whoever reads over a shoulder what it is about: %s',
    (words) => {
      expect(problems(`${words} {day}`)[0]).toMatch(/^Take out “/)
      expect(wordsProblems({ ...template, to: 'referrer' }, { subject: null, body: `${words} {day}` })).toEqual([])
    },
  )

  it('are the area’s newest, and the product’s own again once it went back', () => {
    const asked = { template, language: 'pl', format: 'text' } as const
    const translated = (text: string) => `pl ${text}`

    expect(wordsIn({ ...asked, own: [own('Stare', 2), own('Nowe', 3)] }, translated)).toMatchObject({
      ...{ body: 'Nowe', version: 3 },
    })
    expect(wordsIn({ ...asked, own: [own('Stare', 2), own(null, 3)] }, translated)).toMatchObject({ version: 1 })
    expect(wordsIn({ ...asked, own: [] }, () => undefined)).toBeUndefined()
  })
})

describe('A text message', () => {
  it.each([
    ['a'.repeat(160), 160, 1],
    ['a'.repeat(161), 161, 2],
    ['a'.repeat(306), 306, 2],
    ['€'.repeat(80), 80, 1],
    ['€'.repeat(81), 81, 2],
    ['é'.repeat(160), 160, 1],
    ['ż'.repeat(70), 70, 1],
    ['ż'.repeat(71), 71, 2],
    ['ع'.repeat(134), 134, 2],
    ['ع'.repeat(135), 135, 3],
    ['🙂'.repeat(35), 35, 1],
    ['🙂'.repeat(36), 36, 2],
  ])('is counted as phone companies do', (body, characters, parts) => {
    expect(lengthOf(body)).toMatchObject({ characters, parts })
  })

  it('says which letters make it longer', () => {
    expect(lengthOf('Café, don’t ż').rare).toEqual(['’', 'ż'])
  })
})
