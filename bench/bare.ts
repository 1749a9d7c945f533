import fastifyServer, { type FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Member } from './plans.ts'

const columns = 's.episode, s.person, s.stage, s.next_due_on, s.limit_on, p.given_name, p.family_name'
const joined = 'from episode.standing s join people.person p on p.area = s.area and p.id = s.person'

// The same rows by hand, one query each.
const queries = {
  '/caseload': `select ${columns} ${joined} where s.area = $1 and s.coach = $2 and (s.ended_at is null or s.stage = 'aftercare')`,
  '/board': `select stage, count(*), min(stage_since) from episode.standing where area = $1 and ended_at is null group by stage`,
  '/people': `select ${columns} ${joined} where s.area = $1 and s.ended_at is null order by s.received_at, s.episode limit 51`,
  '/record': `select st.* from episode.step st join episode.standing s on s.area = st.area and s.episode = st.episode
    where s.area = $1 and s.coach = $2 limit 12`,
  '/slots': `select lower(during), upper(during) from appointment.slot where area = $1 and member = $2
    and during && tstzrange(now(), now() + interval '30 days')`,
} as const

/** A server without sign-in, access rules, journal or page: the most there could be. */
export async function bareServer(
  owner: pg.Pool,
  coaches: readonly Member[],
  runners: readonly Member[],
): Promise<FastifyInstance> {
  const server = fastifyServer()
  for (const [path, text] of Object.entries(queries)) {
    const members = text.includes('$2') ? coaches : runners
    server.get(path, async (request): Promise<unknown> => {
      const member = members[Number(request.url.split('?')[1] ?? 0) % members.length]
      const values = text.includes('$2') ? [member?.area, member?.membership] : [member?.area]
      const { rows } = await owner.query<Record<string, unknown>>(text, values)
      return rows
    })
  }
  await server.listen({ port: 0, host: '127.0.0.1' })
  return server
}
