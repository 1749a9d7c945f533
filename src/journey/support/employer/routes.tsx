import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalText, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { findNewestEpisode } from '#journey/episode/store.ts'
import { NewWorkplace, OneWorkplace } from './pages/forms.tsx'
import { Work } from './pages/work.tsx'
import { dayProblems, parts, recipientAt, sentenceKinds, stillSaid, wayProblems } from './rules.ts'
import * as store from './store.ts'

const address = '/people/:person/employer'
const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

const words = {
  organisation: text('Enter the name of the employer', 120),
  site: optionalText(120),
  contact: text('Enter the name of whom we talk to', 100),
  part: choice(parts, 'Select who they are'),
  phone: optionalText(40),
  email: optionalText(),
  postal: optionalText(300),
}

/** Where somebody works, whom we talk to there, and what could be said of how they work. */
export async function employerRoutes(app: App): Promise<void> {
  app.get(address, opening, async (request, reply) => {
    await request.read('employer.record', { person: request.params.person })
    return reply.page(<Work {...await around(request, 'open')} {...again(blank)} />)
  })
  newRoutes(app)
  oneRoutes(app)
  endingRoutes(app)
  sentenceRoutes(app)
}

function newRoutes(app: App): void {
  const rule = { ...editing, draft: 'workplace' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const { person, workplaces } = await around(request, 'edit')
    await request.read('employer.form', { person: person.id })
    return reply.page(<NewWorkplace {...{ person, known: workplaces[0] }} {...again(request.form)} />)
  })
  const form = { ...words, id: id('Open this page again from the record') }
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { person, workplaces } = await around(request, 'edit')
    const problems = form.ok ? wayProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply
        .code(422)
        .page(<NewWorkplace {...{ person, known: workplaces[0] }} {...again({ ...form, problems })} />)
    await store.saveWorkplace(db, { ...form.value, area, person: person.id, by: actor.membership, at })
    const { id: subject, part, organisation, contact } = form.value
    const vouchesFor = `${contact}\n${organisation}`
    await request.act('employer.written-down', { person: person.id, subject, codes: { part }, vouchesFor })
    request.flash('Written down. Ask the person next what may be said to them.')
    return reply.redirect(`/people/${person.id}/employer`, 303)
  })
}

function oneRoutes(app: App): void {
  app.get(`${address}/:workplace`, opening, async (request, reply) => {
    const shown = await one(request, 'open')
    await request.read('employer.record', { person: shown.person.id, subject: shown.workplace.id })
    return reply.page(<OneWorkplace {...shown} {...blank} />)
  })
  app.post(`${address}/:workplace`, { ...editing, form: { ...words, version: version() } }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const shown = await one(request, 'edit')
    const problems = form.ok ? wayProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OneWorkplace {...shown} {...{ problems, typed: form.typed }} />)
    const { version: seen, ...given } = form.value
    const { id: workplace, endedOn } = shown.workplace
    const on = { area, workplace, seen, endedOn, by: actor.membership, at }
    if (seen !== shown.workplace.version || !(await store.saveVersion(db, { ...given, ...on })))
      return reply.code(409).page(<OneWorkplace {...await one(request, 'edit')} {...form} />)
    const vouchesFor = `${given.contact}\n${given.organisation}`
    const codes = { part: given.part }
    await request.act('employer.changed', { person: shown.person.id, subject: workplace, codes, vouchesFor })
    request.flash('Saved')
    return reply.redirect(`/people/${shown.person.id}/employer`, 303)
  })
}

function endingRoutes(app: App): void {
  const form = { ended: day('Enter the day since when nobody talks to them'), version: version() }
  app.post(`${address}/:workplace/ending`, { ...editing, form }, async (request, reply) => {
    const { db, area, form, today, now } = request
    const shown = await one(request, 'edit')
    const problems = form.ok ? dayProblems('ended', form.value.ended, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OneWorkplace {...shown} {...{ problems, typed: form.typed }} />)
    if (!(await ended(request, shown.workplace, { on: form.value.ended, seen: form.value.version })))
      return reply.code(409).page(<OneWorkplace {...await one(request, 'edit')} {...form} />)
    await withdrawLinks(db, { area, subject: shown.workplace.id, now })
    await request.act('employer.ended', { person: shown.person.id, subject: shown.workplace.id })
    request.flash('Ended. It stays below, under whom we talked to before.')
    return reply.redirect(`/people/${shown.person.id}/employer`, 303)
  })
  const again = { ...editing, form: { version: version() } }
  app.post(`${address}/:workplace/resumption`, again, async (request, reply) => {
    const { form } = request
    const shown = await one(request, 'edit')
    const saved = form.ok && (await ended(request, shown.workplace, { on: null, seen: form.value.version }))
    const about = { person: shown.person.id, subject: shown.workplace.id, codes: { saved } }
    await request.act('employer.taken-up-again', about)
    request.flash(saved ? takenUpAgain : 'Somebody has just changed this. Look at it first.')
    return reply.redirect(`/people/${shown.person.id}/employer`, 303)
  })
}

