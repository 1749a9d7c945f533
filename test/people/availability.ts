import { newId } from '#platform/ids.ts'
import { addHours, addVenue } from '#journey/availability/store.ts'
import type { Mode } from '#journey/invitation/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

type Kept = Readonly<{
  weekdays: readonly number[]
  starts: string
  ends: string
  modes: readonly Mode[]
  stepFree: boolean
}>

/** The usual hours in which a member can be met, from the day they came on; gives the building in which they are. */
export async function hoursOf(app: TestApp, member?: Member, given: Partial<Kept> = {}): Promise<string> {
  const { area, membership } = member ?? app.cast.coach
  const { weekdays = [1, 2, 3, 4, 5], starts = '09:00', ends = '12:00' } = given
  const { modes = ['phone', 'in-person'], stepFree = true } = given
  const venue = newId()
  const by = { area, by: membership, at: app.clock.now }
  const building = {
    name: 'Park House',
    address: '4 High Street, Leeds',
    access_note: 'Ring the bell at the side door',
  }
  const fromOn = Temporal.PlainDate.from('2025-01-01')
  const times = { weekdays, starts, ends, modes, fromOn, untilOn: null }
  await app.inArea(area, async (db) => {
    await addVenue(db, { ...by, ...building, id: venue, step_free: stepFree, until_on: null })
    await addHours(db, {
      ...{ ...by, ...times, id: newId(), member: membership, venue: modes.includes('in-person') ? venue : null },
    })
  })
  return venue
}
