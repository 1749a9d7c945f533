import { createHash } from 'node:crypto'
import { dayOf } from '#platform/dates.ts'
import type { Inside } from '#platform/fhir/bearer.ts'
import { writeReads } from '#platform/journal/journal.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { fhirPath } from '#registers/clients/rules.ts'
import { findOrganisation } from '#registers/organisations/store.ts'
import { listHidden } from '#registers/restriction/store.ts'
import { writtenReference } from '#journey/inbox/rules.ts'
import { findInInbox, listInbox } from '#journey/inbox/store.ts'
import { listOnwardOf, type Onward } from '#journey/onward/store.ts'
import { recordSeen } from '#journey/onward-answer/import.ts'
import { answersIn, sentNow } from '#journey/onward-answer/rules.ts'
import { bornIn } from '#journey/onward-pack/rules.ts'
import { type AskedTask, askedTaskOf, fulfil, versionedOf } from '#exchange/fhir/asked-task/rules.ts'
import type { At, Search } from '#exchange/fhir/searched/rules.ts'
import { listBornOn } from './store.ts'

/** As which system, where and when a request to a local service is read or answered. */
export type Here = Inside<Readonly<{ id: string; organisation: string }>>

/** A request to a local service, and how its own system reads it. */
export type Asked = Readonly<{ onward: Onward; task: AskedTask }>

/** By what name the answer of a system stands on the record. */
export const systemOf = (organisation: string): string => `the system of ${organisation}`

/**
 * A page of what is asked of the services for which the organisation of a system answers: what its inbox shows, in its order.
 * What is given out counts as read, and stands in the journal.
 */
export async function listAsked(here: Here, search: Search, origin: string) {
  const reference = referenceIn(search, origin)
  if (reference === undefined || !isTheirCode(search.code)) return { resources: [], next: undefined }
  const { db, now } = here
  const { after, count: most } = search
  const from = after?.side && { answered: after.side === 'answered', askedAt: after.at, id: after.id }
  const listing = { standing: null, service: null, reference, after: from, most, now }
  const { rows, next } = await listInbox(db, whoseOf(here), listing)
  const people = [...new Set(rows.map(({ person }) => person))]
  const found = new Map((await listOnwardOf(db, here.area, people)).map((one) => [one.id, one]))
  const all = await tasksOf(
    here,
    origin,
    rows.flatMap(({ id }) => found.get(id) ?? []),
  )
  const shown = all.filter(({ task }) => isLookedFor(task, search))
  await keepRead(here, shown)
  const on: At | undefined = next && { at: next.askedAt, id: next.id, side: next.answered ? 'answered' : 'open' }
  return { resources: shown.map(({ task }) => task), next: on }
}

const whoseOf = ({ area, bearer: { organisation } }: Here) => ({ area, organisation })

/** The reference that is looked for; null where none is, and undefined where it is in a numbering of somebody else. */
function referenceIn({ identifier }: Search, origin: string): string | null | undefined {
  if (identifier === null) return null
  const isOurs = identifier.system === null || identifier.system === `${origin}/fhir/reference`
  return isOurs ? writtenReference(identifier.value) : undefined
}

const isTheirCode = (code: string | null) =>
  code === null || [fulfil.code, `${fulfil.system}|${fulfil.code}`].includes(code)

function isLookedFor({ status, meta }: AskedTask, { status: wanted, from, before }: Search): boolean {
  const at = Temporal.Instant.from(meta.lastUpdated)
  const isSince = from === null || Temporal.Instant.compare(at, from) >= 0
  const isUntil = before === null || Temporal.Instant.compare(at, before) < 0
  return isSince && isUntil && (wanted === null || wanted.includes(status))
}

type Wanted = Readonly<{ id: string; origin: string; orEnded?: boolean }>

/** One request to a service for which the organisation answers; undefined where its inbox does not show it. */
export async function findAsked(here: Here, { id, origin, orEnded = false }: Wanted): Promise<Asked | undefined> {
  const onward = await findInInbox(here.db, whoseOf(here), { id, now: here.now, orEnded })
  return onward && (await tasksOf(here, origin, [onward]))[0]
}

/** The same, read: it counts as seen, as if it were opened in the inbox. */
export async function readAsked(here: Here, wanted: Wanted): Promise<AskedTask | undefined> {
  const found = await findAsked(here, wanted)
  if (found) await keepRead(here, [found])
  return found?.task
}

/** Keeps that a system has read these requests, with the answer that gives them out. */
export async function keepRead(here: Here, read: readonly Asked[]): Promise<void> {
  const { db, area, bearer, now: at } = here
  for (const { onward, task } of read) await recordSeen(here, onward, systemOf(task.owner.display))
  const codes = { client: bearer.id, resource: 'Task' }
  const on = read.map(({ onward: { person, id: subject } }) => ({ person, subject, codes }))
  writeReads(db, { area, by: undefined, at, what: 'onward.opened-by-system', on })
}

/** Requests as their service reads them: what is asked of their people and of the area is asked for all at once. */
async function tasksOf(here: Here, origin: string, found: readonly Onward[]): Promise<Asked[]> {
  if (found.length === 0) return []
  const { db, area, bearer, now } = here
  const people = found.map(({ person }) => person)
  const [place, hidden, born, owner, { serviceAnswerDays: days }] = await Promise.all([
    findArea(db, area),
    listHidden(db, area, people),
    listBornOn(db, area, people),
    findOrganisation(db, area, bearer.organisation),
    findSettings(db, area, dayOf(now)),
  ])
  const who = { areaName: place?.name ?? '', owner: { id: bearer.organisation, name: owner?.name ?? '' } }
  return found.map((onward) => {
    const { person, by, askedAt, events } = onward
    const parts = sentNow(onward, { restricted: hidden.includes(person) })
    const bornOn = born.get(person)
    const asked = {
      ...{ ...onward, ...who, by: by ?? null, parts, own: answersIn(events), askedAt: askedAt ?? onward.stateAt },
      ...{ bornOn: bornOn ? bornIn(parts, bornOn) : null, answerBy: dayOf(askedAt ?? now).add({ days }) },
    }
    return { onward, task: withVersion(askedTaskOf(asked, { origin, fhirAt: `${origin}${fhirPath}` })) }
  })
}

function withVersion(task: AskedTask): AskedTask {
  const versionId = createHash('sha256').update(versionedOf(task)).digest('hex').slice(0, 32)
  return { ...task, meta: { ...task.meta, versionId } }
}
