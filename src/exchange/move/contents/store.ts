import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findArea } from '#registers/areas/store.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { listBarriers, listMeasures } from '#journey/assessment/store.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import { listConcerns } from '#journey/safety/store.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'
import { findPlan } from '#journey/plan/store.ts'
import { listHappenings } from '#journey/record/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { unsettledOf } from '#journey/message/rules.ts'
import { listConversation } from '#journey/message/store.ts'
import type { Happening } from '#journey/timeline/rules.ts'
import { goesAlong, historyOf, packageVersion, unanswered } from './rules.ts'

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>
type Of = Readonly<{ id: string; person: string; stage: Stage }>
type Measure = Awaited<ReturnType<typeof listMeasures>>[number]

/** What a package of somebody holds: their record as it is now. Ask findEpisode before: it decides who may know. */
export async function findContents(asking: Asking, { id, person: whose, stage }: Of, withConcerns: boolean) {
  const { db, area, actor } = asking
  const [person, means, steps, barriers, { plan, goals }, measures, told, concerns, asked, results, from] =
    await Promise.all([
      findPerson(db, actor, whose),
      listMeans(db, area, whose),
      listSteps(db, area, id),
      listBarriers(db, area, id),
      findPlan(db, area, id),
      listMeasures(db, area, id),
      listStory(asking, { id, person: whose }),
      withConcerns ? listConcerns(db, actor, whose) : [],
      listAskedOfServices(db, area, id),
      listResultIds(db, area, id),
      findArea(db, area),
    ])
  const history = historyOf(steps)
  const assessed = history.findLast(({ step }) => step.kind === 'assessed')
  return {
    ...{
      version: packageVersion,
      fromArea: from?.name ?? null,
      stage: stages[stage].label,
      person: personIn(person, means),
    },
    steps: history.map(({ id: own, at, step, fact_row: fact }) => ({ at: `${at}`, facts: step, key: fact ?? own })),
    assessed: assessed
      ? { ...{ at: `${assessed.at}`, employment: null, key: assessed.fact_row }, barriers: barriers.map(barrierIn) }
      : null,
    plan: plan
      ? { type: plan.type, reviewOn: `${plan.review_on}`, targetOn: plan.target_on?.toString() ?? null }
      : null,
    goals: goals.map((goal) => goalIn(goal, results)),
    answers: measures.map(answerIn),
    measures: measures.map(({ instrument, score, answered_at: at }) => ({ instrument, score, at: at.toString() })),
    concerns: concerns.flatMap((one) => openConcern(one)),
    asked,
    story: told.filter((one) => goesAlong(one, withConcerns)).map(storyLine),
  }
}

// A record has hundreds of entries at most: nothing of the story may be missing because a page ended there.
const everything = 100_000
// Days are said in full as seen from far away: "tomorrow" means nothing to whoever reads it in another area later.
const far = (today: Temporal.PlainDate) => today.add({ years: 100 })

/** The story of a spell as this actor may read it, written on whichever of their records. */
async function listStory({ db, area, actor, now, today }: Asking, { id, person }: Pick<Of, 'id' | 'person'>) {
  const people = await listIdsOf(db, area, person)
  const telling = { area, actor, people, episodes: [id], before: undefined, most: everything, kind: null }
  return (await listHappenings(db, { ...telling, now, today: far(today) })).shown
}

/** The newest result of each action of a spell, by its action. */
async function listResultIds(db: Db, area: string, episode: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('action.result as result')
    .innerJoin('action.action as action', (join) =>
      join.onRef('action.area', '=', 'result.area').onRef('action.id', '=', 'result.action'),
    )
    .innerJoin('goal.goal as goal', (join) =>
      join.onRef('goal.area', '=', 'action.area').onRef('goal.id', '=', 'action.goal'),
    )
    .select(['result.action', 'result.id'])
    .where('result.area', '=', area)
    .where('goal.episode', '=', episode)
    .orderBy('result.id')
    .execute()
  return new Map(rows.map(({ action, id }) => [action, id]))
}

