import type { Db } from '#platform/database/transaction.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import {
  check,
  choices,
  day,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  optionalWholeNumber,
  text,
  tick,
} from '#platform/form/fields.ts'
import { blank, type Problem, type Typed, unseenProblems } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { isTooQuick } from '#platform/http/quick.ts'
import { NotFound, TooLarge, TooMany } from '#platform/http/refusals.ts'
import { issueLink } from '#platform/link/links.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { accessNeeds } from '#registers/people/rules.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { agreedTo } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { deleteAsk } from '#journey/asked-by-employer/store.ts'
import { isFlooded } from '#journey/flood/store.ts'
import { comeBackDays } from '#journey/acknowledgement/rules.ts'
import { birthProblems, newcomerFrom, nhsNumberProblems, placeProblems, safeWays } from '#journey/newcomer/rules.ts'
import { askForConversation } from '#journey/fit-note-referral/store.ts'
import { fitNoteAnswers, waysOfHearing, workStatuses } from '#journey/referral/rules.ts'
import { takeReferral } from '#journey/referral/store.ts'
import { CheckAnswers } from './pages/check.tsx'
import { CannotAskHere, LinkToKeep, Received } from './pages/confirmation.tsx'
import { AskForHelp } from './pages/parts.tsx'
import { isOwn, ownBarriers, ownReachProblems, pageAfter, type Part, partNamed, partsInOrder } from './rules.ts'
import { findAcknowledgement, findConfirmation, findHowTheyCame, forgetAnswers, keepId, page } from './store.ts'

const reachFields = {
  ...{ phone: optionalText(40), email: optionalText(), address: optionalText(500), safe: choices(safeWays) },
}
const placeFields = { postcode: optionalText(12), noFixedAddress: tick(), gpPractice: optionalText() }
const numberFields = { nhsNumber: optionalText(20) }
const birthFields = { bornOn: day('Enter your date of birth') }

const fields = {
  name: {
    ...{ givenName: text('Enter your first name', 100), familyName: text('Enter your last name', 100) },
    ...reachFields,
    ...{ preferredName: optionalText(100), bestTime: optionalText(), safeNote: optionalText(1000) },
  },
  home: { ...birthFields, ...placeFields, ...numberFields },
  work: {
    ...{ workStatus: optionalChoice(workStatuses), fitNote: optionalChoice(fitNoteAnswers) },
    ...{ fitNoteEndsOn: optionalDay(), askedFitNote: tick() },
  },
  help: {
    mainBarrier: optionalChoice(ownBarriers),
    ...{ reason: optionalText(4000), accessNeeds: choices(accessNeeds), accessNote: optionalText(500) },
    ...{ language: optionalText(100), interpreter: optionalText(100), howHeard: optionalChoice(waysOfHearing) },
  },
} as const

// What relates several answers is looked at even where others are missing, so that everything is said at once.
const problemsOf: Readonly<Record<Part, (typed: Typed, today: Temporal.PlainDate) => readonly Problem[]>> = {
  name: (typed) => {
    const [all, reach] = [check(fields.name, typed), check(reachFields, typed)]
    return [...all.problems, ...(reach.ok ? ownReachProblems(reach.value) : [])]
  },
  home: (typed, today) => {
    const [birth, place] = [check(birthFields, typed), check(placeFields, typed)]
    const number = check(numberFields, typed)
    return [
      ...(birth.ok ? birthProblems(birth.value.bornOn, today) : birth.problems),
      ...(place.ok ? placeProblems(place.value) : place.problems),
      ...(number.ok ? nhsNumberProblems(number.value.nhsNumber) : number.problems),
    ]
  },
  work: (typed) => check(fields.work, typed).problems,
  help: (typed) => check(fields.help, typed).problems,
}

function problemsWith(part: Part, typed: Typed, today: Temporal.PlainDate): Problem[] {
  return [...problemsOf[part](typed, today), ...unseenProblems(typed)]
}

const unreferred = { referrerOrganisation: null, referrerEmail: null } as const
const stranger = { who: 'anyone', area: 'path' } as const
const changing = { change: optionalText(3) }
const lost = 'What you had typed is not here any more: it is kept for a day. Please answer once more.'

