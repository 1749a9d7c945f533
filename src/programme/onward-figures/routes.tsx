import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findService } from '#registers/directory/store.ts'
import { proposers } from '#registers/proposing/rules.ts'
import { FiguresOfService } from './pages.tsx'
import { countedDays, figuresOf } from './rules.ts'
import { listSent } from './store.ts'

/** How a service answers those who are passed on to it, for whoever keeps the directory right and refers. */
export async function onwardFiguresRoutes(app: App): Promise<void> {
  app.get('/services/:service/figures', { who: proposers }, async ({ db, area, today, params }, reply) => {
    const found = await findService(db, area, params.service)
    if (!found) throw new NotFound()
    const service = { id: found.id, name: found.listing.name }
    const days = countedDays(today)
    const figures = figuresOf(await listSent(db, { area, service: service.id, ...days }))
    return reply.page(<FiguresOfService {...{ service, figures }} {...days} />)
  })
}
