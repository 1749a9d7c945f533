import { describe, expect, it } from 'vitest'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { asTyped, differences } from './pages/typed.tsx'
import {
  addressAfter,
  planDueAfter,
  type Answers,
  barriers,
  employmentStatuses,
  type Given,
  mayAssess,
  problemsWith,
  reasonsNotToFinish,
  workFrom,
} from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const open: Answers = {
  ...{ employment_status: null, on_sick_absence: null, absent_since: null, contracted_hours: null, hours_now: null },
  ...{ occupation: null, sector: null, employer_size: null, oh_access: null, weeks_out_of_work: null },
  ...{ job_risks: [], benefits: [], health: [], words: {} },
}
const given = (answers: Partial<Answers>, more: Partial<Given> = {}): Given => ({
  ...{ answers: { ...open, ...answers }, marked: [], main: null },
  ...more,
})
const fieldsIn = (one: Given) => problemsWith(one, today).map(({ field }) => field)
const pain = { code: 'pain', severity: 7, main: true } as const
const money = { code: 'money', severity: null, main: false } as const

describe('What is typed', () => {
  it('may be left open altogether', () => {
    expect(fieldsIn(given({}))).toEqual([])
  })

  it('cannot have an absence that begins tomorrow', () => {
    expect(fieldsIn(given({ absent_since: today }))).toEqual([])
    expect(fieldsIn(given({ absent_since: today.add({ days: 1 }) }))).toEqual(['absent_since'])
  })

  it('does not mix an answer with preferring not to say', () => {
    expect(fieldsIn(given({ benefits: ['pip', 'not-stated'], health: ['not-stated'] }))).toEqual(['benefits'])
  })

  it('marks the main barrier in its part too', () => {
    expect(fieldsIn(given({}, { main: 'pain' }))).toEqual(['main'])
    expect(fieldsIn(given({}, { main: 'pain', marked: [pain] }))).toEqual([])
  })
})

describe('A conversation is finished', () => {
  const ready = {
    agreed: true,
    stage: 'booked',
    answers: { employment_status: 'employed' },
    marked: [pain, money],
  } as const
  const reasons = (over: Partial<Parameters<typeof reasonsNotToFinish>[0]>) =>
    reasonsNotToFinish({ ...ready, ...over }).map(({ message }) => message)

  it('with agreement, how they stand to work, and one main barrier', () => {
    expect(reasons({})).toEqual([])
  })

  it.each([
    [{ agreed: false }, 'The person has not agreed to take part'],
    [{ answers: { employment_status: null } }, 'Select how they stand to work now'],
    [{ marked: [] }, 'Mark at least one thing that stands in the way'],
    [{ marked: [money] }, 'Choose the one main barrier'],
    [{ marked: [pain, { main: true }] }, 'Choose the one main barrier'],
    [{ stage: 'received' as const }, 'This episode is not open for a first conversation'],
  ])('and not with %o', (over, message) => {
    expect(reasons(over)).toEqual([message])
  })
})

describe('A conversation is held', () => {
  it('from acceptance until support ends', () => {
    // Checked: the keys of the code list are its codes.
    const held = (Object.keys(stages) as Stage[]).filter(mayAssess)
    expect(held).toEqual(['accepted', 'trying', 'booked', 'assessed', 'plan-agreed', 'active', 'waiting'])
  })
})

describe('The code lists', () => {
  it('hold no domestic abuse: that belongs in the safety log', () => {
    expect(Object.values(barriers).filter(({ label }) => /abuse|violence/i.test(label))).toEqual([])
  })

  it('map every status to the NHS Data Dictionary', () => {
    for (const { nhs } of Object.values(employmentStatuses)) expect(nhs).toMatch(/^0[1-8]$/)
  })
})

describe('Two versions of a conversation', () => {
  const stored = asTyped({ ...open, hours_now: 16, words: { heard: { text: 'Wants to go back', own: true } } }, [pain])

  it('are the same when nothing was changed', () => {
    expect(differences(stored, { ...stored, csrf: 'x', next: 'finish', 'severity-money': '4' })).toEqual([])
  })

  it('differ field by field', () => {
    const typed = { ...stored, hours_now: '20', 'words-heard': 'Wants another job', 'barriers-physical': [] }
    expect(differences(stored, typed).toSorted()).toEqual([
      'barriers-physical',
      'hours_now',
      'severity-pain',
      'words-heard',
    ])
  })
})

describe('After a conversation', () => {
  it('a plan is due in five working days', () => {
    const holidays = new Set(['2026-04-03', '2026-04-06'])

    expect(planDueAfter(Temporal.PlainDate.from('2026-04-01'), holidays).on.toString()).toBe('2026-04-10')
  })
})

describe('Whoever saves a conversation', () => {
  it.each([
    ['baseline', '/people/p/questionnaires/baseline?from=assessment'],
    ['phq-9', '/people/p/questionnaires/phq-9?from=assessment'],
    ['wsas', '/people/p/questionnaires/wsas?from=assessment'],
    ['heard', '/episodes/e/assessment#heard'],
    [null, '/episodes/e/assessment'],
  ])('goes on with %s, a questionnaire of the area under a licence as well', (next, address) => {
    expect(addressAfter(next, { episode: 'e', person: 'p' })).toBe(address)
  })
})

describe('What a referral says about work', () => {
  it('is taken over where it says the same, and left open where it could be several things', () => {
    expect(workFrom('off-sick')).toEqual({ status: 'employed', offSick: 'yes' })
    expect(workFrom('employed')).toEqual({ status: 'employed', offSick: 'no' })
    expect(workFrom('zero-hours')).toEqual({ status: 'zero-hours', offSick: undefined })
    expect(workFrom('inactive')).toEqual({ status: undefined, offSick: undefined })
    expect(workFrom('prefer-not-to-say')).toEqual({ status: undefined, offSick: undefined })
  })
})
