import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, isFor, type Who } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { asOpened, draftKey, recordIn } from '#platform/form/draft-rules.ts'
import { endDraft, findDraft } from '#platform/form/drafts.ts'
import { check, type Fields, wordsWritten } from '#platform/form/fields.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import type { Shell } from '#platform/html/shell.tsx'
import { answer, type Outcome } from './answer.ts'
import type { App, AreaFrom, Rule } from './app.ts'
import { askBefore } from './before.ts'
import { browserOf, type Browser, refuseForeignForm } from './browser.ts'
import { formOf } from './form.ts'
import { asLate, refuseWhatIsOver, turnedAway } from './late.ts'
import type { Parts } from './parts.ts'
import { ledAgain, ledAgainFrom, pressOf } from './pressed.ts'
import { MembershipFirst, NotForYou, NotFound } from './refusals.ts'
import { send } from './send.ts'
import { languageNext, saidNext, shellFor } from './surroundings.ts'
import { readUploads } from './uploads.ts'

/** One line of the access table: which route, for whom, where its area comes from and how far it reaches. */
export type RouteLine = Readonly<{ method: string; path: string; rule: Rule<Fields, Fields> }>

// Checked: the types of a route are known where it is written; past this point it is run as any other.
type AnyWork = (request: never, reply: ReturnType<typeof answer>) => Promise<Outcome>

/** Mounts routes on the web server: every one runs in one transaction, committed before anything is sent. */
export function mount(fastify: FastifyInstance, parts: Parts): { app: App; lines: RouteLine[] } {
  const lines: RouteLine[] = []
  const adding = (method: 'GET' | 'POST') => (path: string, rule: Rule<Fields, Fields>, work: AnyWork) => {
    refuseForeignRecord(path, rule)
    lines.push({ method, path, rule })
    fastify.route({
      method,
      url: path,
      config: { rateLimit: limitFor(parts, method, rule) },
      handler: (request, reply) => serve({ parts, rule, work, request, reply }),
    })
  }
  const app: App = {
    settings: parts.settings,
    databases: parts.databases,
    now: parts.now,
    get: adding('GET'),
    post: adding('POST'),
  }
  return { app, lines }
}

// Whose record a participant sees is known from who they are: an address that names somebody could be another's.
function refuseForeignRecord(path: string, { who, area }: Rule<Fields, Fields>): void {
  if (who !== 'participant') return
  if (/:person\b|:area\b/.test(path) || (area ?? 'participant') !== 'participant')
    throw new Error(`${path} is for participants: whose record it shows is not for its address to say`)
}

/**
 * Strangers' forms and links are counted by address, so that guessing and flooding are slow. Who has signed in is not
 * counted: a whole office may share one address and save its drafts every few seconds.
 */
function limitFor(parts: Parts, method: string, rule: Rule<Fields, Fields>): false | RateLimitOptions {
  if (rule.who !== 'anyone' || (method === 'GET' && rule.area !== 'link' && !rule.limit)) return false
  if (rule.limit) return { max: rule.limit.most, timeWindow: `${rule.limit.minutes} minutes` }
  const { session, participant } = parts.questions
  const isKnown = async ({ cookies }: FastifyRequest) =>
    ((await session(cookies, parts.now())) ?? (await participant(cookies, parts.now()))) !== undefined
  return { max: 120, timeWindow: '1 minute', allowList: isKnown }
}

type Serving = Readonly<{
  parts: Parts
  rule: Rule<Fields, Fields>
  work: AnyWork
  request: FastifyRequest
  reply: FastifyReply
}>
type Answered = Readonly<{ outcome: Outcome; shell: Shell | undefined }>

