import type { Db } from '#platform/database/transaction.ts'
import { text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listReplyAddresses } from '#exchange/bars/reply-address/store.ts'
import { sendLater, sendWhatWaits, settleReply, tryReplyAgain } from '#exchange/bars/reply/store.ts'
import { OneReply, Replies } from './pages.tsx'
import { countReplies, findReply, listTroubled } from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const
const path = '/area/replies'

type Role = Readonly<{ role: string }>
// An area lead reads of nobody; whose referral it is, the other side finds by its own number.
const namesReferral = ({ role }: Role) => role !== 'area-lead'

/** What went back to systems that referred by BaRS, and what could not: tried again, or given up with why. */
export async function replyRoutes(app: App): Promise<void> {
  app.get(path, keepers, async ({ db, area, actor, now }, reply) =>
    reply.page(
      <Replies
        failed={await listTroubled(db, area, 'failed')}
        trying={await listTroubled(db, area, 'waiting')}
        counts={await countReplies(db, area)}
        addresses={(await listReplyAddresses(db, area)).length}
        {...{ now, names: namesReferral(actor) }}
      />,
    ),
  )
  app.get(`${path}/:reply`, keepers, async ({ db, area, actor, now, params }, reply) =>
    reply.page(
      <OneReply one={await replyAsked(db, area, params.reply)} {...{ now, names: namesReferral(actor), ...blank }} />,
    ),
  )
  app.post(`${path}/:reply/another-try`, keepers, async (request, reply) => {
    const { db, area, now, params } = request
    const { id, request: of, sender } = await replyAsked(db, area, params.reply)
    const again = await tryReplyAgain(db, { area, id }, now)
    if (again) {
      await sendLater(db, { area, request: of }, now)
      await sendWhatWaits(db, { area, sender }, now)
    }
    await request.act('reply.tried-again', { subject: id, codes: { again } })
    request.flash(again ? 'It is tried again now.' : 'It has gone or was given up meanwhile.')
    return reply.redirect(path)
  })
  givingUp(app)
}

function givingUp(app: App): void {
  const form = { why: text('Enter why it is given up', 500) }
  app.post(`${path}/:reply/giving-up`, { ...keepers, form }, async (request, reply) => {
    const { db, area, actor, now, params, form: said } = request
    const one = await replyAsked(db, area, params.reply)
    const names = namesReferral(actor)
    if (!said.ok) return reply.code(422).page(<OneReply {...{ one, now, names, ...said }} />)
    const given = await tryReplyAgain(db, { area, id: one.id }, now)
    if (given) {
      const end = { as: 'given up', reason: said.value.why, by: actor.membership } as const
      await settleReply(db, { area, id: one.id }, end, now)
      // What waited behind it goes now.
      await sendLater(db, { area, request: one.request }, now)
    }
    await request.act('reply.given-up', { subject: one.id, codes: { given } })
    request.flash(given ? 'Given up. Nothing more is sent of it.' : 'It has gone or was given up meanwhile.')
    return reply.redirect(path)
  })
}

async function replyAsked(db: Db, area: string, asked: string) {
  const found = /^[0-9a-f-]{36}$/.test(asked) ? await findReply(db, area, asked) : undefined
  if (!found) throw new NotFound()
  return found
}
