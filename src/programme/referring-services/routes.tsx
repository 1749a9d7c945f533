import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { isBefore } from '#platform/dates.ts'
import { optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { spreadsheetOf } from '#programme/download/rules.ts'
import { quarterFrom, quartersBack } from '#programme/gaps/rules.ts'
import { referringReaders } from '#programme/onward-figures/rules.ts'
import { mayList, standsInside } from '#programme/return/rules.ts'
import { ReferringServices } from './pages.tsx'
import { columns, linesOf, toldOf } from './rules.ts'
import { listCameByLink, listReferredIn } from './store.ts'

/** Which services of the directory refer people in, how many, and what became of them. */
export async function referringServicesRoutes(app: App): Promise<void> {
  const query = { quarter: optionalText(6) }
  app.get('/referring-services', { who: referringReaders, verb: 'list', query }, async (request, reply) => {
    const { actor, today } = request
    const { quarter, below, ...numbers } = await tellingOf(request, request.query.quarter)
    await request.read('referral.counts-by-service', { codes: { quarter: quarter.code, below } })
    const quarters = Object.fromEntries(quartersBack(today).map(({ code, label }) => [code, { label }]))
    const reach = mayList(actor.role) ? actor.organisationName : actor.areaName
    const shown = { quarter, quarters, below, reach, ...numbers }
    const opens = actor.role !== 'area-lead' && actor.role !== 'council-lead'
    return reply.page(<ReferringServices {...shown} opens={opens} unfinished={!isBefore(quarter.until, today)} />)
  })
  app.get('/referring-services.csv', { who: referringReaders, verb: 'list', query }, async (request, reply) => {
    const { area } = request
    const { quarter, told, below } = await tellingOf(request, request.query.quarter)
    await request.read('referral.counts-by-service-file', { codes: { quarter: quarter.code, below } })
    const file = spreadsheetOf(columns, linesOf(told, { quarter: quarter.code, area, below }))
    return reply.file(`referring-services-${area}-${quarter.code}.csv`, file, 'text/csv; charset=utf-8')
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** A quarter as this reader may see it, by the rule for small numbers that is in force when it ends. */
async function tellingOf({ db, area, actor, today }: Asking, asked: string | null) {
  const quarter = quarterFrom(asked, today)
  if (!quarter) throw new NotFound()
  const [found, came] = [await listReferredIn(db, actor, quarter), await listCameByLink(db, actor, quarter)]
  const [now, then] = [await findSettings(db, area, today), await findSettings(db, area, quarter.until)]
  const below = standsInside(actor.role, now) ? 0 : then.hideBelow
  return { quarter, below, told: toldOf(found, below), byLink: toldOf(came, below) }
}
