import type { FastifyReply } from 'fastify'
import { renderPage } from '#platform/html/render.tsx'
import type { Shell } from '#platform/html/shell.tsx'
import type { Settings } from '#platform/settings.ts'
import type { Cookie, Outcome } from './answer.ts'
import { type Browser, visitCookie } from './browser.ts'
import { saidCookie } from './surroundings.ts'

type Sending = Readonly<{
  reply: FastifyReply
  outcome: Outcome
  shell: Shell | undefined
  browser: Browser
  settings: Settings
}>

/** Sends what a committed transaction came to. */
export function send({ reply, outcome, shell, browser, settings }: Sending): FastifyReply {
  if (browser.newVisit !== undefined) setCookie(reply, settings, { name: visitCookie, value: browser.newVisit })
  if (shell?.flash) setCookie(reply, settings, { name: saidCookie, value: '' })
  for (const cookie of outcome.cookies) setCookie(reply, settings, cookie)
  reply.code(outcome.status).headers(outcome.headers)
  if (!('cache-control' in outcome.headers)) reply.header('cache-control', 'no-store')
  const { body } = outcome
  if (body.kind === 'redirect') return reply.redirect(body.to, outcome.status)
  if (body.kind === 'text') return reply.type(body.type).send(body.text)
  if (!shell) throw new Error('A page needs its shell')
  return reply.type('text/html; charset=utf-8').send(renderPage(body.element, shell))
}

function setCookie(reply: FastifyReply, settings: Settings, { name, value, seconds }: Cookie): void {
  const secure = settings.origin.startsWith('https://')
  const life = value === '' ? { maxAge: 0 } : seconds === undefined ? {} : { maxAge: seconds }
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, ...life })
}
