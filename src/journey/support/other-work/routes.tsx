import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { csvLine } from '#platform/export/rules.ts'
import { choice, day, id, optionalText, optionalWholeNumber, version, wholeNumber } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { kindLabel, offered } from '#registers/work-kinds/rules.ts'
import { findKinds } from '#registers/work-kinds/store.ts'
import { lengths, problemsWithDays } from '#journey/support/log/rules.ts'
import { changeActivity, saveActivity, withdrawActivity } from '#journey/support/log/store.ts'
import { ChangeWork, OtherWork } from './pages/work.tsx'
import { Totals } from './pages/totals.tsx'
import { daysOf, monthsUntil, piecesOf, type Row, rowProblems, totalsTable, type Week, weekOf } from './rules.ts'
import { findOwn, listOfWeek, listTotals } from './store.ts'

const tooLong = `Enter how many minutes it took, from ${lengths.least} to ${lengths.most}`
const kind = () => optionalText(60)
const on = () => optionalText(10)
const minutes = () => optionalWholeNumber(lengths.least, lengths.most, tooLong)
const note = () => optionalText(200)

const fields = {
  ...{ id1: id('Open this page again'), id2: id('Open this page again'), id3: id('Open this page again') },
  ...{ week: day('Open this page again') },
  ...{ kind1: kind(), on1: on(), minutes1: minutes(), note1: note() },
  ...{ kind2: kind(), on2: on(), minutes2: minutes(), note2: note() },
  ...{ kind3: kind(), on3: on(), minutes3: minutes(), note3: note() },
}
type Given = { [Name in keyof typeof fields]: (typeof fields)[Name]['_output'] }

const runners = ['senior-coach', 'service-manager', 'administrator'] as const
const rule = { who: careRoles } as const

/** Work that is not about one person: written down by the week, changed and taken back by whoever did it, added up. */
export async function otherWorkRoutes(app: App): Promise<void> {
  app.get('/activities', { ...rule, query: { week: optionalText(10) } }, async (request, reply) =>
    reply.page(<OtherWork {...await shownFor(request, weekAsked(request))} {...blank} ids={newIds()} />),
  )
  savingRoute(app)
  changeRoutes(app)
  totalsRoutes(app)
}

function savingRoute(app: App): void {
  app.post('/activities', { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const week = form.ok ? weekOf(form.value.week) : weekOf(request.today)
    const shown = await shownFor(request, week)
    const rows = form.ok ? rowsIn(form.value) : []
    const problems = form.ok ? rowProblems(rows, shown) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OtherWork {...shown} {...{ problems, typed: form.typed }} ids={idsIn(form.typed)} />)
    const made = [form.value.id1, form.value.id2, form.value.id3]
    const pieces = piecesOf(rows).map(({ place, ...piece }) => ({ ...piece, id: made[place] ?? newId() }))
    for (const { id: activity, kind: code, on: happened_on, ...piece } of pieces) {
      const row = { ...piece, area, id: activity, member: actor.membership, kind: code, happened_on, recorded_at: now }
      await saveActivity(db, row)
      await request.act('activity.recorded', { subject: activity, codes: { kind: code } })
    }
    const [only, ...others] = pieces
    if (only && others.length === 0) request.flash('Saved.', `/activities/${only.id}/withdrawal`)
    else request.flash(`${pieces.length} pieces of work are saved.`)
    return reply.redirect(`/activities?week=${week.from.toString()}`, 303)
  })
}

function changeRoutes(app: App): void {
  const path = '/activities/:activity'
  const around = async ({ db, area, actor, today }: Asking, wanted: string) => {
    const [own, kinds] = await Promise.all([findOwn(db, actor, wanted), findKinds(db, area, today)])
    if (!own) throw new NotFound()
    return { own, kinds: { ...offered(kinds), [own.kind]: { label: kindLabel(kinds, own.kind) } } }
  }
  app.get(path, rule, async (request, reply) =>
    reply.page(<ChangeWork {...await around(request, request.params.activity)} {...blank} />),
  )
  const form = {
    ...{ kind: optionalText(60), minutes: wholeNumber(lengths.least, lengths.most, tooLong) },
    ...{ on: day('Enter the day'), note: note(), version: version() },
  }
  app.post(path, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now, today, form, params } = request
    const shown = await around(request, params.activity)
    const problems = form.ok ? changeProblems(form.value, shown.kinds, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<ChangeWork {...{ ...shown, problems }} typed={form.typed} />)
    const { version: seen, kind: code, on: happened_on, note: said, minutes: took } = form.value
    const row = { area, id: shown.own.id, member: actor.membership, minutes: took, happened_on, note: said, seen }
    if (!(await changeActivity(db, { ...row, kind: code ?? shown.own.kind, recorded_at: now })))
      return reply.code(409).page(<ChangeWork {...await around(request, params.activity)} {...form} />)
    await request.act('activity.changed', { subject: shown.own.id, codes: { kind: code } })
    request.flash('Saved.')
    return reply.redirect(`/activities?week=${weekOf(happened_on).from.toString()}`, 303)
  })
  app.post('/activities/:activity/withdrawal', rule, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const taken = await withdrawActivity(db, { area, id: params.activity, member: actor.membership, at: now })
    if (!taken) throw new NotFound()
    await request.act('activity.taken-back', { subject: params.activity })
    request.flash('It was taken back.')
    return reply.redirect('/activities', 303)
  })
}

