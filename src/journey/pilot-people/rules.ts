import { type Place, places } from '#journey/pilot/rules.ts'

const placesWhenPast = {
  asked: { label: 'Asked, did not answer', colour: 'grey' },
  yes: { label: 'Took part', colour: 'grey' },
} as const

/** How somebody stands to a pilot, in words; to one whose time is over, how they stood. */
export const placeInWords = (place: Place, past: boolean) =>
  past && (place === 'yes' || place === 'asked') ? placesWhenPast[place] : places[place]
