import { allowances } from '#registers/permissions/rules.ts'
import type { Under } from '#journey/hearing/rules.ts'
import { standingOf, type Standing, type Told } from '#journey/referrer/rules.ts'
import type { Shown } from '#exchange/fhir/shown/rules.ts'

/** A referral of which its person lets the organisation that sent it know more than that it arrived. */
export type Allowed = Omit<Shown, 'organisation'> &
  Readonly<{
    under: Under
    told: readonly Told[]
    /** Whose system asks, which is whom the person said yes to. */
    organisation: string
  }>

type Resource = Readonly<{ resourceType: string; id: string; meta: Readonly<{ lastUpdated: string }> }>

/** The kinds that say more than that a referral arrived, each as far as it may be said; undefined where nothing is. */
export const allowedOf = { EpisodeOfCare: episodeOfCareOf, Consent: consentOf } as const satisfies Readonly<
  Record<string, (allowed: Allowed) => Resource | undefined>
>

export type AllowedKind = keyof typeof allowedOf

const headed = (kind: string, id: string, changedAt: Temporal.Instant) => ({
  ...{ resourceType: kind, id },
  meta: {
    lastUpdated: changedAt.toString(),
    profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${kind}`],
  },
})

/** From when on the sender could know something: after it was so, after the yes, and after they had sent the referral. */
function knownFrom({ takenAt, under }: Allowed, at: Temporal.Instant | null = null): Temporal.Instant {
  const moments = [takenAt, ...(under.at ? [under.at] : []), ...(at ? [at] : [])]
  return moments.toSorted((one, other) => Temporal.Instant.compare(one, other)).at(-1) ?? takenAt
}

// FHIR R4: EpisodeOfCareStatus. Ended is finished and never cancelled: how it ended is not said.
const statusOf = { accepted: 'planned', started: 'active', ended: 'finished' } as const satisfies Readonly<
  Record<Exclude<Standing, 'received'>, string>
>

/**
 * That support was accepted, has started or has ended, as the Task says it; none where it ended before it was accepted. From
 * when it was accepted until it ended: a beginning of its own would say of somebody who stopped before that they did.
 */
function episodeOfCareOf(allowed: Allowed) {
  const { id, patient, told } = allowed
  const standing = standingOf(told)
  const dayOf = (what: Standing) => told.find((one) => one.what === what)?.on.toString()
  const [start, end] = [dayOf('accepted') ?? dayOf('started'), dayOf('ended')]
  if (standing === 'received' || start === undefined) return undefined
  return {
    ...headed('EpisodeOfCare', id, knownFrom(allowed, told.at(-1)?.settledAt)),
    status: statusOf[standing],
    ...{ patient: { reference: `Patient/${patient}` }, referralRequest: [{ reference: `ServiceRequest/${id}` }] },
    period: { start, ...(end === undefined ? {} : { end }) },
  }
}

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

/** The yes under which whoever asks is told more. A no and no answer are the same: there is none. */
function consentOf(allowed: Allowed) {
  const { id, patient, organisation, under } = allowed
  const terms = 'http://terminology.hl7.org/CodeSystem'
  const since = knownFrom(allowed)
  return {
    ...{ ...headed('Consent', id, since), status: 'active' },
    ...{ scope: coded(`${terms}/consentscope`, 'patient-privacy'), category: [coded('http://loinc.org', '59284-0')] },
    ...{ patient: { reference: `Patient/${patient}` }, dateTime: since.toString() },
    policyRule: coded(`${terms}/v3-ActCode`, 'OPTIN'),
    provision: {
      type: 'permit',
      actor: [
        {
          role: coded(`${terms}/v3-ParticipationType`, 'IRCP'),
          reference: { reference: `Organization/${organisation}` },
        },
      ],
      code: [{ text: allowances[hearsOfSupport(under) ? 'summary' : 'status'].label }],
    },
  }
}

/**
 * Whether a summary of the support may be read too. Only a practice was said yes to in words that hold one ("how I am
 * getting on"): an employer and a service are told the facts that were ticked and nothing else, and a Jobcentre hears
 * nothing of what somebody attends or does.
 */
function hearsOfSupport({ switch: asked, summary }: Under): boolean {
  return asked === 'gp' && summary
}
