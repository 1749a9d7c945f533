import { careRoles, type Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { day, id, optionalId, optionalText, text, time } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listToldOf, takeAlert } from '#journey/alert/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { Outings } from './pages/list.tsx'
import { NewOuting, OneOuting } from './pages/one.tsx'
import { laterTime, outingProblems, timesOf } from './rules.ts'
import { findOuting, listOutings, saveOuting, saveWord } from './store.ts'

const who = careRoles
const fields = {
  id: id(),
  episode: optionalId(),
  place: text('Enter where you go', 300),
  'with-whom': optionalText(),
  phone: optionalText(40),
  on: day('Enter the day on which you go'),
  leaves: time('Enter when you leave', 'Enter a time like 9:30'),
  back: time('Enter by when you are back', 'Enter a time like 11:00'),
}

/** Members who go out alone: where, with whom, back by when, and whether they are. */
export async function outingRoutes(app: App): Promise<void> {
  app.get('/outings', { who, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, actor, now } = request
    const outings = await listOutings(db, actor, now.subtract({ hours: 24 }))
    await request.read('outing.list', { codes: { shown: outings.map((one) => one.id) } })
    return reply.page(<Outings {...{ outings, now }} />)
  })
  app.get(
    '/outings/new',
    { who, verb: 'edit', reads: 'record', query: { episode: optionalId() } },
    async (request, reply) => {
      const { episode } = request.query
      const met = await whomMet(request, episode)
      await request.read('outing.form', { person: met?.person })
      const { today } = request
      return reply.page(<NewOuting {...{ today, episode }} {...blank} id={newId()} personName={met?.name} />)
    },
  )
  app.post('/outings', { who, verb: 'edit', form: fields }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const given = form.ok ? form.value : undefined
    const met = await whomMet(request, given?.episode ?? null)
    const problems = given ? outingProblems(given, now) : form.problems
    if (!given || problems.length > 0) {
      const state = { typed: form.typed, problems, id: idIn(form), episode: given?.episode ?? null }
      return reply.code(422).page(<NewOuting {...state} {...{ today }} personName={met?.name} />)
    }
    const of = { area, id: given.id, organisation: actor.organisation, member: actor.membership }
    const whom = { person: met?.person ?? null, withWhom: given['with-whom'], place: given.place, phone: given.phone }
    await saveOuting(db, { ...of, ...whom, ...timesOf(given), at: now })
    await request.act('outing.said', { person: met?.person, subject: given.id })
    request.flash('Saved. Say here that you are back.')
    return reply.redirect(`/outings/${given.id}`)
  })
  oneRoutes(app)
}

function oneRoutes(app: App): void {
  app.get('/outings/:outing', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const outing = await outingFor(request)
    const told = await listToldOf(request.db, request.area, outing.id)
    await request.read('outing.record', { person: outing.person ?? undefined, subject: outing.id })
    return reply.page(
      <OneOuting
        {...{ outing, told, mine: outing.member === request.actor.membership, now: request.now }}
        {...blank}
      />,
    )
  })
  const ends = [
    ['return', 'back', 'Good. Nobody else is told.'],
    ['cancellation', 'called-off', 'Called off. Nobody is told.'],
  ] as const
  for (const [address, kind, words] of ends) {
    app.post(`/outings/:outing/${address}`, { who, verb: 'edit' }, async (request, reply) => {
      const { db, area, actor, now: at } = request
      const { id: outing, person, ended } = await outingFor(request)
      if (ended === null) await saveWord(db, { area, id: outing, by: actor.membership, at }, { kind })
      await request.act(`outing.${kind}`, { person: person ?? undefined, subject: outing })
      request.flash(words)
      return reply.redirect(`/outings/${outing}`)
    })
  }
  const form = { back: time('Enter by when they are back', 'Enter a time like 12:30') }
  app.post('/outings/:outing/extension', { who, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const outing = await outingFor(request)
    if (!request.form.ok) {
      const told = await listToldOf(db, area, outing.id)
      return reply
        .code(422)
        .page(<OneOuting {...{ outing, told, mine: outing.member === actor.membership, now }} {...request.form} />)
    }
    const backBy = laterTime(request.form.value.back, now)
    if (outing.ended === null)
      await saveWord(db, { area, id: outing.id, by: actor.membership, at: now }, { kind: 'later', backBy })
    await request.act('outing.later', { person: outing.person ?? undefined, subject: outing.id })
    request.flash('The time is changed.')
    return reply.redirect(`/outings/${outing.id}`)
  })
  app.post('/outings/:outing/taking', { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now: at, today: lookOn } = request
    const outing = await outingFor(request)
    if (outing.ended === null) await takeAlert(db, { area, id: outing.id, by: actor.membership, at, lookOn })
    await request.act('outing.taken', { person: outing.person ?? undefined, subject: outing.id })
    request.flash('You look after this. After an hour whoever is on duty is told again.')
    return reply.redirect(`/outings/${outing.id}`)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function outingFor({ db, actor, params }: Asking & { params: Readonly<{ outing: string }> }) {
  const found = await findOuting(db, actor, params.outing)
  if (!found) throw new NotFound()
  return found
}

/** The person who is met, where the page was opened from their record. */
async function whomMet({ db, actor }: Asking, episode: string | null) {
  if (episode === null) return undefined
  const found = await findEpisode(db, actor, episode, 'edit')
  if (!found) throw new NotFound()
  return { person: found.person, name: calledName(found) }
}

const idIn = ({ typed }: FormState) => [typed['id']].flat().at(-1) ?? newId()
