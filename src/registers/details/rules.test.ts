import { describe, expect, it } from 'vitest'
import { changedAnswers, changeInWords, homeProblems, isReviewDue, nameProblems } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-01-05')

describe('Who somebody is', () => {
  it('has a date of birth in the past', () => {
    expect(nameProblems({ bornOn: today, nhsNumber: null }, today)).toEqual([
      { field: 'bornOn', message: 'Date of birth must be in the past' },
    ])
    expect(nameProblems({ bornOn: day('2026-01-04'), nhsNumber: null }, today)).toEqual([])
  })

  it('may be without an NHS number, but not with a wrong one', () => {
    expect(nameProblems({ bornOn: day('1980-01-01'), nhsNumber: '900 000 0008' }, today)).toHaveLength(1)
    expect(nameProblems({ bornOn: day('1980-01-01'), nhsNumber: '900 000 0009' }, today)).toEqual([])
  })
})

describe('Where somebody lives', () => {
  it('has a whole postcode or none', () => {
    expect(homeProblems({ postcode: 'LS1', gpPracticeCode: null })).toHaveLength(1)
    expect(homeProblems({ postcode: 'ls1 4ap', gpPracticeCode: null })).toEqual([])
    expect(homeProblems({ postcode: null, gpPracticeCode: 'Surgery' })).toHaveLength(1)
  })
})

describe('What somebody needs to take part', () => {
  const needs = { access_needs: ['easy-read'], access_note: null }

  it('is asked again on the day a year after it was asked', () => {
    expect(isReviewDue({ ...needs, access_reviewed_on: day('2025-01-06') }, today)).toBe(false)
    expect(isReviewDue({ ...needs, access_reviewed_on: day('2025-01-05') }, today)).toBe(true)
  })

  it('is asked where it came with a referral and nobody has asked since', () => {
    expect(isReviewDue({ ...needs, access_reviewed_on: null }, today)).toBe(true)
    expect(isReviewDue({ access_needs: [], access_note: null, access_reviewed_on: null }, today)).toBe(false)
  })
})

describe('A change', () => {
  it('names the answers that differ, whatever the order of what was ticked', () => {
    const record = { given_name: 'Sam', pronouns: null, access_needs: ['bsl', 'audio'] }

    expect(
      changedAnswers(record, { given_name: 'Sam', pronouns: 'they/them', access_needs: ['audio', 'bsl'] }),
    ).toEqual(['pronouns'])
  })

  it('is told by the names of the answers alone', () => {
    const at = Temporal.Instant.from('2026-01-05T10:00:00Z')

    expect(
      changeInWords({
        id: '1',
        what: 'details.changed',
        at,
        by: null,
        part: 'names',
        fields: ['pronouns', 'nhs_number'],
      }),
    ).toBe('Details changed: who they are (pronouns, nhs number)')
  })
})
