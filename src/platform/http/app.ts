import type { Actor, Verb, Who } from '#platform/access/rules.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Fields, ValueOf } from '#platform/form/fields.ts'
import type { Checked } from '#platform/form/rules.ts'
import type { Happening } from '#platform/journal/journal.ts'
import type { Settings } from '#platform/settings.ts'
import type { Answer, Outcome } from './answer.ts'
import type { Beforehand } from './before.ts'
import type { OwnSession, Session } from './parts.ts'

/** Where a route learns whose rows it may see. */
export type AreaFrom =
  /** The membership that is on. */
  | 'member'
  /** The participant who has signed in. */
  | 'participant'
  /** The address: `/in/:area/...`. */
  | 'path'
  /** The link's own token: `/l/:link`. */
  | 'link'
  /** The form's own field `area`; the membership that is on where there is none. */
  | 'form'
  /** No area's rows are needed. */
  | 'none'

/**
 * Who may use a route, what it reads and what its form holds. A route without `who` cannot be written.
 * `reads` says what a page shows: a record or a list about people has to be journaled or the page is refused.
 */
export type Rule<Form extends Fields, Query extends Fields, Found = unknown> = Readonly<{
  who: Who
  area?: AreaFrom
  verb?: Verb
  reads?: 'record' | 'list'
  form?: Form
  query?: Query
  /** What other systems are asked before the page's transaction begins; the page has it as `found`. */
  before?(beforehand: Beforehand<ValueOf<Query>>): Promise<Found>
  /**
   * What is typed on this page and not sent is kept under this name, for each record that the address names. A page is
   * shown with it in `request.form`; sending the form ends it. The page's form says `draft`.
   */
  draft?: string
  /** Is another form of the page with this draft: the page is shown with it, and sending this form does not end it. */
  keepsDraft?: true
  /** Keeps by itself what was changed on a form that was taken before; otherwise whoever sends it again is told and asked. */
  resent?: 'kept'
  /** Writes nothing that anybody has to account for (a draft, a choice of columns). */
  unjournaled?: true
  /** What somebody gets whose session is over already, in place of the way to sign in. */
  signedOut?: string
  /**
   * How often one address on the internet may ask for this. A form that strangers may send, or a link: 120 times a minute
   * where it is not said; any other page as often as somebody likes.
   */
  limit?: Readonly<{ most: number; minutes: number }>
  /** Takes files: the form is read as multipart, and all files together may be of so many bytes. */
  upload?: number
}>

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

export type Params<Path extends string> = Readonly<Record<ParamNames<Path>, string>>

/** A file that came with a form; nothing of it is kept where it was larger than its route takes. */
export type Upload = Readonly<{ name: string; content: Buffer; isTooLarge: boolean }>

/** One request, after its visitor, area, form and address were checked. */
export type Visit<Path extends string, Form extends Fields, Query extends Fields, Found = undefined> = Readonly<{
  db: Db
  area: string
  params: Params<Path>
  form: Checked<ValueOf<Form>>
  query: ValueOf<Query>
  found: Found
  /** The files that came with the form, by the name of their field. */
  files: Readonly<Record<string, readonly Upload[]>>
  now: Temporal.Instant
  today: Temporal.PlainDate
  path: string
  /** Who keeps this browser's drafts: the account, or the visit of somebody without one. */
  owner: string
  id: string
  session: Session | undefined
  /** The participant who has signed in, on whichever page; a route for participants has them for sure. */
  me: OwnSession | undefined
  cookies: Readonly<Record<string, string | undefined>>
  /** Writes what happened into the journal, in this transaction. */
  act(what: string, of?: Omit<Happening, 'kind' | 'what'>): Promise<void>
  /** Writes that this record (or these rows of a list) was looked at. */
  read(what: string, of?: Omit<Happening, 'kind' | 'what'>): Promise<void>
  /** Says on the next page what was done, with a way back where there is one. */
  flash(text: string, undo?: string): void
}>

export type SignedIn<V> = V & Readonly<{ actor: Actor }>
/** A visit of a participant: everything is about them, and no other person can be asked for. */
export type Own<V> = V & Readonly<{ me: OwnSession; actor: undefined }>
type Visitor<W extends Who, V> = W extends 'anyone'
  ? V & Readonly<{ actor: Actor | undefined }>
  : W extends 'participant'
    ? Own<V>
    : SignedIn<V>

type Add = <
  const Path extends string,
  const W extends Who,
  Form extends Fields,
  Query extends Fields,
  Found = undefined,
>(
  path: Path,
  rule: Rule<Form, Query, Found> & { who: W },
  work: (request: Visitor<W, Visit<Path, Form, Query, Found>>, reply: Answer) => Promise<Outcome>,
) => void

/** What a slice is given to mount its routes on. */
export type App = Readonly<{
  settings: Settings
  databases: Databases
  now: () => Temporal.Instant
  get: Add
  post: Add
}>
