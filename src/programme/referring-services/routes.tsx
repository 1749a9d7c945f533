import { isBefore } from '#platform/dates.ts'
import { optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { quarterFrom, quartersBack } from '#programme/gaps/rules.ts'
import { referringReaders } from '#programme/onward-figures/rules.ts'
import { mayList, standsInside } from '#programme/return/rules.ts'
import { ReferringServices } from './pages.tsx'
import { toldOf } from './rules.ts'
import { listReferredIn } from './store.ts'

/** Which services of the directory refer people in, how many, and what became of them. */
export async function referringServicesRoutes(app: App): Promise<void> {
  const query = { quarter: optionalText(6) }
  app.get('/referring-services', { who: referringReaders, verb: 'list', query }, async (request, reply) => {
    const { db, area, actor, today } = request
    const quarter = quarterFrom(request.query.quarter, today)
    if (!quarter) throw new NotFound()
    const found = await listReferredIn(db, actor, quarter)
    const [now, then] = [await findSettings(db, area, today), await findSettings(db, area, quarter.until)]
    const below = standsInside(actor.role, now) ? 0 : then.hideBelow
    await request.read('referral.counts-by-service', { codes: { quarter: quarter.code, below } })
    const quarters = Object.fromEntries(quartersBack(today).map(({ code, label }) => [code, { label }]))
    const reach = mayList(actor.role) ? actor.organisationName : actor.areaName
    const shown = { quarter, quarters, below, reach, told: toldOf(found, below) }
    const opens = actor.role !== 'area-lead' && actor.role !== 'council-lead'
    return reply.page(<ReferringServices {...shown} opens={opens} unfinished={!isBefore(quarter.until, today)} />)
  })
}
