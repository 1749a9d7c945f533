import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, ids, optionalDay, optionalText, text, tick, version } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { nhsNumber, type Person } from '#registers/people/rules.ts'
import { endNaming, findPerson, markPerson, saveNaming } from '#registers/people/store.ts'
import { OpenWithReason, RestrictedRecords } from './pages/opening.tsx'
import { Restriction } from './pages/restriction.tsx'
import {
  type Coach,
  guardians,
  namingProblems,
  openFor,
  openingReasons,
  restrictionReasons,
  seekingProblems,
  shuttingOutProblems,
  shutOut,
} from './rules.ts'
import { findRestriction, findSought, listNameable, listNamed, listOpenings, listRestricted } from './store.ts'

const rule = { who: guardians, verb: 'edit' } as const
const restricting = {
  reason: choice(restrictionReasons, 'Select why the record is restricted'),
  note: optionalText(4000),
  named: ids(),
  anyway: tick(),
  version: version(),
}

/** Who coaches a person now: asked here, and answered by the stage that knows spells of support. */
export type CoachesOf = (db: Db, actor: Actor, person: string) => Promise<readonly Coach[]>

/** What somebody has to see to at once whose record was restricted or is open to others now: answered by later stages. */
export type AfterRestriction = (
  db: Db,
  of: Readonly<{ area: string; person: string; at: Temporal.Instant }>,
) => Promise<void>

/** Records that only the named find: who they are, and how somebody else opens one when it has to be. */
export function restrictionRoutes(coachesOf: CoachesOf, afterwards: AfterRestriction) {
  return async (app: App): Promise<void> => {
    app.get('/people/:person/restriction', { ...rule, reads: 'record' }, async (request, reply) => {
      const person = await personFor(request)
      await request.read('restriction.page', { person: person.id })
      return reply.page(<Restriction {...blank} {...await around(request, person)} />)
    })
    restrictingRoute(app, coachesOf, afterwards)
    liftingRoute(app)
    openingRoutes(app)
  }
}

function restrictingRoute(app: App, coachesOf: CoachesOf, afterwards: AfterRestriction): void {
  app.post('/people/:person/restriction', { ...rule, form: restricting }, async (request, reply) => {
    const { db, area, form, now, actor } = request
    const person = await personFor(request)
    const about = await around(request, person)
    const coaches = await coachesOf(db, actor, person.id)
    const again = (state: FormState) => reply.code(422).page(<Restriction {...state} {...about} coaches={coaches} />)
    if (!form.ok) return again(form)
    const { reason, note, named, anyway, version: seen } = form.value
    const problems = [...namingProblems(named, about.nameable), ...shuttingOutProblems(coaches, named, anyway)]
    if (problems.length > 0) return again({ problems, typed: form.typed })
    const marks = { restricted: true, restricted_reason: reason, restricted_note: note }
    if (!(await markPerson(db, { area, person: person.id, seen, marks })))
      return reply.code(409).page(<Restriction {...form} {...await around(request, await personFor(request))} />)
    await rename(db, { area, person: person.id, reason, named, known: about.named, by: actor.membership, at: now })
    await afterwards(db, { area, person: person.id, at: now })
    const what = about.restriction ? 'restriction.changed' : 'restriction.set'
    const codes = { reason, named, shutOut: shutOut(coaches, named).map(({ membership }) => membership) }
    await request.act(what, { person: person.id, codes, ...(note ? { vouchesFor: note } : {}) })
    request.flash(about.restriction ? 'Saved' : 'The record is restricted')
    return reply.redirect(named.includes(actor.membership) ? `/people/${person.id}/restriction` : '/people/restricted')
  })
}

