import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findArea } from '#registers/areas/store.ts'
import { GivenToYou } from './pages.tsx'
import { overWords, readCode } from './rules.ts'
import { beginByLink, findByCode } from './store.ts'

const stranger = { who: 'anyone', area: 'path' } as const

/** Where a link leads that an organisation handed over: to the form by which somebody refers themselves. */
export async function handedLinkRoutes(app: App): Promise<void> {
  app.get('/in/:area/from/:code', stranger, async (request, reply) => {
    const { db, area, params } = request
    const { name: areaName, link } = await behind(db, area, params.code)
    if (link) return reply.page(<GivenToYou {...{ area, areaName, link }} />)
    request.flash(overWords)
    return reply.redirect(`/in/${area}`)
  })
  // Pressed and not only opened: a preview that a phone or a mail program makes of the address counts nothing.
  app.post('/in/:area/from/:code', { ...stranger, unjournaled: true }, async (request, reply) => {
    const { db, area, params } = request
    const { link } = await behind(db, area, params.code)
    if (link) await beginByLink(request, link.id)
    return reply.redirect(`/in/${area}/refer-yourself`)
  })
}

async function behind(db: Db, area: string, typed: string) {
  const [found, code] = [await findArea(db, area), readCode(typed)]
  if (!found) throw new NotFound()
  return { name: found.name, link: code === undefined ? undefined : await findByCode(db, area, code) }
}
