import { careRoles } from '#platform/access/rules.ts'
import { optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { stages } from '#journey/episode/rules.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { Caseload } from './pages.tsx'
import { lists, listTitle, monthAsked } from './rules.ts'
import { countAftercare, listCaseload, listOpen } from './store.ts'

/** The lists of people behind every number of a coach's day and of the board. */
export async function caseloadRoutes(app: App): Promise<void> {
  app.get(
    '/caseload',
    { who: careRoles, verb: 'list', reads: 'list', query: { stage: optionalChoice(stages) } },
    async (request, reply) => {
      const { db, actor, today, query } = request
      const aftercare = query.stage === 'aftercare'
      const [all, after] = await Promise.all([listCaseload(db, actor, { aftercare }), countAftercare(db, actor)])
      const people = all.filter(({ stage }) => query.stage === null || stage === query.stage)
      await request.read('caseload.list', { codes: { shown: people.map(({ person }) => person) } })
      return reply.page(
        <Caseload
          {...{ people, today }}
          title="All my people"
          filter={{ stage: query.stage, coach: null }}
          coaches={undefined}
          count={people.length === 1 ? '1 person' : `${people.length} people`}
          aftercare={aftercare ? 0 : after}
          older={undefined}
          action="/caseload"
        />,
      )
    },
  )
  peopleRoute(app)
}

const pageLength = 50

const listQuery = {
  list: optionalChoice(lists),
  stage: optionalChoice(stages),
  coach: optionalId(),
  after: optionalText(80),
  month: optionalText(7),
}

function peopleRoute(app: App): void {
  const who = ['senior-coach', 'service-manager', 'administrator', 'clinician'] as const
  app.get('/people', { who, verb: 'list', reads: 'list', query: listQuery }, async (request, reply) => {
    const { db, actor, today, query } = request
    const chosen = query.list ?? 'all'
    const month = monthAsked(query.month, today)
    if (!month) throw new NotFound()
    const filter = { ...lists[chosen].filter(today, month), stage: query.stage, coach: query.coach }
    const [people, members] = await Promise.all([
      listOpen(db, actor, { filter, after: placeFrom(query.after), most: pageLength + 1 }),
      listMembers(db, actor.area, today, actor.organisations),
    ])
    const shown = people.slice(0, pageLength)
    const last = people.length > pageLength ? shown.at(-1) : undefined
    await request.read('people.list', { codes: { list: chosen, shown: shown.map(({ person }) => person) } })
    const coaches = members
      .filter(({ role }) => role === 'coach' || role === 'senior-coach')
      .map(({ id, name }): [string, { label: string }] => [id, { label: name }])
    return reply.page(
      <Caseload
        people={shown}
        today={today}
        title={listTitle(chosen, month)}
        filter={{ stage: query.stage, coach: query.coach }}
        coaches={Object.fromEntries(coaches)}
        count={last ? `${pageLength} people on this page` : shown.length === 1 ? '1 person' : `${shown.length} people`}
        older={last ? nextPage(chosen, query, last) : undefined}
        action="/people"
        hidden={query.month ? { list: chosen, month: query.month } : { list: chosen }}
        mayAllocate={chosen === 'unassigned' && actor.role !== 'clinician'}
      />,
    )
  })
}

function nextPage(
  list: string,
  { stage, coach, month }: { stage: string | null; coach: string | null; month: string | null },
  last: { received_at: Temporal.Instant; episode: string },
): string {
  const query = new URLSearchParams({ list, after: `${last.received_at.toString()}~${last.episode}` })
  if (stage) query.set('stage', stage)
  if (coach) query.set('coach', coach)
  if (month) query.set('month', month)
  return `/people?${query.toString()}`
}

function placeFrom(after: string | null) {
  const [at = '', episode = ''] = after?.split('~') ?? []
  return /^\d{4}-.+Z$/.test(at) && /^[0-9a-f-]{36}$/.test(episode)
    ? { receivedAt: Temporal.Instant.from(at), episode }
    : undefined
}
