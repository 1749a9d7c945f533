import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, isBefore, longDay, monthInWords } from '#platform/dates.ts'
import { choice, day, optionalChoice, optionalId, optionalText, text, wholeNumber } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { lastDayOf, monthFrom } from '#programme/counting/rules.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { MoneyForm, PlannedStaffForm } from './pages/forms.tsx'
import { InPost } from './pages/in-post.tsx'
import { type MoneyEntry, Overview, type StaffEntry } from './pages/overview.tsx'
import { moneyKinds, monthsAround, posts, problemsWithEntering, problemsWithMonth } from './rules.ts'
import { listInPost, listMoney, listPlannedStaff, saveMoney, savePlannedStaff } from './store.ts'

const writers = ['service-manager', 'area-lead'] as const
const listers = ['senior-coach', 'service-manager', 'administrator'] as const

/** What nobody can count: planned staff, planned and actual spend, entered by a named person. */
export async function staffAndMoneyRoutes(app: App): Promise<void> {
  app.get(
    '/staff-and-money',
    { who: writers, query: { organisation: optionalId() } },
    async ({ db, actor, today, query }, reply) => {
      const found = await organisationsOf(db, actor, today)
      const organisation = found.find(({ id }) => id === (query.organisation ?? found[0]?.id))
      if (!organisation) throw new NotFound()
      const money = await moneyOf(db, actor.area, organisation.id)
      return reply.page(
        <Overview
          organisation={organisation.id}
          organisations={Object.fromEntries(found.map(({ id, name }) => [id, { label: name }]))}
          staff={await staffOf(db, actor.area, organisation.id)}
          money={money}
          months={monthsOf(money)}
        />,
      )
    },
  )
  inPostRoute(app)
  staffRoutes(app)
  moneyRoutes(app)
}

/** The organisations somebody may enter numbers for: a manager their own, an area lead all of the area. */
async function organisationsOf(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const all = await listOrganisations(db, actor.area, today)
  const kinds: readonly string[] = ['provider', 'board', 'council', 'health', 'voluntary']
  return all.filter(({ id, kind }) => (actor.role === 'area-lead' ? kinds.includes(kind) : id === actor.organisation))
}

async function organisationAsked(db: Db, actor: Actor, { today, asked }: { today: Temporal.PlainDate; asked: string }) {
  const found = (await organisationsOf(db, actor, today)).find(({ id }) => id === asked)
  if (!found) throw new NotFound()
  return found
}

async function staffOf(db: Db, area: string, organisation: string): Promise<StaffEntry[]> {
  const entries = await listPlannedStaff(db, area, organisation)
  return entries.map((entry) => ({ ...entry, on: dayOf(entry.entered_at) }))
}

type Money = MoneyEntry & Readonly<{ of: Temporal.PlainYearMonth }>

async function moneyOf(db: Db, area: string, organisation: string): Promise<Money[]> {
  const entries = await listMoney(db, area, organisation)
  return entries.map((entry) => {
    const of = entry.month.toPlainYearMonth()
    return { ...entry, of, month: monthInWords(of), on: dayOf(entry.entered_at) }
  })
}

/** Each month with the newest number of either kind, the newest month first. */
function monthsOf(entries: readonly Money[]) {
  const months = new Map(entries.map(({ of }) => [of.toString(), of]))
  return [...months.values()]
    .toSorted((one, other) => Temporal.PlainYearMonth.compare(other, one))
    .map((month) => ({
      month: monthInWords(month),
      planned: newestIn(entries, 'planned', month),
      spent: newestIn(entries, 'spent', month),
    }))
}

function newestIn(entries: readonly Money[], kind: Money['kind'], month: Temporal.PlainYearMonth): number | null {
  return entries.find((entry) => entry.kind === kind && entry.of.equals(month))?.pounds ?? null
}

function inPostRoute(app: App): void {
  const query = { month: optionalText(7), role: optionalChoice(posts) }
  app.get('/staff-and-money/in-post', { who: listers, query }, async ({ db, actor, today, query: asked }, reply) => {
    const month = monthFrom(asked.month, today)
    if (!month) throw new NotFound()
    const on = isBefore(today, lastDayOf(month)) ? today : lastDayOf(month)
    const members = await listInPost(db, actor, on, asked.role)
    return reply.page(<InPost post={asked.role} month={month.toString()} on={longDay(on)} members={members} />)
  })
}

