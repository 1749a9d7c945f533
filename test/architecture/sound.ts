import { foreignWrites } from './foreign-writes.ts'

/** A small product in which everything is where it belongs: no rule finds anything here. */
const written: Readonly<Record<string, string>> = {
  'src/platform/dates.ts': `export const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('Europe/London').toPlainDate()\n`,
  'src/platform/access/rules.ts': `export type Actor = Readonly<{ account: string; area: string }>\n`,
  'src/platform/form/rules.ts': `export type FormState = Readonly<{ problems: readonly string[] }>\n`,
  'src/platform/form/fields.ts': `import { z } from 'zod'\nexport const text = () => z.string()\n`,
  'src/platform/html/page.tsx': `import { createElement } from 'react'\nexport const Page = () => createElement('main')\n`,
  'src/platform/database/transaction.ts': `import { Kysely } from 'kysely'\nexport type Db = Kysely<unknown>\n`,
  'src/platform/journal/journal.ts': `import type { Db } from '#platform/database/transaction.ts'
export async function writeEntry(db: Db, entry: object): Promise<void> {
  await db.insertInto('journal.entry').values(entry).execute()
}
`,
  'src/registers/people/store.ts': `import type { Db } from '#platform/database/transaction.ts'
export async function registerPerson(db: Db, person: object): Promise<void> {
  await db.insertInto('people.person').values(person).execute()
}
export async function entrustPerson(db: Db, holder: object): Promise<void> {
  await db.insertInto('people.holder').values(holder).execute()
}
export const changePart = (db: Db, row: object) => registerPerson(db, row)
export const markPerson = (db: Db, row: object) => registerPerson(db, row)
export const recordDeath = (db: Db, row: object) => registerPerson(db, row)
export const saveEquality = (db: Db, row: object) => registerPerson(db, row)
export const saveMeans = (db: Db, row: object) => registerPerson(db, row)
export const changeMeans = (db: Db, row: object) => registerPerson(db, row)
export const endHolding = (db: Db, row: object) => registerPerson(db, row)
export const saveNaming = (db: Db, row: object) => registerPerson(db, row)
export const endNaming = (db: Db, row: object) => registerPerson(db, row)
export const findPerson = (db: Db, id: string) => db.selectFrom('people.person').where('id', '=', id).executeTakeFirst()
`,
  'src/journey/episode/store.ts': `import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
export async function recordStep(db: Db, stage: string): Promise<void> {
  await sql\`insert into episode.standing (stage) values (\${stage}) on conflict do update set stage = excluded.stage\`.execute(db)
}
export const withdrawSteps = async (db: Db): Promise<void> => recordStep(db, 'withdrawn')
export const listSteps = (steps: { recordStep: string }[]) => steps.map((step) => step.recordStep)
export const listOpen = (db: Db) => sql\`select stage from episode.standing for update\`.execute(db)
`,
  'src/journey/referral/rules.ts': `import type { Actor } from '#platform/access/rules.ts'
export const routes = { gp: { label: 'GP' }, self: { label: 'Self' } } as const
export type Route = keyof typeof routes
export const mayRefer = (actor: Actor, route: Route, on: Temporal.PlainDate) => actor.area !== '' && route === 'gp' && on.year > 2024
`,
  'src/journey/referral/store.ts': `import type { Db } from '#platform/database/transaction.ts'
import { registerPerson } from '#registers/people/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { Route } from './rules.ts'
export type Referral = Readonly<{ id: string; route: Route }>
export async function saveReferral(db: Db, referral: Referral): Promise<void> {
  await registerPerson(db, referral)
  await db.insertInto('referral.referral').values(referral).execute()
  await recordStep(db, 'referral')
}
export const findReferral = (db: Db) => db.selectFrom('referral.referral as r').innerJoin('people.person as p', 'p.id', 'r.person').execute()
export const takeReferral = async (db: Db, referral: Referral): Promise<void> => saveReferral(db, referral)
export const answerHeldReferral = async (db: Db, referral: Referral): Promise<void> => saveReferral(db, referral)
`,
  'src/journey/plan/rules.ts': `import { type Route, routes } from '#journey/referral/rules.ts'
export const routeOf = (code: Route) => routes[code].label
`,
  'src/journey/plan/store.ts': `import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
export const countPlans = (db: Db) => sql\`select extract(year from day) from plan.plan join referral.referral r using (area)\`.execute(db)
export async function achieveGoals(db: Db): Promise<void> {
  await db.updateTable('plan.goal').set({ achieved: true }).execute()
}
`,
  'src/journey/plan/pages.tsx': `import { Button } from 'nhsuk-react-components'
import type { FormState } from '#platform/form/rules.ts'
import { Page } from '#platform/html/page.tsx'
import { routeOf } from './rules.ts'
export const ShowPlan = ({ problems }: FormState) => (
  <Page>
    <Button>{routeOf('gp') + problems.join()}</Button>
  </Page>
)
`,
  'src/journey/plan/routes.tsx': `import { text } from '#platform/form/fields.ts'
import { findReferral, type Referral } from '#journey/referral/store.ts'
import { listSteps } from '#journey/episode/store.ts'
import { recordStep } from '#journey/episode/store.ts'
import { ShowPlan } from './pages.tsx'
import { achieveGoals } from './store.ts'
export async function planRoutes(app: App): Promise<void> {
  app.post('/plans/:plan', { who: ['coach'], form: { goal: text() } }, async (request, reply) => {
    const found: Referral[] = await findReferral(request.db)
    await achieveGoals(request.db)
    await recordStep(request.db, listSteps(found))
    return reply.page(<ShowPlan problems={[]} />)
  })
}
`,
  'src/journey/self-referral/routes.ts': `import { saveReferral } from '#journey/referral/store.ts'
export const selfReferralRoutes = saveReferral
`,
  'src/journey/plan/routes.test.ts': `import { saveReferral } from '#journey/referral/store.ts'
import { aPlan } from '#test/app.ts'
it('a plan is shown', async () => { await saveReferral(await aPlan()) })
`,
  'src/app.ts': `import { planRoutes } from '#journey/plan/routes.tsx'\nexport const mounted = [planRoutes]\n`,
  'src/main.ts': `import { mounted } from './app.ts'\nawait Promise.all(mounted)\n`,
  'test/app.ts': `export class Unready extends Error {}\nexport const aPlan = async () => ({ id: '1' }) as const\n`,
}

/** The sample has every write that others may call, so that naming one more in the list does not make it unsound. */
export const soundFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(written).map(([path, text]) => [path, withNamedWrites(path, text)]),
)

function withNamedWrites(path: string, text: string): string {
  const missing = foreignWrites.filter(({ store, name }) => store === path && !text.includes(` ${name}`))
  return `${text.trimEnd()}${missing.map(({ name }) => `; export const ${name} = (db: Db) => db`).join('')}\n`
}
