import { patient as patientShape, type Patient } from '#platform/fhir/rules.ts'
import type { Typed } from '#platform/form/rules.ts'
import type { LaunchReason, Trusted } from '#platform/smart/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { saidOf } from '#exchange/fhir/patient/rules.ts'
import { routeOfSystem } from '#exchange/fhir/sent-bundle/rules.ts'

/** A records system that opens the form for professionals, as its area sees it. */
export type RecordsSystem = Trusted &
  Readonly<{
    id: string
    name: string
    organisation: string
    organisationName: string
    kind: OrganisationKind
    addedAt: Temporal.Instant
    endedAt: Temporal.Instant | null
    usedAt: Temporal.Instant | null
    problem: LaunchReason | null
    problemAt: Temporal.Instant | null
  }>

/** Where a records system opens the form, and where its people come back to once it has let us read the patient. */
export const launchPath = (area: string) => `/in/${area}/launch`
export const backPath = (area: string) => `${launchPath(area)}/back`

/** How long somebody may take to be let in by their own system. As for signing in here: our own figure. */
export const minutesToComeBack = 10

/**
 * The address of a FHIR server as it was typed, and as the system itself will say it; undefined where nothing may be asked
 * of it. Whose record is open goes by https, and to no address with a name or a password in it.
 */
export function serverAddress(typed: string, ownNetwork: boolean): string | undefined {
  const url = URL.parse(typed.trim())
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  if (url.protocol !== 'https:' && !(ownNetwork && url.protocol === 'http:')) return undefined
  return url.href.replace(/\/+$/, '')
}

/** Only the server of an address: where people sign in may be anywhere on it. */
export function signInServer(typed: string, ownNetwork: boolean): string | undefined {
  const address = serverAddress(typed, ownNetwork)
  return address === undefined ? undefined : new URL(address).origin
}

/** Why the form was not filled in: its records system, a system that nobody registered, a way back that is over, or a death. */
export type Unfilled = LaunchReason | 'unknown' | 'over' | 'died'

const openAgain = 'Open WorkWell from your records system again'

/** What whoever came from their records system is told, and what they can do. */
export const unfilled: Readonly<Record<Unfilled, Readonly<{ title: string; status: number; text: string }>>> = {
  silent: {
    ...{ title: 'Your records system did not answer', status: 502 },
    text: `${openAgain} in a few minutes. You can still fill in the form yourself.`,
  },
  refused: {
    ...{ title: 'Your records system did not let us read the patient', status: 502 },
    text: 'You may have said no there, or your account may not be allowed to. You can still fill in the form yourself.',
  },
  unusable: {
    ...{ title: 'We could not read what your records system sent', status: 502 },
    text: 'Tell whoever looks after it at your practice. You can still fill in the form yourself.',
  },
  unknown: {
    ...{ title: 'We do not know this records system', status: 404 },
    text: 'It has to be registered here before it can fill in the form. You can still fill in the form yourself.',
  },
  over: {
    ...{ title: `${openAgain}`, status: 400 },
    text: 'This page can be opened once, within 10 minutes, in the browser in which you began. You can also fill in the form yourself.',
  },
  died: {
    ...{ title: 'Your records say that this patient has died', status: 200 },
    text: 'Nothing was filled in and nothing is kept. If the record is wrong, correct it there first.',
  },
}

type For = Readonly<{ name: string; kind: OrganisationKind }>

/**
 * The form as far as a records system can fill it in: who the patient is and how they are reached, for the organisation
 * for which it was registered. What the person agrees to and what is safe is nobody's to fill in but theirs.
 */
export function filledFrom(given: unknown, { name, kind }: For): Typed | 'unusable' | 'died' {
  const patient = patientIn(given)
  if (!patient) return 'unusable'
  const said = saidOf(inUse(patient))
  if (said.hasDied) return 'died'
  const [year, month, day] = (said.bornOn ?? '').split('-').map((part) => part.replace(/^0+/, ''))
  const { givenName, familyName, preferredName, phone, email, postcode, nhsNumber, address, language } = said
  const ofThem = {
    ...{ givenName, familyName, 'bornOn-day': day, 'bornOn-month': month, 'bornOn-year': year },
    ...{ phone, email, postcode, gpPractice: practiceOf(patient), preferredName, nhsNumber, address, language },
  }
  const filled = Object.entries(ofThem).flatMap(([field, value]) =>
    value ? [[field, value.slice(0, most)] as const] : [],
  )
  const names = filled.map(([field]) => field.replace(/-(day|month|year)$/, ''))
  return {
    ...{ ...Object.fromEntries(filled), route: routeOfSystem(kind), referrerOrganisation: name },
    // By their names the form says beside each of them where it came from.
    filled: [...new Set(names)].join(' '),
  }
}

// The longest that a field of the form takes of what stands here.
const most = 500

// A date of birth that is not whole is left open, as are other things that nobody said.
function patientIn(given: unknown): Patient | undefined {
  const whole = patientShape.safeParse(given)
  return whole.success ? whole.data : patientShape.safeParse(Object.assign({}, given, { birthDate: undefined })).data
}

type Used = Readonly<Record<string, unknown>>
const isOld = ({ use }: Used): boolean => use === 'old'

/** Without the names, numbers and addresses that they had before. */
function inUse(patient: Patient): Patient {
  const { name = [], telecom = [], address = [] } = patient
  const still = <One extends Used>(all: readonly One[]) => all.filter((one) => !isOld(one))
  return { ...patient, name: still(name), telecom: still(telecom), address: still(address) }
}

const practiceOf = ({ generalPractitioner = [] }: Patient): string | undefined =>
  generalPractitioner.find(({ reference = '' }) => reference.startsWith('Organization/'))?.display
