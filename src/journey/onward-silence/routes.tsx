import { type Actor, careRoles, type Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import * as field from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { writtenFrom } from '#journey/onward-sending/rules.ts'
import { findOnward, findOnwardOf } from '#journey/onward/store.ts'
import { findWhyNotNow } from '#journey/onward-draft/store.ts'
import { NextService } from './pages/next.tsx'
import { OwnDecided, OwnNext } from './pages/own.tsx'
import { type Answer, answers, answerSince, decisionOf } from './rules.ts'
import {
  answerProposal,
  decideProposal,
  findNext,
  findProposal,
  markDecisionRead,
  packetAgain,
  type Proposal,
} from './store.ts'

/** The next service where one does not answer: what is proposed, and what the coach and the participant decide. */
export async function onwardSilenceRoutes(app: App): Promise<void> {
  coachRoutes(app)
  ownRoutes(app)
}

function coachRoutes(app: App): void {
  const edit = { who: careRoles, verb: 'edit' } as const
  app.get('/onward/:onward/next', { ...edit, reads: 'record' }, async (request, reply) => {
    const { onward, person, proposal } = await proposedFor(request, request.params.onward)
    const { db, area, today } = request
    const fits = proposal ? undefined : await findNext(db, { area, onward: onward.id, today })
    await request.read('onward.next', { person: onward.person, subject: onward.id })
    return reply.page(
      <NextService
        {...{ onward, person, proposal, fits, answer: answerSince(onward) }}
        parts={packetAgain(onward)}
        now={request.now}
      />,
    )
  })
  app.post('/onward/:onward/next', edit, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { onward, proposal } = await proposedFor(request, request.params.onward)
    if (!proposal) throw new NotFound()
    const deciding = { area, proposal: proposal.id, by: actor.membership, note: null, at }
    const kept = await decideProposal(db, { ...deciding, as: 'not-now' })
    await request.act('onward.next-decided', { person: onward.person, subject: proposal.id, codes: { kept } })
    request.flash(kept ? 'Not now. The first service can still answer.' : 'Somebody has decided meanwhile: see below')
    return reply.redirect(kept ? `/onward/${onward.id}` : `/onward/${onward.id}/next`, 303)
  })
  app.post('/onward/:onward/next/reading', edit, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { onward } = await proposedFor(request, request.params.onward)
    await markDecisionRead(db, { area, referral: onward.id, by: actor.membership, at })
    await request.act('onward.next-read', { person: onward.person, subject: onward.id })
    request.flash('Marked as read')
    return reply.redirect(`/onward/${onward.id}`, 303)
  })
}

const answering = {
  id: field.id('Open this page again'),
  answer: field.choice(answers, 'Choose what you would like'),
  leftOut: field.codes(),
  health: field.tick(),
  note: field.optionalText(500),
  words: field.optionalText(200),
}

function ownRoutes(app: App): void {
  const own = { who: 'participant' } as const
  app.get('/my/services/:onward/next', { ...own, reads: 'record' }, async (request, reply) => {
    const { onward, proposal, parts, words } = await proposedToMe(request, request.params.onward)
    await request.read('participant.services', { subject: onward.id })
    if (!proposal || proposal.decidedAs !== null) return reply.page(<OwnDecided what="over" />)
    return reply.page(<OwnNext {...again(blank)} {...{ onward, parts, words }} next={proposal.serviceName} />)
  })
  app.post('/my/services/:onward/next', { ...own, form: answering }, async (request, reply) => {
    const { db, area, now, form } = request
    const { onward, proposal, parts, words } = await proposedToMe(request, request.params.onward)
    if (!proposal || proposal.decidedAs !== null) {
      await request.act('onward.next-late', { subject: onward.id })
      return reply.page(<OwnDecided what="over" />)
    }
    if (!form.ok)
      return reply
        .code(422)
        .page(<OwnNext {...again(form)} {...{ onward, parts, words }} next={proposal.serviceName} />)
    const { answer, note } = form.value
    const wordingVersion = versionsRead(form.value.words, words).onward ?? 'none-of-ours'
    const said = { ...form.value, wordingVersion, how: 'own-space' } as const
    const kept = await answerProposal(db, { area, now, ...writtenFrom(app.settings, area), onward, proposal, ...said })
    const vouchesFor = note === null ? {} : { vouchesFor: note }
    await request.act('onward.next-answered', { subject: proposal.id, codes: { answer, kept }, ...vouchesFor })
    return reply.page(<OwnDecided what={kept ? await followsFrom(request, { answer, proposal }) : 'over'} />)
  })
}

type Decided = Readonly<{ answer: Answer; proposal: Pick<Proposal, 'address' | 'service'> }>

/** What becomes of an answer: a yes to a service without an address is asked by the coach, to one that was shut by nobody. */
async function followsFrom({ db, area, now }: Now, { answer, proposal: { address, service } }: Decided) {
  const as = decisionOf(answer, address !== null)
  if (as === 'wanted') return 'wanted'
  return as === 'yes' && (await findWhyNotNow(db, area, service, now)) ? 'shut' : answer
}

type Now = Readonly<{ db: Db; area: string; now: Temporal.Instant }>
type Asking = Readonly<{ db: Db; area: string; actor: Actor }>

async function proposedFor({ db, area, actor }: Asking, wanted: string) {
  const onward = await findOnward(db, actor, wanted, 'edit')
  const found = onward && (await findPerson(db, actor, onward.person))
  if (!onward || !found) throw new NotFound()
  const proposal = await findProposal(db, { area, referral: onward.id })
  return { onward, proposal, person: { id: found.id, name: calledName(found) } }
}

type Mine = Readonly<{ db: Db; area: string; me: Participant; today: Temporal.PlainDate }>

async function proposedToMe({ db, area, me, today }: Mine, id: string) {
  const onward = await findOnwardOf(db, { area, person: me.person, id })
  if (!onward) throw new NotFound()
  const found = await findProposal(db, { area, referral: onward.id })
  // A late answer of the first service ends the proposal.
  const proposal = found && (found.decidedAs !== null || onward.state === 'no-reply') ? found : undefined
  return { onward, proposal, parts: packetAgain(onward), words: await findWordings({ db, area, today }, ['onward']) }
}
