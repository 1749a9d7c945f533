import type { Db } from '#platform/database/transaction.ts'
import { day, optionalText, text, wholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { decisionsVersion, withBefore } from '#registers/areas/rules.ts'
import { holdArea, listDecisions, saveDecision } from '#registers/areas/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { PointsForm } from './pages.tsx'
import { changedPoints, mostPoints, pointProblems, usualPoints } from './rules.ts'
import { findPoints } from './store.ts'

const deciding = {
  who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'],
  draft: 'area-weighting',
} as const

const points = () => wholeNumber(0, mostPoints.each, `Enter points as a whole number from 0 to ${mostPoints.each}`)

const fields = {
  weightFirstContact: points(),
  weightAssessment: points(),
  weightPlan: points(),
  weightSupport: points(),
  weightFollowUp: points(),
  weightManyBarriers: points(),
  weightSevereBarrier: points(),
  weightInterpreter: points(),
  weightConcern: points(),
  weightRestricted: points(),
  weightWeekly: points(),
  weightFortnightly: points(),
  weightMonthly: points(),
  pointsCap: wholeNumber(1, mostPoints.cap),
  from: day('Enter the day from which this holds'),
  reason: optionalText(),
  version: text('Open this page again from the area'),
}

/** What looking after somebody weighs, decided by the area from a day on. */
export async function weightingRoutes(app: App): Promise<void> {
  app.get('/area/weighting', deciding, async ({ db, area, today, form }, reply) =>
    reply.page(<PointsForm {...await surroundings(db, area, today)} {...form} />),
  )
  app.post('/area/weighting', { ...deciding, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    await holdArea(db, area)
    const around = await surroundings(db, area, today)
    if (!form.ok) return reply.code(422).page(<PointsForm {...around} {...form} />)
    const { from, reason, version: seen, ...decided } = form.value
    const problems = pointProblems(decided)
    if (problems.length > 0) return reply.code(422).page(<PointsForm {...around} {...form} problems={problems} />)
    if (seen !== around.version) return reply.code(409).page(<PointsForm {...around} {...form} />)
    for (const [name, value] of changedPoints(await findPoints(db, area, from), decided)) {
      await saveDecision(db, { area, name, value, fromOn: from, reason, by: actor.membership, at: now })
      await request.act('area.setting', { codes: { name, from: from.toString() } })
    }
    await request.act('area.settings-reviewed')
    request.flash('Saved. What held before stays in the history.')
    return reply.redirect('/area/weighting')
  })
}

async function surroundings(db: Db, area: string, today: Temporal.PlainDate) {
  const [held, decisions, members] = await Promise.all([
    findPoints(db, area, today),
    listDecisions(db, area, Object.keys(usualPoints)),
    listMemberNames(db, area),
  ])
  const usual: Readonly<Record<string, unknown>> = usualPoints
  return {
    ...{ held, version: decisionsVersion(decisions), from: today },
    decisions: withBefore(decisions).map((one) => ({
      ...one,
      before: one.before ?? usual[one.name],
      byName: members.get(one.set_by ?? '') ?? null,
    })),
  }
}
