import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, optionalChoice } from '#platform/form/fields.ts'
import { dayOf } from '#platform/dates.ts'
import { blank } from '#platform/form/rules.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { baseline } from '#registers/instruments/rules.ts'
import { chosenIn, nothingChosen, readingOf } from '#registers/questionnaires/rules.ts'
import { finishAsking, listOffered, markAlerted, saveBegun } from '#registers/questionnaires/store.ts'
import { findReadingTime } from '#registers/safety-arrangement/store.ts'
import { AnswerPart, NotAlone, NothingLeft, SavedForNow, SentByLink } from './pages/link.tsx'
import {
  AnswerQuestions,
  AnswersSent,
  QuestionsGone,
  NothingAsked,
  OwnQuestions,
  YouAreNotAlone,
} from './pages/own.tsx'
import {
  asksForSomebody,
  isBegun,
  lastOf,
  noLongerIn,
  placeIn,
  type OwnInstrument,
  speaksOfDanger,
  wasAskedIt,
} from './rules.ts'
import {
  type Around,
  type ByLink,
  findAsked,
  findByLink,
  findHolder,
  findNoLonger,
  findStanding,
  saveAnswers,
} from './store.ts'

type Alarming = Readonly<{ area: string; person: string; episode: string; organisation: string }> &
  Readonly<{ by: null; at: Temporal.Instant }>

/** What later stages answer: which spell of support is asked about, and who is told when somebody may be in danger. */
export type OwnAsked = Around & Readonly<{ alert(db: Db, about: Alarming): Promise<string> }>

/** Questionnaires that somebody answers by themselves, among their own pages. */
export function ownQuestionsRoutes(later: OwnAsked) {
  return async (app: App): Promise<void> => {
    const rule = { who: 'participant', reads: 'record' } as const
    app.get('/my/questions', rule, async (request, reply) => {
      const { db, area, me } = request
      const [all, standing] = await Promise.all([
        listOffered(db, area, request.today),
        findStanding(db, { area, person: me.person }, later),
      ])
      await request.read('participant.questions')
      const offered = all.filter(({ code }) => !baseline.some((one) => one === code))
      return reply.page(<OwnQuestions offered={standing.isAsked ? offered : undefined} />)
    })
    app.get(
      '/my/questions/sent',
      { ...rule, query: { 'no-longer': optionalChoice(noLonger) } },
      async (request, reply) => {
        await request.read('participant.questions-sent')
        return reply.page(<AnswersSent gone={request.query['no-longer'] === 'asked'} />)
      },
    )
    app.get('/my/questions/thank-you', rule, async (request, reply) => {
      await request.read('participant.questions-sent')
      const { db, area, now: at, today: on } = request
      return reply.page(<YouAreNotAlone read={await findReadingTime(db, area, { on, at })} />)
    })
    app.get('/my/questions/:set', rule, async (request, reply) => {
      const { asked, read, gone } = (await findAsked(request.db, setOf(request, false), later)) ?? notAsked()
      if (asked.length === 0) notAsked()
      await request.read('participant.question-form', { codes: { set: request.params.set } })
      if (gone) return reply.code(410).page(<QuestionsGone />)
      const shown = { asked, read, set: request.params.set }
      return reply.page(<AnswerQuestions {...shown} form={newId()} typed={{}} problems={[]} />)
    })
    answeringRoute(app, later)
  }
}

const noLonger = { asked: { label: 'What was sent is no longer asked' } } as const
const sentGone = '/my/questions/sent?no-longer=asked'

function answeringRoute(app: App, later: OwnAsked): void {
  app.post('/my/questions/:set', { who: 'participant', form: { form: id() } }, async (request, reply) => {
    const { form, params, me } = request
    const found = await findAsked(request.db, setOf(request, wasAskedIt(form.typed)), later)
    if (!found) return reply.code(422).page(<NothingAsked typed={form.typed} />)
    const { asked, read, episode, gone } = found
    if (asked.length === 0) notAsked()
    const chosen = asked.map(({ whole, items }) => chosenIn({ code: whole.code, items }, form.typed))
    if (gone && nothingChosen(askable(asked), chosen).length > 0) return reply.code(422).page(<QuestionsGone />)
    const problems = form.ok ? nothingChosen(askable(asked), chosen) : form.problems
    if (!form.ok || problems.length > 0) {
      const again = { form: [form.typed['form']].flat().at(-1) ?? newId(), typed: form.typed, problems }
      return reply.code(422).page(<AnswerQuestions {...{ asked, read }} set={params.set} {...again} />)
    }
    const sent = {
      area: request.area,
      person: me.person,
      asked,
      chosen,
      episode,
      form: form.value.form,
      at: request.now,
    }
    const alert = await saveAnswers(request.db, sent)
    await request.act('questionnaires.answered', {
      ...{ person: me.person, subject: form.value.form },
      codes: { asked: asked.map(({ whole }) => whole.code), alert: alert === 'new' || alert === 'known', gone },
    })
    if (alert === 'new') await raise(request, { person: me.person, episode }, later)
    return reply.redirect(alert === 'none' ? (gone ? sentGone : '/my/questions/sent') : '/my/questions/thank-you')
  })
}

const askable = (asked: readonly OwnInstrument[]) => asked.map(({ whole, items }) => ({ code: whole.code, items }))

type Moment = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }>
type Visit = Moment & Readonly<{ me: Participant; params: Readonly<{ set: string }> }>

const setOf = ({ area, me: { person }, now: at, today: on, params: { set } }: Visit, was: boolean) => ({
  ...{ area, person, set, on, at, was },
})

function notAsked(): never {
  throw new NotFound()
}

type Endangered = Readonly<{ person: string; episode: string }>

