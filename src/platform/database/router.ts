import type { Compilable } from 'kysely'
import type pg from 'pg'
import { isAway } from './away.ts'
import { openPool } from './connection.ts'
import { namedStatements, unnamedStatements } from './naming.ts'
import { ask, type Db, inTransaction, type Scope } from './transaction.ts'

/** Where an area's rows live: every statement about the area goes through here. */
export type AreaDatabase = Readonly<{
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** One question about the area, in one way to the server and back. */
  ask<Row>(question: (db: Db) => Compilable<Row>): Promise<Row[]>
}>

/** One distinct database, and which areas live there. */
export type Home = Readonly<{
  url: string
  holds(area: string): boolean
  /** The areas that settings name for it; none for the first, where all others live. */
  named: readonly string[]
  national<T>(work: (db: Db) => Promise<T>): Promise<T>
}>

/** Asks every database the same question. */
export type Everywhere = <T>(work: (db: Db) => Promise<T>) => Promise<T[]>

/** Which database holds which area, and the national one beside them. */
export type Databases = Readonly<{
  databaseFor(area: string): AreaDatabase
  /** Reference facts, accounts and sessions: no area's rows are visible. */
  national<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** One question of the same kind, in one way to the server and back. */
  ask<Row>(question: (db: Db) => Compilable<Row>): Promise<Row[]>
  /** Each distinct database, the national one first. */
  homes: readonly Home[]
  /**
   * One transaction in each distinct database, for questions that have to be asked of all (memberships at sign-in). A
   * database that does not answer is left out, so that one area's trouble stays its own; the national one must answer.
   */
  everywhere: Everywhere
  /** The same from within a transaction, which answers for its own database: a page never waits for a second connection. */
  everywhereFrom(db: Db, area: string | undefined): Everywhere
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
export function openDatabases(addresses: Addresses): Databases {
  const { url, areas = {}, most = 20, prepared = true, onLost = () => undefined } = addresses
  const nameOf = prepared ? namedStatements() : unnamedStatements
  const distinct = new Set([url, ...Object.values(areas)])
  const opened = new Map([...distinct].map((address) => [address, openPool(address, most, onLost)] as const))
  const at = (area?: string): Scope => {
    const pool = opened.get(area === undefined ? url : (areas[area] ?? url))
    if (!pool) throw new Error('No database is open at that address')
    return { pool, area, nameOf }
  }
  const homes = [...opened].map(([address, pool]): Home => ({
    url: address,
    holds: (area) => (areas[area] ?? url) === address,
    named: Object.keys(areas).filter((area) => areas[area] === address && address !== url),
    national: (work) => inTransaction({ pool, area: undefined, nameOf }, work),
  }))
  return {
    databaseFor: (area) => ({
      transaction: (work) => inTransaction(at(area), work),
      ask: (question) => ask(at(area), question),
    }),
    national: (work) => inTransaction(at(), work),
    ask: (question) => ask(at(), question),
    homes,
    everywhere: askAll(homes, onLost),
    everywhereFrom: (db, area) => {
      const isHere = ({ url: address, holds }: Home) => (area === undefined ? address === url : holds(area))
      const here = (home: Home): Home => (isHere(home) ? { ...home, national: (work) => work(db) } : home)
      return askAll(homes.map(here), onLost)
    },
    load: () => loadOf([...opened.values()]),
    close: async () => {
      await Promise.all([...opened.values()].map((pool) => pool.end()))
    },
  }
}

function loadOf(pools: readonly pg.Pool[]): ReturnType<Databases['load']> {
  return {
    total: pools.reduce((sum, pool) => sum + pool.totalCount, 0),
    idle: pools.reduce((sum, pool) => sum + pool.idleCount, 0),
    waiting: pools.reduce((sum, pool) => sum + pool.waitingCount, 0),
  }
}

function askAll(homes: readonly Home[], onLost: (cause: Error) => void): Everywhere {
  return async <T>(work: (db: Db) => Promise<T>) => {
    const answers = await Promise.allSettled(homes.map((home) => home.national(work)))
    return answers.flatMap((answer, number): T[] => {
      if (answer.status === 'fulfilled') return [answer.value]
      if (number === 0 || !(answer.reason instanceof Error) || !isAway(answer.reason)) throw answer.reason
      onLost(answer.reason)
      return []
    })
  }
}
