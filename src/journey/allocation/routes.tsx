import { z } from 'zod'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import type { Happening } from '#platform/journal/journal.ts'
import { newId } from '#platform/ids.ts'
import { routes } from '#registers/organisations/rules.ts'
import { tellOfChange } from '#journey/changeover/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { AllocationEffect } from './pages/effect.tsx'
import { QueuePage } from './pages/queue.tsx'
import {
  allocationProblems,
  allocationReasons,
  type Caseload,
  effectOn,
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
  listCaseloads,
  listChosen,
  listChosenHeldStill,
  listWaiting,
  saveAllocation,
} from './store.ts'

const allocators = ['senior-coach', 'administrator', 'service-manager'] as const

const pageLength = 50

const narrowing = {
  coach: optionalId(),
  route: optionalChoice(routes),
  need: optionalChoice(needs),
  order: optionalChoice(orders),
  after: optionalId(),
  /** Somebody who was chosen on another list. */
  chosen: optionalId(),
}
type Narrowing = { [Name in keyof typeof narrowing]: (typeof narrowing)[Name]['_output'] }

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

/** Giving accepted people to coaches, with the effect shown before. */
export async function allocationRoutes(app: App): Promise<void> {
  const list = { who: allocators, verb: 'list' } as const
  app.get('/allocation', { ...list, reads: 'list', query: narrowing }, async (request, reply) => {
    const shown = await queue(request, request.query)
    await request.read('allocation.queue', { codes: { shown: shown.waiting.map(({ person }) => person) } })
    return reply.page(<QueuePage {...shown} {...blank} typed={shown.first ? { chosen: keyOf(shown.first) } : {}} />)
  })
  app.post('/allocation/proposal', { ...list, form: proposed }, async (request, reply) => {
    const { db, actor, today, form } = request
    const again = async (state: FormState) =>
      reply.code(422).page(<QueuePage {...await queue(request, everybody)} {...state} />)
    if (!form.ok) return again(form)
    const coach = (await listCaseloads(db, actor, today)).find((one) => one.coach === form.value.coach)
    if (!coach) throw new NotFound()
    const people = await listChosen(db, actor, form.value.chosen.map(episodeIn))
    const problems = allocationProblems(coach, people)
    if (problems.length > 0) return again({ ...form, problems })
    const shown = people.map(({ person }) => person)
    await request.read('allocation.effect', { codes: { coach: coach.coach, shown } })
    return reply.page(<AllocationEffect {...blank} id={newId()} coach={coach} chosen={people} />)
  })
  app.post('/allocation', { who: allocators, verb: 'edit', form: allocated }, async (request, reply) => {
    const { db, area, actor, today, now, form } = request
    const wanted = chosenIn(form.typed)
    const people = await listChosenHeldStill(db, actor, wanted.map(episodeIn))
    const coach = (await listCaseloads(db, actor, today)).find((one) => one.coach === coachIn(form.typed))
    if (!coach) throw new NotFound()
    const wrong = (problems: FormState['problems'], still = people) =>
      reply.code(422).page(<AllocationEffect {...{ coach, problems }} id={newId()} typed={form.typed} chosen={still} />)
    if (!form.ok) return wrong(form.problems)
    if (await hasAllocated(db, area, form.value.id)) {
      await request.act('allocation.made-again', { subject: form.value.id })
      return reply.redirect('/allocation')
    }
    if (people.length < wanted.length) throw new NotFound()
    const asSeen = people.filter((one) => wanted.includes(keyOf(one)))
    if (asSeen.length < people.length) return wrong(await takenMeanwhile(db, area, people, asSeen), asSeen)
    const effect = effectOn(coach, people)
    const { id: act, reason, note } = form.value
    const problems = [...allocationProblems(coach, people), ...reasonProblems(reason, note, effect)]
    if (problems.length > 0) return wrong(problems)
    const made = { ...{ coach: coach.coach, reason, note }, caseload: effect.after, cap: effect.cap }
    await allocate(request, { ...made, area, id: act, by: actor.membership, at: now }, people)
    await tellOfCoach({ db, area, now, origin: app.settings.origin, to: coach }, people)
    request.flash(people.length === 1 ? 'One person has a new coach.' : `${people.length} people have a new coach.`)
    return reply.redirect('/allocation')
  })
}

const episodeIn = (key: string) => key.split('.')[0] ?? key

function chosenIn(typed: Typed): string[] {
  const read = chosenShape.safeParse(typed['chosen'])
  return read.success ? read.data : []
}

const coachIn = (typed: Typed) => [typed['coach']].flat().at(-1)

type Looking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

const everybody: Narrowing = { coach: null, route: null, need: null, order: null, after: null, chosen: null }

/** A page of the queue and what stands around it. */
async function queue({ db, actor, today }: Looking, { coach, route, need, order, after, chosen }: Narrowing) {
  const wanted = { coach, route, need, order: order ?? 'clock', after, most: pageLength + 1, today } as const
  const [found, coaches, [first]] = await Promise.all([
    listWaiting(db, actor, wanted),
    listCaseloads(db, actor, today),
    chosen === null ? [] : listChosen(db, actor, [chosen]),
  ])
  const others = found.slice(0, pageLength).filter(({ episode }) => episode !== first?.episode)
  const waiting = first ? [first, ...others] : others
  const filter = { coach: coach ?? '', route: route ?? '', need: need ?? '', order: wanted.order }
  const address = (from: Readonly<Record<string, string>>) =>
    `/allocation?${new URLSearchParams({ ...filter, ...from }).toString()}`
  const last = found.length > pageLength ? found[pageLength - 1] : undefined
  return {
    ...{ waiting, coaches, filter, today, first },
    older: last ? address({ after: last.episode }) : undefined,
    newer: after === null ? undefined : address({}),
  }
}

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
async function allocate({ db, act }: Acting, allocation: Allocation, people: readonly Waiting[]): Promise<void> {
  const { area, id: factRow, coach, reason, note, caseload, cap, by, at } = allocation
  await saveAllocation(db, allocation, people)
  for (const { episode, person } of people) {
    await recordStep(db, { area, episode, step: { kind: 'allocated', coach }, at, by, factRow })
    const codes = { coach, reason, caseload, cap }
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