async function raise(request: Moment & Acting, { person, episode }: Endangered, later: OwnAsked): Promise<void> {
  const { db, area, now: at } = request
  const organisation = await findHolder(db, area, person)
  if (organisation === undefined) throw new NotFound()
  const subject = await later.alert(db, { area, person, episode, organisation, by: null, at })
  await request.act('concern.opened', { person, subject, codes: { kind: 'self-harm', source: 'questionnaire' } })
}

type Acting = Readonly<{
  act(
    what: string,
    of: Readonly<{ person: string; subject: string; codes: Readonly<Record<string, string>> }>,
  ): Promise<void>
}>

/** What a link opens by which somebody answers questions: one part after the other, over as many sittings as they like. */
export function questionsByLink(later: OwnAsked): LinkPurpose {
  return {
    title: 'Questions about how you are',
    show: async (request, reply, link) => {
      const found = (await findByLink(request.db, linkOf(request, link, false), later)) ?? notAsked()
      const { db, area, params } = request
      if (found.asking.sentAt) return reply.page(<SentByLink noLonger={await findNoLonger(db, area, found.asking)} />)
      const shown = partShown(found, params.link)
      return reply.page(shown.of === 0 ? <NothingLeft {...shown} /> : <AnswerPart {...shown} {...blank} />)
    },
    answer: async (request, reply, link) => {
      const { typed } = request.form
      const found = await findByLink(request.db, linkOf(request, link, wasAskedIt(typed)), later)
      if (!found)
        return speaksOfDanger(typed) ? reply.code(422).page(<NotAlone read={undefined} goOn={undefined} />) : notAsked()
      const { asking, reading } = found
      if (!asking.sentAt) return answerPart(request, reply, { found, later })
      // From a second tab, or by going back: what was sent stays, and whoever is in danger now is heard.
      if (speaksOfDanger(typed)) await hearOnce(request, found, later)
      const isHeard = speaksOfDanger(typed) || asking.alertedAt
      if (isHeard) return reply.page(<NotAlone read={reading.read} goOn={undefined} />)
      return reply.page(<SentByLink noLonger={await findNoLonger(request.db, request.area, asking)} />)
    },
  }
}

function linkOf({ area, now: at, today: on }: Moment, { subject }: Link, was: boolean) {
  if (subject === null) throw new NotFound()
  return { area, asking: subject, on, at, was }
}

function partShown({ asking, parts, reading }: ByLink, link: string) {
  const place = placeIn(parts)
  const read = place.part && asksForSomebody([place.part]) ? reading.read : undefined
  return { ...place, action: `/l/${link}`, until: dayOf(asking.expiresAt), read }
}

type Answering = Readonly<{ found: ByLink; later: OwnAsked }>

async function answerPart(request: LinkVisit, reply: Answer, { found, later }: Answering): Promise<Outcome> {
  const { db, area, now: at, params, form } = request
  const { asking, parts, reading } = found
  const [action, step] = [`/l/${params.link}`, lastOf(form.typed['step'])]
  const part = parts.find(({ whole }) => whole.code === lastOf(form.typed['part']))
  const fresh = part && step !== 'again' ? chosenIn({ code: part.whole.code, items: part.items }, form.typed) : {}
  const given = step === 'again' ? {} : { ...part?.given, ...fresh }
  const all = parts.map((one) => ({ ...one, given: one === part ? given : one.given }))
  const shown = partShown({ ...found, parts: all }, params.link)
  if (step === 'send' && !all.some(isBegun)) {
    if (shown.of === 0) return reply.code(422).page(<NothingLeft {...shown} />)
    const problems = nothingChosen(askable(shown.part ? [shown.part] : parts), [])
    return reply.code(422).page(<AnswerPart {...shown} problems={problems} typed={form.typed} />)
  }
  // What is no longer asked cannot be answered again from the start: what was answered of it stays.
  if (part && (!part.gone || isBegun({ given })))
    await saveBegun(db, { area, asking: asking.id, instrument: part.whole.code, items: given, done: step === 'on', at })
  const alerts = part !== undefined && readingOf(part.whole, given).alert
  if (alerts) await hearOnce(request, found, later)
  if (step === 'send') return sendAll(request, reply, { ...found, parts: all }, alerts || asking.alertedAt !== null)
  if (alerts) return reply.page(<NotAlone read={reading.read} goOn={action} />)
  if (step === 'later' && shown.of > 0) return reply.page(<SavedForNow {...shown} />)
  return reply.redirect(action, 303)
}

async function hearOnce(request: Moment & Acting, { asking, episode }: ByLink, later: OwnAsked): Promise<void> {
  if (asking.alertedAt) return
  await markAlerted(request.db, { area: request.area, id: asking.id, at: request.now })
  await raise(request, { person: asking.person, episode }, later)
}

/** Keeps everything that was answered, once. */
async function sendAll(request: LinkVisit, reply: Answer, { asking, parts, reading }: ByLink, alert: boolean) {
  const { db, area, now: at } = request
  const answered = parts.filter(isBegun)
  const noLongerAsked = parts.filter(({ gone }) => gone).map(({ whole }) => whole.code)
  const sent = { area, person: asking.person, episode: asking.askedFor, form: asking.id, at }
  await saveAnswers(db, { ...sent, asked: answered, chosen: answered.map(({ given }) => given) })
  await finishAsking(db, { area, id: asking.id, at, noLongerAsked })
  const codes = { asked: answered.map(({ whole }) => whole.code), alert, link: true, gone: noLongerAsked }
  await request.act('questionnaires.answered', { person: asking.person, subject: asking.id, codes })
  return reply.page(
    alert ? <NotAlone read={reading.read} goOn={undefined} /> : <SentByLink noLonger={noLongerIn(parts)} />,
  )
}
