import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { takeConcerns } from './import.ts'
import { hasOpenConcern } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const today = { 'next-look-on-day': '5', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
const concern = (over: Record<string, string> = {}) => ({
  ...{ id: randomUUIDv7(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' },
  ...today,
  ...over,
})
const look = (over: Record<string, string>) => ({ id: randomUUIDv7(), done: 'Spoke on the phone', ...over })

/** How many open concerns a member finds on their list. */
async function openFor(member: Member): Promise<number> {
  const { text } = await (await app.as(member)).open('/concerns')
  return Number(/(\d+) concerns?\b/.exec(text)?.[1])
}

describe('A concern', () => {
  it('is written down beside the six points and the numbers to call', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const form = await coach.open(`/episodes/${episode}/concerns/new`)
    expect(form.text).toContain('Take it seriously')
    expect(form.text).toContain('Samaritans: 116 123')
    const list = await coach.sendAndFollow(`/episodes/${episode}/concerns`, concern())

    expect(list.text).toContain('I cannot go on')
    expect(list.text).toContain('Open, look again today')
  })

  it('says to whoever writes it down outside the hours from when somebody reads of it', async () => {
    app.clock.set('2026-01-10T10:00:00Z')
    const { episode } = await anAcceptedPerson(app)
    const on = { 'next-look-on-day': '12' }
    const list = await (await app.as(app.cast.coach)).sendAndFollow(`/episodes/${episode}/concerns`, concern(on))

    expect(list.text).toContain('was told by message, which is read from Monday 12 January 2026, 09:00.')
    expect(list.text).not.toContain('and whoever is on duty was told')
    expect(list.text).toContain('Outside our hours:')
  })

  it('is written down once when sent twice', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = concern()
    await coach.send(`/episodes/${episode}/concerns`, sent)
    await coach.send(`/episodes/${episode}/concerns`, sent)

    expect((await app.owner.query('select from safety.concern where person = $1', [person])).rows).toHaveLength(1)
    expect((await app.owner.query('select from safety.look where concern = $1', [sent.id])).rows).toHaveLength(1)
  })

  it('is written down with what somebody adds who goes back and sends the form again, and so is a look', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = concern({ seen: 'Said: I cannot go on' })
    const more = { ...sent, seen: 'Said: I cannot go on. Has a plan.' }
    const looked = { ...look({ done: 'Rang, no answer' }), ...today }
    const answered = { ...looked, done: 'Rang, her sister is with her' }
    for (const form of [sent, more, more]) await coach.send(`/episodes/${episode}/concerns`, form)
    for (const form of [looked, answered, answered]) await coach.send(`/concerns/${sent.id}/looks`, form)

    const { rows } = await app.owner.query('select seen from safety.concern where person = $1 order by seen', [person])
    expect(rows.map(({ seen }) => seen)).toEqual([sent.seen, more.seen])
    const { text } = await coach.open(`/concerns/${sent.id}`)
    for (const { done } of [looked, answered]) expect(text.split(done)).toHaveLength(2)
  })

  it('says what is missing and keeps what was typed', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const page = await coach.send(`/episodes/${episode}/concerns`, concern({ done: '', told: 'The duty lead' }))

    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter what was done')
    expect(page.html).toContain('I cannot go on')
  })

  it('that was typed and not sent is there again, for its writer alone, until it is sent', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const path = `/episodes/${episode}/concerns/new`
    const sent = concern()
    await coach.open(path)
    await coach.send('/drafts', { ...sent, draft: `concern:${episode}`, area: 'north' })

    expect((await coach.open(path)).html).toContain('I cannot go on')
    expect((await (await app.as(app.cast.otherCoach)).open(path)).html).not.toContain('I cannot go on')
    await coach.send(`/episodes/${episode}/concerns`, sent)
    expect((await coach.open(path)).html).not.toContain('I cannot go on')
  })

  it('is open until a look closes it, and can be opened again', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const before = await openFor(app.cast.coach)
    const sent = concern()
    await coach.send(`/episodes/${episode}/concerns`, sent)
    expect(await openFor(app.cast.coach)).toBe(before + 1)
    expect(await app.inArea('north', (db) => hasOpenConcern(db, 'north', person))).toBe(true)
    const closed = await coach.sendAndFollow(
      `/concerns/${sent.id}/looks`,
      look({ 'closed-as': 'safe', 'closed-why': 'Saw the GP' }),
    )

    expect(closed.text).toContain('Closed: The person is safe')
    expect(await openFor(app.cast.coach)).toBe(before)
    expect(await app.inArea('north', (db) => hasOpenConcern(db, 'north', person))).toBe(false)
    await coach.send(`/concerns/${sent.id}/looks`, look(today))
    expect(await openFor(app.cast.coach)).toBe(before + 1)
  })
})