async function serve({ parts, rule, work, request, reply }: Serving): Promise<FastifyReply> {
  const now = parts.now()
  const browser = await browserOf(parts, request, now)
  const page = await turnedAway({ parts, rule, request, browser, now })
  if (page !== undefined) return showInstead(reply, page)
  const body = rule.upload ? await readUploads(request, rule.upload) : { fields: request.body, files: {} }
  if (request.method === 'POST') refuseForeignForm(parts.settings, browser, request, body.fields)
  const area = areaOf({ rule, browser, request, fields: body.fields })
  const within = <T>(inside: (db: Db) => Promise<T>) =>
    area === undefined ? parts.databases.national(inside) : parts.databases.databaseFor(area).transaction(inside)
  const press = pressOf({ rule, request, browser, area, fields: body.fields, now })
  const found = await askBefore(parts.databases, rule, { given: request.query, area, owner: browser.owner, now })
  const { outcome, shell } = await within(async (db): Promise<Answered> => {
    // Asked with the actor: most pages need all of it, and so wait for the database once.
    const draft = draftFor({ rule, request, browser, area })
    const here = area === undefined ? Promise.resolve(undefined) : parts.questions.area(db, area)
    const left = draft && request.method === 'GET' ? findDraft(db, draft, now) : Promise.resolve(undefined)
    for (const asked of [here, left]) asked.catch(() => undefined)
    const actor = await actorOf(parts, browser, { db, area, who: rule.who, now, changes: isChange(rule, request) })
    const kept = asOpened(await left)
    const { form, settle } = await formOf({ db, area, rule, request, body, kept, now })
    const visit = visitOf({ rule, request, browser, body, form, found, area: area ?? '', db, actor, now })
    // Checked: `visit` has what `Add` promised this route.
    const written = wordsWritten(rule.form ?? {}, form.typed)
    await refuseWhatIsOver(parts.questions, rule, request, { db, actor, written })
    const worked = await work(visit.request as never, answer()).catch(asLate(rule, request, written))
    await settle(visit.accountedFor(worked))
    const outcome = await ledAgain(db, press, worked)
    if (draft && isSent(rule, request, outcome)) await endDraft(db, draft)
    const around = { parts, browser, db, area: here, actor, me: ownOf(rule, browser), request, now }
    const inDraft = draft && { key: draftKey(draft), kept: kept !== undefined }
    const shell: Shell | undefined =
      outcome.body.kind === 'page' ? { ...(await shellFor(around)), draft: inDraft, written } : undefined
    return {
      outcome: { ...outcome, cookies: [...outcome.cookies, ...visit.cookies(), ...languageNext(request)] },
      shell,
    }
  }).catch(async (refused: unknown) => ({ outcome: await ledAgainFrom(refused, press, within), shell: undefined }))
  return send({ reply, outcome, shell, browser, settings: parts.settings })
}

function showInstead(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page)
}

/** Whether what was typed on the page with this draft has been taken, so that nothing of it is to be kept. */
function isSent({ keepsDraft }: Rule<Fields, Fields>, { method }: FastifyRequest, { status }: Outcome): boolean {
  return method === 'POST' && status < 400 && !keepsDraft
}

type From = Readonly<{ rule: Rule<Fields, Fields>; browser: Browser; request: FastifyRequest; fields: unknown }>

function areaOf({ rule, browser, request, fields }: From): string | undefined {
  const from = rule.area ?? usualArea(rule.who)
  // Checked: Fastify types the parts of an address as unknown; they are always strings.
  const params = request.params as Readonly<Record<string, string | undefined>>
  if (from === 'none') return undefined
  const member = browser.session?.area ?? ''
  const area = {
    member,
    participant: browser.me?.area ?? '',
    form: formArea(fields) ?? member,
    path: params['area'] ?? '',
    link: params['link']?.split('.')[0] ?? '',
  }[from]
  if (area === '' && (from === 'member' || (from === 'form' && browser.session))) throw new MembershipFirst()
  if (!/^[a-z0-9-]{2,40}$/.test(area)) throw new NotFound()
  return area
}

