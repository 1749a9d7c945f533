import type { Actor } from '#platform/access/rules.ts'
import { dayOf, momentAt, timeOf } from '#platform/dates.ts'

/** The three kinds of plan. */
export const planTypes = {
  'thrive-in-work': { label: 'Thrive in Work' },
  'return-to-work': { label: 'Return to Work' },
  'seek-work': { label: 'Seek Work' },
} as const

export type PlanType = keyof typeof planTypes

/** What an area decides for itself, with what holds until it does. Days are working days where the name says so. */
export type AreaSettings = Readonly<{
  /** First try to reach somebody after a referral: 2 working days, as in Fit for Work and the Work and Health Programme. */
  firstTryWorkingDays: number
  /** First appointment after a referral: our own default, no source gives one. */
  firstAppointmentWorkingDays: number
  /** Tries in at least two channels before a person counts as unreachable: our own default. */
  triesBeforeUnreachable: number
  /** People one coach looks after at a time; no WorkWell figure is published. */
  caseloadCap: number
  /** Days without contact after which a person is going quiet. */
  goingQuietDays: number
  /** Messages to one person within seven days, of whatever kind, besides those about appointments: our own default. */
  messagesInSevenDays: number
  /** Weeks of support by plan, after which the plan is reviewed; support never ends by itself. */
  weekLimits: Readonly<Record<PlanType, number>>
  /** Days in which a provider may still read a record it handed over, to finish what was begun: our own default. */
  readingDaysAfterHandover: number
  /** Days after which whoever offered somebody to others and has no answer is asked to look at it: our own default. */
  answerDays: number
  /** No message leaves between these times of the day. */
  quietFrom: string
  quietUntil: string
  /** Between these times people are met: free time is shown in them, and a time outside is asked about. */
  officeFrom: string
  officeUntil: string
  /** The organisation that receives referrals nobody is named for. */
  receivingOrganisation: string | null
  /** Whether a participant sees the names of those who opened the record, or only their roles. */
  namesOfReaders: boolean
  /** What the area calls itself in messages to people, whose phone others may see; without it they say “your team”. */
  calledInMessages: string | null
  /** Questionnaires the area has switched on beside the baseline. */
  questionnaires: readonly string[]
  /** Numbers of people from 1 up to this one are hidden from those outside the reporting boundary. */
  hideBelow: number
  /** After how many days the rows of files that were sent, and forms by email that nobody dealt with, are deleted: our own. */
  keepFilesDays: number
  keepFormsDays: number
  /** Months after which a service of the directory is to be checked again: our own default, no source gives one. */
  checkServicesMonths: number
  /** Days until a silent service counts as not answering, how often it is asked again before, and after how many each time. */
  serviceAnswerDays: number
  serviceNudges: number
  serviceNudgeDays: number
  /** Days after which somebody passed on to a service is asked whether they got help: our own default. */
  askAboutHelpDays: number
  /** Days within which an owner is asked once at most (our own default), and on what their word stands at once. */
  askOwnersDays: number
  ownersAtOnce: readonly OwnerPart[]
  /** Who, of those that see numbers and no people, stands inside the reporting boundary and sees numbers as they are. */
  realNumbersFor: readonly Boundary[]
}>

/** On what an area may take the word of whoever runs a service. */
export const ownerParts = {
  ...{ hours: { label: 'Opening hours' }, wait: { label: 'Waiting time' } },
  ...{ capacity: { label: 'Room' }, phone: { label: 'Phone numbers' } },
} as const

export type OwnerPart = keyof typeof ownerParts

/** Who in an area sees numbers and no people; an area may let them see the numbers as they are. */
export const boundaries = {
  'area-lead': { label: 'Area leads, who sign the figures of a month' },
  'council-lead': { label: 'Council leads' },
} as const

export type Boundary = keyof typeof boundaries

export const usualSettings: AreaSettings = {
  ...{ firstTryWorkingDays: 2, firstAppointmentWorkingDays: 10, triesBeforeUnreachable: 3, caseloadCap: 40 },
  ...{ goingQuietDays: 14, messagesInSevenDays: 2, readingDaysAfterHandover: 28, answerDays: 5, realNumbersFor: [] },
  weekLimits: { 'thrive-in-work': 12, 'return-to-work': 12, 'seek-work': 12 },
  ...{ quietFrom: '20:00', quietUntil: '08:00', officeFrom: '09:00', officeUntil: '17:00', serviceAnswerDays: 14 },
  ...{ receivingOrganisation: null, namesOfReaders: false, calledInMessages: null, questionnaires: [], hideBelow: 5 },
  ...{ serviceNudges: 2, serviceNudgeDays: 5, keepFormsDays: 60 },
  ...{ keepFilesDays: 30, checkServicesMonths: 6, askAboutHelpDays: 14, askOwnersDays: 30, ownersAtOnce: [] },
}

