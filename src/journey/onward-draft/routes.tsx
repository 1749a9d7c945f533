import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import * as field from '#platform/form/fields.ts'
import { again } from '#platform/form/again.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addAction } from '#journey/action/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { meetings, kinds } from '#journey/onward/rules.ts'
import { changeOnward, findOnward, type Onward, saveOnward } from '#journey/onward/store.ts'
import { tickable, type Tickable } from '#journey/packet/rules.ts'
import { AsItStands, CannotRefer, OnwardForm } from './pages/form.tsx'
import { actionWords, begunFrom, drafted, meetFields, problemsIn } from './rules.ts'
import { findListed, findOpenTo, findWhose, listPurposes } from './store.ts'

const edit = { who: careRoles, verb: 'edit' } as const

const fields = {
  kind: field.choice(kinds, 'Select how you refer'),
  ...{ meet: field.optionalChoice(meetings), meetOn: field.optionalDay(), meetTime: field.optionalTime() },
  wanted: field.text('Enter what is wanted from the service', 500),
  ticked: field.choices(tickable),
  barrier: field.optionalText(500),
  health: field.optionalText(500),
  email: field.optionalText(200),
  contact: field.optionalText(100),
}

/** Writing what a chosen service would be sent of somebody; nothing goes from here. */
export async function onwardDraftRoutes(app: App): Promise<void> {
  newRoutes(app)
  changeRoutes(app)
}

function newRoutes(app: App): void {
  const rule = { ...edit, draft: 'onward' } as const
  const query = { service: field.optionalId(), follows: field.optionalId() }
  app.get('/episodes/:episode/onward/new', { ...rule, query, reads: 'record' }, async (request, reply) => {
    const { episode, found } = await around(request, request.params.episode, request.query.service)
    await request.read('onward.form', { person: found.person.id, subject: episode.id })
    const ready = await readyFor(request, episode, request.query.service)
    if (!ready.ok) return reply.code(422).page(<CannotRefer person={found.person} {...ready} />)
    const before = await beforeOf(request, episode, request.query.follows)
    const shown = await newShown(request, { found, episode: episode.id, ...ready, before })
    return reply.page(<OnwardForm {...shown} {...formOf(request.form, ready, before)} />)
  })
  const form = {
    ...{ ...fields, id: field.id('Open this page again'), service: field.id('Choose a service') },
    purpose: field.id('Select for what in the plan'),
    due: field.day('Enter the day on which you look again'),
    follows: field.optionalId(),
  }
  app.post('/episodes/:episode/onward', { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now: at, today, form: given } = request
    const service = serviceIn(given.typed)
    const { episode, found } = await around(request, request.params.episode, service)
    const ready = await readyFor(request, episode, service)
    if (!ready.ok) return reply.code(422).page(<CannotRefer person={found.person} {...ready} />)
    const before = await beforeOf(request, episode, given.ok ? given.value.follows : null)
    const purpose = given.ok ? ready.purposes.find(({ id }) => id === given.value.purpose) : undefined
    const problems = given.ok ? problemsIn(given.value, purpose, today) : given.problems
    if (!given.ok || !purpose || problems.length > 0) {
      const state = { typed: given.typed, problems }
      const shown = await newShown(request, { found, episode: episode.id, ...ready, before })
      return reply.code(422).page(<OnwardForm {...shown} {...formOf(state, ready, before)} />)
    }
    const { id, due: due_on, wanted } = given.value
    const [by, action] = [actor.membership, purpose.action ?? newId()]
    const { service: chosen, version } = ready.listed
    const what = actionWords(chosen.name, wanted)
    const making = { area, id: action, goal: purpose.goal, what, barrier: null, obstacle: null, due_on, at, by }
    if (purpose.action === null && !(await findOnward(db, actor, id)))
      await addAction(db, { ...making, owner: 'service' })
    const about = { area, id, person: episode.person, episode: episode.id, goal: purpose.goal, action, by, at }
    const follows = before?.id ?? null
    await saveOnward(db, {
      ...about,
      follows,
      ...drafted(found, given.value),
      service: { id: chosen.id, version, name: chosen.name },
    })
    const codes = { kind: given.value.kind, service: chosen.id }
    await request.act('onward.drafted', { person: episode.person, subject: id, codes, vouchesFor: wanted })
    return reply.redirect(`/onward/${id}`, 303)
  })
}