/** Where a route learns whose rows it may see, unless its rule says otherwise. */
export function usualArea(who: Who): AreaFrom {
  if (who === 'participant') return 'participant'
  return who === 'anyone' ? 'none' : 'member'
}

function formArea(fields: unknown): string | undefined {
  const given = typeof fields === 'object' && fields !== null && 'area' in fields ? fields.area : undefined
  return typeof given === 'string' && given !== '' ? given : undefined
}

type Asking = Readonly<{ db: Db; area: string | undefined; who: Who; now: Temporal.Instant; changes: boolean }>

async function actorOf(parts: Parts, { session }: Browser, asking: Asking): Promise<Actor | undefined> {
  const { db, area, who, now, changes } = asking
  if (who === 'participant') return undefined
  const here = session?.membership && session.area === area ? session : undefined
  const actor = here ? await parts.questions.actor(db, here, now) : undefined
  if (who !== 'anyone' && !actor) throw new MembershipFirst()
  if (!isFor(who, actor?.role)) throw new NotForYou()
  return actor && { ...actor, at: now, changes }
}

/** Whether a route changes records: its pages are for who may, and so is every form that is not a search. */
function isChange({ verb, reads }: Rule<Fields, Fields>, { method }: FastifyRequest): boolean {
  return verb === 'edit' || (method === 'POST' && reads === undefined)
}

type Visiting = Readonly<{
  rule: Rule<Fields, Fields>
  request: FastifyRequest
  browser: Browser
  body: Awaited<ReturnType<typeof readUploads>>
  form: Awaited<ReturnType<typeof formOf>>['form']
  found: unknown
  area: string
  db: Db
  actor: Actor | undefined
  now: Temporal.Instant
}>

// On a page for anybody a participant is a visitor like others: only what they do as themselves is written as theirs.
function ownOf({ who }: Rule<Fields, Fields>, { me }: Browser) {
  return who === 'participant' ? me : undefined
}

function visitOf({ rule, request, browser, body, form, found, area, db, actor, now }: Visiting) {
  let entries = 0
  const own = ownOf(rule, browser)
  let flash: string | undefined
  const note =
    (kind: 'read' | 'act') =>
    async (what: string, of = {}) => {
      entries += 1
      writeEntry(db, { area, by: actor ?? own, happening: { ...of, kind, what }, at: now })
    }
  const query = check(rule.query ?? {}, request.query)
  if (!query.ok) throw new NotFound()
  return {
    request: {
      ...{ db, area, actor, now, params: request.params, path: request.url, id: request.id },
      ...{ owner: browser.owner, session: browser.session, me: browser.me, cookies: request.cookies },
      ...{ form, found, query: query.value },
      files: body.files,
      today: dayOf(now),
      act: note('act'),
      read: note('read'),
      flash: (text: string, undo?: string) => {
        flash = JSON.stringify(undo === undefined ? { text } : { text, undo })
      },
    },
    cookies: () => (flash === undefined ? [] : [saidNext(flash)]),
    accountedFor: (outcome: Outcome): Outcome => {
      if (entries === 0 && outcome.status < 400 && isOwedAnEntry(request, rule, area)) {
        throw new Error(`${request.method} ${request.routeOptions.url} was not journaled`)
      }
      return outcome
    },
  }
}

/** Where what is typed on this page is kept until it is sent. */
function draftFor({ rule, request, browser, area }: Omit<From, 'fields'> & { area: string | undefined }) {
  if (rule.draft === undefined || area === undefined) return undefined
  // Checked: the parts of an address are always strings.
  const record = recordIn(request.params as Readonly<Record<string, string>>)
  return { area, owner: browser.owner, page: rule.draft, record }
}

/** An act or a look at people's records that left no trace in the journal does not happen. */
function isOwedAnEntry({ method }: FastifyRequest, rule: Rule<Fields, Fields>, area: string): boolean {
  return method === 'POST' ? rule.unjournaled !== true && area !== '' : rule.reads !== undefined
}
