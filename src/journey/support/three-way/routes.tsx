import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, id, ids, optionalId, optionalText, text, tick } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { findNewestAbout } from '#platform/notify/went.ts'
import { calledName, deathInWords } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { listPhasedReturns } from '#journey/phased-return/store.ts'
import { standingAfter } from '#journey/support/adjustments/rules.ts'
import { listAdjustments } from '#journey/support/adjustments/store.ts'
import { requestKind } from '#journey/request/rules.ts'
import { recipientAt, sentenceKinds, stillSaid } from '#journey/support/employer/rules.ts'
import { listSayings, listSentences, listWorkplaces } from '#journey/support/employer/store.ts'
import { ThreeWayList } from './pages/list.tsx'
import { OneProposal } from './pages/one.tsx'
import { PutToEmployer } from './pages/put.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

const fields = {
  id: id('Open this page again from the plan'),
  workplace: id('Select whom you ask'),
  asks: text('Enter what you ask of them', 1000),
  items: ids(),
  withReturn: tick(),
}

/** What is put to employers, what they answer, and that all three agree. */
export async function threeWayRoutes(app: App): Promise<void> {
  app.get('/episodes/:episode/three-way', opening, async (request, reply) => {
    const { whose, proposals, now, mayEdit } = await around(request, request.params.episode, 'open')
    await request.read('three-way.list', { person: whose.person.id, subject: whose.episode })
    const shown = proposals.map((one) => ({ ...one, state: rules.stateOf(one, rules.changedSince(one, now)) }))
    return reply.page(<ThreeWayList {...whose} {...{ proposals: shown, mayEdit, now: request.now }} />)
  })
  puttingRoutes(app)
  oneRoutes(app)
  consentRoute(app)
}

function puttingRoutes(app: App): void {
  const rule = { ...editing, draft: 'three-way' } as const
  const query = { from: optionalId() }
  app.get('/episodes/:episode/three-way/new', { ...rule, reads: 'record', query }, async (request, reply) => {
    const { whose, proposals, choices } = await around(request, request.params.episode, 'edit')
    await request.read('three-way.form', { person: whose.person.id, subject: whose.episode })
    const before = proposals.find((one) => one.id === request.query.from)
    return reply.page(<PutToEmployer {...whose} {...{ choices, before }} {...again(request.form)} />)
  })
  app.post('/episodes/:episode/three-way', { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { whose, choices, now } = await around(request, request.params.episode, 'edit')
    const chosen = form.ok ? choices.find(({ id }) => id === form.value.workplace) : undefined
    const problems = form.ok ? problemsWith(form.value, chosen) : form.problems
    if (!form.ok || !chosen?.allowedBy || problems.length > 0)
      return reply.code(422).page(<PutToEmployer {...whose} {...{ choices }} {...again({ ...form, problems })} />)
    const { id: saved, asks, items, withReturn } = form.value
    const { id: workplace, organisation, contact, email: address, shared, allowedBy } = chosen
    const put = now.adjustments.filter((one) => items.includes(one.id))
    await store.saveProposal(db, {
      ...{
        area,
        id: saved,
        episode: whose.episode,
        person: whose.person.id,
        workplace,
        organisation,
        contact,
        address,
      },
      ...{ asks, shared, allowedBy, phasedReturn: withReturn ? (now.phasedReturn ?? null) : null, newId },
      items: put.map(({ id: adjustment, kind, what }, place) => ({ place: place + 1, adjustment, kind, what })),
      ...{ by: actor.membership, at },
    })
    const codes = { items: put.map((one) => one.id), withReturn, allowedBy }
    await request.act('three-way.written', { person: whose.person.id, subject: saved, codes, vouchesFor: asks })
    return reply.redirect(`/three-way/${saved}/preview`, 303)
  })
}

type Choice = Awaited<ReturnType<typeof around>>['choices'][number]
type Chosen = Readonly<{ items: readonly string[]; withReturn: boolean }>

function problemsWith(given: Chosen, to: Choice | undefined): Problem[] {
  const found: (Problem | false)[] = [
    !to && { field: 'workplace', message: 'Select whom you ask' },
    to !== undefined &&
      !to.allowedBy && { field: 'workplace', message: `${to.why}. Ask what may be said to them first` },
    to !== undefined &&
      given.items.length > 0 &&
      !to.said.adjustments && {
        ...{ field: 'items', message: 'They have not agreed that this contact sees their adjustments' },
      },
    to !== undefined &&
      given.withReturn &&
      !to.said.phasedReturn && {
        ...{ field: 'withReturn', message: 'They have not agreed that this contact sees their phased return' },
      },
  ]
  return [...found.filter((problem) => problem !== false), ...rules.choiceProblems(given)]
}

function oneRoutes(app: App): void {
  app.get('/three-way/:proposal', opening, async (request, reply) => {
    const shown = await one(request, 'open')
    const { proposal, whose } = shown
    await request.read('three-way.record', { person: whose.person.id, subject: proposal.id })
    const code = shown.linked ? spokenCode(app.settings.secret, proposal.id) : null
    return reply.page(<OneProposal {...shown} {...{ code, id: newId() }} {...blank} />)
  })
  app.post('/three-way/:proposal/reading', editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { proposal, whose } = await one(request, 'edit')
    await store.markRead(db, { area, by: actor.membership, at }, proposal)
    await request.act('three-way.read', { person: whose.person.id, subject: proposal.id })
    request.flash('Marked as read')
    return reply.redirect(`/three-way/${proposal.id}`, 303)
  })
  app.post('/three-way/:proposal/closing', editing, async (request, reply) => {
    const { db, area, actor, now } = request
    const { proposal, whose } = await one(request, 'edit')
    await store.closeProposal(db, { area, proposal: proposal.id, by: actor.membership, at: now })
    const subject = proposal.workplace
    if (proposal.sentAt !== null) await withdrawLinks(db, { area, subject, purpose: rules.threeWayPurpose, now })
    await request.act('three-way.closed', { person: whose.person.id, subject: proposal.id })
    request.flash('Closed. It cannot be answered any more')
    return reply.redirect(`/episodes/${whose.episode}/three-way`, 303)
  })
}

