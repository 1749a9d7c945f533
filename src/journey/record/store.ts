import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { stages } from '#journey/episode/rules.ts'
import { listResultsOnTimeline } from '#journey/action/store.ts'
import { listAgreementsOnTimeline } from '#journey/agreement/store.ts'
import { listAllocationsOnTimeline } from '#journey/allocation/store.ts'
import { listConversationsOnTimeline } from '#journey/assessment/store.ts'
import { listBookingsOnTimeline, listOutcomesOnTimeline } from '#journey/booking/store.ts'
import { broughtTold } from '#journey/brought-along/rules.ts'
import { listBroughtOnTimeline } from '#journey/brought-along/store.ts'
import { listCompletionsOnTimeline } from '#journey/completion/store.ts'
import { listContactsOnTimeline } from '#journey/contact/store.ts'
import { listDecisionsOnTimeline } from '#journey/decision/store.ts'
import { listEndingsOnTimeline } from '#journey/ending/store.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { listFitNotesOnTimeline, listFollowOnsOnTimeline } from '#journey/fit-note/store.ts'
import { listFitNoteRequestsOnTimeline, listFitNoteResultsOnTimeline } from '#journey/fit-note-request/store.ts'
import { listAttemptsOnTimeline, listFollowUpsOnTimeline } from '#journey/follow-up/store.ts'
import { listWritten } from '#journey/message/store.ts'
import { listErasureRequestsOnTimeline } from '#journey/erasure/store.ts'
import { listOffersOnTimeline } from '#journey/passing-on/store.ts'
import { listPlanAnswersOnTimeline, listPlanOffersOnTimeline } from '#journey/plan-offer/store.ts'
import { listReviewsOnTimeline } from '#journey/plan/store.ts'
import { listCorrectionsOnTimeline } from '#journey/rectification/store.ts'
import * as atWork from '#journey/record/at-work/rules.ts'
import * as beginning from '#journey/record/beginning/rules.ts'
import { listHandoversOnTimeline, listStepsOnTimeline } from '#journey/record/beginning/store.ts'
import * as conversation from '#journey/record/conversation/rules.ts'
import { listAnswersOnTimeline } from '#journey/record/conversation/store.ts'
import * as end from '#journey/record/end/rules.ts'
import * as inTouch from '#journey/record/in-touch/rules.ts'
import {
  listMessagesOnTimeline,
  listPermissionsOnTimeline,
  listRepliesOnTimeline,
  listRhythmsOnTimeline,
} from '#journey/record/in-touch/store.ts'
import * as pilots from '#journey/record/pilots/rules.ts'
import { listPilotAnswersOnTimeline, listPilotInvitationsOnTimeline } from '#journey/pilot-people/store.ts'
import * as planned from '#journey/record/planned/rules.ts'
import * as support from '#journey/record/support/rules.ts'
import * as withEmployer from '#journey/record/with-employer/rules.ts'
import {
  listConsentsOnTimeline,
  listProposalsOnTimeline,
  listRepliesOnTimeline as listEmployersRepliesOnTimeline,
} from '#journey/record/with-employer/store.ts'
import { aroundTold, onwardTold } from '#journey/record/passed-on/rules.ts'
import { listAroundOnTimeline, listOnwardOnTimeline } from '#journey/record/passed-on/store.ts'
import * as advice from '#journey/record/advice/rules.ts'
import { listWishesOnTimeline } from '#journey/leaving/store.ts'
import { listLooksOnTimeline } from '#journey/safety/store.ts'
import { listTalksOnTimeline } from '#journey/support/employer/store.ts'
import { listEntriesOnTimeline } from '#journey/support/log/store.ts'
import {
  listPausesOnTimeline,
  listResumptionsOnTimeline,
  listWaitingLooksOnTimeline,
} from '#journey/support/pause/store.ts'
import { listHelpOnTimeline } from '#journey/support/job-search/store.ts'
import { listAdjustmentsOnTimeline, listAdjustmentStepsOnTimeline } from '#journey/support/adjustments/store.ts'
import { listRequestsOnTimeline } from '#journey/support/budget/store.ts'
import { listDecisionsOnTimeline as listAdviceOnTimeline } from '#journey/support/team/store.ts'
import { listDecisionsOnTimeline as listSupervisedOnTimeline } from '#journey/supervision/store.ts'
import { listAdviceOnTimeline as listHealthAdviceOnTimeline } from '#journey/support/health-advice/store.ts'
import { listMattersOnTimeline, listObjectionsOnTimeline } from '#journey/support/matter/store.ts'
import { listWeekReviewsOnTimeline } from '#journey/support/week-limit/store.ts'
import { listAnswersFromOutside } from '#journey/request/store.ts'
import { listReferralsOnTimeline } from '#journey/triage/store.ts'
import { listWithdrawalsOnTimeline } from '#journey/withdrawal/store.ts'
import { writtenReference } from '#journey/referral/rules.ts'
import { type Asked, type Happening, type Kind, newestOf, type ReadAt } from '#journey/timeline/rules.ts'

