import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { check, choice, day, id, optionalChoice, optionalText, tick } from '#platform/form/fields.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { routes } from '#registers/organisations/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import {
  feedbackWishes,
  nobody,
  referrerFrom,
  referrerProblems,
  wordsOfOthers,
} from '#journey/acknowledgement/rules.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { askForConversation } from '#journey/fit-note-referral/store.ts'
import {
  type Agreement,
  agreementProblems,
  agreementsOfOthers,
  areReadOut,
  channels,
  receivedProblems,
} from '#journey/referral/rules.ts'
import { findReferral, takeReferral } from '#journey/referral/store.ts'
import { CannotReferAgain, ReferAgain } from './pages.tsx'
import { whyNotAgain } from './rules.ts'

const again = {
  ...{ id: id('Open this page again from the record'), words: optionalText(200) },
  receivedOn: day('Enter the day it reached us'),
  channel: choice(channels, 'Select how it came'),
  route: choice(routes, 'Select who referred them'),
  agreement: optionalChoice(agreementsOfOthers),
  reason: optionalText(4000),
  ...{ referrerName: optionalText(), referrerOrganisation: optionalText(), referrerEmail: optionalText() },
  ...{ feedback: optionalChoice(feedbackWishes), askedFitNote: tick() },
}

const working = { who: careRoles, verb: 'edit', draft: 'referral-again' } as const

/** Somebody who was supported before is referred again: on the same record, in a spell of support of its own. */
export async function reEntryRoutes(app: App): Promise<void> {
  app.get('/people/:person/referrals/new', { ...working, reads: 'record' }, async (request, reply) => {
    const { form, today } = request
    const { person, earlier, why, ...shown } = await comingBack(request, request.params.person)
    await request.read('referral.again-form', { person: person.id })
    if (why !== undefined || !earlier) return reply.code(422).page(<CannotReferAgain person={person} why={why ?? ''} />)
    return reply.page(<ReferAgain {...{ person, earlier, today, ...shown }} {...form} id={idIn(form.typed)} />)
  })

  app.post('/people/:person/referrals', { ...working, form: again }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const { person, earlier, why, ...beside } = await comingBack(request, request.params.person)
    const sent = idIn(form.typed)
    if (await findReferral(db, actor, sent)) {
      await request.act('referral.sent-again', { person: person.id, subject: sent })
      return reply.redirect(`/referrals/${sent}`)
    }
    if (why !== undefined || !earlier) return reply.code(422).page(<CannotReferAgain person={person} why={why ?? ''} />)
    const problems = [...form.problems, ...problemsWith(form.typed, today)]
    if (!form.ok || problems.length > 0) {
      const shown = { person, earlier, today, ...beside, problems, typed: form.typed }
      return reply.code(422).page(<ReferAgain {...shown} id={sent} />)
    }
    const { route, channel, receivedOn, reason, askedFitNote } = form.value
    const agreement: Agreement = route === 'self' ? 'self' : (form.value.agreement ?? 'not-asked')
    const came = { area, id: sent, route, agreement, receivedOn, by: actor.membership, now } as const
    const answers = { ...nothingElse, reason, askedFitNote }
    const referrer = route === 'self' ? nobody : referrerFrom(form.value)
    const taken = await takeReferral(db, {
      ...{ ...came, channel, today, answers, referrer },
      words: areReadOut(channel) ? versionsRead(form.value.words, beside.words) : {},
      ...{ newcomer: { known: person.id }, holder: earlier.provider, origin: app.settings.origin },
    })
    await askForConversation(db, { ...answers, ...form.value, ...came, ...taken })
    const codes = { route, channel, agreement, again: true }
    await request.act('referral.received', { person: person.id, subject: sent, codes, vouchesFor: reason ?? '' })
    request.flash(`Referral ${taken.reference} added.`)
    return reply.redirect(`/referrals/${sent}`)
  })
}

const nothingElse = { workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, howHeard: null } as const

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

/** Somebody with the support they had, and why they cannot be referred again; as if they were not there for who may not. */
async function comingBack({ db, actor, today }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person) throw new NotFound()
  const [[earlier], { trailblazer }, words] = await Promise.all([
    listEpisodesOf(db, actor, person.id),
    findTrailblazer(db, actor.area, today),
    findWordings({ db, area: actor.area, today }, wordsOfOthers),
  ])
  const why = whyNotAgain(person.died_on !== null, earlier)
  return { person: { id: person.id, name: calledName(person) }, earlier, why, trailblazer, words }
}

/** What relates several answers is looked at even where others are missing, so that everything is said at once. */
function problemsWith(typed: Typed, today: Temporal.PlainDate): Problem[] {
  const { receivedOn, route, agreement, referrerName, referrerOrganisation, referrerEmail, feedback } = again
  const [came, asked, told] = [
    check({ receivedOn }, typed),
    check({ route, agreement }, typed),
    check({ route, referrerName, referrerOrganisation, referrerEmail, feedback }, typed),
  ]
  return [
    ...(came.ok ? receivedProblems(came.value.receivedOn, today) : []),
    ...(asked.ok ? agreementProblems(asked.value.route, asked.value.agreement) : []),
    ...(told.ok && told.value.route !== 'self' ? referrerProblems(referrerFrom(told.value), told.value.route) : []),
  ]
}

/** The form keeps the id it was shown with, so that mending a mistake does not make two referrals. */
function idIn(typed: Typed): string {
  const read = check({ id: id() }, typed)
  return read.ok ? read.value.id : newId()
}