type Changed = Readonly<{ kind: string | null; on: Temporal.PlainDate }>

function changeProblems({ kind: code, on: happened }: Changed, kinds: object, today: Temporal.PlainDate) {
  const days = problemsWithDays({ on: happened, next: null }, { agreedOn: null, today })
  const known = code !== null && code in kinds
  return known ? days : [{ field: 'kind', message: 'Select what it was' }, ...days]
}

const spans = { '3': { label: '3 months' }, '6': { label: '6 months' }, '12': { label: '12 months' } } as const

function totalsRoutes(app: App): void {
  const query = { months: choice(spans, 'Choose how many months').catch('6') }
  const totalsFor = async ({ db, area, actor, today }: Asking, number: keyof typeof spans) => {
    const months = monthsUntil(today, Number(number))
    const since = (months[0] ?? today.toPlainYearMonth()).toPlainDate({ day: 1 })
    const [totals, kinds] = await Promise.all([listTotals(db, actor, since), findKinds(db, area, today)])
    const lines = totalsTable(totals, months)
    const named = lines.map((one) => ({ ...one, label: one.kind === null ? 'All' : kindLabel(kinds, one.kind) }))
    return { months, lines: totals.length === 0 ? [] : named }
  }
  app.get('/activities/totals', { who: runners, query }, async (request, reply) => {
    const { months: span } = request.query
    const decides = request.actor.role !== 'senior-coach'
    return reply.page(<Totals {...await totalsFor(request, span)} {...{ span, spans }} decides={decides} />)
  })
  app.get('/activities/totals.csv', { who: runners, query }, async (request, reply) => {
    const { months, lines } = await totalsFor(request, request.query.months)
    const kinds = lines.filter(({ kind: code }) => code !== null)
    const rows = kinds.flatMap(({ label, minutes: took }) =>
      months.map((month, place) => csvLine([month.toString(), label, `${took[place] ?? 0}`])),
    )
    const file = [csvLine(['month', 'kind', 'minutes']), ...rows].join('')
    return reply.file('other-work.csv', file, 'text/csv; charset=utf-8')
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** What a member wrote down in a week, and what they choose from. */
async function shownFor({ db, area, actor, today }: Asking, week: Week) {
  const [kinds, pieces] = await Promise.all([findKinds(db, area, today), listOfWeek(db, actor, week)])
  const named = pieces.map((piece) => ({ ...piece, label: kindLabel(kinds, piece.kind) }))
  const totalled = isFor(runners, actor.role)
  return { week, today, kinds: offered(kinds), days: daysOf(week, today), pieces: named, totalled }
}

/** The week that an address names; this one where it names none, or one that has not begun. */
function weekAsked({ query, today }: Readonly<{ query: { week: string | null }; today: Temporal.PlainDate }>): Week {
  const asked = /^20\d{2}-\d{2}-\d{2}$/.test(query.week ?? '') ? query.week : null
  const found = asked === null ? today : Temporal.PlainDate.from(asked, { overflow: 'constrain' })
  return weekOf(Temporal.PlainDate.compare(found, today) > 0 ? today : found)
}

function rowsIn({ kind1, on1, minutes1, note1, kind2, on2, minutes2, note2, ...last }: Given): readonly Row[] {
  return [
    { kind: kind1, on: on1, minutes: minutes1, note: note1 },
    { kind: kind2, on: on2, minutes: minutes2, note: note2 },
    { kind: last.kind3, on: last.on3, minutes: last.minutes3, note: last.note3 },
  ]
}

const newIds = (): readonly string[] => [newId(), newId(), newId()]

function idsIn(typed: Typed): readonly string[] {
  return newIds().map((fresh, place) => {
    const given = [typed[`id${place + 1}`]].flat()[0]
    return typeof given === 'string' && given !== '' ? given : fresh
  })
}
