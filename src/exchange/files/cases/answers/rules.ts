import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import { type WayOfAgreeing, waysOfAgreeing } from '#registers/permissions/rules.ts'
import { type BarrierCode, barriers, type EmploymentStatus, employmentStatuses } from '#journey/assessment/rules.ts'
import { type EarlyEnd, earlyEnds } from '#journey/episode/rules.ts'
import { type WayTogether, waysTogether } from '#journey/plan/rules.ts'
import { type WaitsFor, waitsFor } from '#journey/support/pause/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'

export const agreeingWords: Spellings<WayOfAgreeing> = {
  list: waysOfAgreeing,
  also: {
    online: ['Online', 'Web'],
    telephone: ['Phone', 'Telephone', 'Verbal', 'Verbally'],
    'in-person': ['Face to face', 'F2F'],
    form: ['Form', 'Paper', 'Signed', 'Written', 'Written consent'],
    referrer: ['Referrer', 'Via referrer'],
  },
}

export const employmentWords: Spellings<EmploymentStatus> = {
  list: employmentStatuses,
  also: {
    employed: ['In work', 'Working', 'Full time', 'Part time', 'Off sick', 'Employed off sick', 'At work'],
    'zero-hours': ['Zero hours', 'Zero hours contract', 'Casual', 'Agency'],
    'self-employed': ['Sole trader', 'Freelance'],
    apprentice: ['Apprenticeship'],
    unemployed: ['Jobseeker', 'Job seeker', 'Looking for work', 'Seeking work'],
    student: ['In education', 'Studying'],
    'long-term-sick': ['Long term sick', 'Disabled', 'Sick or disabled'],
    homemaker: ['Carer', 'Caring'],
    other: ['Inactive', 'Economically inactive', 'Other'],
  },
}

export const obstacleWords: Spellings<BarrierCode> = {
  list: barriers,
  also: {
    fatigue: ['Fatigue', 'Tiredness'],
    moving: ['Mobility', 'MSK', 'Musculoskeletal'],
    'low-mood': ['Depression'],
    anxiety: ['Anxiety', 'Worry'],
    money: ['Debt', 'Money', 'Finances'],
    caring: ['Childcare', 'Caring responsibilities'],
    transport: ['Transport', 'Travel'],
    isolation: ['Isolation', 'Loneliness'],
    language: ['English', 'ESOL', 'Literacy'],
    hours: ['Hours', 'Shifts'],
    'people-at-work': ['Line manager', 'Colleagues', 'Bullying'],
    skills: ['Skills', 'Qualifications', 'Training'],
    'finding-work': ['Job search', 'Finding work'],
  },
}

export const planWords: Spellings<PlanType> = {
  list: planTypes,
  also: {
    'thrive-in-work': ['Thrive', 'Stay in work', 'Retention', 'In work'],
    'return-to-work': ['Return', 'Back to work', 'RTW'],
    'seek-work': ['Seek', 'Find work', 'Job search', 'Out of work'],
  },
}

export const agreedWords: Spellings<WayTogether> = {
  list: waysTogether,
  also: {
    'in-person': ['Face to face', 'F2F'],
    telephone: ['Phone', 'Telephone', 'Call'],
    online: ['Video', 'Teams', 'Email', 'Online'],
  },
}

export const waitingWords: Spellings<WaitsFor> = {
  list: waitsFor,
  also: {
    nhs: ['NHS', 'Treatment', 'Surgery', 'Therapy'],
    employer: ['Employer'],
    council: ['Council'],
    other: ['Other'],
  },
}

export const endWords: Spellings<EarlyEnd> = {
  exactly: true,
  list: earlyEnds,
  also: {
    'not-eligible': ['Ineligible', 'Out of area', 'Does not meet criteria'],
    declined: ['Declined', 'Refused', 'Did not want support'],
    unreachable: ['Unable to contact', 'No contact', 'Could not contact', 'Lost contact', 'Uncontactable'],
    'left-early': ['Left', 'Withdrew', 'Withdrawn', 'Disengaged', 'Dropped out'],
    died: ['Deceased', 'Death'],
    moved: ['Moved away', 'Moved area', 'Transferred'],
  },
}
