import type { Meeting } from '#registers/meeting/rules.ts'
import type { Purpose } from '#journey/appointment/rules.ts'
import { clock, dayOf } from '#platform/dates.ts'
import type { FreeTime } from '#journey/availability/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'

/** What a free time has to be good for. */
export type Wish = Readonly<{
  purpose: Purpose
  /** What the person needs so that they can take part. */
  accessNeeds: readonly string[]
  /** In which of these ways they may meet. */
  modes: readonly Mode[]
}>

/** How long an appointment is to be: half as long again for whoever needs longer ones. */
export function minutesFor({ purpose, accessNeeds }: Pick<Wish, 'purpose' | 'accessNeeds'>, meeting: Meeting): number {
  const usual = {
    first: meeting.firstMinutes,
    support: meeting.supportMinutes,
    review: meeting.reviewMinutes,
    other: meeting.otherMinutes,
  }[purpose]
  return accessNeeds.includes('longer-appointment') ? Math.ceil((usual * 1.5) / 5) * 5 : usual
}

type Around = Readonly<{
  stepFree: ReadonlySet<string>
  /** Where video calls of this member are; nobody chooses one where there is no room. */
  videoLink: string | null
}>

/**
 * The ways in which a person can meet in each free time, and only the times in which there is one: a building they cannot
 * get into is no place to meet, and a video call needs a room.
 */
export function fitting(free: readonly FreeTime[], wish: Wish, { stepFree, videoLink }: Around): FreeTime[] {
  const needsStepFree = wish.accessNeeds.includes('step-free')
  return free
    .map((time) => {
      const modes = time.modes.filter(
        (mode) =>
          wish.modes.includes(mode) &&
          (mode !== 'video' || videoLink !== null) &&
          (mode !== 'in-person' || !needsStepFree || (time.venue !== null && stepFree.has(time.venue))),
      )
      return { ...time, modes, venue: modes.includes('in-person') ? time.venue : null }
    })
    .filter(({ modes }) => modes.length > 0)
}

/** Whether there are too few free times for those who wait for one; nobody is told while nobody waits. */
export function areTooFew({ free, waiting }: Readonly<{ free: number; waiting: number }>, meeting: Meeting): boolean {
  return waiting > 0 && free < meeting.fewestFree
}

/** A free time as the address of the page on which it is booked has it. */
export function chosenTime(member: string, purpose: Purpose, { startsAt, endsAt, modes, venue }: FreeTime): string {
  const [mode = 'phone'] = modes
  const minutes = `${startsAt.until(endsAt).total('minutes')}`
  const when = { day: dayOf(startsAt).toString(), time: clock(startsAt), minutes }
  const where = venue && mode === 'in-person' ? { venue } : {}
  return new URLSearchParams({ member, ...when, purpose, mode, ...where }).toString()
}
