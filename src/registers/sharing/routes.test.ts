import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const today = { 'from-day': '5', 'from-month': '1', 'from-year': '2026' }
const later = { 'from-day': '1', 'from-month': '6', 'from-year': '2026' }

const between = (holder: Member, partner: Member) => ({
  ...{ holder: holder.organisation, partner: partner.organisation, reason: 'They cover for each other' },
})

/** Whose people the coach of the second provider may see on a day. */
async function seenByPartner(on = '2026-01-05'): Promise<readonly string[] | undefined> {
  const { area, account, membership } = app.cast.providerCoach
  const wanted = { area, account, membership, on: Temporal.PlainDate.from(on) }
  return (await app.inArea(area, (db) => findActor(db, wanted)))?.organisations
}

describe('A sharing arrangement', () => {
  it.each(['manager', 'areaLead', 'systemAdministrator'] as const)(
    "lets the partner see the holder's people at once, and no more once it is ended: %s",
    async (who) => {
      const { coach, providerCoach } = app.cast
      const agreeing = await app.as(app.cast[who])
      const id = randomUUIDv7()

      await agreeing.send(`/sharing/${id}`, { ...today, ...between(coach, providerCoach) })
      expect(await seenByPartner()).toEqual([providerCoach.organisation, coach.organisation])
      await agreeing.send(`/sharing/${id}/end`)
      expect(await seenByPartner()).toEqual([providerCoach.organisation])
      expect(await seenByPartner('2026-01-06')).toEqual([providerCoach.organisation])
    },
  )

  it('is not made by those who want to see', async () => {
    const { coach, providerCoach, providerManager } = app.cast
    const wanting = await app.as(providerManager)

    const sent = await wanting.send(`/sharing/${randomUUIDv7()}`, { ...today, ...between(coach, providerCoach) })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Their own service manager or the area lead has to agree to this')
    expect(await seenByPartner()).toEqual([providerCoach.organisation])
  })

  it('is offered to a manager for their own people only, and says whom to ask for the rest', async () => {
    const { text } = await (await app.as(app.cast.providerManager)).open('/sharing')

    expect(text).toContain('Let others see the people Second Provider north holds')
    expect(text).toContain('ask its service manager or the area lead')
  })

  it('is not made by somebody who works through referrals', async () => {
    const { coach, providerCoach, administrator } = app.cast
    const working = await app.as(administrator)

    const sent = await working.send(`/sharing/${randomUUIDv7()}`, { ...today, ...between(coach, providerCoach) })

    expect(sent.status).toBe(403)
    expect((await working.open('/sharing')).text).not.toContain('Add an arrangement')
  })

  it('may be ended by the partner, and by nobody who has no part in it', async () => {
    const { coach, areaLead, manager, providerCoach, providerManager } = app.cast
    const [lead, id, other] = [await app.as(areaLead), randomUUIDv7(), randomUUIDv7()]
    await lead.send(`/sharing/${id}`, { ...today, ...between(coach, providerCoach) })
    await lead.send(`/sharing/${other}`, { ...today, ...between(coach, areaLead) })

    const partner = await app.as(providerManager)
    const foreign = await partner.send(`/sharing/${other}/end`)
    const absent = await partner.send(`/sharing/${randomUUIDv7()}/end`)
    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect((await partner.sendAndFollow(`/sharing/${id}/end`)).text).toContain('Arrangement ended')
    expect(await seenByPartner()).toEqual([providerCoach.organisation])
    expect((await (await app.as(manager)).send(`/sharing/${other}/end`)).status).toBe(303)
  })

  it('that is to come or has a last day can be ended before', async () => {
    const { coach, manager, providerCoach } = app.cast
    const [managing, toCome, dated] = [await app.as(manager), randomUUIDv7(), randomUUIDv7()]
    const until = { 'until-day': '1', 'until-month': '9', 'until-year': '2026' }
    await managing.send(`/sharing/${toCome}`, { ...later, ...between(coach, providerCoach) })
    await managing.send(`/sharing/${dated}`, { ...today, ...until, ...between(coach, providerCoach) })

    for (const id of [toCome, dated]) await managing.send(`/sharing/${id}/end`)

    expect(await seenByPartner()).toEqual([providerCoach.organisation])
    expect(await seenByPartner('2026-07-01')).toEqual([providerCoach.organisation])
  })

  it('is not made between an organisation and itself', async () => {
    const managing = await app.as(app.cast.manager)
    const sent = await managing.send(`/sharing/${randomUUIDv7()}`, {
      ...today,
      ...between(app.cast.coach, app.cast.coach),
    })

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Select another organisation')
  })
})
