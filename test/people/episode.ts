import { newId } from '#platform/ids.ts'
import { dayOf } from '#platform/dates.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { registerPerson } from '#registers/people/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

/** A spell of support in a test: whose it is and who looks after it. */
export type Standing = Readonly<{ person: string; episode: string; coach: Member }>

export type Made = Readonly<{
  coach?: Member
  givenName?: string
  familyName?: string
  /** Without a coach: received and accepted, waiting to be allocated. */
  unallocated?: boolean
  /** What happened after it was accepted, each a number of days after the one before. */
  steps?: readonly (readonly [step: Step, daysLater: number])[]
}>

/** Somebody who was referred by their GP and accepted now, with whatever happened since. */
export async function anEpisode(app: TestApp, made: Made = {}): Promise<Standing> {
  const coach = made.coach ?? app.cast.coach
  const { area, organisation, membership } = coach
  const at = app.clock.now
  const today = dayOf(at)
  const episode = newId()
  const received: Step = {
    kind: 'received',
    route: 'gp',
    provider: organisation,
    firstTryBy: today.add({ days: 2 }),
    firstAppointmentBy: today.add({ days: 14 }),
  }
  const allocated: Step[] = made.unallocated ? [] : [{ kind: 'allocated', coach: membership }]
  const person = await app.inArea(area, async (db) => {
    const newcomer = {
      givenName: made.givenName ?? 'Robin',
      familyName: made.familyName ?? 'Marsh',
      bornOn: Temporal.PlainDate.from('1981-03-14'),
      means: [{ kind: 'mobile' as const, value: '07700 900461' }],
    }
    const registered = await registerPerson(db, { area, newcomer, holder: organisation, at, givenBy: 'person' })
    for (const step of [received, { kind: 'accepted' } as const, ...allocated]) {
      await recordStep(db, { area, episode, person: registered, step, at, by: membership })
    }
    let moment = at
    for (const [step, days] of made.steps ?? []) {
      moment = moment.add({ hours: 24 * days })
      await recordStep(db, { area, episode, step, at: moment, by: membership })
    }
    return registered
  })
  return { person, episode, coach }
}
