import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isBefore } from '#platform/dates.ts'
import { optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { spreadsheetOf } from '#programme/download/rules.ts'
import { mayList, standsInside } from '#programme/return/rules.ts'
import { GapsPage } from './pages.tsx'
import { columns, linesOf, noPlace, quarterFrom, quartersBack, toldOf } from './rules.ts'
import { listCouncilNames, listGaps } from './store.ts'

const readers = ['senior-coach', 'service-manager', 'administrator', 'area-lead', 'council-lead'] as const

/** Needs met with no service, for those who run the service and those who plan services. */
export async function gapsRoutes(app: App): Promise<void> {
  const query = { quarter: optionalText(6), place: optionalText(12) }
  app.get('/gaps', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { actor, today } = request
    const { quarter, told, below } = await tellingOf(request, request.query.quarter)
    await request.read('gap.counts', { codes: { quarter: quarter.code, below } })
    const quarters = Object.fromEntries(quartersBack(today).map(({ code, label }) => [code, { label }]))
    const reach = mayList(actor.role) ? actor.organisationName : actor.areaName
    const shown = { quarter, quarters, told, below, reach, place: request.query.place }
    return reply.page(<GapsPage {...shown} unfinished={!isBefore(quarter.until, today)} />)
  })
  app.get('/gaps.csv', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { area } = request
    const { quarter, told, below } = await tellingOf(request, request.query.quarter)
    await request.read('gap.counts-file', { codes: { quarter: quarter.code, below } })
    const lines = linesOf(told, { quarter: quarter.code, area, below })
    return reply.file(`gaps-${area}-${quarter.code}.csv`, spreadsheetOf(columns, lines), 'text/csv; charset=utf-8')
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** A quarter as this reader may see it, by the rule for small numbers that is in force when it ends. */
async function tellingOf({ db, area, actor, today }: Asking, asked: string | null) {
  const quarter = quarterFrom(asked, today)
  if (!quarter) throw new NotFound()
  const [found, now, then] = [
    await listGaps(db, actor, quarter),
    await findSettings(db, area, today),
    await findSettings(db, area, quarter.until),
  ]
  const below = standsInside(actor.role, now) ? 0 : then.hideBelow
  const names = await listCouncilNames(db, [...new Set(found.map(({ place }) => place))])
  const named = (place: string) => (place === noPlace ? 'Not known' : (names.get(place) ?? place))
  return { quarter, below, told: toldOf(found, { below, named }) }
}
