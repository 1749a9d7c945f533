import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aFitNoteRequest, datedOn } from '#test/people/trailblazer.ts'

let app: TestApp
let asked: readonly string[]
beforeAll(async () => {
  app = await startApp()
  app.clock.set('2026-01-05T10:00:00Z')
  const first = await spoken('supported')
  const second = await spoken('declined', { practice: 'MILL  LANE surgery' })
  const again = await aFitNoteRequest(app, {
    person: second,
    familyName: 'Reed',
    fields: { practice: 'Elms Practice' },
  })
  const back = await aFitNoteRequest(app)
  await back.coach.send(`${back.path}/${back.request}/withdrawal`, { reason: 'Somebody else’s' })
  asked = [first, second, again.person]
})
afterAll(() => app.close())

/** Somebody who was spoken to on the third day after they asked. */
async function spoken(what: string, fields: Readonly<Record<string, string>> = {}) {
  const { coach, path, request, person } = await aFitNoteRequest(app, {
    fields: { ...fields, ...datedOn('asked', Temporal.PlainDate.from('2026-01-02')) },
  })
  const held = datedOn('held', Temporal.PlainDate.from('2026-01-05'))
  await coach.send(`${path}/${request}/result`, { id: newId(), what, ...held })
  return person
}

const address = '/fit-note-requests/counts?month=2026-01'

describe('The requests for a fit note of a month', () => {
  it('are counted by practice however its name was typed, and every number opens the people behind it', async () => {
    const manager = await app.as(app.cast.manager)
    const page = await manager.open(address)
    const links = [...page.html.matchAll(/href="(\/fit-note-requests\/counts\/list\?[^"]+)"/g)].map(([, href]) =>
      (href ?? '').replaceAll('&amp;', '&'),
    )
    const lists = await Promise.all(links.map((href) => manager.open(href)))
    const practice = await manager.open(`/fit-note-requests/counts/list?month=2026-01&practice=mill+lane+surgery`)

    expect(page.text).toMatch(/Requests 3 requests Conversations held 2 .* Middle days until the conversation 3 /)
    expect(page.text).toMatch(/mill lane surgery 2 .* 0 1 .* 0 1 .*Elms Practice 1 .* 1 /i)
    expect(page.text).toMatch(/3 to 7 days 2 .*For the first time 2 .*Had asked before 1 /)
    expect(lists.length).toBeGreaterThan(12)
    expect(lists.map(({ text }) => / [1-3] requests? Print/.test(text))).toEqual(lists.map(() => true))
    expect(asked.map((person) => practice.html.includes(person))).toEqual([true, true, true])
    expect(practice.text).toMatch(/2 requests .* 5 Jan 2026 3 Support agreed/)
  })

  it('are said in the singular where there is one', async () => {
    const asked = datedOn('asked', Temporal.PlainDate.from('2025-12-29'))
    const { coach, path, request } = await aFitNoteRequest(app, { fields: asked })
    const held = datedOn('held', Temporal.PlainDate.from('2025-12-30'))
    await coach.send(`${path}/${request}/result`, { id: newId(), what: 'supported', ...held })
    const page = await (await app.as(app.cast.manager)).open('/fit-note-requests/counts?month=2025-12')

    expect(page.text).toMatch(/Requests 1 request Conversations held 1 conversation held /)
  })

  it('are hidden where they are few from whoever sees numbers and no people, on the page and in the file', async () => {
    const lead = await app.as(app.cast.areaLead)
    const [page, file] = [await lead.open(address), await lead.open('/fit-note-requests/counts.csv?month=2026-01')]
    const list = await lead.open('/fit-note-requests/counts/list?month=2026-01')

    expect(page.text).toContain('These are too few to be taken apart')
    expect(page.html).not.toContain('counts/list')
    expect(file.html).toMatch(/^month,area,group,code,practice,label,number,middle_days,rule\r\n/)
    expect(file.html).toContain('2026-01,north,requests,all,,Requests,*,,under-5')
    expect(list.status).toBe(403)
  })

  it('are none of another provider’s, and no page for a coach', async () => {
    const other = await (await app.as(app.cast.providerManager)).open(address)
    const coach = await (await app.as(app.cast.coach)).open(address)

    expect(other.text).toContain('Nobody asked in January 2026')
    expect(other.text).not.toContain('Month by month')
    expect(coach.status).toBe(403)
  })

  it('stand beside those of the eleven months before, each with its page as far back as months can be chosen', async () => {
    const manager = await app.as(app.cast.manager)
    const months = async (path: string) =>
      [...(await manager.open(path)).html.matchAll(/href="(\/fit-note-requests\/counts\?month=[^"]+)"/g)].map(
        ([, href]) => href ?? '',
      )
    const links = await months(address)
    app.clock.set('2027-12-10T10:00:00Z')
    const later = await app.as(app.cast.manager)
    const old = (await later.open(address)).html.match(/href="\/fit-note-requests\/counts\?month=[^"]+"/g)
    app.clock.set('2026-01-05T10:00:00Z')

    expect([links.length, links.at(-1)]).toEqual([12, '/fit-note-requests/counts?month=2025-02'])
    expect(old).toEqual(['href="/fit-note-requests/counts?month=2026-01"'])
  })

  it('are found under More where the area takes part, and only there', async () => {
    const ways = async (part: 'manager' | 'managerElsewhere') =>
      (await (await app.as(app.cast[part])).open('/more')).html
    const [here, elsewhere] = [await ways('manager'), await ways('managerElsewhere')]
    const lead = await (await app.as(app.cast.areaLead)).open('/monitoring')

    expect([here.includes('/fit-note-requests/counts'), elsewhere.includes('/fit-note-requests/counts')]).toEqual([
      true,
      false,
    ])
    expect(lead.html).toContain('/fit-note-requests/counts')
  })
})
