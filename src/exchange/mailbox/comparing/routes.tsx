import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { check, choice, choices, day, optionalChoice, optionalDay, optionalText } from '#platform/form/fields.ts'
import { related, text, tick, type ValueOf, version } from '#platform/form/fields.ts'
import type { FormState, Problem, Typed } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { dayOf } from '#platform/dates.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findNewcomerPlaces } from '#registers/details/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { accessNeeds, nhsNumber } from '#registers/people/rules.ts'
import { feedbackWishes } from '#journey/acknowledgement/rules.ts'
import {
  birthProblems,
  newcomerFrom,
  nhsNumberProblems,
  placeProblems,
  reachProblems,
  safeWays,
} from '#journey/newcomer/rules.ts'
import { agreementsOfOthers, entryOf, fitNoteAnswers, mainBarriers, workStatuses } from '#journey/referral/rules.ts'
import type { Taken, Taking } from '#journey/referral/store.ts'
import { asTyped } from '#exchange/mailbox/incoming/rules.ts'
import {
  findMail,
  type FoundMail,
  holdMail,
  isReceiving,
  listMails,
  reopenMail,
  settleMail,
} from '#exchange/mailbox/incoming/store.ts'
import { Comparing, SettledMail } from './pages/mail.tsx'
import { nameIn } from '#exchange/mailbox/waiting-forms/rules.ts'
import * as rules from './rules.ts'
import { findFile, listFiles, listKnown } from './store.ts'

const who = ['administrator', 'senior-coach', 'service-manager'] as const
const path = '/mailbox'

const reachFields = {
  ...{ phone: optionalText(40), email: optionalText(), address: optionalText(500), safe: choices(safeWays) },
}
const birthFields = { bornOn: day('Enter their date of birth') }
const placeFields = { postcode: optionalText(12), noFixedAddress: tick(), gpPractice: optionalText() }
const numberFields = { nhsNumber: optionalText(20) }
const personFields = {
  ...{ givenName: text('Enter their first name', 100), familyName: text('Enter their last name', 100) },
  ...{ ...birthFields, ...reachFields, ...placeFields, ...numberFields, preferredName: optionalText(100) },
  ...{ safeNote: optionalText(1000), language: optionalText(100), interpreter: optionalText(100) },
  ...{ accessNeeds: choices(accessNeeds), accessNote: optionalText(500) },
}
const fields = {
  version: version(),
  practice: text('Select which practice sent it, or that it is not in the register', 40),
  ...{ referrerName: optionalText(), referrerOrganisation: optionalText(), theirReference: optionalText(100) },
  agreement: choice(agreementsOfOthers, 'Select whether the person agrees'),
  feedback: optionalChoice(feedbackWishes),
  ...personFields,
  ...{
    reason: optionalText(4000),
    workStatus: optionalChoice(workStatuses),
    mainBarrier: optionalChoice(mainBarriers),
  },
  ...{ fitNote: optionalChoice(fitNoteAnswers), fitNoteEndsOn: optionalDay() },
}
const settling = { version: version(), why: text('Say what it is', 200) }

/** How a referral is taken, in the transaction in which somebody confirms it. */
type Take = (db: Db, taking: Taking) => Promise<Taken>

/** What came by email, each form beside what was read of it, until somebody adds the referral or says that it is none. */
export const comparingRoutes =
  (take: Take) =>
  async (app: App): Promise<void> => {
    mailRoutes(app)
    takingRoutes(app, take)
    settlingRoutes(app)
  }

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** A message that this reader may see. */
async function mailAsked({ db, area, actor, today }: Asking, asked: string): Promise<FoundMail> {
  const found = (await isReceiving(db, actor, today)) ? await findMail(db, area, asked) : undefined
  if (!found) throw new NotFound()
  return found
}

