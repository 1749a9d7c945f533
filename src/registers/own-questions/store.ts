import type { Db } from '#platform/database/transaction.ts'
import type { Chosen } from '#registers/instruments/rules.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { askedIn, readingOf } from '#registers/questionnaires/rules.ts'
import { findAsking, listBegun, listOffered, saveAnswer } from '#registers/questionnaires/store.ts'
import { findReading, type IsAway } from '#registers/safety-arrangement/store.ts'
import { askedOrHeard, asksForSomebody, type OwnInstrument, partsOf } from './rules.ts'

/** The organisation whose people on duty look after a person now; the one that has held the record longest of several. */
export async function findHolder(db: Db, area: string, person: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('people.holder')
    .select('organisation')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('until', 'is', null)
    .orderBy('since')
    .limit(1)
    .executeTakeFirst()
  return found?.organisation
}

/** What later stages answer of somebody who answers by themselves: their open spell of support, and who of the team is away. */
export type Around = Readonly<{
  openEpisodeOf(db: Db, area: string, person: string): Promise<string | undefined>
  isAway: IsAway
}>

/** Whether somebody is asked anything: they are with the service, and agreed to take part. */
export async function findStanding(
  db: Db,
  { area, person }: Readonly<{ area: string; person: string }>,
  later: Around,
) {
  const [episode, agreed] = await Promise.all([
    later.openEpisodeOf(db, area, person),
    hasAgreedToTakePart(db, area, person),
  ])
  return { episode, isAsked: episode !== undefined && agreed }
}

/** When somebody looks, and whether the page that they sent had the question on it of which an answer asks for somebody. */
type Looking = Readonly<{ area: string; on: Temporal.PlainDate; at: Temporal.Instant; was: boolean }>

/** What is asked under an address, of somebody who agreed to take part and is with the service; undefined where nothing is. */
export async function findAsked(db: Db, look: Looking & Readonly<{ person: string; set: string }>, later: Around) {
  const { area, set, on, at, was } = look
  const [offered, reading, { episode, isAsked }] = await Promise.all([
    listOffered(db, area, on),
    findReading(db, area, { on, at, isAway: later.isAway }),
    findStanding(db, look, later),
  ])
  const asked = askedOrHeard(askedIn(set, offered), { codes: [set], covered: reading.covered, was })
  if (asked.length === 0 || episode === undefined || !isAsked) return undefined
  return { asked, episode, read: asksForSomebody(asked) ? reading.read : undefined }
}

/** What is asked by a link and how far somebody has come with it. */
export type ByLink = NonNullable<Awaited<ReturnType<typeof findByLink>>>

/** What is asked by a link and how far somebody has come; undefined where they no longer take part, or are not asked. */
export async function findByLink(db: Db, look: Looking & Readonly<{ asking: string }>, later: Around) {
  const { area, on, at, was } = look
  const asking = await findAsking(db, area, look.asking)
  if (!asking) return undefined
  const [offered, reading, { episode, isAsked }, begun] = await Promise.all([
    listOffered(db, area, on),
    findReading(db, area, { on, at, isAway: later.isAway }),
    findStanding(db, { area, person: asking.person }, later),
    listBegun(db, area, asking.id),
  ])
  if (episode === undefined || !isAsked) return undefined
  const of = { codes: asking.instruments, covered: reading.covered, was }
  const asked = offered.filter(({ code }) => asking.instruments.includes(code))
  return { asking, reading, episode, parts: partsOf(askedOrHeard(asked, of), begun) }
}

type Sent = Readonly<{
  area: string
  person: string
  asked: readonly OwnInstrument[]
  chosen: readonly Chosen[]
  episode: string
  form: string
  at: Temporal.Instant
}>

/** Keeps what somebody answered by themselves, and says whether an answer asks for somebody, for the first time or again. */
export async function saveAnswers(db: Db, { asked, chosen, episode: askedFor, ...sent }: Sent) {
  let alert: 'none' | 'new' | 'known' = 'none'
  for (const [index, { whole }] of asked.entries()) {
    const answers = chosen[index] ?? {}
    if (Object.keys(answers).length === 0) continue
    const reading = readingOf(whole, answers)
    const { code: instrument, version, canonical } = whole
    const by = { answeredBy: 'self', recordedBy: null } as const
    const fresh = await saveAnswer(db, {
      ...{ ...sent, ...by, askedFor, instrument, version, canonical },
      ...{ chosen: answers, reading },
    })
    if (reading.alert) alert = fresh ? 'new' : 'known'
  }
  return alert
}
