import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, choices, id, optionalChoice, optionalText } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { Answer as Reply, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { hasDone } from '#platform/journal/journal.ts'
import { facts } from '#registers/fact/rules.ts'
import {
  allowances,
  type Answer,
  basisOf,
  newAnswers,
  switchCodes,
  no,
  withExceptions,
} from '#registers/permissions/rules.ts'
import { type Versions, versionsRead, wordingOn } from '#registers/wording/rules.ts'
import { listPermissions, listWordings, recordPermission, type SettleSaid } from '#registers/permissions/store.ts'
import { type OtherRow, OwnAgreements } from './pages/agreements.tsx'
import { ChangeAnswer } from './pages/change.tsx'
import { again, answersBy, missingIn, switchNamed, toWhom } from './rules.ts'

const own = { who: 'participant' } as const
const answering = {
  form: id('Open this page again'),
  words: optionalText(200),
  given: choice(toWhom, 'Choose yes or no'),
  name: optionalText(120),
  allows: optionalChoice(allowances),
  facts: choices(facts),
}

const againOne = { form: id(), answer: id(), words: optionalText(200) }

/** What a person has agreed to, as they see it and change it themselves; and what else they are asked, which other stages keep. */
export async function ownAgreementsRoutes(app: App, listOthers: ListOthers, settle: SettleSaid): Promise<void> {
  app.get('/my/agreements', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('permissions.own', { person: request.me.person })
    const { standing, wordings } = await around(request)
    const rows = switchCodes.map((code) => ({
      ...{ code, wording: wordings(code), answer: answerTo(standing, code) },
      named: namedOf(standing, code),
    }))
    return reply.page(<OwnAgreements rows={rows} others={await listOthers(request)} />)
  })

  app.get('/my/agreements/:switch', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('permissions.own', { person: request.me.person })
    return reply.page(<ChangeAnswer {...await oneOf(request)} {...blank} form={newId()} />)
  })

  app.post('/my/agreements/:switch', { ...own, form: answering }, async (request, reply) => {
    const { me, form } = request
    const { standing } = await around(request)
    const shown = await oneOf(request)
    const given = form.ok ? { switch: shown.code, ...form.value } : undefined
    const problems = given ? missingIn(given) : form.problems
    if (!form.ok || !given || problems.length > 0) {
      return reply.code(422).page(<ChangeAnswer {...shown} problems={problems} typed={form.typed} form={newId()} />)
    }
    const said = answersBy(given, standing)
    const versions = versionsRead(form.value.words, { [shown.code]: shown.wording })
    // What was said of one by name counts in its order: it may say the same anew behind a no to all.
    const isNamed = given.given === 'one'
    const answers = isNamed ? said : newAnswers(said, standing, (code) => versions[code] ?? 1)
    await record(request, { answers: withExceptions(answers, standing), versions, form: form.value.form })
    await settle(request.db, { area: request.area, person: me.person, at: request.now })
    const codes = { answers: answers.map((one) => `${one.switch}:${one.given ? one.allows : 'no'}`) }
    await request.act('permissions.answered', { person: me.person, subject: form.value.form, codes })
    request.flash('Saved. It holds from now on.')
    return reply.redirect('/my/agreements', 303)
  })

  app.post('/my/agreements/:switch/stop', { ...own, form: { form: id(), answer: id() } }, async (request, reply) => {
    const { me, form } = request
    const { standing } = await around(request)
    const { code } = await oneOf(request)
    const named = standing.find((one) => form.ok && one.id === form.value.answer && one.switch === code)
    if (form.ok && (await isSent(request, form.value.form))) return saidBefore(request, reply, form.value.form)
    if (!form.ok || !named) throw new NotFound()
    await record(request, { answers: [no(code, named.recipient)], versions: {}, form: form.value.form })
    await settle(request.db, { area: request.area, person: me.person, at: request.now })
    await request.act('permissions.answered', {
      ...{ person: me.person, subject: form.value.form, codes: { answers: [`${code}:no`] } },
    })
    request.flash('Saved. They are told nothing more.')
    return reply.redirect('/my/agreements', 303)
  })

  app.post('/my/agreements/:switch/again', { ...own, form: againOne }, async (request, reply) => {
    const { me, form } = request
    const { code, answer: all, named, wording } = await oneOf(request)
    const refused = named.find((one) => form.ok && one.id === form.value.answer && !one.given)
    if (form.ok && (await isSent(request, form.value.form))) return saidBefore(request, reply, form.value.form)
    if (!form.ok || !refused || !all?.given) throw new NotFound()
    const yes = again({ ...all, recipient: refused.recipient }, code)
    const versions = versionsRead(form.value.words, { [code]: wording })
    await record(request, { answers: [yes], versions, form: form.value.form })
    await settle(request.db, { area: request.area, person: me.person, at: request.now })
    await request.act('permissions.answered', {
      ...{ person: me.person, subject: form.value.form, codes: { answers: [`${code}:${yes.allows}`] } },
    })
    request.flash('Saved. It holds from now on.')
    return reply.redirect('/my/agreements', 303)
  })
}

const isSent = ({ db, me }: Own, form: string) => hasDone(db, me, { what: ['permissions.answered'], subject: form })

type Acting = Own &
  Readonly<{
    act: (what: string, of: Readonly<{ person: string; subject: string }>) => Promise<void>
    flash: (text: string) => void
  }>

/** Pressed twice: what they said the first time holds. */
async function saidBefore({ me, act, flash }: Acting, reply: Reply, subject: string): Promise<Outcome> {
  await act('permissions.answered-before', { person: me.person, subject })
  flash('Saved. It holds from now on.')
  return reply.redirect('/my/agreements', 303)
}

/** What else somebody is asked or has agreed to beside the seven; whoever keeps it answers. */
export type ListOthers = (own: Own) => Promise<readonly OtherRow[]>

type Own = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant; today: Temporal.PlainDate }>

/** What stands now, and the words in which each switch is offered today. */
async function around({ db, area, me, today }: Own) {
  const [standing, wordings] = await Promise.all([listPermissions(db, area, me.person), listWordings(db, area)])
  return { standing, wordings: (code: (typeof switchCodes)[number]) => wordingOn(wordings, code, today) }
}

type Standing = Awaited<ReturnType<typeof listPermissions>>

const answerTo = (standing: Standing, code: string) =>
  standing.find((one) => one.switch === code && one.recipient === '')

const namedOf = (standing: Standing, code: string) =>
  standing.filter((one) => one.switch === code && one.recipient !== '')

async function oneOf(request: Own & Readonly<{ params: Readonly<{ switch: string }> }>) {
  const code = switchNamed(request.params.switch)
  if (!code) throw new NotFound()
  const { standing, wordings } = await around(request)
  const named = namedOf(standing, code)
  return { code, wording: wordings(code), answer: answerTo(standing, code), named, stop: newId() }
}

type Recording = Readonly<{ answers: readonly Answer[]; versions: Versions; form: string }>

async function record({ db, area, me, now: at }: Own, { answers, versions, form }: Recording): Promise<void> {
  for (const { switch: code, ...answer } of answers) {
    await recordPermission(db, {
      ...{ area, person: me.person, switch: code, ...answer, form, at, by: null, how: 'online' },
      ...{ wordingVersion: versions[code] ?? 'none-of-ours', lawfulBasis: basisOf[code] },
    })
  }
}
