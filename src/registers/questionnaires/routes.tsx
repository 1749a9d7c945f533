import { type Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice } from '#platform/form/fields.ts'
import type { Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import type { Chosen, Instrument } from '#registers/instruments/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findReadingTime } from '#registers/safety-arrangement/store.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { Questionnaires } from './pages/all.tsx'
import { AgreeFirst, AskQuestions, TalkToday, waysOfAnswering } from './pages/ask.tsx'
import { askedIn, chosenIn, nothingChosen, readingOf, responsesOf } from './rules.ts'
import { listAnswersOf, listOffered, saveAnswer } from './store.ts'

/** An answer for which somebody has to talk with the person the same day. */
type Alarming = Readonly<{ area: string; person: string; episode: string; organisation: string }> &
  Readonly<{ by: string | null; at: Temporal.Instant }>

/** What a later stage answers: which spell of support is asked about, and who is told when somebody may be in danger. */
export type Asked = Readonly<{
  episodeOf(db: Db, actor: Actor, person: string): Promise<string | undefined>
  /** Writes a concern in the same transaction, to be looked at the same day. */
  alert(db: Db, about: Alarming): Promise<string>
  /** Questionnaires of these codes that the area asked once and asks no more. */
  askedBefore(
    db: Db,
    whose: Readonly<{ area: string; on: Temporal.PlainDate }>,
    codes: readonly string[],
  ): Promise<Instrument[]>
}>

const who = ['coach', 'senior-coach', 'clinician', 'service-manager'] as const

/** The pages that send somebody here to ask, and where they go on afterwards. */
const comingFrom = { assessment: 'assessment#measures', completion: 'completion' } as const

const answerFields = {
  form: id(),
  from: optionalChoice(comingFrom),
  'answered-by': choice(waysOfAnswering, 'Select how it was answered'),
}

/** Questionnaires and rulers of a person: what was answered, and asking again. */
export async function questionnairesRoutes(app: App, later: Asked): Promise<void> {
  app.get('/people/:person/questionnaires', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, area, now, today } = request
    const person = await personFor(db, request.actor, request.params.person)
    await request.read('questionnaires.list', { person: person.id })
    const [offered, answers] = await Promise.all([listOffered(db, area, today), listAnswersOf(db, area, person.id)])
    return reply.page(<Questionnaires {...{ person, offered, answers, now }} />)
  })

  app.get(
    '/people/:person/questionnaires/responses.json',
    { who, verb: 'open', reads: 'record' },
    async (request, reply) => {
      const { db, area } = request
      const person = await personFor(db, request.actor, request.params.person)
      await request.read('questionnaires.exported', { person: person.id })
      const answers = await listAnswersOf(db, area, person.id)
      const standing = answers.filter(({ takenBack }) => takenBack === null)
      const bundle = responsesOf(person.id, standing)
      return reply.file('questionnaires.json', JSON.stringify(bundle, null, 2), 'application/fhir+json')
    },
  )

  app.get('/people/:person/questionnaires/alert', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const person = await personFor(request.db, request.actor, request.params.person)
    await request.read('questionnaires.alert', { person: person.id })
    const episode = await later.episodeOf(request.db, request.actor, person.id)
    return reply.page(<TalkToday person={person} concerns={episode && `/episodes/${episode}/concerns`} />)
  })

  app.get(
    '/people/:person/questionnaires/:set',
    { who, verb: 'edit', reads: 'record', query: { from: optionalChoice(comingFrom) } },
    async (request, reply) => {
      const { db, actor, params } = request
      const person = await personFor(db, actor, params.person)
      const { asked } = await askedFor(request, later)
      await request.read('questionnaires.form', { person: person.id, codes: { set: params.set } })
      if (!(await hasAgreedToTakePart(db, actor.area, person.id))) return reply.page(<AgreeFirst person={person} />)
      const from = request.query.from ?? undefined
      return reply.page(
        <AskQuestions
          {...{ person, asked, from }}
          set={params.set}
          form={newId()}
          read={await readFor(request, asked)}
          problems={[]}
          typed={{}}
        />,
      )
    },
  )

  app.post('/people/:person/questionnaires/:set', { who, verb: 'edit', form: answerFields }, async (request, reply) => {
    const { db, area, actor, form, params } = request
    const person = await personFor(db, actor, params.person)
    // What somebody answered while the area switched it off is kept.
    const { asked, episode, gone } = await askedFor(request, later, true)
    if (!(await hasAgreedToTakePart(db, area, person.id))) return reply.code(422).page(<AgreeFirst person={person} />)
    const chosen = asked.map((one) => chosenIn(one, form.typed))
    const problems = form.ok ? nothingChosen(asked, chosen) : form.problems
    if (!form.ok || problems.length > 0) {
      const read = await readFor(request, asked)
      return reply
        .code(422)
        .page(<AskQuestions {...{ person, asked, problems, read }} {...shownAgain(form.typed)} set={params.set} />)
    }
    const sent = { form: form.value.form, by: form.value['answered-by'], person: person.id, episode, asked, chosen }
    const { kept, alert } = await keep(request, sent)
    await request.act('questionnaires.answered', {
      ...{ person: person.id, subject: sent.form },
      codes: { asked: asked.map(({ code }) => code), alert },
    })
    if (alert && kept) {
      const concern = await later.alert(db, { ...asking(request), person: person.id, episode })
      await request.act('concern.opened', {
        person: person.id,
        subject: concern,
        codes: { kind: 'self-harm', source: 'questionnaire' },
      })
    }
    if (alert) return reply.redirect(`/people/${person.id}/questionnaires/alert`)
    request.flash(gone ? 'The answers are saved. This is not asked any more.' : 'The answers are saved.')
    return reply.redirect(
      form.value.from ? `/episodes/${episode}/${comingFrom[form.value.from]}` : `/people/${person.id}/questionnaires`,
    )
  })
}

