import type { FastifyInstance } from 'fastify'
import { startOfDay, dayOf } from '#platform/dates.ts'
import type { Parts } from './parts.ts'

// RFC 9116 asks for less than a year; half of one, counted anew each day, is never stale while the product runs.
const daysItHolds = 180

/** The words by which somebody who found a weakness learns whom to tell (RFC 9116). */
function securityText(contact: string, origin: string, now: Temporal.Instant): string {
  const expires = startOfDay(dayOf(now).add({ days: daysItHolds }))
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toString({ smallestUnit: 'second' })}`,
    'Preferred-Languages: en',
    `Canonical: ${origin}/.well-known/security.txt`,
    '',
  ].join('\n')
}

/** Where somebody who found a weakness looks for whom to tell. Nothing is there until whoever runs the service says it. */
export function securityRoutes(fastify: FastifyInstance, { settings, now }: Parts): void {
  const { securityContact: contact, origin } = settings
  if (contact === undefined) return
  fastify.get('/.well-known/security.txt', async (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(securityText(contact, origin, now())),
  )
}
