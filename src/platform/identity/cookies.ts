import { ownPath } from './rules.ts'

type Named = Readonly<Record<string, string | undefined>>

/** The cookies of identity. Under https their names make browsers refuse them from any other host or path. */
export function cookieNames(origin: string): Readonly<{ session: string; browser: string; link: string }> {
  const prefix = origin.startsWith('https://') ? '__Host-' : ''
  return { session: `${prefix}workwell`, browser: `${prefix}workwell-sign-in`, link: `${prefix}workwell-link` }
}

/** How a cookie of identity is set: never readable by script, never sent along by another site's form or image. */
export function cookieOptions(origin: string) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https://') } as const
}

/** The token of the session, as this browser sent it. */
export function sessionTokenIn(cookies: Named, origin: string): string | undefined {
  return cookies[cookieNames(origin).session]
}

/** The token that binds a sign-in to the browser that began it. */
export function browserTokenIn(cookies: Named, origin: string): string | undefined {
  return cookies[cookieNames(origin).browser]
}

/** The link of ours from which this browser went to sign in. It stays in the browser: the database keeps no key of a link. */
export function linkIn(cookies: Named, origin: string): string | undefined {
  const path = ownPath(cookies[cookieNames(origin).link])
  return isLink(path) ? path : undefined
}

/** Whether a page of ours is one that a link opens. */
export function isLink(path: string | undefined): boolean {
  return path?.startsWith('/l/') === true
}
