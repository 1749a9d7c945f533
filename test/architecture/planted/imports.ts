import type { Planted } from '#test/architecture/planted.ts'

/** Faults of who knows whom. */
export const importFaults: readonly Planted[] = [
  {
    name: 'an import from a later stage',
    rule: 'timeFlowsForward',
    at: 'src/journey/contact/rules.ts:1',
    text: `import { routeOf } from '#journey/plan/rules.ts'\nexport const route = routeOf\n`,
  },
  {
    name: 'a type of a later register',
    rule: 'timeFlowsForward',
    at: 'src/registers/places/store.ts:2',
    text: `\nimport type { Person } from '#registers/people/rules.ts'\nexport type Resident = Person\n`,
  },
  {
    name: 'a type of a later stage, asked for inside a type',
    rule: 'timeFlowsForward',
    at: 'src/journey/contact/rules.ts:1',
    text: `export type Route = import('#journey/plan/rules.ts').Route\n`,
  },
  {
    name: 'a later stage imported while running',
    rule: 'timeFlowsForward',
    at: 'src/journey/contact/jobs.ts:1',
    text: `export const later = () => import('#journey/plan/rules.ts')\n`,
  },
  {
    name: 'the platform knowing a register',
    rule: 'timeFlowsForward',
    at: 'src/platform/notify/send.ts:1',
    text: `import { findPerson } from '#registers/people/store.ts'\nexport const find = findPerson\n`,
  },
  {
    name: 'the product leaning on its tests',
    rule: 'timeFlowsForward',
    at: 'src/journey/contact/store.ts:1',
    text: `import { aPlan } from '#test/app.ts'\nexport const findPlan = aPlan\n`,
  },
  {
    name: "another slice's page",
    rule: 'onlyRulesAndStores',
    at: 'src/journey/completion/jobs.ts:1',
    text: `import { ShowPlan } from '#journey/plan/pages.tsx'\nexport const show = ShowPlan\n`,
  },
  {
    name: "another slice's job, in a test",
    rule: 'onlyRulesAndStores',
    at: 'src/journey/completion/jobs.test.ts:1',
    text: `import { planJobs } from '#journey/plan/jobs.ts'\nit('a plan is worked', () => planJobs())\n`,
  },
  {
    name: "a call of another store's save",
    rule: 'storesAreRead',
    at: 'src/journey/plan/jobs.ts:1',
    text: `import { saveReferral } from '#journey/referral/store.ts'\nexport const planJobs = saveReferral\n`,
  },
  {
    name: 'a write of a store whose part the caller is not, by a part of another',
    rule: 'storesAreRead',
    at: 'src/journey/booking/routes.ts:1',
    text: `import { saveReferral } from '#journey/referral/store.ts'\nexport const bookingRoutes = saveReferral\n`,
  },
  {
    name: "another store's writing verb under a reader's name",
    rule: 'storesAreRead',
    at: 'src/journey/completion/routes.ts:1',
    text: `import { achieveGoals as findGoals } from '#journey/plan/store.ts'\nexport const completionRoutes = findGoals\n`,
  },
  {
    name: 'a function of another store whose name does not say that it reads',
    rule: 'storesAreRead',
    at: 'src/journey/completion/jobs.ts:1',
    text: `import { prepare } from '#journey/contact/store.ts'\nexport const work = prepare\n`,
    beside: { 'src/journey/contact/store.ts': `export const prepare = (db: Db) => db.selectFrom('contact.contact')\n` },
  },
  {
    name: 'a store function named find that writes',
    rule: 'storesAreRead',
    at: 'src/journey/completion/jobs.ts:1',
    text: `import { findContact } from '#journey/contact/store.ts'\nexport const work = findContact\n`,
    beside: {
      'src/journey/contact/store.ts': `export const findContact = (db: Db) => db.insertInto('contact.contact')\n`,
    },
  },
  {
    name: 'a store function named list that writes two calls further down, in SQL text',
    rule: 'storesAreRead',
    at: 'src/journey/completion/jobs.ts:1',
    text: `import { listContacts } from '#journey/contact/store.ts'\nexport const work = listContacts\n`,
    beside: {
      'src/journey/contact/store.ts': `import { sql } from 'kysely'
export async function listContacts(db: Db) { return tidied(db) }
const tidied = async (db: Db) => { await forget(db); return [] }
function forget(db: Db) { return sql\`with old as (delete from contact.contact returning id) select id from old\`.execute(db) }
`,
    },
  },
  {
    name: "a store function named count that calls another store's write",
    rule: 'storesAreRead',
    at: 'src/journey/completion/jobs.ts:1',
    text: `import { countContacts } from '#journey/contact/store.ts'\nexport const work = countContacts\n`,
    beside: {
      'src/journey/contact/store.ts': `import { recordStep as step } from '#journey/episode/store.ts'
export const countContacts = (db: Db) => step(db, 'contact')
`,
    },
  },
  {
    name: 'a whole store taken at once',
    rule: 'storesAreRead',
    at: 'src/journey/completion/store.ts:1',
    text: `import * as plan from '#journey/plan/store.ts'\nexport const findPlan = plan.countPlans\n`,
  },
  {
    name: 'a named foreign write whose function has gone',
    rule: 'storesAreRead',
    at: 'src/registers/permissions/store.ts:1',
    text: `export const findPermission = (db: Db) => db.selectFrom('permissions.permission')\n`,
  },
]
