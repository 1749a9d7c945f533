import { linkMark } from '#platform/notify/rules.ts'
import { idleEnd, type Lasting, longestTime } from '#platform/identity/rules.ts'

/** How a participant showed who they are: by a code sent to them, or with an account of another organisation. */
export type Way = 'code' | 'account'

/** Why a participant's session ended before it ran out. */
export type OwnEndReason = 'signed out' | 'signed in again' | 'closed' | 'way taken away' | 'records parted'

/** A participant who is signed in. */
export type OwnSession = Lasting & Readonly<{ person: string; name: string; seenAt: Temporal.Instant }>

/** A fresh session, as long as one of a member: half an hour without use, twelve hours in all. */
export function freshSession(now: Temporal.Instant) {
  const ends_at = now.add(longestTime)
  return { created_at: now, seen_at: now, idle_ends_at: idleEnd(now, ends_at), ends_at }
}

/** The cookie of a participant. Under https its name makes browsers refuse it from any other host or path. */
export function ownCookie(origin: string): string {
  return origin.startsWith('https://') ? '__Host-workwell-own' : 'workwell-own'
}

/** What the cookie of a participant holds: in which area they take part, and the secret of their session. */
export function cookieValue(area: string, token: string): string {
  return `${area}.${token}`
}

/** The area and the token in a cookie of ours; undefined where it could not be one. */
export function cookieParts(cookie: string | undefined): Readonly<{ area: string; token: string }> | undefined {
  const [area, token, ...more] = cookie?.split('.') ?? []
  if (!area || !token || more.length > 0) return undefined
  return /^[a-z0-9-]{2,40}$/.test(area) && /^[\w-]{43}$/.test(token) ? { area, token } : undefined
}

/** A page of a participant's own that somebody asked for before signing in; null where it is none. */
export function ownReturn(to: string | null): string | null {
  return to !== null && /^\/my(\/[\w-]+)*$/.test(to) ? to : null
}

/** Why nobody can sign in as a person. */
export const closingReasons = {
  'shared-phone': { label: 'Somebody else uses or looks at their phone or email' },
  'at-risk': { label: 'Somebody is a risk to them', hint: 'For example a partner who watches what they do' },
  asked: { label: 'They asked for it' },
  other: { label: 'Another reason' },
} as const

export type ClosingReason = keyof typeof closingReasons

/** That a person's access online was closed, by whom and why. */
export type Closing = Readonly<{ id: string; reason: string; note: string | null; by: string; at: Temporal.Instant }>

/** The reason of a closing in words. */
export function closingInWords(reason: string): string {
  return Object.entries(closingReasons).find(([code]) => code === reason)?.[1].label ?? reason
}

/** What stands by a message that did not go to somebody because of it. */
export const closedOnline = 'Their online access is closed: tell them yourself'

/** What is said where a link would be sent; what to do instead stands behind it. */
export const noLinkSent =
  'Their online access is closed: nothing that leads online is sent to them, and links that went to them before do not open.'

/** What a coach reads who chose a message that could go as their page was opened, and cannot any more. */
export const cannotGoNow = 'No message can go to them any more: read below why, and choose again'

/**
 * Whether words lead online. Whoever's access is closed gets no message with a link of theirs or with the way to their own
 * pages, since somebody else may see what lies behind; one that says all there is, such as when they meet whom, may go.
 */
export const leadsOnline = (body: string): boolean => body.includes(linkMark) || /:\/\/\S+\/my(?![\w-])/.test(body)

/** When and how somebody last signed in as themselves. */
export type LastTime = Readonly<{ at: Temporal.Instant; way: string }>

/** How somebody signed in, in words. */
export const wayInWords = (way: string): string =>
  way === 'code' ? 'with a code that was sent to them' : 'with NHS login or GOV.UK One Login'
