import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { saveAnswering } from '#registers/answering/store.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aDraftedPlan } from './plan.ts'
import { aService } from './services.ts'

type Given = Readonly<{
  name?: string
  also?: Fields
  service?: string
  plan?: Awaited<ReturnType<typeof aDraftedPlan>>
}>

/** Somebody with a plan, who has agreed to be contacted. */
export async function aPlannedPerson(app: TestApp) {
  const plan = await aDraftedPlan(app)
  const { person, coach } = plan
  const said = { area: coach.area, person, switch: 'contact', given: true, how: 'telephone' } as const
  await app.inArea(coach.area, (db) =>
    recordPermission(db, {
      ...said,
      lawfulBasis: 'public-task',
      wordingVersion: 1,
      by: coach.membership,
      at: app.clock.now,
    }),
  )
  return plan
}

/** What a coach enters to refer somebody to a service formally. */
export const formalReferral = (service: string, goal: string): Fields => ({
  ...{ id: newId(), service, purpose: goal, kind: 'formal', wanted: 'Help to sort out three letters about rent' },
  ...{ ticked: ['phone'], barrier: 'Does not open letters about money', email: 'intake@riverside.example.org' },
  ...{ 'due-day': '2', 'due-month': '2', 'due-year': '2026' },
})

/** Somebody whom their coach would refer to a service: written down, and nothing shown or sent. */
export async function aDraftedOnward(app: TestApp, { name, also = {}, ...given }: Given = {}) {
  const plan = given.plan ?? (await aPlannedPerson(app))
  const service = given.service ?? (await aService(app, { name: name ?? `Debt advice ${newId().slice(-6)}` }))
  const coach = await app.as(plan.coach)
  const form = { ...formalReferral(service, plan.goals[0]?.id ?? ''), ...also }
  const sent = await coach.send(`/episodes/${plan.episode}/onward`, form)
  return { ...plan, service, browser: coach, onward: String(form['id']), sent }
}

/** The same, with their yes, which the coach heard on the phone: it is sent. */
export async function aSentOnward(app: TestApp, given: Given & Readonly<{ yes?: Fields }> = {}) {
  const drafted = await aDraftedOnward(app, given)
  const said = { id: newId(), how: 'telephone', answer: 'yes', version: '1', ...given.yes }
  await drafted.browser.send(`/onward/${drafted.onward}/showing`, said)
  await app.work()
  return drafted
}

/** Lets the local service of the cast answer for a service of the directory in its inbox. */
export async function anInbox(app: TestApp, service: string, member = app.cast.serviceLead): Promise<void> {
  const { area, organisation } = member
  const said = { area, id: newId(), service, organisation, sent_since: null, at: app.clock.now }
  await app.inArea(area, (db) => saveAnswering(db, { ...said, by: app.cast.manager.membership }))
}

/** The address of the newest link that was sent about an onward referral. */
export async function onwardLink(app: TestApp, onward: string, purpose = 'onward'): Promise<string> {
  const { rows } = await app.owner.query<{ id: string }>(
    'select id from notify.message where link_subject = $1 and link_purpose = $2 order by id desc limit 1',
    [onward, purpose],
  )
  return messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
}

/** Somebody of whom a service says that it started, and who says that nobody got in touch. */
export async function saidDifferently(app: TestApp, given: Given = {}) {
  const drafted = await aDraftedOnward(app, { ...given, also: { kind: 'signpost' } })
  const { browser, onward, person } = drafted
  await browser.send(`/onward/${onward}/telling`, { id: newId() })
  const on = { 'started-day': '3', 'started-month': '1', 'started-year': '2026' }
  const heard = { id: newId(), witness: 'service', said: 'started', version: '2', ...on }
  await browser.send(`/onward/${onward}/happenings`, heard)
  const own = await app.asParticipant(person)
  await own.send(`/my/services/${onward}/help`, { id: newId(), answer: 'nobody', note: 'I waited for a call' })
  return drafted
}
