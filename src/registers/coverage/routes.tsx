import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalDay, optionalText, text, version } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { changeCover, findArea, listCovers, saveCover } from '#registers/areas/store.ts'
import { listOffices } from '#registers/jobcentres/store.ts'
import type { Coverage } from '#registers/places/rules.ts'
import { readBoundaries } from '#registers/places/store.ts'
import { AddCover, ChangeCover } from './pages/forms.tsx'
import { CoveragePage } from './pages/list.tsx'
import { type Choices, codeOf, type CoverEffect, coverKinds, coverProblem } from './rules.ts'
import { listCoverChanges } from './store.ts'

type Comparing = Readonly<{ before: Coverage; after: Coverage; today: Temporal.PlainDate }>

/** What a later stage answers: whom other places would change something for. */
export type CoverageQuestions = Readonly<{
  effect(db: Db, actor: Actor, comparing: Comparing): Promise<CoverEffect>
}>

const setters = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const

const dates = {
  from: day('Enter the first day'),
  until: optionalDay(),
  reason: text('Say why, for those who read the history', 400),
}
const added = {
  ...dates,
  id: id(),
  kind: choice(coverKinds, 'Select what is covered'),
  board: optionalText(40),
  council: optionalText(40),
  jobcentre: optionalText(40),
  outward: optionalText(10),
}
const changed = { ...dates, version: version() }

/** The places an area covers, from a day and until another, and what was said about them before. */
export function coverageRoutes({ effect }: CoverageQuestions) {
  return async (app: App): Promise<void> => {
    app.get('/area/coverage', { who: [...setters, ...careRoles] }, async ({ db, area, today, actor }, reply) => {
      const around = await surroundings(db, area)
      const shown = { ...around, today, decides: isFor(setters, actor.role) }
      return reply.page(<CoveragePage {...shown} changes={await listCoverChanges(db, area)} />)
    })
    addingRoutes(app, effect)
    changingRoutes(app, effect)
  }
}

type Effect = CoverageQuestions['effect']

function addingRoutes(app: App, effect: Effect): void {
  app.get('/area/coverage/new', { who: setters }, async ({ db, area, today }, reply) => {
    const [around, found] = await Promise.all([surroundings(db, area), findArea(db, area)])
    const from = around.covers.length === 0 ? (found?.from_on ?? today) : today
    return reply.page(<AddCover {...blank} {...around} id={newId()} from={from} />)
  })
  const adding = { who: setters, form: added } as const
  app.post('/area/coverage/proposal', { ...adding, verb: 'list' }, async (request, reply) => {
    const { db, area, today, actor, form } = request
    const around = await surroundings(db, area)
    const again = (state: FormState, found?: CoverEffect) => (
      <AddCover {...state} {...around} id={idIn(state)} from={today} shown={found} />
    )
    if (!form.ok) return reply.code(422).page(again(form))
    const read = readCover(form.value, around)
    if (!('cover' in read)) return reply.code(422).page(again({ ...form, problems: [read.problem] }))
    const after = [...around.covers, read.cover]
    const found = await effect(db, actor, { ...comparing(area, around.covers, after), today })
    await request.read('coverage.effect', { codes: { shown: found.people.map(({ referral }) => referral) } })
    return reply.page(again(form, found))
  })
  app.post('/area/coverage', adding, async (request, reply) => {
    const { db, area, today, actor, form, now: at } = request
    const around = await surroundings(db, area)
    const again = (state: FormState) => <AddCover {...state} {...around} id={idIn(state)} from={today} />
    if (!form.ok) return reply.code(422).page(again(form))
    const read = readCover(form.value, around)
    const sentTwice = around.covers.some((cover) => cover.id === form.value.id)
    if (sentTwice) {
      await request.act('coverage.added-before', { subject: form.value.id })
      return reply.redirect('/area/coverage')
    }
    if (!('cover' in read)) return reply.code(422).page(again({ ...form, problems: [read.problem] }))
    const said = { area, change: newId(), reason: form.value.reason, by: actor.membership, at }
    await saveCover(db, { ...read.cover, ...said })
    const codes = { kind: read.cover.kind, place: read.cover.code, from: read.cover.fromOn.toString() }
    await request.act('coverage.added', { subject: read.cover.id, codes, vouchesFor: form.value.reason })
    request.flash('Saved. From its first day the area takes the people of this place.')
    return reply.redirect('/area/coverage')
  })
}

