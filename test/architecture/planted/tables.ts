import type { Planted } from '#test/architecture/planted.ts'

const store = (statement: string) =>
  `import { sql } from 'kysely'\nexport const countAll = (db: Db) =>\n  ${statement}\n`
const at = 'src/journey/contact/store.ts:3'

/** Faults of who writes and reads which table. */
export const tableFaults: readonly Planted[] = [
  {
    name: "another's table written with the builder",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.insertInto('plan.goal').values({})`),
  },
  {
    name: "another's table changed with the builder",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.updateTable('referral.referral as r').set({})`),
  },
  {
    name: "another's rows deleted with the builder",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.deleteFrom(['contact.contact', 'plan.goal'])`),
  },
  {
    name: "another's table merged into",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.mergeInto('people.person').using('contact.contact', 'a', 'b')`),
  },
  {
    name: "another's table written in SQL text",
    rule: 'oneWriterPerTable',
    at,
    text: store('sql`insert into referral.referral (id) values (${1})`'),
  },
  {
    name: "another's table named in a hole of SQL text",
    rule: 'oneWriterPerTable',
    at,
    text: store("sql`insert into ${sql.table('referral.referral')} (id) values (1)`"),
  },
  {
    name: "another's table changed inside a with",
    rule: 'oneWriterPerTable',
    at,
    text: store('sql`with gone as (update "referral"."referral" as r set a = 1 returning r.id) select id from gone`'),
  },
  {
    name: "another's table filled by copy",
    rule: 'oneWriterPerTable',
    at,
    text: store("db.copyInto('copy referral.referral (id) from stdin')"),
  },
  {
    name: "another's table written by text sent as it is",
    rule: 'oneWriterPerTable',
    at,
    text: store("db.send('delete from referral.referral')"),
  },
  {
    name: 'a table of the platform written by a slice',
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.insertInto('journal.entry').values({})`),
  },
  {
    name: 'a table of a slice written by the platform',
    rule: 'oneWriterPerTable',
    at: 'src/platform/journal/seal.ts:3',
    text: store('sql`delete from plan.goal`'),
  },
  {
    name: 'a write that does not say which table',
    rule: 'oneWriterPerTable',
    at,
    text: store('db.insertInto(table).values({})'),
  },
  {
    name: 'a write that does not say which schema',
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.insertInto('contact').values({})`),
  },
  {
    name: "a later stage's table read with the builder",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.selectFrom('plan.goal as g').selectAll()`),
  },
  {
    name: "a later stage's table joined",
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.selectFrom('contact.contact').leftJoin('plan.goal as g', 'g.id', 'id')`),
  },
  {
    name: "a later stage's table read in SQL text",
    rule: 'oneWriterPerTable',
    at,
    text: store('sql`select id from contact.contact join plan.goal using (id)`'),
  },
  {
    name: 'a schema that no slice has',
    rule: 'oneWriterPerTable',
    at,
    text: store(`db.selectFrom('daydream.dream').selectAll()`),
  },
  {
    name: 'the own table, but asked for by a job',
    rule: 'sqlStandsInStores',
    at: 'src/journey/contact/jobs.ts:3',
    text: store(`db.selectFrom('contact.contact')`),
  },
  {
    name: 'the own table, but asked for by rules',
    rule: 'sqlStandsInStores',
    at: 'src/journey/contact/rules.ts:1',
    text: `export const asked = (db: Asked) => db.selectFrom('contact.contact')\n`,
  },
  { name: 'a query built from strings', rule: 'sqlStandsInStores', at, text: store("sql.raw('select ' + columns)") },
  {
    name: 'a schema named far from its tables',
    rule: 'sqlStandsInStores',
    at,
    text: store(`db.withSchema('plan').selectFrom('goal')`),
  },
  {
    name: 'the sql tag under another name',
    rule: 'sqlStandsInStores',
    at: 'src/journey/contact/store.ts:1',
    text: `import { sql as q } from 'kysely'\nexport const listAll = q`,
  },
]
