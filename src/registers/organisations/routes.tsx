import { type Role, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  day,
  id,
  optionalDay,
  optionalText,
  optionalWholeNumber,
  text,
  version,
} from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { inviteAccount } from '#platform/identity/accounts.ts'
import { newId } from '#platform/ids.ts'
import { MemberForm, Members } from './pages/members.tsx'
import { OrganisationForm, Organisations } from './pages/organisations.tsx'
import { Sharing } from './pages/sharing.tsx'
import { controllerRoles, organisationKinds, periodProblem } from './rules.ts'
import {
  endSharing,
  findMember,
  findOrganisation,
  listMembers,
  listOrganisations,
  listSharing,
  saveMember,
  saveOrganisation,
  saveSharing,
} from './store.ts'

const administrators = ['administrator', 'service-manager', 'system-administrator'] as const
const readers = [...administrators, 'senior-coach', 'coach', 'clinician', 'area-lead'] as const
const wholeId = /^[0-9a-f-]{36}$/

/** Who works in the area, for whom, and who may see whose people. */
export async function organisationRoutes(app: App): Promise<void> {
  listRoutes(app)
  organisationForms(app)
  memberForms(app)
  sharingRoutes(app)
}

function listRoutes(app: App): void {
  app.get('/organisations', { who: readers }, async ({ db, area, today, actor }, reply) =>
    reply.page(
      <Organisations organisations={await listOrganisations(db, area, today)} mayChange={mayChange(actor.role)} />,
    ),
  )
  app.get('/members', { who: readers }, async ({ db, area, today, actor }, reply) =>
    reply.page(<Members members={await listMembers(db, area, today)} mayChange={mayChange(actor.role)} />),
  )
}

function mayChange(role: Role): boolean {
  return administrators.some((one) => one === role)
}

const organisation = {
  name: text('Enter the name of the organisation'),
  kind: choice(organisationKinds, 'Select what it does here'),
  data_role: choice(controllerRoles, 'Select what it is for the records it holds'),
  ods_code: optionalText(10),
  phone: optionalText(40),
  email: optionalText(),
  from: day('Enter the day from which it is in this area'),
  until: optionalDay(),
  version: version(),
}

function organisationForms(app: App): void {
  app.get('/organisations/:organisation', { who: administrators }, async ({ db, area, today, params }, reply) => {
    if (params.organisation === 'new')
      return reply.page(<OrganisationForm id={newId()} organisation={undefined} today={today} {...blank} />)
    const found = await findOrganisation(db, area, checkedId(params.organisation))
    if (!found) throw new NotFound()
    return reply.page(<OrganisationForm id={found.id} organisation={found} today={today} {...blank} />)
  })
  app.post('/organisations/:organisation', { who: administrators, form: organisation }, async (request, reply) => {
    const { db, area, today, form } = request
    const known = checkedId(request.params.organisation)
    const before = await findOrganisation(db, area, known)
    const again = { id: known, organisation: before, today }
    if (!form.ok) return reply.code(422).page(<OrganisationForm {...again} {...form} />)
    const { from, until, ...columns } = form.value
    const problem = periodProblem(from, until)
    if (problem) return reply.code(422).page(<OrganisationForm {...again} typed={form.typed} problems={[problem]} />)
    if (!(await saveOrganisation(db, { area, id: known, ...columns, from_on: from, until_on: until }))) {
      const there = await findOrganisation(db, area, known)
      return reply.code(409).page(<OrganisationForm {...again} {...form} organisation={there} />)
    }
    await request.act('organisation.saved', { subject: known })
    request.flash('Organisation saved.')
    return reply.redirect('/organisations')
  })
}

const member = {
  name: text('Enter their name'),
  email: text('Enter their work email').refine(
    (given) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given),
    'Enter an email address, for example name@example.org',
  ),
  phone: optionalText(40),
  organisation: id('Select their organisation'),
  role: choice(roles, 'Select their role'),
  caseload_cap: optionalWholeNumber(1, 500),
  languages: optionalText(),
  from: day('Enter the day from which they have this role'),
  until: optionalDay(),
  version: version(),
}

