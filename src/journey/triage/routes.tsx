import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, optionalChoice, optionalText } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listWanted } from '#platform/link/wanted.ts'
import { routes } from '#registers/organisations/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { listOpenable } from '#registers/search/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { recipientName, saidToTelling, toldUnder } from '#journey/acknowledgement/rules.ts'
import { sharesWay } from '#journey/known/rules.ts'
import { type Alike, listAlike, listNotToWriteTo } from '#journey/known/store.ts'
import { askForConversation } from '#journey/fit-note-referral/store.ts'
import { findHandedBy } from '#journey/handed-link/store.ts'
import { listRequestsFor } from '#journey/fit-note-request/store.ts'
import {
  areReadOut,
  missingFrom,
  personsAnswers,
  referralStates,
  stateOf,
  waysOfAsking,
} from '#journey/referral/rules.ts'
import { type answerHeldReferral, findReferral, type FoundReferral } from '#journey/referral/store.ts'
import { reasonNotToAsk } from '#journey/question/rules.ts'
import { listAnsweredReferrals, listQuestions } from '#journey/request/store.ts'
import { listWithdrawals } from '#journey/withdrawal/store.ts'
import { ReferralList } from './pages/list.tsx'
import type { MayHear } from './pages/said.tsx'
import { ReferralPage } from './pages/referral.tsx'
import { type Asked, directions, firstAsked, listAddress, placeFrom, sortings } from './rules.ts'
import { countWaiting, listReferrals } from './store.ts'

// A coach works with a caseload; the list is for those who decide who comes onto one.
const deciders = ['administrator', 'senior-coach', 'service-manager'] as const

const asking = {
  state: optionalChoice(referralStates),
  route: optionalChoice(routes),
  by: optionalChoice(sortings),
  direction: optionalChoice(directions),
  after: optionalText(60),
}

const answer = {
  answer: choice(personsAnswers, 'Select what they said'),
  how: choice(waysOfAsking, 'Select how they were asked'),
  mayTell: optionalChoice(saidToTelling),
  words: optionalText(200),
}

/** How many people are still to be told where they get help instead: asked here, and answered by a later stage. */
type CountToTell = (db: Db, actor: Actor) => Promise<number>

/** How many forms by email wait to be compared, for this reader: asked here, and answered by whoever keeps them. */
type CountForms = (db: Db, actor: Actor, today: Temporal.PlainDate) => Promise<number>

/** What the list asks of others: what else waits, and that the answer of somebody who was asked is written down. */
export type TriageParts = Readonly<{
  countToTell: CountToTell
  countForms: CountForms
  answerHeld: typeof answerHeldReferral
}>

/** The list of referrals, each with everything said in it, and asking those who were not asked. */
export async function triageRoutes(app: App, { countToTell, countForms, answerHeld }: TriageParts): Promise<void> {
  const list = { who: deciders, verb: 'list', reads: 'list', query: asking } as const
  app.get('/referrals', list, async (request, reply) => {
    const { db, actor, query, today } = request
    const asked = askedFor(query)
    const [{ rows, more }, waiting, toTell, forms] = await Promise.all([
      listReferrals(db, actor, asked),
      countWaiting(db, actor),
      countToTell(db, actor),
      countForms(db, actor, today),
    ])
    const alike = await listAlike(
      db,
      actor,
      rows.map(({ person }) => person),
    )
    const known = new Set(alike.map(({ person }) => person))
    await request.read('referral.list', { codes: { state: asked.state, shown: rows.map(({ id }) => id) } })
    const last = rows.at(-1)
    const after = more && last ? { day: last.sorted, id: last.id } : undefined
    const said = await saidSince(
      db,
      actor.area,
      rows.map(({ id }) => id),
    )
    const listed = rows.map((row) => ({ ...row, alike: known.has(row.person), said: said.get(row.id) ?? [] }))
    const next = after && listAddress({ ...asked, after })
    return reply.page(
      <ReferralList {...{ rows: listed, asked, next, today }} waiting={{ ...waiting, toTell, forms }} />,
    )
  })

  const open = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/referrals/:referral', open, async (request, reply) => {
    const { db, actor, params, now, today } = request
    const found = await findReferral(db, actor, params.referral)
    if (!found) throw new NotFound()
    await request.read('referral.opened', { person: found.person, subject: found.id })
    return reply.page(<ReferralPage {...await shown(request, found)} {...blank} now={now} today={today} />)
  })

  app.post('/referrals/:referral/answer', { who: careRoles, verb: 'edit', form: answer }, async (request, reply) => {
    const { db, actor, params, form, now, today } = request
    const found = await findReferral(db, actor, params.referral, 'edit')
    if (!found) throw new NotFound()
    const page = async (problems: readonly Problem[]) =>
      reply
        .code(422)
        .page(
          <ReferralPage {...await shown(request, found)} typed={form.typed} problems={problems} {...{ now, today }} />,
        )
    if (!form.ok) return page(form.problems)
    const agreed = form.value.answer === 'agreed'
    const { how, mayTell: telling } = form.value
    const words = areReadOut(how) ? versionsRead(form.value.words, await wordsOf(request, found)) : {}
    const said = { agreed, mayTell: telling ?? 'not-asked', how, words, by: actor.membership, today }
    const isFirst =
      stateOf(found) === 'held' &&
      (await answerHeld(db, arrivedOf(found, { area: actor.area, origin: app.settings.origin, now }), said))
    if (!isFirst) return page([{ field: 'answer', message: 'Somebody has already written down what they said' }])
    if (agreed) await speakWith(request, found)
    await request.act('referral.answered', { person: found.person, subject: found.id, codes: { agreed } })
    request.flash(agreed ? 'Saved. The clock runs from today.' : 'Saved. The referral has ended.')
    return reply.redirect(`/referrals/${found.id}`)
  })
}

