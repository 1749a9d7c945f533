import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { type AboutPerson, aPerson } from '#test/people.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { lookForPairs } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const look = (area = 'north') => app.inArea(area, (db) => lookForPairs(db, { area, at: app.clock.now }))

/** Two records that say the same, held by these two members' organisations, and the pair that is found. */
async function aPair(familyName: string, [one, other]: [AboutPerson, AboutPerson] = [{}, {}]) {
  const also = { postcode: 'LS1 4AP' }
  const first = await aPerson(app, { givenName: 'Sam', familyName, also, ...one })
  const second = await aPerson(app, { givenName: 'Sam', familyName, also: { postcode: 'ls14ap' }, ...other })
  await look()
  const { rows } = await app.owner.query(
    'select id from likeness.pair where person in ($1, $2) and undone_at is null',
    [first, second],
  )
  return { first, second, pair: String(rows[0]?.id), found: rows.length }
}

const finds = async (member: Member, text: string) => (await app.as(member)).send('/people/search', { search: text })

describe('Records of one person', () => {
  it('are found by name, date of birth and postcode, and by NHS number', async () => {
    expect((await aPair('Alike')).found).toBe(1)
    const named = await aPair("O'Alike", [{}, { familyName: 'OAlike' }])
    expect(named.found).toBe(1)
    const numbered = { also: { nhsNumber: '9000000009' } }
    expect((await aPair('Numbered', [numbered, { ...numbered, givenName: 'Samantha' }])).found).toBe(1)
    expect((await aPair('Unlike', [{}, { also: { postcode: 'LS1 9ZZ' } }])).found).toBe(0)
  })

  it('are found once, however often they are looked for', async () => {
    const { first } = await aPair('Once')
    await look()

    const { rows } = await app.owner.query('select id from likeness.pair where person = $1 or other = $1', [first])
    expect(rows).toHaveLength(1)
  })

  it('are found when details change', async () => {
    const first = await aPerson(app, { givenName: 'Kim', familyName: 'Changing', also: { nhsNumber: '9434765919' } })
    const second = await aPerson(app, { givenName: 'Kim', familyName: 'Other' })
    const coach = await app.as(app.cast.coach)

    await coach.send(`/people/${second}/details/names`, {
      ...{ givenName: 'Kim', familyName: 'Other', nhsNumber: '9434765919', version: '1' },
      ...{ 'bornOn-day': '1', 'bornOn-month': '2', 'bornOn-year': '1980' },
    })

    expect((await coach.open(`/people/${first}/duplicates`)).text).toContain('The same NHS number')
  })

  it('are looked for every night by the queue', () => {
    expect(app.product.schedules.map(({ job }) => job)).toContain('people.likeness')
    expect(Object.keys(app.product.jobs)).toContain('people.likeness')
  })
})

describe('A pair', () => {
  it('is shown only to those who may open both records, and otherwise is not there', async () => {
    const other = { heldBy: app.cast.providerCoach }
    const { first, second, pair } = await aPair('Parted', [{}, other])
    const administrator = await app.as(app.cast.administrator)

    expect((await administrator.open('/people/duplicates')).text).not.toContain('Parted')
    expect((await administrator.open(`/people/${first}/duplicates`)).text).toContain('No other record')
    const refused = await administrator.open(`/people/${first}/duplicates/${pair}`)
    const absent = await administrator.open(`/people/${first}/duplicates/${newId()}`)
    expect([refused.status, refused.text]).toEqual([404, absent.text])
    expect((await administrator.open(`/people/${second}/duplicates`)).status).toBe(404)
    expect((await (await app.as(app.cast.coachElsewhere)).open(`/people/${first}/duplicates`)).status).toBe(404)
  })

  it('stands side by side, and is decided by those who may', async () => {
    const { first, pair } = await aPair('Beside')

    const coach = await app.as(app.cast.coach)
    const page = await coach.open(`/people/${first}/duplicates/${pair}`)
    expect(page.text).toContain('First record')
    expect(page.text).toContain('A senior coach, a service manager or an administrator')
    expect((await coach.send(`/people/${first}/duplicates/${pair}/decision`, {})).status).toBe(403)
    expect((await (await app.as(app.cast.administrator)).open('/people/duplicates')).text).toContain('Sam Beside')
  })

  it('needs which record is kept, and how one knows', async () => {
    const { first, pair } = await aPair('Asked')
    const administrator = await app.as(app.cast.administrator)

    const page = await administrator.send(`/people/${first}/duplicates/${pair}/decision`, {
      ...{ decision: 'same', reason: 'Asked on the phone', version: '1' },
    })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Choose which record is kept')
    expect(page.html).toContain('Asked on the phone')
  })
})