function mailRoutes(app: App): void {
  app.get(`${path}/:mail`, { who, verb: 'open', reads: 'list' }, async (request, reply) => {
    const found = await mailAsked(request, request.params.mail)
    await request.read('mailbox.opened', { subject: found.id })
    if (found.settledAs !== null)
      return reply.page(<SettledMail mail={await mailShown(request, found)} now={request.now} />)
    return reply.page(await comparing(request, found))
  })
  app.get(`${path}/:mail/files/:file`, { who, verb: 'open', reads: 'list' }, async (request, reply) => {
    const { db, area, params } = request
    const mail = await mailAsked(request, params.mail)
    const number = /^\d{1,3}$/.test(params.file) ? Number(params.file) : -1
    const file = await findFile(db, area, { mail: mail.id, number })
    if (!file) throw new NotFound()
    await request.read('mailbox.file-opened', { subject: mail.id, codes: { number } })
    // Whatever it says it is, it is kept and not opened here.
    return reply.file(file.name, file.content, 'application/octet-stream')
  })
}

type Late = Asking &
  Readonly<{ form: Readonly<{ ok: boolean; typed: Typed }>; act: (what: string, of: object) => Promise<void> }>

/** Says that somebody else dealt with it meanwhile; where it waits again, it comes back with what was typed. */
async function tooLate(request: Late, reply: Answer, { id }: FoundMail) {
  const { form, now } = request
  await request.act('mailbox.too-late', { subject: id })
  const there = await mailAsked(request, id)
  if (there.settledAs === null)
    return reply.code(409).page(await comparing(request, there, { typed: form.typed, problems: [seenAnew] }))
  const shown = await mailShown(request, there)
  return reply.code(form.ok ? 409 : 422).page(<SettledMail mail={shown} now={now} meanwhile />)
}

const seenAnew = {
  field: 'practice',
  message: 'Somebody changed this meanwhile: look at it again, and send it once more',
}

async function mailShown({ db, area }: Asking, { answers, ...mail }: FoundMail) {
  return { ...mail, isForm: answers !== null, files: await listFiles(db, area, mail.id) }
}

/** The page on which a form is compared, with what was typed into it or what was read of the form. */
async function comparing(asking: Asking, mail: FoundMail, state?: FormState) {
  const { db, area, actor, today, now } = asking
  const all = rules.practicesIn(await listOrganisations(db, area, today))
  const named = rules.practiceNamed(mail.answers ?? {}, all)
  const read = asTyped(mail.answers ?? {}, today)
  const first = { gpPractice: '', ...read.typed, practice: named?.practice?.id ?? '' }
  const typed = state?.typed ?? (mail.answers === null ? {} : first)
  const open = await listMails(db, area, 'open')
  const others = open.filter((one) => one.id !== mail.id && rules.looksAlike(one.answers, mail.answers))
  const around = {
    practices: rules.choiceOf(all),
    practicesOfPerson: (await findNewcomerPlaces(asking, typed)).practices,
  }
  return (
    <Comparing
      mail={await mailShown(asking, mail)}
      {...{ now, typed, problems: state?.problems ?? [], ...around }}
      doubts={rules.doubtsOf(mail.answers, read.doubts, named?.by)}
      known={await knownAs({ db, actor }, typed)}
      others={others.map(({ id, answers }) => ({ id, name: nameIn(answers) ?? '' }))}
    />
  )
}

/** Who is known here and looks like whom the fields describe, as far as they say it. */
async function knownAs({ db, actor }: Readonly<{ db: Db; actor: Actor }>, typed: Typed) {
  const read = check({ ...birthFields, givenName: text(''), familyName: text('') }, typed)
  const rest = check({ ...numberFields, postcode: optionalText(12) }, typed)
  if (!read.ok || !rest.ok) return []
  const number = rest.value.nhsNumber ? (nhsNumber(rest.value.nhsNumber) ?? null) : null
  return listKnown(db, actor, { ...read.value, nhsNumber: number, postcode: rest.value.postcode })
}

