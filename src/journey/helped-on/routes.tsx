import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, optionalDay, optionalId } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { tellingProblems, waysOfTelling } from '#journey/decision/rules.ts'
import { keepTelling } from '#journey/decision/store.ts'
import { PeopleToTell, Telling } from './pages.tsx'
import { findToTell, listToTell } from './store.ts'

const deciders = ['administrator', 'senior-coach', 'service-manager'] as const
const tellers = careRoles.filter((role) => role !== 'clinician')
const fields = { toldBy: optionalId(), toldHow: optionalChoice(waysOfTelling), toldOn: optionalDay() }

/** Who is not eligible is told where they get help instead, when it was decided or later. */
export async function helpedOnRoutes(app: App): Promise<void> {
  app.get('/referrals/to-tell', { who: deciders, verb: 'list', reads: 'list' }, async (request, reply) => {
    const people = await listToTell(request.db, request.actor)
    await request.read('eligibility.to-tell', { codes: { shown: people.map(({ referral }) => referral) } })
    return reply.page(<PeopleToTell people={people} now={request.now} />)
  })

  const path = '/referrals/:referral/telling'
  app.get(path, { who: tellers, verb: 'edit', reads: 'record' }, async (request, reply) => {
    const shown = await around(request, request.params.referral)
    await request.read('eligibility.telling-form', { person: shown.toTell.person, subject: shown.toTell.decision })
    return reply.page(<Telling {...shown} {...blank} />)
  })
  app.post(path, { who: tellers, verb: 'edit', form: fields }, async (request, reply) => {
    const { db, area, form, today } = request
    const shown = await around(request, request.params.referral)
    const { toTell, members } = shown
    const wrong = (problems: readonly Problem[]) =>
      reply.code(422).page(<Telling {...shown} problems={problems} typed={form.typed} />)
    if (!form.ok) return wrong(form.problems)
    const { toldBy } = form.value
    const problems = tellingProblems(form.value, { receivedOn: toTell.receivedOn, today })
    const unknown = toldBy !== null && !(toldBy in members) ? [chooseTeller] : []
    if (problems.length + unknown.length > 0) return wrong([...problems, ...unknown])
    await keepTelling(db, area, toTell.decision, form.value)
    const codes = { how: form.value.toldHow, by: toldBy }
    await request.act('eligibility.told', { person: toTell.person, subject: toTell.decision, codes })
    request.flash('Saved: they were told.')
    return reply.redirect(`/referrals/${toTell.referral}/eligibility`)
  })
}

const chooseTeller = { field: 'toldBy', message: 'Choose who told them from the list' }

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** Whom it is about; as if they were not there for who may not work with them, and once they were told. */
async function around({ db, area, actor, today }: Asking, referral: string) {
  const [toTell, members] = await Promise.all([
    findToTell(db, actor, referral),
    listMembers(db, area, today, actor.organisations),
  ])
  if (!toTell) throw new NotFound()
  const list = Object.fromEntries(members.map(({ id, name }) => [id, { label: name }]))
  return { toTell, members: list, member: actor.membership, today: `${today}` }
}