/** How somebody asks for help for themselves: without an account, in five short pages. */
export async function selfReferralRoutes(app: App): Promise<void> {
  app.get('/in/:area/refer-yourself', stranger, async ({ area }, reply) =>
    reply.redirect(`/in/${area}/refer-yourself/${partsInOrder[0] ?? 'check'}`),
  )
  partRoutes(app)
  checkRoutes(app)
  app.post('/in/:area/refer-yourself/fresh-start', { ...stranger, unjournaled: true }, async (request, reply) => {
    await forgetAnswers(request)
    request.flash('What you typed has been deleted.')
    return reply.redirect(`/in/${request.area}`)
  })
  confirmationRoutes(app)
}

function confirmationRoutes(app: App): void {
  app.get('/in/:area/referred/:referral', stranger, async (request, reply) => {
    const { db, area } = request
    const { place, sent } = await confirmed(request, request.params.referral)
    const acknowledged = isOwn(sent) ? await findAcknowledgement(db, area, sent) : undefined
    return reply.page(<Received place={place} sent={sent} acknowledged={acknowledged} />)
  })
  app.post('/in/:area/referred/:referral/link', stranger, async (request, reply) => {
    const { db, area, now } = request
    const { sent } = await confirmed(request, request.params.referral)
    if (!isOwn(sent)) throw new NotFound()
    const { id: subject, person } = sent
    const expiresAt = now.add({ hours: 24 * comeBackDays })
    const link = { area, purpose: 'come-back', person, subject, allowedBy: 'asked-for', expiresAt }
    const path = await issueLink(db, { ...link, by: null, now })
    await request.act('referral.link-taken', { person, subject })
    return reply.page(<LinkToKeep area={area} referral={subject} link={`${app.settings.origin}${path}`} />)
  })
}

async function confirmed({ db, area, now, today }: Where, referral: string) {
  const since = now.subtract({ hours: 24 * 30 })
  const [place, sent] = await Promise.all([placeOf(db, area, today), findConfirmation(db, area, referral, since)])
  if (!sent) throw new NotFound()
  return { place, sent }
}

function partRoutes(app: App): void {
  app.get('/in/:area/refer-yourself/:part', { ...stranger, query: changing }, async (request, reply) => {
    const { db, area, owner, query, now, today } = request
    const part = partOf(request.params.part)
    const place = await placeOf(db, area, today)
    if (!place.receiving) return reply.code(503).page(<CannotAskHere {...place} />)
    const typed = await findDraft(db, { area, owner, page, record: part }, now)
    const shown = { area, part, trailblazer: place.trailblazer, changing: query.change === 'yes' }
    return reply.page(<AskForHelp {...shown} problems={[]} typed={typed ?? {}} />)
  })
  const answering = { ...stranger, form: {}, query: changing, unjournaled: true } as const
  app.post('/in/:area/refer-yourself/:part', answering, async (request, reply) => {
    const { db, area, owner, query, form, now, today } = request
    const part = partOf(request.params.part)
    const { trailblazer } = await placeOf(db, area, today)
    if (!(await saveDraft(db, { area, owner, page, record: part, typed: form.typed, now }))) throw new TooLarge()
    const problems = problemsWith(part, form.typed, today)
    const isChanging = query.change === 'yes'
    if (problems.length > 0) {
      const shown = { area, part, problems, trailblazer, typed: form.typed }
      return reply.code(422).page(<AskForHelp {...shown} changing={isChanging} />)
    }
    return reply.redirect(`/in/${area}/refer-yourself/${isChanging ? 'check' : pageAfter(part)}`)
  })
}

type Where = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant; today: Temporal.PlainDate }>

