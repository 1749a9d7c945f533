import type { Actor, Role } from '#platform/access/rules.ts'
import { roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { choice, day, id, optionalChoice, optionalDay, optionalText, text, version } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { inviteAccount, isWaiting } from '#platform/identity/accounts.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { findArea } from '#registers/areas/store.ts'
import {
  invitationTime,
  invitedKind,
  invitedTemplate,
  joiningPurpose,
  newRoleTemplate,
} from '#registers/joining/rules.ts'
import { periodProblem, timeOf, times } from '#registers/organisations/rules.ts'
import { findMember, listOrganisations, saveMember } from '#registers/organisations/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { MemberForm, Members } from './pages.tsx'
import { givesIn, givesOneself, inviters, leavesNobody, mayGive, rolesToGive } from './rules.ts'
import { holdKeepers, listEveryMember } from './store.ts'

const readers = [...inviters, 'senior-coach', 'coach', 'clinician', 'area-lead'] as const
const wholeId = /^[0-9a-f-]{36}$/

/** Who works in the area, for which organisation and in which role. */
export async function membershipRoutes(app: App): Promise<void> {
  app.get('/members', { who: readers, query: { when: optionalChoice(times) } }, async (request, reply) => {
    const { db, area, today, actor } = request
    const when = request.query.when ?? 'now'
    // Whoever leads a local service is told of its own people and of nobody else's.
    const isOwnOnly = actor.role === 'provider-lead'
    const members = (await listEveryMember(db, area))
      .filter((one) => timeOf(one, today) === when && (!isOwnOnly || one.organisation === actor.organisation))
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
    const waits = await waitsFor(app, found.account)
    return reply.page(<MemberForm id={found.id} member={found} waits={waits} {...around} {...blank} />)
  })
  savingRoute(app)
  app.post('/members/:member/invitation', { who: inviters }, async (request, reply) => {
    const found = await memberFor(request.db, request.actor, request.params.member)
    if (!found) throw new NotFound()
    await withdrawInvitation(request, found.account)
    await invite(app, request, found.id)
    await request.act('member.invited', { subject: found.id })
    request.flash('A new invitation was written. A link that was sent before works no longer.')
    return reply.redirect('/members')
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
    const anew = before === undefined || (await isReaddressed(app, before, columns.email))
    const account = anew ? await invited(app, columns, now) : before.account
    if (account === actor.account && givesOneself(before, written)) return refused(oneself)
    const last = await lastOf(request, before, written)
    if (last) return refused(last)
    if (!(await saveMember(db, { area, id: again.id, ...written, account }))) {
      return reply.code(409).page(<MemberForm {...again} {...form} member={await findMember(db, area, again.id)} />)
    }
    if (before && anew) await withdrawInvitation(request, before.account)
    if (anew) await invite(app, request, again.id)
    await request.act('member.saved', { subject: again.id, codes: { role: columns.role } })
    request.flash(anew ? 'Invited. A message with a link to join is on its way.' : 'Membership saved.')
    return reply.redirect('/members')
  })
}

const lastOnes = {
  'system-administrator':
    'This is the last system administrator. Make somebody else one first, so that roles can still be given',
  'provider-lead':
    'This is the last lead of your service. Make somebody else one first, so that somebody looks after it',
} as const

type Held = Pick<Membership, 'id' | 'role' | 'organisation'>
type Membership = NonNullable<Awaited<ReturnType<typeof findMember>>>
type Changed = Pick<Membership, 'role' | 'organisation' | 'until_on'>

/**
 * What stands against a change that would leave nobody in a role that somebody has to hold. Whoever looks after the area's
 * members may end the last lead of a local service: somebody who has left it must not go on reading.
 */
async function lastOf(request: Asking & Readonly<{ actor: Actor }>, before: Held | undefined, after: Changed) {
  if (before?.role !== 'system-administrator' && before?.role !== 'provider-lead') return undefined
  const { id, role } = before
  const isLead = role === 'provider-lead'
  if (isLead && request.actor.role !== role) return undefined
  const organisation = isLead ? before.organisation : undefined
  const keepers = await holdKeepers(request.db, { ...request, role, organisation })
  const stays = after.role === role && (!isLead || after.organisation === organisation)
  return leavesNobody(keepers, { id, stays, until_on: after.until_on })
    ? { field: 'until', message: lastOnes[role] }
    : undefined
}
const oneself = { field: 'role', message: 'You cannot give yourself a role. Ask somebody else who may' }

type Around = Awaited<ReturnType<typeof surroundings>>

/** Where this member gives roles, and which. */
async function surroundings(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const found = await listOrganisations(db, actor.area, today)
  const theirs = found.filter((one) => givesIn(actor, { organisation: one.id, dataRole: one.data_role }))
  return {
    dataRoles: new Map(theirs.map(({ id: key, data_role: dataRole }) => [key, dataRole])),
    organisations: Object.fromEntries(theirs.map(({ id: key, name }) => [key, { label: name }])),
    roles: rolesToGive(actor),
    today,
  }
}

function notToGive(
  actor: Actor,
  { dataRoles }: Around,
  wanted: Readonly<{ organisation: string; role: Role }>,
): Problem | undefined {
  const dataRole = dataRoles.get(wanted.organisation)
  if (dataRole === undefined)
    return { field: 'organisation', message: 'Select an organisation in which you may give roles' }
  return mayGive(actor, { ...wanted, dataRole })
    ? undefined
    : { field: 'role', message: 'Select a role that you may give in this organisation' }
}

/** The membership, undefined where there is none yet; one that this member may not change is as if it were not there. */
async function memberFor(db: Db, actor: Actor, asked: string) {
  if (!wholeId.test(asked)) throw new NotFound()
  const found = await findMember(db, actor.area, asked)
  if (found && !mayGive(actor, found)) throw new NotFound()
  return found
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }>

/** Whether whoever was invited has not signed in yet. */
const waitsFor = (app: App, account: string) => app.databases.national((db) => isWaiting(db, account))

/** Whether an invitation that nobody has taken up goes to another address from now on. */
async function isReaddressed(app: App, before: Readonly<{ account: string; email: string }>, email: string) {
  return before.email.toLowerCase() !== email.toLowerCase() && (await waitsFor(app, before.account))
}

/** Writes to somebody that they have a role, with a link to join where they have never signed in. */
async function invite(app: App, { db, area, now }: Asking, membership: string): Promise<void> {
  const [found, member] = await Promise.all([findArea(db, area), findMember(db, area, membership)])
  if (!found || !member) throw new NotFound()
  const { account, name, email, role, organisationName, from_on: from } = member
  const { origin } = app.settings
  const expiresAt = now.add(invitationTime)
  const link = (await waitsFor(app, account)) ? { purpose: joiningPurpose, subject: account, expiresAt } : undefined
  const given = { name, area: found.name, role: roles[role].label, organisation: organisationName, from: longDay(from) }
  const ways = { link: `${origin}${linkMark}`, until: longDay(dayOf(expiresAt)), signIn: `${origin}/sign-in` }
  const template = link ? invitedTemplate : newRoleTemplate
  const words = await findWords(db, { area, template, format: 'email', facts: { ...given, ...ways } })
  const message = { area, recipient: 'another', kind: invitedKind, channel: 'email', about: membership } as const
  await sendMessage(db, { ...message, ...words, address: email, allowedBy: 'invited', link, now })
}

/** Stops the links by which an invitation could be taken up. */
async function withdrawInvitation({ db, area, now }: Asking, account: string): Promise<void> {
  await withdrawLinks(db, { area, subject: account, purpose: joiningPurpose, now })
}

/** Accounts are national, so this is a transaction of its own; inviting the same address again gives the same account. */
async function invited(
  app: App,
  { name, email }: { name: string; email: string },
  now: Temporal.Instant,
): Promise<string> {
  const invitation = { name, email, until: now.add(invitationTime) }
  return app.databases.national((db) => inviteAccount(db, invitation, now))
}

function listed(languages: string | null): string[] {
  return (languages ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
