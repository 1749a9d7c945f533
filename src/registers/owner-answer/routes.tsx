import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { check, id, optionalDay, optionalText, text, version } from '#platform/form/fields.ts'
import { blank, type Checked, type FormState, type Problem, type Typed } from '#platform/form/rules.ts'
import type { Answer, Outcome as Answered } from '#platform/http/answer.ts'
import { NotFound } from '#platform/http/refusals.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { ownerParts } from '#registers/areas/rules.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { differencesInWords } from '#registers/directory/rules.ts'
import { findNames, findService, listLocations } from '#registers/directory/store.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { askOwner, findAsked, listAsked, saveAnswer } from '#registers/owner-check/store.ts'
import { listingFrom, type TypedListing } from '#registers/proposing/rules.ts'
import { findProposal, findVersion, listPlaceChoices } from '#registers/proposing/store.ts'
import { saveListings } from '#registers/services/store.ts'
import { Change } from './pages/change.tsx'
import { type Answers, ContestByLink } from './pages/contest.tsx'
import { Look } from './pages/look.tsx'
import { Outcome } from './pages/outcome.tsx'
import { changedParts, dayProblems, originOf, ownerSays, shownDifferences, withDays } from './rules.ts'
import { findAddress, keepOwnersWord } from './store.ts'

/** The directory's own form about a listing, read and shown as whoever runs the service gets it. */
export type OwnersForm = Readonly<{
  read(typed: Typed, before: Listing): Checked<TypedListing>
  fields(shown: Readonly<{ listing: Listing; locations: Named; places: Named }>): Parameters<typeof Change>[0]['fields']
}>

type Named = Readonly<Record<string, { label: string }>>
/** How a service answers referrals, which only a later slice knows, and what whoever runs it says against that. */
type OwnersFigures = Readonly<{
  shown(db: Db, of: Readonly<{ area: string; service: string }>, today: Temporal.PlainDate): Promise<Answers>
  contest(
    db: Db,
    said: Readonly<{ area: string; service: string; id: string; words: string; byName: string }> &
      Readonly<{ now: Temporal.Instant; today: Temporal.PlainDate }>,
  ): Promise<readonly Problem[]>
}>

type Parts = Readonly<{ form: OwnersForm; figures: OwnersFigures; origin: string }>

const naming = { byName: text('Enter your name and what you do there', 120), version: version() }
const sending = {
  ...{ ...naming, note: optionalText(1000) },
  ...{ pausedFrom: optionalDay(), pausedUntil: optionalDay(), validUntil: optionalDay() },
}

/** What a link of this purpose opens: the listing of one service, and one answer of whoever runs it. */
export function ownersAnswer(parts: Parts): LinkPurpose {
  return {
    title: 'Saying whether what we tell about your service is right',
    atWork: true,
    show: async (request, reply, link) => shown(request, reply, await behind(parts, request, link)),
    answer: async (request, reply, link) => {
      const there = await behind(parts, request, link, true)
      const step = [request.form.typed['do']].flat().at(-1)
      if (step === 'figures') return reply.page(<ContestByLink {...contestable(there)} {...again(blank)} />)
      if (step === 'contest') return contested(parts, request, { reply, there })
      if (there.asked.answeredAt !== null) {
        if (step === 'send' || step === 'right') return late(request, { reply, there })
        if (step === 'anew') await sendAnew(parts, request, there)
        return reply.redirect(there.at, 303)
      }
      if (step === 'change')
        return reply.page(await changing(parts, request, { there, state: blank, byName: nameIn(request) }))
      return step === 'send' ? sent(parts, request, { reply, there }) : right(request, { reply, there })
    },
  }
}

type There = Awaited<ReturnType<typeof behind>>

/** What stands behind the link; held while an answer is taken, so that two at once are one. */
async function behind({ figures }: Parts, { db, area, params, today }: LinkVisit, { subject }: Link, holds = false) {
  const asked = subject === null ? undefined : await findAsked(db, area, subject, { holds })
  const [found, here] = await Promise.all([asked && findService(db, area, asked.service), findArea(db, area)])
  if (!asked || !found) throw new NotFound()
  const answers = await figures.shown(db, { area, service: found.id }, today)
  return { asked, found, answers, at: `/l/${params.link}`, areaName: here?.name ?? '' }
}

