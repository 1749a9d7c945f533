import { createServer } from 'node:net'
import pg from 'pg'
import { startEmbedded } from '#platform/database/embedded.ts'
import { migrate } from '#platform/database/migrate.ts'
import { type Databases, openDatabases } from '#platform/database/router.ts'
import { watchLoad } from '#platform/http/load.ts'
import { mount } from '#platform/http/route.ts'
import { webServer } from '#platform/http/server.ts'
import { refusal } from '#platform/http/refusal.tsx'
import { openLog } from '#platform/log.ts'
import type { Settings } from '#platform/settings.ts'
import { mountIdentity } from '#platform/identity/identity.ts'
import { type Send, overTheNetwork } from '#platform/identity/openid.ts'
import type { Memberships } from '#platform/identity/session.ts'
import { sessionAnswers } from '#platform/identity/session.ts'
import { everybody, membershipsIn } from './people.ts'

/** A migrated database of this test file's own; `owner` sees everything in it. */
export type TestDatabase = Readonly<{ databases: Databases; owner: pg.Pool; close: () => Promise<void> }>

export async function aDatabase(home: string): Promise<TestDatabase> {
  const embedded = await startEmbedded(home)
  await migrate(embedded.ownerUrl)
  const databases = openDatabases({ url: embedded.url })
  const owner = new pg.Pool({ connectionString: embedded.ownerUrl, max: 2 }).on('error', () => undefined)
  const close = async () => {
    await databases.close()
    await owner.end()
    await embedded.stop()
  }
  return { databases, owner, close }
}

export type Product = Readonly<{
  origin: string
  /** Where it listens, whatever its origin is. */
  listens: string
  /** Lets time pass. */
  later: (by: Temporal.DurationLike) => void
  close: () => Promise<void>
}>

const nobody = async () => undefined

/** The product with nothing but its way in and two pages that say who is asking. */
export async function aProduct(
  databases: Databases,
  given: Partial<Settings> = {},
  send: Send = overTheNetwork,
  memberships: Memberships = membershipsIn(databases.national),
): Promise<Product> {
  const port = await freePort()
  const settings = settingsWith({ port, origin: `http://localhost:${port}`, ...given })
  let ahead = Temporal.Duration.from({ seconds: 0 })
  const parts = {
    settings,
    databases,
    now: () => Temporal.Now.instant().add(ahead),
    log: openLog('silent'),
    load: watchLoad(),
    refusal,
    questions: {
      ...sessionAnswers(settings, databases),
      ...{ actor: nobody, area: nobody, participant: nobody },
      ...{ navigation: async () => [], ownNavigation: () => [] },
    },
  }
  const fastify = await webServer(parts)
  const { app } = mount(fastify, parts)
  app.get('/', { who: 'anyone' }, async ({ session }, reply) => reply.json({ page: 'front', session: session ?? null }))
  app.get('/plans', { who: 'anyone' }, async ({ session, path }, reply) =>
    reply.json({ page: path, session: session ?? null }),
  )
  const { national } = databases
  await mountIdentity(fastify, app, { national, memberships, people: everybody, send })
  await fastify.listen({ port, host: '127.0.0.1' })
  return {
    origin: settings.origin,
    listens: `http://127.0.0.1:${port}`,
    later: (by) => void (ahead = ahead.add(by)),
    close: () => fastify.close(),
  }
}

export function settingsWith(given: Partial<Settings>): Settings {
  return {
    environment: 'test',
    port: 0,
    host: '127.0.0.1',
    origin: 'http://localhost',
    home: '/nowhere',
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    areaDatabases: {},
    databasePrepared: true,
    secret: 'not a secret: only for the tests of identity',
    formSeconds: 0,
    providers: [],
    ownProviders: [],
    standIn: true,
    logLevel: 'silent',
    metricsToken: undefined,
    worker: false,
    notify: { shared: undefined, ofArea: {} },
    mail: undefined,
    mailboxes: {},
    ownNetwork: false,
    bars: { services: {} },
    securityContact: undefined,
    ...given,
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