const takenUpAgain = 'You talk to them again. What the person allowed before stands only if they still agree.'

function ended(
  { db, area, actor, now: at }: Pick<Visit, 'db' | 'area' | 'actor' | 'now'>,
  workplace: store.Workplace,
  { on, seen }: Readonly<{ on: Temporal.PlainDate | null; seen: number }>,
) {
  const { organisation, site, contact, part, email, phone, postal } = workplace
  const same = { organisation, site, contact, part, email, phone, postal }
  return store.saveVersion(db, { area, workplace: workplace.id, ...same, seen, endedOn: on, by: actor.membership, at })
}

function sentenceRoutes(app: App): void {
  const form = {
    id: id('Open this page again from the record'),
    kind: choice(sentenceKinds, 'Select what it is about'),
    words: text('Enter it in a plain sentence', 300),
  }
  app.post(`${address}/sentences`, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const shown = await around(request, 'edit')
    if (!form.ok) return reply.code(422).page(<Work {...shown} {...again(form)} />)
    const { person } = shown
    await store.saveSentence(db, { ...form.value, area, person: person.id, by: actor.membership, at })
    const { id: subject, kind, words: vouchesFor } = form.value
    await request.act('employer.sentence', { person: person.id, subject, codes: { kind }, vouchesFor })
    request.flash('Written down. Nobody is told it until the person ticks it.')
    return reply.redirect(`/people/${person.id}/employer#sentences`, 303)
  })
  app.post(`${address}/sentences/:sentence/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, params, now: at } = request
    const { person, sentences, told } = await around(request, 'edit')
    const sentence = sentences.find(({ id }) => id === params.sentence)
    if (!sentence) {
      if (!(await store.isTakenAway(db, { area, person: person.id }, params.sentence))) throw new NotFound()
      const to = `/people/${person.id}/employer#sentences`
      const words = 'It is taken away already. It is said to nobody.'
      return alreadySaved(request, reply, { page: 'employer.record', person: person.id, subject: person.id, to, words })
    }
    for (const [workplace, said] of told)
      if (said && said !== 'summary' && said.sentences.includes(sentence.id))
        await withdrawLinks(db, { area, subject: workplace, now: at })
    await store.withdrawSentence(db, { area, sentence: sentence.id, by: actor.membership, at })
    await request.act('employer.sentence-taken-away', { person: person.id, subject: sentence.id })
    request.flash('Taken away. It is said to nobody from now on.')
    return reply.redirect(`/people/${person.id}/employer#sentences`, 303)
  })
}

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  params: Readonly<{ person: string }>
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

async function around({ db, area, actor, params, now, today }: Visit, verb: 'open' | 'edit') {
  const found = await findPerson(db, actor, params.person, verb)
  if (!found) throw new NotFound()
  const of = { area, person: found.id }
  const [workplaces, sentences, talks, episode] = await Promise.all([
    store.listWorkplaces(db, of),
    store.listSentences(db, of),
    store.listTalks(db, of),
    findNewestEpisode(db, actor, found.id),
  ])
  const sayings = await store.listSayings(
    db,
    area,
    workplaces.map(({ id }) => id),
  )
  const told = await Promise.all(
    workplaces.map(async (one) => {
      const may = await mayDisclose(db, { ...of, recipient: recipientAt(one), purpose: 'summary' })
      const saying = sayings.get(one.id)
      return [
        one.id,
        may.allowed ? (saying ? { ...saying, ...stillSaid(saying, may.facts) } : 'summary') : undefined,
      ] as const
    }),
  )
  const person = { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
  return { person, workplaces, sentences, talks, told: new Map(told), episode, now, today }
}

async function one(visit: Visit & Readonly<{ params: Readonly<{ workplace: string }> }>, verb: 'open' | 'edit') {
  const { db, area, actor, params, now, today } = visit
  const found = await findPerson(db, actor, params.person, verb)
  const versions = found ? await store.listVersions(db, { area, person: found.id }, params.workplace) : []
  const [workplace] = versions
  if (!found || !workplace) throw new NotFound()
  return { person: { id: found.id, name: calledName(found), mayEdit: found.mayEdit }, workplace, versions, now, today }
}