/** An answer after another by the same link is not kept, and whoever gave it is told so; the same answer pressed twice is one. */
async function late(request: LinkVisit, { reply, there }: Around): Promise<Answered> {
  const answer = request.form.typed['do'] === 'right' ? 'right' : 'changed'
  const isAgain = nameIn(request) === there.asked.byName && answer === there.asked.answer
  return isAgain ? reply.redirect(there.at, 303) : shown(request, reply.code(409), there, ownWordsIn(request))
}

async function shown(request: LinkVisit, reply: Answer, there: There, notKept?: readonly string[]): Promise<Answered> {
  const { answeredAt } = there.asked
  if (answeredAt === null) return reply.page(await looking(request, there, { state: blank, isNewer: false }))
  const { db, area, now } = request
  const [latest] = await listAsked(db, area, there.asked.service)
  const isAskedAnew = latest !== undefined && latest.id !== there.asked.id && latest.at.until(now).total('hours') < 24
  const proposal = there.asked.proposal === null ? undefined : await findProposal(db, area, there.asked.proposal)
  const base = proposal && (await findVersion(db, area, proposal.service, proposal.base))
  const names = await findNames(db, area, proposal && base ? [proposal.listing, base] : [])
  return reply.page(
    <Outcome
      {...{ at: there.at, areaName: there.areaName, name: there.found.listing.name, isAskedAnew, notKept }}
      answers={there.answers}
      asked={{ ...there.asked, answeredAt }}
      decided={proposal && { accepted: proposal.accepted, at: proposal.decidedAt, reason: proposal.reason }}
      changes={proposal && base ? shownDifferences(differencesInWords(base, proposal.listing, names)) : []}
    />,
  )
}

type Looking = Readonly<{ state: FormState; isNewer: boolean }>

async function looking({ db, area }: LinkVisit, { found, answers, at, areaName }: There, { state, isNewer }: Looking) {
  const { listing, version: seen } = found
  const ids = listing.locations.map(({ location }) => location)
  const [names, locations] = await Promise.all([findNames(db, area, [listing]), listLocations(db, area, ids)])
  const open = locations.filter(({ location }) => !location.staffOnly)
  return <Look {...{ at, areaName, listing, names, answers, isNewer }} version={seen} locations={open} {...state} />
}

type Around = Readonly<{ reply: Answer; there: There }>

/** All of it is right: it was checked today, and says by whom. */
async function right(request: LinkVisit, { reply, there }: Around): Promise<Answered> {
  const { db, area, now, today } = request
  const read = check(naming, request.form.typed)
  if (!read.ok) return reply.code(422).page(await looking(request, there, { state: read, isNewer: false }))
  const { id: service, version: seen, listing, origin } = there.found
  if (read.value.version !== seen)
    return reply.code(409).page(await looking(request, there, { state: { ...read, problems: [] }, isNewer: true }))
  const { byName } = read.value
  const checked = {
    ...listing,
    checkedOn: today.toString(),
    waitOn: listing.waitWeeks === null ? null : today.toString(),
  }
  const saying = { ...ownerSays, area, note: `All of it is right, says ${byName}`, at: now }
  await saveListings(db, saying, [{ id: service, version: seen + 1, listing: checked, origin: originOf(origin) }])
  await saveAnswer(db, area, there.asked.id, { answer: 'right', byName, at: now })
  await request.act('service.owner-said', { subject: service, codes: { answer: 'right' } })
  return reply.redirect(there.at, 303)
}

type Base = Readonly<{ version: number; listing: Listing }>
type Changing = Readonly<{ there: There; state: FormState; base?: Base; byName?: string }>

async function changing(
  { form }: Parts,
  { db, area, today }: LinkVisit,
  { there, state, base = there.found, byName = '' }: Changing,
) {
  const { listing, version: seen } = base
  const ids = listing.locations.map(({ location }) => location)
  const [places, locations, { ownersAtOnce }] = await Promise.all([
    listPlaceChoices(db, { area, listing, today }),
    listLocations(db, area, ids),
    findSettings(db, area, today),
  ])
  const open = locations.filter(({ location }) => !location.staffOnly)
  const named = Object.fromEntries(open.map(({ id, location }) => [id, { label: location.name }]))
  const atOnce = ownersAtOnce.map((part) => ownerParts[part].label.toLowerCase()).join(', ')
  const fields = form.fields({ listing, locations: named, places })
  const shown = { at: there.at, areaName: there.areaName, listing, atOnce, fields, byName }
  return <Change {...shown} version={seen} {...state} />
}