type Query = { readonly [Name in keyof Asked]: Name extends 'after' ? string | null : Asked[Name] | null }

function askedFor({ state, route, by, direction, after }: Query): Asked {
  const place = after ? placeFrom(after) : null
  if (place === undefined) throw new NotFound()
  return {
    ...{ route, after: place, state: state ?? firstAsked.state },
    ...{ by: by ?? firstAsked.by, direction: direction ?? firstAsked.direction },
  }
}

/** What whoever referred has said of these referrals since, and nobody has read. */
async function saidSince(db: Db, area: string, referrals: readonly string[]): Promise<Map<string, string[]>> {
  const [answered, withdrawn, links] = await Promise.all([
    listAnsweredReferrals(db, area, referrals),
    listWithdrawals(db, area, referrals),
    listWanted(db, { area, purpose: 'referral', subjects: referrals }),
  ])
  const asking = new Set(links.map(({ subject }) => subject))
  const back = new Set(withdrawn.map(({ referral }) => referral))
  const wordsOf = (id: string) => [
    ...(answered.includes(id) ? ['Answer to read'] : []),
    ...(asking.has(id) ? ['Asked for a new link'] : []),
    ...(back.has(id) ? ['Taken back by whoever referred'] : []),
  ]
  return new Map(referrals.map((id) => [id, wordsOf(id)]))
}

type Answered = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

/** Whoever asked for a fit note is to be spoken to, now that they say yes. */
function speakWith({ db, actor, now, today }: Answered, found: FoundReferral): Promise<void> {
  return askForConversation(db, {
    ...{ area: actor.area, id: found.id, person: found.person, route: found.route, by: actor.membership, now },
    ...{ agreement: 'agreed', agreedOn: today, receivedOn: found.received_on, askedFitNote: found.asked_fit_note },
    ...{ fitNote: found.fit_note, fitNoteEndsOn: found.fit_note_ends_on },
    ...{ referrerOrganisation: found.referrer_organisation, referrerEmail: found.referrer_email },
  })
}

/** The words in which they are asked: to be contacted, and that whoever referred them hears more. */
function wordsOf({ db, actor, today }: Looking, { route }: FoundReferral) {
  const told = toldUnder[route]?.switch
  return findWordings({ db, area: actor.area, today }, told ? ['contact', told] : ['contact'])
}

type Looking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

async function shown({ db, actor, today }: Looking, referral: FoundReferral) {
  const [person, means, alike, unwanted, questions, [withdrawal], [wanted]] = await Promise.all([
    findPerson(db, actor, referral.person),
    listMeans(db, actor.area, referral.person),
    listAlike(db, actor, [referral.person]),
    listNotToWriteTo(db, actor.area, referral.person),
    listQuestions(db, actor.area, referral.id),
    listWithdrawals(db, actor.area, [referral.id]),
    listWanted(db, { area: actor.area, purpose: 'referral', subjects: [referral.id] }),
  ])
  if (!person) throw new NotFound()
  const mayAsk = person.mayEdit && reasonNotToAsk(referral) === undefined
  const outside = {
    ...{ referral: referral.id, person: person.id, mayEdit: person.mayEdit, mayAsk },
    questions,
    withdrawal,
    wanted,
  }
  const asked = referral.asked_fit_note
    ? (await listRequestsFor(db, actor.area, referral.person)).find(({ id }) => id === referral.id)
    : undefined
  const told = await withShared(db, actor, alike, unwanted)
  const missing = missingFrom({ ...person, ...referral })
  const mayHear = await hearingOf(db, actor.area, referral)
  const words = await wordsOf({ db, actor, today }, referral)
  const handedBy = await findHandedBy(db, actor.area, referral.id)
  const beside = { mayHear, handedBy, outside, asked, missing, words }
  return { referral, person, means, alike: told, unwanted: unwanted.length > 0, ...beside }
}

/** How much whoever referred somebody may hear now; undefined where they asked to hear nothing. */
async function hearingOf(db: Db, area: string, found: FoundReferral): Promise<MayHear | undefined> {
  const { route, person, feedback, referrer_name: name, referrer_organisation: organisation } = found
  const called = recipientName({ name, organisation, email: found.referrer_email, feedback })
  const under = toldUnder[route]
  if (feedback === 'none' || !under || !called) return undefined
  const asked = { area, person, recipient: { switch: under.switch, name: called } }
  const [all, arrival] = await Promise.all([
    mayDisclose(db, { ...asked, purpose: 'status' }),
    mayDisclose(db, { ...asked, purpose: 'received' }),
  ])
  if (!arrival.allowed) return 'nothing'
  if (feedback === 'received') return 'wished'
  return all.allowed ? 'all' : 'arrival'
}

/** Beside the records that look alike those with the same number or address, as far as this actor may open them. */
async function withShared(db: Db, actor: Actor, alike: readonly Alike[], others: readonly string[]) {
  const missing = others.filter((one) => !alike.some(({ id }) => id === one))
  const open = await listOpenable(db, actor, missing)
  const shared = open.map((one) => ({ id: one.id, pair: undefined, name: calledName(one), why: sharesWay }))
  return [...alike, ...shared]
}

function arrivedOf(found: FoundReferral, of: Readonly<{ area: string; origin: string; now: Temporal.Instant }>) {
  const { id, reference, person, route, holder, feedback } = found
  const { referrer_name: name, referrer_organisation: organisation, referrer_email: email } = found
  const referrer = { name, organisation, email, feedback }
  return { ...of, id, reference, person, route, holder, referrer, isUntold: found.sent_quickly }
}