function memberForms(app: App): void {
  const names = async (db: Db, area: string, on: Temporal.PlainDate) =>
    Object.fromEntries((await listOrganisations(db, area, on)).map(({ id: key, name }) => [key, { label: name }]))
  app.get('/members/:member', { who: administrators }, async ({ db, area, today, params }, reply) => {
    const organisations = await names(db, area, today)
    if (params.member === 'new')
      return reply.page(<MemberForm id={newId()} member={undefined} {...{ organisations, today }} {...blank} />)
    const found = await findMember(db, area, checkedId(params.member))
    if (!found) throw new NotFound()
    return reply.page(<MemberForm id={found.id} member={found} {...{ organisations, today }} {...blank} />)
  })
  app.post('/members/:member', { who: administrators, form: member }, async (request, reply) => {
    const { db, area, today, form, now } = request
    const known = checkedId(request.params.member)
    const [before, organisations] = await Promise.all([findMember(db, area, known), names(db, area, today)])
    const again = { id: known, member: before, organisations, today }
    if (!form.ok) return reply.code(422).page(<MemberForm {...again} {...form} />)
    const { from, until, languages, ...columns } = form.value
    const problem = periodProblem(from, until) ?? unknownIn(organisations, columns.organisation)
    if (problem) return reply.code(422).page(<MemberForm {...again} typed={form.typed} problems={[problem]} />)
    const account = before?.account ?? (await invited(app, columns, now))
    const written = {
      area,
      id: known,
      ...columns,
      account,
      languages: listed(languages),
      from_on: from,
      until_on: until,
    }
    if (!(await saveMember(db, written))) {
      return reply.code(409).page(<MemberForm {...again} {...form} member={await findMember(db, area, known)} />)
    }
    await request.act('member.saved', { subject: known, codes: { role: columns.role } })
    request.flash(
      before ? 'Membership saved.' : 'Invited. They can sign in with that email address from the first day on.',
    )
    return reply.redirect('/members')
  })
}

/** Accounts are national, so this is a transaction of its own; inviting the same address again gives the same account. */
async function invited(
  app: App,
  { name, email }: { name: string; email: string },
  now: Temporal.Instant,
): Promise<string> {
  const invitation = { name, email, until: now.add({ hours: 24 * 90 }) }
  return app.databases.national((db) => inviteAccount(db, invitation, now))
}

function unknownIn(organisations: Readonly<Record<string, unknown>>, chosen: string) {
  return chosen in organisations ? undefined : { field: 'organisation', message: 'Select their organisation' }
}

function listed(languages: string | null): string[] {
  return (languages ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}

const arrangement = {
  holder: id('Select whose people'),
  partner: id('Select who may see them'),
  reason: text('Enter why'),
  from: day('Enter from when'),
  until: optionalDay(),
}

function sharingRoutes(app: App): void {
  const around = async (db: Db, area: string, on: Temporal.PlainDate) => {
    const [arrangements, found] = await Promise.all([listSharing(db, area), listOrganisations(db, area, on)])
    return {
      arrangements,
      organisations: Object.fromEntries(found.map(({ id: key, name }) => [key, { label: name }])),
      today: on,
    }
  }
  app.get('/sharing', { who: [...administrators, 'area-lead'] }, async ({ db, area, today }, reply) =>
    reply.page(<Sharing id={newId()} {...await around(db, area, today)} {...blank} />),
  )
  app.post('/sharing/:arrangement', { who: administrators, form: arrangement }, async (request, reply) => {
    const { db, area, today, form, actor } = request
    const known = checkedId(request.params.arrangement)
    const again = { id: known, ...(await around(db, area, today)) }
    if (!form.ok) return reply.code(422).page(<Sharing {...again} {...form} />)
    const { from, until, ...rest } = form.value
    const same =
      rest.holder === rest.partner
        ? { field: 'partner', message: 'Select another organisation than the one whose people they are' }
        : undefined
    const problem =
      same ??
      periodProblem(from, until) ??
      unknownIn(again.organisations, rest.holder) ??
      unknownIn(again.organisations, rest.partner)
    if (problem) return reply.code(422).page(<Sharing {...again} typed={form.typed} problems={[problem]} />)
    await saveSharing(db, { area, id: known, ...rest, from_on: from, until_on: until, agreed_by: actor.membership })
    await request.act('sharing.agreed', { subject: known, codes: { holder: rest.holder, partner: rest.partner } })
    request.flash('Arrangement added.')
    return reply.redirect('/sharing')
  })
  app.post('/sharing/:arrangement/end', { who: administrators }, async (request, reply) => {
    const known = checkedId(request.params.arrangement)
    if (!(await endSharing(request.db, request.area, known, request.today))) throw new NotFound()
    await request.act('sharing.ended', { subject: known })
    request.flash('Arrangement ended.')
    return reply.redirect('/sharing')
  })
}

function checkedId(given: string): string {
  if (!wholeId.test(given)) throw new NotFound()
  return given
}
