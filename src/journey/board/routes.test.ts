import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { aReferral } from '#test/people/referral.ts'
import { dayFields } from '#test/people/story.ts'

const naming = ['nobody', 'manager', 'manager until yesterday', 'manager until tomorrow', 'provider manager'] as const
type Naming = (typeof naming)[number]
type Made = Standing & Readonly<{ name: string; restricted: Naming | undefined; merged: boolean; ended: boolean }>

let app: TestApp
const made: Made[] = []
// Everybody there can be: of one provider or the other, restricted for whom, merged or not, still held or no longer.
beforeAll(async () => {
  app = await startApp()
  const states = [undefined, ...naming].flatMap((restricted) =>
    [false, true].flatMap((merged) => [false, true].map((ended) => ({ restricted, merged, ended }))),
  )
  for (const coach of [app.cast.coach, app.cast.providerCoach])
    for (const state of states) made.push(await aRecord({ ...state, coach, name: `Case${made.length}x` }))
})
afterAll(() => app.close())

type Asked = Pick<Made, 'coach' | 'name' | 'restricted' | 'merged' | 'ended'>

async function aRecord({ coach, name, restricted, merged, ended }: Asked): Promise<Made> {
  const standing = await anEpisode(app, { coach, familyName: name })
  const { area } = coach
  const own = [area, standing.person]
  if (restricted !== undefined) {
    await app.owner.query('update people.person set restricted = true where area = $1 and id = $2', own)
    await openTo(area, standing.person, restricted)
  }
  const into = made[0]?.person
  if (merged)
    await app.owner.query('update people.person set merged_into = $3 where area = $1 and id = $2', [...own, into])
  if (ended)
    await app.owner.query('update people.holder set until = $3 where area = $1 and person = $2', [...own, past()])
  return { ...standing, name, restricted, merged, ended }
}

const past = () => app.clock.now.subtract({ hours: 24 }).toString()

async function openTo(area: string, person: string, who: Naming): Promise<void> {
  if (who === 'nobody') return
  const member = who === 'provider manager' ? app.cast.providerManager : app.cast.manager
  const until = {
    ...{ manager: null, 'provider manager': null, 'manager until yesterday': past() },
    'manager until tomorrow': app.clock.now.add({ hours: 24 }).toString(),
  }[who]
  await app.owner.query(
    `insert into people.named_access (area, person, membership, from_at, until_at, reason) values ($1, $2, $3, $4, $5, 'test')`,
    [area, person, member.membership, app.clock.now.subtract({ hours: 48 }).toString(), until],
  )
}

/** The rule by hand: held by one of these organisations, not merged into another, and open to this member. */
function names(member: Member, organisations: readonly string[]): string[] {
  const open: readonly (Naming | undefined)[] =
    member === app.cast.manager
      ? [undefined, 'manager', 'manager until tomorrow']
      : member === app.cast.providerManager
        ? [undefined, 'provider manager']
        : [undefined]
  return made
    .filter(({ coach, merged, ended }) => organisations.includes(coach.organisation) && !merged && !ended)
    .filter(({ restricted }) => open.includes(restricted))
    .map(({ name }) => name)
    .toSorted()
}

const listed = async (member: Member, page: string) =>
  [...new Set((await (await app.as(member)).open(page)).text.match(/Case\d+x/g))].toSorted()
const counted = async (member: Member) =>
  Number(/(\d+) With the service/.exec((await (await app.as(member)).open('/board')).text)?.[1])

describe('Who is counted on the board and listed behind its numbers', () => {
  it('is whom the rule says, whatever may be true of a record', async () => {
    for (const member of [app.cast.manager, app.cast.providerManager, app.cast.seniorCoach]) {
      const expected = names(member, [member.organisation])

      expect([member.name, await listed(member, '/people')]).toEqual([member.name, expected])
      expect([member.name, await counted(member)]).toEqual([member.name, expected.length])
    }
    expect(names(app.cast.manager, [app.cast.manager.organisation]).length).toBe(3)
  })

  it('is nobody for who has nobody, and the board says so', async () => {
    expect(await counted(app.cast.managerElsewhere)).toBe(0)
  })

  it("counts a coach's people beside the coach, and lists them to the coach alone", async () => {
    const { coach, manager } = app.cast
    const board = await (await app.as(manager)).open('/board')

    expect(board.text).toMatch(/Carol Coach 3 people of Carol Coach 40 \d+ of 200 .* 0 .* Has room/)
    expect(await listed(coach, '/caseload')).toEqual(names(coach, [coach.organisation]))
  })

  it('is also whom another organisation shares, while the arrangement lasts', async () => {
    const { manager, providerManager } = app.cast
    const arrangement = [manager.area, newId(), providerManager.organisation, manager.organisation]
    await app.owner.query(
      `insert into organisations.sharing (area, id, holder, partner, reason, from_on, agreed_by)
       values ($1, $2, $3, $4, 'cover', '2025-01-01', $5)`,
      [...arrangement, providerManager.membership],
    )
    const both = names(manager, [manager.organisation, providerManager.organisation])

    expect(await listed(manager, '/people')).toEqual(both)
    expect(await counted(manager)).toBe(both.length)
    expect(both.length).toBe(6)
  })
})

