import { type RawBuilder, sql } from 'kysely'
import { listMeasured } from '#programme/measuring/store.ts'
import {
  ageBands,
  ethnicGroups,
  type Grouping,
  inWork,
  isSeveral,
  notKnown,
  notStatedCodes,
  pointsTo,
  type Source,
  waits,
} from './rules.ts'

type Sql = RawBuilder<unknown>

function list(codes: readonly string[]): Sql {
  return sql`array[${sql.join(codes.map((code) => sql.lit(code)))}]::text[]`
}

function cases(conditions: readonly (readonly [when: Sql, then: string])[]): Sql {
  return sql`case ${sql.join(
    conditions.map(([when, then]) => sql`when ${when} then ${sql.lit(then)}`),
    sql` `,
  )} end`
}

/** The band a number falls in: it is worked out once, and not again for every band. */
function banded(number: Sql, bands: Readonly<Record<string, { from: number }>>): Sql {
  const from = sql.join(Object.values(bands).map((band) => sql.lit(band.from)))
  return sql`(${list(Object.keys(bands))})[width_bucket(${number}, array[${from}]::integer[])]`
}

const age = sql`extract(year from age(days.happened_on, person.born_on))::integer`
const wait = banded(sql`days.happened_on - days.received_on`, waits)
const lasting = sql`coalesce(equality.condition_lasting, pair.lasting)`
const restricting = sql`coalesce(equality.condition_limiting, pair.restricting)`
const isIn = (status: Sql): Sql => sql`${status} = any(${list(inWork)})`
const notStated = (answer: Sql): Sql => sql`${answer} = any(${list(notStatedCodes)})`

function followedUp(heard: 'heard13' | 'heard26'): Sql {
  const column = (name: string) => sql.ref(`${heard}.${name}`)
  return sql`case when ${column('result')} <> 'answered' then ${column('result')} else case ${column('in_work')}
    when 'yes' then 'at-work' when 'off-sick' then 'off-sick' when 'no' then 'out-of-work' end end`
}

function hasLasted(heard: 'heard13' | 'heard26'): Sql {
  const weeks = (hours: number) => sql.ref(`${heard}.weeks_of_${hours}_hours`)
  return cases([
    [sql`${weeks(7)} >= 13 and coalesce(${weeks(16)}, 0) >= 13`, 'of-16-hours'],
    [sql`${weeks(7)} >= 13`, 'lasted'],
    [sql`${weeks(7)} < 13`, 'not-lasted'],
  ])
}

type Placing = Readonly<{ reads: readonly Source[]; cell: Sql | ((area: string) => Sql) }>