function checkRoutes(app: App): void {
  app.get('/in/:area/refer-yourself/check', stranger, async (request, reply) => {
    const { area } = request
    await placeOf(request.db, area, request.today)
    const { answers, unfinished } = await ownAnswers(request)
    if (!answers) return reply.redirect(`/in/${area}/refer-yourself/${unfinished}`)
    const shown = { area, answers, wording: await findWording(request), id: await keepId(request) }
    return reply.page(<CheckAnswers {...shown} />)
  })
  const shown = { id: id('Open this page again'), wording: optionalWholeNumber(1, 100_000) }
  const sending = { ...stranger, form: shown } as const
  app.post('/in/:area/refer-yourself/check', sending, async (request, reply) => {
    const { db, area, form, now, today } = request
    const place = await placeOf(db, area, today)
    if (!place.receiving) return reply.code(503).page(<CannotAskHere {...place} />)
    const referral = form.ok ? form.value.id : await keepId(request)
    const { answers, unfinished, first } = await ownAnswers(request)
    if (!answers) {
      // Sent twice: the first time has taken the draft with it.
      if (!(await findConfirmation(db, area, referral, now.subtract({ hours: 24 })))) {
        const shown = { ...blank, area, part: unfinished, trailblazer: place.trailblazer, notice: lost }
        return reply.code(422).page(<AskForHelp {...shown} changing={false} />)
      }
      await request.act('referral.sent-again', { subject: referral })
      return reply.redirect(`/in/${area}/referred/${referral}`)
    }
    const { asked, route, referrer, byLink } = await findHowTheyCame(request)
    // Whoever comes by a link of their own has shown by it that they are there.
    const sentQuickly = !asked && isTooQuick({ ...request, settings: app.settings }, first)
    const newcomer = newcomerFrom(answers)
    if (await isFlooded(app.settings)(db, { area, now, sentQuickly, person: newcomer })) throw new TooMany()
    const agreement = sentQuickly ? 'not-asked' : 'self'
    const came = { area, id: referral, route, agreement, by: null, now, receivedOn: today } as const
    const taken = await takeReferral(db, {
      givenBy: 'person',
      ...{ ...came, channel: 'online', sentQuickly, today, origin: app.settings.origin },
      ...{ holder: place.receiving, referrer, newcomer, answers, byLink },
      words: { contact: agreedTo(form.ok ? form.value.wording : null, await findWording(request)) },
    })
    await askForConversation(db, { ...answers, ...unreferred, ...came, ...taken })
    await forgetAnswers(request)
    if (asked) await deleteAsk(db, { area, ask: asked.id, now })
    const codes = { route, channel: 'online', agreement }
    const entry = { person: taken.person, subject: referral, codes, vouchesFor: answers.reason ?? '' }
    await request.act(taken.person ? 'referral.received' : 'referral.sent-again', entry)
    return reply.redirect(`/in/${area}/referred/${referral}`)
  })
}

/** The words in which somebody is asked today whether they may be contacted. */
const findWording = async (where: Where) => (await findWordings(where, ['contact'])).contact

function partOf(name: string): Part {
  const part = partNamed(name)
  if (!part) throw new NotFound()
  return part
}

async function placeOf(db: Db, area: string, today: Temporal.PlainDate) {
  const [found, settings] = await Promise.all([findArea(db, area), findSettings(db, area, today)])
  const { trailblazer } = await findTrailblazer(db, area, today)
  if (!found) throw new NotFound()
  return { area, areaName: found.name, phone: found.phone, receiving: settings.receivingOrganisation, trailblazer }
}

/** What was typed on all pages, or the first page on which something is still missing. */
async function ownAnswers({ db, area, owner, now, today }: Where) {
  const found = await Promise.all(partsInOrder.map((record) => findDraft(db, { area, owner, page, record }, now)))
  const drafts = partsInOrder.map((part, index) => ({ part, typed: found[index] }))
  const open = drafts.find(({ part, typed }) => !typed || problemsWith(part, typed, today).length > 0)
  const typed = Object.fromEntries(drafts.flatMap((draft) => Object.entries(draft.typed ?? {})))
  const read = check({ ...fields.name, ...fields.home, ...fields.work, ...fields.help }, typed)
  if (open || !read.ok) return { answers: undefined, unfinished: open?.part ?? 'name', first: {} } as const
  return { answers: read.value, unfinished: undefined, first: drafts[0]?.typed ?? {} } as const
}
