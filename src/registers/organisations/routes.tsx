import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, optionalChoice, optionalDay, optionalText, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { OrganisationForm, Organisations } from './pages.tsx'
import {
  controllerRoles,
  isOdsCode,
  mayChangeOrganisation,
  organisationKinds,
  periodProblem,
  recordsProblem,
  timeOf,
  times,
  writtenOdsCode,
} from './rules.ts'
import { findOrganisation, isNameTaken, listEveryOrganisation, saveOrganisation } from './store.ts'

const administrators = ['administrator', 'service-manager', 'system-administrator'] as const
const readers = [...administrators, 'senior-coach', 'coach', 'clinician', 'area-lead'] as const
const wholeId = /^[0-9a-f-]{36}$/

/** The organisations of the area, and what each is for the records it holds. */
export async function organisationRoutes(app: App): Promise<void> {
  app.get('/organisations', { who: readers, query: { when: optionalChoice(times) } }, async (request, reply) => {
    const { db, area, today, actor } = request
    const when = request.query.when ?? 'now'
    const mayChange = administrators.some((role) => role === actor.role)
    const organisations = (await listEveryOrganisation(db, area))
      .filter((one) => timeOf(one, today) === when)
      .map((one) => ({ ...one, opens: mayChange && mayChangeOrganisation(actor, one) }))
    return reply.page(<Organisations organisations={organisations} when={when} mayAdd={mayChange} />)
  })
  organisationForms(app)
}

const organisation = {
  name: text('Enter the name of the organisation'),
  kind: choice(organisationKinds, 'Select what it does here'),
  data_role: choice(controllerRoles, 'Select what it is for the records it holds'),
  ods_code: optionalText(20)
    .transform((given) => (given === null ? null : writtenOdsCode(given)))
    .refine(
      (code) => code === null || isOdsCode(code),
      'Enter an ODS code, for example RXX or Y12345, or leave it empty',
    ),
  phone: optionalText(40),
  email: optionalText(),
  from: day('Enter the day from which it is in this area'),
  until: optionalDay(),
  version: version(),
}

function organisationForms(app: App): void {
  app.get('/organisations/:organisation', { who: administrators }, async ({ db, today, actor, params }, reply) => {
    if (params.organisation === 'new')
      return reply.page(<OrganisationForm id={newId()} organisation={undefined} today={today} {...blank} />)
    const found = await organisationFor(db, actor, checkedId(params.organisation))
    if (!found) throw new NotFound()
    return reply.page(<OrganisationForm id={found.id} organisation={found} today={today} {...blank} />)
  })
  app.post('/organisations/:organisation', { who: administrators, form: organisation }, async (request, reply) => {
    const { db, area, today, form, actor } = request
    const known = checkedId(request.params.organisation)
    const before = await organisationFor(db, actor, known)
    const again = { id: known, organisation: before, today }
    if (!form.ok) return reply.code(422).page(<OrganisationForm {...again} {...form} />)
    const { from, until, ...columns } = form.value
    const taken = until === null && (await isNameTaken(db, area, { id: known, name: columns.name }))
    const problem =
      periodProblem(from, until) ??
      recordsProblem(actor, before?.data_role, columns.data_role) ??
      (taken ? nameTaken : undefined)
    if (problem) return reply.code(422).page(<OrganisationForm {...again} typed={form.typed} problems={[problem]} />)
    const changed = { ...columns, from_on: from, until_on: until, changed_at: request.now }
    if (!(await saveOrganisation(db, { area, id: known, ...changed }))) {
      const there = await findOrganisation(db, area, known)
      return reply.code(409).page(<OrganisationForm {...again} {...form} organisation={there} />)
    }
    await request.act('organisation.saved', { subject: known })
    request.flash('Organisation saved.')
    return reply.redirect('/organisations')
  })
}

const nameTaken = {
  field: 'name',
  message: 'There is an organisation of this name here already. Change that one instead',
}

/** The organisation, undefined where there is none yet; one that this member may not change is as if it were not there. */
async function organisationFor(db: Db, actor: Actor, organisation: string) {
  const found = await findOrganisation(db, actor.area, organisation)
  if (found && !mayChangeOrganisation(actor, found)) throw new NotFound()
  return found
}

function checkedId(given: string): string {
  if (!wholeId.test(given)) throw new NotFound()
  return given
}
