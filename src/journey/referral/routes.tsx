import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, choices, day, id, optionalChoice, optionalDay, optionalId } from '#platform/form/fields.ts'
import { optionalText, related, text, tick, type ValueOf, version } from '#platform/form/fields.ts'
import { type Problem, type Typed, unseenProblems } from '#platform/form/rules.ts'
import { again } from '#platform/form/again.ts'
import type { App } from '#platform/http/app.ts'
import { isTooQuick } from '#platform/http/quick.ts'
import { NotFound, TooMany } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findNewcomerPlaces } from '#registers/details/store.ts'
import { isTaking } from '#registers/membership/store.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { routes } from '#registers/organisations/rules.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { accessNeeds, type Newcomer } from '#registers/people/rules.ts'
import {
  feedbackWishes,
  forListed,
  nobody,
  referrerFrom,
  referrerProblems,
  wordsOfOthers,
} from '#journey/acknowledgement/rules.ts'
import { findOwnWords } from '#journey/acknowledgement/store.ts'
import { practiceProblems } from '#journey/fit-note-referral/rules.ts'
import { askForConversation } from '#journey/fit-note-referral/store.ts'
import { findReceiving } from '#journey/referring/store.ts'
import {
  birthProblems,
  newcomerFrom,
  nhsNumberProblems,
  placeProblems,
  reachProblems,
  safeWays,
} from '#journey/newcomer/rules.ts'
import { CorrectReferral } from './pages/correct.tsx'
import { NewReferral, NobodyReceives } from './pages/new.tsx'
import { CannotTakeReferrals, Refer } from './pages/refer.tsx'
import { type Agreement, agreementProblems, agreementsOfOthers, areReadOut, channels, type Coming } from './rules.ts'
import { entryOf, fitNoteAnswers, holderOf, mainBarriers, receivedProblems } from './rules.ts'
import { routesOfOthers, waysOfHearing, workStatuses } from './rules.ts'
import { correctReferral, findReferral, takeReferral } from './store.ts'

const reachFields = {
  ...{ phone: optionalText(40), email: optionalText(), address: optionalText(500), safe: choices(safeWays) },
}
const birthFields = { bornOn: day('Enter their date of birth') }
const placeFields = { postcode: optionalText(12), noFixedAddress: tick(), gpPractice: optionalText() }
const personFields = {
  ...{ givenName: text('Enter their first name', 100), familyName: text('Enter their last name', 100) },
  ...{ ...birthFields, ...reachFields, ...placeFields },
}
const moreFields = {
  ...{ preferredName: optionalText(100), nhsNumber: optionalText(20), bestTime: optionalText() },
  ...{ safeNote: optionalText(1000), language: optionalText(100), interpreter: optionalText(100) },
  ...{ accessNeeds: choices(accessNeeds), accessNote: optionalText(500) },
}
const answerFields = {
  ...{ reason: optionalText(4000), workStatus: optionalChoice(workStatuses) },
  ...{ mainBarrier: optionalChoice(mainBarriers), howHeard: optionalChoice(waysOfHearing) },
  ...{ fitNote: optionalChoice(fitNoteAnswers), fitNoteEndsOn: optionalDay(), askedFitNote: tick() },
}
const referrerFields = {
  ...{ referrerName: optionalText(), referrerOrganisation: optionalText(), referrerEmail: optionalText() },
}

// Only where somebody refers another person; the field of the form says what is missing.
const toldFields = { ...referrerFields, route: choice(routesOfOthers, ''), feedback: optionalChoice(feedbackWishes) }

const refer = {
  ...{ id: id('Open this page again'), words: optionalText(200) },
  agreement: choice(agreementsOfOthers, 'Select whether the person agrees'),
  ...personFields,
  ...{ ...referrerFields, route: choice(routesOfOthers, 'Select which of these you are') },
  feedback: choice(feedbackWishes, 'Select what you would like to be told'),
  ...{ ...answerFields, ...moreFields, filled: optionalText() },
}
// The service that whoever refers works for, where they come by its entry or from its inbox.
const cameBy = { from: optionalId() }
const newReferral = {
  ...{ id: id('Open this page again'), words: optionalText(200), receivedOn: day('Enter the day it reached us') },
  channel: choice(channels, 'Select how it came'),
  route: choice(routes, 'Select who referred them'),
  ...{ agreement: optionalChoice(agreementsOfOthers), feedback: optionalChoice(feedbackWishes) },
  ...{ ...personFields, jobcentre: optionalText(100), ...referrerFields, ...answerFields, ...moreFields },
}