function liftingRoute(app: App): void {
  app.post('/people/:person/restriction/lifting', { ...rule, form: { version: version() } }, async (request, reply) => {
    const { db, area, form, now } = request
    const person = await personFor(request)
    const about = await around(request, person)
    const marks = { restricted: false, restricted_reason: null, restricted_note: null }
    const seen = form.ok ? form.value.version : 0
    if (!(await markPerson(db, { area, person: person.id, seen, marks })))
      return reply.code(409).page(<Restriction {...form} {...await around(request, await personFor(request))} />)
    const memberships = about.named.map(({ membership }) => membership)
    await endNaming(db, { area, person: person.id, memberships, at: now })
    await request.act('restriction.lifted', { person: person.id })
    request.flash('The restriction is lifted')
    return reply.redirect(`/people/${person.id}/restriction`)
  })
}

const opening = {
  ...{ nhsNumber: optionalText(20), familyName: optionalText(100), bornOn: optionalDay() },
  reason: choice(openingReasons, 'Select why you open it'),
  note: text('Say what makes it necessary now', 1000),
}

function openingRoutes(app: App): void {
  app.get('/people/restricted', { who: guardians, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, actor, now } = request
    const restricted = await listRestricted(db, actor)
    const openings = await listOpenings(db, actor, now.subtract({ hours: 24 * 90 }))
    await request.read('restriction.list', { codes: { shown: restricted.map(({ id }) => id) } })
    return reply.page(<RestrictedRecords restricted={restricted} openings={openings} now={now} />)
  })
  app.get('/people/restricted/opening', { who: guardians }, async (_request, reply) =>
    reply.page(<OpenWithReason {...blank} />),
  )
  app.post('/people/restricted/opening', { who: guardians, form: opening }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const number = form.ok && form.value.nhsNumber !== null ? (nhsNumber(form.value.nhsNumber) ?? null) : null
    const problems = form.ok ? seekingProblems({ ...form.value, nhsNumber: number }) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OpenWithReason problems={problems} typed={form.typed} />)
    const { reason, note } = form.value
    const found = await findSought(db, actor, { ...form.value, nhsNumber: number })
    if (!found) {
      await request.act('restriction.sought', { codes: { reason } })
      return reply.code(422).page(<OpenWithReason problems={nobody} typed={form.typed} />)
    }
    if (found.restricted && !found.reachable) {
      const access = { membership: actor.membership, given_by: actor.membership, opened: true, reason, note }
      await saveNaming(db, { area, person: found.id, ...access, from_at: now, until_at: now.add(openFor) })
    }
    await request.act('restriction.opened', { person: found.id, codes: { reason }, vouchesFor: note })
    return reply.redirect(`/people/${found.id}`)
  })
}

const nobody = [{ field: 'nhsNumber', message: 'No record of your organisation is that of this person' }]

type Renaming = Readonly<{ area: string; person: string; reason: string; by: string; at: Temporal.Instant }> &
  Readonly<{ named: readonly string[]; known: readonly { membership: string; opened: boolean }[] }>

// Who stays named keeps their row, so that it says from when.
async function rename(db: Db, { named, known, by, at, ...row }: Renaming): Promise<void> {
  const before = known.filter(({ opened }) => !opened).map(({ membership }) => membership)
  const gone = before.filter((one) => !named.includes(one))
  if (gone.length > 0) await endNaming(db, { area: row.area, person: row.person, memberships: gone, at })
  for (const membership of named.filter((one) => !before.includes(one)))
    await saveNaming(db, { ...row, membership, from_at: at, until_at: null, given_by: by, opened: false, note: null })
}

type Asked = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function around({ db, area, now, today }: Asked, person: Person) {
  const [restriction, named, nameable] = await Promise.all([
    findRestriction(db, area, person.id),
    listNamed(db, area, person.id, now),
    listNameable(db, area, person.id, today),
  ])
  return { person, restriction, named: restriction ? named : [], nameable, now }
}

async function personFor({
  db,
  actor,
  params,
}: Pick<Asked, 'db' | 'actor'> & { params: Readonly<{ person: string }> }) {
  const person = await findPerson(db, actor, params.person, 'edit')
  if (!person) throw new NotFound()
  return person
}
