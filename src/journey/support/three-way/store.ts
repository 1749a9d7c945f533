import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { findNameOf, isAnyOf } from '#journey/timeline/store.ts'
import { nobodyThere, recipientAt, stillSaid, whyUnsaid } from '#journey/support/employer/rules.ts'
import { listSayings, listSentences, listWorkplaces } from '#journey/support/employer/store.ts'
import type { AdjustmentKind } from '#journey/support/adjustments/rules.ts'
import { nothingSaid } from './rules.ts'
import type { Answer, AnswerCode, Consent, Proposal, Reply, Shown, WayAnswered, WaySaid } from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>

function proposals(db: Db, area: string) {
  return db
    .selectFrom('three_way.proposal as proposal')
    .select(['proposal.id', 'proposal.episode', 'proposal.person', 'proposal.workplace', 'proposal.organisation'])
    .select(['proposal.contact', 'proposal.address', 'proposal.asks', 'proposal.phased_return as phasedReturn'])
    .select(['proposal.allowed_by as allowedBy', 'proposal.at', 'proposal.sent_at as sentAt'])
    .select('proposal.closed_at as closedAt')
    .select([sql<Shown[]>`proposal.shared`.as('shared'), findNameOf(area, 'proposal.by').as('askedBy')])
    .where('proposal.area', '=', area)
    .orderBy('proposal.at', 'desc')
    .orderBy('proposal.id', 'desc')
}

type Row = Omit<Proposal, 'items' | 'replies' | 'consents'>

/** Everything that belongs to these proposals. */
async function whole(db: Db, area: string, rows: readonly Row[]): Promise<Proposal[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [items, replies] = await Promise.all([itemsOf(db, area, ids), repliesOf(db, area, ids)])
  const answered = replies.map(({ id }) => id)
  const [answers, consents] = await Promise.all([answersOf(db, area, answered), consentsOf(db, area, answered)])
  return rows.map((row) => {
    const own = replies.filter(({ proposal }) => proposal === row.id)
    const isOwn = (reply: string) => own.some(({ id }) => id === reply)
    return {
      ...row,
      items: items.filter(({ proposal }) => proposal === row.id),
      replies: own.map((reply): Reply => ({ ...reply, answers: answers.filter((one) => one.reply === reply.id) })),
      consents: consents.filter(({ reply }) => isOwn(reply)),
    }
  })
}

function itemsOf(db: Db, area: string, of: readonly string[]) {
  return db
    .selectFrom('three_way.item as item')
    .select(['item.id', 'item.proposal', 'item.place', 'item.adjustment', 'item.what'])
    .select(sql<AdjustmentKind>`item.kind`.as('kind'))
    .where('item.area', '=', area)
    .where(isAnyOf('item.proposal', of))
    .orderBy('item.place')
    .execute()
}

/** Whether an answer under this id was kept. */
export async function hasReply(db: Db, area: string, id: string): Promise<boolean> {
  const kept = db.selectFrom('three_way.reply').select('id').where('area', '=', area).where('id', '=', id)
  return (await kept.executeTakeFirst()) !== undefined
}

function repliesOf(db: Db, area: string, of: readonly string[]) {
  return (
    db
      .selectFrom('three_way.reply as reply')
      // Checked: the table itself refuses any other way.
      .select(['reply.id', 'reply.proposal', 'reply.number', sql<WayAnswered>`reply.how`.as('how')])
      .select(['reply.by_name as byName', 'reply.note', 'reply.at', sql<boolean>`reply.read_at is not null`.as('read')])
      .where('reply.area', '=', area)
      .where(isAnyOf('reply.proposal', of))
      .orderBy('reply.number', 'desc')
      .execute()
  )
}

function answersOf(db: Db, area: string, of: readonly string[]) {
  return (
    db
      .selectFrom('three_way.answer as answer')
      // Checked: as above.
      .select(['answer.reply', 'answer.place', sql<AnswerCode>`answer.answer`.as('answer')])
      .select(['answer.from_on as fromOn', 'answer.words', 'answer.step'])
      .where('answer.area', '=', area)
      .where(isAnyOf('answer.reply', of))
      .orderBy('answer.place')
      .execute()
  )
}

function consentsOf(db: Db, area: string, of: readonly string[]) {
  return (
    db
      .selectFrom('three_way.consent as consent')
      // Checked: as above.
      .select(['consent.id', 'consent.reply', sql<Consent['party']>`consent.party`.as('party'), 'consent.agrees'])
      .select([sql<WaySaid>`consent.how`.as('how'), 'consent.note', findNameOf(area, 'consent.by').as('by')])
      .select(['consent.at', sql<boolean>`consent.read_at is not null`.as('read')])
      .where('consent.area', '=', area)
      .where(isAnyOf('consent.reply', of))
      .orderBy('consent.at', 'desc')
      .orderBy('consent.id', 'desc')
      .execute()
  )
}

/** What was put to employers in a spell of support, the newest first. Ask findEpisode before. */
export async function listProposals(db: Db, area: string, episode: string): Promise<Proposal[]> {
  return whole(db, area, await proposals(db, area).where('proposal.episode', '=', episode).execute())
}

/** What was put to the employers of a person, over all their records, the newest first. Show it to themselves. */
export async function listProposalsOfPerson(db: Db, area: string, person: string): Promise<Proposal[]> {
  return whole(db, area, await proposals(db, area).where(isOfPerson('proposal.person', { area, person })).execute())
}

/** One of them, to whomever it belongs: ask findEpisode for its episode before it is shown. */
export async function findProposal(db: Db, area: string, proposal: string): Promise<Proposal | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(proposal)) return undefined
  const [found] = await whole(db, area, await proposals(db, area).where('proposal.id', '=', proposal).execute())
  return found
}

