import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isShut, isStillGiven, type Said } from './rules.ts'

/** Something of a person that went out on a yes of theirs. */
export type WentOut = Readonly<{ id: string; person: string; allowedBy: string }>

/**
 * Which of these may still be read by whom they went to, as a link to each would open now: the yes to it stands, its person
 * lives, takes part and wants contact. It is what isStillAllowed and listPermissions say of each, asked of all at once.
 */
export async function listStillOpen(db: Db, area: string, went: readonly WentOut[]): Promise<ReadonlySet<string>> {
  if (went.length === 0) return new Set()
  const [toTheSame, toAll] = await Promise.all([
    listSaidToTheSame(db, area, [...new Set(went.map(({ allowedBy }) => allowedBy))]),
    listSaidToAll(db, area, [...new Set(went.map(({ person }) => person))]),
  ])
  const isOpen = ({ person, allowedBy }: WentOut) => {
    const [answers, of] = [toTheSame.get(allowedBy) ?? [], toAll.get(person) ?? []]
    const [yes, one] = [answers[0]?.relied, of[0]]
    if (!yes || !one) return false
    const said = of.flatMap(({ answer }) => answer ?? [])
    return isStillGiven({ ...yes, answers }) && !isShut({ died: one.died, answers: said })
  }
  return new Set(went.filter(isOpen).map(({ id }) => id))
}

// Every record under which somebody is known, the kept one first: what is read of a person is read of all.
const records = sql`cross join lateral (select coalesce(whose.merged_into, whose.id) as id
  union all select merged.id from people.person merged where merged.area = whose.area
    and merged.merged_into = coalesce(whose.merged_into, whose.id)) known`
const columns = sql`said.switch, said.recipient, said.given, said.allows, said.facts, said.how, said.batch, said.at`

type Relied = Readonly<{ relied: string; asked: string; askedAllows: string; askedFacts: string[] | null }>

/** Every answer to what each of these yeses answers, for the same recipient or for all of its kind, the newest first. */
async function listSaidToTheSame(db: Db, area: string, yeses: readonly string[]) {
  const { rows } = await sql<Said & Relied>`select relied.id as relied, relied.switch as asked,
      relied.allows as "askedAllows", relied.facts as "askedFacts", ${columns}
    from permissions.permission relied
    join people.person whose on whose.area = relied.area and whose.id = relied.person ${records}
    join permissions.permission said on said.area = relied.area and said.person = known.id
      and said.switch in (relied.switch, 'take-part')
      and (lower(said.recipient) = lower(relied.recipient) or said.recipient = '')
    where relied.area = ${area} and relied.id = any(${yeses}::uuid[])
    order by said.at desc, said.id desc`.execute(db)
  const answers = rows.map(({ relied: id, asked, askedAllows, askedFacts, ...said }) => ({
    ...{ ...said, id, relied: { switch: asked, allows: askedAllows, facts: askedFacts } },
  }))
  return Map.groupBy(answers, ({ id }) => id)
}

type Whose = Readonly<{ whose: string; died: boolean }>

/** Whether each of these people lives, and what they say to taking part and to contact as a whole, the newest first. */
async function listSaidToAll(db: Db, area: string, people: readonly string[]) {
  const { rows } = await sql<Whose & (Said | Record<keyof Said, null>)>`select whose.id as whose,
      whose.died_on is not null as died, ${columns}
    from people.person whose ${records}
    left join permissions.permission said on said.area = whose.area and said.person = known.id
      and said.switch in ('take-part', 'contact') and said.recipient = ''
    where whose.area = ${area} and whose.id = any(${people}::uuid[])
    order by said.at desc, said.id desc`.execute(db)
  const answers = rows.map(({ whose, died, ...said }) => ({
    ...{ whose, died, answer: said.switch === null ? null : said },
  }))
  return Map.groupBy(answers, ({ whose }) => whose)
}
