import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays } from '#platform/dates.ts'
import { choice, id, optionalDay, optionalText } from '#platform/form/fields.ts'
import { type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { dueUnlessSooner } from '#journey/due/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep } from '#journey/episode/store.ts'
import { listGoals } from '#journey/goal/store.ts'
import { CannotReview, ReviewSupport } from './pages.tsx'
import { limitPrompt, outcomes, problemsWithReview, whyNotReviewed } from './rules.ts'
import { listReviews, saveReview } from './store.ts'

const reviewing = { who: careRoles, verb: 'edit' } as const

const fields = {
  id: id('Open this page again from the record'),
  outcome: choice(outcomes, 'Select what you decided'),
  until: optionalDay(),
  reason: optionalText(2000),
}

/** Reviewing support when the weeks that an area agreed on come to their end. */
export async function weekLimitRoutes(app: App): Promise<void> {
  app.get(
    '/episodes/:episode/review',
    { ...reviewing, draft: 'week-review', reads: 'record' },
    async (request, reply) => {
      const { episode, person, shown, why } = await around(request, request.params.episode)
      await request.read('review.form', { person: person.id, subject: episode.id })
      if (!shown) return reply.code(422).page(<CannotReview person={person} why={why} />)
      return reply.page(<ReviewSupport {...shown} {...request.form} id={newId()} />)
    },
  )
  app.post(
    '/episodes/:episode/reviews',
    { ...reviewing, draft: 'week-review', form: fields },
    async (request, reply) => {
      const { db, area, actor, form, now, today } = request
      const { episode, person, shown, why } = await around(request, request.params.episode, true)
      if (!shown) return reply.code(422).page(<CannotReview person={person} why={why} />)
      const wrong = (state: FormState) =>
        reply.code(422).page(<ReviewSupport {...shown} {...state} id={idIn(state.typed)} />)
      if (!form.ok) return wrong(form)
      const problems = problemsWithReview(form.value, today)
      if (problems.length > 0) return wrong({ typed: form.typed, problems })
      const { id: review, outcome, reason } = form.value
      const until = outcome === 'carry-on' ? form.value.until : null
      const by = { area, episode: episode.id, at: now, by: actor.membership }
      const row = { ...by, id: review, outcome, until_on: until, reason, weeks_used: shown.prompt.weeksUsed }
      if (await saveReview(db, row)) {
        const on = until ?? addWorkingDays(today, 1, await findHolidays(db))
        const next = { what: until ? 'review' : 'completion', on }
        const bookedOn = await findBookedOn(db, { area, episode: episode.id, now })
        const due = dueUnlessSooner(next, episode, { today, bookedOn })
        if (due) await recordStep(db, { ...by, factRow: review, step: due })
      }
      const text = reason === null ? {} : { vouchesFor: reason }
      await request.act('review.saved', { person: person.id, subject: review, codes: { outcome }, ...text })
      request.flash('The review is saved.')
      return reply.redirect(`/people/${person.id}`, 303)
    },
  )
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function around({ db, area, actor, today }: Asking, wanted: string, hold = false) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode) throw new NotFound()
  const standing = (hold ? await findStandingHeldStill(db, area, wanted) : undefined) ?? episode
  const [goals, reviews] = await Promise.all([listGoals(db, area, wanted), listReviews(db, area, wanted)])
  const prompt = limitPrompt(standing, today, reviews[0]?.until_on)
  const person = { id: episode.person, name: calledName(episode) }
  const shown = prompt && { episode: wanted, person, prompt, goals, reviews, today }
  return { episode, person, shown, why: whyNotReviewed(standing.stage) ?? 'Support is reviewed once a plan is agreed.' }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