describe('Domestic abuse and what is about others', () => {
  it.each([{ kind: 'domestic-abuse' }, { 'about-others': 'yes' }])(
    '%o is hidden from a plain colleague, who learns that there is a concern',
    async (over) => {
      const { episode } = await anAcceptedPerson(app)
      const sent = concern({ ...over, seen: 'Afraid of somebody at home' })
      await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
      const colleague = await app.as(app.cast.otherCoach)
      const list = await colleague.open(`/episodes/${episode}/concerns`)

      expect(list.text).toContain('A restricted concern')
      for (const page of [list, await colleague.open('/concerns')]) {
        expect(page.text).not.toContain('Afraid of somebody at home')
        expect(page.html).not.toContain(`/concerns/${sent.id}`)
      }
      expect(list.text.match(/Domestic abuse/g)).toBeNull()
      const hidden = await colleague.open(`/concerns/${sent.id}`)
      const absent = await colleague.open(`/concerns/${randomUUIDv7()}`)
      expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text])
      expect((await colleague.send(`/concerns/${sent.id}/looks`, look({ 'closed-as': 'safe' }))).status).toBe(404)
    },
  )

  it.each(['coach', 'seniorCoach', 'manager'] as const)('are read by the %s', async (who) => {
    const { episode } = await anAcceptedPerson(app)
    const sent = concern({ kind: 'domestic-abuse', seen: 'Afraid of somebody at home' })
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
    const reader = await app.as(app.cast[who])

    expect((await reader.open(`/episodes/${episode}/concerns`)).text).toContain('Afraid of somebody at home')
    expect((await reader.open(`/concerns/${sent.id}`)).text).toContain('Afraid of somebody at home')
  })
})

describe('Concerns are not seen', () => {
  it.each(['coachElsewhere', 'providerCoach'] as const)('by the %s, as if there were none', async (who) => {
    const { episode } = await anAcceptedPerson(app)
    const sent = concern()
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
    const reader = await app.as(app.cast[who])
    const pairs = [
      [`/episodes/${episode}/concerns`, `/episodes/${randomUUIDv7()}/concerns`],
      [`/episodes/${episode}/concerns/new`, `/episodes/${randomUUIDv7()}/concerns/new`],
      [`/concerns/${sent.id}`, `/concerns/${randomUUIDv7()}`],
    ] as const
    for (const [foreign, absent] of pairs) {
      const [one, other] = [await reader.open(foreign), await reader.open(absent)]
      expect([one.status, one.text]).toEqual([other.status, other.text])
      expect(one.status).toBe(404)
    }
    expect((await reader.open('/concerns')).text).not.toContain('Priya Shah')
    expect((await reader.send(`/episodes/${episode}/concerns`, concern())).status).toBe(404)
    expect(await openFor(app.cast[who])).toBe(0)
  })
})

/** When the next one is told of a concern, by the job that waits for it; nothing where no job does. */
async function nextTold(concern: string): Promise<string | undefined> {
  const { rows } = await app.owner.query<{ at: Date }>(
    `select run_at as at from graphile_worker._private_jobs where key = $1`,
    [`alert:north:${concern}`],
  )
  return rows[0]?.at.toISOString()
}

const toldOf = async (concern: string) => {
  const { rows } = await app.owner.query<{ as: string; name: string }>(
    `select told_as as as, name from alert.told join organisations.member on member.id = told.member
     where alert = $1 order by told.id`,
    [concern],
  )
  return rows.map((row) => `${row.as} ${row.name}`)
}