describe('The numbers of the board', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)
  const due = { kind: 'due', what: 'contact', on: day('2026-01-02') } as const

  /** Somebody who did not come to an appointment this morning, and about whom somebody worries. */
  async function aNoShow() {
    const { coach } = app.cast
    const { episode } = await anEpisode(app, { coach })
    const id = newId()
    const first = await app.as(coach)
    await first.send(`/episodes/${episode}/appointments`, {
      ...{ id, member: coach.membership, minutes: '30', mode: 'phone', purpose: 'first', time: '12:00' },
      ...{ ...dayFields(app, 'day'), interpreter: 'none', tell: 'staff' },
    })
    const worry = { id: newId(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Stayed on the line' }
    await first.send(`/episodes/${episode}/concerns`, { ...worry, ...dayFields(app, 'next-look-on', 1) })
    app.clock.set('2026-01-05T13:00:00Z')
    const missed = { id: newId(), kind: 'missed', 'missed-who': 'person', 'missed-reason': 'forgot' }
    await (await app.as(coach)).send(`/appointments/${id}/results`, missed)
    app.clock.set('2026-01-05T10:00:00Z')
  }

  it('each open a list of exactly as many', async () => {
    await aReferral(app)
    await anEpisode(app, { unallocated: true, steps: [[due, 0]] })
    await anEpisode(app, {
      steps: [
        [{ kind: 'assessed' }, 0],
        [{ kind: 'paused' }, 0],
      ],
    })
    await aNoShow()
    app.clock.set('2026-01-08T10:00:00Z')
    const manager = await app.as(app.cast.manager)
    const { html } = await manager.open('/board')
    const shown = [...html.matchAll(/<a[^>]*href="(\/[^"]+)"[^>]*>(?:<span class="ww-figure__number">)?(\d+)/g)]
    const numbers = shown.map(([, href = '', number]) => [href.replaceAll('&amp;', '&'), Number(number)] as const)
    const opened = await Promise.all(numbers.map(async ([href]) => [href, rowsOf(await manager.open(href))] as const))
    app.clock.set('2026-01-05T10:00:00Z')

    expect(opened).toEqual(numbers)
    expect(numbers.length).toBeGreaterThan(15)
    for (const list of ['undecided', 'unassigned', 'first-contact-late', 'overdue', 'waiting', 'no-shows', 'started'])
      expect(Object.fromEntries(numbers)[`/people?list=${list}`]).toBeGreaterThan(0)
    expect(Object.fromEntries(numbers)['/concerns']).toBe(1)
  })

  it('lead from who waits for a coach to giving them one, with the person chosen', async () => {
    const { episode } = await anEpisode(app, { familyName: 'Unled', unallocated: true })
    const manager = await app.as(app.cast.manager)
    const list = await manager.open('/people?list=unassigned')
    const queue = await manager.open(`/allocation?chosen=${episode}`)
    const clinician = await (await app.as(app.cast.clinician)).open('/people?list=unassigned')

    expect(list.html).toContain(`/allocation?chosen=${episode}`)
    expect(queue.html).toMatch(new RegExp(`<input[^>]*checked=""[^>]*value="${episode}.nobody"`))
    expect(queue.html.match(/checked=""/g)).toHaveLength(1)
    expect(clinician.html).not.toContain('/allocation?chosen')
  })
})

function rowsOf({ html }: { html: string }): number {
  const body = /<tbody[\s\S]*?<\/tbody>/.exec(html)?.[0] ?? ''
  return body.match(/<tr/g)?.length ?? 0
}
