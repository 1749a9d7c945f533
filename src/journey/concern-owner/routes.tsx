import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { handAlert, keepAlert, takeAlert } from '#journey/alert/store.ts'
import { mayRead } from '#journey/safety/rules.ts'
import { findConcern } from '#journey/safety/store.ts'
import { listClosedTo } from '#journey/watch/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { HandOver } from './pages.tsx'

/** Somebody says that they have a concern, or hands it on. */
export async function concernOwnerRoutes(app: App): Promise<void> {
  const who = careRoles
  app.post('/concerns/:concern/taking', { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now: at, today } = request
    const concern = await concernFor(request)
    const open = concern.next_look_on !== null
    if (concern.next_look_on !== null) {
      const lookOn = later(concern.next_look_on, today)
      await watch(request, concern)
      await takeAlert(db, { area, id: concern.id, by: actor.membership, at, lookOn })
    }
    await request.act('concern.taken', { person: concern.person, subject: concern.id, codes: { open } })
    request.flash(open ? 'You have this. Write down what you do.' : 'It is closed already.')
    return reply.redirect(`/concerns/${concern.id}`)
  })

  app.get('/concerns/:concern/owner', { who, verb: 'edit', reads: 'record' }, async (request, reply) => {
    const shown = await around(request)
    await request.read('concern.owner-form', { person: shown.of.person, subject: shown.of.subject })
    return reply.page(<HandOver {...shown} {...blank} />)
  })
  const form = { owner: id('Choose who takes it on') }
  app.post('/concerns/:concern/owner', { who, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const shown = await around(request)
    const to = request.form.ok ? request.form.value.owner : ''
    if (!(to in shown.colleagues)) {
      const problems = [{ field: 'owner', message: 'Choose who takes it on' }]
      return reply.code(422).page(<HandOver {...shown} typed={request.form.typed} problems={problems} />)
    }
    await watch(request, shown.whose)
    await handAlert(db, { area, id: shown.concern, to, by: actor.membership, at })
    await request.act('concern.handed-over', { ...shown.of, codes: { to } })
    request.flash('Handed over. They were told.')
    return reply.redirect(`/concerns/${shown.concern}`)
  })
}

const later = (day: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(day, other) < 0 ? other : day

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  now: Temporal.Instant
  today: Temporal.PlainDate
  params: Readonly<{ concern: string }>
}>

async function concernFor({ db, actor, params }: Visit) {
  const concern = await findConcern(db, actor, params.concern)
  if (!concern) throw new NotFound()
  return concern
}

type Watched = Readonly<{ id: string; person: string; act_by: string; closed_as: string | null }>

/** Sets the clock of a concern that came with a file and was with nobody. */
async function watch({ db, area, actor, now: at }: Visit, { id: concern, person, ...rest }: Watched): Promise<void> {
  if (rest.closed_as !== null) return
  const whose = { person, organisation: actor.organisation, now: rest.act_by === 'now' }
  await keepAlert(db, { area, id: concern, about: 'concern', ...whose, at })
}

/** A concern with everybody who could take it on: whoever works with people's records and may read it. */
async function around(request: Visit) {
  const { db, area, actor, now: at, today } = request
  const concern = await concernFor(request)
  const [members, closed] = await Promise.all([
    listMembers(db, area, today, actor.organisations),
    listClosedTo(db, { area, person: concern.person, at }),
  ])
  const able = members.filter(
    ({ id: membership, role }) =>
      careRoles.some((one) => one === role) &&
      !closed.has(membership) &&
      mayRead({ ...concern, told: false }, { role, membership }),
  )
  return {
    concern: concern.id,
    person: calledName(concern),
    whose: concern,
    of: { person: concern.person, subject: concern.id },
    colleagues: Object.fromEntries(able.map((one) => [one.id, { label: one.name }])),
  }
}
