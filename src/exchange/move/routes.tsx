import type { Actor } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays } from '#platform/dates.ts'
import { choice, id, mustTick, optionalText, text, tick } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { needInWords } from '#registers/access-needs/rules.ts'
import { findSettings, listEveryArea } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findCouncil, findHolidays } from '#registers/places/store.ts'
import { mayTake } from '#journey/episode/rules.ts'
import { mayReadBrought } from '#journey/brought-along/rules.ts'
import { toDecideOn } from '#journey/handing-over/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { listOffered } from '#registers/questionnaires/store.ts'
import { findContents, isAnswerAwaited } from '#exchange/move/contents/store.ts'
import { type Package, packageShape, takeMoved } from './import.ts'
import { ArrivalPage, Arrivals, NewMove, PackagePage } from './pages.tsx'
import { type Answer, answerProblems, answers, concernsToTake, saysWho, takenInWords } from './rules.ts'
import * as store from './store.ts'

const givers = ['coach', 'senior-coach', 'service-manager'] as const
const takers = ['administrator', 'senior-coach', 'service-manager'] as const

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** Somebody moves to another area with their record, once it has accepted them. */
export async function moveRoutes(app: App): Promise<void> {
  giveRoutes(app)
  packageRoutes(app)
  arrivalRoutes(app)
}

const offering = {
  id: id('Open this page again from the record'),
  toArea: text('Select the area they move to', 40),
  why: text('Say why they move, and what the other area should know', 1000),
  withConcerns: tick(),
  agreed: mustTick('Tell them first, and hand over only if they agree'),
}

function giveRoutes(app: App): void {
  const rule = { who: givers, verb: 'edit' } as const
  const path = '/episodes/:episode/move'
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { db, area, params } = request
    const waiting = await store.findWaiting(db, area, params.episode)
    const { shown } = await around(app.databases, request, params.episode)
    await request.read('move.form', { person: shown.person.id, subject: params.episode })
    if (waiting) return reply.redirect(`/moves/${waiting.id}`)
    return reply.page(<NewMove {...{ ...shown, ...blank }} id={newId()} />)
  })
  app.post(path, { ...rule, form: offering }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    const { shown, episode } = await around(app.databases, request, params.episode)
    const wrong = ({ typed, problems }: FormState) =>
      reply.code(422).page(<NewMove {...{ ...shown, typed, problems }} id={idIn(typed)} />)
    if (!form.ok) return wrong(form)
    const { id: offer, toArea, why, withConcerns } = form.value
    if (!(toArea in shown.areas))
      return wrong({ typed: form.typed, problems: [{ field: 'toArea', message: 'Select the area from the list' }] })
    const person = await findPerson(db, actor, episode.person)
    if (person?.restricted) return wrong({ typed: form.typed, problems: [hidden] })
    if (person && saysWho(why, person)) return wrong({ typed: form.typed, problems: [named] })
    const contents = await findContents(request, episode, withConcerns)
    const given = { area, id: offer, episode: params.episode, to_area: toArea, why, with_concerns: withConcerns }
    const waits = await store.findWaiting(db, area, params.episode)
    if (
      !waits &&
      (await store.savePackage(db, { ...given, by: actor.membership, at: now, content: JSON.stringify(contents) }))
    )
      await addJob(db, 'move.deliver', { area, id: offer })
    const codes = { to: toArea, concerns: withConcerns }
    await request.act('move.offered', { person: episode.person, subject: offer, codes, vouchesFor: why })
    return reply.redirect(`/moves/${waits?.id ?? offer}`, 303)
  })
}

// What hides a record is of one area: a package would stand open to everybody who works in the other.
const hidden = {
  field: 'toArea',
  message:
    'This record is restricted, and would not be hidden there. Arrange the move with the other area by telephone',
}

const named = { field: 'why', message: 'Leave the name out: the other area reads this before it accepts' }

function packageRoutes(app: App): void {
  const path = '/moves/:package'
  app.get(path, { who: givers, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, now, params } = request
    const given = await store.findPackage(db, actor, params.package)
    const person = given && (await findPerson(db, actor, given.person))
    if (!given || !person) throw new NotFound()
    await request.read('move.page', { person: given.person, subject: given.id })
    const areas = await otherAreas(app.databases, request)
    const name = calledName(person)
    const contents = readFor(given.content, request, given.by)
    const council = await councilOf(request.db, contents.person)
    return reply.page(
      <PackagePage {...{ given, name, now, contents, council }} area={areas[given.toArea]?.label ?? given.toArea} />,
    )
  })
  app.post('/moves/:package/withdrawal', { who: givers, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const given = await store.findPackage(db, actor, params.package)
    if (!given) throw new NotFound()
    const back = { area, id: given.id, answer: 'taken-back', words: null, answered_by: area, answered_at: now }
    if (await store.answerPackage(db, back)) await addJob(db, 'move.take-back', { area, id: given.id })
    await request.act('move.taken-back', { person: given.person, subject: given.id })
    return reply.redirect(`/moves/${given.id}`, 303)
  })
}

const answering = { answer: choice(answers, 'Select whether you take them'), words: optionalText(1000) }