/** Into which group a row falls (or which groups, as an array): counts and lists ask the same, and so they agree. */
const placings: Readonly<Record<Grouping, Placing>> = {
  route: { reads: [], cell: sql`counted.route` },
  provider: { reads: ['provider'], cell: sql`provider.name` },
  council: { reads: ['person', 'home'], cell: sql`coalesce(home.name, person.council)` },
  network: { reads: [], cell: sql`null::text` },
  'wait-contact': { reads: [], cell: wait },
  'wait-assessment': { reads: [], cell: wait },
  work: {
    reads: ['talk'],
    cell: cases([
      [isIn(sql`talk.employment_status`), 'in-work'],
      [sql`talk.employment_status is not null`, 'out-of-work'],
    ]),
  },
  age: {
    reads: ['person'],
    cell: banded(age, ageBands),
  },
  sex: {
    reads: ['equality'],
    cell: cases([
      [sql`equality.sex = 'female'`, 'female'],
      [sql`equality.sex = 'male'`, 'male'],
      [notStated(sql`equality.sex`), 'not-stated'],
      [sql`equality.sex not in ('not-known', 'unknown')`, 'other'],
    ]),
  },
  ethnicity: {
    reads: ['equality'],
    cell: cases([
      [notStated(sql`equality.ethnicity`), 'not-stated'],
      ...Object.entries(ethnicGroups).map(
        ([group, { letters }]) => [sql`left(equality.ethnicity, 1) = any(${list(letters)})`, group] as const,
      ),
    ]),
  },
  disability: {
    reads: ['equality', 'pair'],
    cell: cases([
      [sql`${lasting} = 'yes' and ${restricting} in ('a-lot', 'a-little')`, 'disabled'],
      [sql`${lasting} = 'no' or ${restricting} = 'not-at-all'`, 'not-disabled'],
      [sql`${lasting} = 'not-said' or ${restricting} = 'not-said'`, 'not-stated'],
    ]),
  },
  barrier: { reads: ['talk', 'barrier'], cell: sql`barrier.part` },
  health: {
    reads: ['talk', 'barrier', 'kinds'],
    cell: sql`case when cardinality(kinds.codes) = 1 then kinds.codes[1]
      when ${pointedTo()} = any(kinds.codes) then ${pointedTo()} when cardinality(kinds.codes) > 1 then 'several' end`,
  },
  'measured-start': { reads: [], cell: (area) => listMeasured(area, 'start') },
  'measured-end': { reads: [], cell: (area) => listMeasured(area, 'end') },
  'contact-result': { reads: ['contact'], cell: sql`contact.result` },
  'contact-way': { reads: ['contact'], cell: sql`contact.way` },
  'appointment-mode': { reads: ['meeting'], cell: sql`meeting.mode` },
  'appointment-result': {
    reads: ['became'],
    cell: sql`case when became.kind <> 'missed' then became.kind when became.who = 'person' then 'no-show' when became.kind = 'missed' then 'ours' end`,
  },
  outcome: {
    reads: ['completion'],
    cell: (area) => sql`array(select reached.outcome from completion.outcome reached
      where reached.area = ${area} and reached.completion = completion.id)`,
  },
  'no-outcome': {
    reads: ['completion'],
    cell: (area) => sql`case when exists (select from completion.outcome reached where reached.area = ${area}
      and reached.completion = completion.id) then 'with-outcome' else completion.no_outcome end`,
  },
  'work-end': {
    reads: ['completion'],
    cell: cases([
      [sql`${isIn(sql`completion.work_status`)} and completion.off_sick`, 'off-sick'],
      [isIn(sql`completion.work_status`), 'at-work'],
      [sql`completion.work_status is not null`, 'out-of-work'],
    ]),
  },
  'end-reason': { reads: [], cell: sql`counted.ended_as` },
  'end-when': { reads: [], cell: sql`case when counted.started_at is null then 'before' else 'after' end` },
  'work-13': { reads: ['heard13'], cell: followedUp('heard13') },
  'work-26': { reads: ['heard26'], cell: followedUp('heard26') },
  'lasted-13': { reads: ['heard13'], cell: hasLasted('heard13') },
  'lasted-26': { reads: ['heard26'], cell: hasLasted('heard26') },
}

function pointedTo(): Sql {
  return cases(Object.entries(pointsTo).map(([code, group]) => [sql`barrier.code = ${sql.lit(code)}`, group]))
}

/** What a grouping reads beside the counted row. */
export function listReads(grouping: Grouping): readonly Source[] {
  return placings[grouping].reads
}

/** The groups a row falls into, as an array of codes; what nobody wrote down is a code as well. */
export function listGroupsOf(area: string, grouping: Grouping): RawBuilder<string[]> {
  return isSeveral(grouping) ? sql`${cellOf(area, grouping)}` : sql`array[${findGroup(area, grouping)}]`
}

/** The one group a row falls into. */
export function findGroup(area: string, grouping: Grouping): RawBuilder<string> {
  return sql`coalesce(${cellOf(area, grouping)}, ${sql.lit(notKnown)})`
}

function cellOf(area: string, grouping: Grouping): Sql {
  const { cell } = placings[grouping]
  return typeof cell === 'function' ? cell(area) : cell
}
