import type { Actor, Role } from '#platform/access/rules.ts'
import { roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  day,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  optionalWholeNumber,
  text,
  version,
} from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { inviteAccount } from '#platform/identity/accounts.ts'
import { newId } from '#platform/ids.ts'
import { periodProblem, timeOf, times } from '#registers/organisations/rules.ts'
import { findMember, listOrganisations, saveMember } from '#registers/organisations/store.ts'
import { MemberForm, Members } from './pages.tsx'
import { givesEverywhere, givesOneself, inviters, leavesNobody, mayGive, rolesToGive } from './rules.ts'
import { holdKeepers, listEveryMember } from './store.ts'

const readers = [...inviters, 'senior-coach', 'coach', 'clinician', 'area-lead'] as const
const wholeId = /^[0-9a-f-]{36}$/

/** Who works in the area, for which organisation and in which role. */
export async function membershipRoutes(app: App): Promise<void> {
  app.get('/members', { who: readers, query: { when: optionalChoice(times) } }, async (request, reply) => {
    const { db, area, today, actor } = request
    const when = request.query.when ?? 'now'
    const members = (await listEveryMember(db, area))
      .filter((one) => timeOf(one, today) === when)
      .map((one) => ({ ...one, opens: mayGive(actor, one) }))
    return reply.page(
      <Members members={members} when={when} mayInvite={inviters.some((role) => role === actor.role)} />,
    )
  })
  app.get('/members/:member', { who: inviters }, async ({ db, actor, today, params }, reply) => {
    const around = await surroundings(db, actor, today)
    if (params.member === 'new')
      return reply.page(<MemberForm id={newId()} member={undefined} {...around} {...blank} />)
    const found = await memberFor(db, actor, params.member)
    if (!found) throw new NotFound()
    return reply.page(<MemberForm id={found.id} member={found} {...around} {...blank} />)
  })
  savingRoute(app)
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

function savingRoute(app: App): void {
  app.post('/members/:member', { who: inviters, form: member }, async (request, reply) => {
    const { db, area, today, form, now, actor } = request
    const before = await memberFor(db, actor, request.params.member)
    const around = await surroundings(db, actor, today)
    const again = { id: request.params.member, member: before, ...around }
    if (!form.ok) return reply.code(422).page(<MemberForm {...again} {...form} />)
    const { from, until, languages, ...columns } = form.value
    const written = { ...columns, languages: listed(languages), from_on: from, until_on: until }
    const refused = (problem: Problem) =>
      reply.code(422).page(<MemberForm {...again} typed={form.typed} problems={[problem]} />)
    const problem = periodProblem(from, until) ?? notToGive(actor, around, columns)
    if (problem) return refused(problem)
    const account = before?.account ?? (await invited(app, columns, now))
    if (account === actor.account && givesOneself(before, written)) return refused(oneself)
    if (leavesNobody(await holdKeepers(db, area, today), { id: again.id, ...written })) return refused(lastOne)
    if (!(await saveMember(db, { area, id: again.id, ...written, account }))) {
      return reply.code(409).page(<MemberForm {...again} {...form} member={await findMember(db, area, again.id)} />)
    }
    await request.act('member.saved', { subject: again.id, codes: { role: columns.role } })
    request.flash(
      before ? 'Membership saved.' : 'Invited. They can sign in with that email address from the first day on.',
    )
    return reply.redirect('/members')
  })
}

const lastOne = {
  field: 'until',
  message: 'This is the last system administrator. Make somebody else one first, so that roles can still be given',
}
const oneself = { field: 'role', message: 'You cannot give yourself a role. Ask somebody else who may' }

type Around = Awaited<ReturnType<typeof surroundings>>

/** Where this member gives roles, and which. */
async function surroundings(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const found = await listOrganisations(db, actor.area, today)
  const theirs = found.filter((one) => givesEverywhere(actor) || one.id === actor.organisation)
  return {
    organisations: Object.fromEntries(theirs.map(({ id: key, name }) => [key, { label: name }])),
    roles: rolesToGive(actor),
    today,
  }
}

function notToGive(
  actor: Actor,
  { organisations }: Around,
  wanted: Readonly<{ organisation: string; role: Role }>,
): Problem | undefined {
  if (!(wanted.organisation in organisations))
    return { field: 'organisation', message: 'Select an organisation in which you may give roles' }
  return mayGive(actor, wanted) ? undefined : { field: 'role', message: 'Select a role that you may give' }
}

/** The membership, undefined where there is none yet; one that this member may not change is as if it were not there. */
async function memberFor(db: Db, actor: Actor, asked: string) {
  if (!wholeId.test(asked)) throw new NotFound()
  const found = await findMember(db, actor.area, asked)
  if (found && !mayGive(actor, found)) throw new NotFound()
  return found
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

function listed(languages: string | null): string[] {
  return (languages ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
