import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findServices } from './store.ts'
import { anything, type Wanted } from '#registers/sifting/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aService, manyServices } from '#test/people/services.ts'

let app: TestApp
const names = new Map<string, string>()
beforeAll(async () => {
  app = await startApp()
  const said = [
    { name: 'Quilting bee', summary: 'Quilts and quilters, stitching and more quilting.' },
    { name: 'Quilt loan', summary: 'Blankets.', validUntil: '2027-01-01' },
    { name: 'Stitch in time', summary: 'Quilting for beginners.' },
    { name: 'Quilter stitches', summary: 'Mending.' },
    { name: 'Night mending', summary: 'Stitching through the night.', openings: late },
  ] as const
  for (const one of said) names.set(await aService(app, { kinds: [], ...one }), one.name)
})
afterAll(() => app.close())

const late = [{ day: 1, opens: '09:30', closes: '12:45', location: null }] as const

/** What says all that is looked for, on Monday 5 January 2026 at ten unless it says when. */
const find = async (wanted: Partial<Wanted>, at = '2026-01-05T10:00:00Z') => {
  const asked = { area: 'north', wanted: { ...anything, ...wanted }, now: Temporal.Instant.from(at), page: 1 }
  const { hits, count, partly } = await app.inArea('north', (db) => findServices(db, asked))
  return partly ? { count: 0, said: [] } : { count, said: hits.map(({ id, found }) => [names.get(id), found]) }
}

describe('The words of services', () => {
  it('find a service once, by the best of its words that begin like it', async () => {
    const { count, said } = await find({ words: 'quilt' })

    expect(said).toEqual([
      ['Quilt loan', 'name'],
      ['Quilter stitches', 'name'],
      ['Quilting bee', 'name'],
      ['Stitch in time', 'text'],
    ])
    expect(count).toBe(4)
  })

  it('are all looked for in one service, and the worst place of them counts', async () => {
    expect((await find({ words: 'quilt stitch' })).said).toEqual([
      ['Quilter stitches', 'name'],
      ['Quilting bee', 'text'],
      ['Stitch in time', 'text'],
    ])
    expect((await find({ words: 'quilt stitch blankets' })).said).toEqual([])
  })

  it('are looked for with the days and hours in which a service is open', async () => {
    const until = { words: 'quilt', state: 'open' } as const

    expect((await find(until)).count).toBe(4)
    expect((await find(until, '2027-01-02T10:00:00Z')).count).toBe(3)
    expect((await find({ ...until, state: 'closed' }, '2027-01-02T10:00:00Z')).said).toEqual([['Quilt loan', 'name']])
    const opened = async (clock: string) => (await find({ words: 'stitch', open: true }, `2026-01-05T${clock}Z`)).count
    expect([await opened('09:29:00'), await opened('09:30:00'), await opened('11:00:00')]).toEqual([0, 1, 1])
    expect([await opened('12:44:00'), await opened('12:45:00')]).toEqual([1, 0])
  })

  it('are planned for their own values, and what comes after is planned for all again', async () => {
    const modes = await app.inArea('north', async (db) => {
      const mode = sql<{ plan_cache_mode: string }>`show plan_cache_mode`
      const asked = {
        area: 'north',
        wanted: { ...anything, words: 'quilt' },
        now: Temporal.Instant.from('2026-01-05T10:00:00Z'),
        page: 1,
      }
      await findServices(db, asked)
      return (await mode.execute(db)).rows
    })

    expect(modes).toEqual([{ plan_cache_mode: 'force_generic_plan' }])
  })
})