function takingRoutes(app: App, take: Take): void {
  app.post(`${path}/:mail/referral`, { who, verb: 'edit', form: fields }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const mail = await mailAsked(request, request.params.mail)
    if (mail.settledAs !== null) return tooLate(request, reply, mail)
    const all = rules.practicesIn(await listOrganisations(db, area, today))
    const places = await findNewcomerPlaces(request, form.typed)
    const problems = [
      ...form.problems,
      ...problemsWith(form.typed, today),
      ...places.problems,
      ...rules.practiceProblems(form.typed, all),
    ]
    if (!form.ok || problems.length > 0) {
      await request.act('mailbox.incomplete', { subject: mail.id })
      return reply.code(422).page(await comparing(request, mail, { typed: form.typed, problems }))
    }
    const practice = all.find(({ id }) => id === form.value.practice)
    const { version: seen, theirReference } = form.value
    // Held before the referral is made: whoever saw an older state of it makes none.
    if (!(await holdMail(db, { area, id: mail.id, version: seen }))) return tooLate(request, reply, mail)
    const { taking, entry } = await referralIn(request, { ...form.value, ...places.practice }, { mail, practice })
    const taken = await take(db, { ...taking, origin: app.settings.origin })
    const settled = { area, id: mail.id, version: seen, as: 'taken', referral: mail.id, theirReference } as const
    await settleMail(db, { ...settled, practice: practice?.id ?? null, by: actor.membership, at: now })
    await request.act('referral.received', entryOf(taken, entry, taking))
    request.flash(`Referral ${taken.reference} added.`)
    return reply.redirect(`/referrals/${mail.id}`)
  })
}

function problemsWith(typed: Typed, today: Temporal.PlainDate): Problem[] {
  return [
    ...related(birthFields, typed, ({ bornOn }) => birthProblems(bornOn, today)),
    ...related(reachFields, typed, reachProblems),
    ...related(placeFields, typed, placeProblems),
    ...related(numberFields, typed, ({ nhsNumber: number }) => nhsNumberProblems(number)),
  ]
}

type Given = ValueOf<typeof fields> & Readonly<{ gpPracticeCode?: string | null }>
type From = Readonly<{ mail: FoundMail; practice: rules.Practice | undefined }>

/** A confirmed form as the service takes a referral: under the id of its message, so that it is taken once. */
async function referralIn({ db, area, actor, today, now }: Asking, given: Given, { mail, practice }: From) {
  const { receivingOrganisation } = await findSettings(db, area, today)
  const answers = { ...given, howHeard: null, askedFitNote: false }
  const route = rules.routeOf(practice)
  const taking: Taking = {
    ...{ area, id: mail.id, route, channel: 'email', agreement: given.agreement, answers, words: {} },
    ...{ newcomer: newcomerFrom(given), referrer: rules.referrerOf(given, practice), by: actor.membership, today, now },
    // Checked: only somebody who works where referrals are received has come this far.
    holder: receivingOrganisation ?? actor.organisation,
    receivedOn: dayOf(mail.cameAt),
  }
  return { taking, entry: { id: mail.id, route, reason: given.reason } }
}

function settlingRoutes(app: App): void {
  app.post(`${path}/:mail/settling`, { who, verb: 'edit', form: settling }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const mail = await mailAsked(request, request.params.mail)
    if (!form.ok && mail.settledAs === null) {
      await request.act('mailbox.incomplete', { subject: mail.id })
      return reply.code(422).page(await comparing(request, mail, { typed: form.typed, problems: form.problems }))
    }
    const said = { area, id: mail.id, as: 'not-a-referral', by: actor.membership, at: now } as const
    if (!form.ok || !(await settleMail(db, { ...said, ...form.value }))) return tooLate(request, reply, mail)
    await request.act('mailbox.no-referral', { subject: mail.id, vouchesFor: form.value.why })
    request.flash('Kept as no referral.', `${path}/${mail.id}/reopening`)
    return reply.redirect(path)
  })
  app.post(`${path}/:mail/reopening`, { who, verb: 'edit', form: {} }, async (request, reply) => {
    const mail = await mailAsked(request, request.params.mail)
    const opened = await reopenMail(request.db, { area: request.area, id: mail.id })
    await request.act('mailbox.reopened', { subject: mail.id, codes: { opened } })
    request.flash('It waits again.')
    return reply.redirect(`${path}/${mail.id}`)
  })
}
