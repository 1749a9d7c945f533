import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { beginErasing } from '#journey/erasure/store.ts'
import type { Step } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const started = [
  [{ kind: 'tried' }, 2],
  [{ kind: 'assessed' }, 3],
] as const satisfies readonly (readonly [Step, number])[]
const several = async (count: number) => {
  for (let one = 0; one < count; one += 1) await anEpisode(app, { steps: started })
}

/** A month of its own in which so many started; the clock then stands in the month after it. */
async function aMonthOver(month: string, people: number): Promise<void> {
  app.clock.set(`${month}-05T10:00:00Z`)
  await several(people)
  app.clock.set(`${month}-28T10:00:00Z`)
  app.clock.pass({ days: 10 })
}

const pageOf = async (member: Member, month: string) => (await app.as(member)).open(`/monitoring/return?month=${month}`)
const digestIn = (html: string) => /name="digest" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? ''

async function sign(month: string, given: Readonly<Record<string, string>> = {}) {
  const lead = await app.as(app.cast.areaLead)
  const { html } = await lead.open(`/monitoring/return?month=${month}`)
  return lead.sendAndFollow(`/monitoring/return/${month}/signature`, {
    digest: digestIn(html),
    looked: 'yes',
    ...given,
  })
}

async function numberIn(member: Member, month: string, code = 'received', rest = '') {
  const seen = await (await app.as(member)).open(`/monitoring.csv?month=${month}${rest}`)
  if (seen.status !== 200) return seen.status
  return parse(seen.html).find(([, , , one]) => one === code)?.[5]
}

describe('Signing a month', () => {
  it('keeps its figures, who signed them and when, and is journaled', async () => {
    await aMonthOver('2027-01', 6)
    const seen = await sign('2027-01')
    const { rows } = await app.owner.query(
      `select s.version, s.signed_by, s.figures -> 'families' -> 'received' -> 'count' as received, e.what, e.codes ->> 'digest' = s.digest as journaled
       from return.signature s join journal.entry e on e.what = 'return.signed' where s.month = '2027-01-01'`,
    )

    expect(seen.text).toContain('Signed by Ali Lead on 7 February 2027, version 1')
    expect(seen.text).toContain('The figures are as they were signed')
    expect(rows).toEqual([
      { version: 1, signed_by: app.cast.areaLead.membership, received: 6, what: 'return.signed', journaled: true },
    ])
  })

  it('is refused while the month grows, without a tick, and where the figures changed while somebody read', async () => {
    await aMonthOver('2027-03', 6)
    const lead = await app.as(app.cast.areaLead)
    const { html } = await lead.open('/monitoring/return?month=2027-03')
    const unticked = await lead.send('/monitoring/return/2027-03/signature', { digest: digestIn(html) })
    const growing = await lead.send('/monitoring/return/2027-04/signature', { digest: 'x', looked: 'yes' })
    const clock = app.clock.now.toString()
    app.clock.set('2027-03-20T10:00:00Z')
    await several(1)
    app.clock.set(clock)
    const changed = await lead.send('/monitoring/return/2027-03/signature', { digest: digestIn(html), looked: 'yes' })

    expect([unticked.status, growing.status, changed.status]).toEqual([422, 422, 409])
    expect(growing.text).toContain('The month is not over')
    expect(changed.text).toContain('The figures have changed while you were reading')
    const { rows } = await app.owner.query(`select from return.signature where month >= '2027-03-01'`)
    expect(rows).toHaveLength(0)
  })

  it('is for the area lead alone', async () => {
    for (const member of [app.cast.councilLead, app.cast.nationalTeam, app.cast.manager, app.cast.coach]) {
      const sent = await (
        await app.as(member)
      ).send('/monitoring/return/2027-01/signature', { digest: 'x', looked: 'yes' })
      expect(sent.status).toBe(403)
    }
  })
})

