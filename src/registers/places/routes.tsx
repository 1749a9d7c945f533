import { dayFromParts } from '#platform/dates.ts'
import { optionalText } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { Places } from './pages.tsx'
import { listLoadings, listProgrammeFigures, listSuccessions, listVanguards, readBoundaries } from './store.ts'

const mayLook = [
  'administrator',
  'service-manager',
  'area-lead',
  'council-lead',
  'national-team',
  'system-administrator',
] as const

const dayAsked = { 'on-day': optionalText(), 'on-month': optionalText(), 'on-year': optionalText() }

/** Places on a day, for those who place people and those who look after the register. */
export async function placesRoutes(app: App): Promise<void> {
  app.get('/places', { who: mayLook, query: dayAsked }, async ({ db, query, today }, reply) => {
    const { on, form } = askedDay(query, today)
    const [map, successions, vanguards, figures, loadings] = await Promise.all([
      readBoundaries(db),
      listSuccessions(db),
      listVanguards(db),
      listProgrammeFigures(db),
      listLoadings(db),
    ])
    const shown = { ...form, on, map, successions, vanguards, figures, loadings }
    return reply.code(form.problems.length > 0 ? 422 : 200).page(<Places {...shown} />)
  })
}

type Asked = Readonly<Record<keyof typeof dayAsked, string | null>>

function askedDay(asked: Asked, today: Temporal.PlainDate): { on: Temporal.PlainDate; form: FormState } {
  const parts = { day: asked['on-day'] ?? '', month: asked['on-month'] ?? '', year: asked['on-year'] ?? '' }
  if (`${parts.day}${parts.month}${parts.year}` === '') return { on: today, form: { problems: [], typed: {} } }
  const read = dayFromParts(parts)
  const typed = { 'on-day': parts.day, 'on-month': parts.month, 'on-year': parts.year }
  const problems = read.ok ? [] : [{ field: 'on', message: read.why }]
  return { on: read.ok ? read.day : today, form: { problems, typed } }
}
