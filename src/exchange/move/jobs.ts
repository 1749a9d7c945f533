import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import type { JobPayload } from '#platform/jobs/rules.ts'
import type { Jobs } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findArea } from '#registers/areas/store.ts'
import { type Change, tellOfChange } from '#journey/changeover/store.ts'
import { mayTake } from '#journey/episode/rules.ts'
import { findStandingHeldStill, recordStep } from '#journey/episode/store.ts'
import type { Ending } from '#journey/ending/store.ts'
import {
  answerPackage,
  findArrival,
  findMember,
  findPackageHeldStill,
  forgetArrival,
  markDelivered,
  saveArrival,
} from './store.ts'

export type Elsewhere = Readonly<{
  databases: Databases
  /** Where people reach us. */
  origin: string
  keepEnding: (db: Db, ending: Ending) => Promise<void>
}>

const idIn = ({ id }: JobPayload): string => {
  if (typeof id !== 'string') throw new Error('A package is named by its id')
  return id
}

/**
 * Packages and answers go from one area to another, each side in its own transaction: whatever breaks off in between is
 * done again and changes nothing twice.
 */
export function moveJobs(elsewhere: Elsewhere): Jobs {
  const { databases } = elsewhere
  return {
    'move.deliver': async (db, payload, at) => {
      const { area } = payload
      const found = await findPackageHeldStill(db, area, idIn(payload))
      if (!found || found.deliveredAt !== null || found.answer !== null) return
      const { id, toArea, content, why, byName } = found
      await databases.databaseFor(toArea).transaction((there) =>
        saveArrival(there, {
          ...{ area: toArea, id, from_area: area, why, at, offered_by: byName ?? 'Somebody who has left' },
          content: JSON.stringify(content),
        }),
      )
      await markDelivered(db, area, id, at)
    },
    'move.take-back': async (db, payload, at) => {
      const found = await findPackageHeldStill(db, payload.area, idIn(payload))
      if (!found || found.answer !== 'taken-back') return
      const { id, toArea } = found
      await databases.databaseFor(toArea).transaction((there) => forgetArrival(there, toArea, id, at))
    },
    'move.answer': async (db, payload, at) => {
      const arrival = await findArrival(db, payload.area, idIn(payload))
      if (!arrival || (arrival.answer !== 'accepted' && arrival.answer !== 'declined')) return
      const { id, fromArea, answer, words } = arrival
      const here = await findArea(db, payload.area)
      const to = here?.name ?? 'another area'
      const whom = { to, there: { area: payload.area, phone: here?.phone ?? null } }
      const given = { id, answer, words, answered_by: payload.area, answered_at: at }
      await databases
        .databaseFor(fromArea)
        .transaction((there) => hearAnswer(there, { ...elsewhere, ...whom }, { ...given, area: fromArea }))
    },
  }
}

type Heard = Parameters<typeof answerPackage>[1]
type Whom = Required<Pick<Change, 'to' | 'there'>>

/** What the other area answered reaches the one that gave: accepted, its support ends as moved. */
async function hearAnswer(db: Db, { keepEnding, origin, to, there }: Elsewhere & Whom, heard: Heard): Promise<void> {
  const { area, id, answer, answered_at: at } = heard
  const found = await findPackageHeldStill(db, area, id)
  if (!found || !(await answerPackage(db, heard))) return
  const { episode, person, by, toArea } = found
  const member = await findMember(db, area, by)
  writeEntry(db, { area, by: member, happening: { kind: 'act', what: `move.${answer}`, person, subject: id }, at })
  const standing = answer === 'accepted' ? await findStandingHeldStill(db, area, episode) : undefined
  if (!standing || !mayTake('ended', standing.stage)) return
  const ended = { kind: 'ended', as: 'moved' } as const
  const ending = newId()
  const step = await recordStep(db, { area, episode, step: ended, at, by, factRow: ending })
  await keepEnding(db, {
    ...{ area, id: ending, episode, ended_as: 'moved', ended_on: dayOf(at), to_area: toArea, step, by },
    ...{ said: null, handed_to: null, told: null, died_on: null, few_tries_because: null, recorded_at: at },
  })
  await tellOfChange(db, { area, person, kind: 'area', from: null, to, there, now: at, origin })
}
