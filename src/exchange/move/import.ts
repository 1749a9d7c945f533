import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { takeAnswers } from '#registers/questionnaires/import.ts'
import type { Instrument } from '#registers/instruments/rules.ts'
import { takePeople } from '#registers/people/import.ts'
import { givers, meansKinds } from '#registers/people/rules.ts'
import { takeActionResults, takeActions } from '#journey/action/import.ts'
import { owners, results } from '#journey/action/rules.ts'
import { takeAssessments } from '#journey/assessment/import.ts'
import { barriers } from '#journey/assessment/rules.ts'
import { takeEpisodes } from '#journey/episode/import.ts'
import { readStep } from '#journey/episode/store.ts'
import { takeGoals } from '#journey/goal/import.ts'
import { takePlans } from '#journey/plan/import.ts'
import { takeBrought } from '#journey/brought-along/import.ts'
import { takeConcerns } from '#journey/safety/import.ts'
import { actBy, concernKinds } from '#journey/safety/rules.ts'
import { kinds } from '#journey/timeline/rules.ts'
import { keptHere, takenOver } from './rules.ts'

const text = z.string().max(20_000)
const maybe = text.nullable()
const codeOf = <Code extends string>(list: Readonly<Record<Code, unknown>>) =>
  // Checked: the keys of a code list are its codes.
  z.enum(Object.keys(list) as [Code, ...Code[]])
const moment = z.iso.datetime({ offset: true }).or(z.iso.datetime())
const day = z.iso.date()

// Which entry of the story tells of a fact that comes along; one that was written before names none.
const key = maybe.default(null)

const personShape = z.object({
  ...{ givenName: text, familyName: text, preferredName: maybe, pronouns: maybe, bornOn: day, nhsNumber: maybe },
  ...{ address: maybe, postcode: maybe, language: maybe, interpreter: maybe, accessNeeds: z.array(text) },
  ...{ accessNote: maybe, safeNote: maybe, bestTime: maybe },
  // One that was written before these went along says nothing of them.
  ...{ noFixedAddress: z.boolean().default(false), council: maybe.default(null), jobcentre: maybe.default(null) },
  ...{ gpPractice: maybe.default(null), gpPracticeCode: maybe.default(null) },
  means: z.array(
    z.object({
      kind: codeOf(meansKinds),
      value: text,
      wanted: z.boolean(),
      safe: z.boolean(),
      voicemailSafe: z.boolean(),
      // One that was written before these went along opens nothing: nobody there has said that it is theirs.
      ...{ preferred: z.boolean().default(false), theirs: z.boolean().default(false) },
      givenBy: codeOf(givers).default('other'),
    }),
  ),
})
const barrierShape = z.object({ code: codeOf(barriers), severity: z.number().nullable() })
const actionShape = z.object({
  ...{ what: text, owner: codeOf(owners), dueOn: day },
  result: codeOf(results).nullable(),
  key,
})
const goalShape = z.object({ words: text, actions: z.array(actionShape) })
const concernShape = z.object({
  ...{ kind: codeOf(concernKinds), seen: text, aboutOthers: z.boolean(), actBy: codeOf(actBy), at: moment },
})
const answerShape = z.object({
  ...{ instrument: text, version: z.number().int(), items: z.record(z.string(), text) },
  ...{ score: z.number().nullable(), at: moment, by: z.enum(['self', 'staff']) },
  // One that was written before licensed questionnaires went along names no wording.
  ...{ canonical: maybe.default(null), typedIn: z.boolean().default(false), key },
})
// One that was written before its story came onto the record says neither of what kind an entry is nor of which fact.
const told = z
  .object({
    ...{ key: maybe.default(null), at: moment, dayOnly: z.boolean().default(false), kind: codeOf(kinds).optional() },
    ...{ what: text, text: z.array(text), mark: maybe.default(null), by: maybe, from: maybe.default(null) },
    confined: z.boolean().optional(),
  })
  .transform(({ kind, confined, ...line }) => {
    const usual = line.what.startsWith('Safety concern') ? 'safety' : 'support'
    return { ...line, kind: kind ?? usual, confined: confined ?? (kind === undefined && usual === 'safety') }
  })

/** A package as another area sends it, checked before anything of it is taken. */
export const packageShape = z.object({
  version: z.literal(1),
  // The name of the area they come from, as that area itself is called: the other area may know only its code.
  fromArea: maybe.default(null),
  person: personShape,
  stage: text,
  steps: z.array(z.object({ at: moment, facts: z.record(z.string(), z.unknown()), key })).min(1),
  assessed: z.object({ at: moment, employment: maybe, barriers: z.array(barrierShape), key }).nullable(),
  plan: z.object({ type: codeOf(planTypes), reviewOn: day, targetOn: day.nullable() }).nullable(),
  goals: z.array(goalShape),
  answers: z.array(answerShape).default([]),
  measures: z.array(z.object({ instrument: text, score: z.number().nullable(), at: moment })),
  // One that was written before open concerns, or what services were asked, went along has none.
  concerns: z.array(concernShape).default([]),
  asked: z.array(z.object({ service: text, sentAt: moment })).default([]),
  story: z.array(told),
})

export type Package = z.output<typeof packageShape>

type Taking = Readonly<{ area: string; content: Package; holder: string; by: string; now: Temporal.Instant }> &
  Readonly<{ /** The area they come from, by its name. */ fromName: string }> &
  Readonly<{ firstTryBy: Temporal.PlainDate; firstAppointmentBy: Temporal.PlainDate; contactOn: Temporal.PlainDate }> &
  Readonly<{
    /** The questionnaires that this area asks, its own under a licence as well. */ asked: readonly Instrument[]
  }>

