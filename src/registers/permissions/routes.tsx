import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, choices, day, id, optionalChoice, optionalText, text, version } from '#platform/form/fields.ts'
import type { Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { facts } from '#registers/fact/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { Agreements } from './pages/agreements.tsx'
import { AskForAgreement, yesOrNo } from './pages/asking.tsx'
import { Benefits, PrivacyNotice } from './pages/public.tsx'
import { Withdrawal } from './pages/withdrawal.tsx'
import { WordingForm, Wordings } from './pages/wording.tsx'
import {
  allowances,
  type Answer,
  answersOn,
  basisOf,
  missingOn,
  newAnswers,
  offeredCodes,
  type WayOfAgreeing,
  waysOfAgreeing,
  withdrawal,
  withExceptions,
} from './rules.ts'
import { newestOf } from '#registers/own-word/rules.ts'
import { newestWording, type Offered, type Versions, versionsRead, type Wording } from '#registers/wording/rules.ts'
import { wordingOn, wordingProblems } from '#registers/wording/rules.ts'
import { listAnswers, listPermissions, listWordings, recordPermission } from './store.ts'
import { saveWording, type SettleSaid } from './store.ts'

const how = choice(waysOfAgreeing, 'Select how the person answered')
const given = optionalChoice(yesOrNo)
const howMuch = optionalChoice(allowances)
const name = optionalText(120)

const sevenAnswers = {
  form: id(),
  words: optionalText(200),
  how,
  ...{ 'take-part': given, contact: given, research: given },
  ...{ gp: given, 'gp-allows': howMuch, 'gp-name': name },
  ...{ employer: given, 'employer-allows': howMuch, 'employer-name': name, 'employer-facts': choices(facts) },
  ...{ jobcentre: given, 'jobcentre-allows': howMuch, 'jobcentre-name': name },
  ...{ onward: given, 'onward-allows': howMuch, 'onward-name': name, 'onward-facts': choices(facts) },
}

/** What follows when somebody says whether they take part, and where one goes on from here: the stages answer. */
export type FollowAnswer = (db: Db, said: ReturnType<typeof takingPart>) => Promise<string | undefined>

type Following = Readonly<{ followAnswer: FollowAnswer; settle: SettleSaid }>

/** What a person agreed to, how it is asked, and how all of it is taken back. */
export async function permissionsRoutes(app: App, { followAnswer, settle }: Following): Promise<void> {
  wordingRoutes(app)
  app.get('/benefits', { who: 'anyone', area: 'none' }, async (_request, reply) => reply.page(<Benefits />))

  app.get('/in/:area/privacy', { who: 'anyone', area: 'path' }, async ({ db, area, today }, reply) => {
    const found = await findArea(db, area)
    if (!found) throw new NotFound()
    return reply.page(<PrivacyNotice area={found} notice={wordingOn(await listWordings(db, area), 'notice', today)} />)
  })

  app.get('/people/:person/agreements', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, area, now } = request
    const person = await personFor(db, request.actor, request.params.person)
    await request.read('permissions.agreements', { person: person.id })
    const all = await listAnswers(db, area, person.id)
    return reply.page(<Agreements person={person} area={area} now={now} newest={newestOf(all)} all={all} />)
  })

  app.get(
    '/people/:person/agreements/new',
    { who: careRoles, verb: 'edit', reads: 'record' },
    async (request, reply) => {
      const person = await personFor(request.db, request.actor, request.params.person)
      await request.read('permissions.form', { person: person.id })
      return reply.page(
        <AskForAgreement wordings={await offered(request)} person={person} form={newId()} problems={[]} typed={{}} />,
      )
    },
  )

  app.post(
    '/people/:person/agreements',
    { who: careRoles, verb: 'edit', form: sevenAnswers },
    async (request, reply) => {
      const { db, area, form } = request
      const person = await personFor(db, request.actor, request.params.person)
      const wordings = await offered(request)
      const problems = form.ok ? missingOn(form.value) : form.problems
      if (!form.ok || problems.length > 0)
        return reply.code(422).page(<AskForAgreement {...{ wordings, person, problems }} {...asTyped(form.typed)} />)
      const now = await listPermissions(db, area, person.id)
      const versions = versionsRead(form.value.words, wordings)
      const said = newAnswers(answersOn(form.value), now, (one) => versions[one] ?? 1)
      const answers = withExceptions(said, now)
      await record(request, { person: person.id, answers, versions, ...form.value })
      await settle(request.db, { area: request.area, person: person.id, at: request.now })
      await request.act('permissions.answered', { person: person.id, subject: form.value.form, codes: coded(answers) })
      const part = answers.find((one) => one.switch === 'take-part')
      const next = part && (await followAnswer(db, takingPart(request, person.id, form.value.form, part.given)))
      request.flash('The answers are saved.')
      return reply.redirect(next ?? `/people/${person.id}/agreements`)
    },
  )

  app.get('/people/:person/withdrawal', { who: careRoles, verb: 'edit', reads: 'record' }, async (request, reply) => {
    const person = await personFor(request.db, request.actor, request.params.person)
    await request.read('permissions.withdrawal-form', { person: person.id })
    return reply.page(<Withdrawal person={person} form={newId()} problems={[]} typed={{}} />)
  })

  app.post(
    '/people/:person/withdrawal',
    { who: careRoles, verb: 'edit', form: { form: id(), how } },
    async (request, reply) => {
      const { db, area, form } = request
      const person = await personFor(db, request.actor, request.params.person)
      if (!form.ok)
        return reply.code(422).page(<Withdrawal person={person} problems={form.problems} {...asTyped(form.typed)} />)
      const answers = withdrawal(await listPermissions(db, area, person.id))
      await record(request, { person: person.id, answers, versions: {}, ...form.value })
      await settle(db, { area, person: person.id, at: request.now })
      await request.act('permissions.withdrawn', { person: person.id, subject: form.value.form, codes: coded(answers) })
      const next = await followAnswer(db, takingPart(request, person.id, form.value.form, false))
      request.flash('Withdrawn from everything. Nobody is told anything more.')
      return reply.redirect(next ?? `/people/${person.id}/agreements`)
    },
  )
}

