import { describe, expect, it } from 'vitest'
import { aPack, fromFirstToSecond } from '#test/people/pack.ts'
import { packable, readPack } from './rules.ts'

const faults = (file: unknown, code = 'wsas') => {
  const read = readPack(typeof file === 'string' ? file : JSON.stringify(file), code)
  return read.ok ? [] : read.faults
}
const whole = aPack('2', { contained: [fromFirstToSecond] })
const [first, ...rest] = whole.item

describe('A licensed questionnaire', () => {
  it('is taken where nothing is wrong with it, with its map from the version before', () => {
    expect(faults(whole)).toEqual([])
  })

  it('is one whose score is known here and whose wording is not shipped', () => {
    expect(Object.keys(packable)).toContain('who-5')
    expect(Object.keys(packable)).not.toContain('phq-9')
    expect(Object.keys(packable)).not.toContain('wai')
    expect(faults(whole, 'phq-9')).toEqual(['There is no such questionnaire to bring in'])
  })

  it.each([
    ['no JSON', '<Questionnaire/>', 'The file is not JSON: export the questionnaire as FHIR JSON'],
    [
      'another resource',
      { resourceType: 'Patient' },
      'The file is no FHIR Questionnaire: its “resourceType” must be “Questionnaire”',
    ],
    ['a draft', { ...whole, status: 'draft' }, '“status” must be “active”: a draft or a retired version is not asked'],
    [
      'no owner',
      { ...whole, copyright: ' ' },
      '“copyright” is missing: whose wording it is; it is shown below the questions',
    ],
    [
      'no day',
      { ...whole, effectivePeriod: { start: 'May' } },
      '“effectivePeriod” has "May", which is no day like 2026-01-31',
    ],
    ['a question too few', { ...whole, item: rest, contained: [] }, 'The file has 4 questions, and the score needs 5'],
    [
      'a question twice',
      { ...whole, item: [first, first, ...rest.slice(1)], contained: [] },
      'Item “work-2” is there twice: each “linkId” may stand once',
    ],
    [
      'a group',
      { ...whole, item: [{ ...first, type: 'group' }, ...rest] },
      'Item “work-2”: it is a group: list its questions one after the other, without the group',
    ],
    [
      'free text',
      { ...whole, item: [{ ...first, type: 'string' }, ...rest] },
      'Item “work-2”: its “type” is "string", and must be “choice”',
    ],
    ['no words', { ...whole, item: [{ ...first, text: '' }, ...rest] }, 'Item “work-2”: its “text” is missing'],
    [
      'no name',
      { ...whole, item: [{ ...first, linkId: 'a b' }, ...rest], contained: [] },
      'Item “a b”: its “linkId” must be letters, digits, “.”, “-” and “_”',
    ],
    [
      'a condition',
      { ...whole, item: [{ ...first, enableWhen: [] }, ...rest] },
      'Item “work-2”: it is asked only under a condition (“enableWhen”), which is not done here',
    ],
    [
      'one answer',
      { ...whole, item: [{ ...first, answerOption: first?.answerOption.slice(0, 1) }, ...rest] },
      'Item “work-2”: it needs two answers at least (“answerOption” with “valueCoding”)',
    ],
    [
      'no highest answer',
      { ...whole, item: [{ ...first, answerOption: first?.answerOption.slice(0, 8) }, ...rest] },
      'Item “work-2”: its answers must count from 0 to 8 (“ordinalValue”); one that does not apply has none',
    ],
    [
      'a map from nowhere',
      { ...whole, contained: [{ ...fromFirstToSecond, targetCanonical: 'urn:x|9' }] },
      'Map 1: “targetCanonical” must be urn:example:wsas|2, the version of this file',
    ],
    [
      'a map to nothing',
      {
        ...whole,
        contained: [{ ...fromFirstToSecond, group: [{ element: [{ code: 'work-1', target: [{ code: 'gone' }] }] }] }],
      },
      'Map 1: “work-1” leads to “gone”, which this version does not have',
    ],
    [
      'something else inside',
      { ...whole, contained: [{ resourceType: 'ValueSet' }] },
      'Contained resource 1 is no ConceptMap: only maps from earlier versions are taken',
    ],
  ])('with %s is refused, and the sentence names it', (_what, file, sentence) => {
    expect(faults(file)).toContain(sentence)
  })
})
