type Named = Readonly<Record<string, string | undefined>>

/** The cookies of identity. Under https their names make browsers refuse them from any other host or path. */
export function cookieNames(origin: string): Readonly<{ session: string; browser: string }> {
  const prefix = origin.startsWith('https://') ? '__Host-' : ''
  return { session: `${prefix}workwell`, browser: `${prefix}workwell-sign-in` }
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