function changeRoutes(app: App): void {
  const rule = { ...edit, draft: 'onward-change' } as const
  app.get('/onward/:onward/change', { ...rule, reads: 'record' }, async (request, reply) => {
    const { onward, found, listed } = await drawn(request, request.params.onward)
    await request.read('onward.form', { person: onward.person, subject: onward.id })
    const { problems, typed } = request.form
    const shown = { problems, typed: { ...meetFields(onward.meetAt), ...typed } }
    return reply.page(<OnwardForm {...changeShown(onward, found, listed)} {...shown} />)
  })
  app.post(
    '/onward/:onward/change',
    { ...rule, form: { ...fields, version: field.version() } },
    async (request, reply) => {
      const { db, area, now: at, today, form: given } = request
      const { onward, found, listed } = await drawn(request, request.params.onward)
      const shown = changeShown(onward, found, listed)
      const problems = given.ok ? problemsIn(given.value, { goal: onward.goal }, today) : given.problems
      if (!given.ok || problems.length > 0)
        return reply.code(422).page(<OnwardForm {...shown} typed={given.typed} problems={problems} />)
      const seen = given.value.version
      if (!(await changeOnward(db, { area, id: onward.id, seen, at, ...drafted(found, given.value) })))
        return reply.code(409).page(<OnwardForm {...shown} typed={given.typed} problems={[]} />)
      const vouchesFor = given.value.wanted
      await request.act('onward.changed', { person: onward.person, subject: onward.id, vouchesFor })
      request.flash('Changed. Show it to them before it is sent.')
      return reply.redirect(`/onward/${onward.id}`, 303)
    },
  )
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>
type Found = NonNullable<Awaited<ReturnType<typeof findWhose>>>
type Listed = NonNullable<Awaited<ReturnType<typeof findListed>>>
type Purposes = Awaited<ReturnType<typeof listPurposes>>

async function around({ db, actor, today }: Asking, wanted: string, service: string | null = null) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  const { id = '', person = '' } = episode ?? {}
  const found = episode && (await findWhose(db, { actor, today, person, episode: id }, service))
  if (!episode || !found) throw new NotFound()
  return { episode, found }
}

type Episode = Awaited<ReturnType<typeof around>>['episode']

/** A service that somebody can be referred to for something of their plan, or why not and the way on. */
async function readyFor({ db, area, today }: Asking, episode: Episode, service: string | null) {
  const to = `/episodes/${episode.id}/onward/services`
  const again = { href: to, label: 'Find a service' }
  const no = (why: string, way = again) => ({ ok: false, why, way }) as const
  if (episode.assessed_at === null || !mayChangeGoals(episode.stage))
    return no('Somebody is referred for something of their plan, from the first conversation until support ends', {
      ...{ href: `/people/${episode.person}`, label: 'Back to the record' },
    })
  const listed = service === null ? undefined : await findListed(db, area, service, today)
  if (!listed) return no('No service is chosen, or it is not in the directory')
  if (listed.whyNot !== undefined) return no(listed.whyNot)
  const purposes = await listPurposes(db, area, episode.id)
  if (purposes.length === 0)
    return no('The plan has no goal yet that a service could help with', {
      ...{ href: `/episodes/${episode.id}/plan`, label: 'Open the plan and add one' },
    })
  return { ok: true, listed, purposes } as const
}

type New = Readonly<{ found: Found; episode: string; listed: Listed; purposes: Purposes; before: Onward | undefined }>

async function newShown({ db, area }: Asking, { found, episode, listed, purposes, before }: New) {
  const { person, values, restricted } = found
  const known = { area, person: person.id, service: listed.service.id, besides: before?.id ?? null }
  return {
    openAlready: await findOpenTo(db, known),
    ...{ person, values, restricted, service: listed.service, action: `/episodes/${episode}/onward` },
    back: `/episodes/${episode}/onward/services`,
    purposes: Object.fromEntries(purposes.map(({ id, label }) => [id, { label }])),
  }
}

async function drawn(asking: Asking, wanted: string) {
  const { db, area, actor, today } = asking
  const onward = await findOnward(db, actor, wanted, 'edit')
  const { person = '', episode = '', service = null } = onward ?? {}
  const found = onward && (await findWhose(db, { actor, today, person, episode }, service))
  const listed = onward && (await findListed(db, area, onward.service, today))
  if (!onward || !found || !listed || !['drafted', 'shown', 'refused'].includes(onward.state)) throw new NotFound()
  return { onward, found, listed }
}

function changeShown(onward: Onward, { person, values, restricted }: Found, { service }: Listed) {
  const valueOf = (part: string) => onward.parts.find((one) => one.part === part)?.value
  const ticked = onward.parts.map(({ part }) => part).filter((part): part is Tickable => part in tickable)
  const { kind, wanted, meet, contact, address: email, id, version } = onward
  const written = { barrier: valueOf('barrier') ?? '', health: valueOf('health') ?? '' }
  return {
    ...{ person, values, restricted, service, purposes: undefined, back: `/onward/${id}` },
    begun: { kind, wanted, meet, contact, email, ticked, ...written },
    ...{ action: `/onward/${id}/change`, edits: { version, now: <AsItStands parts={onward.parts} /> } },
  }
}

/** The one that was not answered or declined, in whose place this is written, if it is of the same spell of support. */
async function beforeOf({ db, actor }: Asking, episode: Episode, id: string | null): Promise<Onward | undefined> {
  const found = id === null ? undefined : await findOnward(db, actor, id, 'edit')
  return found && found.episode === episode.id && ['no-reply', 'declined'].includes(found.state) ? found : undefined
}

const formOf = (state: FormState, { listed }: { listed: Listed }, before: Onward | undefined) => {
  const { id, ...rest } = again(state)
  const fields = { id, service: listed.service.id, follows: before?.id ?? '' }
  return { ...rest, begun: begunFrom(before), fields }
}

const serviceIn = (typed: FormState['typed']): string | null => [typed['service']].flat().at(-1) ?? null
