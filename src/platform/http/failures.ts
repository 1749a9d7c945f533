import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAway } from '#platform/database/away.ts'
import { shellAddresses } from '#platform/html/shell.tsx'
import { renderPage } from '#platform/html/render.tsx'
import type { Late, Parts } from './parts.ts'
import {
  ChangedMeanwhile,
  IsOver,
  MembershipFirst,
  NotForYou,
  NotFound,
  OwnSignInFirst,
  PageExpired,
  SentLate,
  SignInFirst,
  TooLarge,
  TooMany,
  Unavailable,
} from './refusals.ts'
import { isDraft } from '#platform/language/catalogues.ts'
import { writtenIn } from '#platform/language/rules.ts'
import { languageOf, plainShell, writtenToThem } from './surroundings.ts'

/** Answers everything that a route threw: one place, so that a refusal and an absence look the same. */
export function answerFailure(fastify: FastifyInstance, parts: Parts): void {
  fastify.setNotFoundHandler((request, reply) => refuse(parts, request, reply, { status: 404 }))
  fastify.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if (error instanceof SignInFirst) return reply.redirect(`/sign-in?to=${encodeURIComponent(returnTo(request))}`, 303)
    if (error instanceof OwnSignInFirst) return reply.redirect(ownSignInFor(request), 303)
    if (error instanceof MembershipFirst) return reply.redirect('/memberships', 303)
    const status = statusOf(error)
    if (error instanceof Unavailable) request.log.warn({ route: request.routeOptions.url }, error.message)
    else if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
    if (status === 503) reply.header('retry-after', '5')
    return refuse(parts, request, reply, { status, late: lateIn(error) })
  })
}

function lateIn(error: FastifyError): Late | undefined {
  if (error instanceof IsOver) return { isOwn: false, written: error.written, over: error.over }
  if (error instanceof ChangedMeanwhile) return { isOwn: true, written: [] }
  return error instanceof SentLate ? { isOwn: false, written: error.written, page: error.page } : undefined
}

// Who came from a message signs in, too, in the language it was written in.
function ownSignInFor(request: FastifyRequest): string {
  const language = writtenToThem(request)
  const to = returnTo(request)
  return language
    ? `${shellAddresses.ownSignIn}?to=${encodeURIComponent(to.split('?')[0] ?? to)}&${writtenIn}=${language}`
    : `${shellAddresses.ownSignIn}?to=${encodeURIComponent(to)}`
}

// A form that was sent after the session ended comes back to its page, where the draft still is.
function returnTo(request: FastifyRequest): string {
  const from = request.method === 'GET' ? request.url : new URL(request.headers.referer ?? '/', 'http://own').pathname
  return from.startsWith('/') && !from.startsWith('//') ? from : '/'
}

function statusOf(error: FastifyError): number {
  if (error instanceof IsOver) return 409
  if (error instanceof NotFound || lateIn(error)) return 404
  if (error instanceof NotForYou) return 403
  if (error instanceof PageExpired) return 403
  if (error instanceof TooLarge) return 413
  if (error instanceof TooMany) return 429
  if (error instanceof Unavailable || isAway(error)) return 503
  // An address that holds no id, or a character PostgreSQL does not know.
  if (error.code === '22P02' || error.code === '22021') return 404
  return error.statusCode !== undefined && error.statusCode >= 400 ? error.statusCode : 500
}

type Refused = Readonly<{ status: number; late?: Late | undefined }>

/** Says on a page of its own why something is not to be had. */
export function refuse(parts: Parts, request: FastifyRequest, reply: FastifyReply, why: Refused): FastifyReply {
  const { status, late } = why
  // Nobody is looked up: the page has no form, and it must stand while the database does not answer.
  const language = languageOf(request)
  const page = renderPage(parts.refusal(status, request.id, late), {
    ...plainShell(parts, ''),
    language,
    draftLanguage: isDraft(language),
  })
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page)
}
