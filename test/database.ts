import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { dropDatabase, withClient } from './database/databases.ts'
import { makeRoom } from './database/memory.ts'
import { openServer } from './database/server.ts'
import { prepareTemplate } from './database/template.ts'

/** Where the test files find the server, and what they copy. */
type Facts = Readonly<{ ownerUrl: string; url: string; template: string; prefix: string; room: string }>

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- merged with vitest's own declaration
  interface ProvidedContext {
    database: Facts
  }
}

/** A database of one test file's own. */
export type Clone = Readonly<{ ownerUrl: string; url: string; drop(): Promise<void> }>

/** Copies the migrated template for one test file, which drops the copy when it is done. */
export async function cloneDatabase(): Promise<Clone> {
  const { ownerUrl, url, template, prefix, room } = inject('database')
  const name = `${prefix}_${randomBytes(4).toString('hex')}`
  await withClient(ownerUrl, (owner) => owner.query(`create database ${name} template ${template} ${room}`))
  return {
    ownerUrl: inDatabase(ownerUrl, name),
    url: inDatabase(url, name),
    drop: () => withClient(ownerUrl, (owner) => dropDatabase(owner, name)),
  }
}

type Server = Awaited<ReturnType<typeof openServer>>
let server: Server | undefined
let scratch: string | undefined

/** Runs once before all tests: opens the server, clears what broken-off runs left, and migrates the template if need be. */
export async function setup(project: TestProject): Promise<void> {
  server = await openServer()
  // What tests and browsers write to the machine's folder for passing things goes into one, which goes with the run.
  scratch = mkdtempSync(join(tmpdir(), 'workwell-tests-'))
  process.env['TMPDIR'] = scratch
  // An embedded server runs under an account of its own where tests are the machine's owner, and passes through here.
  chmodSync(scratch, 0o711)
  const { ownerUrl, url, prefix, folder, dropLeftOvers } = server
  await withClient(ownerUrl, dropLeftOvers)
  // A copy is more than a thousand files: a disk takes seconds over them where it has just removed as many.
  const space =
    folder === undefined ? '' : `tablespace ${await withClient(ownerUrl, (owner) => makeRoom(owner, folder))}`
  const template = await withClient(ownerUrl, (owner) => prepareTemplate(owner, (name) => inDatabase(ownerUrl, name)))
  project.provide('database', { ownerUrl, url, template, prefix, room: `strategy file_copy ${space}` })
}

/** Runs once after all tests: takes away what this run made and lets go of the server. */
export async function teardown(): Promise<void> {
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
  if (!server) return
  await withClient(server.ownerUrl, server.dropOwn)
  await server.stop()
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.toString()
}
