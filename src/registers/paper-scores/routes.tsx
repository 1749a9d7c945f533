import type { Actor } from '#platform/access/rules.ts'
import { dayOf, momentAt } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalChoice, text, wholeNumber } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { listAnswersOf, saveAnswer, withdrawAnswer } from '#registers/questionnaires/store.ts'
import { scorings } from '#registers/scoring/rules.ts'
import { EnterScore, TakeScoreBack } from './pages.tsx'
import { aboutHarm, type PaperScore, paperReading, problemsWithPaper } from './rules.ts'

type Alarming = Readonly<{ area: string; person: string; episode: string; organisation: string }> &
  Readonly<{ by: string; at: Temporal.Instant }>

/** What later stages answer: which spell of support it belongs to, and who is told when somebody may be in danger. */
export type Asked = Readonly<{
  episodeOf(db: Db, actor: Actor, person: string): Promise<string | undefined>
  alert(db: Db, about: Alarming): Promise<string>
}>

const who = ['coach', 'senior-coach', 'clinician', 'service-manager'] as const

const fields = {
  form: id('Open this page again'),
  instrument: choice(scorings, 'Select the questionnaire'),
  score: wholeNumber(0, 1000, 'Enter the score as a whole number'),
  on: day('Enter the day on which it was filled in'),
  'filled-by': choice({ self: true, staff: true }, 'Select who filled it in'),
  harm: optionalChoice(aboutHarm),
}

/** Scores that were made on paper, typed in without any wording. */
export function paperScoreRoutes(later: Asked) {
  return async (app: App): Promise<void> => {
    const reading = { who, verb: 'edit', reads: 'record' } as const
    app.get('/people/:person/questionnaires/scores', reading, async (request, reply) => {
      const { person } = await about(request, request.params.person, later)
      await request.read('questionnaires.form', { person: person.id, codes: { set: 'paper' } })
      return reply.page(<EnterScore {...blank} person={person} form={newId()} />)
    })

    app.post('/people/:person/questionnaires/scores', { who, verb: 'edit', form: fields }, async (request, reply) => {
      const { db, area, actor, form, now: at, today } = request
      const { person, episode } = await about(request, request.params.person, later)
      const paper = form.ok ? form.value : undefined
      const problems = form.ok ? problemsWithPaper(form.value, today) : form.problems
      if (!paper || problems.length > 0)
        return reply.code(422).page(<EnterScore person={person} {...again({ ...form, problems })} />)
      const whose = { area, person: person.id, askedFor: episode, form: paper.form }
      const reading = paperReading(paper)
      const fresh = await saveAnswer(db, {
        ...{ ...whose, instrument: paper.instrument, version: 0, typedIn: true, chosen: {}, reading },
        ...{ at: filledAt(paper, at), answeredBy: paper['filled-by'], recordedBy: actor.membership },
      })
      const codes = { asked: [paper.instrument], alert: reading.alert, paper: true }
      await request.act('questionnaires.answered', { person: person.id, subject: paper.form, codes })
      if (reading.alert && fresh) {
        const on = { area, person: person.id, episode, organisation: actor.organisation }
        const subject = await later.alert(db, { ...on, by: actor.membership, at })
        const codes = { kind: 'self-harm', source: 'questionnaire' }
        await request.act('concern.opened', { person: person.id, subject, codes })
      }
      if (reading.alert) return reply.redirect(`/people/${person.id}/questionnaires/alert`)
      request.flash('The score is saved.')
      return reply.redirect(`/people/${person.id}/questionnaires`, 303)
    })
    takingBackRoutes(app)
  }
}

function takingBackRoutes(app: App): void {
  const path = '/people/:person/questionnaires/scores/:answer'
  app.get(path, { who, verb: 'edit', reads: 'record' }, async (request, reply) => {
    const { person, answer } = await scoreOf(request)
    await request.read('questionnaires.form', { person: person.id, subject: answer.id, codes: { set: 'paper' } })
    return reply.page(<TakeScoreBack {...blank} {...{ person, answer }} />)
  })
  const form = { reason: text('Enter why it is not right', 300) }
  app.post(path, { who, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { person, answer } = await scoreOf(request)
    if (!form.ok) return reply.code(422).page(<TakeScoreBack {...form} {...{ person, answer }} />)
    const { reason } = form.value
    await withdrawAnswer(db, { area, answer: answer.id, reason, by: actor.membership, at })
    await request.act('questionnaires.taken-back', { person: person.id, subject: answer.id, vouchesFor: reason })
    request.flash('It is taken back. If there is a right score, enter it.')
    return reply.redirect(`/people/${person.id}/questionnaires`, 303)
  })
}

/** A score of a person that was typed in and stands; answers that were given to questions are never taken back. */
async function scoreOf({ db, area, actor, params }: Visit & Readonly<{ params: { person: string; answer: string } }>) {
  const person = await findPerson(db, actor, params.person)
  const answers = person ? await listAnswersOf(db, area, person.id) : []
  const answer = answers.find((one) => one.id === params.answer && one.typed_in && one.takenBack === null)
  if (!person || !answer) throw new NotFound()
  return { person: { id: person.id, name: calledName(person) }, answer }
}

// A paper says the day and not the hour; one of today was filled in by now.
const filledAt = ({ on }: PaperScore, now: Temporal.Instant) => (dayOf(now).equals(on) ? now : momentAt(on, '12:00'))

type Visit = Readonly<{ db: Db; area: string; actor: Actor }>

async function about({ db, area, actor }: Visit, asked: string, later: Asked) {
  const person = await findPerson(db, actor, asked)
  const episode = person && (await later.episodeOf(db, actor, person.id))
  if (!person || episode === undefined || !(await hasAgreedToTakePart(db, area, person.id))) throw new NotFound()
  return { person: { id: person.id, name: calledName(person) }, episode }
}

function again({ typed, problems }: FormState) {
  return { typed, problems, form: [typed['form']].flat().at(-1) ?? newId() }
}
