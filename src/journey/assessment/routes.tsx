import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choices,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  optionalNumber,
  optionalWholeNumber,
  tick,
  version,
} from '#platform/form/fields.ts'
import type { FormState, Problem, Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listOffered } from '#registers/questionnaires/store.ts'
import { employerSizes, sectors } from '#registers/organisations/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { besideBaseline } from '#registers/questionnaires/rules.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueUnlessSooner } from '#journey/due/rules.ts'
import { mayTake, type Stage } from '#journey/episode/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep } from '#journey/episode/store.ts'
import { listReferralsOf } from '#journey/triage/store.ts'
import { Conversation } from './pages/conversation.tsx'
import { FinishedConversation, NotYet } from './pages/shown.tsx'
import { asTyped, differences, givenOn } from './pages/typed.tsx'
import {
  addressAfter,
  type BarrierCode,
  barrierCodes,
  barriers,
  benefits,
  employmentStatuses,
  healthKinds,
  jobRisks,
  mayAssess,
  occupations,
  planDueAfter,
  problemsWith,
  reasonsNotToFinish,
  yesNo,
} from './rules.ts'
import {
  findAssessment,
  findOneAssessment,
  finishAssessment,
  listAssessments,
  listMeasures,
  saveAssessment,
} from './store.ts'

const who = ['coach', 'senior-coach', 'clinician', 'service-manager'] as const

const severityOf = (code: BarrierCode) =>
  optionalWholeNumber(0, 10, `Enter how much “${barriers[code].label}” stands in the way, from 0 to 10`)
// Checked: one field for every barrier of the list.
const severities = Object.fromEntries(barrierCodes.map((code) => [`severity-${code}`, severityOf(code)])) as Severities
type Severities = Record<`severity-${BarrierCode}`, ReturnType<typeof severityOf>>
const words = optionalText(8000)
const marked = choices(barriers)
const hours = (which: string) => optionalNumber(0, 100, `Enter ${which} as a number from 0 to 100, such as 37.5`)

const conversation = {
  ...severities,
  ...{ id: id(), version: version(), next: optionalText(40) },
  ...{ employment_status: optionalChoice(employmentStatuses), on_sick_absence: optionalChoice(yesNo) },
  ...{ absent_since: optionalDay(), contracted_hours: hours('contracted hours'), hours_now: hours('hours worked now') },
  ...{ occupation: optionalChoice(occupations), sector: optionalChoice(sectors) },
  ...{ employer_size: optionalChoice(employerSizes), oh_access: optionalChoice(yesNo), job_risks: choices(jobRisks) },
  ...{
    weeks_out_of_work: optionalWholeNumber(0, 3000, 'Enter the weeks out of work as a whole number'),
    benefits: choices(benefits),
    health: choices(healthKinds),
  },
  ...{
    'barriers-work': marked,
    'barriers-physical': marked,
    'barriers-psychological': marked,
    'barriers-social': marked,
  },
  main: optionalChoice(barriers),
  ...{ 'words-work': words, 'words-physical': words, 'words-psychological': words, 'words-social': words },
  ...{ 'words-matters': words, 'words-heard': words },
  ...{ 'own-work': tick(), 'own-physical': tick(), 'own-psychological': tick(), 'own-social': tick() },
  ...{ 'own-matters': tick(), 'own-heard': tick() },
}

/** What may be done about each barrier, by an area's library, which comes later: the start hands it in. */
export type Suggest = (
  db: Db,
  area: string,
  on: Temporal.PlainDate,
) => Promise<ReadonlyMap<BarrierCode, readonly string[]>>

/** The first conversation of an episode: holding it, saving it in pieces, finishing it, holding it again. */
export async function assessmentRoutes(app: App, suggest: Suggest): Promise<void> {
  const again = { again: optionalChoice({ yes: {} }) }
  app.get(
    '/episodes/:episode/assessment',
    { who, verb: 'edit', draft: 'assessment', reads: 'record', query: again },
    async (request, reply) => {
      const { db, actor, query } = request
      const episode = await episodeFor(request, request.params.episode)
      const stored = await findAssessment(db, actor, episode.id)
      await request.read('assessment.form', { person: episode.person.id, subject: stored?.id })
      const closed = await whyNot(request, episode)
      if (stored?.finished_at && (closed || !query.again)) {
        return reply.page(await readAgain(request, episode, { held: stored, again: !closed }))
      }
      if (closed) return reply.page(<NotYet person={episode.person} agreed={closed === 'stage'} />)
      const state = begun(request.form.typed, stored)
      const mayHelp = await suggest(db, request.area, request.today)
      return reply.page(<Conversation {...await around(request, episode)} {...{ ...state, mayHelp }} />)
    },
  )

  app.get('/assessments/:assessment', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor } = request
    const stored = await findOneAssessment(db, actor, request.params.assessment)
    if (!stored) throw new NotFound()
    const episode = await episodeFor(request, stored.episode, 'open')
    await request.read('assessment.record', { person: stored.person, subject: stored.id })
    return reply.page(await readAgain(request, episode, { held: stored, again: false }))
  })

  const holding = { who, verb: 'edit', draft: 'assessment', form: conversation } as const
  app.post('/episodes/:episode/assessment', holding, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const episode = await episodeFor(request, request.params.episode)
    const { person } = episode
    const closed = await whyNot(request, episode)
    if (closed) return reply.code(422).page(<NotYet person={person} agreed={closed === 'stage'} />)
    const given = form.ok ? givenOn(form.value) : undefined
    const problems = given ? problemsWith(given, today) : form.problems
    const again = (found: readonly Problem[], typed = form.typed) =>
      shownAgain(request, { episode, suggest }, { problems: found, typed })
    if (!form.ok || !given || problems.length > 0) return reply.code(422).page(await again(problems))
    const { id: assessment, version: seen, next } = form.value
    const by = { area, id: assessment, by: actor.membership, at: now }
    const saved = await saveAssessment(db, { ...by, ...given, episode: episode.id, person: person.id, seen })
    const stored = await findAssessment(db, actor, episode.id)
    if (!stored) throw new NotFound()
    // The same form sent twice is no clash.
    if (!saved && differences(asTyped(stored, stored.barriers), form.typed).length > 0)
      return reply.code(409).page(await again([]))
    const vouchesFor = JSON.stringify(given.answers.words)
    await request.act('assessment.saved', {
      person: person.id,
      subject: stored.id,
      codes: { again: !saved },
      vouchesFor,
    })
    if (next !== 'finish' || stored.finished_at)
      return reply.redirect(addressAfter(next, { episode: episode.id, person: person.id }))
    const reasons = reasonsNotToFinish({ ...given, agreed: true, stage: episode.stage })
    if (reasons.length > 0)
      return reply.code(422).page(await again(reasons, { ...form.typed, version: `${stored.version}` }))
    await finish(request, episode, stored.id)
    await request.act('assessment.finished', { person: person.id, subject: stored.id, codes: { main: given.main } })
    request.flash('The conversation is finished. A draft plan is ready to be gone through.')
    return reply.redirect(`/episodes/${episode.id}/plan/draft`)
  })
}

