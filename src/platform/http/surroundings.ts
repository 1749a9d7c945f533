import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Actor, careRoles, roles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { assetPaths } from '#platform/html/assets.ts'
import type { Shell, ShellArea } from '#platform/html/shell.tsx'
import { isDraft, isOffered } from '#platform/language/catalogues.ts'
import { type Language, languageNamed, writtenIn } from '#platform/language/rules.ts'
import { isSignedIn } from '#platform/language/signatures.ts'
import type { Browser } from './browser.ts'
import { formToken, timeToken } from './csrf.ts'
import type { Cookie } from './answer.ts'
import type { OwnSession, Parts } from './parts.ts'

/** The cookie that carries what was just done to the next page: a sentence without anything about a person. */
export const saidCookie = 'workwell-said'

// Which language the public pages are read in; nothing else about the reader.
const languageCookie = 'workwell-language'

type Around = Readonly<{
  parts: Parts
  browser: Browser
  db: Db
  /** What the area is called, asked for with whatever else the page asks first. */
  area: Promise<ShellArea | undefined>
  actor: Actor | undefined
  /** The participant whose page it is. */
  me: OwnSession | undefined
  request: FastifyRequest
  now: Temporal.Instant
}>

/** What stands around the content of this page for this reader. */
export async function shellFor({ parts, browser, db, area, actor, me, request, now }: Around): Promise<Shell> {
  const path = request.url.split('?')[0] ?? '/'
  const { questions } = parts
  const language = actor ? 'en' : languageOf(request)
  const ways = me ? questions.ownNavigation(path) : actor ? questions.navigation(db, actor, path, now) : []
  const [here, navigation] = await Promise.all([area, ways])
  const endsAt = me?.endsAt ?? browser.session?.endsAt
  return {
    ...plainShell(parts, browser.owner),
    layout: actor ? 'staff' : 'public',
    path,
    ...(actor ? {} : { language, here: request.url, draftLanguage: await isDraftIn(db, here?.code, language) }),
    today: dayOf(now).toString(),
    area: here,
    actor: actor
      ? {
          name: actor.name,
          role: roles[actor.role].label,
          organisation: `${actor.organisationName}, ${actor.areaName}`,
          several: true,
        }
      : undefined,
    participant: me && { name: me.name },
    signsOut: browser.me !== undefined,
    navigation,
    search: careRoles.some((role) => role === actor?.role),
    flash: said(request.cookies[saidCookie]),
    sessionSeconds: endsAt && Math.floor(endsAt.since(now).total('seconds')),
  }
}

/** Whether these words are a draft here: an area may have had them checked, whatever holds for the product. */
async function isDraftIn(db: Db, area: string | undefined, language: Language): Promise<boolean> {
  if (language === 'en') return false
  return area === undefined ? isDraft(language) : !(await isSignedIn(db, area, language))
}

/** The shell of a page that stands by itself, such as a refusal. */
export function plainShell({ settings, now }: Pick<Parts, 'settings' | 'now'>, owner: string): Shell {
  return {
    layout: 'public',
    service: 'WorkWell',
    language: 'en',
    draftLanguage: false,
    here: '/',
    path: '/',
    today: dayOf(now()).toString(),
    csrf: formToken(settings.secret, owner),
    shownAt: timeToken(settings.secret, owner, now()),
    area: undefined,
    actor: undefined,
    participant: undefined,
    signsOut: false,
    navigation: [],
    search: false,
    notices:
      settings.environment === 'production'
        ? []
        : ['Everybody here is made up. Do not enter anything about a real person.'],
    flash: undefined,
    sessionSeconds: undefined,
    assets: assetPaths(),
  }
}

/** The cookie that takes a sentence to the next page. */
export function saidNext(said: string): Cookie {
  return { name: saidCookie, value: Buffer.from(said).toString('base64url'), seconds: 120 }
}

const saidShape = z.object({ text: z.string().max(300), undo: z.string().startsWith('/').optional() })

function said(cookie: string | undefined): Shell['flash'] {
  if (!cookie) return undefined
  try {
    const { text, undo } = saidShape.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()))
    return { text, undo: undo === undefined ? undefined : { action: undo } }
  } catch {
    return undefined
  }
}

/** The language a reader has asked for on this page, or on one before it, or in which the message was that led here. */
export function languageOf(request: FastifyRequest): Language {
  const language = askedFor(request) ?? chosenBefore(request) ?? writtenToThem(request) ?? 'en'
  return isOffered(language) ? language : 'en'
}

/** The cookie that keeps the language a reader has just asked for, or else came with; none where there is nothing new. */
export function languageNext(request: FastifyRequest): readonly Cookie[] {
  const language = askedFor(request) ?? (chosenBefore(request) ? undefined : writtenToThem(request))
  return language ? [{ name: languageCookie, value: language, seconds: 60 * 60 * 24 * 90 }] : []
}

/** The language of the message that led here; undefined where no message did, or it was in English. */
export const writtenToThem = (request: FastifyRequest): Language | undefined => inAddress(request)[writtenIn]

const askedFor = (request: FastifyRequest): Language | undefined => inAddress(request).language

function chosenBefore({ cookies }: FastifyRequest): Language | undefined {
  // Checked: an address that the router cannot read is refused before its cookies are.
  const read = cookies as Readonly<Record<string, string | undefined>> | null | undefined
  return languageNamed(read?.[languageCookie])
}

const named = z.string().max(20).optional().transform(languageNamed)
const asking = z.object({ language: named, [writtenIn]: named })

function inAddress(request: FastifyRequest) {
  const asked = asking.safeParse(request.query)
  return asked.success ? asked.data : { language: undefined, [writtenIn]: undefined }
}
