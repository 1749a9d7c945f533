import { type Actor, ofServices } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { id, optionalChoice, optionalWholeNumber, text } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findAnsweredBy } from '#registers/answering/store.ts'
import { findService } from '#registers/directory/store.ts'
import { deciders, mayOf, proposers } from '#registers/proposing/rules.ts'
import { looksAfter } from '#journey/inbox/rules.ts'
import { ContestedFigures } from './pages/contested.tsx'
import { FiguresOfService, FiguresWith, OwnFigures } from './pages/figures.tsx'
import { contestStates, figuresInWords, openContest, referringReaders, whyNotContest } from './rules.ts'
import { answerContest, findFigures, listContested, saveContest } from './store.ts'

const pageLength = 25

/** How a service answers those who are passed on to it, for whoever keeps the directory right and refers. */
export async function onwardFiguresRoutes(app: App): Promise<void> {
  app.get('/services/:service/figures', { who: proposers }, async (request, reply) => {
    const shown = await shownFor(request, request.params.service)
    return reply.page(<FiguresOfService {...shown} {...blank} {...seenBy(request.actor)} />)
  })
  const answer = { id: id('Open this page again'), answer: text('Enter your answer', 1000) }
  const answering = { who: deciders, form: answer, resent: 'kept' } as const
  app.post('/services/:service/figures/answers', answering, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const shown = await shownFor(request, params.service)
    if (!form.ok) return reply.code(422).page(<FiguresOfService {...shown} {...form} {...seenBy(actor)} />)
    const { id: service } = shown.service
    const said = { area, service, ...form.value, by: actor.membership, at: now }
    if (!(await answerContest(db, said))) {
      const problems = openContest(shown.contests) ? [] : [answered]
      return reply
        .code(409)
        .page(<FiguresOfService {...shown} typed={form.typed} problems={problems} {...seenBy(actor)} />)
    }
    await request.act('service.figures-answered', { subject: service, vouchesFor: form.value.answer })
    request.flash('Answered. It stands beside the figures.')
    return reply.redirect(`/services/${service}/figures`, 303)
  })
  const query = { state: optionalChoice(contestStates), page: optionalWholeNumber(1, 10_000) }
  app.get('/services/contested', { who: deciders, query }, async ({ db, area, now, query: asked }, reply) => {
    const [state, page] = [asked.state ?? 'open', asked.page ?? 1]
    const { rows, count } = await listContested(db, area, { state, page, length: pageLength })
    return reply.page(<ContestedFigures {...{ rows, state, page, now }} pages={Math.ceil(count / pageLength)} />)
  })
  ownRoutes(app)
}

const seenBy = ({ role }: Actor) => ({
  answers: mayOf(role).decide,
  refersIn: referringReaders.some((reader) => reader === role),
})

const answered: Problem = { field: 'answer', message: 'Somebody has answered it by now. Read what stands there' }

/** The same for the people of the service itself. */
function ownRoutes(app: App): void {
  app.get('/inbox/services/:service/figures', { who: ofServices }, async (request, reply) => {
    const shown = await ownFor(request, request.params.service)
    return reply.page(<OwnFigures {...shown} {...again(blank)} says={looksAfter(request.actor.role)} />)
  })
  const form = { id: id('Open this page again'), words: text('Enter what is not right', 1000) }
  app.post('/inbox/services/:service/figures', { who: ['provider-lead'], form }, async (request, reply) => {
    const { db, area, actor, now, form: given, params } = request
    const shown = await ownFor(request, params.service)
    const back = `/inbox/services/${shown.service.id}/figures`
    if (given.ok && shown.contests.some((one) => one.id === given.value.id)) {
      await request.act('service.figures-contested-again', { subject: shown.service.id })
      return reply.redirect(back, 303)
    }
    const problems = given.ok ? whyNot(shown) : given.problems
    if (!given.ok || problems.length > 0)
      return reply.code(422).page(<OwnFigures {...shown} {...again({ typed: given.typed, problems })} says />)
    const by = { by_name: actor.name, by: actor.membership, at: now }
    const said = { area, service: shown.service.id, ...given.value, stood: figuresInWords(shown.figures), ...by }
    if (!(await saveContest(db, said))) return reply.code(409).page(<OwnFigures {...shown} {...again(given)} says />)
    await request.act('service.figures-contested', { subject: shown.service.id, vouchesFor: given.value.words })
    request.flash('Those who look after the directory read it. The answer will stand here.')
    return reply.redirect(back, 303)
  })
}

type Figures = Parameters<typeof whyNotContest>
const whyNot = ({ figures, contests }: Readonly<{ figures: Figures[0]; contests: Figures[1] }>): Problem[] => {
  const message = whyNotContest(figures, contests)
  return message === undefined ? [] : [{ field: 'words', message }]
}

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

async function shownFor({ db, area, today }: Asking, wanted: string) {
  const found = await findService(db, area, wanted)
  if (!found) throw new NotFound()
  const service = { id: found.id, name: found.listing.name }
  return { service, ...(await findFigures(db, { area, service: found.id }, today)) }
}

async function ownFor({ db, area, today, actor }: Asking & Readonly<{ actor: Actor }>, wanted: string) {
  const found = await findAnsweredBy(db, actor, wanted)
  if (!found) throw new NotFound()
  const service = { id: found.id, name: found.listing.name }
  return { service, ...(await findFigures(db, { area, service: found.id }, today)) }
}

type Of = Readonly<{ area: string; service: string }>
type Contesting = Of &
  Readonly<{ id: string; words: string; byName: string; now: Temporal.Instant; today: Temporal.PlainDate }>

/** The figures of a service behind the link about its listing, and how whoever runs it says that they are not right. */
export const ownersFigures = {
  async shown(db: Db, of: Of, today: Temporal.PlainDate) {
    const found = await findFigures(db, of, today)
    return {
      words: <FiguresWith {...found} contester="You" />,
      mayContest: whyNotContest(found.figures, found.contests) === undefined,
    }
  },
  async contest(
    db: Db,
    { area, service, id: contest, words, byName, now, today }: Contesting,
  ): Promise<readonly Problem[]> {
    const { figures, contests } = await findFigures(db, { area, service }, today)
    if (contests.some((one) => one.id === contest)) return []
    const problems = whyNot({ figures, contests })
    const said = { area, service, id: contest, words, stood: figuresInWords(figures) }
    if (problems.length === 0) await saveContest(db, { ...said, by_name: byName, by: null, at: now })
    return problems
  },
}
