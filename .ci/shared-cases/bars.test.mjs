import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, it } from 'vitest'
import { startApp } from '#test/app.ts'
import { readShared, shared } from './shared.mjs'

const door = '/$process-message'
const { cases } = readShared('standards/vectors/bars-app5-receiver-cases.json')

let app
let found
beforeAll(async () => {
  app = await startApp()
  found = app.product.addresses.map(({ path }) => path).find((path) => path.endsWith(door))
})
afterAll(() => app.close())

it('BaRS: the receiver cases are held, or the product has no receiver yet', async () => {
  if (found === undefined) {
    process.stdout.write(`\nNot run: ${cases.length} cases of BaRS. The product has no receiver for it yet.\n`)
    return
  }
  const listens = await app.product.fastify.listen({ port: 0, host: '127.0.0.1' })
  const words = [`${shared}conformance/bars-cases.mjs`, listens + found.slice(0, -door.length)]
  // Ends with a fault where a case is not held, and what it says stands in the fault.
  const { stdout } = await promisify(execFile)(process.execPath, words)
  process.stdout.write(`\n${stdout}`)
})
