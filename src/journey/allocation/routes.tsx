import { z } from 'zod'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { check, choice, id, optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import type { Happening } from '#platform/journal/journal.ts'
import { newId } from '#platform/ids.ts'
import { routes } from '#registers/organisations/rules.ts'
import { tellOfChange } from '#journey/changeover/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { type Caseload, type CaseloadEffect, effectOn, weighedBy, type Weights, weightOn } from '#journey/room/rules.ts'
import { listCaseloads } from '#journey/room/store.ts'
import { AllocationEffect } from './pages/effect.tsx'
import { QueuePage } from './pages/queue.tsx'
import {
  allocationProblems,
  allocationReasons,
  keyOf,
  needs,
  orders,
  reasonProblems,
  takenInWords,
  type Waiting,
} from './rules.ts'
import {
  type Allocation,
  findLastAllocator,
  hasAllocated,
  listChosen,
  listChosenHeldStill,
  listWaiting,
  saveAllocation,
  type Unweighed,
} from './store.ts'

const allocators = ['senior-coach', 'administrator', 'service-manager'] as const

const pageLength = 50

const narrowing = {
  /** Whose people; nobody's yet where it is empty. */
  coach: optionalId(),
  route: optionalChoice(routes),
  need: optionalChoice(needs),
  order: optionalChoice(orders),
  after: optionalId(),
  /** Somebody who was chosen on another list. */
  chosen: optionalId(),
}
type Narrowing = { [Name in keyof typeof narrowing]: (typeof narrowing)[Name]['_output'] }

// The list on which people were chosen goes along with them; there `coach` is who gets them.
const chosenOn = { ...narrowing, of: optionalId() }

/** The list on which people were chosen; everybody's where it came from another page. */
function listIn(typed: Typed): Narrowing {
  const { chosen: _, ...fields } = typed
  const read = check(chosenOn, fields)
  if (!read.ok) return everybody
  const { of, ...list } = read.value
  return { ...list, coach: of }
}

// Each chosen person with the coach whom the page showed, several in one hidden field with spaces between.
const chosenShape = z.preprocess(
  listed,
  z
    .array(z.string().regex(/^[0-9a-f-]{36}\.(nobody|[0-9a-f-]{36})$/, 'Choose from the list'))
    .min(1, 'Choose at least one person')
    .max(200, 'Choose fewer people at a time'),
)
function listed(given: unknown): string[] {
  const all = (Array.isArray(given) ? given : [given]).filter((one) => typeof one === 'string')
  return all.flatMap((one) => one.split(' ')).filter((one) => one !== '')
}

const proposed = { chosen: chosenShape, coach: id('Choose a coach') }
const allocated = { ...proposed, id: id(), reason: choice(allocationReasons, 'Select why'), note: optionalText(400) }

/** What everybody of each coach weighs on a day, and what these episodes do; whoever weighs them answers it. */
export type Weigh = (
  db: Db,
  of: Readonly<{ actor: Actor; episodes: readonly string[]; on: Temporal.PlainDate }>,
) => Promise<Weights>

/** Giving accepted people to coaches, with the effect shown before. */
export const allocationRoutes =
  (weigh: Weigh) =>
  async (app: App): Promise<void> => {
    const list = { who: allocators, verb: 'list' } as const
    app.get('/allocation', { ...list, reads: 'list', query: narrowing }, async (request, reply) => {
      const shown = await queue(request, request.query, weigh)
      await request.read('allocation.queue', { codes: { shown: shown.waiting.map(({ person }) => person) } })
      return reply.page(<QueuePage {...shown} {...blank} typed={shown.first ? { chosen: keyOf(shown.first) } : {}} />)
    })
    app.post('/allocation/proposal', { ...list, form: proposed }, async (request, reply) => {
      const { db, actor, form } = request
      const ticked = chosenIn(form.typed)
      const again = async (state: FormState) =>
        reply.code(422).page(<QueuePage {...await queue(request, listIn(form.typed), weigh, ticked)} {...state} />)
      if (!form.ok) return again(form)
      const found = await listChosen(db, actor, form.value.chosen.map(episodeIn))
      const { people, coaches } = await weighed(request, found, weigh)
      const coach = coaches.find((one) => one.coach === form.value.coach)
      if (!coach) throw new NotFound()
      const problems = allocationProblems(coach, people)
      if (problems.length > 0) return again({ ...form, problems })
      const shown = people.map(({ person }) => person)
      await request.read('allocation.effect', { codes: { coach: coach.coach, shown } })
      return reply.page(<AllocationEffect {...blank} {...{ coach, coaches }} id={newId()} chosen={people} />)
    })
    allocatingRoute(app, weigh)
  }

function allocatingRoute(app: App, weigh: Weigh): void {
  app.post('/allocation', { who: allocators, verb: 'edit', form: allocated }, async (request, reply) => {
    const { db, area, actor, now, form } = request
    const wanted = chosenIn(form.typed)
    const found = await listChosenHeldStill(db, actor, wanted.map(episodeIn))
    const { people, coaches } = await weighed(request, found, weigh)
    const coach = coaches.find((one) => one.coach === coachIn(form.typed))
    if (!coach) throw new NotFound()
    const around = { coach, coaches, typed: form.typed }
    const wrong = (problems: FormState['problems'], still = people) =>
      reply.code(422).page(<AllocationEffect {...{ ...around, problems }} id={newId()} chosen={still} />)
    if (!form.ok) return wrong(form.problems)
    if (await hasAllocated(db, area, form.value.id)) {
      await request.act('allocation.made-again', { subject: form.value.id })
      return reply.redirect('/allocation')
    }
    if (people.length < wanted.length) throw new NotFound()
    const asSeen = people.filter((one) => wanted.includes(keyOf(one)))
    if (asSeen.length < people.length) return wrong(await takenMeanwhile(db, area, people, asSeen), asSeen)
    const [load, points] = [effectOn(coach, people), weightOn(coach, people)]
    const { id: act, reason, note } = form.value
    const over = { people: load.over, points: points.over }
    const problems = [...allocationProblems(coach, people), ...reasonProblems(reason, note, over)]
    if (problems.length > 0) return wrong(problems)
    const made = { ...{ coach: coach.coach, reason, note }, caseload: load.after, cap: load.cap }
    await allocate(request, { ...made, area, id: act, by: actor.membership, at: now }, { people, points })
    await tellOfCoach({ db, area, now, origin: app.settings.origin, to: coach }, people)
    request.flash(people.length === 1 ? 'One person has a new coach.' : `${people.length} people have a new coach.`)
    return reply.redirect('/allocation')
  })
}

/** These people and every coach, with what they weigh. */
async function weighed({ db, actor, today }: Looking, found: readonly Unweighed[], weigh: Weigh) {
  const episodes = found.map(({ episode }) => episode)
  const [coaches, weights] = await Promise.all([
    listCaseloads(db, actor, today),
    weigh(db, { actor, episodes, on: today }),
  ])
  const by = weighedBy(weights)
  return { people: found.map(by.person), coaches: coaches.map(by.coach) }
}

const episodeIn = (key: string) => key.split('.')[0] ?? key

function chosenIn(typed: Typed): string[] {
  const read = chosenShape.safeParse(typed['chosen'])
  return read.success ? read.data : []
}

const coachIn = (typed: Typed) => [typed['coach']].flat().at(-1)

type Looking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

const everybody: Narrowing = { coach: null, route: null, need: null, order: null, after: null, chosen: null }

/** A page of the queue and what stands around it; whoever was ticked stays in sight. */
async function queue(looking: Looking, list: Narrowing, weigh: Weigh, ticked: readonly string[] = []) {
  const { db, actor, today } = looking
  const { coach, route, need, order, after, chosen } = list
  const wanted = { coach, route, need, order: order ?? 'clock', after, most: pageLength + 1, today } as const
  const found = await listWaiting(db, actor, wanted)
  const page = found.slice(0, pageLength)
  const gone = ticked.map(episodeIn).filter((one) => !page.some(({ episode }) => episode === one))
  const named = await listNamed(db, actor, chosen === null ? gone : [chosen])
  const others = page.filter(({ episode }) => !named.some((one) => one.episode === episode))
  const { people: waiting, coaches } = await weighed(looking, [...named, ...others], weigh)
  const first = named.length > 0 && chosen !== null ? waiting[0] : undefined
  const filter = { coach: coach ?? '', route: route ?? '', need: need ?? '', order: wanted.order }
  const address = (from: Readonly<Record<string, string>>) =>
    `/allocation?${new URLSearchParams({ ...filter, ...from }).toString()}`
  const last = found.length > pageLength ? found[pageLength - 1] : undefined
  return {
    ...{ waiting, coaches, filter, today, first, after: after ?? '' },
    older: last ? address({ after: last.episode }) : undefined,
    newer: after === null ? undefined : address({}),
  }
}

const listNamed = async (db: Db, actor: Actor, episodes: readonly string[]) =>
  episodes.length === 0 ? [] : listChosen(db, actor, episodes)

/** Who has the people now that somebody else was quicker with. */
async function takenMeanwhile(db: Db, area: string, people: readonly Waiting[], asSeen: readonly Waiting[]) {
  const gone = people.filter((one) => !asSeen.includes(one))
  const by = await Promise.all(gone.map(({ episode }) => findLastAllocator(db, area, episode)))
  return gone.map(({ name, coachName }, index) => ({
    field: 'chosen',
    message: takenInWords(name, { coachName, by: by[index] ?? null }),
  }))
}

type Acting = Readonly<{ db: Db; act(what: string, of: Omit<Happening, 'kind' | 'what'>): Promise<void> }>
type Given = Readonly<{ people: readonly Waiting[]; points: CaseloadEffect }>
async function allocate({ db, act }: Acting, allocation: Allocation, { people, points }: Given): Promise<void> {
  const { area, id: factRow, coach, reason, note, caseload, cap, by, at } = allocation
  await saveAllocation(db, allocation, people)
  for (const { episode, person } of people) {
    await recordStep(db, { area, episode, step: { kind: 'allocated', coach }, at, by, factRow })
    const codes = { coach, reason, caseload, cap, points: points.after, 'points-cap': points.cap }
    await act('allocation.made', { person, subject: factRow, codes, ...(note ? { vouchesFor: note } : {}) })
  }
}

type Telling = Readonly<{ db: Db; area: string; now: Temporal.Instant; origin: string }>

/** Whoever had another coach before is told who it is now; a first coach introduces themselves. */
async function tellOfCoach({ to, db, ...telling }: Telling & { to: Caseload }, people: readonly Waiting[]) {
  for (const { person, coach, coachName } of people)
    if (coach !== null && coach !== to.coach)
      await tellOfChange(db, { ...telling, person, kind: 'coach', from: coachName, to: to.name })
}
