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
  /** Weeks of support by plan, after which the plan is reviewed; support never ends by itself. */
  weekLimits: Readonly<Record<PlanType, number>>
  /** No message leaves between these times of the day. */
  quietFrom: string
  quietUntil: string
  /** The organisation that receives referrals nobody is named for. */
  receivingOrganisation: string | null
  /** Whether a participant sees the names of those who opened the record, or only their roles. */
  namesOfReaders: boolean
  /** Questionnaires the area has switched on beside the baseline. */
  questionnaires: readonly string[]
}>

export const usualSettings: AreaSettings = {
  firstTryWorkingDays: 2,
  firstAppointmentWorkingDays: 10,
  triesBeforeUnreachable: 3,
  caseloadCap: 40,
  goingQuietDays: 14,
  weekLimits: { 'thrive-in-work': 12, 'return-to-work': 12, 'seek-work': 12 },
  quietFrom: '20:00',
  quietUntil: '08:00',
  receivingOrganisation: null,
  namesOfReaders: false,
  questionnaires: [],
}

export type SettingName = keyof AreaSettings

/** One decision of an area, in force from a day on. */
export type DatedSetting = Readonly<{ name: string; from_on: Temporal.PlainDate; value: unknown }>

/** The settings in force on a day: for each the latest decision whose day has come, otherwise what usually holds. */
export function settingsOn(decided: readonly DatedSetting[], on: Temporal.PlainDate): AreaSettings {
  const inForce = decided
    .filter((setting) => setting.name in usualSettings && Temporal.PlainDate.compare(setting.from_on, on) <= 0)
    .toSorted((one, other) => Temporal.PlainDate.compare(one.from_on, other.from_on))
  return { ...usualSettings, ...Object.fromEntries(inForce.map(({ name, value }) => [name, value])) }
}

/** What stands on every page for somebody in danger until an area writes its own text. */
export const usualCrisisText =
  'If you are in danger now, call 999. To talk to somebody at any time, call Samaritans free on 116 123. For urgent mental health help, call NHS 111 and choose option 2.'
