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

/** A file that somebody chooses in a form. */
export type SentFile = Readonly<{ field: string; name: string; content: string | Uint8Array<ArrayBuffer> }>

/** A person's browser: keeps its cookies, and sends forms as the page it last saw would. */
export type Browser = Readonly<{
  open(path: string): Promise<Seen>
  /** Sends a form, with the token of the page last seen. */
  send(path: string, fields?: Fields): Promise<Seen>
  /** Sends a form with files, each under the name of its field. */
  sendFiles(path: string, fields: Fields, files: readonly SentFile[]): Promise<Seen>
  /** Sends a form and follows its redirect. */
  sendAndFollow(path: string, fields?: Fields): Promise<Seen>
  cookies: Map<string, string>
}>

type Body = Readonly<{ payload: string | Buffer; type: string }>
const urlEncoded = 'application/x-www-form-urlencoded'

async function multipart(fields: readonly [string, string][], files: readonly SentFile[]): Promise<Body> {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  for (const { field, name, content } of files) form.append(field, new Blob([content]), name)
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type') ?? ''
  return { payload: Buffer.from(await encoded.arrayBuffer()), type }
}

/** Opens a browser on the product without listening on a port, at this address of the network. */
export function browser(fastify: FastifyInstance, cookies = new Map<string, string>(), from = '127.0.0.1'): Browser {
  let token = ''
  const ask = async (method: 'GET' | 'POST', path: string, body?: Body): Promise<Seen> => {
    const answer = await fastify.inject({
      method,
      ...{ url: path, remoteAddress: from },
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { payload: body.payload }),
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
  const pairsOf = async (fields: Fields): Promise<[string, string][]> => {
    if (token === '')
      await open([...cookies.keys()].some((name) => name.endsWith('workwell-own')) ? '/my' : '/memberships')
    return Object.entries({ csrf: token, ...fields }).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    )
  }
  const send = async (path: string, fields: Fields = {}): Promise<Seen> =>
    ask('POST', path, { payload: new URLSearchParams(await pairsOf(fields)).toString(), type: urlEncoded })
  const sendFiles = async (path: string, fields: Fields, files: readonly SentFile[]): Promise<Seen> =>
    ask('POST', path, await multipart(await pairsOf(fields), files))
  const sendAndFollow = async (path: string, fields: Fields = {}): Promise<Seen> => {
    const sent = await send(path, fields)
    return sent.location === undefined ? sent : open(sent.location)
  }
  return { open, send, sendFiles, sendAndFollow, cookies }
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
