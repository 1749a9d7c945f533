import type { Wrong } from '#platform/json/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { Scope } from '#registers/clients/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { type Newcomer, nhsNumber } from '#registers/people/rules.ts'
import type { Referrer } from '#journey/acknowledgement/rules.ts'
import { birthProblems, newcomerFrom, reachProblems } from '#journey/newcomer/rules.ts'
import type { Answers } from '#journey/referral/rules.ts'
import { standingOf, type Told } from '#journey/referrer/rules.ts'
import type { NewReferral, ReadReferral, TakenReferral } from '#exchange/api/bodies/import.ts'
import { routeOfSystem } from '#exchange/fhir/sent-bundle/rules.ts'
import type { Shown } from '#exchange/fhir/shown/rules.ts'

/** In which numbering a sender's own reference stands, as FHIR names one: the word of whoever sends, whatever our address is. */
export const ownNumbering = 'urn:workwell:senders-own'

type Sending = Readonly<{ organisation: string; kind: OrganisationKind; today: Temporal.PlainDate }>

/** A referral of another system, as the service takes one. */
type Described = Readonly<{ newcomer: Newcomer; answers: Answers; referrer: Referrer; isVerified: boolean }>

/** What a system says, as a referral of the organisation whose key signed for it; or each thing that is wrong with it. */
export function referralIn(sent: NewReferral, { organisation, kind, today }: Sending): Described | readonly Wrong[] {
  const { person, reason, askedBy } = sent
  const wrong = [...problemsIn(sent, today), ...selfProblems(sent, kind)]
  if (wrong.length > 0) return wrong
  const isVerified = person.nhsNumber !== undefined && person.nhsNumberVerified === true
  const unverified = isVerified ? undefined : person.nhsNumber
  const words = [reason, unverified && `NHS number, not verified: ${unverified}`].filter(Boolean).join('\n\n')
  return {
    newcomer: newcomerOf(person, isVerified),
    isVerified,
    answers: {
      ...{ workStatus: sent.workStatus ?? null, mainBarrier: sent.mainBarrier ?? null, fitNote: sent.fitNote ?? null },
      fitNoteEndsOn: dayIn(sent.fitNoteEndsOn),
      ...{ reason: words || null, howHeard: null },
    },
    referrer: { name: askedBy ?? null, organisation, email: null, feedback: isToBeTold(sent) ? 'status' : 'none' },
  }
}

/** Whether whoever sent it is told how it goes on: of somebody who asked themselves only where they said so. */
export const isToBeTold = ({ agreement, wantsToBeTold = agreement !== 'self' }: NewReferral): boolean => wantsToBeTold

/** What stands against somebody having asked themselves: whoever refers others may not say it for them. */
function selfProblems({ agreement, askedBy }: NewReferral, kind: OrganisationKind): Wrong[] {
  if (agreement !== 'self') return []
  const no = 'An organisation that refers others cannot say that they asked themselves: give them a link of ours'
  return [
    ...(routeOfSystem(kind) === 'partner-app' ? [] : [{ detail: no, pointer: '/agreement' }]),
    ...(askedBy === undefined ? [] : [{ detail: 'Leave this out where they asked themselves', pointer: '/askedBy' }]),
  ]
}

type SentPerson = NewReferral['person']

const dayIn = (written: string | undefined) => (written === undefined ? null : Temporal.PlainDate.from(written))
const reachIn = ({ phone, email, address, safeWays = [] }: SentPerson) => ({
  ...{ phone: phone ?? null, email: email ?? null, address: address ?? null, safe: safeWays },
})

function newcomerOf(person: SentPerson, isVerified: boolean): Newcomer {
  const { givenName, familyName, preferredName, bornOn, postcode, language, accessNeeds, accessNote, gpPractice } =
    person
  return newcomerFrom({
    ...{ givenName, familyName, preferredName: preferredName ?? null, bornOn: Temporal.PlainDate.from(bornOn) },
    ...{ postcode: postcode ?? null, language: language ?? null, gpPractice: gpPractice ?? null },
    ...{ accessNeeds: accessNeeds ?? [], accessNote: accessNote ?? null, ...reachIn(person) },
    nhsNumber: isVerified ? (person.nhsNumber ?? null) : null,
  })
}