const asking = ({ area, actor, now: at }: Visit) => ({
  ...{ area, at, by: actor.membership, organisation: actor.organisation },
})

type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function personFor(db: Db, actor: Actor, person: string) {
  const found = await findPerson(db, actor, person)
  if (!found) throw new NotFound()
  return { id: found.id, name: calledName(found) }
}

/** The instruments behind the address, also where they are gone since if so wanted, and the spell of support they are for. */
async function askedFor(
  { db, area, actor, today, params }: Visit & { params: { person: string; set: string } },
  later: Asked,
  alsoGone = false,
) {
  const offered = askedIn(params.set, await listOffered(db, area, today))
  const gone = offered.length === 0 && alsoGone
  const asked = gone ? await later.askedBefore(db, { area, on: today }, [params.set]) : offered
  const episode = await later.episodeOf(db, actor, params.person)
  if (asked.length === 0 || episode === undefined) throw new NotFound()
  return { asked, episode, gone }
}

/** When somebody on duty reads an answer that asks for them; nothing where no such question is asked. */
async function readFor({ db, area, now: at, today: on }: Visit, asked: readonly Instrument[]) {
  const alerts = asked.some(({ alert }) => alert !== undefined)
  return alerts ? findReadingTime(db, area, { on, at }) : undefined
}

type Sent = Readonly<{
  form: string
  by: 'self' | 'staff'
  person: string
  episode: string
  asked: readonly Instrument[]
  chosen: readonly Chosen[]
}>

/** Keeps each instrument that was answered; instruments left wholly open are not kept. */
async function keep({ db, area, actor, now }: Visit, { form, by, person, episode, asked, chosen }: Sent) {
  let kept = false
  let alert = false
  for (const [index, instrument] of asked.entries()) {
    const answers = chosen[index] ?? {}
    if (Object.keys(answers).length === 0) continue
    const { code, version, canonical } = instrument
    const reading = readingOf(instrument, answers)
    const on = { area, person, askedFor: episode, form, instrument: code, version, canonical, at: now }
    const fresh = await saveAnswer(db, {
      ...on,
      chosen: answers,
      reading,
      answeredBy: by,
      recordedBy: actor.membership,
    })
    kept ||= fresh
    alert ||= reading.alert
  }
  return { kept, alert }
}

function shownAgain(typed: Typed) {
  const last = (name: string) => [typed[name]].flat().at(-1)
  return { typed, form: last('form') ?? newId(), from: last('from') }
}
