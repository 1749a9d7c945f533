import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import {
  choices,
  day,
  id,
  optionalDay,
  optionalNumber,
  optionalText,
  optionalWholeNumber,
  tick,
  type ValueOf,
  version,
} from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { calledName } from '#registers/people/rules.ts'
import { covers } from '#registers/fact/rules.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { listSickPayRules } from '#registers/sick-pay/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { LayOutReturn } from './pages/form.tsx'
import { ForTheEmployer, PhasedReturnPage } from './pages/shown.tsx'
import {
  type Job,
  jobProblems,
  laidOut,
  type Outline,
  outlineProblems,
  proposedWeeks,
  type Week,
  weekdays,
  weekProblems,
} from './rules.ts'
import { listPhasedReturns, savePhasedReturn } from './store.ts'

const address = '/episodes/:episode/phased-return'
const writing = { who: careRoles, verb: 'edit', draft: 'phased-return' } as const

const places = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
type Place = (typeof places)[number]

const dayList = () => choices(weekdays, 'Select days from the list')
const hoursOfDay = () => optionalNumber(0, 24, 'Enter hours like 4 or 7.5')
const workInWords = () => optionalText(200)

type WeekFields = Readonly<
  Record<`days${Place}`, ReturnType<typeof dayList>> &
    Record<`hours${Place}`, ReturnType<typeof hoursOfDay>> &
    Record<`duties${Place}`, ReturnType<typeof workInWords>> &
    Record<`review${Place}`, ReturnType<typeof tick>>
>

// Checked: one entry of each name for each place.
const weekFields = Object.fromEntries(
  places.flatMap((place) => [
    ...[[`days${place}`, dayList()] as const, [`hours${place}`, hoursOfDay()] as const],
    ...[[`duties${place}`, workInWords()] as const, [`review${place}`, tick()] as const],
  ]),
) as unknown as WeekFields

const job = {
  id: id('Open this page again from the plan'),
  usual: dayList(),
  hours: optionalNumber(0.5, 168, 'Enter the hours of a usual week, like 37.5'),
  pay: optionalNumber(1, 9999.99, 'Enter an amount like 412.50'),
  off: optionalDay(),
  begins: day('Enter the first day back'),
}
const outline = {
  ...job,
  length: optionalWholeNumber(1, 12, 'Enter a number of weeks from 1 to 12'),
  firstDays: optionalWholeNumber(1, 7, 'Enter a number of days from 1 to 7'),
  firstHours: optionalNumber(0.5, 24, 'Enter hours like 4 or 7.5'),
}
const whole = { ...job, version: version(), ...weekFields }

/** Phased returns to work: laid out together, shown with a guide to pay, and printed for the employer without it. */
export async function phasedReturnRoutes(app: App): Promise<void> {
  shownRoute(app)
  employersRoute(app)
  app.get(`${address}/new`, { ...writing, reads: 'record' }, async (request, reply) => {
    const { whose, versions } = await around(request, 'edit')
    await request.read('phased-return.form', { person: whose.person.id, subject: whose.episode })
    const [plan] = versions
    const shown = { ...whose, plan, weeks: plan?.weeks ?? [], beginsOn: plan?.beginsOn }
    return reply.page(<LayOutReturn {...shown} {...again(request.form)} />)
  })
  proposalRoute(app)
  savingRoute(app)
}

function shownRoute(app: App): void {
  const query = { version: optionalWholeNumber(1, 10_000) }
  app.get(address, { who: careRoles, verb: 'open', reads: 'record', query }, async (request, reply) => {
    const { whose, versions, mayEdit } = await around(request, 'open')
    const asked = request.query.version
    const plan = asked === null ? versions[0] : versions.find(({ number }) => number === asked)
    if (asked !== null && !plan) throw new NotFound()
    await request.read('phased-return.record', { person: whose.person.id, subject: plan?.id })
    const known = await listSickPayRules(request.db)
    const weeks = plan ? laidOut(plan, known) : []
    const earlier = versions.filter((one) => one !== plan)
    return reply.page(<PhasedReturnPage {...whose} {...{ plan, weeks, earlier, mayEdit, now: request.now }} />)
  })
}

function employersRoute(app: App): void {
  app.get(`${address}/for-the-employer`, { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, area } = request
    const { whose, versions } = await around(request, 'open')
    const [plan] = versions
    if (!plan) throw new NotFound()
    await request.read('phased-return.for-the-employer', { person: whose.person.id, subject: plan.id })
    const said = await listPermissions(db, area, whose.person.id)
    const told = said.filter((one) => one.switch === 'employer' && one.given && covers(one.facts, ['phased-return']))
    const employers = told.map(({ recipient }) => recipient)
    return reply.page(<ForTheEmployer {...whose} {...{ plan, employers }} weeks={laidOut(plan, [])} />)
  })
}