const at = (given: string) => Temporal.Instant.from(given)

/** Makes the person and their episode in the area that accepted them, with everything that came; gives the person. */
export async function takeMoved(db: Db, taking: Taking): Promise<string> {
  const { area, content, holder, by, now } = taking
  const [person, episode] = [newId(), newId()]
  const { bornOn, ...newcomer } = content.person
  await takePeople(db, { area, batch: null, synthetic: false }, [
    { id: person, newcomer: { ...newcomer, bornOn: Temporal.PlainDate.from(bornOn) }, holder, registeredAt: now },
  ])
  const story = content.story.map((line) => ({ ...line, id: newId() }))
  const steps = content.steps.map((step) => {
    const factRow = toldBy(story, step)
    return { at: at(step.at), step: readStep(hereIn(step.facts, taking)), by: null, ...(factRow ? { factRow } : {}) }
  })
  const due = { kind: 'due', what: 'contact', on: taking.contactOn } as const
  const history = [...steps, { at: now, step: due, by }].map((step) => ({ ...step, recordedAt: now }))
  await takeEpisodes(db, { area, batch: null }, [{ id: episode, person, imported: true, steps: history }])
  const whose = { ...taking, person, episode, story }
  await takeBrought(
    db,
    { area, person, episode },
    story.map(({ key: _, ...line }) => ({
      ...line,
      at: at(line.at),
      from: line.from ?? content.fromArea ?? taking.fromName,
    })),
  )
  await takeFacts(db, whose)
  await takeGivenAnswers(db, whose)
  await takeOpenConcerns(db, whose)
  return person
}

type Whose = Taking & Readonly<{ person: string; episode: string; story: readonly Line[] }>
type Fact = Readonly<{ key: string | null; at?: string }>
type Line = Fact & Readonly<{ id: string }>

/**
 * The entry of the story that tells of a fact: the fact takes its id, and is not told a second time by itself. In a
 * package that names none it is the one of the same moment.
 */
function toldBy(story: readonly Line[], fact: Fact): string | undefined {
  return story.find(({ key, at: told }) => (fact.key === null ? key === null && told === fact.at : key === fact.key))
    ?.id
}

/** What gave concern there and is open is open here too, and whoever leads on duty is told at once. */
async function takeOpenConcerns(db: Db, { area, content, person, episode, holder, by, now }: Whose): Promise<void> {
  const nextOn = dayOf(now)
  const concerns = content.concerns.map(({ at: since, ...concern }) => {
    const look = { done: takenOver, told: null, nextOn, closedAs: null, at: now }
    const whose = { person, episode, organisation: holder, rings: true }
    return { ...concern, ...whose, id: newId(), by, at: at(since), looks: [{ ...look, id: newId() }] }
  })
  await takeConcerns(db, { area, now }, concerns)
}

// Who provides and by when a first try is made are of this area; everything else is as it was.
function hereIn(facts: Readonly<Record<string, unknown>>, { holder, firstTryBy, firstAppointmentBy }: Taking) {
  if (facts['kind'] !== 'received') return facts
  return { ...facts, provider: holder, firstTryBy: `${firstTryBy}`, firstAppointmentBy: `${firstAppointmentBy}` }
}

async function takeGivenAnswers(db: Db, taking: Whose): Promise<void> {
  const { area, content, person, episode, asked, story } = taking
  const answers = content.answers.flatMap(({ at: given, by, key: own, ...answer }) => {
    const kept = keptHere(answer, asked)
    const form = toldBy(story, { key: own, at: given })
    return kept ? [{ ...kept, person, form, askedFor: episode, at: at(given), answeredBy: by }] : []
  })
  if (answers.length > 0) await takeAnswers(db, area, answers)
}

async function takeConversation(db: Db, { area, content, episode, person, story }: Whose): Promise<void> {
  const { assessed } = content
  if (!assessed) return
  const marked = assessed.barriers.map((one) => ({ ...one, part: barriers[one.code].part }))
  const { employment } = assessed
  const held = { at: at(assessed.at), by: null, id: toldBy(story, assessed) ?? newId() }
  await takeAssessments(db, area, [{ ...held, episode, person, employment, health: [], barriers: marked }])
}

async function takeFacts(db: Db, taking: Whose): Promise<void> {
  const { area, content, episode, now, story } = taking
  const { plan } = content
  await takeConversation(db, taking)
  if (plan) {
    const [reviewOn, targetOn] = [Temporal.PlainDate.from(plan.reviewOn), plan.targetOn]
    const target = targetOn === null ? null : Temporal.PlainDate.from(targetOn)
    await takePlans(db, area, [{ episode, type: plan.type, reviewOn, targetOn: target, at: now, by: null }])
  }
  const goals = content.goals.map(({ words, actions }) => ({ id: newId(), episode, words, actions, at: now, by: null }))
  if (goals.length === 0) return
  await takeGoals(
    db,
    area,
    goals.map(({ actions: _, ...goal }) => goal),
  )
  const actions = goals.flatMap(({ id: goal, actions: own }) =>
    own.map(({ dueOn, ...one }) => ({ ...one, id: newId(), goal, dueOn: Temporal.PlainDate.from(dueOn) })),
  )
  if (actions.length === 0) return
  await takeActions(
    db,
    area,
    actions.map(({ result: _, key: __, ...action }) => ({ ...action, at: now, by: null })),
  )
  const done = actions.flatMap(({ id: action, result, key: own }) =>
    result === null ? [] : [{ action, result, id: toldBy(story, { key: own }) ?? newId() }],
  )
  await takeActionResults(
    db,
    area,
    done.map((one) => ({ ...one, on: dayOf(now), at: now, by: null })),
  )
}
