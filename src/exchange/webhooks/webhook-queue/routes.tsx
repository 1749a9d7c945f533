import type { Db } from '#platform/database/transaction.ts'
import { text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { countWebhookAddresses, findWebhookAddress } from '#exchange/webhooks/webhook-address/store.ts'
import {
  saveEvent,
  sendLater,
  sendWhatWaits,
  settleEvent,
  tryEventAgain,
} from '#exchange/webhooks/webhook-event/store.ts'
import { OneEvent, Webhooks } from './pages.tsx'
import { countEvents, findEvent, listLately, listTroubled } from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const path = '/area/webhooks'

type Role = Readonly<{ role: string }>
// An area lead reads of nobody; whose referral it is, the other side finds by its id.
const namesReferral = ({ role }: Role) => role !== 'area-lead'

/** What systems were told, and what could not be: tried again, or given up with why; and a test that is about nobody. */
export async function webhookQueueRoutes(app: App): Promise<void> {
  app.get(path, keepers, async ({ db, area, actor, now }, reply) =>
    reply.page(
      <Webhooks
        failed={await listTroubled(db, area, 'failed')}
        trying={await listTroubled(db, area, 'waiting')}
        lately={await listLately(db, area)}
        counts={await countEvents(db, area)}
        addresses={await countWebhookAddresses(db, area)}
        {...{ now, names: namesReferral(actor) }}
      />,
    ),
  )
  app.get(`${path}/:event`, keepers, async ({ db, area, actor, now, params }, reply) =>
    reply.page(
      <OneEvent one={await eventAsked(db, area, params.event)} {...{ now, names: namesReferral(actor), ...blank }} />,
    ),
  )
  app.post(`${path}/:event/another-try`, keepers, async (request, reply) => {
    const { db, area, now, params } = request
    const { id, client, queue } = await eventAsked(db, area, params.event)
    const again = await tryEventAgain(db, { area, id }, now)
    if (again) {
      await sendLater(db, { area, client, queue }, now)
      await sendWhatWaits(db, { area, client }, now)
    }
    await request.act('webhook.tried-again', { subject: id, codes: { again } })
    request.flash(again ? 'It is tried again now.' : 'It has gone or was given up meanwhile.')
    return reply.redirect(path)
  })
  givingUp(app)
  trying(app)
}

function givingUp(app: App): void {
  const form = { why: text('Enter why it is given up', 500) }
  app.post(`${path}/:event/giving-up`, { ...keepers, form }, async (request, reply) => {
    const { db, area, actor, now, params, form: said } = request
    const one = await eventAsked(db, area, params.event)
    const names = namesReferral(actor)
    if (!said.ok) return reply.code(422).page(<OneEvent {...{ one, now, names, ...said }} />)
    const given = await tryEventAgain(db, { area, id: one.id }, now)
    if (given) {
      const end = { as: 'given up', reason: said.value.why, by: actor.membership } as const
      await settleEvent(db, { area, id: one.id }, end, now)
      // What waited behind it goes now.
      await sendLater(db, { area, client: one.client, queue: one.queue }, now)
    }
    await request.act('webhook.given-up', { subject: one.id, codes: { given } })
    request.flash(given ? 'Given up. Nothing more is told of it.' : 'It has gone or was given up meanwhile.')
    return reply.redirect(path)
  })
}

function trying(app: App): void {
  app.post('/area/clients/:client/webhook/test', keepers, async (request, reply) => {
    const { db, area, now, params } = request
    const { client } = params
    const standing = /^[0-9a-f-]{36}$/.test(client) ? await findWebhookAddress(db, area, client) : undefined
    if (!standing) throw new NotFound()
    const queue = await saveEvent(db, { area, client, request: null, said: null }, now)
    await sendLater(db, queue, now)
    await request.act('webhook.tested', { subject: standing.id, codes: { client } })
    request.flash('A test is on its way. What came of it stands here.')
    return reply.redirect(`${path}/${queue.queue}`)
  })
}

async function eventAsked(db: Db, area: string, asked: string) {
  const found = /^[0-9a-f-]{36}$/.test(asked) ? await findEvent(db, area, asked) : undefined
  if (!found) throw new NotFound()
  return found
}
