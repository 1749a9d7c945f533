import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { day, id, optionalId, optionalText, text, time, type ValueOf, wholeNumber } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { ArrangementForm, ArrangementPage } from './pages/arrangement.tsx'
import { DutyPage } from './pages/duty.tsx'
import { arrangementOn, dutyProblems, dutyRoles, hoursProblems } from './rules.ts'
import { findReading, type IsAway, listDuties, listVersions, saveDuty, saveVersion, takeDutyBack } from './store.ts'

const deciders = ['service-manager', 'system-administrator', 'area-lead'] as const
const namers = ['senior-coach', 'service-manager'] as const

const numbers = [1, 2, 3, 4, 5, 6] as const
const points = Object.fromEntries(
  numbers.flatMap((number) => [
    [`point-${number}`, text(`Enter what to do in point ${number}`, 120)],
    [`how-${number}`, text(`Enter how to do point ${number}`, 1000)],
  ]),
)
const arrangementFields = {
  ...points,
  id: id(),
  readFrom: time('Enter from when somebody reads alerts'),
  readUntil: time('Enter until when somebody reads alerts'),
  minutesNow: wholeNumber(1, 240),
  minutesOtherwise: wholeNumber(1, 1440),
  outOfHours: text('Enter what staff do when nobody reads alerts', 2000),
  cover: optionalId(),
  from: day('Enter the day from which this holds'),
  why: optionalText(),
  version: text('Open this page again from the area'),
}

/** What an area does when somebody may come to harm, and who leads on duty. */
export function safetyArrangementRoutes(isAway: IsAway) {
  return async (app: App): Promise<void> => {
    shownRoute(app, isAway)
    arrangementRoutes(app)
    dutyRoutesOf(app)
  }
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function around({ db, area, today }: Asking) {
  const [versions, members] = await Promise.all([listVersions(db, area), membersOf({ db, area, today })])
  return { versions, members, arrangement: arrangementOn(versions, today), version: versions[0]?.id ?? 'none' }
}

/** Who may be on duty, by name. */
async function membersOf({ db, area, today }: Omit<Asking, 'actor'>, organisations?: readonly string[]) {
  const found = await listMembers(db, area, today, organisations)
  const able = found.filter(({ role }) => dutyRoles.some((one) => one === role))
  return Object.fromEntries(able.map(({ id: code, name }) => [code, { label: name }]))
}

function shownRoute(app: App, isAway: IsAway): void {
  app.get('/area/safety', { who: [...careRoles, ...deciders.slice(1)] }, async (request, reply) => {
    const { db, area, actor, now: at, today: on } = request
    const [shown, { awayOn }] = await Promise.all([around(request), findReading(db, area, { on, at, isAway })])
    return reply.page(<ArrangementPage {...{ ...shown, awayOn }} today={on} decides={isFor(deciders, actor.role)} />)
  })
}

function arrangementRoutes(app: App): void {
  const deciding = { who: deciders, draft: 'safety-arrangement' } as const
  app.get('/area/safety/new', deciding, async (request, reply) =>
    reply.page(<ArrangementForm {...await around(request)} {...again(request.form)} from={request.today} />),
  )
  app.post('/area/safety', { ...deciding, form: arrangementFields }, async (request, reply) => {
    const { db, area, actor, form, now: at, today: from } = request
    const shown = await around(request)
    const state = again(form)
    if (!form.ok) return reply.code(422).page(<ArrangementForm {...shown} {...state} from={from} />)
    const { value } = form
    const strange = value.cover !== null && !(value.cover in shown.members)
    const problems = [
      ...hoursProblems(value),
      ...(strange ? [{ field: 'cover', message: 'Choose somebody from the list' }] : []),
    ]
    if (problems.length > 0)
      return reply.code(422).page(<ArrangementForm {...shown} {...state} problems={problems} from={from} />)
    const twice = shown.versions.some((one) => one.id === value.id)
    if (!twice && value.version !== shown.version)
      return reply.code(409).page(<ArrangementForm {...shown} {...state} from={from} />)
    const said = { ...value, points: pointsIn(form.typed), fromOn: value.from }
    await saveVersion(db, { ...said, area, by: actor.membership, at })
    await request.act('safety-arrangement.changed', { subject: value.id, codes: { from: value.from.toString() } })
    request.flash('Saved. What held before stays below.')
    return reply.redirect('/area/safety')
  })
}

// Checked: the form was, field by field.
const pointsIn = (typed: Typed) => {
  const last = (name: string) => ([typed[name]].flat().at(-1) ?? '').trim()
  return numbers.map((number) => ({ point: last(`point-${number}`), how: last(`how-${number}`) }))
}

const dutyFields = {
  id: id(),
  lead: id('Choose who leads'),
  deputy: optionalId(),
  from: day('Enter the first day'),
  last: day('Enter the last day'),
}

function dutyRoutesOf(app: App): void {
  app.get('/duty', { who: careRoles }, async (request, reply) =>
    reply.page(<DutyPage {...await dutyAround(request)} {...blank} id={newId()} />),
  )
  app.post('/duty', { who: namers, form: dutyFields }, async (request, reply) => {
    const { db, area, actor, form, now: at, today } = request
    const shown = await dutyAround(request)
    const problems = form.ok ? problemsIn(form.value, shown.members, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<DutyPage {...shown} {...again({ typed: form.typed, problems })} />)
    const { lead, deputy, from: fromOn, last, id: duty } = form.value
    const days = { fromOn, untilOn: last.add({ days: 1 }) }
    const on = { area, id: duty, organisation: actor.organisation, by: actor.membership, at }
    await saveDuty(db, { ...on, ...days, lead, deputy })
    await request.act('duty.named', { subject: duty, codes: { lead, deputy, from: fromOn.toString() } })
    request.flash('Saved. Alerts of these days go to them first.')
    return reply.redirect('/duty')
  })
  app.post('/duty/:duty/withdrawal', { who: namers }, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    if (!/^[0-9a-f-]{36}$/.test(params.duty)) throw new NotFound()
    const organisations = [actor.organisation]
    const taken = await takeDutyBack(db, { area, id: params.duty, organisations, by: actor.membership, at })
    if (!taken) throw new NotFound()
    await request.act('duty.taken-back', { subject: params.duty })
    request.flash('Taken back. Look who leads on these days now.')
    return reply.redirect('/duty')
  })
}

async function dutyAround({ db, area, actor, today }: Asking) {
  const organisations = [actor.organisation]
  const [duties, members] = await Promise.all([
    listDuties(db, area, { organisations, since: today }),
    membersOf({ db, area, today }, organisations),
  ])
  const names = isFor(namers, actor.role)
  return { duties, members, today, names, organisation: actor.organisationName }
}

function problemsIn(
  { lead, deputy, from: fromOn, last: lastOn }: ValueOf<typeof dutyFields>,
  members: Readonly<Record<string, unknown>>,
  today: Temporal.PlainDate,
) {
  const strange = (field: 'lead' | 'deputy', member: string | null) =>
    member === null || member in members ? [] : [{ field, message: 'Choose somebody from the list' }]
  return [
    ...strange('lead', lead),
    ...strange('deputy', deputy),
    ...dutyProblems({ lead, deputy, fromOn, lastOn }, today),
  ]
}