function changingRoutes(app: App, effect: Effect): void {
  app.get('/area/coverage/:cover', { who: setters }, async ({ db, area, params }, reply) => {
    const { cover, around } = await coverFor(db, area, params.cover)
    return reply.page(<ChangeCover {...blank} {...around} cover={cover} />)
  })
  const changing = { who: setters, form: changed } as const
  const proposing = { who: setters, form: dates, verb: 'list' } as const
  app.post('/area/coverage/:cover/proposal', proposing, async (request, reply) => {
    const { db, area, today, actor, form } = request
    const { cover, around, others } = await coverFor(db, area, request.params.cover)
    if (!form.ok) return reply.code(422).page(<ChangeCover {...form} {...around} cover={cover} />)
    const next = { ...cover, fromOn: form.value.from, untilOn: form.value.until }
    const problem = coverProblem(next, others, around.map)
    if (problem) return reply.code(422).page(<ChangeCover {...form} problems={[problem]} {...around} cover={cover} />)
    const found = await effect(db, actor, { ...comparing(area, around.covers, [...others, next]), today })
    await request.read('coverage.effect', { codes: { shown: found.people.map(({ referral }) => referral) } })
    return reply.page(<ChangeCover {...form} {...around} cover={cover} shown={found} />)
  })
  app.post('/area/coverage/:cover', changing, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { cover, around, others } = await coverFor(db, area, request.params.cover)
    if (!form.ok) return reply.code(422).page(<ChangeCover {...form} {...around} cover={cover} />)
    const { from: fromOn, until: untilOn, reason, version: seen } = form.value
    const problem = coverProblem({ ...cover, fromOn, untilOn }, others, around.map)
    if (problem) return reply.code(422).page(<ChangeCover {...form} problems={[problem]} {...around} cover={cover} />)
    const said = { area, change: newId(), reason, by: actor.membership, at }
    if (!(await changeCover(db, { ...said, id: cover.id, version: seen, fromOn, untilOn }))) {
      const now = await coverFor(db, area, cover.id)
      return reply.code(409).page(<ChangeCover {...form} {...now.around} cover={now.cover} />)
    }
    const codes = { from: fromOn.toString(), until: untilOn?.toString() ?? null }
    await request.act('coverage.changed', { subject: cover.id, codes, vouchesFor: reason })
    request.flash('Saved. What was said before stays in the history.')
    return reply.redirect('/area/coverage')
  })
}

async function surroundings(db: Db, area: string) {
  const [covers, map, offices] = await Promise.all([listCovers(db, area), readBoundaries(db), listOffices(db, area)])
  const boards = Map.groupBy(map.boards, ({ code }) => code)
  const choices: Choices = {
    board: named([...boards.values()].flatMap((codes) => codes.slice(-1)).map((one) => [one.code, one.shortName])),
    council: named(map.councils.map((one) => [one.code, one.name])),
    jobcentre: named(offices.map((one) => [one.code, one.name])),
  }
  return { covers, map, choices }
}

type Around = Awaited<ReturnType<typeof surroundings>>

function named(pairs: readonly (readonly [string, string])[]) {
  const sorted = pairs.toSorted(([, one], [, other]) => one.localeCompare(other, 'en-GB'))
  return Object.fromEntries(sorted.map(([code, label]) => [code, { label }]))
}

async function coverFor(db: Db, area: string, cover: string) {
  const around = await surroundings(db, area)
  const found = around.covers.find(({ id: known }) => known === cover)
  if (!found) throw new NotFound()
  return { cover: found, around, others: around.covers.filter((one) => one !== found) }
}

type Added = { [Name in keyof typeof added]: (typeof added)[Name]['_output'] }

function readCover(given: Added, { covers, choices, map }: Around) {
  const { kind, from: fromOn, until: untilOn, id: cover } = given
  const code = codeOf(kind, given, choices)
  const problem = coverProblem({ kind, code, fromOn, untilOn }, covers, map)
  if (problem !== undefined || code === undefined) return { problem: problem ?? chooseAgain }
  return { cover: { id: cover, kind, code, fromOn, untilOn } }
}

const chooseAgain: Problem = { field: 'kind', message: 'Select what is covered' }

const comparing = (area: string, before: Coverage['covers'], after: Coverage['covers']) => ({
  before: { area, name: area, covers: before },
  after: { area, name: area, covers: after },
})

const idIn = ({ typed }: FormState) => [typed['id']].flat().at(-1) ?? newId()
