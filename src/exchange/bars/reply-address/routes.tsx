import type { Db } from '#platform/database/transaction.ts'
import { id, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { NewReplyAddress, ReplyAddresses } from './pages.tsx'
import { doorAddress, serviceId } from './rules.ts'
import {
  endReplyAddress,
  findReplyAddressById,
  listReplyAddresses,
  listWithOdsCode,
  saveReplyAddress,
} from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const path = '/area/reply-addresses'

const fields = {
  id: id('Open this page again from Where replies go'),
  organisation: id('Select to whom'),
  address: text('Enter the address', 2000),
  service: text('Enter the id of the service', 30),
}

/** Where replies to systems that referred by BaRS go: said by the area, changed, and ended at once. */
export async function replyAddressRoutes(app: App): Promise<void> {
  app.get(path, keepers, async ({ db, area, now }, reply) =>
    reply.page(<ReplyAddresses addresses={await listReplyAddresses(db, area)} now={now} />),
  )
  app.get(`${path}/new`, keepers, async ({ db, area, today }, reply) =>
    reply.page(<NewReplyAddress id={newId()} organisations={await listWithOdsCode(db, area, today)} {...blank} />),
  )
  app.post(`${path}/new`, { ...keepers, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    const organisations = await listWithOdsCode(db, area, today)
    const again = (state: FormState) =>
      reply.code(422).page(<NewReplyAddress id={newId()} organisations={organisations} {...state} />)
    if (!form.ok) return again(form)
    const { organisation } = form.value
    const [address, service] = [doorAddress(form.value.address, app.settings.ownNetwork), serviceId(form.value.service)]
    if (address === undefined || service === undefined || !Object.hasOwn(organisations, organisation))
      return again({ typed: form.typed, problems: problems(address, service) })
    const kept = await saveReplyAddress(db, {
      ...{ area, id: form.value.id, organisation, address, service, by: actor.membership, at: now },
    })
    await request.act('reply-address.registered', { subject: form.value.id, codes: { organisation, kept } })
    request.flash('Saved. Replies to this organisation go there from now on.')
    return reply.redirect(path)
  })
  ending(app)
}

function problems(address: string | undefined, service: string | undefined): Problem[] {
  const all = [
    ...(address === undefined
      ? [{ field: 'address', message: 'Enter an address that begins with https:// and has no name or question in it' }]
      : []),
    ...(service === undefined ? [{ field: 'service', message: 'Enter the digits of the id, and nothing else' }] : []),
  ]
  return all.length > 0 ? all : [{ field: 'organisation', message: 'Select from the list' }]
}

function ending(app: App): void {
  app.post(`${path}/:address/ending`, keepers, async (request, reply) => {
    const { db, area, actor, now } = request
    const standing = await addressAsked(db, area, request.params.address)
    const ended = await endReplyAddress(db, { area, id: standing.id, by: actor.membership, at: now })
    await request.act('reply-address.ended', { subject: standing.id, codes: { ended } })
    request.flash(`Ended. Nothing is sent to ${standing.organisationName} any more.`)
    return reply.redirect(path)
  })
}

async function addressAsked(db: Db, area: string, asked: string) {
  const found = /^[0-9a-f-]{36}$/.test(asked) ? await findReplyAddressById(db, area, asked) : undefined
  if (!found) throw new NotFound()
  return found
}
