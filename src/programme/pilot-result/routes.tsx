import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { numberReaders } from '#journey/pilot/rules.ts'
import { findPilot, listChanges as listChangesOf } from '#journey/pilot/store.ts'
import { mayList, standsInside } from '#programme/return/rules.ts'
import { type Compared, PilotResult } from './pages.tsx'
import { comparedBy, differenceOf, groups, maskedPeople, shownOf } from './rules.ts'
import { countStandings, listChanges } from './store.ts'

/** What came of a pilot, in numbers alone. */
export async function pilotResultRoutes(app: App): Promise<void> {
  app.get('/pilots/:pilot/result', { who: numberReaders, verb: 'list' }, async (request, reply) => {
    const { db, area, actor, params, today } = request
    const [pilot, settings] = await Promise.all([findPilot(db, area, params.pilot), findSettings(db, area, today)])
    if (!pilot) throw new NotFound()
    const [counts, changes, changed] = await Promise.all([
      countStandings(db, actor, pilot.id),
      listChanges(db, actor, pilot.id),
      listChangesOf(db, area, pilot.id),
    ])
    const below = standsInside(actor.role, settings) ? 0 : settings.hideBelow
    const compared = comparedBy(pilot.measured).map((code): Compared => {
      const shown = groups.map((gets) => ({
        gets,
        shown: shownOf(
          changes.find((one) => one.code === code && one.gets === gets),
          below,
        ),
      }))
      const [first, second] = shown
      return { code, groups: shown, difference: first && second && differenceOf(first.shown, second.shown) }
    })
    await request.read('pilot.result', { subject: pilot.id, codes: { below } })
    const whose = mayList(actor.role) ? actor.organisationName : actor.areaName
    const shown = { pilot, whose, compared, below, changed: changed.length > 0 }
    return reply.page(<PilotResult {...shown} people={maskedPeople(counts, below)} />)
  })
}
