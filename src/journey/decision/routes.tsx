import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  id,
  optionalChoice,
  optionalDay,
  optionalId,
  optionalText,
  optionalWholeNumber,
  text,
  tick,
} from '#platform/form/fields.ts'
import { type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { careRoles, type Actor } from '#platform/access/rules.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findOpenEpisode, listSteps, NotNow, recordStep } from '#journey/episode/store.ts'
import { listCouncilsServed, listRuleSets } from '#journey/eligibility/store.ts'
import { elsewhere } from '#journey/belonging/rules.ts'
import { questions } from '#journey/finding/rules.ts'
import { screen } from '#journey/screening/rules.ts'
import { type Asked, findScreenable, type Screenable } from '#journey/screening/store.ts'
import { EligibilityPage, type EligibilityPageProps } from './pages/eligibility.tsx'
import {
  answerProblems,
  decisionProblems,
  decisions,
  newAnswers,
  stepOf,
  waysOfTelling,
  whyNotUndone,
} from './rules.ts'
import { findStandingHeldStill, listDecisions, saveDecision, saveWithdrawal } from './store.ts'

/** What the stage before keeps: the answers that its rules need. */
export type DecisionQuestions = Readonly<{ keepAnswers(db: Db, asked: Asked): Promise<void> }>

const deciders = careRoles.filter((role) => role !== 'clinician')

const answered = {
  id: id(),
  condition: optionalChoice(questions.condition.list),
  'right-to-work': optionalChoice(questions['right-to-work'].list),
  'work-status': optionalChoice(questions['work-status'].list),
  'work-ended-on': optionalDay(),
  never: tick(),
  council: optionalText(20),
  practice: optionalChoice(questions.practice.list),
  jobcentre: optionalChoice(questions.jobcentre.list),
  'complex-need': optionalChoice(questions['complex-need'].list),
  'connect-to-work': optionalChoice(questions['connect-to-work'].list),
  'employer-size': optionalWholeNumber(1, 2000000, 'Enter how many work there as a whole number'),
  'occupational-health': optionalChoice(questions['occupational-health'].list),
}

const deciding = {
  id: id(),
  decision: choice(decisions, 'Select what you decide'),
  reason: optionalText(1000),
  whereTo: optionalText(500),
  toldBy: optionalId(),
  toldHow: optionalChoice(waysOfTelling),
  toldOn: optionalDay(),
}

const takingBack = { decision: id(), withdrawalReason: text('Say why the decision is taken back', 400) }

/** Deciding about a referral, with the rules' answer and its reasons beside it. */
export function decisionRoutes({ keepAnswers }: DecisionQuestions) {
  return async (app: App): Promise<void> => {
    const page = '/referrals/:referral/eligibility'
    app.get(page, { who: deciders, verb: 'edit', draft: 'decision', reads: 'record' }, async (request, reply) => {
      const found = await findAll(request, request.params.referral)
      await request.read('eligibility.opened', { person: found.person, subject: found.id })
      return reply.page(<EligibilityPage {...found.shown} {...request.form} wrong="decision" />)
    })
    app.post(
      '/referrals/:referral/answers',
      { who: deciders, verb: 'edit', draft: 'decision', keepsDraft: true, form: answered },
      async (request, reply) => {
        const { db, area, actor, now, today, form } = request
        const found = await findAll(request, request.params.referral)
        const wrong = (state: FormState) =>
          reply.code(422).page(<EligibilityPage {...found.shown} {...state} wrong="answers" />)
        if (!form.ok) return wrong(form)
        const { id: asked, ...given } = form.value
        const foreign =
          given.council !== null && given.council !== elsewhere && !(given.council in found.shown.councils)
        const problems = [...answerProblems(given, today), ...(foreign ? [chooseCouncil] : [])]
        if (problems.length > 0) return wrong({ ...form, problems })
        const answers = newAnswers(given, found.facts.answers)
        await keepAnswers(db, { area, id: asked, referral: found.id, answers, by: actor.membership, at: now })
        const codes = { questions: Object.keys(answers) }
        await request.act('eligibility.answered', { person: found.person, subject: found.id, codes })
        request.flash('The answers are saved.')
        return reply.redirect(`/referrals/${found.id}/eligibility`)
      },
    )
    proposalRoutes(app)
    withdrawalRoutes(app)
  }
}

const chooseCouncil = { field: 'council', message: 'Choose a council from the list' }

function proposalRoutes(app: App): void {
  const rule = { who: deciders, verb: 'edit', draft: 'decision', form: deciding } as const
  app.post('/referrals/:referral/decision', rule, async (request, reply) => {
    const { db, area, actor, now, today, form } = request
    const found = await findAll(request, request.params.referral)
    const here = `/referrals/${found.id}/eligibility`
    const wrong = (state: FormState) =>
      reply.code(422).page(<EligibilityPage {...found.shown} {...state} wrong="decision" />)
    if (!form.ok) return wrong(form)
    if (found.shown.made.some((one) => one.id === form.value.id)) {
      await request.act('eligibility.decided-again', { person: found.person, subject: form.value.id })
      return reply.redirect(here)
    }
    const { screening } = found.shown
    const problems = decisionProblems(form.value, { answer: screening.answer, receivedOn: found.receivedOn, today })
    const { toldBy, decision } = form.value
    const unknown = toldBy !== null && !(toldBy in found.shown.members) ? [chooseTeller] : []
    if (problems.length + unknown.length > 0) return wrong({ ...form, problems: [...problems, ...unknown] })
    const { episode } = found
    if (found.shown.closed !== undefined || episode === null) return wrong({ ...form, problems: [decidedMeanwhile] })
    const row = { ...form.value, area, referral: found.id, episode, screening, by: actor.membership, at: now }
    const step = await taken(db, { area, episode, step: stepOf(decision), at: now, by: row.by, factRow: row.id })
    if (step === undefined) return wrong({ ...form, problems: [decidedMeanwhile] })
    await saveDecision(db, { ...row, step })
    const codes = { decision, answer: screening.answer, rules: screening.from }
    const text = form.value.reason === null ? {} : { vouchesFor: form.value.reason }
    await request.act('eligibility.decided', { person: found.person, subject: row.id, codes, ...text })
    request.flash('The decision is saved. It can be taken back until something else happens.')
    return reply.redirect(here)
  })
}

const chooseTeller = { field: 'toldBy', message: 'Choose who told them from the list' }
const decidedMeanwhile = {
  field: 'decision',
  message: 'Somebody else has decided meanwhile. What they decided stands above.',
}

/** The step, or nothing where the episode does not stand there any more. */
async function taken(db: Db, taking: Parameters<typeof recordStep>[1]): Promise<string | undefined> {
  try {
    return await recordStep(db, taking)
  } catch (cause) {
    if (cause instanceof NotNow) return undefined
    throw cause
  }
}

function withdrawalRoutes(app: App): void {
  const path = '/referrals/:referral/decision/withdrawal'
  const rule = { who: deciders, verb: 'edit', draft: 'decision', keepsDraft: true, form: takingBack } as const
  app.post(path, rule, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const before = await findScreenable(db, actor, params.referral, 'edit')
    if (before?.episode) await findStandingHeldStill(db, area, before.episode)
    const found = await findAll(request, params.referral)
    const wrong = (state: FormState) =>
      reply.code(422).page(<EligibilityPage {...found.shown} {...state} wrong="withdrawal" />)
    if (!form.ok) return wrong(form)
    const made = found.shown.made.find(({ id: decision }) => decision === form.value.decision)
    const { episode } = found
    if (!made || episode === null) throw new NotFound()
    const why = found.shown.whyNotUndone
    if (why !== undefined) return wrong({ ...form, problems: [{ field: 'withdrawalReason', message: why }] })
    const by = actor.membership
    const step = await recordStep(db, { area, episode, step: { kind: 'withdrawn', step: made.step }, at: now, by })
    const reason = form.value.withdrawalReason
    await saveWithdrawal(db, { area, decision: made.id, reason, step, by, at: now })
    await request.act('eligibility.taken-back', { person: found.person, subject: made.id, vouchesFor: reason })
    request.flash('The decision was taken back.')
    return reply.redirect(`/referrals/${found.id}/eligibility`)
  })
}