function arrivalRoutes(app: App): void {
  app.get('/arrivals', { who: takers, verb: 'list' }, async (request, reply) => {
    const arrivals = (await receives(request)) ? await store.listArrivals(request.db, request.area) : []
    return reply.page(<Arrivals arrivals={arrivals} now={request.now} />)
  })
  const path = '/arrivals/:arrival'
  const rule = { who: takers, verb: 'edit' } as const
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { shown, arrival } = await found(request, request.params.arrival)
    await request.read('move.arrival', { person: arrival.person ?? undefined, subject: arrival.id })
    return reply.page(<ArrivalPage {...{ ...shown, ...blank }} />)
  })
  app.post(path, { ...rule, form: answering }, async (request, reply) => {
    const { db, area, form } = request
    const { shown, arrival } = await found(request, request.params.arrival)
    const problems = form.ok ? answerProblems(form.value.answer, form.value.words) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<ArrivalPage {...{ ...shown, problems }} typed={form.typed} />)
    const { answer, words } = form.value
    if (!(await store.isWaitingHeldStill(db, area, arrival.id))) {
      await request.act('move.answered-again', { subject: arrival.id })
      return reply.redirect(`/arrivals/${arrival.id}`, 303)
    }
    const person = await answerWith(request, arrival, { answer, words })
    await request.act(`move.${answer}`, { ...(person ? { person } : {}), subject: arrival.id })
    request.flash(answer === 'accepted' ? takenInWords(shown.concerns) : 'Your answer goes back.')
    return reply.redirect(person ? `/people/${person}` : '/arrivals', 303)
  })
}

type Arrived = NonNullable<Awaited<ReturnType<typeof store.findArrival>>>

/** Takes or declines what was offered, and has the answer go back; gives the person where they were taken. */
async function answerWith(
  request: Asking,
  arrival: Arrived,
  given: Readonly<{ answer: Answer; words: string | null }>,
) {
  const { db, area, actor, now, today } = request
  const [settings, holidays] = await Promise.all([findSettings(db, area, today), findHolidays(db)])
  const within = (days: number) => addWorkingDays(today, days, holidays)
  const [firstTryBy, firstAppointmentBy] = [
    within(settings.firstTryWorkingDays),
    within(settings.firstAppointmentWorkingDays),
  ]
  const by = actor.membership
  const taking = {
    area,
    holder: actor.organisation,
    by,
    now,
    firstTryBy,
    firstAppointmentBy,
    contactOn: firstTryBy,
    asked: await listOffered(db, area, today),
  }
  const taken = given.answer === 'accepted'
  const person = taken
    ? await takeMoved(db, { ...taking, fromName: arrival.fromName, content: read(arrival.content) })
    : null
  await store.answerArrival(db, { area, id: arrival.id, ...given, by, answered_at: now, person })
  await addJob(db, 'move.answer', { area, id: arrival.id })
  return person
}

/** Whether whoever asks belongs to those who receive what comes to the area; for everybody else there is nothing. */
async function receives({ db, area, actor, today }: Asking): Promise<boolean> {
  const { receivingOrganisation } = await findSettings(db, area, today)
  return receivingOrganisation === actor.organisation
}

async function found(request: Asking, wanted: string) {
  if (!(await receives(request))) throw new NotFound()
  const { db, area, actor, today, now } = request
  const arrival = await store.findArrival(db, area, wanted)
  if (!arrival) throw new NotFound()
  const whole = arrival.content === null ? undefined : readFor(arrival.content, request)
  const isOpen = arrival.person !== null && (await findPerson(db, actor, arrival.person)) !== undefined
  const concerns = whole?.concerns.length ?? 0
  const council = await councilOf(db, whole?.person)
  const needed = whole && {
    ...{ ...whole.person, council, needs: whole.person.accessNeeds.map(needInWords) },
    ...{ stage: whole.stage, goals: whole.goals.length },
  }
  const deciding = needed ? [...toDecideOn(needed, today), concernsToTake(concerns)] : []
  return { arrival, shown: { arrival, deciding, concerns, now, contents: isOpen ? whole : undefined, council } }
}

const councilOf = async (db: Db, person: Readonly<{ council: string | null }> | undefined) =>
  (person?.council && (await findCouncil(db, person.council))?.name) || null

const read = (content: unknown): Package => packageShape.parse(content)

/** A package as this reader may read it; whoever offered it has read all of it. */
function readFor(content: unknown, { actor }: Pick<Asking, 'actor'>, by: string | null = null): Package {
  const whole = read(content)
  const isTheirs = by === actor.membership
  return { ...whole, story: whole.story.filter(({ confined }) => isTheirs || mayReadBrought(confined, actor)) }
}

async function around(databases: Databases, request: Asking, wanted: string) {
  const { db, actor } = request
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode || !mayTake('ended', episode.stage)) throw new NotFound()
  const [areas, contents] = await Promise.all([otherAreas(databases, request), findContents(request, episode, false)])
  const person = { id: episode.person, name: calledName(episode) }
  const council = await councilOf(db, contents.person)
  const wrote = await isAnswerAwaited(db, request.area, episode.person)
  return { episode, shown: { episode: wanted, person, areas, contents, council, wrote } }
}

async function otherAreas(databases: Databases, { db, actor }: Asking) {
  const all = await listEveryArea(databases.everywhereFrom(db, actor.area))
  const others = all.filter(({ area, until_on }) => area !== actor.area && until_on === null)
  return Object.fromEntries<{ label: string }>(others.map(({ area, name }) => [area, { label: name }]))
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
