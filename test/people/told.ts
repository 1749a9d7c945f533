import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import { webhookKey } from '#platform/machine/webhook.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { saveWebhookAddress } from '#exchange/webhooks/webhook-address/store.ts'
import { holdNext, saveEvent, saveTry, settleEvent } from '#exchange/webhooks/webhook-event/store.ts'
import type { TestApp } from '#test/app.ts'
import { aRecordsSystem } from './records-system.ts'
import { aStuckReply } from './reply.ts'
import { aJsonSender, type Wanted } from '#test/neighbours/json-sender.ts'

type Where = Readonly<{ kind?: OrganisationKind; address: string }>

/** A system of an organisation of its own that is told at this address, with the keys that it is given. */
export async function aToldSender(app: TestApp, { kind = 'practice', address }: Where) {
  const organisation = newId()
  await app.owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, from_on)
     values ('north', $1, $2, $3, 'none', '2020-01-01')`,
    [organisation, `Quay Surgery ${organisation}`, kind],
  )
  const sender = await aJsonSender(app, { from: { ...app.cast.referrer, organisation } })
  const said = { area: 'north', id: newId(), client: sender.id, address }
  const by = { by: app.cast.manager.membership, at: app.clock.now }
  await app.inArea('north', (db) => saveWebhookAddress(db, { ...said, ...by }))
  const { secret } = app.settings
  const keyOf = (number: number) => webhookKey({ secret, area: 'north', address: said.id, number }).written
  return { ...sender, door: said.id, keyOf }
}

const row = z.object({ referral: z.string(), person: z.string(), episode: z.string() })

/** Somebody whom this system referred, with what can then happen to them and what they say. */
export async function aToldReferral(
  app: TestApp,
  sender: Awaited<ReturnType<typeof aToldSender>>,
  wanted: Wanted = {},
) {
  const { id } = await sender.sent(wanted)
  const { rows } = await app.owner.query(
    `select request.referral, referral.person, referral.episode from edge.request request
     join referral.referral referral on referral.area = request.area and referral.id = request.referral
     where request.id = $1`,
    [id],
  )
  const { referral, person, episode } = row.parse(rows[0])
  const by = app.cast.coach.membership
  const happens = async (...steps: readonly Step[]) => {
    for (const step of steps)
      await app.inArea('north', (db) => recordStep(db, { area: 'north', episode, step, at: app.clock.now, by }))
    app.clock.pass({ hours: 1, minutes: 1 })
    await app.work()
  }
  const says = async (answers: Readonly<Record<string, string>>) => {
    app.clock.pass({ minutes: 1 })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })
  }
  return { id, referral, person, episode, happens, says }
}

/** An event that their system refused, as the queue keeps it; nothing is sent for it. */
export async function aStuckEvent(app: TestApp) {
  const sender = await aToldSender(app, { address: 'https://quay.example.org/told' })
  const { id: request } = await aToldReferral(app, sender)
  const [area, at] = ['north', app.clock.now] as const
  const id = await app.inArea(area, async (db) => {
    const queue = await saveEvent(db, { area, client: sender.id, request, said: 'accepted' }, at)
    const next = await holdNext(db, queue)
    const event = { area, id: next?.id ?? '' }
    await saveTry(db, event, { tries: 1, answer: 410, at, firstAt: at })
    await settleEvent(db, event, { as: 'failed', reason: 'Their system says that it wants to be told no more' }, at)
    return event.id
  })
  return { id, sender }
}

/** A system that could not be told something, and a reply that could not be sent to another. */
export async function stuckSystems(app: TestApp) {
  const [told, reply] = [await aStuckEvent(app), await aStuckReply(app)]
  const there = { iss: 'https://fhir.park.example.org/R4', clientId: 'workwell' }
  const recordsSystem = await aRecordsSystem(app, there)
  return { client: told.sender.id, event: told.id, reply: reply.id, recordsSystem }
}
