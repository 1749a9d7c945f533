import fastifyServer from 'fastify'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cloneDatabase } from '#test/database.ts'
import { withClient } from '#test/database/databases.ts'
import { openLog } from './log.ts'

/** What is written when a page fails with this. */
async function writtenFor(fail: () => unknown): Promise<string> {
  const lines: string[] = []
  const server = fastifyServer({ loggerInstance: openLog('info', { write: (line) => lines.push(line) }) })
  server.setErrorHandler((error, request, reply) => {
    request.log.error({ err: error }, 'request failed')
    return reply.code(500).send()
  })
  server.get('/', async () => fail())
  await server.inject('/')
  await server.close()
  return lines.find((line) => line.includes('request failed')) ?? ''
}

/** The error with which PostgreSQL refuses a statement. */
async function refusal(statement: string): Promise<Error> {
  const clone = await cloneDatabase()
  const caught = await withClient(clone.ownerUrl, async (owner) => {
    await owner.query('create temporary table kept (nhs_number text primary key, born date)')
    await owner.query(`insert into kept values ('9990000018', '1981-03-14')`)
    return owner.query(statement).catch((cause: unknown) => cause)
  })
  await clone.drop()
  if (!(caught instanceof pg.DatabaseError)) throw new Error('PostgreSQL did not refuse it')
  return caught
}

describe('The log', () => {
  it.each([
    ['a value that is there already', `insert into kept values ('9990000018', now())`, '23505'],
    ['a value that is no day', `insert into kept values ('1', '14.13.1981 Marsh')`, '22007'],
    ['a number that is too large', `select '9990000018'::int`, '22003'],
  ])('says that the database refused %s, and not which', async (_what, statement, code) => {
    const cause = await refusal(statement)
    const written = await writtenFor(() => {
      throw new Error('The record was not saved', { cause })
    })

    expect(written).toContain(`"code":"${code}"`)
    expect(written).toContain('The record was not saved')
    expect(written).not.toMatch(/9990000018|Marsh|1981/)
  })

  it.each([
    ['JSON', () => JSON.parse('{"name": Robin Marsh}')],
    ['a day', () => Temporal.PlainDate.from('14 March 1981 Marsh')],
    ['an address', () => new URL('Marsh 07700 900461')],
    ['a shape', () => z.enum(['a'], { error: ({ input }) => `not ${String(input)}` }).parse('Marsh')],
  ])('says that %s could not be read, and not what it was', async (_what, fail) => {
    const written = await writtenFor(fail)

    expect(written).toMatch(/"stack":\[".*log\.test\.ts/)
    expect(written).not.toMatch(/Marsh|900461/)
  })

  it('leaves out what an error carries beside its words', async () => {
    const written = await writtenFor(() => {
      throw Object.assign(new Error('Not sent'), { address: 'robin@example.org', body: { phone: '07700 900461' } })
    })

    expect(written).toContain('Not sent')
    expect(written).not.toMatch(/robin|900461/)
  })
})
