import type pg from 'pg'

/** How much there is, and in which area. */
export type Made = Readonly<{ area: string; people: number; coaches: number; services: number; referrals: number }>

/**
 * A million people passed on to services over three years, as they might stand: nine tenths are over, the rest stand where
 * open ones stand, with what each witness said of them and what each of them said yes to. Written by the database itself, out of one made-up person, coach and
 * service that are there; what a row points to is not compared each time, since it is made by the same numbers.
 */
export async function makeOnward(owner: pg.Client, made: Made): Promise<void> {
  await owner.query('set session_replication_role = replica; set synchronous_commit = off; select setseed(0.7)')
  await makePeople(owner, made)
  await makeEpisodes(owner, made)
  const indexes = await withoutIndexes(owner)
  await makeReferrals(owner, made)
  await makeEvents(owner, made)
  await makeYeses(owner, made)
  for (const index of indexes) await owner.query(index)
  await owner.query('drop table made; set session_replication_role = default')
  await owner.query('vacuum analyze')
}

const id = (kind: string, number: string) => `md5('${kind} ' || ${number})::uuid`
const each = (number: number) => `generate_series(1, ${number}) as n`

type Copying = Readonly<{ area: string; table: string; where: string; times: number }>

/** Writes a row of a table many times, with some of its columns changed. */
async function copy(
  owner: pg.Client,
  { area, table, where, times }: Copying,
  changed: Readonly<Record<string, string>>,
) {
  const { rows } = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
      and attgenerated = ''`,
    [table],
  )
  const columns = rows.map(({ name }) => `"${name}"`).join(', ')
  const values = rows.map(({ name }) => changed[name] ?? `model."${name}"`).join(', ')
  await owner.query(`insert into ${table} (${columns}) select ${values}
    from (select * from ${table} where area = '${area}' and ${where} limit 1) as model cross join ${each(times)}`)
}

// Somebody of the population who is with the service now.
const model = (area: string, column: string) =>
  `${column} = (select person from episode.standing where area = '${area}' and coach is not null and ended_at is null
    order by episode limit 1)`

async function makePeople(owner: pg.Client, { area, people, coaches, services }: Made): Promise<void> {
  const coach = { area, table: 'organisations.member', where: "role = 'coach'", times: coaches }
  await copy(owner, coach, { id: id('coach', 'n'), name: "'Coach ' || n" })
  const holder = { area, table: 'people.holder', where: model(area, 'person'), times: people }
  await copy(owner, holder, { person: id('person', 'n') })
  const person = { area, table: 'people.person', where: model(area, 'id'), times: people }
  await copy(owner, person, { id: id('person', 'n'), family_name: "'Person ' || n", nhs_number: 'null' })
  const service = { area, table: 'services.service', where: 'true', times: services }
  await copy(owner, service, { id: id('service', 'n'), name: "'Service ' || n" })
}

async function makeEpisodes(owner: pg.Client, { area, people, coaches }: Made): Promise<void> {
  const of = { area, where: model(area, 'person'), times: people }
  // One in ten is with the service now, some forty for each coach.
  const standing = {
    ...{ episode: id('episode', 'n'), person: id('person', 'n'), coach: id('coach', `(1 + n / 10 % ${coaches})`) },
    ...{ ended_at: "case when n % 10 > 0 then now() - interval '90 days' end" },
    ...{ stage: "case when n % 10 > 0 then 'ended' else model.stage end" },
    ended_as: "case when n % 10 > 0 then 'completed' end",
  }
  await copy(owner, { ...of, table: 'episode.standing' }, standing)
  await copy(owner, { ...of, table: 'episode.episode' }, { id: id('episode', 'n'), person: id('person', 'n') })
  await owner.query(`insert into goal.goal (area, id, episode, words, whose, added_at)
    select '${area}', ${id('goal', 'n')}, ${id('episode', 'n')}, 'Be less worried about money', 'person', now()
    from ${each(people)}`)
}

const answered = "state in ('accepted', 'waiting', 'started', 'attended', 'ended')"
const started = "state in ('started', 'attended', 'ended')"
const wasAsked = "state not in ('drafted', 'shown', 'told')"

// Few services have very many. Open ones are those of people who are here now.
async function makeReferrals(owner: pg.Client, { area, people, services, referrals }: Made): Promise<void> {
  await owner.query(`create temporary table made as select n, 1 + n % ${people} as person,
      1 + floor(${services} * random() ^ 3)::integer as service, now() - random() ^ 2 * interval '1000 days' as at,
      case when n % ${people} % 10 = 9 and random() < 0.6
        then (array['drafted', 'shown', 'told', 'sent', 'seen', 'no-reply', 'accepted', 'waiting', 'started', 'attended'])
          [1 + floor(random() * 10)::integer]
        else (array['ended', 'ended', 'ended', 'declined', 'withdrawn'])[1 + floor(random() * 5)::integer] end as state
    from ${each(referrals)}`)
  await owner.query(`insert into onward.referral (area, id, person, episode, kind, service, service_version, service_name,
      goal, wanted, parts, address, state, state_at, asked_at, allowed_by,
      answered_on, started_on, closed, written_at)
    select '${area}', ${id('onward', 'n')}, ${id('person', 'person')}, ${id('episode', 'person')}, 'formal',
      ${id('service', 'service')}, 1, 'Service ' || service, ${id('goal', 'person')}, 'Help to sort out debts',
      '[{"part": "name", "label": "Name", "value": "Person"}, {"part": "phone", "label": "Phone", "value": "07700 900000"}]',
      'service@example.org', state, at + interval '5 days', case when ${wasAsked} then at end,
      case when ${wasAsked} then ${id('yes', 'n')} end, case when ${answered} then (at + interval '3 days')::date end,
      case when ${started} then (at + interval '10 days')::date end, state = 'ended', at
    from made`)
}

// What happened, who says so, when, and with which: one in fifty is still to be read.
const happened: readonly (readonly [kind: string, witness: string, after: string, where: string])[] = [
  ['agreed', 'person', '0 days', wasAsked],
  ['sent', 'product', '0 days', wasAsked],
  ['accepted', 'service', '3 days', answered],
  ['started', 'service', '10 days', started],
  ['ended', 'service', '60 days', "state = 'ended'"],
  ['said', 'person', '20 days', "state in ('started', 'attended') and n % 3 = 0"],
]

async function makeEvents(owner: pg.Client, { area }: Made): Promise<void> {
  for (const [kind, witness, after, where] of happened)
    await owner.query(`insert into onward.event (area, id, referral, kind, witness, at, reason, parts, read_at, read_by)
      select '${area}', ${id(`${kind} of`, 'n')}, ${id('onward', 'n')}, '${kind}', '${witness}', at + interval '${after}',
        case '${kind}' when 'said' then case when n % 2 = 0 then 'helped' else 'nobody' end when 'ended' then 'helped' end,
        case when '${kind}' = 'agreed' then array['name', 'phone'] end,
        case when state = 'ended' or n % 50 > 0 then now() end,
        case when state = 'ended' or n % 50 > 0 then ${id('coach', '1')} end
      from made where ${where}`)
}

// Everybody takes part and most want to be contacted; whoever does not is shown to no service. Each was agreed to by itself.
async function makeYeses(owner: pg.Client, { area, people }: Made): Promise<void> {
  const columns = 'area, id, person, switch, recipient, allows, given, how, lawful_basis, facts, at'
  await owner.query(`insert into permissions.permission (${columns})
    select '${area}', md5(asked || ' of ' || n)::uuid, ${id('person', 'n')}, asked, '', 'status',
      asked = 'take-part' or n % 200 <> 9, 'in-person', 'public-task', null, now() - interval '1100 days'
    from ${each(people)} cross join unnest(array['take-part', 'contact']) as asked`)
  await owner.query(`insert into permissions.permission (${columns})
    select '${area}', ${id('yes', 'n')}, ${id('person', 'person')}, 'onward', 'Service ' || service, 'summary', true,
      'in-person', 'public-task', array['phone'], at
    from made where ${wasAsked}`)
}

/** Takes the indexes of these tables away while millions of rows are written, and says how to make them again. */
async function withoutIndexes(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; made: string }>(
    `select format('%I.%I', schemaname, indexname) as name, indexdef as made from pg_indexes
      where (schemaname, tablename) in (('onward', 'referral'), ('onward', 'event'), ('permissions', 'permission'))
        and indexname not like '%_pkey'`,
  )
  for (const { name } of rows) await owner.query(`drop index ${name}`)
  await owner.query("set maintenance_work_mem = '256MB'")
  return rows.map(({ made }) => made)
}