/** A stretch of somebody's story as this actor may read it now. */
export type Telling = Asked & ReadAt & Readonly<{ actor: Actor; kind: Kind | null }>
type Teller = (db: Db, asked: Telling) => Promise<Happening[]>

function tell<Row>(
  list: (db: Db, asked: Telling) => Promise<Row[]>,
  told: (row: Row, at: ReadAt) => Happening,
): Teller {
  return async (db, asked) => (await list(db, asked)).map((row) => told(row, asked))
}

// Who tells each part of the story. A part that is added without anybody to tell it does not compile.
const tellers: Readonly<Record<Kind, readonly Teller[]>> = {
  referral: [
    tell(listReferralsOnTimeline, beginning.referralTold),
    tell(listDecisionsOnTimeline, beginning.decisionTold),
  ],
  coach: [
    tell(listAllocationsOnTimeline, beginning.allocationTold),
    tell(listHandoversOnTimeline, beginning.handoverTold),
    tell(listOffersOnTimeline, beginning.passedOnTold),
  ],
  contact: [tell(listContactsOnTimeline, inTouch.contactTold), tell(listRhythmsOnTimeline, support.rhythmTold)],
  appointment: [tell(listBookingsOnTimeline, inTouch.bookingTold), tell(listOutcomesOnTimeline, inTouch.outcomeTold)],
  message: [
    tell(listMessagesOnTimeline, inTouch.messageTold),
    tell(listRepliesOnTimeline, inTouch.replyTold),
    tell(listWritten, inTouch.writtenTold),
    tell(listAnswersFromOutside, support.answerTold),
    tell(listWithdrawalsOnTimeline, beginning.withdrawalTold),
  ],
  permission: [
    tell(listPermissionsOnTimeline, inTouch.permissionTold),
    tell(listPilotInvitationsOnTimeline, pilots.askedTold),
    tell(listPilotAnswersOnTimeline, pilots.answerTold),
  ],
  asked: [
    tell(listCorrectionsOnTimeline, inTouch.correctionTold),
    tell(listErasureRequestsOnTimeline, inTouch.erasureRequestTold),
  ],
  conversation: [
    tell(listConversationsOnTimeline, conversation.conversationTold),
    tell(listAnswersOnTimeline, conversation.answersTold),
  ],
  safety: [tell((db, asked) => listLooksOnTimeline(db, asked.actor, asked), conversation.lookTold)],
  'fit-note': [
    tell(listFitNotesOnTimeline, conversation.fitNoteTold),
    tell(listFollowOnsOnTimeline, conversation.followOnTold),
    tell(listFitNoteRequestsOnTimeline, conversation.requestTold),
    tell(listFitNoteResultsOnTimeline, conversation.requestResultTold),
  ],
  plan: [
    tell(listAgreementsOnTimeline, planned.agreementTold),
    tell(listPlanOffersOnTimeline, planned.planSentTold),
    tell(listPlanAnswersOnTimeline, planned.planAnswerTold),
    tell(listReviewsOnTimeline, planned.reviewTold),
    tell(listResultsOnTimeline, planned.resultTold),
  ],
  'job-search': [tell(listHelpOnTimeline, atWork.helpTold)],
  adjustment: [
    tell(listAdjustmentsOnTimeline, atWork.adjustmentTold),
    tell(listAdjustmentStepsOnTimeline, atWork.adjustmentStepTold),
    tell(listProposalsOnTimeline, withEmployer.proposalTold),
    tell(listEmployersRepliesOnTimeline, withEmployer.replyTold),
    tell(listConsentsOnTimeline, withEmployer.consentTold),
  ],
  team: [
    tell(listMattersOnTimeline, advice.matterTold),
    tell(listObjectionsOnTimeline, advice.objectionTold),
    tell(listAdviceOnTimeline, advice.decisionTold),
    tell(listHealthAdviceOnTimeline, advice.healthTold),
    tell(listSupervisedOnTimeline, advice.supervisionTold),
    tell(listRequestsOnTimeline, advice.requestTold),
  ],
  onward: [tell(listOnwardOnTimeline, onwardTold), tell(listAroundOnTimeline, aroundTold)],
  support: [
    tell(listEntriesOnTimeline, support.entryTold),
    tell(listTalksOnTimeline, withEmployer.talkTold),
    tell(listPausesOnTimeline, support.pauseTold),
    tell(listWaitingLooksOnTimeline, support.waitingLookTold),
    tell(listResumptionsOnTimeline, support.resumptionTold),
    tell(listWeekReviewsOnTimeline, support.weekReviewTold),
  ],
  end: [
    tell(listCompletionsOnTimeline, end.completionTold),
    tell(listEndingsOnTimeline, end.endingTold),
    tell(listWishesOnTimeline, end.wishTold),
    tell(listFollowUpsOnTimeline, end.followUpTold),
    tell(listAttemptsOnTimeline, end.attemptTold),
  ],
}

