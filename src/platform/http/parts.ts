import type { FastifyBaseLogger } from 'fastify'
import type { ReactElement } from 'react'
import type { Actor, Participant } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Shell, ShellArea } from '#platform/html/shell.tsx'
import type { Settings } from '#platform/settings.ts'
import type { Load } from './load.ts'
import type { Over } from './refusals.ts'

/** Who this browser is signed in as, and under which membership. */
export type Session = Readonly<{
  account: string
  /** What the account is called. */
  name: string
  membership: string | null
  area: string | null
  /** When the session ends if nothing more is done, for the warning on the page. */
  endsAt: Temporal.Instant
}>

/** The participant whom this browser is signed in as. */
export type OwnSession = Participant &
  Readonly<{
    /** What they like to be called. */
    name: string
    endsAt: Temporal.Instant
  }>

/** Who somebody was until their session ran out. */
export type RanOut = Pick<Session, 'account' | 'area'>

/**
 * What the platform asks and only later stages can answer (who a membership makes somebody, what an area is called,
 * what stands in the navigation). app.ts hands the answers in.
 */
export type Questions = Readonly<{
  session(cookies: Readonly<Record<string, string | undefined>>, now: Temporal.Instant): Promise<Session | undefined>
  /** Who this browser was signed in as, where that ran out by itself not long ago; left out where nobody signs in. */
  ranOut?(cookies: Readonly<Record<string, string | undefined>>, now: Temporal.Instant): Promise<RanOut | undefined>
  /** The participant whom this browser is signed in as; asked only where no member is. */
  participant(
    cookies: Readonly<Record<string, string | undefined>>,
    now: Temporal.Instant,
  ): Promise<OwnSession | undefined>
  /** The same of a participant. */
  ownRanOut?(
    cookies: Readonly<Record<string, string | undefined>>,
    now: Temporal.Instant,
  ): Promise<Participant | undefined>
  actor(db: Db, session: Session, now: Temporal.Instant): Promise<Actor | undefined>
  area(db: Db, area: string): Promise<ShellArea | undefined>
  /** Why a form of this address is not taken any more; left out where every form is. */
  over?(db: Db, actor: Actor, form: FormAt): Promise<Over | undefined>
  navigation(db: Db, actor: Actor, path: string, now: Temporal.Instant): Promise<Shell['navigation']>
  /** What a participant finds on each of their pages. */
  ownNavigation(path: string): Shell['navigation']
}>

/** The address of a form as its route names it, and what stands in its places. */
export type FormAt = Readonly<{ path: string; params: Readonly<Record<string, string>> }>

/** A form that came after what it is about had changed: whether it was somebody’s own, and what was written in it. */
export type Late = Readonly<{
  isOwn: boolean
  written: readonly string[]
  page?: string | undefined
  over?: Over | undefined
}>

/** What a running product is made of. */
export type Parts = Readonly<{
  settings: Settings
  databases: Databases
  questions: Questions
  now: () => Temporal.Instant
  log: FastifyBaseLogger
  load: Load
  /** The page that says why something is not to be had. */
  refusal: (status: number, id: string, late?: Late) => ReactElement
}>
