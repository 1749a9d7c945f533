import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '#platform/http/refusals.ts'
import type { RouteLine } from '#platform/http/route.ts'
import { showPage, type Showing } from './answering.ts'
import { People, StandInExpired } from './pages.tsx'
import type { StandIn } from './stand-in.ts'

/** These routes in the words of the access table; they are not mounted like the others. */
export const standInLines: readonly RouteLine[] = [
  { method: 'GET', path: '/stand-in/people/:sign', rule: { who: 'anyone', area: 'none' } },
  { method: 'GET', path: '/stand-in/people/:sign/:subject', rule: { who: 'anyone', area: 'none' } },
  { method: 'GET', path: '/stand-in/*', rule: { who: 'anyone', area: 'none' } },
  { method: 'POST', path: '/stand-in/*', rule: { who: 'anyone', area: 'none', unjournaled: true } },
]

/** Mounts the stand-in at /stand-in: its one page is ours, everything else is the protocol's own. */
export async function standInRoutes(fastify: FastifyInstance, showing: Showing, standIn: StandIn): Promise<void> {
  await fastify.register(async (inner) => {
    // The provider reads the body of its token endpoint itself.
    inner.removeAllContentTypeParsers()
    inner.addContentTypeParser('*', (_request, _body, done) => done(null))
    inner.get<{ Params: { sign: string }; Querystring: Record<string, unknown> }>(
      '/stand-in/people/:sign',
      (request, reply) => peoplePage(request, reply, showing, standIn),
    )
    inner.get<{ Params: { sign: string; subject: string } }>('/stand-in/people/:sign/:subject', (request, reply) =>
      chosen(request, reply, showing, standIn),
    )
    inner.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: '/stand-in/*',
      handler: (request, reply) => {
        reply.hijack()
        return standIn.answer(request.raw, reply.raw)
      },
    })
  })
}

type Asked = FastifyRequest<{ Params: { sign: string }; Querystring: Record<string, unknown> }>

async function peoplePage(
  request: Asked,
  reply: FastifyReply,
  showing: Showing,
  standIn: StandIn,
): Promise<FastifyReply> {
  const asked = await standIn.asked(request.raw, reply.raw)
  if (asked?.id !== request.params.sign) return showPage(reply, showing, StandInExpired(), 400)
  const expected = asked.hint === undefined ? undefined : await standIn.people.find(asked.hint)
  if (expected) return reply.redirect(await standIn.choose(request.raw, reply.raw, expected.subject), 303)
  const search = typeof request.query['search'] === 'string' ? request.query['search'].slice(0, 100) : ''
  return showPage(
    reply,
    showing,
    People({ at: request.params.sign, search, people: await standIn.people.list(search) }),
  )
}

type Chosen = FastifyRequest<{ Params: { sign: string; subject: string } }>

async function chosen(request: Chosen, reply: FastifyReply, showing: Showing, standIn: StandIn): Promise<FastifyReply> {
  const asked = await standIn.asked(request.raw, reply.raw)
  if (asked?.id !== request.params.sign) return showPage(reply, showing, StandInExpired(), 400)
  const person = await standIn.people.find(request.params.subject)
  if (!person) throw new NotFound()
  return reply.redirect(await standIn.choose(request.raw, reply.raw, person.subject), 303)
}
