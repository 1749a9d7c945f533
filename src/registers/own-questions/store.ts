import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { listDecisions } from '#registers/areas/store.ts'
import { asAsked, type Chosen, type Instrument } from '#registers/instruments/rules.ts'
import { listPacks } from '#registers/instruments/store.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { askedIn, readingOf, suppliedAs } from '#registers/questionnaires/rules.ts'
import { type Asking, findAsking, listBegun, listOffered, saveAnswer } from '#registers/questionnaires/store.ts'
import { findReading, type IsAway } from '#registers/safety-arrangement/store.ts'
import { askedThemselves, asksForSomebody, type NoLonger, type OwnInstrument, partsOf } from './rules.ts'

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

type Whose = Readonly<{ area: string; on: Temporal.PlainDate }>

/** Questionnaires of these codes that the area asked once, as it asked them last. */
export async function listAskedBefore(db: Db, { area, on }: Whose, codes: readonly string[]): Promise<Instrument[]> {
  if (codes.length === 0) return []
  const [decisions, packs] = await Promise.all([listDecisions(db, area, ['questionnaires']), listPacks(db, area)])
  const past = decisions.filter(({ from_on }) => Temporal.PlainDate.compare(from_on, on) <= 0)
  const once = new Set<unknown>(past.map(({ value }) => value).flat())
  return codes.flatMap((code) => {
    if (once.has(code)) return suppliedAs(code) ?? []
    const pack = packs.find((one) => one.code === code && one.switchedAt !== null)
    return pack ? asAsked(pack) : []
  })
}

/** What is asked under an address; undefined for whoever has not agreed to take part or is not with the service. */
export async function findAsked(db: Db, look: Looking & Readonly<{ person: string; set: string }>, later: Around) {
  const { area, set, on, at, was } = look
  const [offered, reading, { episode, isAsked }] = await Promise.all([
    listOffered(db, area, on),
    findReading(db, area, { on, at, isAway: later.isAway }),
    findStanding(db, look, later),
  ])
  if (episode === undefined || !isAsked) return undefined
  const wanted = askedIn(set, offered)
  const gone = await listAskedBefore(db, look, wanted.length > 0 ? [] : [set])
  const asked = askedThemselves({ offered: wanted, gone }, reading.covered || was)
  return { asked, gone: gone.length > 0, episode, read: asksForSomebody(asked) ? reading.read : undefined }
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
  const asked = offered.filter(({ code }) => asking.instruments.includes(code))
  const left = asking.instruments.filter((code) => !asked.some((one) => one.code === code))
  const gone = await listAskedBefore(db, look, left)
  const all = askedThemselves({ offered: asked, gone }, reading.covered || was)
  return { asking, reading, episode, parts: partsOf(all, begun) }
}

/** What was answered of each part of what was asked by these links, sent or not. */
export async function listGiven(db: Db, area: string, askings: readonly string[]) {
  if (askings.length === 0) return []
  const begun = db
    .selectFrom('questionnaires.begun')
    // Checked: saveBegun and saveAnswer alone write the items, from what was chosen.
    .select(['asking', 'instrument', sql<Chosen>`items`.as('items')])
    .where('area', '=', area)
    .where('asking', 'in', [...askings])
  const sent = db
    .selectFrom('questionnaires.answer')
    .select(['form as asking', 'instrument', sql<Chosen>`items`.as('items')])
    .where('area', '=', area)
    .where('form', 'in', [...askings])
  return begun.unionAll(sent).execute()
}

/** Whether some of what was asked was no longer asked when it was sent, and whether anything was answered of that. */
export async function findNoLonger(db: Db, area: string, { id, noLongerAsked }: Asking): Promise<NoLonger> {
  if (noLongerAsked.length === 0) return 'none'
  const given = await listGiven(db, area, [id])
  return given.some(({ instrument }) => noLongerAsked.includes(instrument)) ? 'kept' : 'gone'
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
