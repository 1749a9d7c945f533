import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { startOfDay } from '#platform/dates.ts'
import { id, optionalId, optionalText, optionalWholeNumber, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { Profile, ProfileForm } from './pages.tsx'
import { changedMonths, monthsOf, plannedMonths, problemsWithProfile, withTheirs, yearFrom } from './rules.ts'
import { countStartsByMonth, listPlanned, savePlan } from './store.ts'

const writers = ['service-manager', 'area-lead'] as const
const readers = [...writers, 'senior-coach', 'administrator'] as const

/** How many are meant to begin support in each month: read beside those who did, and entered by who answers for it. */
export async function profileRoutes(app: App): Promise<void> {
  const query = { organisation: optionalId(), year: optionalText(4) }
  app.get('/profile', { who: readers, verb: 'list', query }, async ({ db, actor, today, query: asked }, reply) => {
    const found = await organisationsOf(db, actor, today)
    const organisation = found.find((one) => one.id === (asked.organisation ?? found[0]?.id))
    const year = yearFrom(asked.year, today)
    if (!organisation || year === undefined) throw new NotFound()
    const months = monthsOf(year)
    const [planned, started] = await Promise.all([
      listPlanned(db, { area: actor.area, organisation: organisation.id }),
      actor.role === 'area-lead' ? undefined : countStartsByMonth(db, actor, spanOfYear(year)),
    ])
    return reply.page(
      <Profile
        {...{ organisation, year, started, months: plannedMonths(months, planned) }}
        organisations={Object.fromEntries(found.map((one) => [one.id, { label: one.name }]))}
        mayEnter={writers.some((role) => role === actor.role)}
      />,
    )
  })
  enteringRoutes(app)
}

function spanOfYear(year: number) {
  const april = Temporal.PlainDate.from({ year, month: 4, day: 1 })
  return { from: startOfDay(april), until: startOfDay(april.add({ years: 1 })) }
}

/** The providers somebody plans for: their own, or all of the area for its lead. */
async function organisationsOf(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const all = await listOrganisations(db, actor.area, today)
  return all.filter((one) => (actor.role === 'area-lead' ? one.kind === 'provider' : one.id === actor.organisation))
}

const starts = () => optionalWholeNumber(0, 9999, 'Enter how many people, from 0 to 9999')
const fields = {
  ...{ 'starts-1': starts(), 'starts-2': starts(), 'starts-3': starts(), 'starts-4': starts() },
  ...{ 'starts-5': starts(), 'starts-6': starts(), 'starts-7': starts(), 'starts-8': starts() },
  ...{ 'starts-9': starts(), 'starts-10': starts(), 'starts-11': starts(), 'starts-12': starts() },
  ...{ id: id('Open this page again'), why: optionalText(), version: text('Open this page again') },
}

function enteringRoutes(app: App): void {
  const path = '/profile/:organisation/:year'
  app.get(path, { who: writers }, async (request, reply) => {
    const found = await profileOf(request, request.params)
    return reply.page(<ProfileForm {...found} {...blank} id={newId()} />)
  })
  app.post(path, { who: writers, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const found = await profileOf(request, params)
    const { organisation, year, months } = found
    const again = `/profile?organisation=${organisation.id}&year=${year}`
    if (!form.ok) return reply.code(422).page(<ProfileForm {...found} {...form} id={newId()} />)
    const { id: plan, why, version, ...given } = form.value
    if (found.plans.has(plan)) {
      await request.act('profile.sent-again', { subject: plan })
      return reply.redirect(again)
    }
    if (version !== found.version)
      return reply
        .code(409)
        .page(<ProfileForm {...found} {...form} typed={withTheirs(months, form.typed)} id={newId()} />)
    const problems = problemsWithProfile(months, { starts: given, why })
    if (problems.length > 0)
      return reply.code(422).page(<ProfileForm {...found} typed={form.typed} problems={problems} id={plan} />)
    const changed = changedMonths(months, given)
    const by = { by: actor.membership, at: now }
    await savePlan(db, { ...by, area, id: plan, organisation: organisation.id, why, months: changed })
    await request.act('profile.entered', { subject: plan, codes: { organisation: organisation.id, year } })
    request.flash('Saved. What was planned before stays in the history.')
    return reply.redirect(again)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function profileOf({ db, area, actor, today }: Asking, asked: Readonly<{ organisation: string; year: string }>) {
  const organisation = (await organisationsOf(db, actor, today)).find((one) => one.id === asked.organisation)
  const year = yearFrom(asked.year, today)
  if (!organisation || year === undefined) throw new NotFound()
  const planned = await listPlanned(db, { area, organisation: organisation.id })
  const plans = new Set(planned.map(({ plan }) => plan))
  return {
    organisation,
    year,
    plans,
    months: plannedMonths(monthsOf(year), planned),
    version: [...plans].at(-1) ?? 'none',
  }
}