const administrators = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const
const nextWording = {
  text: text('Enter the wording', 8000),
  from: day('Enter the day from which it holds'),
  version: version(),
}

/** An area's own wording, version by version. */
function wordingRoutes(app: App): void {
  app.get('/area/wording', { who: administrators }, async ({ db, area, today }, reply) => {
    const own = await listWordings(db, area)
    const wordings = offeredCodes.map((code) => {
      const wording = wordingOn(own, code, today)
      const newest = newestWording(own, code)
      return { code, wording, next: newest.version > wording.version ? newest : undefined }
    })
    return reply.page(<Wordings wordings={wordings} today={today} />)
  })

  const writing = { who: administrators, draft: 'wording' } as const
  app.get('/area/wording/:offered', writing, async ({ db, area, form, params }, reply) => {
    const code = offeredCode(params.offered)
    const newest = newestWording(await listWordings(db, area), code)
    return reply.page(<WordingForm {...{ code, newest }} {...form} />)
  })

  app.post('/area/wording/:offered', { ...writing, form: nextWording }, async (request, reply) => {
    const { db, area, actor, form, now, params, today } = request
    const code = offeredCode(params.offered)
    const newest = async () => newestWording(await listWordings(db, area), code)
    const problems = form.ok ? wordingProblems(form.value.from, today) : form.problems
    if (!form.ok || problems.length > 0)
      return reply
        .code(422)
        .page(<WordingForm code={code} newest={await newest()} problems={problems} typed={form.typed} />)
    const { text: words, from, version: seen } = form.value
    const by = { set_by: actor.membership, set_at: now }
    const saved = await saveWording(db, { area, switch: code, version: seen + 1, text: words, from_on: from, ...by })
    const there = await newest()
    if (!saved && there.text !== words)
      return reply.code(409).page(<WordingForm code={code} newest={there} {...form} />)
    await request.act('permissions.wording-set', { codes: { offered: code, version: there.version } })
    request.flash('The new wording is saved.')
    return reply.redirect('/area/wording')
  })
}

function offeredCode(given: string): Offered {
  const known = offeredCodes.find((code) => code === given)
  if (!known) throw new NotFound()
  return known
}

async function personFor(db: Db, actor: Actor, person: string) {
  const found = await findPerson(db, actor, person)
  if (!found) throw new NotFound()
  return { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
}

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

/** The words everything is offered in today. */
async function offered({ db, area, today }: Asking) {
  const own = await listWordings(db, area)
  const entries = offeredCodes.map((code) => [code, wordingOn(own, code, today)])
  // Checked: one wording for everything that is offered.
  return Object.fromEntries(entries) as Record<Offered, Wording>
}

type Recording = Readonly<{
  person: string
  answers: readonly Answer[]
  /** The versions in which each was put to them; none where they take everything back unasked. */
  versions: Versions
  how: WayOfAgreeing
  form: string
}>

type Recorder = Readonly<{ db: Db; area: string; now: Temporal.Instant; actor: Actor }>

function takingPart({ area, now: at, actor }: Recorder, person: string, form: string, takesPart: boolean) {
  return { area, person, form, takesPart, by: actor.membership, at }
}

async function record({ db, area, now, actor }: Recorder, { answers, versions, ...on }: Recording): Promise<void> {
  for (const { switch: asked, ...answer } of answers) {
    await recordPermission(db, {
      ...{ area, person: on.person, switch: asked, ...answer },
      wordingVersion: versions[asked] ?? 'none-of-ours',
      noticeVersion: versions.notice ?? null,
      ...{ form: on.form, how: on.how, lawfulBasis: basisOf[asked], by: actor.membership, at: now },
    })
  }
}

/** What the journal keeps: which switch was answered how, and never a recipient's name. */
function coded(answers: readonly Answer[]) {
  return { answers: answers.map(({ switch: asked, given, allows }) => `${asked}:${given ? allows : 'no'}`) }
}

/** What was typed, with the number of the form it was typed on. */
function asTyped(typed: Typed) {
  return { typed, form: [typed['form']].flat().at(-1) ?? newId() }
}
