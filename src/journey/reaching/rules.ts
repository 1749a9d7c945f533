import type { Problem } from '#platform/form/rules.ts'
import { isConfirmed, isMobileNumber } from '#registers/means/rules.ts'
import { mayBeReachedBy, needInWords, type ReachedBy } from '#registers/access-needs/rules.ts'
import type { MeansKind } from '#registers/people/rules.ts'

/** How somebody is reached. Two kinds of call are one channel: who does not pick up on one may see a text instead. */
export const ways = {
  mobile: { label: 'Call to a mobile', channel: 'call', uses: ['mobile'] },
  telephone: { label: 'Call to another phone', channel: 'call', uses: ['telephone'] },
  text: { label: 'Text message', channel: 'text', uses: ['mobile'] },
  email: { label: 'Email', channel: 'email', uses: ['email'] },
  letter: { label: 'Letter', channel: 'letter', uses: ['post'] },
  video: { label: 'Video call', channel: 'video', uses: [] },
  'in-person': { label: 'In person', channel: 'in-person', uses: [] },
} as const satisfies Record<string, { label: string; channel: ReachedBy; uses: readonly MeansKind[] }>

export type Way = keyof typeof ways

/** One way to reach a person, as the person's record has it. */
export type Means = Readonly<{ kind: string; value: string; wanted: boolean; safe: boolean; voicemail_safe: boolean }> &
  Readonly<{ unconfirmed_at?: Temporal.Instant | null; theirs?: boolean }>

/** What decides how a person may be reached. */
export type Reaching = Readonly<{
  means: readonly Means[]
  accessNeeds: readonly string[]
  /** The newest answer to being contacted; undefined when nobody has asked. */
  wantsContact: boolean | undefined
}>

/** Safe and wanted, not on record, not wanted or not safe; the last two ask for a reason before they are used. */
export type WayState = 'fine' | 'unknown' | 'unwanted' | 'unsafe'

/** Whether this way of reaching the person is safe and wanted. One safe number is enough to call. */
export function stateOfWay(way: Way, { means, accessNeeds, wantsContact }: Reaching): WayState {
  const its = usedBy(way, means)
  if (its.length > 0 && its.every(({ safe }) => !safe)) return 'unsafe'
  const closed = !mayBeReachedBy(ways[way].channel, accessNeeds)
  if (closed || (wantsContact === false && way !== 'in-person')) return 'unwanted'
  if (ways[way].uses.length === 0) return 'fine'
  if (its.length === 0) return 'unknown'
  return its.some(({ safe, wanted }) => safe && wanted) ? 'fine' : 'unwanted'
}

/** Whether nobody else hears a message left after the tone when this way is used. */
export function mayLeaveMessage(way: Way, { means }: Reaching): boolean {
  return ways[way].channel !== 'call' || usedBy(way, means).some(({ safe, voicemail_safe }) => safe && voicemail_safe)
}

/** What on record a way goes over. A mobile that takes no texts is kept as a phone, and called as a mobile all the same. */
/** Whether they were called at a number of which nobody knows that it is theirs: whoever spoke with them can ask. */
export function isDoubtedAt(way: Way, { means }: Pick<Reaching, 'means'>): boolean {
  const its = ways[way].channel === 'call' ? usedBy(way, means) : []
  return its.length > 0 && its.every(({ theirs }) => theirs === false)
}

function usedBy(way: Way, means: readonly Means[]): readonly Means[] {
  const uses: readonly string[] = ways[way].uses
  return means.filter(({ kind, value }) => {
    const isMobile = ways[way].channel === 'call' && kind === 'telephone' && isMobileNumber(value)
    return uses.includes(isMobile ? 'mobile' : kind)
  })
}

/** What the person needs so that they can take part, in words; null where nothing is known. */
export function needsInWords(needs: readonly string[], note: string | null): string | null {
  const labels = needs.map(needInWords)
  return [...labels, ...(note ? [note] : [])].join(', ') || null
}

type Given = Readonly<{ way: Way; leftMessage: boolean; why: string | null; 'why-message': string | null }>

/** Where a reason is missing: the way is not safe or not wanted, or a message was left where others may hear it. */
export function problemsWithWay({ way, leftMessage, why, ...given }: Given, reaching: Reaching): Problem[] {
  const state = stateOfWay(way, reaching)
  const heard = leftMessage && !mayLeaveMessage(way, reaching)
  const missing = [
    why === null && state === 'unsafe' && { field: 'why', message: 'Say why a way that is not safe was used' },
    why === null && state === 'unwanted' && { field: 'why', message: 'Say why a way that is not wanted was used' },
    given['why-message'] === null &&
      heard && { field: 'why-message', message: 'Say why a message was left on this phone' },
  ]
  return missing.filter((problem) => problem !== false)
}

/** What has to be known of a way to reach somebody before it is used. */
export function marksOf({ safe, wanted, voicemail_safe, kind, ...means }: Means) {
  const isCalled = kind !== 'email' && kind !== 'post'
  const marks = [
    !safe && ({ label: 'Not safe', colour: 'red' } as const),
    !wanted && ({ label: 'Not wanted', colour: 'orange' } as const),
    safe && wanted && isConfirmed(means) && ({ label: 'Safe', colour: 'green' } as const),
    !isConfirmed(means) && ({ label: 'Not shown to be theirs', colour: 'yellow' } as const),
    !voicemail_safe && isCalled && ({ label: 'No voicemail', colour: 'yellow' } as const),
  ]
  return marks.filter((mark) => mark !== false)
}

type Minded = Readonly<{ safeNote: string | null; reaching: Reaching }>

/** What is said before anybody is rung: the safe way first, and what is still allowed where they want no contact. */
export function warningsBefore({ safeNote, reaching }: Minded, whenUnwanted: string) {
  return [
    ...(safeNote === null ? [] : [{ heading: 'How to reach them safely', text: safeNote }]),
    ...(reaching.wantsContact === false
      ? [{ heading: 'Does not want to be contacted', text: `The person said no to being contacted. ${whenUnwanted}` }]
      : []),
  ]
}