type IsFlooded = (db: Db, coming: Coming) => Promise<boolean>

/** The forms by which others refer somebody, and the one by which a referral is corrected. */
export const referralRoutes = (isFlooded: IsFlooded) => async (app: App) => {
  professionalRoutes(app, isFlooded)
  staffRoutes(app)
  correctionRoutes(app)
}

type Given = Omit<ValueOf<typeof newReferral>, 'receivedOn' | 'channel' | 'agreement' | 'jobcentre' | 'words'> &
  Pick<Newcomer, 'gpPracticeCode' | 'jobcentre'>

/** What was given on either form, as it is taken. */
function given(value: Given) {
  return {
    ...{ id: value.id, route: value.route, answers: value, newcomer: newcomerFrom(value) },
    referrer: value.route === 'self' ? nobody : referrerFrom(value),
  } as const
}

function problemsWith(typed: Typed, today: Temporal.PlainDate): Problem[] {
  return [
    ...related(birthFields, typed, ({ bornOn }) => birthProblems(bornOn, today)),
    ...related(reachFields, typed, reachProblems),
    ...related(placeFields, typed, placeProblems),
    ...related(moreFields, typed, ({ nhsNumber }) => nhsNumberProblems(nhsNumber)),
    ...related(toldFields, typed, (value) => referrerProblems(referrerFrom(value), value.route)),
    ...related({ ...toldFields, route: newReferral.route, ...placeFields, ...answerFields }, typed, practiceProblems),
  ]
}

function professionalRoutes(app: App, isFlooded: IsFlooded): void {
  const stranger = { who: 'anyone', area: 'path' } as const
  app.get('/in/:area/refer', { ...stranger, draft: 'refer', query: cameBy }, async (request, reply) => {
    const [status, page] = await openedForm(request, request.query.from, request.form.typed)
    return reply.code(status).page(page)
  })
  takeForms(app, isFlooded)
}

type Opening = Readonly<{ db: Db; area: string; today: Temporal.PlainDate; actor: Actor | undefined }>

/** The form for professionals as it is opened, with what is known or was typed before, and the status that goes with it. */
export async function openedForm(on: Opening, from: string | null, typed: Typed) {
  const place = await findReceiving(on, from)
  if (!place) throw new NotFound()
  if (!place.receiving) return [503, <CannotTakeReferrals {...place} />] as const
  // Whoever refers with an account need not say who they are, and may: what they typed here before goes first.
  const known = { ...(await findOwnWords(on.db, on.actor)), ...typed }
  return [200, <Refer {...place} id={newId()} problems={[]} typed={known} />] as const
}

function takeForms(app: App, isFlooded: IsFlooded): void {
  const sending = { who: 'anyone', area: 'path', query: cameBy, form: refer } as const
  const typedHere = { ...sending, draft: 'refer' } as const
  // What a records system filled in is no draft of ours, and leaves the one that is as it stands.
  const both = [
    ['/in/:area/refer', typedHere, {}],
    ['/in/:area/refer/filled-in', sending, { filled: '' }],
  ] as const
  for (const [path, rule, held] of both)
    app.post(path, rule, async (request, reply) => {
      const { db, area, today, now } = request
      const place = await findReceiving(request, request.query.from)
      if (!place) throw new NotFound()
      if (!place.receiving) return reply.code(503).page(<CannotTakeReferrals {...place} />)
      const form = forListed(request.form, place.listed)
      const problems = [...form.problems, ...problemsWith(form.typed, today), ...unseenProblems(form.typed)]
      if (!form.ok || problems.length > 0)
        return reply.code(422).page(<Refer {...place} {...again({ typed: { ...held, ...form.typed }, problems })} />)
      const sentQuickly = isTooQuick({ ...request, settings: app.settings }, form.typed)
      if (await isFlooded(db, { area, now, sentQuickly, person: form.value })) throw new TooMany()
      const agreement = sentQuickly ? 'not-asked' : form.value.agreement
      const came = { area, channel: 'online', agreement, receivedOn: today, today, by: null, now, sentQuickly } as const
      const words = versionsRead(form.value.words, place.words)
      const arrival = { ...came, words, holder: place.receiving, origin: app.settings.origin }
      const taken = await takeReferral(db, { ...given(form.value), ...arrival, listed: place.listed?.id })
      await askForConversation(db, { ...form.value, ...arrival, ...taken })
      await request.act(taken.person ? 'referral.received' : 'referral.sent-again', entryOf(taken, form.value, arrival))
      return reply.redirect(`/in/${area}/referred/${form.value.id}`)
    })
}