const staffForm = {
  role: choice(posts, 'Select a role'),
  people: wholeNumber(0, 1000, 'Enter how many people, from 0 to 1,000'),
  from: day('Enter the day from which it holds'),
  why: optionalText(),
  version: text('Open this page again'),
}

function staffRoutes(app: App): void {
  const path = '/staff-and-money/:organisation/staff'
  app.get(path, { who: writers }, async ({ db, actor, today, params }, reply) => {
    const organisation = await organisationAsked(db, actor, { today, asked: params.organisation })
    const [newest] = await staffOf(db, actor.area, organisation.id)
    return reply.page(<PlannedStaffForm organisation={organisation} newest={newest} {...blank} />)
  })
  app.post(path, { who: writers, form: staffForm }, async (request, reply) => {
    const { db, actor, today, now, params, form } = request
    const organisation = await organisationAsked(db, actor, { today, asked: params.organisation })
    const entries = await staffOf(db, actor.area, organisation.id)
    const around = { organisation, newest: entries[0] }
    if (!form.ok) return reply.code(422).page(<PlannedStaffForm {...around} {...form} />)
    const { role, people, from, why, version } = form.value
    if (version !== (entries[0]?.id ?? 'none')) return reply.code(409).page(<PlannedStaffForm {...around} {...form} />)
    const before = entries.find((entry) => entry.role === role && entry.from_on.equals(from))?.people ?? null
    const problems = problemsWithEntering(before, { now: people, why }, 'people')
    if (problems.length > 0)
      return reply.code(422).page(<PlannedStaffForm {...around} typed={form.typed} problems={problems} />)
    const id = newId()
    const entry = { area: actor.area, id, organisation: organisation.id, why, by: actor.membership, at: now }
    await savePlannedStaff(db, { ...entry, role, from_on: from, people })
    await request.act('staff-and-money.staff', { subject: id, codes: { role, people, from: from.toString() } })
    request.flash('Saved. It is shown beside staff in post from that day on.')
    return reply.redirect(`/staff-and-money?organisation=${organisation.id}`)
  })
}

const moneyForm = {
  kind: choice(moneyKinds, 'Select whether it is planned or spent'),
  month: text('Select a month', 7),
  pounds: wholeNumber(0, 1_000_000_000, 'Enter whole pounds without commas, for example 41200'),
  why: optionalText(),
  version: text('Open this page again'),
}

function moneyRoutes(app: App): void {
  const path = '/staff-and-money/:organisation/money'
  const monthsFor = (today: Temporal.PlainDate) => ({
    months: Object.fromEntries(monthsAround(today).map((month) => [month.toString(), { label: monthInWords(month) }])),
    month: today.toPlainYearMonth().subtract({ months: 1 }).toString(),
  })
  app.get(path, { who: writers }, async ({ db, actor, today, params }, reply) => {
    const organisation = await organisationAsked(db, actor, { today, asked: params.organisation })
    const [newest] = await moneyOf(db, actor.area, organisation.id)
    return reply.page(<MoneyForm organisation={organisation} newest={newest} {...monthsFor(today)} {...blank} />)
  })
  app.post(path, { who: writers, form: moneyForm }, async (request, reply) => {
    const { db, actor, today, now, params, form } = request
    const organisation = await organisationAsked(db, actor, { today, asked: params.organisation })
    const entries = await moneyOf(db, actor.area, organisation.id)
    const around = { organisation, newest: entries[0], ...monthsFor(today) }
    if (!form.ok) return reply.code(422).page(<MoneyForm {...around} {...form} />)
    const { kind, pounds, why, version } = form.value
    const month = monthsAround(today).find((one) => one.toString() === form.value.month)
    if (!month) throw new NotFound()
    if (version !== (entries[0]?.id ?? 'none')) return reply.code(409).page(<MoneyForm {...around} {...form} />)
    const problems = [
      ...problemsWithMonth(kind, month, today),
      ...problemsWithEntering(newestIn(entries, kind, month), { now: pounds, why }, 'pounds'),
    ]
    if (problems.length > 0)
      return reply.code(422).page(<MoneyForm {...around} typed={form.typed} problems={problems} />)
    const id = newId()
    const entry = { area: actor.area, id, organisation: organisation.id, why, by: actor.membership, at: now }
    await saveMoney(db, { ...entry, kind, month: month.toPlainDate({ day: 1 }), pounds })
    await request.act('staff-and-money.money', { subject: id, codes: { kind, pounds, month: month.toString() } })
    request.flash('Saved.')
    return reply.redirect(`/staff-and-money?organisation=${organisation.id}`)
  })
}
