import type { FastifyReply } from 'fastify'
import type { ReactElement } from 'react'
import { plainShell } from '#platform/http/surroundings.ts'
import { renderPage } from '#platform/html/render.tsx'
import type { Language } from '#platform/language/rules.ts'
import type { Settings } from '#platform/settings.ts'

export type Showing = Readonly<{ settings: Settings; now: () => Temporal.Instant; language?: Language }>

/** A page of the way in as a whole document. These pages hold no form that changes anything, so they belong to nobody. */
export function pageText(showing: Showing, page: ReactElement): string {
  return renderPage(page, { ...plainShell(showing, ''), language: showing.language ?? 'en' })
}

/** Sends a page of the way in. */
export function showPage(reply: FastifyReply, showing: Showing, page: ReactElement, status = 200): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(pageText(showing, page))
}
