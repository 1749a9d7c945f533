import { readFileSync } from 'node:fs'
import { isFor, type Role } from '#platform/access/rules.ts'
import type { RouteLine } from '#platform/http/route.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields, Seen } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import type { Hidden } from './facts.ts'

/** A member at their browser, whom they must not learn of, and what pages say to them while there is nobody. */
export type Watcher = Readonly<{
  member: Member
  browser: Browser
  hidden: readonly Hidden[]
  before: ReadonlyMap<string, string>
}>

/** One address that a watcher asks for, or sends an empty form to. */
export type Asking = Readonly<{ watcher: Watcher; method: string; route: string; path: string; fields?: Fields }>

/** What an answer gave away, or that somebody got in for whom the page is not. */
export type Finding = Readonly<{ sentence: string; told: readonly string[] }>

const accessTable = new URL('../access.txt', import.meta.url)

/** Who may use which route as it was agreed and written down, which is not how the product was started. */
export function agreedAccess(): ReadonlyMap<string, string> {
  const rows = readFileSync(accessTable, 'utf8').split('\n').filter(Boolean)
  return new Map(
    rows.map((row) => {
      const [path = '', method = '', , , , who = ''] = row.split(/\s{2,}/)
      return [`${method} ${path}`, who]
    }),
  )
}

/** Whether a role was agreed to use a route. */
export function wasAgreed(who: string, role: Role): boolean {
  return who === 'anyone' || who === 'signed-in' ? isFor(who, role) : who.split(' ').includes(role)
}

/** What stands in an address in place of a part: the `person` of `/people/:person`. */
export type Parts = Readonly<Record<string, string>>

/** The address of a route, with what stands in an area at work in its place; nothing where a part is not known. */
function addressOf({ path }: Pick<RouteLine, 'path'>, parts: Parts): string | undefined {
  const meant = (name: string) => {
    const here = Object.keys(parts).find((part) => part.endsWith(`/:${name}`) && path.includes(part))
    return parts[here ?? name]
  }
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  if (path.includes('*') || names.some((name) => !meant(name))) return undefined
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => meant(name) ?? '')
}

/** Asks, and says in a sentence each what is wrong with the answer. */
export async function ask(asking: Asking, agreed: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const { watcher, method, route, path, fields = {} } = asking
  const { member, browser, hidden, before } = watcher
  const seen = method === 'GET' ? await browser.open(path) : await browser.send(path, fields)
  const whose = `${member.name} (${member.role}, ${member.area}) at ${method} ${route}`
  const who = agreed.get(`${method} ${route}`) ?? ''
  const entered = !wasAgreed(who, member.role) && !isShutOut(seen, who)
  const said = [path, ...Object.values(fields)].join(' ')
  const told = hidden.flatMap(({ secrets }) => given(seen, said, secrets))
  const acted = method === 'POST' && !isForOutsiders(who) && seen.status < 400 && isAboutHidden(path, hidden)
  const counted = seen.status === 200 && before.has(path) && seen.text !== before.get(path)
  const wrong: readonly [boolean, string][] = [
    [entered, `was answered ${seen.status}, and is none of: ${who}`],
    [told.length > 0, `learnt ${told[0]} and ${told.length - 1} more, answered ${seen.status}`],
    [acted, `was let do it, answered ${seen.status}`],
    [counted, 'read other numbers than while there was nobody'],
    [seen.status >= 500, `was answered ${seen.status}`],
  ]
  return wrong.flatMap(([is, what]) => (is ? [{ sentence: `${whose} ${what}`, told }] : []))
}

/** A page for participants asks whoever is not one to sign in as themselves. */
function isShutOut({ status }: Seen, who: string): boolean {
  return status === 403 || (who === 'participant' && status === 303)
}

// What anybody may send is answered alike whoever is meant, and a participant's page asks a member to sign in.
const isForOutsiders = (who: string) => who === 'anyone' || who === 'participant'

const isAboutHidden = (path: string, hidden: readonly Hidden[]) =>
  path.split('/').some((part) => hidden.some(({ secrets }) => secrets.has(part)))

/** What stands in the address, or was typed, was known before it was asked for. */
function given({ html, location = '' }: Seen, said: string, secrets: Hidden['secrets']): readonly string[] {
  const answer = `${html} ${location}`
  return [...secrets].filter((secret) => !said.includes(secret) && answer.includes(secret))
}

type Routes = Readonly<{
  app: TestApp
  parts: readonly Parts[]
  /** What is asked for with words of one's own, beside every route with none. */
  typed: readonly Typed[]
  watchers: readonly Watcher[]
}>

/** A form as somebody who looks for a person fills it in, or what they ask for behind a question mark. */
export type Typed = Readonly<{ method: 'GET' | 'POST'; route: string; asks?: string; fields?: Fields }>

/** Every route as each of these members would try it, with the parts of somebody's record in its address. */
export function everyAsking({ app, parts, typed, watchers }: Routes): readonly Asking[] {
  const empty = app.product.lines
    .filter(({ path }) => !isLeftOut(path))
    .map(({ method, path }): Typed & { path?: never } => ({ method: method === 'GET' ? 'GET' : 'POST', route: path }))
  return [...empty, ...typed].flatMap(({ method, route, asks = '', fields = {} }) => {
    const paths = new Set(parts.flatMap((one) => addressOf({ path: route }, one) ?? []))
    return [...paths].flatMap((path) =>
      watchers.map((watcher) => ({ watcher, method, route, path: `${path}${asks}`, fields })),
    )
  })
}

/** The routes that the walk passes by, which must be none: those that it cannot take are named with the reason. */
export function passedBy({ app, askings }: Readonly<{ app: TestApp; askings: readonly Asking[] }>): readonly string[] {
  const walked = new Set(askings.map(({ method, route }) => `${method} ${route}`))
  return app.product.lines
    .filter(({ path }) => !isLeftOut(path))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !walked.has(route))
}

const isLeftOut = (path: string) => ends.has(path) || path.startsWith('/stand-in/') || path.includes('/:provider')

// Sent by a watcher, these would end their own session, leave, or take away what others look for after them. Those of a
// provider lead out of the product, and the stand-in is no part of it.
const ends = new Set([
  '/sign-out',
  '/my/sign-out',
  '/my/exit',
  '/leave',
  '/supervisions/:supervision/withdrawal',
  '/memberships',
])

/** Asks one after the other, and gives all that was wrong. */
export async function askAll(
  askings: readonly Asking[],
  agreed: ReadonlyMap<string, string>,
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const asking of askings) found.push(...(await ask(asking, agreed)))
  return found
}
