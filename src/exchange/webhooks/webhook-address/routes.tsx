import type { Db } from '#platform/database/transaction.ts'
import { id, text } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { webhookKey } from '#platform/machine/webhook.ts'
import { findClient } from '#registers/clients/store.ts'
import { WebhookPage } from './pages.tsx'
import { keysOf, webhookAddress } from './rules.ts'
import { addNextKey, endEarlierKey, endWebhookAddress, findWebhookAddress, saveWebhookAddress } from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const path = '/area/clients/:client/webhook'
const fields = { id: id('Open this page again'), address: text('Enter the address to tell', 2000) }

/** Where a system client is told that something changed: said by the area, tried, changed, and ended at once. */
export async function webhookAddressRoutes(app: App): Promise<void> {
  app.get(path, keepers, async (request, reply) =>
    reply.page(<WebhookPage {...await shown(app, request)} id={newId()} {...blank} />),
  )
  app.post(path, { ...keepers, form: fields }, async (request, reply) => {
    const { db, area, form, actor, now } = request
    const page = await shown(app, request)
    const again = (state: FormState) => reply.code(422).page(<WebhookPage {...page} id={newId()} {...state} />)
    if (!form.ok) return again(form)
    const address = webhookAddress(form.value.address, app.settings.ownNetwork)
    if (address === undefined) return again({ typed: form.typed, problems: [{ field: 'address', message: unusable }] })
    const said = { area, id: form.value.id, client: page.client.id, address, by: actor.membership, at: now }
    const kept = await saveWebhookAddress(db, said)
    await request.act('webhook.registered', { subject: said.id, codes: { client: said.client, kept } })
    request.flash('Saved. Give the other side the key below.')
    return reply.redirect(`/area/clients/${said.client}/webhook`)
  })
  changing(app)
}

const unusable = 'Enter an address that begins with https:// and has no name or password in it'

function changing(app: App): void {
  const act = (what: string, work: typeof addNextKey, [done, not]: readonly [string, string]) => {
    app.post(`${path}/${what}`, keepers, async (request, reply) => {
      const { db, area } = request
      const { client, standing } = await shown(app, request)
      if (!standing) throw new NotFound()
      const changed = await work(db, { area, id: standing.id })
      await request.act(`webhook.${what}`, { subject: standing.id, codes: { client: client.id, changed } })
      request.flash(changed ? done : not)
      return reply.redirect(`/area/clients/${client.id}/webhook`)
    })
  }
  act('next-key', addNextKey, ['Made. Both keys sign from now on.', 'Two keys sign already.'])
  act('key-ending', endEarlierKey, ['Ended. Only the newer key signs.', 'Only one key signs already.'])
  app.post(`${path}/ending`, keepers, async (request, reply) => {
    const { db, area, actor, now } = request
    const { client } = await shown(app, request)
    const ended = await endWebhookAddress(db, { area, client: client.id, by: actor.membership, at: now })
    await request.act('webhook.ended', { subject: client.id, codes: { ended } })
    request.flash(`Ended. ${client.name} is told nothing any more.`)
    return reply.redirect(`/area/clients/${client.id}/webhook`)
  })
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; params: Readonly<{ client: string }> }>

async function shown({ settings: { secret } }: App, { db, area, now, params }: Asking) {
  const client = /^[0-9a-f-]{36}$/.test(params.client) ? await findClient(db, area, params.client) : undefined
  if (!client || client.endedAt) throw new NotFound()
  const standing = await findWebhookAddress(db, area, client.id)
  const keyOf = (number: number) => webhookKey({ secret, area, address: standing?.id ?? '', number })
  const keys = standing ? keysOf(standing).map((number) => ({ number, written: keyOf(number).written })) : []
  return { client, standing, keys, mayHear: client.scopes.includes('system/Task.rs'), now }
}