/** What has to be changed: it stands at once where the area takes an owner's word, and is put to somebody else. */
async function sent(parts: Parts, request: LinkVisit, { reply, there }: Around): Promise<Answered> {
  const { db, area, now } = request
  const { typed } = request.form
  const around = check(sending, typed)
  const seen = around.ok ? around.value.version : there.found.version
  const before = await findVersion(db, area, there.found.id, seen)
  const base = before.name === '' ? there.found : { version: seen, listing: before }
  const read = await saidIn(parts, request, base.listing)
  const problems = [...read.problems, ...around.problems]
  if (!around.ok || read.listing === undefined || problems.length > 0) {
    const state = { typed, problems }
    return reply.code(422).page(await changing(parts, request, { there, state, base }))
  }
  const { byName, note } = around.value
  const said = withDays(read.listing, around.value)
  const wrong = saidProblems(base.listing, said, note)
  if (wrong.length > 0)
    return reply.code(422).page(await changing(parts, request, { there, state: { typed, problems: wrong }, base }))
  const word = { area, now, today: request.today, id: there.asked.id, found: there.found, base, said, byName, note }
  const kept = await keepOwnersWord(db, word)
  await saveAnswer(db, area, there.asked.id, { answer: 'changed', byName, at: now, ...kept })
  const codes = { answer: 'changed', stood: [...kept.stood], proposed: kept.proposal !== null }
  await request.act('service.owner-said', { subject: there.found.id, codes })
  return reply.redirect(there.at, 303)
}

function saidProblems(before: Listing, said: Listing, note: string | null): Problem[] {
  const isSame = note === null && changedParts(before, said).length === 0
  const nothing = { field: 'note', message: 'Change what is wrong above, or say here what it is' }
  return isSame ? [nothing] : dayProblems(said)
}

async function saidIn({ form }: Parts, { db, area, today, form: { typed } }: LinkVisit, before: Listing) {
  const read = form.read(typed, before)
  if (!read.ok) return { problems: read.problems, listing: undefined }
  const ids = before.locations.map(({ location }) => location)
  const hidden = (await listLocations(db, area, ids)).filter(({ location }) => location.staffOnly).map(({ id }) => id)
  const value = { ...read.value, locations: [...read.value.locations, ...hidden] }
  return { problems: [], listing: listingFrom(value, { before, owner: before.owner, today }) }
}

const contesting = {
  ...{ id: id('Open this page again'), words: text('Enter what is not right', 1000) },
  byName: text('Enter your name and what you do there', 120),
}

const contestable = ({ at, areaName, found }: There) => ({ at, areaName, name: found.listing.name })

/** The figures of how the service answers are not right, says whoever runs it: that stands beside them. */
async function contested({ figures }: Parts, request: LinkVisit, { reply, there }: Around): Promise<Answered> {
  const { db, area, now, today, form } = request
  const read = check(contesting, form.typed)
  const said = read.ok ? { ...read.value, area, service: there.found.id, now, today } : undefined
  const problems = said ? await figures.contest(db, said) : read.problems
  if (said === undefined || problems.length > 0) {
    const shownAgain = again({ typed: form.typed, problems })
    return reply.code(422).page(<ContestByLink {...contestable(there)} {...shownAgain} />)
  }
  await request.act('service.figures-contested', { subject: there.found.id, vouchesFor: said.words })
  return reply.redirect(there.at, 303)
}

async function sendAnew({ origin }: Parts, request: LinkVisit, { asked, found }: There): Promise<void> {
  const { db, area, now } = request
  const [latest] = await listAsked(db, area, asked.service)
  const isLately = latest !== undefined && latest.at.until(now).total('hours') < 24
  if (isLately && latest.id !== asked.id) return
  const address = (await findAddress(db, { area, subject: asked.id })) ?? asked.address
  const to = { area, service: found.id, name: found.listing.name, address, by: null }
  await askOwner(db, { ...to, origin, now })
  await request.act('service.owner-asked', { subject: found.id })
}

// What they say in words of their own, to be copied where it is not kept.
const ownWordsIn = ({ form: { typed } }: LinkVisit): string[] =>
  ['note', 'summary', 'phones', 'openings', 'hours'].flatMap((name) => typed[name] ?? [])

// The name may be typed before somebody sees that something has to be changed.
const nameIn = ({ form: { typed } }: LinkVisit): string => [typed['byName']].flat().at(-1) ?? ''
