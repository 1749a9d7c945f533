import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { hasAgreedToTakePart } from '#registers/permissions/store.ts'
import { baseline, type Chosen } from '#registers/instruments/rules.ts'
import { askedIn, chosenIn, nothingChosen, readingOf } from '#registers/questionnaires/rules.ts'
import { listOffered, saveAnswer } from '#registers/questionnaires/store.ts'
import { findReading } from '#registers/safety-arrangement/store.ts'
import { AnswerQuestions, AnswersSent, OwnQuestions, YouAreNotAlone } from './pages.tsx'
import { askedThemselves, asksForSomebody, type OwnInstrument } from './rules.ts'
import { findHolder } from './store.ts'

type Alarming = Readonly<{ area: string; person: string; episode: string; organisation: string }> &
  Readonly<{ by: null; at: Temporal.Instant }>

/** What later stages answer: which spell of support is asked about, and who is told when somebody may be in danger. */
export type OwnAsked = Readonly<{
  openEpisodeOf(db: Db, area: string, person: string): Promise<string | undefined>
  alert(db: Db, about: Alarming): Promise<string>
}>

/** Questionnaires that somebody answers by themselves, among their own pages. */
export function ownQuestionsRoutes(later: OwnAsked) {
  return async (app: App): Promise<void> => {
    const rule = { who: 'participant', reads: 'record' } as const
    app.get('/my/questions', rule, async (request, reply) => {
      const all = await listOffered(request.db, request.area, request.today)
      await request.read('participant.questions')
      const offered = all.filter(({ code }) => !baseline.some((one) => one === code))
      return reply.page(<OwnQuestions offered={offered} />)
    })
    app.get('/my/questions/sent', rule, async (request, reply) => {
      await request.read('participant.questions-sent')
      return reply.page(<AnswersSent />)
    })
    app.get('/my/questions/thank-you', rule, async (request, reply) => {
      await request.read('participant.questions-sent')
      const { db, area, now: at, today: on } = request
      return reply.page(<YouAreNotAlone read={(await findReading(db, area, { on, at })).read} />)
    })
    app.get('/my/questions/:set', rule, async (request, reply) => {
      const { asked, read } = await askedOf(request, later)
      await request.read('participant.question-form', { codes: { set: request.params.set } })
      const shown = { asked, read, set: request.params.set }
      return reply.page(<AnswerQuestions {...shown} form={newId()} typed={{}} problems={[]} />)
    })
    answeringRoute(app, later)
  }
}

function answeringRoute(app: App, later: OwnAsked): void {
  app.post('/my/questions/:set', { who: 'participant', form: { form: id() } }, async (request, reply) => {
    const { asked, read, episode } = await askedOf(request, later)
    const { form, params, me } = request
    const chosen = asked.map(({ whole, items }) => chosenIn({ code: whole.code, items }, form.typed))
    const problems = form.ok ? nothingChosen(askable(asked), chosen) : form.problems
    if (!form.ok || problems.length > 0) {
      const again = { form: [form.typed['form']].flat().at(-1) ?? newId(), typed: form.typed, problems }
      return reply.code(422).page(<AnswerQuestions {...{ asked, read }} set={params.set} {...again} />)
    }
    const alert = await keep(request, { asked, chosen, episode, form: form.value.form })
    await request.act('questionnaires.answered', {
      ...{ person: me.person, subject: form.value.form },
      codes: { asked: asked.map(({ whole }) => whole.code), alert: alert === 'new' || alert === 'known' },
    })
    if (alert === 'new') await raise(request, episode, later)
    return reply.redirect(alert === 'none' ? '/my/questions/sent' : '/my/questions/thank-you')
  })
}

const askable = (asked: readonly OwnInstrument[]) => asked.map(({ whole, items }) => ({ code: whole.code, items }))

type Visit = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant; today: Temporal.PlainDate }>

/** What is asked under an address, of somebody who agreed to take part and is with the service. */
async function askedOf(request: Visit & { params: Readonly<{ set: string }> }, later: OwnAsked) {
  const { db, area, me, now: at, today: on } = request
  const [offered, reading, episode, agreed] = await Promise.all([
    listOffered(db, area, on),
    findReading(db, area, { on, at }),
    later.openEpisodeOf(db, area, me.person),
    hasAgreedToTakePart(db, area, me.person),
  ])
  const asked = askedThemselves(askedIn(request.params.set, offered), reading.covered)
  if (asked.length === 0 || episode === undefined || !agreed) throw new NotFound()
  return { asked, episode, read: asksForSomebody(asked) ? reading.read : undefined }
}

type Sent = Readonly<{ asked: readonly OwnInstrument[]; chosen: readonly Chosen[]; episode: string; form: string }>

/** Keeps what was answered, and says whether one of the answers asks for somebody, for the first time or again. */
async function keep({ db, area, me, now: at }: Visit, { asked, chosen, episode, form }: Sent) {
  let alert: 'none' | 'new' | 'known' = 'none'
  for (const [index, { whole }] of asked.entries()) {
    const answers = chosen[index] ?? {}
    if (Object.keys(answers).length === 0) continue
    const reading = readingOf(whole, answers)
    const { code: instrument, version, canonical } = whole
    const on = { area, person: me.person, askedFor: episode, form, instrument, version, canonical, at }
    const by = { answeredBy: 'self', recordedBy: null } as const
    const fresh = await saveAnswer(db, { ...on, ...by, chosen: answers, reading })
    if (reading.alert) alert = fresh ? 'new' : 'known'
  }
  return alert
}

async function raise(request: Visit & Pick<Acting, 'act'>, episode: string, later: OwnAsked): Promise<void> {
  const { db, area, me, now: at } = request
  const organisation = await findHolder(db, area, me.person)
  if (organisation === undefined) throw new NotFound()
  const subject = await later.alert(db, { area, person: me.person, episode, organisation, by: null, at })
  await request.act('concern.opened', {
    ...{ person: me.person, subject, codes: { kind: 'self-harm', source: 'questionnaire' } },
  })
}

type Acting = Readonly<{
  act(
    what: string,
    of: Readonly<{ person: string; subject: string; codes: Readonly<Record<string, string>> }>,
  ): Promise<void>
}>
