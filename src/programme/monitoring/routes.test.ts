import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Step } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Seen } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode, type Made } from '#test/people/episode.ts'
import { aCompletion, aContact, aMeeting, anAnswer } from '#test/people/facts.ts'
import { aConversation } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
// Nobody's numbers but the test's own: everybody from before moves out of reach of the months looked at.
beforeEach(async () => {
  await app.owner
    .query(`update episode.standing set received_at = '2020-01-01', accepted_at = '2020-01-01', first_tried_at = null,
    started_at = null, plan_agreed_at = null, ended_at = '2020-01-02'`)
  await app.owner.query(`update contact.contact set happened_at = '2020-01-01'`)
  await app.owner.query(
    `update appointment.appointment set starts_at = starts_at - interval '9 years', ends_at = ends_at - interval '9 years'`,
  )
  app.clock.set('2026-01-05T10:00:00Z')
})

const day = Temporal.PlainDate.from('2026-04-01')
const started = [
  [{ kind: 'tried' }, 2],
  [{ kind: 'assessed' }, 3],
] as const satisfies readonly (readonly [Step, number])[]
const planned = [...started, [{ kind: 'plan-agreed', planType: 'seek-work', limitOn: day }, 1]] as const
const completed = [...planned, [{ kind: 'completed', followUp13On: day, followUp26On: day }, 2]] as const
const left = [...started, [{ kind: 'ended', as: 'left-early' }, 1]] as const

const january = '2026-01'
const lookAt = async (member: Member, month = january) => (await app.as(member)).open(`/monitoring?month=${month}`)
const listOf = async (member: Member, rest: string) => (await app.as(member)).open(`/monitoring/lists?${rest}`)
const several = async (count: number, made: Made) => {
  for (let one = 0; one < count; one += 1) await anEpisode(app, made)
}

/** Every number of a page that opens a list, with its address. */
function openable({ html }: Seen) {
  return [...html.matchAll(/<a href="(\/monitoring\/lists\?[^"]+)">(\d+)/g)].map(([, href = '', number]) => ({
    href: href.replaceAll('&amp;', '&'),
    number: Number(number),
  }))
}

function fileOf({ html }: Seen) {
  const [, ...lines] = parse(html)
  return lines
}
const downloaded = async (member: Member, month = january) =>
  fileOf(await (await app.as(member)).open(`/monitoring.csv?month=${month}`))