const saying = {
  id: id('Open this page again'),
  reply: id('Open this page again'),
  says: choice(rules.saying, 'Select what was said'),
  note: optionalText(1000),
}

function consentRoute(app: App): void {
  app.post('/three-way/:proposal/consents', { ...editing, form: saying }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    await store.holdProposal(db, area, request.params.proposal)
    const shown = await one(request, 'edit')
    const { proposal, changes, whose } = shown
    const code = shown.linked ? spokenCode(app.settings.secret, proposal.id) : null
    if (!form.ok) return reply.code(422).page(<OneProposal {...shown} {...{ code }} {...again(form)} />)
    const { unsaid } = shown
    if (
      form.value.reply !== proposal.replies[0]?.id ||
      unsaid !== undefined ||
      changes.length > 0 ||
      proposal.closedAt !== null
    )
      return reply.code(409).page(<OneProposal {...shown} {...{ code }} {...again({ ...form, problems: [newer] })} />)
    const { id: saved, reply: to, says, note } = form.value
    const consent = { id: saved, reply: to, note, ...rules.saying[says].as, by: actor.membership, at }
    await store.saveConsent(db, { ...consent, area })
    await store.markRead(db, { area, by: actor.membership, at }, proposal)
    const isAgreed = rules.allAgree((await one(request, 'edit')).proposal)
    const codes = { says, concluded: isAgreed }
    await request.act('three-way.said', {
      ...{ person: whose.person.id, subject: proposal.id, codes, ...(note ? { vouchesFor: note } : {}) },
    })
    request.flash(isAgreed ? concludedInWords(proposal) : 'Saved')
    return reply.redirect(`/three-way/${proposal.id}`, 303)
  })
}

/** What the coach reads once all three agree. */
function concludedInWords({ replies }: Pick<rules.Proposal, 'replies'>): string {
  return rules.employerStands(replies[0]) === 'partly'
    ? 'All three agree to what the employer can do. It is an agreement on part of what was asked.'
    : 'All three agree. It is a three-way agreement now.'
}

const newer = { field: 'says', message: 'Something has changed since you opened this page. Read it again first' }

type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>

/** A spell of support with whom may be asked what, and what stands there now. */
async function around({ db, area, actor }: Visit, of: string, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, of, verb)
  if (!found) throw new NotFound()
  const about = { area, person: found.person }
  const [proposals, adjustments, returns, workplaces, sentences] = await Promise.all([
    store.listProposals(db, area, found.id),
    listAdjustments(db, area, found.id),
    listPhasedReturns(db, area, found.id),
    listWorkplaces(db, about),
    listSentences(db, about),
  ])
  const standing = workplaces.filter(({ endedOn }) => endedOn === null)
  const sayings = await listSayings(
    db,
    area,
    standing.map(({ id: one }) => one),
  )
  const asked = standing.map(async (to) => {
    const may = await mayDisclose(db, { ...about, recipient: recipientAt(to), purpose: 'summary' })
    const saying = sayings.get(to.id)
    const said = may.allowed && saying ? stillSaid(saying, may.facts) : rules.nothingSaid
    const shared = sentences
      .filter((one) => said.sentences.includes(one.id))
      .map(({ kind, words }) => ({ label: sentenceKinds[kind].label, value: words }))
    return { ...to, said, shared, ...(may.allowed ? { allowedBy: may.by } : { why: may.why }) }
  })
  const live = adjustments.map((one) => ({ ...one, standing: standingAfter(one.steps) }))
  const choices: readonly (Awaited<(typeof asked)[number]> & Readonly<{ why?: string; allowedBy?: string }>)[] =
    await Promise.all(asked)
  const whose = {
    ...{ episode: found.id, person: { id: found.person, name: calledName(found) } },
    ...{ adjustments: live.filter(({ standing: now }) => rules.mayBePut(now)), hasReturn: returns.length > 0 },
  }
  return { whose, proposals, choices, mayEdit: found.mayEdit, now: { adjustments: live, phasedReturn: returns[0]?.id } }
}

async function one(visit: Visit & Readonly<{ params: Readonly<{ proposal: string }> }>, verb: 'open' | 'edit') {
  const proposal = await store.findProposal(visit.db, visit.area, visit.params.proposal)
  if (!proposal) throw new NotFound()
  const { whose, mayEdit, now } = await around(visit, proposal.episode, verb)
  const changes = rules.changedSince(proposal, now)
  const unsaid = proposal.closedAt === null ? await store.findWhyUnsaid(visit.db, visit.area, proposal) : undefined
  const state = rules.stateOf(proposal, changes)
  const person = await findPerson(visit.db, visit.actor, whose.person.id)
  const died = person?.died_on ? deathInWords(person) : undefined
  return { proposal, whose, mayEdit, changes, unsaid, died, state, now: visit.now, ...(await wentTo(visit, proposal)) }
}

/** Whether a link to answer by went to them, and when a letter did. */
async function wentTo({ db, area }: Visit, { id: about }: rules.Proposal) {
  const [link, letter] = await Promise.all(
    [requestKind, rules.letterKind].map(async (kind) => findNewestAbout(db, { area, about, kinds: [kind] })),
  )
  return { linked: link !== undefined, letterAt: letter?.at }
}