function proposalRoute(app: App): void {
  app.post(`${address}/proposal`, { ...writing, keepsDraft: true, form: outline }, async (request, reply) => {
    const { form } = request
    const { whose, versions } = await around(request, 'edit')
    const [plan] = versions
    const wrong = (state: FormState) =>
      reply.code(422).page(<LayOutReturn {...whose} {...{ plan, weeks: [], beginsOn: undefined }} {...again(state)} />)
    if (!form.ok) return wrong(form)
    const { length, firstDays, firstHours, begins } = form.value
    const usual = jobOf(form.value)
    const missing = [
      ...(usual.hours === 0 ? [hoursMissing] : []),
      ...(length === null ? [{ field: 'length', message: 'Enter over how many weeks' }] : []),
      ...(firstDays === null ? [{ field: 'firstDays', message: 'Enter the days of the first week' }] : []),
      ...(firstHours === null ? [{ field: 'firstHours', message: 'Enter the hours on each day' }] : []),
    ]
    const asked: Outline = { job: usual, weeks: length ?? 1, firstDays: firstDays ?? 1, firstHours: firstHours ?? 0 }
    const found = [...missing, ...jobProblems(usual, begins)]
    const problems = found.length > 0 ? found : outlineProblems(asked)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    await request.read('phased-return.proposal', { person: whose.person.id, subject: whose.episode })
    const shown = { ...whose, plan, weeks: proposedWeeks(asked), beginsOn: begins }
    const typed = { ...withoutWeeks(form.typed), ...typedWeeks(shown.weeks) }
    return reply.page(<LayOutReturn {...shown} {...again({ typed, problems: [] })} />)
  })
}

const hoursMissing = { field: 'hours', message: 'Enter the hours of a usual week' }

// What was typed for the weeks before does not stand in the way of those laid out anew.
function withoutWeeks(typed: FormState['typed']): FormState['typed'] {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !/^(days|hours|duties|review)\d+$/.test(name)))
}

/** The weeks as if they had been typed: a form that is shown again shows what was typed. */
function typedWeeks(weeks: readonly Week[]): FormState['typed'] {
  const typed: Record<string, string | string[]> = {}
  for (const [place, { days, hours, review }] of weeks.entries()) {
    typed[`days${place + 1}`] = days.map(String)
    typed[`hours${place + 1}`] = `${hours}`
    if (review) typed[`review${place + 1}`] = 'yes'
  }
  return typed
}

function savingRoute(app: App): void {
  app.post(address, { ...writing, form: whole }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { whose, versions } = await around(request, 'edit')
    const weeks = weeksIn(form.typed)
    const shown = { ...whose, plan: versions[0], weeks, beginsOn: form.ok ? form.value.begins : undefined }
    const problems = form.ok ? problemsWith(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<LayOutReturn {...shown} {...again({ ...form, problems })} />)
    const { id: saved, version: seen, begins } = form.value
    const laid = weeksOf(form.value)
    const on = { area, episode: whose.episode, by: actor.membership, at: now, seen }
    const plan = { id: saved, number: seen + 1, ...jobOf(form.value), beginsOn: begins, weeks: laid }
    if (!(await savePhasedReturn(db, { ...plan, ...on })))
      return reply.code(409).page(<LayOutReturn {...shown} {...again(form)} />)
    const words = laid.flatMap(({ duties }) => duties ?? []).join('\n')
    await request.act('phased-return.laid-out', {
      ...{ person: whose.person.id, subject: saved, codes: { weeks: laid.length } },
      ...(words === '' ? {} : { vouchesFor: words }),
    })
    request.flash('The phased return is saved. Agree it with the person and their employer.')
    return reply.redirect(`/episodes/${whose.episode}/phased-return`, 303)
  })
}

type Given = ValueOf<typeof whole>

function problemsWith(given: Given) {
  const usual = jobOf(given)
  const missing = usual.hours === 0 ? [hoursMissing] : []
  return [...missing, ...jobProblems(usual, given.begins), ...weekProblems(weeksOf(given))]
}

function jobOf({ usual, hours, pay, off }: Pick<Given, 'usual' | 'hours' | 'pay' | 'off'>): Job {
  const weeklyPay = pay === null ? null : Math.round(pay * 100)
  return { days: usual.map(Number).toSorted((one, other) => one - other), hours: hours ?? 0, weeklyPay, offSince: off }
}

/** The weeks that were sent: as many as the last of which anything was entered. */
function weeksOf(given: Given): Week[] {
  const all = places.map((place) => ({
    days: given[`days${place}`].map(Number).toSorted((one, other) => one - other),
    hours: given[`hours${place}`] ?? 0,
    duties: given[`duties${place}`],
    review: given[`review${place}`],
  }))
  const last = all.findLastIndex(({ days, hours, duties }) => days.length > 0 || hours > 0 || duties !== null)
  return all.slice(0, last + 1)
}

/** As many empty weeks as were typed, for a form that is shown again: what was typed fills them. */
function weeksIn(typed: FormState['typed']): Week[] {
  const count = places.filter((place) => `hours${place}` in typed || `days${place}` in typed).length
  return Array.from({ length: count }, () => ({ days: [], hours: 0, duties: null, review: false }))
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ episode: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findEpisode(db, actor, params.episode, verb)
  if (!found) throw new NotFound()
  const whose = { episode: found.id, person: { id: found.person, name: calledName(found) } }
  return { whose, versions: await listPhasedReturns(db, area, found.id), mayEdit: found.mayEdit }
}
