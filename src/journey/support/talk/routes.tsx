import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, day, id, optionalChoice, optionalWholeNumber, text, wholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { dayProblems, daysOf, longestTalk, periods, talkKinds } from '#journey/support/employer/rules.ts'
import { listTalks, listWorkplaces, saveTalk, withdrawTalk } from '#journey/support/employer/store.ts'
import { NewTalk, TalkList } from './pages.tsx'
import { countTalksFor, listTalksFor } from './store.ts'

const address = '/people/:person/employer/talks'
const editing = { who: careRoles, verb: 'edit' } as const

const fields = {
  id: id('Open this page again from the record'),
  workplace: id('Select with whom'),
  kind: choice(talkKinds, 'Select how you talked'),
  note: text('Enter what was said or agreed', 2000),
  minutes: wholeNumber(1, longestTalk, `Enter the minutes it took, from 1 to ${longestTalk}`),
  on: day('Enter the day'),
}
const query = {
  period: optionalChoice(periods),
  kind: optionalChoice(talkKinds),
  page: optionalWholeNumber(1, 10_000),
}

/** Talks with employers: written down for one person, counted for all. */
export async function talkRoutes(app: App): Promise<void> {
  const rule = { ...editing, draft: 'employer-talk' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const shown = await around(request)
    await request.read('employer.form', { person: shown.person.id })
    return reply.page(<NewTalk {...shown} {...again(request.form)} />)
  })
  app.post(address, { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, form, today, now: at } = request
    const shown = await around(request)
    const problems = form.ok ? dayProblems('on', form.value.on, today) : form.problems
    const whose = form.ok && !shown.workplaces.some((one) => one.id === form.value.workplace)
    if (!form.ok || problems.length > 0 || whose) {
      const found = whose ? [...problems, { field: 'workplace', message: 'Select with whom' }] : problems
      return reply.code(422).page(<NewTalk {...shown} {...again({ ...form, problems: found })} />)
    }
    await saveTalk(db, { ...form.value, area, by: actor.membership, at })
    const { id: subject, kind, minutes, note: vouchesFor } = form.value
    await request.act('employer.talk', { person: shown.person.id, subject, codes: { kind, minutes }, vouchesFor })
    request.flash('The talk is written down.')
    return reply.redirect(`/people/${shown.person.id}/employer#talks`, 303)
  })
  app.post(`${address}/:talk/withdrawal`, editing, async (request, reply) => {
    const { db, area, actor, params, now: at } = request
    const { person } = await around(request)
    const talk = (await listTalks(db, { area, person: person.id })).find(({ id }) => id === params.talk)
    if (!talk) throw new NotFound()
    await withdrawTalk(db, { area, talk: talk.id, by: actor.membership, at })
    await request.act('employer.talk-taken-back', { person: person.id, subject: talk.id })
    request.flash('Taken back. It is counted nowhere any more.')
    return reply.redirect(`/people/${person.id}/employer#talks`, 303)
  })
  listRoute(app)
}

function listRoute(app: App): void {
  app.get('/employer-talks', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, actor, today, query } = request
    const [period, page] = [query.period ?? 'month', query.page ?? 1]
    const days = daysOf(period, today)
    const [counts, found] = await Promise.all([
      countTalksFor(db, actor, days),
      listTalksFor(db, actor, { ...days, kind: query.kind, page }),
    ])
    await request.read('employer.talks', { codes: { shown: [...new Set(found.map(({ person }) => person))] } })
    const rows = found.map((row) => ({ ...row, name: calledName(row) }))
    return reply.page(<TalkList {...{ rows, counts, period, page, today }} kind={query.kind} />)
  })
}

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  params: Readonly<{ person: string }>
  today: Temporal.PlainDate
}>

async function around({ db, area, actor, params, today }: Visit) {
  const found = await findPerson(db, actor, params.person, 'edit')
  if (!found) throw new NotFound()
  const workplaces = await listWorkplaces(db, { area, person: found.id })
  return { person: { id: found.id, name: calledName(found) }, workplaces, today }
}