/** What stands open for somebody at a workplace of a person: what a link to them opens. */
export async function findOpenAt(
  db: Db,
  area: string,
  { workplace, person }: Readonly<{ workplace: string; person: string }>,
) {
  const rows = await proposals(db, area)
    .where('proposal.workplace', '=', workplace)
    .where(isOfPerson('proposal.person', { area, person }))
    .where('proposal.sent_at', 'is not', null)
    .where('proposal.closed_at', 'is', null)
    .limit(1)
    .execute()
  return (await whole(db, area, rows))[0]
}

/** Why they may not be told all of what was put to them any more, asked each time; undefined where they may. */
export async function findWhyUnsaid(db: Db, area: string, put: Proposal): Promise<string | undefined> {
  const of = { area, person: put.person }
  const to = (await listWorkplaces(db, of)).find(({ id }) => id === put.workplace)
  if (!to || to.endedOn !== null) return nobodyThere
  const may = await mayDisclose(db, { ...of, recipient: recipientAt(to), purpose: 'summary' })
  if (!may.allowed) return may.why
  const [sayings, sentences] = await Promise.all([listSayings(db, area, [to.id]), listSentences(db, of)])
  const saying = sayings.get(to.id)
  return whyUnsaid(put, saying ? stillSaid(saying, may.facts) : nothingSaid, sentences)
}

type NewProposal = By &
  Pick<
    Proposal,
    'id' | 'episode' | 'person' | 'workplace' | 'organisation' | 'contact' | 'address' | 'asks' | 'shared'
  > &
  Readonly<{
    phasedReturn: string | null
    allowedBy: string
    items: readonly Omit<Proposal['items'][number], 'id'>[]
  }> &
  Readonly<{ newId: () => string }>

/** Writes what is to be put to an employer; nobody but the team sees it before it is sent. The form sent twice leaves one. */
export async function saveProposal(
  db: Db,
  { items, shared, newId, phasedReturn, allowedBy, ...proposal }: NewProposal,
) {
  const { area, id } = proposal
  if (await findProposal(db, area, id)) return
  const kept = { ...proposal, shared: JSON.stringify(shared), phased_return: phasedReturn, allowed_by: allowedBy }
  const open = { ...kept, sent_at: null, closed_by: null, closed_at: null }
  await db.insertInto('three_way.proposal').values(open).execute()
  const rows = items.map((item) => ({ area, id: newId(), proposal: id, ...item }))
  if (rows.length > 0) await db.insertInto('three_way.item').values(rows).execute()
}

/** Puts it to the employer, in place of what stood open for them. */
export async function markSent(db: Db, { area, by, at }: By, { id, workplace }: Pick<Proposal, 'id' | 'workplace'>) {
  const those = db.updateTable('three_way.proposal').where('area', '=', area).where('closed_at', 'is', null)
  const others = those.where('workplace', '=', workplace).where('id', '<>', id)
  await others.set({ closed_by: by, closed_at: at }).execute()
  await those.set({ sent_at: at }).where('id', '=', id).where('sent_at', 'is', null).execute()
}

/** Closes a proposal: nothing more can be answered. */
export async function closeProposal(db: Db, { area, proposal, by, at }: By & Readonly<{ proposal: string }>) {
  await db
    .updateTable('three_way.proposal')
    .set({ closed_by: by, closed_at: at })
    .where('area', '=', area)
    .where('id', '=', proposal)
    .where('closed_at', 'is', null)
    .execute()
}

/** Lets whoever answers, agrees or closes go on alone. */
export async function holdProposal(db: Db, area: string, proposal: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('three-way ' || ${area} || ${proposal}, 0))`.execute(db)
}

type NewReply = Omit<Reply, 'answers' | 'read'> &
  Readonly<{
    area: string
    proposal: string
    by: string | null
    answers: readonly Answer[]
  }>

/** Writes what an employer answered. Hold the proposal before. */
export async function saveReply(db: Db, { answers, byName, ...reply }: NewReply): Promise<void> {
  const { area, id, by, at } = reply
  // Whoever of the team writes it down has read it.
  const read = by === null ? { read_by: null, read_at: null } : { read_by: by, read_at: at }
  await db
    .insertInto('three_way.reply')
    .values({ ...reply, by_name: byName, ...read })
    .execute()
  const rows = answers.map(({ fromOn, step = null, ...one }) => ({ area, reply: id, from_on: fromOn, step, ...one }))
  await db.insertInto('three_way.answer').values(rows).execute()
}

type NewConsent = Omit<Consent, 'read' | 'by'> & Readonly<{ area: string; by: string | null }>

/** Writes what the person or the coach says to an answer; the form sent twice leaves one. */
export async function saveConsent(db: Db, consent: NewConsent): Promise<void> {
  const { agrees, by, at } = consent
  // That somebody agrees of themselves is news; that they want to talk waits to be read.
  const read = by === null && !agrees ? { read_by: null, read_at: null } : { read_by: by, read_at: at }
  await db
    .insertInto('three_way.consent')
    .values({ ...consent, ...read })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Writes that a member has read everything that was said to a proposal. */
export async function markRead(db: Db, { area, by, at }: By, { replies, consents }: Proposal): Promise<void> {
  const seen = { read_by: by, read_at: at }
  const unread = <One extends Readonly<{ id: string; read: boolean }>>(all: readonly One[]) =>
    all.filter(({ read }) => !read).map(({ id }) => id)
  const [answered, said] = [unread(replies), unread(consents)]
  await db.updateTable('three_way.reply').set(seen).where('area', '=', area).where(isAnyOf('id', answered)).execute()
  await db.updateTable('three_way.consent').set(seen).where('area', '=', area).where(isAnyOf('id', said)).execute()
}