describe('Whoever is on duty', () => {
  it('is told at once, and the next one by the clock for as long as the concern is open', async () => {
    const { seniorCoach, clinician } = app.cast
    const managing = await app.as(app.cast.manager)
    const days = { 'from-day': '5', 'from-month': '1', 'from-year': '2026', 'last-day': '9', 'last-month': '1' }
    const duty = { id: randomUUIDv7(), lead: seniorCoach.membership, deputy: clinician.membership }
    await managing.send('/duty', { ...duty, ...days, 'last-year': '2026' })
    const { episode } = await anAcceptedPerson(app)
    const sent = concern({ kind: 'domestic-abuse' })
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, sent)
    expect(await toldOf(sent.id)).toEqual(['owner Sara Senior'])
    expect(await nextTold(sent.id)).toBe('2026-01-05T11:00:00.000Z')
    app.clock.set('2026-01-05T11:00:00Z')
    await app.work()
    expect(await toldOf(sent.id)).toEqual(['owner Sara Senior', 'deputy Clive Clinician'])
    expect((await (await app.as(clinician)).open('/day')).html).toContain(`/concerns/${sent.id}`)
    app.clock.set('2026-01-05T12:00:00Z')
    await app.work()

    expect((await toldOf(sent.id)).slice(2)).toEqual(['manager Max Manager'])
    const later = await app.as(app.cast.manager)
    await later.send(`/concerns/${sent.id}/taking`)
    expect(await nextTold(sent.id)).toBe('2026-01-06T09:00:00.000Z')
    await later.send(`/concerns/${sent.id}/looks`, look({ 'closed-as': 'safe', 'closed-why': 'Moved out' }))
    expect(await nextTold(sent.id)).toBeUndefined()
    await later.send(`/concerns/${sent.id}/looks`, look({ ...today, done: 'She rang again' }))
    expect(await nextTold(sent.id)).toBe('2026-01-06T09:00:00.000Z')
    const { rows } = await app.owner.query<{ body: string }>(
      `select subject || body as body from notify.message where kind = 'alert.told'`,
    )
    expect(rows.length).toBeGreaterThan(2)
    expect(rows.some(({ body }) => /Priya|Shah|abuse/.test(body))).toBe(false)
  })

  it('is not told of a record that is closed to them', async () => {
    const { episode, person } = await anAcceptedPerson(app)
    const { coach, manager } = app.cast
    const named = [coach.membership, manager.membership]
    const restricted = { reason: 'at-risk', note: 'Her brother', version: '1', named }
    await (await app.as(manager)).send(`/people/${person}/restriction`, restricted)
    const sent = concern()
    await (await app.as(coach)).send(`/episodes/${episode}/concerns`, sent)

    expect(await toldOf(sent.id)).toEqual(['manager Max Manager'])
    const page = async () => (await (await app.as(manager)).open(`/concerns/${sent.id}`)).text
    expect(await page()).toContain('There is nobody else to tell')
    app.clock.set('2026-01-05T11:00:00Z')
    await app.work()
    expect(await toldOf(sent.id)).toEqual(['manager Max Manager', 'manager Max Manager'])
    expect(await page()).toContain('again, because there is nobody else to tell')
    expect((await (await app.as(manager)).open('/concerns?owner=nobody')).html).toContain(`/concerns/${sent.id}`)
  })

  it('is every senior coach where nobody is named, and nobody waits longer for the next one than the area says', async () => {
    const { coach, seniorCoach } = app.cast
    app.clock.set('2026-01-12T10:00:00Z')
    const { episode } = await anAcceptedPerson(app)
    const on = { 'next-look-on-day': '12' }
    const [now, answered] = [concern({ 'act-by': 'now', ...on }), concern({ 'act-by': 'today', ...on })]
    const writing = await app.as(coach)
    for (const sent of [now, answered]) await writing.send(`/episodes/${episode}/concerns`, sent)
    expect(await toldOf(now.id)).toEqual(['owner Sara Senior'])
    expect(await nextTold(answered.id)).toBe('2026-01-12T11:00:00.000Z')
    const page = (await (await app.as(seniorCoach)).open(`/concerns/${now.id}`)).text
    expect(page).toContain('Max Manager is told today 10:15, as service manager')
    for (const time of ['10:15', '10:30', '10:45']) {
      app.clock.set(`2026-01-12T${time}:00Z`)
      await app.work()
    }

    expect((await toldOf(now.id)).slice(1)).toEqual(['manager Max Manager', 'owner Sara Senior', 'manager Max Manager'])
    expect(await nextTold(now.id)).toBe('2026-01-12T11:00:00.000Z')
    expect(await toldOf(answered.id)).toEqual(['owner Sara Senior'])
    const later = await app.as(coach)
    const area = (await later.open('/area/safety')).text
    expect(area).toMatch(/After 15 minutes where somebody has to act now, and after 60 minutes otherwise/)
    expect((await (await app.as(seniorCoach)).open('/concerns')).text).toContain(
      'every senior coach counts as duty lead',
    )
    for (const { id } of [now, answered]) await later.send(`/concerns/${id}/taking`)
  })

  it('is passed over while away, and the next one is told at once', async () => {
    app.clock.set('2026-01-12T10:00:00Z')
    const { seniorCoach, otherCoach, coach } = app.cast
    const { episode } = await anAcceptedPerson(app)
    await app.owner.query(
      `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
       values ('north', $1, $2, $3, '2026-01-12', '2026-01-13', $2, now())`,
      [randomUUIDv7(), seniorCoach.membership, otherCoach.membership],
    )
    const sent = concern({ 'act-by': 'now', 'next-look-on-day': '12' })
    await (await app.as(coach)).send(`/episodes/${episode}/concerns`, sent)

    expect(await toldOf(sent.id)).toEqual(['manager Max Manager'])
  })
})

