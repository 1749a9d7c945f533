import { describe, expect, it } from 'vitest'
import { answerEntry, employerEntries, goalEntry } from './rules.ts'

const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
const answer = {
  id: 'a',
  instrument: 'wsas',
  answered_at: at,
  items: {},
  score: 24,
  band: 'above 20',
  by: null,
  takenBack: null,
}

describe('A copy of a record', () => {
  it('tells a score that was typed in from paper', () => {
    expect(answerEntry(answer)).toMatchObject({
      what: 'WSAS (work and social adjustment)',
      text: ['Score: 24 (above 20)'],
    })
  })

  it('tells answers in the words they were asked in, also of a questionnaire under a licence', () => {
    const asked = { code: 'wsas', label: 'WSAS', version: 1, canonical: 'x|1', lede: '', source: 'Made up' }
    const items = { work: { text: 'A made-up question', answers: { '3': { label: 'Quite', value: 3 } } } }

    expect(answerEntry({ ...answer, items: { work: '3' }, score: null }, { ...asked, items }).text).toEqual([
      'A made-up question: Quite',
    ])
  })

  it('tells what five levels of a goal were to look like, and where it was said to stand', () => {
    const words = { much_less: 'No work', less: 'One day', expected: 'Two', more: 'Three', much_more: 'Five' }
    const scale = { id: 's', goal: 'g', number: 1, weight: 1, baseline: -1, words, setAt: at, by: null }
    const on = Temporal.PlainDate.from('2026-02-05')
    const rating = { id: 'r', goal: 'g', scale: 's', level: 1, on, ratedBy: 'together', by: null } as const
    const goal = { id: 'g', words: 'Work again', whose: 'person', target_on: null, version: 1, actions: [] } as const

    expect(goalEntry(goal, { scales: [scale], ratings: [rating] }).text).toEqual([
      'Much less than hoped: No work',
      ...['Less than hoped: One day', 'As hoped: Two', 'More than hoped: Three', 'Much more than hoped: Five'],
      ...['When the levels were set: less than hoped', 'On 5 February 2026: more than hoped'],
    ])
  })

  it('tells whom we talk to at their work, and what was written down to be said there', () => {
    const jo = {
      organisation: 'Hillside',
      site: null,
      contact: 'Jo Ray',
      part: 'hr',
      email: null,
      phone: '01632 960001',
      postal: null,
    }
    const endedOn = Temporal.PlainDate.from('2026-02-05')
    const workplaces = [{ ...jo, part: 'hr' as const, id: 'w', endedOn, at, by: 'Carol' }]
    const sentences = [{ id: 's', kind: 'helps' as const, words: 'A break each hour', at, by: 'Carol' }]

    expect(employerEntries({ workplaces, sentences })).toMatchObject([
      {
        what: 'Jo Ray, Hillside',
        text: ['Human resources (HR)', '01632 960001', 'Nobody talks to them since 5 February 2026'],
      },
      { what: 'What helps', text: ['A break each hour'] },
    ])
  })
})