const rowsIn = ({ html }: Seen) => [...html.matchAll(/href="\/people\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
const peopleIn = (seen: Seen) => new Set(rowsIn(seen))

describe('A month in numbers', () => {
  it('opens every number to as many rows as it says', async () => {
    await several(2, { steps: started })
    await aCompletion(app, await anEpisode(app, { steps: completed }), ['same-job', 'hours-up'])
    const spell = await anEpisode(app, { steps: left })
    await aConversation(app, spell, { barriers: ['pain'] })
    await anAnswer(app, spell, 'work-ability', { today: '4' })
    await aContact(app, spell, 'reached')
    await aContact(app, spell, 'no-answer')
    await aMeeting(app, spell, { hours: 2, became: { kind: 'missed', who: 'person', reason: 'ill' } })
    const manager = await app.as(app.cast.manager)
    const numbers = openable(await manager.open(`/monitoring?month=${january}`))

    expect(numbers.length).toBeGreaterThan(60)
    for (const { href, number } of numbers) {
      const list = await manager.open(href)
      expect([href, list.status, rowsIn(list).length]).toEqual([href, 200, number])
    }
  })

  it('counts what happened in the month, with the middle days', async () => {
    await several(2, { steps: completed })
    await several(1, { steps: left })
    const file = await downloaded(app.cast.manager)
    const counted = file
      .filter(([, , group]) => group === 'item')
      .map(([, , , code, , number, , days]) => [code, number, days])

    expect(counted).toEqual([
      ['received', '3', ''],
      ['accepted', '3', ''],
      ['first-contact', '3', '2'],
      ['first-appointment', '0', ''],
      ['started', '3', '5'],
      ['plan-agreed', '2', '6'],
      ['contact', '0', ''],
      ['appointment', '0', ''],
      ['completed', '2', ''],
      ['ended-early', '1', ''],
      ...['after-13', 'after-26'].map((code) => [code, '0', '']),
    ])
  })

  it('puts what happened late on the last evening of March into March, by England’s clocks', async () => {
    app.clock.set('2026-03-31T22:59:00Z')
    await anEpisode(app)
    app.clock.set('2026-03-31T23:00:00Z')
    await several(2, {})
    const received = async (month: string) =>
      openable(await lookAt(app.cast.manager, month)).find(({ href }) => href.endsWith('item=received'))?.number

    expect([await received('2026-03'), await received('2026-04')]).toEqual([1, 2])
  })

  it('names the council a person lives in, known by its code or as somebody wrote it', async () => {
    await several(3, { steps: started })
    await app.owner.query(`update people.person set council = case when id in (select person from episode.standing
      where started_at is not null order by episode limit 1) then 'E08000035' else 'Somewhere' end`)
    const file = await downloaded(app.cast.manager)
    const councils = file.filter(([, , group]) => group === 'council').map(([, , , code, , number]) => [code, number])

    expect(councils).toEqual([
      ['Leeds', '1'],
      ['Somewhere', '2'],
      ['not-known', '0'],
    ])
  })

  it('tells imported history apart', async () => {
    const { episode } = await anEpisode(app)
    await app.owner.query('update episode.standing set imported = true where episode = $1', [episode])
    const file = await downloaded(app.cast.manager)

    expect(file[0]?.slice(3, 7)).toEqual(['received', 'Referrals received', '1', '1'])
  })

  it('knows no month beyond the two years', async () => {
    expect((await lookAt(app.cast.manager, '2019-01')).status).toBe(404)
    expect((await lookAt(app.cast.manager, 'never')).status).toBe(404)
  })

  it('gives the file the numbers of the page', async () => {
    await several(9, { steps: started })
    for (const member of [app.cast.manager, app.cast.areaLead]) {
      const page = await lookAt(member)
      const file = await downloaded(member)
      const [, table = ''] = /<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(page.html) ?? []
      const cells = [...table.matchAll(/data-label="Number">(.*?)<\/td>/g)]
      const shown = cells.map(([, cell = '']) => /[\d*]+(?=<|$)/.exec(cell)?.[0])

      expect(shown).toHaveLength(12)
      expect(file.slice(0, 12).map((line) => line[5])).toEqual(shown)
    }
  })

  it('gives the same numbers as JSON, with what they mean', async () => {
    await several(6, { steps: started })
    const file = await downloaded(app.cast.areaLead)
    const seen = await (await app.as(app.cast.areaLead)).open(`/monitoring.json?month=${january}`)
    const whole: { numbers: { number?: string | number }[]; dictionary: { columns: object } } = JSON.parse(seen.html)
    const dictionary = await (await app.as(app.cast.areaLead)).open('/monitoring/dictionary.json')

    expect(whole.numbers.map(({ number }) => String(number ?? ''))).toEqual(file.map((line) => line[5]))
    expect(JSON.parse(dictionary.html)).toEqual(whole.dictionary)
  })
})

describe('The people behind a number', () => {
  it('are shown a page at a time, all of them and each once', async () => {
    await several(53, {})
    const first = await listOf(app.cast.manager, `month=${january}&item=received`)
    const [, next = ''] = /href="(\/monitoring\/lists\?[^"]*after=[^"]+)"/.exec(first.html) ?? []
    const second = await (await app.as(app.cast.manager)).open(next.replaceAll('&amp;', '&'))

    expect(peopleIn(first).size).toBe(50)
    expect(new Set([...peopleIn(first), ...peopleIn(second)]).size).toBe(53)
    expect(first.text).toContain('53 counted')
  })

  it('leave a row in the journal that says who was shown', async () => {
    const { person } = await anEpisode(app)
    await listOf(app.cast.manager, `month=${january}&item=received`)
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'monitoring.list' order by id desc limit 1`,
    )

    expect(rows[0]).toEqual({ codes: { month: january, item: 'received', by: [], shown: [person] } })
  })

  it('are counted and not listed where a record is restricted, but for those who are named', async () => {
    const { person } = await anEpisode(app, { givenName: 'Hidden' })
    await anEpisode(app)
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    const rest = `month=${january}&item=received`
    const unnamed = await listOf(app.cast.manager, rest)
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'works with them')`,
      [person, app.cast.seniorCoach.membership],
    )

    expect(unnamed.text).toContain('2 counted, 1 of them not listed')
    expect(unnamed.text).not.toContain('Hidden')
    expect((await listOf(app.cast.seniorCoach, rest)).text).toContain('Hidden')
  })
})

describe('Who sees which month', () => {
  it('a provider does not count the people of another, nor an area those of another', async () => {
    await several(1, { givenName: 'Ours' })
    await several(2, { coach: app.cast.providerCoach, givenName: 'Theirs' })
    await several(3, { coach: app.cast.coachElsewhere, givenName: 'Faraway' })
    const rest = `month=${january}&item=received`
    const [ours, theirs, far] = [app.cast.manager, app.cast.providerManager, app.cast.managerElsewhere]

    for (const [member, count, name] of [
      [ours, 1, 'Ours'],
      [theirs, 2, 'Theirs'],
      [far, 3, 'Faraway'],
    ] as const) {
      const list = await listOf(member, rest)
      expect(openable(await lookAt(member))[0]?.number).toBe(count)
      expect(list.text).toContain(`${count} counted`)
      expect(['Ours', 'Theirs', 'Faraway'].filter((other) => list.text.includes(other))).toEqual([name])
    }
  })

  it('shows the board’s lead the whole area, masked, and no list', async () => {
    await several(6, {})
    await several(7, { coach: app.cast.providerCoach })
    await several(3, { steps: started })
    const page = await lookAt(app.cast.areaLead)
    const file = await downloaded(app.cast.areaLead)
    const numbers = new Map(file.map(([, , group, code, , number]) => [`${group} ${code}`, number]))

    expect([numbers.get('item received'), numbers.get('item started'), numbers.get('sex not-known')]).toEqual([
      '16',
      '*',
      '*',
    ])
    expect(openable(page)).toEqual([])
    expect(page.html).not.toContain('/monitoring/lists')
  })

  it('shows real numbers to a lead whom the area names, from the day it says, and still no list', async () => {
    await several(3, {})
    const decide = (fromOn: string) =>
      app.owner.query(
        `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'realNumbersFor', $1, '["area-lead"]', now())`,
        [fromOn],
      )
    const received = async () => (await downloaded(app.cast.areaLead))[0]?.[5]
    await decide('2026-01-06')
    expect(await received()).toBe('*')
    app.clock.set('2026-01-06T10:00:00Z')

    expect(await received()).toBe('3')
    expect((await lookAt(app.cast.councilLead)).text).toContain('January 2026 is not signed yet')
    expect((await lookAt(app.cast.areaLead)).html).not.toContain('/monitoring/lists')
    await app.owner.query(`delete from areas.setting where name = 'realNumbersFor'`)
  })

  it('hides more where the area says so, by the rule in force when the month ended', async () => {
    await several(7, {})
    await app.owner.query(
      `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'hideBelow', '2026-02-01', '10', now())`,
    )
    const before = await downloaded(app.cast.areaLead)
    await app.owner.query(`update areas.setting set from_on = '2026-01-31' where name = 'hideBelow'`)
    const after = await downloaded(app.cast.areaLead)
    await app.owner.query(`delete from areas.setting where name = 'hideBelow'`)

    expect([before[0]?.[5], before[0]?.[9], after[0]?.[5], after[0]?.[9]]).toEqual(['7', 'under-5', '*', 'under-10'])
  })

  it.each(['areaLead', 'councilLead', 'nationalTeam', 'coach', 'clinician', 'jobcentrePartner'] as const)(
    'refuses %s the lists, whether anybody stands on them or not',
    async (part) => {
      await anEpisode(app)
      const full = await listOf(app.cast[part], `month=${january}&item=received`)
      const empty = await listOf(app.cast[part], `month=${january}&item=completed`)

      expect(full.status).toBe(403)
      expect(full.text).toBe(empty.text)
    },
  )

  it.each(['coach', 'clinician', 'jobcentrePartner', 'systemAdministrator'] as const)(
    '%s has no monitoring',
    async (part) => {
      expect((await lookAt(app.cast[part])).status).toBe(403)
      expect((await (await app.as(app.cast[part])).open('/monitoring.csv')).status).toBe(403)
    },
  )

  it('stands in the navigation of those who have it', async () => {
    expect((await lookAt(app.cast.councilLead)).html).toMatch(/href="\/monitoring"[^>]*>Monitoring</)
  })
})