describe('Words that many services say', () => {
  const ids = new Map<string, string>()
  const text = 'Lantern walks around the harbour and the harbourside.'
  const looking = async (wanted: Partial<Wanted>, page = 1) => {
    const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
    const asked = { area: 'south', wanted: { ...anything, ...wanted }, now, page }
    const { hits, count, partly } = await app.inArea('south', (db) => findServices(db, asked))
    return { count: partly ? 0 : count, said: hits.map(({ id, found }) => [ids.get(id), found]) }
  }
  beforeAll(async () => {
    const said = [
      ...Array.from({ length: 1400 }, (_, place) => ({ name: `Walk ${place}`, summary: text })),
      ...Array.from({ length: 20 }, (_, place) => ({
        name: `Closed ${place}`,
        summary: text,
        validUntil: '2025-01-01',
      })),
      { name: 'Harbour lantern', summary: 'Boats.' },
      { name: 'Lantern of the harbour', foundBy: 'harbourside', summary: 'Ships.' },
      { name: 'Lanterns', foundBy: 'harbour', summary: 'Moorings.' },
      { name: 'Lanternfish', summary: 'Harbourside suppers, zither.' },
    ]
    for (const [id, name] of await manyServices(app, 'south', said)) ids.set(id, name)
  })

  it('are read side by side, best first, and no further than a thousand', async () => {
    const { count, said } = await looking({ words: 'lantern harbour' })

    expect(count).toBe(1001)
    expect(said.slice(0, 3)).toEqual([
      ['Harbour lantern', 'name'],
      ['Lantern of the harbour', 'name'],
      ['Lanterns', 'called'],
    ])
    expect(said[3]).toEqual([expect.stringMatching(/^Walk/), 'text'])
    expect((await looking({ words: 'lantern harbour', state: 'closed' })).count).toBe(20)
    expect((await looking({ words: 'walk lantern harbour' }, 41)).said).toEqual([
      [expect.stringMatching(/^Walk/), 'text'],
    ])
  })

  it('count a service once that has several words beginning alike, by the best of them', async () => {
    const begun = await looking({ words: 'lantern harb' })

    expect(begun).toEqual(await looking({ words: 'lantern harbour' }))
    expect(begun.said[1]).toEqual(['Lantern of the harbour', 'name'])
    expect((await looking({ words: 'lantern harb', state: 'closed' })).count).toBe(20)
    expect((await looking({ words: 'lantern harb', order: 'name' }, 2)).said).toHaveLength(25)
  })

  it('are looked up for the few that have another, also the beginning of one', async () => {
    const found = { count: 1, said: [['Lanternfish', 'text']] }

    expect(await looking({ words: 'lantern zither' })).toEqual(found)
    expect(await looking({ words: 'harb lant zith' })).toEqual(found)
    expect(await looking({ words: 'lanternf harbourside' })).toEqual(found)
    const some = await looking({ words: 'lantern zither mooring' })
    expect([some.count, some.said.slice(0, 2).map(([name]) => name)]).toEqual([0, ['Lanternfish', 'Lanterns']])
    expect((await looking({ words: 'lant harb', order: 'name' })).said[0]).toEqual(['Harbour lantern', 'name'])
  })
})

describe('Words for which there are other ways of saying them', () => {
  const ids = new Map<string, string>()
  const looking = async (words: string) => {
    const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
    const asked = { area: 'south', wanted: { ...anything, words }, now, page: 1 }
    const { hits, count, shownFor } = await app.inArea('south', (db) => findServices(db, asked))
    return { count, shownFor, said: hits.flatMap(({ id }) => ids.get(id) ?? []) }
  }
  beforeAll(async () => {
    const said = [
      { name: 'Bridge', summary: 'Groups for low mood and for panic attacks.' },
      { name: 'Aid for all', summary: 'Help with debt, and with much else.' },
      { name: 'Counting house', foundBy: 'debt', summary: 'Help for the town.' },
      { name: 'Money and debt line', summary: 'A telephone line.' },
      { name: 'Quayside debtline', summary: 'Help on the telephone.' },
      { name: 'English glasses', summary: 'Old bottles and window panes.' },
    ]
    for (const [id, name] of await manyServices(app, 'south', said)) ids.set(id, name)
  })

  it('are put right where they are misspelt, also where no service says them', async () => {
    expect(await looking('depresed')).toEqual({ ...(await looking('depressed')), shownFor: 'depressed' })
    expect((await looking('depressed')).said).toEqual(['Bridge'])
    expect(await looking('anxious and depresed')).toMatchObject({ shownFor: 'anxious and depressed', said: ['Bridge'] })
  })

  it('are right as they are, and so is what begins with another letter', async () => {
    expect(await looking('english classes')).toMatchObject({ shownFor: null })
    expect(await looking('lasses')).toMatchObject({ shownFor: 'glasses' })
    expect(await looking('flasses')).toMatchObject({ shownFor: null, count: 0 })
  })

  it('find what is called so in other words before what says so in its text', async () => {
    const inOrder = ['Money and debt line', 'Quayside debtline', 'Counting house', 'Aid for all']

    expect((await looking('bailiffs')).said).toEqual(inOrder)
    expect((await looking('bailiffs help')).said).toEqual(['Quayside debtline', 'Counting house', 'Aid for all'])
  })
})