const places: Readonly<Record<string, string>> = {
  bornOn: '/person/bornOn',
  phone: '/person/phone',
  email: '/person/email',
}

/** What relates several fields, and what cannot be by the rules of the service. */
function problemsIn({ person, fitNote, fitNoteEndsOn }: NewReferral, today: Temporal.PlainDate): Wrong[] {
  const { postcode, nhsNumber: number } = person
  const known = [...birthProblems(Temporal.PlainDate.from(person.bornOn), today), ...reachProblems(reachIn(person))]
  return [
    ...known.map(({ field, message }) => ({ detail: message, pointer: places[field] ?? `/person/${field}` })),
    ...(postcode !== undefined && !writtenPostcode(postcode)
      ? [{ detail: 'This has to be a full postcode, like LS1 4AP', pointer: '/person/postcode' }]
      : []),
    ...(number !== undefined && person.nhsNumberVerified === true && !nhsNumber(number)
      ? [{ detail: 'This is said to be verified and cannot be an NHS number', pointer: '/person/nhsNumber' }]
      : []),
    ...(fitNoteEndsOn !== undefined && fitNote !== 'yes'
      ? [
          {
            detail: 'A last day is only taken of a fit note that they have: say yes in fitNote',
            pointer: '/fitNoteEndsOn',
          },
        ]
      : []),
  ]
}

type Kept = Readonly<{ id: string; value: string; ourReference: string; takenAt: Temporal.Instant }>

const written = (at: Temporal.Instant) => at.toString({ smallestUnit: 'millisecond' })

/** That a referral was taken. */
export function takenOf({ id, value, ourReference, takenAt }: Kept, address: string): TakenReferral {
  return { id, address: `${address}/${id}`, reference: value, ourReference, takenAt: written(takenAt) }
}

/** That support was accepted or has ended, and since when its sender could know that. */
export type SupportShown = Readonly<{
  period: Readonly<{ start: string; end?: string }>
  meta: Readonly<{ lastUpdated: string }>
}>

/** What may be said of a referral beyond what its sender did themselves. */
export type Beyond = Readonly<{ told: readonly Told[]; support: SupportShown | undefined }>

/** A referral as its sender reads it back, with as much as the token of their system allows. */
export function readOf(shown: Shown, { told, support }: Beyond, may: readonly Scope[]): ReadReferral {
  const { id, value, system, reference, takenAt, withdrawnAt, task } = shown
  const [isTold, isSupport] = [may.includes('system/Task.rs'), may.includes('system/EpisodeOfCare.rs')]
  const seen = isSupport ? support : undefined
  const own = withdrawnAt ?? takenAt
  const moments = [own, ...(seen ? [Temporal.Instant.from(seen.meta.lastUpdated)] : [])]
  const changed = moments.toSorted((one, other) => Temporal.Instant.compare(other, one))[0] ?? own
  const state = withdrawnAt === null ? standingOf(told) : 'withdrawn'
  return {
    ...{ id, reference: value, numbering: system, ourReference: reference, takenAt: written(takenAt) },
    ...{ withdrawnAt: withdrawnAt && written(withdrawnAt), changedAt: written(changed) },
    ...(isTold && task !== null ? { progress: { state } } : {}),
    ...(seen ? { support: supportOf(seen.period) } : {}),
  }
}

const supportOf = ({ start, end }: SupportShown['period']) => ({
  ...{ acceptedOn: start, ...(end === undefined ? {} : { endedOn: end }) },
})

/** Whether what changed at a moment is among what was asked for. */
export function isSince({ changedAt }: ReadReferral, since: string | undefined): boolean {
  if (since === undefined) return true
  return Temporal.Instant.compare(Temporal.Instant.from(changedAt), Temporal.Instant.from(since)) >= 0
}