describe('Concerns that come from an earlier system', () => {
  async function taken(by: Member, state: { closedAs?: 'safe'; nextOn?: string }) {
    const { episode, person } = await anAcceptedPerson(app)
    const id = randomUUIDv7()
    const at = Temporal.Instant.from('2025-06-02T10:00:00Z')
    const [closedAs, nextOn] = [state.closedAs ?? null, Temporal.PlainDate.from(state.nextOn ?? '2025-06-04')]
    const look = { id: randomUUIDv7(), done: 'Rang', told: null, at, closedAs, nextOn: closedAs ? null : nextOn }
    const what = { kind: 'self-harm', aboutOthers: false, rings: false, actBy: 'today', seen: 'Rang in tears' } as const
    const whose = { id, episode, person, organisation: by.organisation, by: by.membership, at, looks: [look] }
    await app.inArea('north', (db) => takeConcerns(db, { area: 'north', now: app.clock.now }, [{ ...what, ...whose }]))
    return id
  }
  const alertOf = async (id: string) =>
    (await app.owner.query('select owner, next_at from alert.alert where id = $1', [id])).rows

  it('ring nobody: a closed one has no clock, an open one is with whoever wrote it down, from today on', async () => {
    const { coach } = app.cast
    const [closed, open] = [await taken(coach, { closedAs: 'safe' }), await taken(coach, {})]

    expect(await alertOf(closed)).toEqual([])
    expect(await alertOf(open)).toEqual([{ owner: coach.membership, next_at: new Date('2026-01-06T09:00:00Z') }])
    expect(await toldOf(open)).toEqual([])
    expect((await (await app.as(coach)).open(`/concerns/${open}`)).text).toContain('With Carol Coach')
  })

  it('are on a list of their own where whoever wrote them down cannot have them, until somebody takes them', async () => {
    const ids = [await taken(app.cast.areaLead, {}), await taken(app.cast.areaLead, {})]
    const lead = await app.as(app.cast.seniorCoach)
    const list = await lead.open('/concerns')
    expect(list.text).toContain('2 open concerns are with nobody')
    expect((await lead.open('/concerns?owner=without')).text).toContain('2 concerns')
    expect((await lead.open(`/concerns/${ids[0]}`)).text).toContain('nobody has it')
    for (const _ of ['first', 'second']) {
      await lead.send(`/concerns/${ids[0]}/taking`)
      await lead.send(`/concerns/${ids[1]}/owner`, { owner: app.cast.coach.membership })
    }
    const heard = await app.owner.query('select member from alert.heard where alert = $1', [ids[0]])

    expect(heard.rows).toEqual([{ member: app.cast.seniorCoach.membership }])
    expect((await lead.open('/concerns')).text).not.toContain('are with nobody')
    expect(await alertOf(ids[0] ?? '')).toMatchObject([{ owner: app.cast.seniorCoach.membership }])
    expect(await toldOf(ids[1] ?? '')).toEqual(['owner Carol Coach'])
  })
})

describe('The six points of the area', () => {
  it('stand beside the concern as the area wrote them, each ticked with who and when', async () => {
    const { episode } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    const sent = concern()
    await coach.send(`/episodes/${episode}/concerns`, sent)
    const ticked = await coach.sendAndFollow(`/concerns/${sent.id}/points`, { points: ['1', '4'] })
    expect(ticked.text.match(/Done today 10:00, Carol Coach/g)).toHaveLength(2)
    const without = await coach.sendAndFollow(`/concerns/${sent.id}/points`, { points: ['4'] })
    expect(without.text.match(/Done today 10:00, Carol Coach/g)).toHaveLength(1)
    const points = [1, 2, 3, 4, 5, 6].flatMap((n): [string, string][] => [
      [`point-${n}`, `Our point ${n}`],
      [`how-${n}`, 'As we agreed'],
    ])
    const manager = await app.as(app.cast.manager)
    const saved = await manager.sendAndFollow('/area/safety', {
      ...Object.fromEntries(points),
      ...{ id: randomUUIDv7(), readFrom: '10:30', readUntil: '16:00', minutesNow: '5', minutesOtherwise: '20' },
      ...{ outOfHours: 'Ring 01632 960555', cover: '', version: 'none' },
      ...{ 'from-day': '5', 'from-month': '1', 'from-year': '2026' },
    })

    expect(saved.text).toContain('Our point 6')
    const page = await coach.open(`/concerns/${sent.id}`)
    expect(page.text).toContain('4. Our point 4')
    expect(page.text).toContain('Outside our hours: Ring 01632 960555')
  })
})
