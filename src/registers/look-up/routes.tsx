import { careRoles } from '#platform/access/rules.ts'
import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalText } from '#platform/form/fields.ts'
import { blank, type Checked, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { isRunning } from '#registers/areas/rules.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import { MyArea } from './pages/public.tsx'
import { WhichArea } from './pages/staff.tsx'
import { type Asked, saysNothing } from './rules.ts'
import { type Came, findAreas, listQuestions } from './store.ts'

const lookers = [...careRoles, 'area-lead', 'council-lead', 'national-team', 'system-administrator'] as const

const asking = {
  postcode: optionalText(40),
  council: optionalText(40),
  practice: optionalText(),
  practiceCode: optionalText(10),
  jobcentre: optionalText(40),
}

/** "Is WorkWell in my area?" for anybody, and the same question of somebody else for staff. Nothing typed is kept. */
export async function lookUpRoutes(app: App): Promise<void> {
  const elsewhere = (db: Db, area: string) => app.databases.everywhereFrom(db, area === '' ? undefined : area)
  app.get('/my-area', { who: 'anyone' }, async ({ db, area, today }, reply) => {
    const questions = await listQuestions(db, elsewhere(db, area), today)
    return reply.page(<MyArea {...blank} {...questions} areas={[]} practices={[]} />)
  })
  app.post('/my-area', { who: 'anyone', form: asking, unjournaled: true }, async ({ db, area, today, form }, reply) => {
    const everywhere = elsewhere(db, area)
    const [questions, areas] = await Promise.all([listQuestions(db, everywhere, today), listEveryArea(everywhere)])
    const running = areas.filter((one) => isRunning(one, today))
    const came = await answerTo({ db, everywhere, form, today })
    const page = <MyArea typed={form.typed} {...questions} {...came} areas={running} />
    return reply.code(came.problems.length > 0 ? 422 : 200).page(page)
  })
  app.get('/places/look-up', { who: lookers }, async ({ db, area, today }, reply) =>
    reply.page(<WhichArea {...blank} {...await listQuestions(db, elsewhere(db, area), today)} practices={[]} />),
  )
  const staff = { who: lookers, form: asking, unjournaled: true } as const
  app.post('/places/look-up', staff, async ({ db, area, today, form }, reply) => {
    const everywhere = elsewhere(db, area)
    const questions = await listQuestions(db, everywhere, today)
    const came = await answerTo({ db, everywhere, form, today })
    const page = <WhichArea typed={form.typed} {...questions} {...came} />
    return reply.code(came.problems.length > 0 ? 422 : 200).page(page)
  })
}

type Answering = Readonly<{ db: Db; everywhere: Everywhere; form: Checked<Asked>; today: Temporal.PlainDate }>

async function answerTo({ db, everywhere, form, today }: Answering): Promise<Came> {
  if (!form.ok) return { problems: form.problems, practices: [] }
  if (saysNothing(form.value)) return { problems: [sayOne], practices: [] }
  return findAreas(db, everywhere, form.value, today)
}

const sayOne: Problem = { field: 'postcode', message: 'Enter a postcode, or one of the others' }
