import { careRoles } from '#platform/access/rules.ts'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, optionalChoice, optionalText, tick, type ValueOf, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { type MeansKind, meansKinds, type Person, type Shown } from '#registers/people/rules.ts'
import { findPerson, saveMeans } from '#registers/people/store.ts'
import { MeansForm, MeansPage } from './pages.tsx'
import { type Means, meansProblems } from './rules.ts'
import { changeWay, listMeans, stopWhereNotWanted } from './store.ts'

const values = {
  ...{ mobile: optionalText(40), telephone: optionalText(40), email: optionalText(), post: optionalText(500) },
  ...{ wanted: tick(), safe: tick(), voicemailSafe: tick(), preferred: tick(), theirs: tick() },
}
const adding = { ...values, id: id('Open this page again'), kind: optionalChoice(meansKinds) }
const changing = { ...values, version: version() }
const rule = { who: careRoles, verb: 'edit' } as const

/** How somebody can be reached: added, changed and ended one by one, so that what was tried before stays known. */
export async function meansRoutes(app: App): Promise<void> {
  app.get('/people/:person/details/means', { ...rule, reads: 'record' }, async (request, reply) => {
    const person = await personFor(request)
    await request.read('means.list', { person: person.id })
    return reply.page(<MeansPage person={person} means={await listMeans(request.db, request.area, person.id)} />)
  })
  addingRoutes(app)
  changingRoutes(app)
  confirmationRoute(app)
  app.post(
    '/people/:person/details/means/:means/ending',
    { ...rule, form: { version: version() } },
    async (request, reply) => {
      const person = await personFor(request)
      const means = await meansOf(request, person.id)
      const seen = request.form.ok ? request.form.value.version : means.version
      const own = { area: request.area, person: means.person, id: means.id }
      if (!(await changeWay(request.db, { ...own, seen, set: { ended_at: request.now, preferred: false } })))
        return reply.code(409).page(<MeansForm {...request.form} {...await shownNow(request, person)} />)
      await stopWhereNotWanted(request.db, { ...means, area: request.area, now: request.now })
      await request.act('means.ended', { person: person.id, subject: means.id, codes: { part: means.kind } })
      request.flash('It is not used any more')
      return reply.redirect(`/people/${person.id}/details/means`)
    },
  )
}

function addingRoutes(app: App): void {
  app.get('/people/:person/details/means/new', { ...rule, reads: 'record' }, async (request, reply) => {
    const person = await personFor(request)
    await request.read('means.form', { person: person.id })
    return reply.page(<MeansForm {...blank} person={person} id={newId()} />)
  })
  app.post('/people/:person/details/means/new', { ...rule, form: adding }, async (request, reply) => {
    const person = await personFor(request)
    const { form } = request
    const given = form.ok ? givenMeans(form.value.kind, form.value) : undefined
    const problems = form.ok ? (given?.problems ?? noKind) : form.problems
    if (!form.ok || !given || problems.length > 0)
      return reply.code(422).page(<MeansForm problems={problems} typed={form.typed} person={person} id={newId()} />)
    const own = { area: request.area, person: person.id, id: form.value.id }
    const shown = form.value.theirs ? told(request, person) : {}
    const row = { ...given.row, kind: given.kind, given_by: 'team', ...shown } as const
    await saveMeans(request.db, { ...own, at: request.now, row })
    await stopWhereNotWanted(request.db, { ...own, kind: given.kind, value: given.row.value, now: request.now })
    const codes = { part: given.kind, ...saidBy(form.value.theirs) }
    await request.act('means.added', { person: person.id, subject: own.id, codes, vouchesFor: given.row.value })
    request.flash('Added')
    return reply.redirect(`/people/${person.id}/details/means`)
  })
}

