import type { Capacity, Listing } from '#registers/listing/rules.ts'

/** What whoever runs a service says of its room and its wait. */
export type Room = Readonly<{ capacity: Capacity | null; waitWeeks: number | null }>

/** A listing with its room and wait as they are said today: the day on which somebody looked goes with the wait. */
export function withRoom(listing: Listing, { capacity, waitWeeks }: Room, today: Temporal.PlainDate): Listing {
  return { ...listing, capacity, waitWeeks, waitOn: waitWeeks === null ? null : today.toString() }
}
