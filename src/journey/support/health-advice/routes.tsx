import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { id, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { AdviceList, OneAdvice } from './pages.tsx'
import { advisersAmong, whyNotSent } from './rules.ts'
import { findAdvice, listAdvice, markAdviceRead, saveAdvice, saveQuestion, withdrawQuestion } from './store.ts'

const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

const asking = {
  id: id('Open this page again from the record'),
  askedOf: id('Select whom you ask'),
  asks: text('Enter what you ask', 1000),
}

/** Advice of the service's own occupational health: asked by a coach, given by a clinician of the team, and read. */
export async function adviceRoutes(app: App): Promise<void> {
  const rule = { draft: 'advice-question' } as const
  app.get('/episodes/:episode/advice', { ...opening, ...rule }, async (request, reply) => {
    const shown = await around(request, request.params.episode, 'open')
    await request.read('advice.list', { person: shown.person.id, subject: shown.episode })
    return reply.page(<AdviceList {...shown} {...again(request.form)} />)
  })
  app.post('/episodes/:episode/advice', { ...editing, ...rule, form: asking }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const shown = await around(request, request.params.episode, 'edit')
    const to = form.ok ? shown.advisers.find((one) => one.id === form.value.askedOf) : undefined
    const problems = form.ok && !to ? [{ field: 'askedOf', message: 'Select whom you ask' }] : form.problems
    if (!form.ok || !to) return reply.code(422).page(<AdviceList {...shown} {...again({ ...form, problems })} />)
    const { id: saved, asks } = form.value
    await saveQuestion(db, { area, id: saved, episode: shown.episode, askedOf: to.id, asks, by: actor.membership, at })
    const codes = { askedOf: to.id }
    await request.act('advice.asked', { person: shown.person.id, subject: saved, codes, vouchesFor: asks })
    request.flash(`${to.name} finds it on their day.`)
    return reply.redirect(`/episodes/${shown.episode}/advice`, 303)
  })
  oneRoutes(app)
}

function oneRoutes(app: App): void {
  const rule = { draft: 'advice' } as const
  app.get('/advice/:advice', { ...opening, ...rule }, async (request, reply) => {
    const shown = await one(request, 'open')
    await request.read('advice.record', { person: shown.person.id, subject: shown.advice.id })
    return reply.page(<OneAdvice {...shown} {...request.form} />)
  })
  const form = { advises: text('Enter what you advise', 4000) }
  app.post('/advice/:advice/answer', { ...editing, ...rule, form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const shown = await one(request, 'edit')
    // Advice is given by whom it was asked of, and by nobody else.
    if (!shown.isMine) throw new NotFound()
    if (!form.ok) return reply.code(422).page(<OneAdvice {...shown} {...form} />)
    const { advises } = form.value
    const on = { area, question: shown.advice.id, by: actor.membership, at }
    if (!(await saveAdvice(db, { ...on, advises }))) {
      const now = await one(request, 'edit')
      // The same advice sent twice was sent.
      if (now.advice.advises !== advises) {
        const problems = [{ field: 'advises', message: whyNotSent(now.advice) }]
        return reply.code(409).page(<OneAdvice {...now} typed={form.typed} problems={problems} />)
      }
    }
    await request.act('advice.given', { person: shown.person.id, subject: shown.advice.id, vouchesFor: advises })
    request.flash('Sent. Their coach finds it on their day.')
    return reply.redirect(`/advice/${shown.advice.id}`, 303)
  })
  app.post('/advice/:advice/reading', editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { advice, person } = await one(request, 'edit')
    await markAdviceRead(db, { area, question: advice.id, by: actor.membership, at })
    await request.act('advice.read', { person: person.id, subject: advice.id })
    request.flash('Marked as read')
    return reply.redirect(`/advice/${advice.id}`, 303)
  })
  app.post('/advice/:advice/withdrawal', editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { advice, person } = await one(request, 'edit')
    const taken = await withdrawQuestion(db, { area, question: advice.id, by: actor.membership, at })
    await request.act('advice.taken-back', { person: person.id, subject: advice.id, codes: { taken } })
    request.flash(taken ? 'The question is taken back.' : 'It was answered meanwhile: read the advice.')
    return reply.redirect(`/advice/${advice.id}`, 303)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function around({ db, area, actor, now, today }: Visit, of: string, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, of, verb)
  if (!found) throw new NotFound()
  const [asked, members] = await Promise.all([
    listAdvice(db, area, found.id),
    listMembers(db, area, today, [actor.organisation]),
  ])
  const person = { id: found.person, name: calledName(found) }
  return { episode: found.id, person, mayEdit: found.mayEdit, asked, advisers: advisersAmong(members, actor), now }
}

async function one(visit: Visit & Readonly<{ params: Readonly<{ advice: string }> }>, verb: 'open' | 'edit') {
  const { db, area, actor, params, now } = visit
  const advice = await findAdvice(db, area, params.advice)
  const found = advice && (await findEpisode(db, actor, advice.episode, verb))
  if (!advice || !found) throw new NotFound()
  const whose = { episode: found.id, person: { id: found.person, name: calledName(found) }, mayEdit: found.mayEdit }
  return { ...whose, ...blank, advice, isMine: advice.askedOf === actor.membership, now }
}