type Looking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

/** The referral with all that its page shows; as if there were none for who may not work on it. */
async function findAll({ db, area, actor, now, today }: Looking, referral: string) {
  const found = await findScreenable(db, actor, referral, 'edit')
  if (!found) throw new NotFound()
  const [sets, served, members, made] = await Promise.all([
    listRuleSets(db, area),
    listCouncilsServed(db, area, today),
    listMembers(db, area, today, actor.organisations),
    found.episode ? listDecisions(db, area, found.episode) : [],
  ])
  const screening = screen(found.facts, sets, { rules: today, age: today })
  const shown: Omit<EligibilityPageProps, keyof FormState> = {
    referral: { ...found, name: calledName(found) },
    ...{ screening, made, now, closed: whyClosed(found) },
    whyNotUndone: await findWhyNotUndone(db, area, found, made),
    members: listOf(members),
    councils: listOf(served.map(({ code, name }) => ({ id: code, name }))),
    ids: { answers: newId(), decision: newId() },
  }
  return { ...found, shown }
}

const listOf = (entries: readonly Readonly<{ id: string; name: string }>[]) =>
  Object.fromEntries(entries.map(({ id: code, name }) => [code, { label: name }]))

function whyClosed({ episode, stage }: Screenable): string | undefined {
  if (episode === null) return 'Nobody has asked this person yet whether they want to be referred. Ask them first.'
  return stage === 'received'
    ? undefined
    : 'This person’s support has gone on since, so there is nothing to decide here.'
}

async function findWhyNotUndone(
  db: Db,
  area: string,
  { episode, person }: Screenable,
  made: EligibilityPageProps['made'],
) {
  const last = made.find(({ takenBackAt }) => takenBackAt === null)
  if (!episode || !last) return 'There is nothing to take back.'
  const [steps, open] = await Promise.all([listSteps(db, area, episode), findOpenEpisode(db, area, person)])
  const takenBack = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  const plain = steps.map(({ id: step, step: { kind } }) => ({ id: step, kind, withdrawn: takenBack.has(step) }))
  return whyNotUndone({ step: last.step, withdrawn: false }, plain, open !== undefined && open !== episode)
}
