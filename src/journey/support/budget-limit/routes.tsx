import { type Actor, careRoles, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { day, id, optionalDay, text, version } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { Limits, PeriodForm, type Sums } from './pages.tsx'
import { amountProblems, penceFrom, periodProblems, setters } from './rules.ts'
import * as store from './store.ts'

/** What is committed of each period; whoever keeps the requests answers it. */
export type FindSums = (db: Db, area: string) => Promise<ReadonlyMap<string, Sums>>

const setting = { who: setters } as const
const nothing: Sums = { held: 0, paid: 0, mostForOne: 0 }
const amounts = {
  area: text('Enter how much for the area, like 50,000'),
  person: text('Enter how much for one person, like 1,000'),
}

/** How much may be spent in a period, and who may approve it. */
export function budgetLimitRoutes(findSums: FindSums): (app: App) => Promise<void> {
  return async (app) => {
    app.get('/budget/limits', setting, async (request, reply) =>
      reply.page(<Limits {...blank} {...await shownTo(request, findSums)} id={newId()} />),
    )
    periodRoutes(app)
    amountRoutes(app, findSums)
    approverRoutes(app, findSums)
  }
}

function periodRoutes(app: App): void {
  app.get('/budget/limits/new', setting, async (_request, reply) => reply.page(<PeriodForm {...blank} id={newId()} />))
  const days = { from: day('Enter the first day'), last: day('Enter the last day') }
  app.post('/budget/limits', { ...setting, form: { ...amounts, ...days, id: id() } }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const pence = form.ok ? penceOf(form.value) : undefined
    const others = (await store.listPeriods(db, area)).filter((one) => !form.ok || one.id !== form.value.id)
    const problems = form.ok
      ? [
          ...periodProblems(form.value, others),
          ...moneyProblems(form.value),
          ...(pence ? amountProblems(pence, none) : []),
        ]
      : form.problems
    if (!form.ok || !pence || problems.length > 0)
      return reply.code(422).page(<PeriodForm {...again({ ...form, problems })} />)
    const { id: period, from: from_on, last } = form.value
    const by = { area, by: actor.membership, at }
    await store.savePeriod(db, { ...by, ...pence, id: period, from_on, until_on: last.add({ days: 1 }), why: null })
    await request.act('budget.period-set', { subject: period, codes: pence })
    request.flash('The budget is set.')
    return reply.redirect('/budget/limits', 303)
  })
}

function amountRoutes(app: App, findSums: FindSums): void {
  app.get('/budget/limits/:period', setting, async (request, reply) => {
    const period = await periodOf(request)
    return reply.page(<PeriodForm {...blank} id={newId()} period={period} />)
  })
  const form = { ...amounts, why: text('Enter why it changes', 300), version: version() }
  app.post('/budget/limits/:period', { ...setting, form }, async (request, reply) => {
    const { db, area, actor, now: at, form, params } = request
    const period = await periodOf({ db, area, params })
    const held = await store.findPeriodHeldStill(db, area, period.id)
    const sums = (await findSums(db, area)).get(period.id) ?? nothing
    const pence = form.ok ? penceOf(form.value) : undefined
    const committed = { areaPence: sums.held, personPence: sums.mostForOne }
    const problems = form.ok
      ? [...moneyProblems(form.value), ...(pence ? amountProblems(pence, committed) : [])]
      : form.problems
    if (!form.ok || !pence || !held || problems.length > 0)
      return reply.code(422).page(<PeriodForm {...again({ ...form, problems })} period={held} />)
    const { version: seen, why } = form.value
    if (held.number !== seen) return reply.code(409).page(<PeriodForm {...again(form)} period={held} />)
    const row = { area_pence: pence.areaPence, person_pence: pence.personPence, why, by: actor.membership, at }
    await store.saveAmount(db, { area, period: period.id, number: seen + 1, ...row })
    await request.act('budget.amounts-changed', { subject: period.id, codes: pence, vouchesFor: why })
    request.flash('The budget is changed.')
    return reply.redirect('/budget/limits', 303)
  })
}