function staffRoutes(app: App): void {
  const adding = { who: careRoles, verb: 'edit', draft: 'new-referral' } as const
  app.get('/referrals/new', adding, async ({ db, area, today, form }, reply) => {
    const { receivingOrganisation } = await findSettings(db, area, today)
    if (!receivingOrganisation) return reply.code(503).page(<NobodyReceives />)
    return reply.page(<NewReferral id={newId()} {...await around({ db, area, today }, form.typed)} {...form} />)
  })
  app.post('/referrals/new', { ...adding, form: newReferral }, async (request, reply) => {
    const { db, area, actor, form, today, now } = request
    const { receivingOrganisation } = await findSettings(db, area, today)
    if (!receivingOrganisation) return reply.code(503).page(<NobodyReceives />)
    const shown = await around({ db, area, today }, form.typed)
    const problems = [...form.problems, ...staffProblems(form.typed, today), ...shown.places.problems]
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<NewReferral {...shown} {...again({ ...form, problems })} />)
    }
    const { channel, receivedOn, route } = form.value
    const agreement: Agreement = route === 'self' ? 'self' : (form.value.agreement ?? 'not-asked')
    const words = areReadOut(channel) ? versionsRead(form.value.words, shown.words) : {}
    const came = { area, channel, agreement, words, receivedOn, today, by: actor.membership, now }
    const arrival = { ...came, origin: app.settings.origin }
    const holder = holderOf(receivingOrganisation, { ...actor, takesNew: await isTaking(db, actor, today) })
    const taken = await takeReferral(db, { ...given({ ...form.value, ...shown.places.practice }), ...arrival, holder })
    await askForConversation(db, { ...form.value, ...arrival, ...taken })
    await request.act(taken.person ? 'referral.received' : 'referral.sent-again', entryOf(taken, form.value, arrival))
    request.flash(`Referral ${taken.reference} added.`)
    return reply.redirect(`/referrals/${form.value.id}`)
  })
}

/** What the form for staff shows beside what was typed. */
async function around(on: Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>, typed: Typed) {
  const { trailblazer } = await findTrailblazer(on.db, on.area, on.today)
  const words = await findWordings(on, wordsOfOthers)
  return { today: on.today, trailblazer, places: await findNewcomerPlaces(on, typed), words }
}

function staffProblems(typed: Typed, today: Temporal.PlainDate): Problem[] {
  const { receivedOn, route, agreement } = newReferral
  return [
    ...related({ receivedOn }, typed, (value) => receivedProblems(value.receivedOn, today)),
    ...related({ route, agreement }, typed, (value) => agreementProblems(value.route, value.agreement)),
    ...problemsWith(typed, today),
  ]
}

const correction = { version: version(), ...answerFields, ...referrerFields }

function correctionRoutes(app: App): void {
  const who = { who: careRoles, verb: 'edit', draft: 'referral' } as const
  const address = '/referrals/:referral/details'
  app.get(address, { ...who, reads: 'record' }, async (request, reply) => {
    const found = await findReferral(request.db, request.actor, request.params.referral, 'edit')
    if (!found) throw new NotFound()
    await request.read('referral.details', { person: found.person, subject: found.id })
    return reply.page(<CorrectReferral referral={found} {...request.form} />)
  })
  app.post(address, { ...who, form: correction }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const found = await findReferral(db, actor, request.params.referral, 'edit')
    if (!found) throw new NotFound()
    const referrer = form.ok ? referrerFrom(form.value) : undefined
    const problems = referrer ? referrerProblems(referrer) : form.problems
    if (!form.ok || !referrer || problems.length > 0) {
      return reply.code(422).page(<CorrectReferral referral={found} typed={form.typed} problems={problems} />)
    }
    const saying = { area, id: found.id, version: form.value.version, answers: form.value, referrer }
    if (!(await correctReferral(db, { ...saying, by: actor.membership, now }))) {
      const there = await findReferral(db, actor, found.id, 'edit')
      return reply.code(409).page(<CorrectReferral referral={there ?? found} {...form} />)
    }
    const vouchesFor = form.value.reason ?? ''
    await request.act('referral.corrected', { person: found.person, subject: found.id, vouchesFor })
    request.flash('Saved.')
    return reply.redirect(`/referrals/${found.id}`)
  })
}
