import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { listBarriers, listMeasures } from '#journey/assessment/store.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import { listConcerns } from '#journey/safety/store.ts'
import { findPlan } from '#journey/plan/store.ts'
import { listHappenings } from '#journey/record/store.ts'
import type { Happening } from '#journey/timeline/rules.ts'
import { historyOf, packageVersion, storyKinds, unanswered } from './rules.ts'

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>
type Of = Readonly<{ id: string; person: string; stage: Stage }>
type Measure = Awaited<ReturnType<typeof listMeasures>>[number]

/** What a package of somebody holds: their record as it is now. Ask findEpisode before: it decides who may know. */
export async function findContents(asking: Asking, { id, person: whose, stage }: Of, withConcerns: boolean) {
  const { db, area, actor, today, now } = asking
  const telling = { area, actor, people: [whose], episodes: [id], before: undefined, most: 500, kind: null, now, today }
  const [person, means, steps, barriers, { plan, goals }, measures, { shown }, concerns, asked] = await Promise.all([
    findPerson(db, actor, whose),
    listMeans(db, area, whose),
    listSteps(db, area, id),
    listBarriers(db, area, id),
    findPlan(db, area, id),
    listMeasures(db, area, id),
    listHappenings(db, telling),
    withConcerns ? listConcerns(db, actor, whose) : [],
    listAskedOfServices(db, area, id),
  ])
  const history = historyOf(steps)
  const assessed = history.findLast(({ step }) => step.kind === 'assessed')
  return {
    ...{ version: packageVersion, stage: stages[stage].label, person: personIn(person, means) },
    steps: history.map(({ at, step }) => ({ at: at.toString(), facts: step })),
    assessed: assessed
      ? { at: `${assessed.at}`, employment: null, barriers: barriers.map(({ code, severity }) => ({ code, severity })) }
      : null,
    plan: plan
      ? { type: plan.type, reviewOn: `${plan.review_on}`, targetOn: plan.target_on?.toString() ?? null }
      : null,
    goals: goals.map(({ words, actions }) => ({
      words,
      actions: actions.map(({ what, owner, due_on: due, result }) => ({ what, owner, dueOn: `${due}`, result })),
    })),
    answers: measures.map(answerIn),
    measures: measures.map(({ instrument, score, answered_at: at }) => ({ instrument, score, at: at.toString() })),
    concerns: concerns.flatMap((one) => openConcern(one)),
    asked,
    story: shown.filter(({ kind }) => storyKinds.includes(kind) || (withConcerns && kind === 'safety')).map(storyLine),
  }
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

type Concern = Awaited<ReturnType<typeof listConcerns>>[number]

/** A concern that is open and that whoever hands over may read: somebody has to have it in the other area too. */
function openConcern({ readable, kind, seen, about_others: aboutOthers, ...concern }: Concern) {
  const at = concern.recorded_at.toString()
  return readable && concern.closed_as === null ? [{ kind, seen, aboutOthers, actBy: concern.act_by, at }] : []
}

function answerIn({ instrument, version, canonical, typedIn, items, score, answered_at, answered_by: by }: Measure) {
  const given = { instrument, version, canonical, typedIn, items, score }
  return { ...given, at: answered_at.toString(), by: by === 'self' ? by : 'staff' }
}

function storyLine({ at, what, text, by }: Happening) {
  return { at: at.toString(), what, by, text: (text ?? []).filter((line) => typeof line === 'string') }
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
    ...{ language: person?.language ?? null, interpreter: person?.interpreter ?? null },
    ...{ accessNeeds: person?.access_needs ?? [], accessNote: person?.access_note ?? null },
    ...{ safeNote: person?.safe_note ?? null, bestTime: person?.best_time ?? null },
    // What nobody has shown to be theirs is left behind: there it would count as shown.
    means: means.filter(isConfirmed).map(({ voicemail_safe: voicemailSafe, given_by: givenBy, ...way }) => {
      const { kind, value, wanted, safe, preferred, theirs } = way
      return { kind, value, wanted, safe, voicemailSafe, preferred, givenBy, theirs }
    }),
  }
}