export type SettingName = keyof AreaSettings

/** One decision of an area, in force from a day on. */
export type DatedSetting = Readonly<{
  name: string
  from_on: Temporal.PlainDate
  value: unknown
  set_at: Temporal.Instant
}>

/** What tells one state of an area's decisions from another: how many there are, and when the latest was made. */
export function decisionsVersion(decided: readonly Readonly<{ set_at: Temporal.Instant }>[]): string {
  const latest = decided
    .map(({ set_at }) => set_at)
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
    .at(-1)
  return `${decided.length} ${latest?.toString() ?? ''}`.trim()
}

/** What stood before each decision, which come newest first: the decision before it, or what usually holds. */
export function withBefore<Row extends Readonly<{ name: string; value: unknown }>>(decisions: readonly Row[]) {
  const usual: Readonly<Record<string, unknown>> = usualSettings
  return decisions.map((decision, index) => {
    const earlier = decisions.slice(index + 1).find(({ name }) => name === decision.name)
    return { ...decision, before: earlier ? earlier.value : usual[decision.name] }
  })
}

/** What can be said about how an area is called and reached, in the words of its page. */
export const detailWords = {
  name: { label: 'Name' },
  run_by: { label: 'Run by' },
  ...{ phone: { label: 'Telephone' }, email: { label: 'Email' } },
  ...{ postal_address: { label: 'Postal address' }, opening_hours: { label: 'Open' } },
  crisis_text: { label: 'For somebody in danger' },
  ...{ from_on: { label: 'Running since' }, until_on: { label: 'Running until' } },
} as const

type Details = Readonly<Record<keyof typeof detailWords, Temporal.PlainDate | string | null>>

/** What differs between two ways in which an area is called and reached. */
export function detailChanges(before: Details, after: Details) {
  // Checked: the keys of the words are the names of the details.
  const names = Object.keys(detailWords) as (keyof typeof detailWords)[]
  const said = names.map((name) => ({
    name,
    before: before[name]?.toString() ?? null,
    after: after[name]?.toString() ?? null,
  }))
  return said.filter((one) => one.before !== one.after)
}

/** The settings in force on a day: for each the latest decision whose day has come (of two for one day the later made), otherwise what usually holds. */
export function settingsOn(decided: readonly DatedSetting[], on: Temporal.PlainDate): AreaSettings {
  const inForce = decided
    .filter((setting) => setting.name in usualSettings && Temporal.PlainDate.compare(setting.from_on, on) <= 0)
    .toSorted(
      (one, other) =>
        Temporal.PlainDate.compare(one.from_on, other.from_on) || Temporal.Instant.compare(one.set_at, other.set_at),
    )
  return { ...usualSettings, ...Object.fromEntries(inForce.map(({ name, value }) => [name, value])) }
}

/**
 * When the area's quiet hours that are on now end; undefined when it is not quiet. They may run over midnight, and are
 * times on England's clocks in summer and in winter.
 */
export function quietTill(
  settings: Pick<AreaSettings, 'quietFrom' | 'quietUntil'>,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const [from, until] = [Temporal.PlainTime.from(settings.quietFrom), Temporal.PlainTime.from(settings.quietUntil)]
  const time = timeOf(now)
  const isAfter = (moment: Temporal.PlainTime) => Temporal.PlainTime.compare(time, moment) >= 0
  const overMidnight = Temporal.PlainTime.compare(from, until) > 0
  const quiet = overMidnight ? isAfter(from) || !isAfter(until) : isAfter(from) && !isAfter(until)
  if (!quiet) return undefined
  const today = dayOf(now)
  const end = momentAt(overMidnight && isAfter(from) ? today.add({ days: 1 }) : today, until)
  // Of an hour that comes twice in October, the end may lie in the first while it is still quiet in the second.
  return Temporal.Instant.compare(end, now) > 0 ? end : end.add({ hours: 1 })
}

/** What stands on every page for somebody in danger until an area writes its own text. */
export const usualCrisisText =
  'If you are in danger now, call 999. To talk to somebody at any time, call Samaritans free on 116 123. For urgent mental health help, call NHS 111 and choose option 2.'

