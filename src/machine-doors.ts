import type { FastifyInstance } from 'fastify'
import type { Databases } from '#platform/database/router.ts'
import type { Settings } from '#platform/settings.ts'
import { setAside, takeStatement } from '#registers/clients/store.ts'
import { saveFitNote } from '#journey/fit-note/store.ts'
import { takeReferral } from '#journey/referral/store.ts'
import { saveWithdrawal } from '#journey/withdrawal/store.ts'
import { barsDoors } from '#exchange/bars/receiver/routes.ts'
import { jsonDoor } from '#exchange/api/json-door/routes.ts'
import { fhirAnswers } from '#exchange/fhir/asked/routes.ts'
import { fhirEdge } from '#exchange/fhir/edge/routes.ts'
import { noteTaking } from '#exchange/fhir/sent-note/routes.ts'
import { fhirReads } from '#exchange/fhir/served/routes.ts'
import { noteOfferDoors } from '#exchange/note-offers/routes.tsx'
import { openReferralDoors } from '#exchange/open-referral/routes.ts'
import { tokenDoors } from '#exchange/tokens/routes.ts'

type Ground = Readonly<{ databases: Databases; settings: Settings; now: () => Temporal.Instant }>

/**
 * The doors by which other systems come in: the open directory, referrals and fit notes as FHIR R4, referrals in JSON
 * and by the Booking and Referral Standard, and offers beside a fit note.
 */
export function machineDoors(fastify: FastifyInstance, { databases, settings, now }: Ground): void {
  const { origin, bars, secret } = settings
  tokenDoors(fastify, { databases, now, origin })
  const own = { take: takeReferral, withdraw: saveWithdrawal }
  const fhir = { takeNote: noteTaking(saveFitNote), setAside, reads: fhirReads, answers: fhirAnswers }
  fhirEdge(fastify, { databases, now, origin, ...own, ...fhir })
  noteOfferDoors(fastify, { databases, now, origin, takeStatement, setAside })
  jsonDoor(fastify, { databases, now, origin, secret, ...own, setAside })
  openReferralDoors(fastify, { databases, now, origin })
  barsDoors(fastify, { databases, now, origin, bars, ...own })
}
