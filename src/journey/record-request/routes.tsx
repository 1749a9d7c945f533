import type { App } from '#platform/http/app.ts'
import { parts } from '#journey/rectification/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { RecordRequests } from './pages.tsx'
import { recordRequests } from './rules.ts'
import { listOpenRequests, type OpenRequest } from './store.ts'

const lookers = ['service-manager', 'administrator'] as const

/** What people asked about their records and is still to be answered. */
export async function recordRequestRoutes(app: App): Promise<void> {
  app.get('/record-requests', { who: lookers, verb: 'list', reads: 'list' }, async (request, reply) => {
    const found = await listOpenRequests(request.db, request.actor)
    await request.read('record-request.list', { codes: { shown: found.map(({ person }) => person) } })
    const requests = found.map((one) => ({ ...one, name: calledName(one), ...whatOf(one) }))
    return reply.page(<RecordRequests requests={requests} today={request.today} />)
  })
}

function whatOf({ kind, id, about }: OpenRequest): Readonly<{ href: string; what: string }> {
  const { label } = recordRequests[kind]
  if (kind === 'erasure') return { href: `/erasure-requests/${id}`, what: label }
  return { href: `/corrections/${id}`, what: about === null ? label : `${label}: ${parts[about].label.toLowerCase()}` }
}
