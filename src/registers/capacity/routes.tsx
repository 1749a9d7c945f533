import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { day, id, optionalText, optionalWholeNumber, wholeNumber } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findMember } from '#registers/organisations/store.ts'
import { findPoints } from '#registers/weighting/store.ts'
import { CapacityPage } from './pages.tsx'
import { capacityProblems, capOf, carries, deciders, fullTime } from './rules.ts'
import { findCapacities, listCapacities, saveCapacity, withdrawCapacity } from './store.ts'

const fields = {
  id: id('Open this page again from the board'),
  share: wholeNumber(1, 100, 'Enter the share of a full-time job as a whole number from 1 to 100'),
  people: optionalWholeNumber(0, 500, 'Enter the most people as a whole number from 0 to 500'),
  points: optionalWholeNumber(0, 5000, 'Enter the most points as a whole number from 0 to 5000'),
  from: day('Enter the day from which this holds'),
  why: optionalText(200),
}

/** How much each coach can look after, from a day on. */
export async function capacityRoutes(app: App): Promise<void> {
  const path = '/capacity/:member'
  const rule = { who: deciders } as const
  app.get(path, rule, async (request, reply) => {
    const shown = await around(request, request.params.member)
    return reply.page(<CapacityPage {...shown} {...blank} id={newId()} />)
  })
  app.post(path, { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const shown = await around(request, params.member)
    const problems = form.ok ? capacityProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<CapacityPage {...shown} {...again({ ...form, problems })} />)
    const { id: capacity, share, people, points, from, why } = form.value
    const said = { share, people, points, why, from_on: from }
    await saveCapacity(db, { ...said, area, id: capacity, member: shown.member.id, by: actor.membership, at: now })
    await request.act('capacity.said', { subject: shown.member.id, codes: { share, people, points } })
    request.flash('Saved.', `/capacity/${shown.member.id}/${capacity}/withdrawal`)
    return reply.redirect(`/capacity/${shown.member.id}`, 303)
  })
  app.post('/capacity/:member/:capacity/withdrawal', rule, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const { member } = await around(request, params.member)
    if (!wholeId.test(params.capacity)) throw new NotFound()
    const row = { area, id: params.capacity, member: member.id, by: actor.membership, at }
    if (!(await withdrawCapacity(db, row))) throw new NotFound()
    await request.act('capacity.taken-back', { subject: member.id })
    request.flash('It was taken back. What was said before holds again.')
    return reply.redirect(`/capacity/${member.id}`, 303)
  })
}

const wholeId = /^[0-9a-f-]{36}$/

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** A coach of one's own organisation, with what they carry today at most and everything that was said of it. */
async function around({ db, area, actor, today }: Asking, wanted: string) {
  const member = wholeId.test(wanted) ? await findMember(db, area, wanted) : undefined
  if (!member || !carries(member.role) || member.organisation !== actor.organisation) throw new NotFound()
  const [said, capacities, settings, points] = await Promise.all([
    listCapacities(db, area, member.id),
    findCapacities(db, area, today),
    findSettings(db, area, today),
    findPoints(db, area, today),
  ])
  const usual = { people: settings.caseloadCap, points: points.pointsCap }
  const held = capacities.get(member.id) ?? fullTime
  return { member: { id: member.id, name: member.name }, said, held, usual, cap: capOf(held, usual), today }
}
