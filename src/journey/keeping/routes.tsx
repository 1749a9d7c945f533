import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalId, optionalText, text, wholeNumber } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { answerBy, decisions } from '#journey/erasure/rules.ts'
import { listErasureRequests } from '#journey/erasure/store.ts'
import { parts, results } from '#journey/rectification/rules.ts'
import { listCorrections } from '#journey/rectification/store.ts'
import { KeepingPage, NewRule } from './pages/list.tsx'
import { type AskedThing, PersonKeeping } from './pages/person.tsx'
import { YourRecord } from './pages/public.tsx'
import { ruleProblems, usualRules, verdictOn, yearsInWords } from './rules.ts'
import { findRules, listChosen, listKeepers, listOld, listRules, saveRule } from './store.ts'

const lookers = ['service-manager', 'administrator'] as const
const setters = ['service-manager'] as const
const onAPage = 100

/** How long records are kept: the rules, whom they would erase, and what they asked about their record. */
export async function keepingRoutes(app: App): Promise<void> {
  app.get('/in/:area/your-record', { who: 'anyone', area: 'path' }, async ({ db, area, today }, reply) => {
    const found = await findArea(db, area)
    if (!found) throw new NotFound()
    return reply.page(<YourRecord area={found} rules={await findRules(db, area, today)} />)
  })
  dryRunRoute(app)
  ruleRoutes(app)
  personRoute(app)
}

function dryRunRoute(app: App): void {
  const query = { after: optionalId() }
  app.get('/keeping', { who: lookers, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, area, actor, today } = request
    const { after } = request.query
    const rules = await findRules(db, area, today)
    const found = await listOld(db, actor, { rules, today, after, most: onAPage + 1 })
    const judged = found.slice(0, onAPage).map((one) => ({ ...one, verdict: verdictOn(one, rules, today) }))
    await request.read('keeping.looked-at', { codes: { shown: judged.map(({ person }) => person) } })
    const next = found.length > onAPage ? `/keeping?after=${judged.at(-1)?.person ?? ''}` : undefined
    return reply.page(
      <KeepingPage
        {...{ rules, next, first: after === null ? undefined : '/keeping' }}
        due={judged.filter(({ verdict }) => verdict.reasons.length === 0)}
        staying={judged.filter(({ verdict }) => verdict.reasons.length > 0)}
        mayErase={actor.role === 'service-manager'}
        maySet={setters.some((role) => role === actor.role)}
      />,
    )
  })
}

const setting = {
  id: id('Open this page again'),
  kind: choice(usualRules, 'Select which records'),
  years: wholeNumber(1, 100),
  fromOn: day('Enter the day from which it holds'),
  source: optionalText(400),
  reason: text('Say why, and who agreed', 400),
}

function ruleRoutes(app: App): void {
  app.get('/keeping/rules/new', { who: setters }, async (request, reply) => {
    const history = await listRules(request.db, request.area)
    return reply.page(<NewRule {...blank} id={newId()} history={history} />)
  })
  app.post('/keeping/rules', { who: setters, form: setting }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const wrong = async ({ typed, problems }: FormState) =>
      reply.code(422).page(<NewRule {...{ typed, problems }} id={idIn(typed)} history={await listRules(db, area)} />)
    if (!form.ok) return wrong(form)
    const { fromOn, ...rule } = form.value
    const inForce = (await findRules(db, area, fromOn))[rule.kind]
    const problems = ruleProblems({ ...rule, fromOn }, { now: inForce, today })
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    await saveRule(db, { ...rule, area, from_on: fromOn, set_by: actor.membership, set_at: now })
    await request.act('keeping.rule-set', { subject: rule.id, codes: { kind: rule.kind, years: rule.years } })
    request.flash(`Set: ${usualRules[rule.kind].label.toLowerCase()}, ${yearsInWords(rule.years)}.`)
    return reply.redirect('/keeping', 303)
  })
}

function personRoute(app: App): void {
  app.get('/people/:person/keeping', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const shown = await around(request, request.params.person)
    await request.read('keeping.page', { person: shown.person.id })
    return reply.page(<PersonKeeping {...shown} />)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function findWhose({ db, actor }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted)
  if (!person || person.merged_into) throw new NotFound()
  return { id: person.id, name: calledName(person), mayEdit: person.mayEdit }
}

async function around(request: Asking, wanted: string) {
  const { db, area, actor, today } = request
  const person = await findWhose(request, wanted)
  const people = await listIdsOf(db, area, person.id)
  const [rules, [facts], corrections, erasures, keepers] = await Promise.all([
    findRules(db, area, today),
    listChosen(db, area, [person.id]),
    listCorrections(db, area, people),
    listErasureRequests(db, area, people),
    listKeepers(db, area, people),
  ])
  if (!facts) throw new NotFound()
  const mayHold = person.mayEdit && lookers.some((role) => role === actor.role)
  const asked = [...corrections.map(correctionAsked), ...erasures.map(erasureAsked)].toSorted((one, other) =>
    Temporal.PlainDate.compare(other.askedOn, one.askedOn),
  )
  return { person, verdict: verdictOn(facts, rules, today), asked, keepers, mayHold, mayEdit: person.mayEdit, today }
}

type Corrections = Awaited<ReturnType<typeof listCorrections>>
type Erasures = Awaited<ReturnType<typeof listErasureRequests>>

function correctionAsked({ id: one, about, askedOn, result }: Corrections[number]): AskedThing {
  const answer = result === null ? null : results[result].label
  const what = `Something is wrong: ${parts[about].label.toLowerCase()}`
  return { id: one, href: `/corrections/${one}`, what, askedOn, answerBy: answerBy(askedOn), answer }
}

function erasureAsked({ id: one, askedOn, erases }: Erasures[number]): AskedThing {
  const answer = erases === null ? null : decisions[erases ? 'erase' : 'keep'].label
  return {
    id: one,
    href: `/erasure-requests/${one}`,
    what: 'To be erased',
    askedOn,
    answerBy: answerBy(askedOn),
    answer,
  }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
