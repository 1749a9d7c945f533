import { Agent, request } from 'node:http'

/** How long requests took, in milliseconds, and how many were answered a second. */
export type Measured = Readonly<{ p50: number; p95: number; p99: number; perSecond: number; failed: number }>

/** One page asked for by one signed-in browser, or something sent by another system. */
export type Asked = Readonly<{
  path: string
  cookie?: string
  headers?: Readonly<Record<string, string>>
  body?: string
}>

/** Sends the requests over so many connections at once and says how long each took; the first third warms up. */
export async function measure(port: number, asked: readonly Asked[], connections: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let failed = 0
  let next = 0
  const began = performance.now()
  const work = async (): Promise<void> => {
    for (let place = next++; place < asked.length; place = next++) {
      const one = asked[place]
      if (!one) return
      const start = performance.now()
      const status = await ask(port, one, agent)
      if (place >= asked.length / 3) times.push(performance.now() - start)
      if (status !== 200) failed += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { ...percentiles(times), perSecond: asked.length / seconds, failed }
}

function percentiles(times: readonly number[]): Pick<Measured, 'p50' | 'p95' | 'p99'> {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

function ask(port: number, { path, cookie, headers, body }: Asked, agent: Agent): Promise<number> {
  const said = { ...(cookie === undefined ? {} : { cookie }), ...headers }
  const method = body === undefined ? 'GET' : 'POST'
  return new Promise((answered, failed) => {
    const sent = request({ host: '127.0.0.1', port, path, agent, method, headers: said }, (answer) => {
      answer.resume()
      answer.on('end', () => answered(answer.statusCode ?? 0))
    })
    sent.on('error', failed)
    sent.end(body)
  })
}
