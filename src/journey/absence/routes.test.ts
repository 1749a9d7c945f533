import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { type Member } from '#test/cast.ts'
import { anEpisode } from '#test/people/episode.ts'
import { listCovered } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const between = (member: Member, cover: Member, from: number, until: number): Fields => ({
  ...{ id: newId(), member: member.membership, cover: cover.membership },
  ...{ 'from-day': `${from}`, 'from-month': '1', 'from-year': '2026' },
  ...{ 'until-day': `${until}`, 'until-month': '1', 'until-year': '2026' },
})

async function arrange(fields: Fields, by: Member = app.cast.manager) {
  const browser = await app.as(by)
  const preview = await browser.send('/absences/proposal', fields)
  const previewed = /name="previewed" value="([^"]*)"/.exec(preview.html)?.[1] ?? ''
  return { browser, preview, sent: await browser.sendAndFollow('/absences', { ...fields, previewed }) }
}

const covered = (member: Member, on: string) =>
  app.inArea('north', (db) => listCovered(db, 'north', member.membership, Temporal.PlainDate.from(on)))

describe('Arranging an absence', () => {
  it('shows what moves before it is arranged, and then moves it there and back', async () => {
    const { coach, otherCoach } = app.cast
    await anEpisode(app, { givenName: 'Dora', familyName: 'Due' })
    const later: [{ kind: 'due'; what: string; on: Temporal.PlainDate }, number] = [
      { kind: 'due', what: 'contact', on: Temporal.PlainDate.from('2026-03-02') },
      0,
    ]
    await anEpisode(app, { givenName: 'Lara', familyName: 'Later', steps: [later] })
    const { preview, sent } = await arrange(between(coach, otherCoach, 6, 9))

    expect(preview.text).toContain('they look after 2 people')
    expect(preview.text).toContain('Dora Due')
    expect(preview.text).not.toContain('Lara Later')
    expect(sent.text).toContain('from 6 January 2026 until 8 January 2026')
    expect(await covered(otherCoach, '2026-01-08')).toEqual([otherCoach.membership, coach.membership])
    expect(await covered(otherCoach, '2026-01-09')).toEqual([otherCoach.membership])
  })

  it('is refused while they are away already, and the database holds to it as well', async () => {
    const { coach, seniorCoach, manager } = app.cast
    const { sent } = await arrange(between(coach, seniorCoach, 7, 12))

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Carol Coach is already away')
    await expect(
      app.owner.query(
        `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
         values ('north', $1, $2, $3, '2026-01-07', '2026-01-12', $4, now())`,
        [newId(), coach.membership, seniorCoach.membership, manager.membership],
      ),
    ).rejects.toThrow('one_absence_at_a_time')
  })

  it('finds no cover in another organisation, unless it shares its people', async () => {
    const { seniorCoach, providerCoach } = app.cast
    const refused = await arrange(between(seniorCoach, providerCoach, 13, 14))
    await app.owner.query(
      `insert into organisations.sharing (area, id, holder, partner, reason, from_on, agreed_by)
       values ('north', $1, $2, $3, 'Cover', '2025-01-01', null)`,
      [newId(), seniorCoach.organisation, providerCoach.organisation],
    )
    await app.owner.query(
      `insert into organisations.sharing (area, id, holder, partner, reason, from_on, agreed_by)
       values ('north', $1, $2, $3, 'Cover', '2025-01-01', null)`,
      [newId(), providerCoach.organisation, seniorCoach.organisation],
    )
    const arranged = await arrange(between(seniorCoach, providerCoach, 13, 14))

    expect(refused.sent.status).toBe(422)
    expect(arranged.sent.text).toContain('Pat Provider')
  })

  it('keeps a record hidden that whoever covers is not named for, and says so', async () => {
    const { coach, otherCoach } = app.cast
    const { person } = await anEpisode(app, { givenName: 'Rita', familyName: 'Restricted' })
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Runs it')`,
      [person, app.cast.manager.membership],
    )
    const unnamed = await (
      await app.as(app.cast.seniorCoach)
    ).send('/absences/proposal', between(coach, otherCoach, 20, 23))
    const { preview } = await arrange(between(coach, otherCoach, 20, 23))

    expect(unnamed.text).toContain('falls due meanwhile')
    expect(unnamed.text).not.toMatch(/of these records|Rita/)
    expect(preview.text).toContain('1 of these records is restricted')
    expect(preview.text).not.toContain('Rita')
  })

  it('ends with an early return', async () => {
    const { coach, otherCoach } = app.cast
    const { browser } = await arrange(between(coach, otherCoach, 26, 30))
    app.clock.set('2026-01-27T09:00:00Z')
    const again = await app.as(app.cast.manager)
    const page = await again.open('/absences')
    const action = /\/absences\/[0-9a-f-]{36}\/return/.exec(page.html)?.[0] ?? ''
    await again.sendAndFollow(action)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(browser.cookies.size).toBeGreaterThan(0)
    expect(await covered(otherCoach, '2026-01-26')).toContain(coach.membership)
    expect(await covered(otherCoach, '2026-01-27')).not.toContain(coach.membership)
  })

  it('is the same for an absence of another area as for none', async () => {
    const elsewhere = await app.as(app.cast.managerElsewhere)
    const { rows } = await app.owner.query<{ id: string }>('select id from absence.absence limit 1')
    const foreign = await elsewhere.send(`/absences/${rows[0]?.id ?? ''}/return`)
    const missing = await elsewhere.send(`/absences/${newId()}/return`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect(foreign.status).toBe(404)
  })

  it('is seen but not arranged by a coach', async () => {
    const browser = await app.as(app.cast.coach)

    expect((await browser.open('/absences')).text).toContain('Carol Coach')
    expect((await browser.open('/absences/new')).status).toBe(403)
  })
})
