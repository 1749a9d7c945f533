import type { Db } from '#platform/database/transaction.ts'
import { day, optionalText, text, tick, wholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { decisionsVersion, withBefore } from '#registers/areas/rules.ts'
import { holdArea, listDecisions, saveDecision } from '#registers/areas/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { TrailblazerForm } from './pages.tsx'
import { changedTrailblazer, conversationDays, usualTrailblazer } from './rules.ts'
import { findTrailblazer } from './store.ts'

const deciding = {
  who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'],
  draft: 'area-trailblazer',
} as const

const fields = {
  trailblazer: tick(),
  conversationWorkingDays: wholeNumber(conversationDays.least, conversationDays.most),
  from: day('Enter the day from which this holds'),
  reason: optionalText(),
  version: text('Open this page again from the area'),
}

/** Whether an area takes part as a fit note trailblazer, decided from a day on. */
export async function trailblazerRoutes(app: App): Promise<void> {
  app.get('/area/trailblazer', deciding, async ({ db, area, today, form }, reply) =>
    reply.page(<TrailblazerForm {...await surroundings(db, area, today)} {...form} />),
  )
  app.post('/area/trailblazer', { ...deciding, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    await holdArea(db, area)
    const around = await surroundings(db, area, today)
    if (!form.ok) return reply.code(422).page(<TrailblazerForm {...around} {...form} />)
    const { from, reason, version: seen, ...decided } = form.value
    const changed = changedTrailblazer(await findTrailblazer(db, area, from), decided)
    // Sent twice it changes nothing more.
    if (seen !== around.version && changed.length > 0)
      return reply.code(409).page(<TrailblazerForm {...around} {...form} />)
    for (const [name, value] of changed) {
      await saveDecision(db, { area, name, value, fromOn: from, reason, by: actor.membership, at: now })
      await request.act('area.setting', { codes: { name, from: from.toString() } })
    }
    await request.act('area.settings-reviewed')
    request.flash(changed.length > 0 ? 'Saved. What held before stays in the history.' : 'Already saved.')
    return reply.redirect('/area/trailblazer')
  })
}

async function surroundings(db: Db, area: string, today: Temporal.PlainDate) {
  const [trailblazer, decisions, members] = await Promise.all([
    findTrailblazer(db, area, today),
    listDecisions(db, area, Object.keys(usualTrailblazer)),
    listMemberNames(db, area),
  ])
  const usual: Readonly<Record<string, unknown>> = usualTrailblazer
  return {
    ...{ trailblazer, version: decisionsVersion(decisions), from: today },
    decisions: withBefore(decisions).map((one) => ({
      ...one,
      before: one.before ?? usual[one.name],
      byName: members.get(one.set_by ?? '') ?? null,
    })),
  }
}
