import { ageOn, longDay, weeksBetween } from '#platform/dates.ts'
import {
  belongs,
  inEngland,
  type Belongs,
  type Met,
  type PlaceFacts,
  yesNo,
  yesNoUnsure,
} from '#journey/belonging/rules.ts'
import { type WorkStatus, workStatuses } from '#journey/referral/rules.ts'
import {
  agesInWords,
  type AreaRules,
  type Exclusion,
  inWork,
  type RulesInForce,
  workSituations,
} from '#journey/eligibility/rules.ts'

/** What somebody may have to be asked so that the rules can be applied. */
export const questions = {
  condition: {
    label: 'Do they have a health condition or disability that affects their work?',
    hint: 'Yes or no is enough. Do not ask for a diagnosis.',
    list: yesNo,
  },
  'right-to-work': {
    label: 'Are they allowed to work in the UK?',
    hint: 'Only ask. Never ask for proof.',
    list: yesNoUnsure,
  },
  'work-status': { label: 'How do they stand to work?', hint: 'Benefits make no difference.', list: workSituations },
  'work-ended-on': { label: 'When did their last job end?', hint: 'For example 27 3 2026' },
  council: { label: 'Which council do they live in?', hint: 'Their postcode alone does not say it' },
  practice: { label: 'Is their GP practice in the area?', hint: '', list: yesNoUnsure },
  jobcentre: { label: 'Is their Jobcentre in the area?', hint: 'No, if they do not go to one', list: yesNoUnsure },
  'complex-need': {
    label: 'Do they need more, or longer, support than we can give?',
    hint: 'Your own judgement from what was said',
    list: yesNoUnsure,
  },
  'connect-to-work': { label: 'Are they already on Connect to Work?', hint: '', list: yesNoUnsure },
  'employer-size': { label: 'About how many people work for their employer?', hint: '' },
  'occupational-health': { label: 'Does their employer offer occupational health?', hint: '', list: yesNoUnsure },
} as const

export type Question = keyof typeof questions

/** Said of somebody who has not had a job. */
export const never = 'never'

/** What is known of somebody, as it was on the day they were referred. */
export type Facts = Readonly<{
  bornOn: Temporal.PlainDate
  receivedOn: Temporal.PlainDate
  workStatus: WorkStatus | null
  place: PlaceFacts
  answers: Readonly<Partial<Record<Question, string>>>
}>

export const ruleNames = {
  age: { label: 'Age' },
  place: { label: 'Place' },
  england: { label: 'England' },
  'right-to-work': { label: 'Allowed to work' },
  condition: { label: 'Health that affects work' },
  work: { label: 'Work' },
  weeks: { label: 'Weeks out of work' },
  'complex-need': { label: 'Needs that we can meet' },
  'long-term-unemployed': { label: 'Out of work for long' },
  'connect-to-work': { label: 'Connect to Work' },
  employer: { label: 'Size of employer' },
  'occupational-health': { label: 'Occupational health' },
} as const

export type RuleName = keyof typeof ruleNames

/** What one rule says of somebody, why, and what to ask where that is not known. */
export type Finding = Omit<Belongs, 'ask'> & Readonly<{ rule: RuleName; ask: readonly Question[] }>

/** Every rule in force held against what is known, in the order in which one would explain it. */
export function findingsOf(facts: Facts, { rules, where }: RulesInForce, on: Temporal.PlainDate): Finding[] {
  const asked = (needed: boolean, finding: () => Finding) => (needed ? [finding()] : [])
  const known = { ...facts.place, answers: facts.answers }
  const place = belongs(known, rules.places)
  return [
    ...asked(rules.minAge !== null || rules.maxAge !== null, () => ageFinding(facts, rules, where, on)),
    { rule: 'place', ...place },
    ...asked(rules.england, () => ({ rule: 'england', ...inEngland(known, place) })),
    ...asked(rules.rightToWork, () => saidFinding(facts, 'right-to-work')),
    ...asked(rules.condition, () => saidFinding(facts, 'condition')),
    ...asked(rules.work.length < Object.keys(workSituations).length, () => workFinding(facts, rules)),
    ...asked(rules.weeksOutOfWork !== null, () => weeksFinding(facts, rules.weeksOutOfWork ?? 0, 'weeks')),
    ...rules.excluded.map((one) => exclusionFinding(facts, one)),
    ...asked(rules.employerUnder !== null, () => employerFinding(facts, rules.employerUnder ?? 0)),
    ...asked(rules.withoutOccupationalHealth, () =>
      ofEmployer(facts, 'occupational-health', () => saidFinding(facts, 'occupational-health')),
    ),
  ]
}

function found(rule: RuleName, met: Met, why: string, ask: readonly Question[] = []): Finding {
  return { rule, met, why, ask }
}