/**
 * What was said, sent and done, the newest first: everything, or one part of it. All is asked for at once, and each
 * stage gives no more than one page of its own. Ask findPerson before: it decides who may know.
 */
export async function listHappenings(db: Db, asked: Telling) {
  const wanted = asked.kind === null ? Object.values(tellers).flat() : tellers[asked.kind]
  const all = [...wanted, tell(listStepsOnTimeline, beginning.stepTold), tell(listBroughtOnTimeline, broughtTold)]
  const told = await Promise.all(all.map((teller) => teller(db, asked)))
  return newestOf(told, asked.most)
}

/** What the members with these ids are called, those who have left included. */
export async function listNames(
  db: Db,
  area: string,
  members: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(members.filter((member) => member !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .selectFrom('organisations.member')
    .select(['id', 'name'])
    .where('area', '=', area)
    .where('id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Until when somebody who may change nothing in a record may read it. Ask findPerson before: it decides who may know. */
export async function findReadsUntil(db: Db, { area, organisations }: Actor, person: string) {
  const { until } = await db
    .selectFrom('people.holder')
    .select(sql<Temporal.Instant | null>`max(reads_until)`.as('until'))
    .where('area', '=', area)
    .where('person', '=', person)
    .where(sql<boolean>`organisation = any(${[...organisations]}::uuid[])`)
    .executeTakeFirstOrThrow()
  return until ?? undefined
}

/** What a record holds, for whoever has to say whether two records are one person: its spells of support. */
export async function listHoldings(db: Db, actor: Actor, person: string) {
  const episodes = await listEpisodesOf(db, actor, person)
  return episodes.map(({ received_at, stage, ended_at }) => ({
    label: `Support from ${longDay(dayOf(received_at))} (${stages[stage].label.toLowerCase()})`,
    openSince: ended_at === null ? received_at : null,
  }))
}

/** Whose referral has this reference, however it was typed. Which of them may be seen, the search decides. */
export async function findByReference(db: Db, { area }: Actor, typed: string): Promise<string[]> {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^WW/, '')
  if (letters.length !== 7) return []
  const found = await db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
    )
    .select('referral.person')
    .where('given.area', '=', area)
    .where('given.reference', '=', writtenReference(letters))
    .execute()
  return found.map(({ person }) => person)
}

/** Who coaches a person now, on whichever of their records. Ask findPerson before: it decides who may know. */
export async function listCoachesOf(db: Db, { area }: Actor, person: string) {
  return db
    .selectFrom('episode.standing as standing')
    .innerJoin('organisations.member as coach', (join) =>
      join.onRef('coach.area', '=', 'standing.area').onRef('coach.id', '=', 'standing.coach'),
    )
    .select(['coach.id as membership', 'coach.name'])
    .distinct()
    .where('standing.area', '=', area)
    .where('standing.ended_at', 'is', null)
    .where(isOfPerson('standing.person', { area, person }))
    .execute()
}