/** How each decision is asked for and explained on the page where an area changes it. */
export const settingWords = {
  firstTryWorkingDays: { label: 'Working days until the first try to reach somebody', least: 1, most: 20 },
  firstAppointmentWorkingDays: { label: 'Working days until the first appointment', least: 1, most: 60 },
  triesBeforeUnreachable: { label: 'Tries before somebody counts as unreachable', least: 1, most: 20 },
  caseloadCap: { label: 'People one coach looks after at a time', least: 1, most: 200 },
  goingQuietDays: { label: 'Days without contact until somebody is going quiet', least: 3, most: 90 },
  messagesInSevenDays: { label: 'Messages to one person in seven days, besides appointments', least: 1, most: 20 },
  readingDaysAfterHandover: { label: 'Days a provider may still read a record it handed over', least: 0, most: 180 },
  answerDays: { label: 'Days until an offer that nobody has answered is looked at again', least: 1, most: 60 },
  keepFilesDays: { label: 'Days until files that were sent to be brought in are deleted', least: 1, most: 180 },
  keepFormsDays: { label: 'Days until a form by email that nobody dealt with is deleted', least: 14, most: 180 },
  checkServicesMonths: { label: 'Months until a service of the directory is checked again', least: 1, most: 24 },
  serviceAnswerDays: { label: 'Days until a service that has not answered counts as no reply', least: 2, most: 90 },
  serviceNudges: { label: 'Times a service that has not answered is asked again', least: 0, most: 5 },
  serviceNudgeDays: { label: 'Days until it is asked again, each time', least: 1, most: 30 },
  // Within a week hardly anybody has been seen; after two months few would know what is meant.
  askAboutHelpDays: { label: 'Days until somebody is asked whether they got help', least: 7, most: 60 },
  askOwnersDays: { label: 'Days until the owner of a service may be asked about it again', least: 7, most: 365 },
  // Counts under five never leave the area (DWP and NHS England hide them): an area may hide more, not less.
  hideBelow: { label: 'Numbers of people below this one are hidden outside the area', least: 5, most: 20 },
} as const

type Worded = Readonly<{ name: string; label: string; value: string }>

/** The numbers an area decides, each with its words and what holds now. */
export function worded(settings: AreaSettings): Worded[] {
  const plain: Readonly<Record<string, unknown>> = settings
  return Object.entries(settingWords).map(([name, { label }]) => ({ name, label, value: String(plain[name]) }))
}

/** The weeks after which each kind of plan is reviewed, in the same form. */
export function wordedWeeks({ weekLimits }: AreaSettings): Worded[] {
  const weeks: Readonly<Record<string, number>> = weekLimits
  return Object.entries(planTypes).map(([type, { label }]) => ({
    ...{ name: `weeks-${type}`, label: `Weeks until a ${label} plan is reviewed`, value: String(weeks[type]) },
  }))
}

/** What a form about the settings gives, before it is compared with what holds. */
export type ProposedSettings = Partial<AreaSettings>

/** The decisions that differ from what holds on the day: only these are written, so that history shows real changes. */
export function changedSettings(now: AreaSettings, proposed: ProposedSettings): [SettingName, unknown][] {
  // Checked: the names of a proposal are names of settings.
  const named = Object.entries(proposed) as [SettingName, unknown][]
  return named.filter(([name, value]) => JSON.stringify(now[name]) !== JSON.stringify(value))
}

/** Whether people are still sent to an area: until its service ends, also while it is about to begin. */
export function isRunning({ until_on: until }: Lasting, on: Temporal.PlainDate): boolean {
  return until === null || Temporal.PlainDate.compare(on, until) < 0
}

type Lasting = Readonly<{ until_on: Temporal.PlainDate | null }>

/** What is wrong with the days between which a service runs. */
export function runningProblem(from: Temporal.PlainDate, until: Temporal.PlainDate | null) {
  if (until === null || Temporal.PlainDate.compare(from, until) < 0) return undefined
  return { field: 'until', message: 'The day on which the service no longer runs must be after its first' }
}

/** What is wrong with quiet hours that begin and end at the same time: no message could ever leave, or any could. */
export function quietHoursProblem(from: string, until: string): string | undefined {
  return from === until ? 'Quiet hours must end at another time than they begin' : undefined
}

/** Whether this member may say who receives what nobody is named for: a provider gives it away and never takes it. */
export function mayChooseReceiver(actor: Pick<Actor, 'role' | 'organisation'>, receives: string | null): boolean {
  return actor.role === 'area-lead' || actor.role === 'system-administrator' || actor.organisation === receives
}