function approverRoutes(app: App, findSums: FindSums): void {
  const form = {
    ...{ id: id(), member: id('Choose who may approve'), upTo: text('Enter up to how much, like 500') },
    ...{ from: day('Enter the first day'), last: optionalDay() },
  }
  app.post('/budget/approvers', { ...setting, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const shown = await shownTo(request, findSums)
    const pence = form.ok ? penceFrom(form.value.upTo) : undefined
    const problems: readonly Problem[] = form.ok
      ? [
          ...(pence ? [] : [{ field: 'upTo', message: 'Enter an amount like 500 or 500.50' }]),
          ...(form.value.member in shown.members ? [] : [{ field: 'member', message: 'Choose from the list' }]),
          ...(form.value.last && Temporal.PlainDate.compare(form.value.last, form.value.from) < 0
            ? [{ field: 'last', message: 'The last day comes before the first' }]
            : []),
        ]
      : form.problems
    if (!form.ok || !pence || problems.length > 0)
      return reply.code(422).page(<Limits {...shown} {...again({ ...form, problems })} />)
    const { id: approver, member, from: from_on, last } = form.value
    const until_on = last && last.add({ days: 1 })
    await store.saveApprover(db, { area, id: approver, member, pence, from_on, until_on, by: actor.membership, at })
    await request.act('budget.approver-named', { subject: approver, codes: { member, pence } })
    request.flash('They may approve.')
    return reply.redirect('/budget/limits', 303)
  })
  app.post('/budget/approvers/:approver/ending', setting, async (request, reply) => {
    const { db, area, actor, now: at, today, params } = request
    const found = (await store.listApprovers(db, area, today)).find((one) => one.id === params.approver)
    const ended = found ? undefined : await store.findEnded(db, area, params.approver)
    const approver = found ?? ended
    if (!approver || !isSetBy(actor, approver)) throw new NotFound()
    if (found) await store.endApprover(db, { area, id: found.id, by: actor.membership, at })
    await request.act(found ? 'budget.approver-ended' : 'budget.approver-ended-before', { subject: approver.id })
    request.flash('They may not approve any more.')
    return reply.redirect('/budget/limits', 303)
  })
}

const none = { areaPence: 0, personPence: 0 }

function penceOf({ area, person }: Readonly<{ area: string; person: string }>) {
  const [areaPence, personPence] = [penceFrom(area), penceFrom(person)]
  return areaPence === undefined || personPence === undefined ? undefined : { areaPence, personPence }
}

function moneyProblems(given: Readonly<{ area: string; person: string }>): Problem[] {
  const wrong = (['area', 'person'] as const).filter((field) => penceFrom(given[field]) === undefined)
  return wrong.map((field) => ({ field, message: 'Enter an amount like 1,250 or 1,250.50' }))
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** A manager names people of their own organisation, whoever leads the area anybody. */
const isSetBy = ({ role, organisation }: Actor, of: Readonly<{ organisation: string }>) =>
  role === 'area-lead' || of.organisation === organisation

async function shownTo({ db, area, actor, today, now }: Asking, findSums: FindSums) {
  const [periods, all, approvers, found, sums] = await Promise.all([
    store.listPeriods(db, area),
    store.listAmounts(db, area),
    store.listApprovers(db, area, today),
    listMembers(db, area, today),
    findSums(db, area),
  ])
  const able = found.filter((one) => careRoles.some((role) => role === one.role) && isSetBy(actor, one))
  const members = Object.fromEntries(able.map(({ id, name, role }) => [id, { label: `${name}, ${roles[role].label}` }]))
  const shown = periods.map((period) => ({ ...period, sums: sums.get(period.id) ?? nothing }))
  return { periods: shown, amounts: all, approvers: approvers.filter((one) => isSetBy(actor, one)), members, now }
}

async function periodOf({ db, area, params }: Pick<Asking, 'db' | 'area'> & { params: Readonly<{ period: string }> }) {
  const period = (await store.listPeriods(db, area)).find(({ id }) => id === params.period)
  if (!period) throw new NotFound()
  return period
}