/** Their age counts on the day they were referred or today, whichever is better for them: waiting harms nobody. */
function ageFinding({ bornOn, receivedOn }: Facts, rules: AreaRules, where: string, on: Temporal.PlainDate): Finding {
  const now = ageOn(bornOn, on)
  const [youngest, oldest] = [rules.minAge ?? 0, rules.maxAge ?? 200]
  const words = `${where === 'this area' ? 'We' : `In ${where} we`} support people aged ${agesInWords(rules)?.toLowerCase()}`
  const fits = [ageOn(bornOn, receivedOn), now].some((age) => age >= youngest && age <= oldest)
  if (fits) return found('age', 'met', `They are ${now}. ${words}.`)
  const birthday =
    now === youngest - 1 ? `, and they turn ${youngest} on ${longDay(bornOn.add({ years: youngest }))}` : ''
  return found('age', 'not-met', `They are ${now}. ${words}${birthday}.`)
}

// What a yes or a no means, and what is said while nobody has asked.
const said = {
  'right-to-work': {
    good: 'yes',
    met: 'They are allowed to work in the UK, as they told us.',
    not: 'They told us that they may not work in the UK.',
    open: 'They have not been asked whether they may work in the UK.',
  },
  condition: {
    good: 'yes',
    met: 'Health or a disability affects their work.',
    not: 'No health condition or disability affects their work.',
    open: 'They have not been asked whether health affects their work.',
  },
  'complex-need': {
    good: 'no',
    met: 'We can give the support they need.',
    not: 'They need more, or longer, support than we can give.',
    open: 'Nobody has said yet whether we can give the support they need.',
  },
  'connect-to-work': {
    good: 'no',
    met: 'They are not on Connect to Work.',
    not: 'They are already on Connect to Work.',
    open: 'They have not been asked about Connect to Work.',
  },
  'occupational-health': {
    good: 'no',
    met: 'Their employer offers no occupational health.',
    not: 'Their employer offers occupational health.',
    open: 'We do not know yet whether their employer offers occupational health.',
  },
} as const

function saidFinding({ answers }: Facts, rule: keyof typeof said): Finding {
  const { good, met, not, open } = said[rule]
  const answer = answers[rule]
  if (answer !== 'yes' && answer !== 'no') return found(rule, 'not-known', open, [rule])
  return answer === good ? found(rule, 'met', met) : found(rule, 'not-met', not)
}

function workStatusOf({ answers, workStatus }: Facts): WorkStatus | undefined {
  const told = Object.keys(workStatuses).find((status): status is WorkStatus => status === answers['work-status'])
  const known = told ?? workStatus
  return known === null || known === 'prefer-not-to-say' ? undefined : known
}

const workUnknown = 'We do not know yet how they stand to work.'
const endUnknown = 'We do not know yet when their last job ended.'

function workFinding(facts: Facts, { work }: AreaRules): Finding {
  const status = workStatusOf(facts)
  if (status === undefined) return found('work', 'not-known', workUnknown, ['work-status'])
  const { label } = workStatuses[status]
  if (work.some((one) => one === status)) return found('work', 'met', `${label}.`)
  return found('work', 'not-met', `${label}: we support people in other situations.`)
}

/** Weeks out of work are counted up to the day of the referral. At the limit itself it is too late. */
function weeksFinding(facts: Facts, limit: number, rule: 'weeks' | 'long-term-unemployed'): Finding {
  const status = workStatusOf(facts)
  if (status === undefined) return found(rule, 'not-known', workUnknown, ['work-status', 'work-ended-on'])
  if (inWork.includes(status)) return found(rule, 'met', 'They have a job.')
  const ended = facts.answers['work-ended-on']
  if (ended === never) return found(rule, 'not-known', 'They have not had a job yet, so weeks cannot be counted.')
  if (ended === undefined) return found(rule, 'not-known', endUnknown, ['work-ended-on'])
  const weeks = Math.max(0, weeksBetween(Temporal.PlainDate.from(ended), facts.receivedOn))
  const words = `Out of work for ${weeks} ${weeks === 1 ? 'week' : 'weeks'} on the day they were referred`
  if (weeks < limit) return found(rule, 'met', `${words}, fewer than ${limit}.`)
  return found(rule, 'not-met', `${words}; the limit is fewer than ${limit}.`)
}

// Twelve months or more is what the Office for National Statistics calls long-term.
const longTermWeeks = 52

function exclusionFinding(facts: Facts, rule: Exclusion): Finding {
  return rule === 'long-term-unemployed' ? weeksFinding(facts, longTermWeeks, rule) : saidFinding(facts, rule)
}

const sizeUnknown = 'We do not know yet how large their employer is.'

function employerFinding(facts: Facts, under: number): Finding {
  return ofEmployer(facts, 'employer', () => {
    const size = facts.answers['employer-size']
    if (size === undefined) return found('employer', 'not-known', sizeUnknown, ['employer-size'])
    const words = `Their employer has about ${size} staff; the limit is fewer than ${under}.`
    return found('employer', Number(size) < under ? 'met' : 'not-met', words)
  })
}

function ofEmployer(facts: Facts, rule: RuleName, finding: () => Finding): Finding {
  const status = workStatusOf(facts)
  return status !== undefined && !inWork.includes(status) ? found(rule, 'met', 'They have no employer.') : finding()
}
