import { addWorkingDays, type Holidays, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { suppliedAs } from '#registers/questionnaires/rules.ts'
import { scoringOf } from '#registers/scoring/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'
import type { WorkStatus } from '#journey/referral/rules.ts'

/** How somebody stands to work now: finer than the NHS Data Dictionary's EMPLOYMENT STATUS, and mapped to it. */
export const employmentStatuses = {
  employed: { label: 'Employed', nhs: '01' },
  'zero-hours': { label: 'Employed on a zero-hours contract', nhs: '01' },
  'self-employed': { label: 'Self-employed', nhs: '01' },
  apprentice: { label: 'Apprentice', nhs: '01' },
  unemployed: { label: 'Out of work and looking for work', nhs: '02' },
  student: { label: 'Studying, not looking for work', nhs: '03' },
  'long-term-sick': { label: 'Long-term sick or disabled', nhs: '04' },
  homemaker: { label: 'Looking after home or family', nhs: '05' },
  volunteer: { label: 'Volunteering, unpaid', nhs: '07' },
  retired: { label: 'Retired', nhs: '08' },
  other: { label: 'Out of work for another reason', nhs: '06' },
} as const

export type EmploymentStatus = keyof typeof employmentStatuses

/** How somebody stands to work by what their referral said, so that nobody is asked twice; open where it could be several. */
export function workFrom(said: WorkStatus | null) {
  const offSick = said === 'off-sick' ? 'yes' : said === 'employed' ? 'no' : undefined
  return { status: said === null ? undefined : sameStatus[said], offSick } as const
}

const sameStatus: Readonly<Record<WorkStatus, EmploymentStatus | undefined>> = {
  ...{ employed: 'employed', 'off-sick': 'employed', 'self-employed': 'self-employed', 'zero-hours': 'zero-hours' },
  ...{ apprentice: 'apprentice', unemployed: 'unemployed', inactive: undefined, 'prefer-not-to-say': undefined },
}

export const yesNo = {
  yes: { label: 'Yes' },
  no: { label: 'No' },
  unknown: { label: 'Not known' },
} as const

/** Standard Occupational Classification 2020 (ONS), major groups. */
export const occupations = {
  1: { label: 'Managers, directors and senior officials' },
  2: { label: 'Professional occupations' },
  3: { label: 'Associate professional and technical occupations' },
  4: { label: 'Administrative and secretarial occupations' },
  5: { label: 'Skilled trades occupations' },
  6: { label: 'Caring, leisure and other service occupations' },
  7: { label: 'Sales and customer service occupations' },
  8: { label: 'Process, plant and machine operatives' },
  9: { label: 'Elementary occupations' },
} as const

export const jobRisks = {
  disciplinary: { label: 'Disciplinary or capability procedure' },
  redundancy: { label: 'Redundancy' },
  resigning: { label: 'Thinking of giving the job up' },
  none: { label: 'None of these' },
} as const

/** Benefits by their names on GOV.UK. Never needed, never passed on to anybody who decides about benefits. */
export const benefits = {
  ssp: { label: 'Statutory Sick Pay' },
  uc: { label: 'Universal Credit' },
  'uc-lcw': { label: 'Universal Credit: limited capability for work' },
  'uc-lcwra': { label: 'Universal Credit: limited capability for work-related activity' },
  'ns-esa': { label: 'New Style Employment and Support Allowance' },
  'ns-jsa': { label: 'New Style Jobseeker’s Allowance' },
  pip: { label: 'Personal Independence Payment' },
  carers: { label: 'Carer’s Allowance' },
  hb: { label: 'Housing Benefit' },
  ctr: { label: 'Council Tax Reduction' },
  iidb: { label: 'Industrial Injuries Disablement Benefit' },
  none: { label: 'None' },
  'not-stated': { label: 'Prefer not to say' },
} as const

/** Kinds of health condition: our own wording of the list family the Labour Force Survey uses. No diagnosis is asked. */
export const healthKinds = {
  'arms-hands': { label: 'Arms, shoulders or hands' },
  'legs-feet': { label: 'Legs, hips or feet' },
  'back-neck': { label: 'Back or neck' },
  sight: { label: 'Seeing, also with glasses' },
  hearing: { label: 'Hearing' },
  speech: { label: 'Speaking' },
  skin: { label: 'Skin, allergies or visible difference' },
  breathing: { label: 'Chest or breathing' },
  heart: { label: 'Heart, blood pressure or circulation' },
  digestion: { label: 'Stomach, liver, kidneys or digestion' },
  diabetes: { label: 'Diabetes' },
  'low-mood-anxiety': { label: 'Low mood, depression or anxiety' },
  'mental-other': { label: 'Another mental health condition' },
  epilepsy: { label: 'Epilepsy' },
  learning: { label: 'Learning difficulties or disability' },
  neurodivergent: { label: 'Autism, ADHD or another way of being neurodivergent' },
  progressive: { label: 'Progressive illness, such as cancer or multiple sclerosis' },
  other: { label: 'Another health condition' },
  'not-stated': { label: 'Prefer not to say' },
} as const

/** What can stand in the way, each in its part: our own list. Domestic abuse is not among them: it belongs in the safety log. */
export const barriers = {
  pain: { part: 'physical', label: 'Pain' },
  fatigue: { part: 'physical', label: 'Tiredness or too little energy' },
  moving: { part: 'physical', label: 'Moving, standing, sitting or lifting' },
  senses: { part: 'physical', label: 'Seeing, hearing or speaking' },
  sleep: { part: 'physical', label: 'Sleep' },
  treatment: { part: 'physical', label: 'Waiting for treatment, or its side effects' },
  fluctuating: { part: 'physical', label: 'Good days and bad days that cannot be foreseen' },
  'low-mood': { part: 'psychological', label: 'Low mood' },
  anxiety: { part: 'psychological', label: 'Worry or anxiety' },
  stress: { part: 'psychological', label: 'Stress or feeling overwhelmed' },
  concentration: { part: 'psychological', label: 'Memory or concentration' },
  confidence: { part: 'psychological', label: 'Confidence' },
  past: { part: 'psychological', label: 'Loss, or something that happened in the past' },
  'fear-of-worse': { part: 'psychological', label: 'Fear that work makes it worse' },
  'alcohol-drugs': { part: 'psychological', label: 'Alcohol, drugs or gambling' },
  housing: { part: 'social', label: 'Housing' },
  money: { part: 'social', label: 'Money or debt' },
  caring: { part: 'social', label: 'Caring for children or others' },
  transport: { part: 'social', label: 'Getting there: transport' },
  digital: { part: 'social', label: 'Phone, computer or internet' },
  relationships: { part: 'social', label: 'Relationships or family' },
  isolation: { part: 'social', label: 'Being alone' },
  language: { part: 'social', label: 'English, reading or writing' },
  tasks: { part: 'work', label: 'What the job asks for' },
  hours: { part: 'work', label: 'Hours or shifts' },
  workplace: { part: 'work', label: 'The place or equipment' },
  'people-at-work': { part: 'work', label: 'Line manager or colleagues' },
  'long-absence': { part: 'work', label: 'Having been away for long' },
  'job-at-risk': { part: 'work', label: 'The job is at risk' },
  skills: { part: 'work', label: 'Skills or qualifications' },
  'finding-work': { part: 'work', label: 'Finding or applying for work' },
} as const

export type BarrierCode = keyof typeof barriers
export type BarrierPart = (typeof barriers)[BarrierCode]['part']

// Checked: the keys of the code list are its codes.
export const barrierCodes = Object.keys(barriers) as BarrierCode[]

/** The free texts of a conversation, each with whether they are the person's own words. */
export const texts = {
  work: { label: 'Work, in words' },
  physical: { label: 'Body, in words' },
  psychological: { label: 'Mind, in words' },
  social: { label: 'Situation, in words' },
  matters: { label: 'What matters to them' },
  heard: { label: 'What we heard' },
} as const

export type TextPart = keyof typeof texts

// Checked: the keys of the code list are its codes.
export const textParts = Object.keys(texts) as TextPart[]

export type Said = Readonly<{ text: string; own: boolean }>
export type Words = Readonly<Partial<Record<TextPart, Said>>>

/** Everything asked in a conversation besides the barriers; all of it may be left open until it is finished. */
export type Answers = Readonly<{
  employment_status: EmploymentStatus | null
  on_sick_absence: keyof typeof yesNo | null
  absent_since: Temporal.PlainDate | null
  contracted_hours: number | null
  hours_now: number | null
  occupation: string | null
  sector: string | null
  employer_size: string | null
  oh_access: string | null
  job_risks: readonly string[]
  weeks_out_of_work: number | null
  benefits: readonly string[]
  health: readonly string[]
  words: Words
}>

/** A barrier as it was marked. */
export type Marked = Readonly<{ code: BarrierCode; severity: number | null; main: boolean }>

const standAlone = { job_risks: ['none'], benefits: ['none', 'not-stated'], health: ['not-stated'] } as const
const lists = ['job_risks', 'benefits', 'health'] as const

export type Given = Readonly<{ answers: Answers; marked: readonly Marked[]; main: BarrierCode | null }>

/** What does not go together in the answers, before they are saved. */
export function problemsWith({ answers, marked, main }: Given, today: Temporal.PlainDate): Problem[] {
  const mixed = lists.filter(
    (field) => answers[field].length > 1 && standAlone[field].some((code) => answers[field].includes(code)),
  )
  return [
    ...(answers.absent_since && isBefore(today, answers.absent_since)
      ? [{ field: 'absent_since', message: 'The first day of absence cannot be in the future' }]
      : []),
    ...mixed.map((field) => ({
      field,
      message: '“None” and “Prefer not to say” stand alone: untick them, or the others',
    })),
    ...(main && !marked.some(({ code }) => code === main)
      ? [{ field: 'main', message: `Mark “${barriers[main].label}” in its part too, or choose another main barrier` }]
      : []),
  ]
}

/** Whether a conversation can be held while an episode stands here: from acceptance until support ends. */
export function mayAssess(stage: Stage): boolean {
  return mayTake('assessed', stage) || mayTake('supported', stage)
}

export type Finishing = Readonly<{
  agreed: boolean
  stage: Stage
  answers: Pick<Answers, 'employment_status'>
  marked: readonly Pick<Marked, 'main'>[]
}>

/** Why a conversation cannot be finished yet, in words a coach can act on. Empty when it can. */
export function reasonsNotToFinish({ agreed, stage, answers, marked }: Finishing): Problem[] {
  const mains = marked.filter(({ main }) => main).length
  return [
    ...(agreed ? [] : [{ field: 'work', message: 'The person has not agreed to take part' }]),
    ...(mayAssess(stage) ? [] : [{ field: 'work', message: 'This episode is not open for a first conversation' }]),
    ...(answers.employment_status === null
      ? [{ field: 'employment_status', message: 'Select how they stand to work now' }]
      : []),
    ...(marked.length === 0
      ? [{ field: 'barriers-physical', message: 'Mark at least one thing that stands in the way' }]
      : []),
    ...(marked.length > 0 && mains !== 1 ? [{ field: 'main', message: 'Choose the one main barrier' }] : []),
  ]
}

// Our own default; no source says how soon after the conversation a plan is agreed.
const workingDaysToPlan = 5

/** By when a plan is agreed after a conversation: what is due next once it is finished. */
export function planDueAfter(heldOn: Temporal.PlainDate, holidays: Holidays) {
  return { what: 'plan', on: addWorkingDays(heldOn, workingDaysToPlan, holidays) } as const
}

/** Where somebody goes who has saved: to questions they want to ask, or to the next part of the page. */
export function addressAfter(next: string | null, { episode, person }: Readonly<{ episode: string; person: string }>) {
  // Whatever an area added by a licence of its own is scored by a rule of ours, and known by it.
  const known = suppliedAs(next ?? '') !== undefined || scoringOf(next ?? '') !== undefined
  const isSet = next === 'baseline' || known
  if (isSet) return `/people/${person}/questionnaires/${next}?from=assessment`
  return `/episodes/${episode}/assessment${next && /^[a-z]+$/.test(next) ? `#${next}` : ''}`
}
