/** What a browser shows after one request. `to` is where it would go next. */
export type Shown = Readonly<{ status: number; at: string; text: string; to: string | undefined; headers: Headers }>

type Kept = Readonly<{ name: string; value: string; path: string; host: string; line: string }>

export type Browser = Readonly<{
  /** One request, without going where it leads. */
  step(url: string, body?: URLSearchParams): Promise<Shown>
  /** Goes where a browser would, until a page is shown or the next address is one to stop before. */
  open(url: string, stopBefore?: string): Promise<Shown>
  /** Sends a form of a page that is shown. */
  send(page: Shown, action: string, fields?: Readonly<Record<string, string>>): Promise<Shown>
  cookie(name: string): Kept | undefined
  setCookie(name: string, value: string): void
  /** Takes over a cookie of another browser. */
  take(cookie: Kept | undefined): void
}>

/** A browser that keeps cookies as browsers do. `hosts` says where the made-up hosts of a test really are. */
export function aBrowser(hosts: Readonly<Record<string, string>> = {}): Browser {
  let cookies: readonly Kept[] = []
  const step = async (url: string, body?: URLSearchParams): Promise<Shown> => {
    const address = new URL(url)
    const answer = await ask(address, hosts[address.origin], sentTo(cookies, address), body)
    for (const line of answer.headers.getSetCookie()) cookies = withCookie(cookies, line, address.host)
    const location = answer.headers.get('location')
    const to = location === null ? undefined : new URL(location, url).href
    return { status: answer.status, at: url, text: await answer.text(), to, headers: answer.headers }
  }
  const open = async (url: string, stopBefore?: string): Promise<Shown> => {
    const shown = await step(url)
    if (shown.to === undefined || (stopBefore !== undefined && shown.to.startsWith(stopBefore))) return shown
    return open(shown.to, stopBefore)
  }
  return {
    step,
    open,
    send: (page, action, fields = {}) => {
      const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
      return step(new URL(action, page.at).href, new URLSearchParams({ csrf, ...fields }))
    },
    cookie: (name) => cookies.find((one) => one.name === name),
    setCookie: (name, value) => void (cookies = cookies.map((one) => (one.name === name ? { ...one, value } : one))),
    take: (one) => void (cookies = one ? [...cookies, one] : cookies),
  }
}

function ask(
  address: URL,
  real: string | undefined,
  cookie: string,
  body: URLSearchParams | undefined,
): Promise<Response> {
  const { host, protocol, origin, pathname, search } = address
  const proxied = { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.replace(':', '') }
  const headers = { cookie, accept: 'text/html', ...(real === undefined ? {} : proxied) }
  const init = body === undefined ? {} : { method: 'POST', body }
  return fetch((real ?? origin) + pathname + search, { ...init, headers, redirect: 'manual' })
}

function sentTo(cookies: readonly Kept[], { host, pathname }: URL): string {
  const below = (path: string) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
  return cookies
    .filter((one) => one.host === host && below(one.path))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}

function withCookie(cookies: readonly Kept[], line: string, host: string): readonly Kept[] {
  const name = line.slice(0, line.indexOf('='))
  const value = line.slice(name.length + 1).split(';')[0] ?? ''
  const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? '/'
  const others = cookies.filter((one) => !(one.name === name && one.path === path && one.host === host))
  const gone = value === '' || /; *max-age=0/i.test(line) || /; *expires=thu, 01 jan 1970/i.test(line)
  return gone ? others : [...others, { name, value, path, host, line }]
}
