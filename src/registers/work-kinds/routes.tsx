import type { Db } from '#platform/database/transaction.ts'
import { type Fields, optionalText, text, tick } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { decisionsVersion, withBefore } from '#registers/areas/rules.ts'
import { holdArea, listDecisions, saveDecision } from '#registers/areas/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { KindsForm } from './pages.tsx'
import { kindProblems, kindsFrom, kindsSetting, mostKinds, newAtOnce, usualKinds } from './rules.ts'
import { findKinds } from './store.ts'

const deciding = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const

const slots = Array.from({ length: mostKinds + newAtOnce }, (_, place) => place)

const fields: Fields = {
  ...Object.fromEntries(slots.map((place) => [`label${place}`, optionalText(60)])),
  ...Object.fromEntries(slots.map((place) => [`offered${place}`, tick()])),
  reason: optionalText(),
  version: text('Open this page again from the area'),
}

/** Which kinds of work that is not about one person an area tells apart. */
export async function otherWorkKindRoutes(app: App): Promise<void> {
  app.get('/area/other-work', deciding, async ({ db, area, today }, reply) =>
    reply.page(<KindsForm {...await surroundings(db, area, today)} {...blank} />),
  )
  app.post('/area/other-work', { ...deciding, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    await holdArea(db, area)
    const around = await surroundings(db, area, today)
    if (!form.ok) return reply.code(422).page(<KindsForm {...around} {...form} />)
    const given: Readonly<Record<string, unknown>> = form.value
    const value = kindsFrom(around.kinds, {
      labels: slots.map((place) => textOf(given[`label${place}`])),
      offered: slots.map((place) => given[`offered${place}`] === true),
    })
    const problems = kindProblems(value)
    if (problems.length > 0) return reply.code(422).page(<KindsForm {...around} {...form} problems={problems} />)
    if (given['version'] !== around.version) return reply.code(409).page(<KindsForm {...around} {...form} />)
    if (JSON.stringify(value) !== JSON.stringify(around.kinds)) {
      const said = { value, fromOn: today, reason: textOf(given['reason']), by: actor.membership, at: now }
      await saveDecision(db, { area, name: kindsSetting, ...said })
      await request.act('area.setting', { codes: { name: kindsSetting, from: today.toString() } })
    }
    await request.act('area.settings-reviewed')
    request.flash('Saved. What was written down before keeps its kind.')
    return reply.redirect('/area/other-work')
  })
}

const textOf = (given: unknown): string | null => (typeof given === 'string' ? given : null)

async function surroundings(db: Db, area: string, today: Temporal.PlainDate) {
  const [kinds, decisions, members] = await Promise.all([
    findKinds(db, area, today),
    listDecisions(db, area, [kindsSetting]),
    listMemberNames(db, area),
  ])
  return {
    ...{ kinds, version: decisionsVersion(decisions) },
    decisions: withBefore(decisions).map((one) => ({
      ...one,
      before: one.before ?? usualKinds,
      byName: members.get(one.set_by ?? '') ?? null,
    })),
  }
}
