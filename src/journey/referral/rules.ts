import { addWorkingDays, type Holidays, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { type WayOfAgreeing, waysOfAgreeing } from '#registers/permissions/rules.ts'

/** By what way a referral reached the service. */
export const channels = {
  online: { label: 'Online' },
  telephone: { label: 'Telephone' },
  paper: { label: 'Paper form or letter' },
  email: { label: 'Email' },
  'in-person': { label: 'In person' },
  system: { label: 'Another system' },
} as const

export type Channel = keyof typeof channels

/** Whether the person wants this: nobody is taken on who was not asked. */
export const agreements = {
  self: { label: 'They are asking for themselves' },
  agreed: { label: 'Yes, they agree' },
  'not-asked': { label: 'No, they have not been asked yet' },
} as const

export type Agreement = keyof typeof agreements

/** What whoever refers another person answers. */
export const agreementsOfOthers = { agreed: agreements.agreed, 'not-asked': agreements['not-asked'] } as const

/** What somebody answers who is asked about a referral that was made without asking them. */
export const personsAnswers = {
  agreed: { label: 'Yes, they want this' },
  declined: {
    label: 'No, they do not want this',
    hint: 'The referral ends here. They can ask for help again at any time.',
  },
} as const

/** How they were asked. */
export const waysOfAsking = {
  telephone: waysOfAgreeing.telephone,
  'in-person': waysOfAgreeing['in-person'],
  online: { label: 'By text or email' },
  form: { label: 'In a letter' },
} as const

export type WayOfAsking = keyof typeof waysOfAsking

/** How somebody stands to work on the day they are referred. */
export const workStatuses = {
  employed: { label: 'Employed and at work' },
  'off-sick': { label: 'Employed, but off sick' },
  'self-employed': { label: 'Self-employed' },
  'zero-hours': { label: 'Zero-hours or casual work' },
  apprentice: { label: 'In an apprenticeship' },
  unemployed: { label: 'Not working, and looking for work' },
  inactive: { label: 'Not working, and not looking for work now' },
  'prefer-not-to-say': { label: 'Prefer not to say' },
} as const

export type WorkStatus = keyof typeof workStatuses

/** Where the main difficulty lies, as broadly as a referrer can say without naming a diagnosis. */
export const mainBarriers = {
  physical: { label: 'Their body, such as pain or tiredness' },
  psychological: { label: 'How they feel, such as worry, low mood or stress' },
  social: { label: 'Life outside work, such as caring, money or housing' },
  work: { label: 'Work itself, such as the tasks, hours or people' },
} as const

export type MainBarrier = keyof typeof mainBarriers

export const fitNoteAnswers = {
  yes: { label: 'Yes' },
  no: { label: 'No' },
  'not-sure': { label: 'Not sure' },
  'prefer-not-to-say': { label: 'Prefer not to say' },
} as const

export type FitNoteAnswer = keyof typeof fitNoteAnswers

/** How somebody came to hear of the service. */
export const waysOfHearing = {
  gp: { label: 'GP or another health worker' },
  jobcentre: { label: 'Jobcentre' },
  council: { label: 'Council' },
  employer: { label: 'Employer or colleague' },
  voluntary: { label: 'Charity or community group' },
  'friend-family': { label: 'Friend or family' },
  online: { label: 'Website or social media' },
  media: { label: 'Radio, newspaper or poster' },
  other: { label: 'Somewhere else' },
} as const

export type WayOfHearing = keyof typeof waysOfHearing

/** Where a referral stands for those who decide about it. */
export const referralStates = {
  new: { label: 'New' },
  held: { label: 'Held until the person is asked' },
  decided: { label: 'Decided' },
} as const

export type ReferralState = keyof typeof referralStates

/** The routes by which somebody refers another person. */
export const routesOfOthers: Readonly<Record<Exclude<Route, 'self'>, { label: string }>> = {
  gp: routes.gp,
  council: routes.council,
  voluntary: routes.voluntary,
  health: routes.health,
  employer: routes.employer,
  jobcentre: routes.jobcentre,
  'partner-app': routes['partner-app'],
  outreach: routes.outreach,
}

/** Which organisation holds the record: the one that receives referrals here, or one's own where that one is out of reach. */
export function holderOf(
  receiving: string,
  actor?: Readonly<{ organisation: string; organisations: readonly string[]; takesNew?: boolean }>,
) {
  const own = actor && actor.takesNew !== false && !actor.organisations.includes(receiving)
  return own ? actor.organisation : receiving
}

/** What a referral says that is not about who the person is. */
export type Answers = Readonly<{
  workStatus: WorkStatus | null
  mainBarrier: MainBarrier | null
  fitNote: FitNoteAnswer | null
  fitNoteEndsOn: Temporal.PlainDate | null
  /** Whether they asked for one, where the area speaks with whoever does. */
  askedFitNote?: boolean
  reason: string | null
  howHeard: WayOfHearing | null
}>

/** A referral's reference: letters and digits that are not mistaken for each other when read out. */
export const referenceLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** "WW-7K3M-9QF" from seven letters. */
export function writtenReference(letters: string): string {
  return `WW-${letters.slice(0, 4)}-${letters.slice(4, 7)}`
}

export type AsReferred = Readonly<{ givenName: string; familyName: string; preferredName?: string | null }>

/** What somebody was called by whoever referred them, by which these find the referral again; nothing of who came alone. */
export function nameAsReferred(route: Route, person: AsReferred | Readonly<{ known: string }>): string | null {
  if (route === 'self' || 'known' in person) return null
  return [person.givenName, person.familyName, person.preferredName].filter(Boolean).join(' ')
}

export type Clocks = Readonly<{ firstTryBy: Temporal.PlainDate; firstAppointmentBy: Temporal.PlainDate }>

/** By when somebody is to be tried for the first time and seen for the first time, counted from the day of arrival. */
export function clocksFrom(day: Temporal.PlainDate, settings: AreaSettings, holidays: Holidays): Clocks {
  return {
    firstTryBy: addWorkingDays(day, settings.firstTryWorkingDays, holidays),
    firstAppointmentBy: addWorkingDays(day, settings.firstAppointmentWorkingDays, holidays),
  }
}

/**
 * The clocks of a referral that reached another system first. One that still runs runs on from the day of arrival; one
 * that ran out there begins anew on the day it came here, since nobody here could have kept it.
 */
export function clocksOfHistory(clocks: Clocks, since: Clocks, cameOn: Temporal.PlainDate): Clocks {
  const still = (name: keyof Clocks) => (isBefore(clocks[name], cameOn) ? since[name] : clocks[name])
  return { firstTryBy: still('firstTryBy'), firstAppointmentBy: still('firstAppointmentBy') }
}

/** Whether it was said that the person agrees; somebody who refers themselves does by asking. */
export function agreementProblems(route: Route, agreement: Agreement | null): Problem[] {
  if (route === 'self' || agreement !== null) return []
  return [{ field: 'agreement', message: 'Select whether the person agrees' }]
}

/** On what day somebody who is typed in later may have been referred. */
export function receivedProblems(receivedOn: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  if (isBefore(today, receivedOn)) return [{ field: 'receivedOn', message: 'The day it came cannot be in the future' }]
  return isBefore(receivedOn, today.subtract({ years: 1 }))
    ? [{ field: 'receivedOn', message: 'Check the year it came' }]
    : []
}

/** Whether our words are read out to whoever is asked: a letter, an email and a text say their own. */
export const areReadOut = (by: Channel | WayOfAsking): boolean => by === 'telephone' || by === 'in-person'

type Stand = Readonly<{ episode: string | null; stage: string | null; agreed: boolean | null }>

/** Where a referral stands: held until the person answers, new until somebody decides about its episode. */
export function stateOf({ episode, stage, agreed }: Stand): ReferralState {
  if (episode === null && agreed === null) return 'held'
  return stage === 'received' ? 'new' : 'decided'
}

/** How the person said yes: by themselves when they ask for themselves, otherwise to whoever referred them. */
export function agreedHow(agreement: Agreement, channel: Channel): WayOfAgreeing {
  if (agreement !== 'self') return 'referrer'
  const ways = { telephone: 'telephone', 'in-person': 'in-person', paper: 'form' } as const
  return channel === 'telephone' || channel === 'in-person' || channel === 'paper' ? ways[channel] : 'online'
}

/** What is not known yet and will be needed: asked at the first contact, so that nobody is asked twice. */
export function missingFrom(known: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wanted).flatMap(([name, label]) => (isEmpty(known[name]) ? [label] : []))
}

const wanted = {
  postcode: 'Postcode',
  gp_practice: 'GP practice',
  nhs_number: 'NHS number',
  work_status: 'How they stand to work',
  fit_note: 'Whether they have a fit note',
  main_barrier: 'Where the main difficulty lies',
  how_heard: 'How they heard of us',
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

type Came = Readonly<{ channel: Channel; agreement: Agreement }>

/** What the journal keeps of a referral that came. */
export function entryOf(
  { person }: Readonly<{ person?: string }>,
  { id: subject, route, reason }: Readonly<{ id: string; route: Route; reason: string | null }>,
  { channel, agreement }: Came,
) {
  return { person, subject, codes: { route, channel, agreement }, vouchesFor: reason ?? '' }
}

/** A form of the public that has come in, which a later stage compares with those before: how fast, and about whom. */
export type Coming = Readonly<{
  area: string
  now: Temporal.Instant
  sentQuickly: boolean
  /** As they came with the form: where they are reached is named by itself, or among their means. */
  person: Readonly<{ familyName: string; bornOn: Temporal.PlainDate; means?: readonly Readonly<{ value: string }>[] }> &
    Readonly<Partial<Record<'phone' | 'email' | 'postcode', string | null>>>
}>
