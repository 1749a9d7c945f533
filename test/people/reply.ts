import { randomUUID } from 'node:crypto'
import { newId } from '#platform/ids.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { holdNext, saveReply, saveTry, settleReply } from '#exchange/bars/reply/store.ts'
import { saveReplyAddress } from '#exchange/bars/reply-address/store.ts'
import type { TestApp } from '#test/app.ts'
import { headers, message, type Wanted } from '#test/neighbours/bars-sender.ts'

let senders = 0

/** An organisation of the north with a code of its own, whose system is replied to at this address. */
export async function aReplyingSender(
  app: TestApp,
  { kind = 'practice', address }: Readonly<{ kind?: OrganisationKind; address: string }>,
) {
  const [id, ods] = [newId(), `ZQ${String((senders += 1)).padStart(4, '0')}`]
  const name = `Quay Surgery ${ods}`
  await app.owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, from_on, ods_code)
     values ('north', $1, $2, $3, 'none', '2020-01-01', $4)`,
    [id, name, kind, ods],
  )
  await app.owner.query(`update organisations.organisation set ods_code = 'Y99999' where id = $1`, [
    app.cast.administrator.organisation,
  ])
  const said = { area: 'north', id: newId(), organisation: id, address, service: '222222222' }
  await app.inArea('north', (db) =>
    saveReplyAddress(db, { ...said, by: app.cast.manager.membership, at: app.clock.now }),
  )
  return { id, ods, name, replyAddress: said.id }
}

/** A referral that this organisation sent by BaRS, taken as the north takes them. */
export async function aSentReferral(app: TestApp, ods: string, wanted: Wanted = {}) {
  const bundle = randomUUID()
  const said = headers(ods)
  // The number belongs to one person: each of these is somebody else.
  const sent = message({ id: bundle, policy: 'OPTIN', nhsNumber: '9990000042', verified: false, ...wanted })
  const answer = await app.product.fastify.inject({
    ...{ method: 'POST', url: '/bars/FHIR/R4/$process-message', headers: said, payload: JSON.stringify(sent) },
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  const { rows } = await app.owner.query<{ id: string; episode: string; person: string; request: string }>(
    `select referral.id, referral.episode, referral.person, request.id as request from receiver.request request
     join referral.referral referral on referral.area = request.area and referral.id = request.referral
     where request.bundle = $1`,
    [bundle],
  )
  const [made] = rows
  if (!made) throw new Error('The referral was not taken')
  return { ...made, bundle, correlationId: said['x-correlation-id'] }
}

/** Moves an episode, and lets the hour go by in which a slip is taken back. */
export async function moves(app: TestApp, episode: string, steps: readonly Step[]): Promise<void> {
  const by = app.cast.coach.membership
  for (const step of steps)
    await app.inArea('north', (db) => recordStep(db, { area: 'north', episode, step, at: app.clock.now, by }))
  app.clock.pass({ hours: 1, minutes: 1 })
  await app.work()
}

/** A reply that their system refused, as the queue keeps it; nothing is sent for it. */
export async function aStuckReply(app: TestApp) {
  const sender = await aReplyingSender(app, { address: 'https://quay.example.org/FHIR/R4' })
  const referral = await aSentReferral(app, sender.ods)
  const [area, at, { request }] = ['north', app.clock.now, referral] as const
  const id = await app.inArea(area, async (db) => {
    await saveReply(db, { area, request, news: 'accepted', at })
    const next = await holdNext(db, area, request)
    const reply = { area, id: next?.id ?? '' }
    await saveTry(db, reply, { tries: 1, answer: '404 REC_NOT_FOUND not-found', at, firstAt: at })
    const reason = 'Their system does not know the referral, or is not at this address'
    await settleReply(db, reply, { as: 'failed', reason }, at)
    return reply.id
  })
  return { id, sender, referral }
}