async function shownAgain(request: Visit, { episode, suggest }: Shown, { typed, problems }: FormState) {
  const stored = await findAssessment(request.db, request.actor, episode.id)
  const mayHelp = await suggest(request.db, request.area, request.today)
  const state = { ...editing(stored, typed), problems, mayHelp }
  return <Conversation {...await around(request, episode)} {...state} />
}

/** A finished conversation, with the others of its episode. */
async function readAgain(
  request: Visit,
  episode: Episode,
  { held, again }: Readonly<{ held: Stored; again: boolean }>,
) {
  const all = await listAssessments(request.db, request.actor, episode.id)
  const shown = { ...(await around(request, episode)), all, held, again, now: request.now }
  return <FinishedConversation {...shown} typed={asTyped(held, held.barriers)} />
}

type Shown = Readonly<{ episode: Episode; suggest: Suggest }>
type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Episode = Readonly<{ id: string; stage: Stage; person: Readonly<{ id: string; name: string }> }>
type Stored = NonNullable<Awaited<ReturnType<typeof findAssessment>>>

async function episodeFor({ db, actor }: Visit, episode: string, verb: 'open' | 'edit' = 'edit'): Promise<Episode> {
  const found = await findEpisode(db, actor, episode, verb)
  if (!found) throw new NotFound()
  return { id: found.id, stage: found.stage, person: { id: found.person, name: calledName(found) } }
}

/** What keeps a conversation from being held: no agreement, or an episode that does not stand where one is held. */
async function whyNot({ db, area }: Visit, { stage, person }: Episode): Promise<'agreement' | 'stage' | undefined> {
  if (!(await hasAgreedToTakePart(db, area, person.id))) return 'agreement'
  return mayAssess(stage) ? undefined : 'stage'
}

/** Held again while a plan runs a conversation moves nothing: the episode stays where it is. */
async function finish({ db, area, actor, now: at, today }: Visit, { id: episode, stage }: Episode, assessment: string) {
  const by = actor.membership
  await finishAssessment(db, { area, id: assessment, by, at })
  if (!mayTake('assessed', stage)) return
  const taking = { area, episode, at, by, factRow: assessment }
  await recordStep(db, { ...taking, step: { kind: 'assessed' } })
  const standing = await findStandingHeldStill(db, area, episode)
  const bookedOn = await findBookedOn(db, { area, episode, now: at })
  const due = standing && dueUnlessSooner(planDueAfter(today, await findHolidays(db)), standing, { today, bookedOn })
  if (due) await recordStep(db, { ...taking, step: due })
}

/** What every page of the conversation shows beside the answers. */
async function around({ db, area, now, today }: Visit, { id: episode, person }: Episode) {
  const [offered, measures, said] = await Promise.all([
    listOffered(db, area, today),
    listMeasures(db, area, episode),
    listReferralsOf(db, area, episode),
  ])
  const optional = besideBaseline(offered)
  return { person, episode, measures, optional, said, now }
}

/** The form as it is opened: what was typed and not saved, what is stored, or what was said last time. */
function begun(kept: Typed, stored: Stored | undefined) {
  const typed = stored && Object.keys(kept).length === 0 ? asTyped(stored, stored.barriers) : kept
  return { ...editing(stored, typed), problems: [] }
}

/** Under which number and version the next save goes: after a finished conversation a new one begins. */
function editing(stored: Stored | undefined, typed: Typed) {
  const open = stored?.finished_at ? undefined : stored
  const typedOn = [typed['id']].flat().at(-1)
  const fresh = typedOn === undefined || typedOn === stored?.id ? newId() : typedOn
  const id = open?.id ?? fresh
  const saved = stored && { answers: asTyped(stored, stored.barriers), by: stored.by, at: stored.saved_at }
  // What was typed on another conversation than the one that is open has seen nothing of it.
  const seen = open && typedOn !== undefined && typedOn !== id ? { version: 'another' } : {}
  // Whoever typed what is saved by now need not be told that somebody changed it.
  const same = open && saved && differences(saved.answers, typed).length === 0 ? { version: `${open.version}` } : {}
  return { id, version: open?.version ?? 0, saved, typed: { ...typed, ...seen, ...same } }
}