describe('Two records that somebody finds alike', () => {
  it('are compared once, whoever asks', async () => {
    const first = await aPerson(app, { givenName: 'Ana', familyName: 'Asked' })
    const second = await aPerson(app, { givenName: 'Anna', familyName: 'Asked' })
    const coach = await app.as(app.cast.coach)
    const asked = await coach.send(`/people/${first}/duplicates`, { other: second })
    const again = await coach.send(`/people/${second}/duplicates`, { other: first })

    expect(asked.location).toMatch(new RegExp(`^/people/${first}/duplicates/`))
    expect(again.location?.split('/').at(-1)).toBe(asked.location?.split('/').at(-1))
    expect((await (await app.as(app.cast.manager)).open('/people/duplicates')).text).toContain('A colleague finds them')
  })

  it('are not compared by those who may open only one of them, nor a record with itself', async () => {
    const own = await aPerson(app, { familyName: 'Own' })
    const foreign = await aPerson(app, { familyName: 'Foreign', heldBy: app.cast.providerCoach })
    const coach = await app.as(app.cast.coach)
    const [seen, missing, self] = [
      await coach.send(`/people/${own}/duplicates`, { other: foreign }),
      await coach.send(`/people/${own}/duplicates`, { other: newId() }),
      await coach.send(`/people/${own}/duplicates`, { other: own }),
    ]

    expect([seen.status, seen.text]).toEqual([404, missing.text])
    expect(self.status).toBe(404)
    expect((await coach.send(`/people/${foreign}/duplicates`, { other: own })).status).toBe(404)
  })
})

describe('A merge', () => {
  it('leaves one record on lists and in searches, found by what either said, and is taken back whole', async () => {
    const { first, second, pair } = await aPair('Merged', [{}, { also: { postcode: 'LS1 4AP', preferredName: 'Zaz' } }])
    const administrator = await app.as(app.cast.administrator)
    const decision = { decision: 'same', kept: first, reason: 'Asked', version: '1' }

    const decided = await administrator.sendAndFollow(`/people/${first}/duplicates/${pair}/decision`, decision)

    expect(decided.text).toContain('They are one person')
    expect((await finds(app.cast.coach, 'Merged')).html.match(/href="\/people\/[0-9a-f-]{36}"/g)).toEqual([
      `href="/people/${first}"`,
    ])
    expect((await finds(app.cast.coach, 'Zaz')).html).toContain(`/people/${first}`)
    expect(await app.inArea('north', (db) => listIdsOf(db, 'north', second))).toEqual([first, second])
    expect((await administrator.open(`/people/${second}`)).location).toBe(`/people/${first}`)
    expect((await administrator.open(`/people/${first}`)).text).toContain('also known as Sam Merged')

    await administrator.send(`/people/${first}/duplicates/${pair}/reversal`, { version: '2' })

    expect((await finds(app.cast.coach, 'Merged')).html.match(/href="\/people\/[0-9a-f-]{36}"/g)).toHaveLength(2)
    expect(await app.inArea('north', (db) => listIdsOf(db, 'north', first))).toEqual([first])
    expect((await administrator.open('/people/duplicates')).text).toContain('Sam Merged')
  })

  it('lets both organisations work with the record that is kept, until it is taken back', async () => {
    const other = { heldBy: app.cast.providerCoach, also: { postcode: 'LS1 4AP' } }
    const { first, second, pair } = await aPair('Bothheld', [{}, other])
    await app.owner.query('insert into people.holder (area, person, organisation, since) values ($1, $2, $3, now())', [
      ...['north', second, app.cast.coach.organisation],
    ])
    const manager = await app.as(app.cast.manager)
    const provider = await app.as(app.cast.providerCoach)

    await manager.send(`/people/${first}/duplicates/${pair}/decision`, {
      ...{ decision: 'same', kept: first, reason: 'Asked', version: '1' },
    })
    expect((await provider.open(`/people/${first}/details`)).status).toBe(200)

    await manager.send(`/people/${first}/duplicates/${pair}/reversal`, { version: '2' })
    expect((await provider.open(`/people/${first}/details`)).status).toBe(404)
    expect((await provider.open(`/people/${second}/details`)).status).toBe(200)
  })

  it('carries along what was merged before, and gives it back', async () => {
    const { first, second, pair } = await aPair('Chain')
    const third = await aPerson(app, { givenName: 'Sam', familyName: 'Chain', also: { postcode: 'LS1 4AP' } })
    const administrator = await app.as(app.cast.administrator)
    await administrator.send(`/people/${first}/duplicates/${pair}/decision`, {
      ...{ decision: 'same', kept: first, reason: 'Asked', version: '1' },
    })
    await look()
    const { rows } = await app.owner.query(
      'select id from likeness.pair where $1 in (person, other) and $2 in (person, other)',
      [first, third],
    )
    const next = `/people/${third}/duplicates/${rows[0]?.id}`

    await administrator.send(`${next}/decision`, { decision: 'same', kept: third, reason: 'Asked', version: '1' })
    expect((await app.inArea('north', (db) => listIdsOf(db, 'north', second))).toSorted()).toEqual(
      [first, second, third].toSorted(),
    )
    expect((await administrator.send(`/people/${first}/duplicates/${pair}/reversal`, { version: '2' })).status).toBe(
      409,
    )

    await administrator.send(`${next}/reversal`, { version: '2' })
    expect(await app.inArea('north', (db) => listIdsOf(db, 'north', second))).toEqual([first, second])
  })

  it('is made once: whoever decides second is told', async () => {
    const { first, pair } = await aPair('Twice')
    const decision = { decision: 'different', reason: 'Asked', version: '1' }
    const administrator = await app.as(app.cast.administrator)
    await administrator.send(`/people/${first}/duplicates/${pair}/decision`, decision)

    const other = { ...decision, reason: 'Looked at again' }
    const late = await administrator.send(`/people/${first}/duplicates/${pair}/decision`, other)

    expect(late.status).toBe(409)
    expect(late.text).toContain('They are two people')
    await look()
    expect((await administrator.open('/people/duplicates')).text).not.toContain('Twice')
  })
})
