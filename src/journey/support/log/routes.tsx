import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, momentAt } from '#platform/dates.ts'
import { choice, id, optionalDay, text, wholeNumber } from '#platform/form/fields.ts'
import type { FormState, Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueUnlessSooner } from '#journey/due/rules.ts'
import { nextInTouch } from '#journey/contact/rules.ts'
import { mayTake } from '#journey/episode/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep, withdrawSteps } from '#journey/episode/store.ts'
import { listGoals } from '#journey/goal/store.ts'
import { limitPrompt } from '#journey/support/week-limit/rules.ts'
import { listReviews } from '#journey/support/week-limit/store.ts'
import { CannotRecord, RecordSupport, SupportList } from './pages/entries.tsx'
import { lengths, problemsWithDays, supportKinds, whyNotSupported } from './rules.ts'
import { findEntry, listEntries, saveEntry, saveWithdrawal } from './store.ts'

/** Help that the service itself gives. */
export async function logRoutes(app: App): Promise<void> {
  listRoute(app)
  entryRoutes(app)
  withdrawalRoute(app)
}

const recording = { who: careRoles, verb: 'edit' } as const
const minutes = wholeNumber(lengths.least, lengths.most, 'Enter how many minutes it took, from 1 to 600')

const fields = {
  id: id('Open this page again from the record'),
  kind: choice(supportKinds, 'Select what kind of help it was'),
  done: text('Enter what was done', 4000),
  minutes,
  on: optionalDay(),
  next: optionalDay(),
}

function listRoute(app: App): void {
  const rule = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/episodes/:episode/support', rule, async (request, reply) => {
    const { db, actor, today } = request
    const episode = await findEpisode(db, actor, request.params.episode, 'open')
    if (!episode) throw new NotFound()
    const entries = await listEntries(db, actor, { episode: episode.id })
    const shown = entries.map((entry) => entry.id)
    await request.read('support.list', { person: episode.person, subject: episode.id, codes: { shown } })
    const person = { id: episode.person, name: calledName(episode) }
    const mayRecord = episode.mayEdit && mayTake('supported', episode.stage)
    const shownAs = { episode: episode.id, person, entries, mayRecord, mayEdit: episode.mayEdit, today }
    return reply.page(<SupportList {...shownAs} />)
  })
}

function entryRoutes(app: App): void {
  app.get(
    '/episodes/:episode/support/new',
    { ...recording, draft: 'support', reads: 'record' },
    async (request, reply) => {
      const { standing, shown } = await around(request, request.params.episode)
      await request.read('support.form', { person: shown.person.id, subject: shown.episode })
      const why = whyNotSupported(standing.stage)
      if (why !== undefined) return reply.code(422).page(<CannotRecord person={shown.person} why={why} />)
      return reply.page(<RecordSupport {...shown} {...request.form} id={newId()} />)
    },
  )
  app.post('/episodes/:episode/support', { ...recording, draft: 'support', form: fields }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const { standing, shown } = await around(request, request.params.episode, true)
    const why = whyNotSupported(standing.stage)
    if (why !== undefined) return reply.code(422).page(<CannotRecord person={shown.person} why={why} />)
    const wrong = (state: FormState) =>
      reply.code(422).page(<RecordSupport {...shown} {...state} id={idIn(state.typed)} />)
    if (!form.ok) return wrong(form)
    const { id: entry, kind, done, minutes: took, on, next } = form.value
    const agreedOn = standing.plan_agreed_at ? dayOf(standing.plan_agreed_at) : null
    const problems = problemsWithDays({ on, next }, { agreedOn, today })
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const by = { area, episode: shown.episode, by: actor.membership }
    const facts = { id: entry, kind, done, minutes: took, happened_on: on ?? today, next_on: next, recorded_at: now }
    if (await saveEntry(db, { ...by, ...facts })) {
      const at = on && !on.equals(today) ? momentAt(on, '12:00') : now
      await recordStep(db, { ...by, factRow: entry, step: { kind: 'supported' }, at, recordedAt: now })
      const bookedOn = await findBookedOn(db, { area, episode: shown.episode, now })
      const due = next && dueUnlessSooner({ what: 'contact', on: next }, standing, { today, bookedOn })
      if (due) await recordStep(db, { ...by, factRow: entry, step: due, at: now })
    }
    const codes = { kind, minutes: took }
    await request.act('support.recorded', { person: shown.person.id, subject: entry, codes, vouchesFor: done })
    request.flash('Saved.', `/support/${entry}/withdrawal`)
    return reply.redirect(`/people/${shown.person.id}`, 303)
  })
}

function withdrawalRoute(app: App): void {
  app.post('/support/:entry/withdrawal', recording, async (request, reply) => {
    const { db, area, actor, now } = request
    const entry = await findEntry(db, actor, request.params.entry, 'edit')
    if (!entry) throw new NotFound()
    await findStandingHeldStill(db, area, entry.episode)
    const by = { area, at: now, by: actor.membership }
    if (await saveWithdrawal(db, { ...by, entry: entry.id }))
      await withdrawSteps(db, { ...by, episode: entry.episode, factRow: entry.id })
    await request.act('support.taken-back', { person: entry.person, subject: entry.id })
    request.flash('It was taken back. What was due before it is due again.')
    return reply.redirect(`/episodes/${entry.episode}/support`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function around({ db, area, actor, today }: Asking, wanted: string, hold = false) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode) throw new NotFound()
  const standing = (hold ? await findStandingHeldStill(db, area, wanted) : undefined) ?? episode
  const [goals, reviews, settings, holidays] = await Promise.all([
    listGoals(db, area, wanted),
    listReviews(db, area, wanted),
    findSettings(db, area, today),
    findHolidays(db),
  ])
  const limit = limitPrompt(standing, today, reviews[0]?.until_on)?.words
  const nextOn = nextInTouch(today, settings, holidays)
  const person = { id: episode.person, name: calledName(episode) }
  return { standing, shown: { episode: wanted, person, goals, limit, nextOn } }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
