import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { recipientName, type Referrer, toldUnder } from '#journey/acknowledgement/rules.ts'
import { type Answer, type Hearer, heardBy, type Under } from './rules.ts'

type Referred = Omit<Referrer, 'feedback'> & Readonly<{ person: string; route: Route }>

type Asked = Readonly<{ person: string; recipient: Hearer | undefined }>

/** Of each referral what its person lets whoever made it hear: by the answer that counts, on whichever record it was given. */
export async function listWhatEachAllows(
  db: Db,
  area: string,
  all: readonly Referred[],
): Promise<(Under | undefined)[]> {
  const asked = all.map(({ person, route, ...referrer }) => {
    const [under, name] = [toldUnder[route], recipientName({ ...referrer, feedback: 'status' })]
    return { person, recipient: under && name ? { switch: under.switch, name } : undefined }
  })
  const column = (of: (one: Asked) => string) => asked.map(of)
  const { rows } = await sql<Answer & Readonly<{ place: number }>>`
    select asked.place::int as place, said.id, said.switch, said.recipient, said.given,
      said.allows, said.facts, said.how, said.batch, said.at
    from unnest(${column(({ person }) => person)}::uuid[], ${column(({ recipient }) => recipient?.switch ?? '')}::text[],
      ${column(({ recipient }) => recipient?.name ?? '')}::text[]) with ordinality as asked (person, switch, name, place)
    join people.person as own on own.area = ${area} and own.id = asked.person
    join permissions.permission said on said.area = ${area} and said.switch in (asked.switch, 'take-part')
      and lower(said.recipient) in ('', lower(asked.name))
      and said.person in (select coalesce(own.merged_into, own.id) union all select other.id from people.person other
        where other.area = ${area} and other.merged_into = coalesce(own.merged_into, own.id))
    order by said.at desc, said.id desc`.execute(db)
  const answers = Map.groupBy(rows, ({ place }) => place - 1)
  return asked.map(({ recipient }, place) => recipient && heardBy(recipient, answers.get(place) ?? []))
}
