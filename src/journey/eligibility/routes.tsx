import { type Actor, careRoles, reach } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isBefore } from '#platform/dates.ts'
import { choice, choices, day, id, optionalText, optionalWholeNumber, text, tick } from '#platform/form/fields.ts'
import { blank, filled, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { ChangeCouncilRules, ChangeRules, type Shown } from './pages/change.tsx'
import { CannotTakeBack, RulesPage } from './pages/rules.tsx'
import {
  type AreaRules,
  type Comparing,
  type Effect,
  exclusions,
  type Proposal,
  proposalKey,
  proposalProblems,
  roughly,
  rulesOn,
  type RuleSet,
  typedRules,
  ways,
  workSituations,
} from './rules.ts'
import { listCouncilsServed, listPresets, listRuleSets, saveRuleSet, withdrawRuleSet } from './store.ts'

/** What a later stage answers: whom other rules would change something for. */
export type EligibilityQuestions = Readonly<{
  effect(db: Db, actor: Actor, comparing: Comparing): Promise<Effect>
}>

const setters = ['service-manager', 'area-lead'] as const
const readers = [...careRoles, 'area-lead', 'system-administrator'] as const

const proposed = {
  id: id(),
  kind: choice({ area: {}, council: {} }, 'Open this page again'),
  preset: optionalText(80),
  previewed: optionalText(4000),
  council: optionalText(20),
  minAge: optionalWholeNumber(1, 120, 'Enter the youngest age as a whole number from 1 to 120'),
  maxAge: optionalWholeNumber(1, 120, 'Enter the oldest age as a whole number from 1 to 120'),
  england: tick(),
  rightToWork: tick(),
  condition: tick(),
  work: choices(workSituations),
  weeksOutOfWork: optionalWholeNumber(1, 520, 'Enter the weeks out of work as a whole number from 1 to 520'),
  places: choices(ways),
  excluded: choices(exclusions),
  employerUnder: optionalWholeNumber(1, 100000, 'Enter the size of the employer as a whole number'),
  withoutOccupationalHealth: tick(),
  fromOn: day('Enter the first day of these rules'),
  reason: text('Say why the rules change', 400),
}

type Given = { [Name in keyof typeof proposed]: (typeof proposed)[Name]['_output'] }

/** Whom an area supports: the rules in force, to come and past, and changing them from a day on. */
export function eligibilityRoutes({ effect }: EligibilityQuestions) {
  return async (app: App): Promise<void> => {
    app.get('/area/eligibility', { who: readers }, async ({ db, area, actor, today }, reply) => {
      const maySet = setters.some((role) => role === actor.role)
      return reply.page(<RulesPage sets={await listRuleSets(db, area)} today={today} maySet={maySet} />)
    })
    changingRoutes(app)
    app.post('/area/eligibility/proposal', { who: setters, verb: 'list', form: proposed }, async (request, reply) => {
      const { db, area, actor, today, form } = request
      const around = await surroundings(db, area, today)
      if (!form.ok) return reply.code(422).page(again(around, form))
      const proposal = proposalFrom(form.value)
      const problems = problemsOf(proposal, around, today)
      if (problems.length > 0) return reply.code(422).page(again(around, { ...form, problems }))
      const found = await effect(db, actor, { ...comparing(proposal, around.sets), today })
      const ids = found.people.map(({ referral }) => referral)
      await request.read('eligibility.effect', { codes: { from: proposal.fromOn.toString(), shown: ids } })
      return reply.page(again(around, form, { effect: found, ...shownTo(actor) }))
    })
    app.post('/area/eligibility', { who: setters, form: proposed }, async (request, reply) => {
      const { db, area, actor, today, now, form } = request
      const around = await surroundings(db, area, today)
      if (!form.ok) return reply.code(422).page(again(around, form))
      const { id: set, reason, previewed, preset } = form.value
      const proposal = proposalFrom(form.value)
      const problems = problemsOf(proposal, around, today)
      const unseen = previewed === proposalKey(proposal) ? [] : [look]
      if (problems.length + unseen.length > 0)
        return reply.code(422).page(again(around, { ...form, problems: [...problems, ...unseen] }))
      const known = around.presets.some(({ code }) => code === preset) ? preset : null
      await saveRuleSet(db, { ...proposal, area, id: set, preset: known, reason, by: actor.membership, at: now })
      const codes = { from: proposal.fromOn.toString(), council: proposal.council }
      await request.act('eligibility.rules-set', { subject: set, codes, vouchesFor: reason })
      request.flash('The rules are set. What held before stays in the history.')
      return reply.redirect('/area/eligibility')
    })
    withdrawalRoutes(app)
  }
}

const look = { field: 'fromOn', message: 'Look at whom this would change before you set it' }

function changingRoutes(app: App): void {
  const query = { preset: optionalText(80), council: optionalText(20) }
  app.get('/area/eligibility/new', { who: setters, query }, async ({ db, area, today, query }, reply) => {
    const { presets, sets } = await surroundings(db, area, today)
    const preset = presets.find(({ code }) => code === query.preset)
    const typed = {
      ...typedRules(preset?.rules ?? rulesOn(sets, null, today).rules),
      ...typedDay(today.add({ days: 1 })),
    }
    return reply.page(<ChangeRules {...filled(typed)} presets={presets} id={newId()} preset={preset?.code ?? ''} />)
  })
  app.get('/area/eligibility/council', { who: setters, query }, async ({ db, area, today, query }, reply) => {
    const { presets, councils } = await surroundings(db, area, today)
    const preset = presets.find(({ code }) => code === query.preset)
    const own = preset?.councils.find(({ council }) => council === query.council)
    const typed = own ? { ...typedRules(own.rules), council: own.council, ...typedDay(today.add({ days: 1 })) } : {}
    const state = own ? filled(typed) : blank
    return reply.page(<ChangeCouncilRules {...state} councils={councils} id={newId()} preset={preset?.code ?? ''} />)
  })
}

function withdrawalRoutes(app: App): void {
  const form = { reason: text('Say why these rules are taken back', 400) }
  app.post('/area/eligibility/:set/withdrawal', { who: setters, form }, async (request, reply) => {
    const { db, area, actor, today, now, params } = request
    const set = (await listRuleSets(db, area)).find((one) => one.id === params.set)
    if (!set) throw new NotFound()
    if (!request.form.ok) return reply.code(422).page(<CannotTakeBack why="Say why these rules are taken back." />)
    if (!isBefore(today, set.fromOn))
      return reply.code(422).page(<CannotTakeBack why="Their first day has come, so they can only be changed." />)
    const { reason } = request.form.value
    await withdrawRuleSet(db, { area, id: set.id, reason, by: actor.membership, at: now })
    await request.act('eligibility.rules-taken-back', { subject: set.id, vouchesFor: reason })
    request.flash('The rules were taken back before their first day.')
    return reply.redirect('/area/eligibility')
  })
}

async function surroundings(db: Db, area: string, today: Temporal.PlainDate) {
  const [sets, presets, served] = await Promise.all([
    listRuleSets(db, area),
    listPresets(db),
    listCouncilsServed(db, area, today),
  ])
  return { sets, presets, councils: Object.fromEntries(served.map(({ code, name }) => [code, { label: name }])) }
}

type Around = Awaited<ReturnType<typeof surroundings>>

/** The same form with everything that was typed, and with the effect once it was asked for. */
function again(around: Around, state: FormState & { value?: Given }, shown?: Shown) {
  const one = (name: string) => [state.typed[name]].flat().at(-1) ?? ''
  const key = shown && state.value ? proposalKey(proposalFrom(state.value)) : undefined
  const props = {
    ...{ problems: state.problems, typed: state.typed, id: one('id'), preset: one('preset'), shown },
    ...(key === undefined ? {} : { previewed: key }),
  }
  return one('kind') === 'council' ? (
    <ChangeCouncilRules {...props} councils={around.councils} />
  ) : (
    <ChangeRules {...props} presets={around.presets} />
  )
}

function proposalFrom({ kind, council, fromOn, ...given }: Given): Proposal {
  const rules = rulesIn(given)
  if (kind === 'area') return { fromOn, council: null, rules }
  const { minAge, maxAge, weeksOutOfWork } = rules
  const own = Object.entries({ minAge, maxAge, weeksOutOfWork }).filter(([, value]) => value !== null)
  const differs: Partial<AreaRules> = Object.fromEntries(own)
  return { fromOn, council: council ?? '', rules: differs }
}

function rulesIn(given: Omit<Given, 'kind' | 'council' | 'fromOn'>): AreaRules {
  const { minAge, maxAge, england, rightToWork, condition, work, weeksOutOfWork } = given
  const { places, excluded, employerUnder, withoutOccupationalHealth } = given
  const who = { minAge, maxAge, england, rightToWork, condition }
  return { ...who, work, weeksOutOfWork, places, excluded, employerUnder, withoutOccupationalHealth }
}

function problemsOf(proposal: Proposal, { sets, councils }: Around, today: Temporal.PlainDate) {
  const known = proposal.council === null || proposal.council in councils
  return [
    ...(known ? [] : [{ field: 'council', message: 'Choose a council from the list' }]),
    ...proposalProblems(proposal, sets, today),
  ]
}

// The rules that are proposed sort after every row there is, as they will once they are saved.
function comparing(proposal: Proposal, sets: readonly RuleSet[]) {
  const proposedSet = { ...proposal, id: newId(), councilName: null }
  return { before: sets, after: [...sets, proposedSet], fromOn: proposal.fromOn }
}

const shownTo = (actor: Actor) =>
  reach[actor.role].list === 'aggregate' ? { count: roughly, names: false } : { count: String, names: true }

function typedDay(on: Temporal.PlainDate): Typed {
  return { 'fromOn-day': `${on.day}`, 'fromOn-month': `${on.month}`, 'fromOn-year': `${on.year}` }
}