describe('A signed month', () => {
  it('shows what has changed since, and is signed again with a reason as a new version', async () => {
    await aMonthOver('2027-05', 20)
    await sign('2027-05')
    const clock = app.clock.now.toString()
    app.clock.set('2027-05-20T10:00:00Z')
    await several(8)
    app.clock.set(clock)
    await app.owner.query(
      `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'realNumbersFor', '2027-01-01', '["area-lead"]', now())`,
    )
    const changed = await pageOf(app.cast.areaLead, '2027-05')
    await app.owner.query(`delete from areas.setting where name = 'realNumbersFor'`)
    const masked = await pageOf(app.cast.areaLead, '2027-05')
    const month = await (await app.as(app.cast.areaLead)).open('/monitoring?month=2027-05')

    expect(changed.text).toContain('Referrals received 20 28 +8')
    expect(masked.text).toContain('Referrals received 20 28 +8')
    expect(masked.text).toContain('hidden numbers may have changed')
    expect(month.text).toContain('Changed since signed')
    expect(await numberIn(app.cast.areaLead, '2027-05')).toBe('28')
    expect(await numberIn(app.cast.areaLead, '2027-05', 'received', '&as=signed')).toBe('20')
    expect((await sign('2027-05')).text).toContain('Say why the month is signed again')
    const again = await sign('2027-05', { reason: 'Eight referrals were typed late' })
    expect(again.text).toContain('version 2')
    expect(again.text).toContain('Eight referrals were typed late')
    expect(again.text).toContain('First signed')
    expect((await sign('2027-05', { reason: 'Again' })).text).toContain('There is nothing to correct')
  })

  it('explains what an erasure took out since, without who', async () => {
    await aMonthOver('2028-02', 6)
    await sign('2028-02')
    app.clock.pass({ days: 20 })
    expect((await pageOf(app.cast.areaLead, '2028-02')).text).not.toContain('erased')
    const { rows } = await app.owner.query<{ person: string }>(
      `update episode.standing set ended_at = now() where received_at >= '2028-02-01' returning person`,
    )
    const people = rows.slice(0, 2).map(({ person }) => person)
    const run = { area: 'north', id: newId(), because: 'age', by: app.cast.manager.membership } as const
    await app.inArea('north', (db) => beginErasing(db, { ...run, at: app.clock.now, people }))
    await app.work()
    await app.owner.query(
      `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'realNumbersFor', '2027-01-01', '["area-lead"]', now())`,
    )
    const whole = await pageOf(app.cast.areaLead, '2028-02')
    await app.owner.query(`delete from areas.setting where name = 'realNumbersFor'`)

    expect(whole.text).toContain('Referrals received 6 4 −2')
    expect(whole.text).toContain('not in those now: 2 people whose records were erased since it was signed.')
    expect((await pageOf(app.cast.areaLead, '2028-02')).text).toContain('a few people whose records were erased')
    expect((await pageOf(app.cast.areaLead, '2027-07')).text).not.toContain('erased since')
  })

  it('is known when its figures are not the ones that were signed', async () => {
    await aMonthOver('2027-07', 6)
    await sign('2027-07')
    await app.owner.query(
      `update return.signature set figures = jsonb_set(figures, '{families,received,count}', '7') where month = '2027-07-01'`,
    )

    expect((await pageOf(app.cast.councilLead, '2027-07')).text).toContain('Not the figures that were signed')
  })

  it('may not be changed by the application', async () => {
    const change = app.inArea('north', (db) => db.updateTable('return.signature').set({ version: 9 }).execute())
    await expect(change).rejects.toThrow('permission denied')
  })
})

describe('Outside the reporting boundary', () => {
  it('a month is read once it is signed, not before, and as it was signed', async () => {
    await aMonthOver('2027-09', 20)
    const council = await app.as(app.cast.councilLead)
    const before = await council.open('/monitoring?month=2027-09')
    expect([before.status, before.text.includes('September 2027 is not signed yet')]).toEqual([200, true])
    expect(await numberIn(app.cast.councilLead, '2027-09')).toBe(404)
    await sign('2027-09')
    const clock = app.clock.now.toString()
    app.clock.set('2027-09-20T10:00:00Z')
    await several(9)
    app.clock.set(clock)

    expect(await numberIn(app.cast.councilLead, '2027-09')).toBe('20')
    expect((await council.open('/monitoring')).text).toContain('September 2027')
  })

  it('two files of a month never differ by a few, whatever was corrected between them', async () => {
    await aMonthOver('2027-11', 20)
    await sign('2027-11')
    const first = await numberIn(app.cast.councilLead, '2027-11')
    const clock = app.clock.now.toString()
    app.clock.set('2027-11-20T10:00:00Z')
    await several(1)
    app.clock.set(clock)
    await sign('2027-11', { reason: 'One referral was typed late' })
    const page = await (await app.as(app.cast.councilLead)).open('/monitoring?month=2027-11')

    expect([first, await numberIn(app.cast.councilLead, '2027-11')]).toEqual(['20', '20'])
    expect(page.text).toContain('left as first released: Referrals received')
    expect((await pageOf(app.cast.councilLead, '2027-11')).text).not.toContain('21')
  })

  it('another area sees nothing of it', async () => {
    expect((await pageOf(app.cast.nationalTeam, '2027-01')).text).toContain('Not signed yet')
    expect(await numberIn(app.cast.nationalTeam, '2027-01')).toBe(404)
  })
})

describe('Questions about a signed month', () => {
  it('are asked by those who read it and answered by the area lead, once', async () => {
    const council = await app.as(app.cast.councilLead)
    const asked = await council.sendAndFollow('/monitoring/return/2027-01/questions', {
      question: 'Why did so few start in Leeds?',
    })
    const { rows } = await app.owner.query<{ id: string }>(`select id from return.question`)
    const address = `/monitoring/return/questions/${rows[0]?.id ?? ''}/answer`
    const lead = await app.as(app.cast.areaLead)
    const waiting = await lead.open('/monitoring?month=2027-01')
    const field = `answer-${rows[0]?.id ?? ''}`
    const empty = await lead.send(address, { [field]: ' ' })
    const answered = await lead.sendAndFollow(address, { [field]: 'The team there began in December.' })
    const twice = await lead.sendAndFollow(address, { [field]: 'Something else' })

    expect(asked.text).toContain('Cam Council asked on')
    expect(waiting.text).toContain('1 waits for an answer')
    expect([empty.status, answered.text.includes('The team there began in December.')]).toEqual([422, true])
    expect(twice.text).toContain('Somebody has answered this question already')
    expect(twice.text).not.toContain('Something else')
  })

  it('are not asked about a month nobody signed, nor answered from elsewhere', async () => {
    const national = await app.as(app.cast.nationalTeam)
    const { rows } = await app.owner.query<{ id: string }>(`select id from return.question`)
    const unsigned = await national.send('/monitoring/return/2027-02/questions', { question: 'Why?' })
    const elsewhere = await national.send(`/monitoring/return/questions/${rows[0]?.id ?? ''}/answer`, {})

    expect([unsigned.status, elsewhere.status]).toEqual([404, 403])
  })
})
