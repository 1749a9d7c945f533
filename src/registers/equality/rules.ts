const declined = { label: 'Prefer not to say' }
const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' }, 'not-said': declined } as const

/** The sexes of the Census 2021 question. */
const sexes = { female: { label: 'Female' }, male: { label: 'Male' }, 'not-said': declined } as const

/** NHS Data Dictionary, Gender Identity Code (June 2026). What was not asked is not stored. */
const genders = {
  '1': { label: 'Male (including trans man)' },
  '2': { label: 'Female (including trans woman)' },
  '3': { label: 'Non-binary' },
  '4': { label: 'Other (not listed)' },
  Z: declined,
} as const

/** NHS Data Dictionary, Ethnic Category (16+1, from the 2001 census). What was not asked is not stored. */
const ethnicities = {
  A: { label: 'White: British' },
  B: { label: 'White: Irish' },
  C: { label: 'White: any other White background' },
  D: { label: 'Mixed: White and Black Caribbean' },
  E: { label: 'Mixed: White and Black African' },
  F: { label: 'Mixed: White and Asian' },
  G: { label: 'Mixed: any other mixed background' },
  H: { label: 'Asian or Asian British: Indian' },
  J: { label: 'Asian or Asian British: Pakistani' },
  K: { label: 'Asian or Asian British: Bangladeshi' },
  L: { label: 'Asian or Asian British: any other Asian background' },
  M: { label: 'Black or Black British: Caribbean' },
  N: { label: 'Black or Black British: African' },
  P: { label: 'Black or Black British: any other Black background' },
  R: { label: 'Other ethnic groups: Chinese' },
  S: { label: 'Other ethnic groups: any other ethnic group' },
  Z: declined,
} as const

/** Government Statistical Service, harmonised standard on activity restriction. */
const limits = {
  'a-lot': { label: 'Yes, a lot' },
  'a-little': { label: 'Yes, a little' },
  'not-at-all': { label: 'Not at all' },
  'not-said': declined,
} as const

/** The equality questions, each with why it is asked. The two on conditions are the GSS harmonised pair. */
export const questions = {
  sex: { label: 'What is your sex?', why: 'To see whether women and men get the same help.', list: sexes },
  gender: {
    label: 'Which of these describes your gender identity?',
    why: 'To see whether people of every gender find the service and stay with it.',
    list: genders,
  },
  ethnicity: {
    label: 'What is your ethnic group?',
    why: 'To see whether every community in the area is reached and helped as well as others.',
    list: ethnicities,
  },
  disability: {
    label: 'Do you think of yourself as disabled?',
    why: 'To see whether disabled people get what they need from us.',
    list: yesOrNo,
  },
  condition_lasting: {
    label:
      'Do you have a physical or mental health condition or illness lasting or expected to last 12 months or more?',
    why: 'The service is for people with health conditions: this shows whether it reaches them.',
    list: yesOrNo,
  },
  condition_limiting: {
    label: 'Does it make it harder for you to carry out day-to-day activities?',
    why: 'Together with the question before, it is how the Equality Act sees disability. Leave it empty if you have no such condition.',
    list: limits,
  },
  caring: {
    label: 'Do you look after somebody who is ill, disabled or old?',
    why: 'To see whether carers can take part.',
    list: yesOrNo,
  },
  veteran: {
    label: 'Have you served in the UK Armed Forces?',
    why: 'The Armed Forces Covenant asks public services to see that nobody is worse off for having served.',
    list: yesOrNo,
  },
} as const

export type Question = keyof typeof questions

/** Which questions have been answered, without what was said. */
export function answered(row: Readonly<Partial<Record<Question, string | null>>>): Question[] {
  // Checked: the questions are the keys of their own list.
  return (Object.keys(questions) as Question[]).filter((question) => (row[question] ?? null) !== null)
}

/** The answers that were given now: what was left empty stays as it was. */
export function givenNow(form: Readonly<Record<Question, string | null>>): Partial<Record<Question, string>> {
  return Object.fromEntries(answered(form).map((question) => [question, form[question]]))
}
