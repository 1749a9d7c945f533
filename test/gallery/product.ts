import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The product as somebody has it who has just installed it: its own database, and an area with made-up people. */
export type Started = Readonly<{ origin: string; stop(): Promise<void> }>

/** Starts the product on a new database in a folder of its own, and says so when it is ready. */
export async function startProduct(root: string): Promise<Started> {
  const home = mkdtempSync(join(tmpdir(), 'workwell-gallery-'))
  const port = process.env['PORT'] ?? `${await freePort()}`
  const env = { ...process.env, PORT: port, WORKWELL_HOME: home, WORKWELL_ENV: 'demo', LOG_LEVEL: 'error' }
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'DATABASE_URL'))
  const words = [join(root, 'workwell.mjs'), 'serve']
  const product = spawn(process.execPath, words, { cwd: root, env: own, stdio: ['ignore', 'pipe', 'inherit'] })
  const over = once(product, 'exit')
  const stop = async () => {
    product.kill('SIGTERM')
    await over
    rmSync(home, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: product.stdout })) {
    const origin = /is ready at (http:\/\/localhost:\d+)/.exec(line)?.[1]
    if (origin) return { origin, stop }
  }
  await stop()
  throw new Error('The product did not start. What it said stands above.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('This machine gives no port.')
  return address.port
}
