import type { Jobs } from '#platform/jobs/worker.ts'
import type { Settings } from '#platform/settings.ts'
import { dayOf } from '#platform/dates.ts'
import { findSettings } from '#registers/areas/store.ts'
import { workRound } from './store.ts'

/** Asks the owners of services that are due, some at a time, however many there are. */
export const ownerCheckJobs = ({ origin }: Pick<Settings, 'origin'>): Jobs => ({
  'owner-check.round': async (db, { area, round }, now) => {
    const { askOwnersDays } = await findSettings(db, area, dayOf(now))
    const lately = now.subtract({ hours: 24 * askOwnersDays })
    await workRound(db, { area, round: String(round), lately, origin, now })
  },
})