/** What was asked of services and has no answer yet, the oldest first: it stays with the area in which it was asked. */
async function listAskedOfServices(db: Db, area: string, episode: string) {
  const rows = await db
    .selectFrom('onward.referral')
    .select(['service_name as service', 'asked_at as askedAt'])
    .where('area', '=', area)
    .where('episode', '=', episode)
    .where('state', 'in', [...unanswered])
    .where('asked_at', 'is not', null)
    .orderBy('asked_at')
    .execute()
  return rows.map(({ service, askedAt }) => ({ service, sentAt: `${askedAt}` }))
}

function barrierIn({ code, severity }: Awaited<ReturnType<typeof listBarriers>>[number]) {
  return { code, severity }
}

function goalIn({ words, actions }: PlannedGoal, results: ReadonlyMap<string, string>) {
  const each = actions.map(({ id, what, owner, due_on: due, result }) => {
    return { what, owner, dueOn: `${due}`, result, key: results.get(id) ?? null }
  })
  return { words, actions: each }
}

/** Whether somebody wrote to us and nobody has answered: it stays here. Ask findPerson before: it decides who may know. */
export async function isAnswerAwaited(db: Db, area: string, person: string): Promise<boolean> {
  const people = await listIdsOf(db, area, person)
  const { shown } = await listConversation(db, { area, people, before: undefined, most: everything })
  return unsettledOf(shown).length > 0
}

type Concern = Awaited<ReturnType<typeof listConcerns>>[number]

/** A concern that is open and that whoever hands over may read: somebody has to have it in the other area too. */
function openConcern({ readable, kind, seen, about_others: aboutOthers, ...concern }: Concern) {
  const at = concern.recorded_at.toString()
  return readable && concern.closed_as === null ? [{ kind, seen, aboutOthers, actBy: concern.act_by, at }] : []
}

function answerIn({ answered_at, answered_by: by, form: key, ...answer }: Measure) {
  const { instrument, version, canonical, typedIn, items, score } = answer
  const given = { instrument, version, canonical, typedIn, items, score, key }
  return { ...given, at: answered_at.toString(), by: by === 'self' ? by : 'staff' }
}

function storyLine({ id: key, kind, at, dayOnly, what, text, by, from, mark, confined }: Happening) {
  const said = (text ?? []).filter((line): line is string => typeof line === 'string' && line !== '')
  const written = { what, text: said, mark: mark ?? null, by, from: from ?? null }
  return { key, kind, at: at.toString(), dayOnly: dayOnly ?? false, ...written, confined: confined !== undefined }
}

function personIn(person: Awaited<ReturnType<typeof findPerson>>, means: Awaited<ReturnType<typeof listMeans>>) {
  return {
    ...{
      givenName: person?.given_name ?? '',
      familyName: person?.family_name ?? '',
      pronouns: person?.pronouns ?? null,
    },
    ...{ preferredName: person?.preferred_name ?? null, bornOn: `${person?.born_on ?? ''}` },
    ...{ nhsNumber: person?.nhs_number ?? null, address: person?.address ?? null, postcode: person?.postcode ?? null },
    ...{ noFixedAddress: person?.no_fixed_address ?? false, council: person?.council ?? null },
    ...{ gpPractice: person?.gp_practice ?? null, gpPracticeCode: person?.gp_practice_code ?? null },
    ...{ jobcentre: person?.jobcentre ?? null, language: person?.language ?? null },
    interpreter: person?.interpreter ?? null,
    ...{ accessNeeds: person?.access_needs ?? [], accessNote: person?.access_note ?? null },
    ...{ safeNote: person?.safe_note ?? null, bestTime: person?.best_time ?? null },
    // What nobody has shown to be theirs is left behind: there it would count as shown.
    means: means.filter(isConfirmed).map(({ voicemail_safe: voicemailSafe, given_by: givenBy, ...way }) => {
      const { kind, value, wanted, safe, preferred, theirs } = way
      return { kind, value, wanted, safe, voicemailSafe, preferred, givenBy, theirs }
    }),
  }
}
