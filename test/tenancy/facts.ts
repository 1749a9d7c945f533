import { careRoles, ofServices } from '#platform/access/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

/** What would give somebody away: what they are called and reached by, and the number of every row about them. */
type Secrets = ReadonlySet<string>

/** Somebody whom a member must not learn of. */
export type Hidden = Readonly<{ person: string; secrets: Secrets }>

type Table = Readonly<{ name: string; hasPerson: boolean }>

/**
 * Every row that is about a person, whichever slice keeps it: the catalogue of the database names the tables. A pair of two
 * organisations is known to both, as is what one area or provider offers another, an alert to whoever was told of it, and that somebody is out alone to their colleagues.
 */
const tablesAboutPeople = `
  select format('%I.%I', n.nspname, c.relname) as name, bool_or(a.attname = 'person') as "hasPerson"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname in ('person', 'episode') and a.atttypid = 'uuid'::regtype
  where c.relkind = 'r' and n.nspname not in ('journal', 'notify', 'likeness', 'alert', 'outing', 'move', 'handing_over')
    and exists (select from pg_attribute id where id.attrelid = c.oid and id.attname = 'id' and id.atttypid = 'uuid'::regtype)
  group by 1 order by 1`

/** Whom a member must not learn of, found from the rows alone and not by the product's own rule. */
export async function hiddenFrom(app: TestApp, member: Member): Promise<readonly Hidden[]> {
  const cares = careRoles.some((role) => role === member.role)
  const { rows } = await app.owner.query<{ person: string; known: boolean }>(
    `select person.id as person, $3 and person.area = $1 and exists (select from people.holder
         where holder.area = $1 and holder.person = person.id and holder.organisation = $2 and holder.until is null)
       and (not person.restricted or exists (select from people.named_access named
         where named.area = $1 and named.person = person.id and named.membership = $4)) as known
     from people.person`,
    [member.area, member.organisation, cares, member.membership],
  )
  const found: (Hidden & Readonly<{ known: boolean }>)[] = []
  for (const { person, known } of rows) found.push({ person, known, secrets: await secretsOf(app, person) })
  const known = found.flatMap(({ known: is, secrets }) => (is ? [...secrets] : []))
  const others = await Promise.all([referredBy, putBefore, sentTo].map((told) => told(app, member)))
  const told = new Set([...known, ...others.flat()])
  return found
    .filter(({ known }) => !known)
    .map(({ person, secrets }) => ({ person, secrets: secrets.difference(told) }))
}

/** Whoever referred somebody knows their own referral. */
async function referredBy({ owner }: TestApp, { account }: Member): Promise<readonly string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `select referral.id::text as id from referral.referral
     join identity.account on lower(account.email) = lower(referral.referrer_email) where account.id = $1`,
    [account],
  )
  return rows.map(({ id }) => id)
}

/**
 * Whoever comes to a meeting of the team, or has a task from one, knows which question it is, without whom it is about; and
 * the two who hold a supervision which spell of support they talked about.
 */
async function putBefore({ owner }: TestApp, { area, membership }: Member): Promise<readonly string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `select matter.id::text as id from matter.matter where matter.area = $1 and (
       exists (select from team.decision mine where mine.area = $1 and mine.matter = matter.id and mine.owner = $2)
       or exists (select from team.attendance attendance join team.meeting meeting on meeting.area = attendance.area
         and meeting.id = attendance.meeting where attendance.area = $1 and attendance.member = $2
         and meeting.organisation = matter.organisation))
     union select about.episode::text from supervision.talked_about about join supervision.supervision held
       on held.area = about.area and held.id = about.supervision
       where held.area = $1 and $2 in (held.supervisor, held.coach)`,
    [area, membership],
  )
  return rows.map(({ id }) => id)
}

/** Whoever works in a local service knows who was sent to it, by the name that went there, for as long as it answers. */
async function sentTo({ owner }: TestApp, { area, organisation, role }: Member): Promise<readonly string[]> {
  if (!ofServices.some((one) => one === role)) return []
  const { rows } = await owner.query<{ id: string; name: string }>(
    `select referral.id::text as id, part ->> 'value' as name from onward.referral referral
     join answering.answering theirs on theirs.area = referral.area and theirs.service = referral.service
     cross join jsonb_array_elements(referral.parts) part
     where referral.area = $1 and theirs.organisation = $2 and referral.asked_at is not null and part ->> 'part' = 'name'`,
    [area, organisation],
  )
  return rows.flatMap(({ id, name }) => [id, name])
}

const kept = new WeakMap<TestApp, Map<string, Secrets>>()

async function secretsOf(app: TestApp, person: string): Promise<Secrets> {
  const known = kept.get(app) ?? new Map<string, Secrets>()
  kept.set(app, known)
  const secrets =
    known.get(person) ?? new Set([person, ...(await namesOf(app, person)), ...(await rowsOf(app, person))])
  known.set(person, secrets)
  return secrets
}

async function namesOf({ owner }: TestApp, person: string): Promise<readonly string[]> {
  const { rows } = await owner.query<{ told: string[] }>(
    `select array_remove(array[given_name || ' ' || family_name, family_name || ', ' || given_name, nhs_number], null) as told
     from people.person where id = $1`,
    [person],
  )
  return rows.flatMap(({ told }) => told)
}

async function rowsOf({ owner }: TestApp, person: string): Promise<readonly string[]> {
  const tables = await owner.query<Table>(tablesAboutPeople)
  const each = tables.rows.map(({ name, hasPerson }) => {
    const whose = hasPerson ? 'person = $1' : 'episode in (select id from episode.episode where person = $1)'
    return `select id::text from ${name} where ${whose}`
  })
  const { rows } = await owner.query<{ id: string }>(each.join(' union '), [person])
  return rows.map(({ id }) => id)
}
