import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { laidOut } from '#journey/phased-return/rules.ts'
import { listPhasedReturns } from '#journey/phased-return/store.ts'
import { nextOutcomes, standingAfter, standingSteps } from '#journey/support/adjustments/rules.ts'
import { listAdjustments, saveStep, withdrawStep } from '#journey/support/adjustments/store.ts'
import { nobodyThere } from '#journey/support/employer/rules.ts'
import { type Answer, changedSince, pointsOf, type Proposal, type Reply } from '#journey/support/three-way/rules.ts'
import { findProposal, findWhyUnsaid, holdProposal, saveReply } from '#journey/support/three-way/store.ts'

type Answering = Omit<Reply, 'number' | 'read'> & Readonly<{ area: string; by: string | null }>

/**
 * Writes what an employer answered, and on each adjustment what it comes to, in place of what they answered before. Gives
 * whether it is new: the form sent twice leaves one.
 */
export async function keepReply(db: Db, of: Pick<Proposal, 'id'>, reply: Answering): Promise<boolean> {
  const { area } = reply
  await holdProposal(db, area, of.id)
  const proposal = await findProposal(db, area, of.id)
  if (!proposal || proposal.replies.some((known) => known.id === reply.id)) return false
  const [last] = proposal.replies
  if (last && saysTheSame(last, reply)) return false
  const answers: Answer[] = []
  for (const answer of reply.answers)
    answers.push({ ...answer, step: await keptStep(db, proposal, { ...reply, answer }) })
  await saveReply(db, { ...reply, answers, number: (proposal.replies[0]?.number ?? 0) + 1, proposal: proposal.id })
  return true
}

// Sent from a second tab, say: it is one answer.
function saysTheSame(one: Reply, other: Omit<Reply, 'number' | 'read'>): boolean {
  const said = ({ byName, note, how, answers }: Omit<Reply, 'number' | 'read'>) => {
    const inOrder = answers.toSorted((first, second) => first.place - second.place)
    return JSON.stringify([
      byName,
      note,
      how,
      inOrder.map(({ place, answer, fromOn, words }) => [place, answer, fromOn, words]),
    ])
  }
  return said(one) === said(other)
}

type OneAnswer = Omit<Answering, 'answers'> & Readonly<{ answer: Answer }>

/** The step that an answer comes to on its adjustment; none where the team has gone on since with something else. */
async function keptStep(
  db: Db,
  proposal: Proposal,
  { area, answer, byName, by, at }: OneAnswer,
): Promise<string | null> {
  const adjustment = pointsOf(proposal).find(({ place }) => place === answer.place)?.adjustment
  const found = adjustment
    ? (await listAdjustments(db, area, proposal.episode)).find(({ id }) => id === adjustment)
    : undefined
  if (!found) return null
  const [last, earlier] = standingSteps(found.steps)
  const before = proposal.replies[0]?.answers.find(({ place }) => place === answer.place)?.step
  const isTheirs = last !== undefined && last.id === before
  if (isTheirs) await withdrawStep(db, { area, step: last.id, by, at })
  // They answered to the words that were put to them, and not to those it has now.
  if (found.what !== proposal.items.find(({ place }) => place === answer.place)?.what) return null
  const now = (isTheirs ? earlier : last)?.standing ?? 'asked'
  const standing = ({ agree: 'agreed', suggest: undefined, cannot: 'declined' } as const)[answer.answer]
  if (!standing || !nextOutcomes[now].includes(standing)) return null
  const step = { id: newId(), standing, onDay: dayOf(at), who: byName, reason: answer.words, fromOn: answer.fromOn }
  const on = { area, adjustment: found.id, episode: proposal.episode, seen: found.version + (isTheirs ? 1 : 0), by, at }
  return (await saveStep(db, { ...on, ...step })) ? step.id : null
}

/**
 * Why what was written cannot go to them as it is, asked each time that it is to go: it was closed, the person has not
 * agreed to it any more, or something of it has changed since; undefined where it can.
 */
export async function findWhyNotSent(db: Db, area: string, proposal: Proposal): Promise<string | undefined> {
  if (proposal.closedAt !== null) return nobodyThere
  const unsaid = await findWhyUnsaid(db, area, proposal)
  if (unsaid !== undefined) return unsaid
  const [adjustments, returns] = await Promise.all([
    listAdjustments(db, area, proposal.episode),
    listPhasedReturns(db, area, proposal.episode),
  ])
  const live = adjustments.map((one) => ({ ...one, standing: standingAfter(one.steps) }))
  const [change] = changedSince(proposal, { adjustments: live, phasedReturn: returns[0]?.id })
  return change && `${change} Put the new text to them`
}

/** What somebody at work reads of a proposal, by the link or on paper: exactly what the coach saw before it went. */
export async function findSeenAtWork(db: Db, area: string, proposal: Proposal) {
  const [name, here, returns] = await Promise.all([
    findNameAtWork(db, area, proposal.person),
    findArea(db, area),
    proposal.phasedReturn === null ? [] : listPhasedReturns(db, area, proposal.episode),
  ])
  const plan = returns.find((one) => one.id === proposal.phasedReturn)
  const areaName = here?.name ?? ''
  const phased = plan && { plan, weeks: laidOut(plan, []) }
  return { proposal, name, areaName, askedBy: proposal.askedBy ?? areaName, phased }
}

/** What somebody is called in the books of their employer. What they are called among themselves is theirs to tell. */
async function findNameAtWork(db: Db, area: string, person: string): Promise<string> {
  const { given_name, family_name } = await db
    .selectFrom('people.person')
    .select(['given_name', 'family_name'])
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  return `${given_name} ${family_name}`
}
