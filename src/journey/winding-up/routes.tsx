import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { longDay, startOfDay } from '#platform/dates.ts'
import { choice, day, id, optionalText, text } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { findSettings } from '#registers/areas/store.ts'
import { mayChangeOrganisation, takesNew } from '#registers/organisations/rules.ts'
import { findOrganisation, listOrganisations } from '#registers/organisations/store.ts'
import { NoticePage } from './pages/notice.tsx'
import { NewNotice, Notices } from './pages/list.tsx'
import { dealsWith, noticeProblems, stateOf, windingUpReasons } from './rules.ts'
import * as store from './store.ts'

const sayers = ['administrator', 'service-manager', 'system-administrator'] as const
const readers = [...sayers, 'senior-coach'] as const

/** Until when an organisation is in the area and from when it takes nobody new; organisations keep it. */
export type LastDays = Readonly<{
  area: string
  organisation: string
  until: Temporal.PlainDate | null
  noNewFrom: Temporal.PlainDate | null
  at: Temporal.Instant
}>
type Elsewhere = Readonly<{ setLastDays: (db: Db, days: LastDays) => Promise<void> }>
type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** The part of an organisation ends: on which day and why, who keeps its records, and how far it is. */
export const windingUpRoutes =
  (elsewhere: Elsewhere) =>
  async (app: App): Promise<void> => {
    app.get('/winding-up', { who: readers }, async ({ db, actor, today }, reply) => {
      const notices = await store.listNotices(db, actor)
      return reply.page(<Notices notices={notices.map((one) => ({ ...one, state: stateOf(one) }))} today={today} />)
    })
    sayingRoutes(app, elsewhere)
    noticeRoutes(app, elsewhere)
  }

const said = {
  id: id('Open this page again from the organisations'),
  endsOn: day('Enter the day on which its part ends'),
  noNewFrom: day('Enter the day from which it takes nobody new'),
  reason: choice(windingUpReasons, 'Select why'),
  words: optionalText(500),
  keeper: id('Choose who keeps the records'),
}

function sayingRoutes(app: App, { setLastDays }: Elsewhere): void {
  const path = '/organisations/:organisation/winding-up'
  app.get(path, { who: sayers }, async (request, reply) => {
    const { shown, standing } = await around(request, request.params.organisation)
    if (standing) return reply.redirect(`/winding-up/${standing.id}`)
    return reply.page(<NewNotice {...{ ...shown, ...blank }} id={newId()} />)
  })
  app.post(path, { who: sayers, form: said }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const { shown, standing, organisation } = await around(request, request.params.organisation)
    if (standing) {
      await request.act('winding-up.said-again', { subject: standing.id })
      return reply.redirect(`/winding-up/${standing.id}`, 303)
    }
    const wrong = (problems: typeof form.problems) =>
      reply.code(422).page(<NewNotice {...{ ...shown, problems, typed: form.typed }} id={idIn(form.typed)} />)
    if (!form.ok) return wrong(form.problems)
    const { id: notice, endsOn, noNewFrom, reason, words, keeper } = form.value
    const { receivingOrganisation } = await findSettings(db, area, noNewFrom)
    const receives = receivingOrganisation === organisation.id
    const problems = noticeProblems(form.value, { today, keepers: shown.keepers, receives })
    if (problems.length > 0) return wrong(problems)
    const kept = {
      area,
      id: notice,
      organisation: organisation.id,
      reason,
      words,
      keeper,
      by: actor.membership,
      at: now,
    }
    const dates = { ends_on: endsOn, no_new_from: noNewFrom, until_before: organisation.until_on }
    if (await store.saveNotice(db, { ...kept, ...dates })) {
      await setLastDays(db, { area, organisation: organisation.id, until: endsOn, noNewFrom, at: now })
      await addJob(db, 'winding-up.close', { area, id: notice }, { runAt: startOfDay(endsOn) })
    }
    const codes = { organisation: organisation.id, keeper, reason, on: endsOn.toString() }
    await request.act('winding-up.said', { subject: notice, codes, ...(words === null ? {} : { vouchesFor: words }) })
    request.flash(`It is said: ${organisation.name} is here until ${longDay(endsOn)}.`)
    return reply.redirect(`/winding-up/${notice}`, 303)
  })
}

function noticeRoutes(app: App, { setLastDays }: Elsewhere): void {
  app.get('/winding-up/:notice', { who: readers }, async (request, reply) => {
    return reply.page(<NoticePage {...{ ...(await found(request, request.params.notice)), ...blank }} />)
  })
  const form = { because: text('Say why it goes on', 500) }
  app.post('/winding-up/:notice/withdrawal', { who: sayers, form }, async (request, reply) => {
    const { db, area, actor, form: given, now, params } = request
    const shown = await found(request, params.notice)
    const { notice } = shown
    if (!shown.mayTakeBack) throw new NotFound()
    if (!given.ok) return reply.code(422).page(<NoticePage {...{ ...shown, ...given }} />)
    const back = { area, id: notice.id, by: actor.membership, at: now, because: given.value.because }
    const before = { until: notice.until_before, noNewFrom: null, at: now }
    if (await store.withdrawNotice(db, back))
      await setLastDays(db, { area, organisation: notice.organisation, ...before })
    const { because: vouchesFor } = given.value
    await request.act('winding-up.taken-back', { subject: notice.id, vouchesFor })
    request.flash(`${notice.name} goes on. Whoever was given to others stays with them until they are given back.`)
    return reply.redirect(`/winding-up/${notice.id}`, 303)
  })
}

/** One organisation that may be said to end, with who may keep its records. */
async function around({ db, area, actor, today }: Asking, wanted: string) {
  if (!/^[0-9a-f-]{36}$/.test(wanted)) throw new NotFound()
  const organisation = await findOrganisation(db, area, wanted)
  if (!organisation || !mayChangeOrganisation(actor, organisation)) throw new NotFound()
  const [standing, all, left, held] = await Promise.all([
    store.findStandingNotice(db, area, wanted),
    listOrganisations(db, area, today),
    store.countLeft(db, area, wanted),
    store.countHeld(db, { area, organisation: wanted, on: today }),
  ])
  const others = all.filter(
    (one) => one.id !== wanted && one.data_role !== 'none' && one.until_on === null && takesNew(one, today),
  )
  const keepers = Object.fromEntries<{ label: string }>(others.map(({ id: key, name }) => [key, { label: name }]))
  return { organisation, standing, shown: { organisation, keepers, left, held, today } }
}

async function found({ db, area, actor, today }: Asking, wanted: string) {
  const notice = await store.findNotice(db, actor, wanted)
  if (!notice) throw new NotFound()
  const { organisation, closed_at: closed, withdrawn_at: back } = notice
  const [left, held, itself] = await Promise.all([
    store.countLeft(db, area, organisation),
    store.countHeld(db, { area, organisation, on: today }),
    findOrganisation(db, area, organisation),
  ])
  const says = sayers.some((role) => role === actor.role)
  return {
    ...{ notice: { ...notice, state: stateOf({ ...notice, left }) }, left, held, today },
    deals: back === null && dealsWith(actor, notice) && actor.role !== 'system-administrator',
    mayTakeBack:
      says && closed === null && back === null && itself !== undefined && mayChangeOrganisation(actor, itself),
  }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
