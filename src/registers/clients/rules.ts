/** What a system client may do here, in the words of SMART on FHIR 2 for systems (create, read, update, search). */
export const scopes = {
  'system/ServiceRequest.c': { label: 'Send referrals' },
  'system/QuestionnaireResponse.c': { label: 'Send fit notes with its referrals, as answers to our questions' },
  'system/DocumentReference.c': { label: 'Send fit notes with its referrals, as documents without a scan' },
  'system/Consent.c': { label: 'Send requests that people make themselves in its own app' },
  'system/ServiceRequest.u': { label: 'Take back referrals it sent' },
  'system/ServiceRequest.rs': { label: 'Read back the referrals it sent for its organisation' },
  'system/QuestionnaireResponse.rs': { label: 'Read back the fit notes it sent, as answers to our questions' },
  'system/Task.rs': { label: 'Read how they go on, as far as each person allows' },
  'system/Patient.rs': { label: 'Read back whom they are about, as it sent them' },
  'system/EpisodeOfCare.rs': { label: 'Read whether support was accepted, started and ended, as far as each allows' },
  'system/Communication.rs': { label: 'Read the newest of what its organisation is told of that' },
  'system/Consent.rs': { label: 'Read who lets its organisation hear more than that a referral arrived' },
  'system/CarePlan.rs': { label: 'Read that a plan was agreed, of those who let their practice read a summary' },
  'system/Goal.rs': { label: 'Read by when its goals are meant to be reached and which were, without their words' },
  'system/Appointment.rs': { label: 'Read which conversations took place, of the same people' },
  'system/Organization.rs': { label: 'Read which organisations work here or run services' },
  'system/HealthcareService.rs': { label: 'Read the published directory of services' },
  'system/Task.rus': { label: 'Read the requests to the services that its organisation answers for, and answer them' },
} as const

export type Scope = keyof typeof scopes

/** Where a system gets its token. */
export const tokenPath = '/oauth2/token'

/** Where it then sends referrals and reads back its own. */
export const fhirPath = '/fhir/R4'

/** Where it does the same in JSON, and the page that describes that. */
export const apiPath = '/api/v1'
export const handbookPath = '/api'

/** Whether somebody can be written to there about a system, as far as its address tells. */
export const isContact = (given: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)

/** How many requests a minute a system client has, until somebody says otherwise. Our own figure; no source gives one. */
export const usualPerMinute = 600

/** Keys that hold at once, so that a new one can follow an old one without a break. */
export const mostKeys = 4

/** What a system says it is: the area it comes to stands in it, so that its rows are found where the area lives. */
export function clientName(area: string, id: string): string {
  return `${area}.${id}`
}

/** The area and the row that a system names; undefined where nobody can be named so. */
export function readClientName(given: string): Readonly<{ area: string; id: string }> | undefined {
  const [, area, id] = /^([a-z0-9-]{2,40})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(given) ?? []
  return area === undefined || id === undefined ? undefined : { area, id }
}

/** A system client as its area sees it. */
export type Client = Readonly<{
  id: string
  name: string
  contact: string
  organisation: string
  organisationName: string
  scopes: readonly Scope[]
  perMinute: number
  addedAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  usedAt: Temporal.Instant | null
  version: number
}>
