import type { ReactElement } from 'react'

/** A cookie of ours: always HttpOnly, SameSite=Lax and for the whole site; an empty value takes it away. */
export type Cookie = Readonly<{ name: string; value: string; seconds?: number }>

/** What goes back to the browser, made inside the transaction and sent only after it is committed. */
export type Outcome = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  cookies: readonly Cookie[]
  body:
    | Readonly<{ kind: 'page'; element: ReactElement }>
    | Readonly<{ kind: 'redirect'; to: string }>
    | Readonly<{ kind: 'text'; type: string; text: string | Buffer }>
}>

/** The ways in which a route answers. */
export type Answer = Readonly<{
  code(status: number): Answer
  header(name: string, value: string): Answer
  cookie(cookie: Cookie): Answer
  page(element: ReactElement): Outcome
  redirect(to: string, status?: 303 | 302): Outcome
  text(text: string | Buffer, type: string): Outcome
  json(value: unknown): Outcome
  file(name: string, text: string | Buffer, type: string): Outcome
}>

/** A fresh answer: 200 and no headers until the route says otherwise. */
export function answer(
  status = 200,
  headers: Readonly<Record<string, string>> = {},
  cookies: readonly Cookie[] = [],
): Answer {
  const so = (body: Outcome['body'], code = status, extra = {}): Outcome => ({
    status: code,
    headers: { ...headers, ...extra },
    cookies,
    body,
  })
  return {
    code: (next) => answer(next, headers, cookies),
    header: (name, value) => answer(status, { ...headers, [name]: value }, cookies),
    cookie: (cookie) => answer(status, headers, [...cookies, cookie]),
    page: (element) => so({ kind: 'page', element }),
    redirect: (to, code = 303) => so({ kind: 'redirect', to }, code),
    text: (text, type) => so({ kind: 'text', type, text }),
    json: (value) => so({ kind: 'text', type: 'application/json', text: JSON.stringify(value) }),
    file: (name, text, type) =>
      so({ kind: 'text', type, text }, status, {
        'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      }),
  }
}
