import type { FastifyInstance } from 'fastify'

/** What a person sees after asking for a page or sending a form. */
export type Seen = Readonly<{
  status: number
  /** The text of the page without its markup, with single spaces. */
  text: string
  html: string
  /** Where a redirect leads. */
  location: string | undefined
  headers: Readonly<Record<string, string | string[] | number | undefined>>
}>

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** A person's browser: keeps its cookies, and sends forms as the page it last saw would. */
export type Browser = Readonly<{
  open(path: string): Promise<Seen>
  /** Sends a form, with the token of the page last seen. */
  send(path: string, fields?: Fields): Promise<Seen>
  /** Sends a form and follows its redirect. */
  sendAndFollow(path: string, fields?: Fields): Promise<Seen>
  cookies: Map<string, string>
}>

/** Opens a browser on the product without listening on a port. */
export function browser(fastify: FastifyInstance, cookies = new Map<string, string>()): Browser {
  let token = ''
  const ask = async (method: 'GET' | 'POST', path: string, payload?: string): Promise<Seen> => {
    const answer = await fastify.inject({
      method,
      url: path,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of answer.cookies) cookies.set(name, value)
    token = /name="csrf" value="([^"]+)"/.exec(answer.payload)?.[1] ?? token
    return {
      status: answer.statusCode,
      html: answer.payload,
      text: textOf(answer.payload),
      location: answer.headers.location,
      headers: answer.headers,
    }
  }
  const open = (path: string): Promise<Seen> => ask('GET', path)
  const send = async (path: string, fields: Fields = {}): Promise<Seen> => {
    if (token === '') await open('/memberships')
    const pairs = Object.entries({ csrf: token, ...fields }).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one]),
    )
    return ask('POST', path, new URLSearchParams(pairs).toString())
  }
  const sendAndFollow = async (path: string, fields: Fields = {}): Promise<Seen> => {
    const sent = await send(path, fields)
    return sent.location === undefined ? sent : open(sent.location)
  }
  return { open, send, sendAndFollow, cookies }
}

function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style|head)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
