import type { Compilable } from 'kysely'
import type pg from 'pg'
import { openPool } from './connection.ts'
import { namedStatements, unnamedStatements } from './naming.ts'
import { ask, type Db, inTransaction } from './transaction.ts'

/** Where an area's rows live: every statement about the area goes through here. */
export type AreaDatabase = Readonly<{ transaction<T>(work: (db: Db) => Promise<T>): Promise<T> }>

/** Which database holds which area, and the national one beside them. */
export type Databases = Readonly<{
  databaseFor(area: string): AreaDatabase
  /** Reference facts, accounts and sessions: no area's rows are visible. */
  national<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** One question of the same kind, in one way to the server and back. */
  ask<Row>(question: (db: Db) => Compilable<Row>): Promise<Row[]>
  /** One transaction in each distinct database, for questions that have to be asked of all (memberships at sign-in). */
  everywhere<T>(work: (db: Db) => Promise<T>): Promise<T[]>
  /** Connections in use and waiting, for the metrics. */
  load(): { total: number; idle: number; waiting: number }
  close(): Promise<void>
}>

export type Addresses = Readonly<{
  url: string
  areas?: Readonly<Record<string, string>>
  most?: number
  /** Whether connections keep the plans of what is asked often. */
  prepared?: boolean
  onLost?: (cause: Error) => void
}>

/** Opens a pool for each distinct address; all areas share the first one unless settings say otherwise. */
export function openDatabases({
  url,
  areas = {},
  most = 20,
  prepared = true,
  onLost = () => undefined,
}: Addresses): Databases {
  const nameOf = prepared ? namedStatements() : unnamedStatements
  const pools = new Map<string, pg.Pool>()
  for (const address of [url, ...Object.values(areas)]) {
    if (!pools.has(address)) pools.set(address, openPool(address, most, onLost))
  }
  const poolAt = (address: string): pg.Pool => {
    const pool = pools.get(address)
    if (!pool) throw new Error('No database is open at that address')
    return pool
  }
  const all = [...pools.values()]
  return {
    databaseFor: (area) => ({
      transaction: (work) => inTransaction({ pool: poolAt(areas[area] ?? url), area, nameOf }, work),
    }),
    national: (work) => inTransaction({ pool: poolAt(url), area: undefined, nameOf }, work),
    ask: (question) => ask({ pool: poolAt(url), area: undefined, nameOf }, question),
    everywhere: (work) => Promise.all(all.map((pool) => inTransaction({ pool, area: undefined, nameOf }, work))),
    load: () => ({
      total: all.reduce((sum, pool) => sum + pool.totalCount, 0),
      idle: all.reduce((sum, pool) => sum + pool.idleCount, 0),
      waiting: all.reduce((sum, pool) => sum + pool.waitingCount, 0),
    }),
    close: async () => {
      await Promise.all(all.map((pool) => pool.end()))
    },
  }
}