function changingRoutes(app: App): void {
  app.get('/people/:person/details/means/:means', { ...rule, reads: 'record' }, async (request, reply) => {
    const person = await personFor(request)
    const means = await meansOf(request, person.id)
    await request.read('means.form', { person: person.id, subject: means.id })
    return reply.page(<MeansForm {...blank} person={person} id={means.id} means={means} />)
  })
  app.post('/people/:person/details/means/:means', { ...rule, form: changing }, async (request, reply) => {
    const person = await personFor(request)
    const means = await meansOf(request, person.id)
    const { form, db, area, now } = request
    const given = form.ok ? givenMeans(kindOf(means), form.value) : undefined
    const show = { person, id: means.id, means, typed: form.typed }
    if (!form.ok || !given || given.problems.length > 0)
      return reply.code(422).page(<MeansForm {...show} problems={given?.problems ?? form.problems} />)
    const row = { ...given.row, ...(form.value.theirs ? told(request, person) : {}) }
    const id = await change(db, { area, person: means.person, means, row, seen: form.value.version, now })
    if (id === undefined) return reply.code(409).page(<MeansForm {...form} {...await shownNow(request, person)} />)
    for (const { value } of [means, given.row])
      await stopWhereNotWanted(db, { area, person: means.person, kind: means.kind, value, now })
    const codes = { part: means.kind, replaced: id === means.id ? null : means.id, ...saidBy(form.value.theirs) }
    await request.act('means.changed', { person: person.id, subject: id, codes, vouchesFor: given.row.value })
    request.flash('Saved')
    return reply.redirect(`/people/${person.id}/details/means`)
  })
}

type Changing = Readonly<{
  area: string
  person: string
  means: Means
  row: ReturnType<typeof givenMeans>['row'] & Partial<Shown>
  seen: number
  now: Temporal.Instant
}>

// Another number is another way: the one before ends and stays as history. Undefined when it was changed meanwhile.
async function change(db: Db, { area, person, means, row, seen, now }: Changing): Promise<string | undefined> {
  const own = { area, person, id: means.id }
  const same = row.value === means.value
  const set = same ? row : { ended_at: now, preferred: false }
  if (!(await changeWay(db, { ...own, seen, set }))) return undefined
  if (same) return means.id
  const id = newId()
  await saveMeans(db, { area, person, id, at: now, row: { ...row, kind: kindOf(means), given_by: 'team' } })
  return id
}

// Who has spoken with the person, and for which record: the one that is kept.
const told = ({ actor, now }: Readonly<{ actor: Actor; now: Temporal.Instant }>, person: Person): Shown => ({
  ...{ theirs_at: now, theirs_of: person.merged_into ?? person.id, theirs_by: actor.membership },
})

const saidBy = (theirs: boolean) => (theirs ? { theirs: 'yes' } : {})

/** A member who has spoken with the person says that a way is theirs: from then on it lets them in. */
function confirmationRoute(app: App): void {
  const address = '/people/:person/details/means/:means/confirmation'
  app.post(address, { ...rule, form: { version: version() } }, async (request, reply) => {
    const person = await personFor(request)
    const means = await meansOf(request, person.id)
    const seen = request.form.ok ? request.form.value.version : 0
    const own = { area: request.area, person: means.person, id: means.id }
    if (!(await changeWay(request.db, { ...own, seen, set: { ...told(request, person), unconfirmed_at: null } })))
      return reply.code(409).page(<MeansForm {...request.form} {...await shownNow(request, person)} />)
    await request.act('means.told', { person: person.id, subject: means.id, codes: { part: means.kind } })
    request.flash('Kept. They can sign in with it from now on.')
    return reply.redirect(`/people/${person.id}/details/means`)
  })
}

const noKind = [{ field: 'kind', message: 'Select what you want to add' }]

function givenMeans<Kind extends MeansKind | null>(kind: Kind, given: ValueOf<typeof values>) {
  const value = kind === null ? null : given[kind]
  const row = {
    value: value ?? '',
    wanted: given.wanted,
    safe: given.safe,
    voicemail_safe: given.voicemailSafe && given.safe,
    preferred: given.preferred && given.safe && given.wanted,
  }
  return { kind: kind ?? ('mobile' as const), row, problems: kind === null ? noKind : meansProblems(kind, value) }
}

function kindOf(means: Means): MeansKind {
  // Checked: the database takes no other kinds.
  return means.kind as MeansKind
}

type Asked = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person, 'edit')
  if (!person) throw new NotFound()
  return person
}

async function shownNow(request: Parameters<typeof meansOf>[0], person: Person) {
  const means = await meansOf(request, person.id)
  return { person, id: means.id, means }
}

async function meansOf(
  { db, area, params }: Readonly<{ db: Db; area: string; params: Readonly<{ means: string }> }>,
  person: string,
): Promise<Means> {
  const means = (await listMeans(db, area, person)).find(({ id }) => id === params.means)
  if (!means) throw new NotFound()
  return means
}
