import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { type Databases, openDatabases } from '#platform/database/router.ts'
import { standingOf } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import { populate } from './import.ts'

const now = Temporal.Instant.from('2026-02-16T10:00:00Z')
const wanted = { areas: 2, people: 400, seed: 7, now }
let clone: Clone
let databases: Databases
let owner: pg.Client
beforeAll(async () => {
  clone = await cloneDatabase()
  databases = openDatabases({ url: clone.url, most: 3 })
  owner = new pg.Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  await populate(databases, wanted, () => undefined)
})
afterAll(async () => {
  await databases.close()
  await owner.end()
  await clone.drop()
})

const one = async (sql: string) => (await owner.query<{ value: number }>(sql)).rows[0]?.value

describe('The made-up population', () => {
  it('has as many people as were asked for, spread over the areas', async () => {
    expect(await one(`select count(*)::integer as value from people.person where synthetic`)).toBe(400)
    expect(await one(`select count(distinct area)::integer as value from people.person`)).toBe(2)
  })

  it('stands where its steps say, every one of them', async () => {
    const { rows } = await owner.query<{ area: string; episode: string; stage: string }>(
      `select area, episode, stage from episode.standing`,
    )
    const different = []
    for (const { area, episode, stage } of rows) {
      const steps = await databases.databaseFor(area).transaction((db) => listSteps(db, area, episode))
      if (standingOf(steps)?.stage !== stage) different.push(episode)
    }

    expect(rows.length).toBe(400)
    expect(different).toEqual([])
  })

  it('has nothing in the future but what is due, and appointments to come', async () => {
    expect(await one(`select count(*)::integer as value from episode.step where at > '2026-02-16T11:00:00Z'`)).toBe(0)
    expect(
      await one(`select count(*)::integer as value from contact.contact where happened_at > '2026-02-16T10:00:00Z'`),
    ).toBe(0)
    expect(
      await one(`select count(*)::integer as value from appointment.appointment where starts_at > '2026-02-17'`),
    ).toBeGreaterThan(5)
  })

  it('has the row behind every step, so that taking it back takes the step back', async () => {
    const kept = ['referral.referral', 'decision.decision', 'allocation.allocation', 'contact.contact']
    const more = ['appointment.appointment', 'appointment.result', 'assessment.assessment', 'agreement.agreement']
    const last = ['log.entry', 'pause.pause', 'completion.completion', 'ending.ending', 'follow_up.follow_up']
    const rows = [...kept, ...more, ...last].map((table) => `select id from ${table}`).join(' union all ')

    expect(
      await one(`select count(*)::integer as value from episode.step step
        where not exists (select from (${rows}) kept where kept.id = step.fact_row)`),
    ).toBe(0)
    expect(await one(`select count(*)::integer as value from referral.referral where episode is not null`)).toBe(400)
  })

  it('keeps about 88 of 100 appointments, and no coach has two at once', async () => {
    const kept = await one(
      `select round(100 * avg((kind = 'attended')::integer))::integer as value from appointment.result`,
    )
    expect(kept).toBeGreaterThan(84)
    expect(kept).toBeLessThan(93)
    expect(
      await one(`select count(*)::integer as value from appointment.appointment one join appointment.appointment other
        on other.area = one.area and other.member = one.member and other.id > one.id
          and tstzrange(other.starts_at, other.ends_at) && tstzrange(one.starts_at, one.ends_at)`),
    ).toBe(0)
    expect(
      await one(`select count(*)::integer as value from appointment.appointment appointment
        where starts_at > '2026-02-16T10:00:00Z' and not exists (select from appointment.slot where appointment = appointment.id)
          and not exists (select from appointment.result where result.appointment = appointment.id)`),
    ).toBe(0)
  })

  it('has no open concern but with its coach, about somebody who is supported, to be looked at in days', async () => {
    const { rows } = await owner.query(
      `select stage, alert.owner = concern.recorded_by as theirs, next_look_on between '2026-02-16' and '2026-02-20' as soon
       from safety.concern join episode.standing on standing.area = concern.area and standing.episode = concern.episode
       left join alert.alert on alert.area = concern.area and alert.id = concern.id
       cross join lateral (select next_look_on from safety.look where look.area = concern.area
         and look.concern = concern.id order by look.id desc limit 1) look
       where next_look_on is not null`,
    )

    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ theirs, soon }) => !theirs || !soon)).toEqual([])
    expect(rows.map(({ stage }) => stage).filter((stage) => stage === 'ended' || stage === 'closed')).toEqual([])
  })

  it('is the same for the same seed', async () => {
    const again = await cloneDatabase()
    const twin = openDatabases({ url: again.url, most: 3 })
    const other = new pg.Client({ connectionString: again.ownerUrl })
    await other.connect()
    await populate(twin, wanted, () => undefined)
    const told = `select count(*) as rows, md5(string_agg(line, ';' order by line)) as lines from (
      select given_name || family_name || born_on as line from people.person
      union all select way || result || happened_at from contact.contact
      union all select mode || starts_at || ends_at from appointment.appointment
      union all select kind || done || happened_on || minutes from log.entry
      union all select reason from referral.referral where reason is not null
      union all select words from goal.goal) all_of_it`
    const [first, second] = [await owner.query(told), await other.query(told)]
    await twin.close()
    await other.end()
    await again.drop()

    expect(second.rows).toEqual(first.rows)
  })

  it('uses only numbers and addresses that belong to nobody', async () => {
    expect(
      await one(
        `select count(*)::integer as value from people.means where value !~ '^07700 900[0-9]{3}$|@example\\.org$'`,
      ),
    ).toBe(0)
    expect(
      await one(
        `select count(*)::integer as value from people.person where nhs_number is not null and nhs_number !~ '^999'`,
      ),
    ).toBe(0)
  })

  it('lets every coach be met, and some people choose a time themselves', async () => {
    expect(
      await one(
        `select count(*)::integer as value from organisations.member m where role = 'coach'
          and (select count(*) from availability.hours h where h.area = m.area and h.member = m.id) < 2`,
      ),
    ).toBe(0)
    expect(
      await one(`select count(*)::integer as value from offer.offer where expires_at > '2026-02-16'`),
    ).toBeGreaterThan(1)
  })

  it('has a surgery and a Jobcentre with accounts, whose referrals stand in several states', async () => {
    const { rows } = await owner.query<{ role: string; stages: number; known: number }>(
      `select m.role, count(distinct s.stage)::integer as stages, count(distinct p.person)::integer as known
       from organisations.member m join referral.referral r on r.area = m.area and r.referrer_email = m.email
         join episode.standing s on s.area = r.area and s.episode = r.episode
         left join permissions.permission p on p.area = r.area and p.person = r.person and p.switch in ('gp', 'jobcentre')
       where m.role in ('referrer', 'jobcentre-partner') group by m.role order by m.role`,
    )

    expect(rows.map(({ role }) => role)).toEqual(['jobcentre-partner', 'referrer'])
    expect(rows.filter(({ stages }) => stages < 3)).toEqual([])
    expect(rows.map(({ known }) => known > 0)).toEqual([false, true])
  })

  it('has the next service proposed wherever one did not reply, and decided where support has ended', async () => {
    const silent = `from onward.referral silent where silent.state = 'no-reply'`
    const proposals = `from onward_silence.proposal join onward.referral silent on silent.area = proposal.area
      and silent.id = proposal.referral`

    expect(await one(`select count(*)::integer as value ${silent}`)).toBeGreaterThan(2)
    expect(
      await one(`select count(*)::integer as value ${silent} and not exists (select from onward_silence.proposal
      where proposal.area = silent.area and proposal.referral = silent.id)`),
    ).toBe(0)
    expect(await one(`select count(*)::integer as value ${proposals} where decided_at is null`)).toBe(2)
  })

  it('has signed its months but for the last one, by the lead of the area', async () => {
    const { rows } = await owner.query<{ months: string; last: string; leads: boolean }>(
      `select count(*)::text as months, max(month)::text as last, bool_and(m.role = 'area-lead') as leads
       from return.signature s join organisations.member m on m.area = s.area and m.id = s.signed_by`,
    )
    expect(rows).toEqual([{ months: '24', last: '2025-12-01', leads: true }])
  })

  it('gives every coach people of their own provider only', async () => {
    expect(
      await one(
        `select count(*)::integer as value from episode.standing s join organisations.member m on m.area = s.area and m.id = s.coach where m.organisation <> s.provider`,
      ),
    ).toBe(0)
  })
})
