import { check, choice, id, mustTick, optionalText, related, text, optionalChoice } from '#platform/form/fields.ts'
import { again } from '#platform/form/again.ts'
import { blank, unseenProblems } from '#platform/form/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { languages } from '#platform/language/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { CannotAskEmployees, EmployeeWillBeAsked, ForEmployers } from './pages/form.tsx'
import { Decide, Deleted } from './pages/link.tsx'
import { employeeAnswers, employeeWays, saidProblems } from './rules.ts'
import { askEmployee, closeTo, deleteAsk, findAsk, goOn } from './store.ts'

const said = {
  givenName: text('Enter their first name', 60),
  familyName: text('Enter their last name', 60),
  way: choice(employeeWays, 'Select how we may write to them'),
  ...{ mobile: optionalText(40), email: optionalText() },
  language: optionalChoice(languages),
  employerName: text('Enter your name', 60),
  organisation: text('Enter your organisation', 100),
  employerEmail: text('Enter your email address'),
}
const fields = {
  id: id('Open this page again'),
  ...said,
  spoken: mustTick('Speak with them first, and tick this once they agree'),
}

const stranger = { who: 'anyone', area: 'path' } as const
// A whole office may share one address; more than this is no office.
const limit = { most: 30, minutes: 60 } as const

/** How an employer tells us whom we may ask. What comes of it is told to nobody. */
export async function askedByEmployerRoutes(app: App): Promise<void> {
  const path = '/in/:area/for-employers'
  app.get(path, stranger, async ({ db, area, today }, reply) => {
    const { isOpen, ...place } = await placeOf(db, area, today)
    if (!isOpen) return reply.code(503).page(<CannotAskEmployees {...place} />)
    return reply.page(<ForEmployers {...place} {...blank} id={newId()} />)
  })
  app.post(path, { ...stranger, form: fields, limit }, async (request, reply) => {
    const { db, area, today, now, form } = request
    const { isOpen, ...place } = await placeOf(db, area, today)
    if (!isOpen) return reply.code(503).page(<CannotAskEmployees {...place} />)
    const problems = [...form.problems, ...related(said, form.typed, saidProblems), ...unseenProblems(form.typed)]
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<ForEmployers {...place} {...again({ ...form, problems })} />)
    const { origin, secret } = app.settings
    await askEmployee(db, { area, id: form.value.id, said: form.value, now, origin, secret })
    // The same whatever came of it: that an employer used the form, and not who or about whom.
    await request.act('employer.asked')
    return reply.redirect(`/in/${area}/for-employers/thanks`)
  })
  app.get('/in/:area/for-employers/thanks', stranger, async ({ db, area, today }, reply) => {
    const { isOpen: _, ...place } = await placeOf(db, area, today)
    return reply.page(<EmployeeWillBeAsked {...place} />)
  })
}

async function placeOf(db: Db, area: string, today: Temporal.PlainDate) {
  const [found, settings] = [await findArea(db, area), await findSettings(db, area, today)]
  if (!found) throw new NotFound()
  return { area, areaName: found.name, phone: found.phone, isOpen: Boolean(settings.receivingOrganisation) }
}

type Deciding = Readonly<{ secret: string; form: Readonly<{ page: string; part: string }> }>

/** What the link of an employee opens: who told us of them, and what they want to do. */
export const employeesChoice = ({ secret, form }: Deciding): LinkPurpose => ({
  title: 'Saying whether you want help',
  onlyOnce: true,
  show: async ({ db, params, now }, reply, { area, subject }) => {
    const [found, ask] = [await findArea(db, area), await findAsk(db, area, subject ?? '', now)]
    if (!found || !ask) throw new NotFound()
    return reply.page(<Decide {...ask} areaName={found.name} action={`/l/${params.link}`} />)
  },
  answer: async (request, reply, { area, subject }) => {
    const { db, owner, now, params } = request
    const [found, ask] = [await findArea(db, area), await findAsk(db, area, subject ?? '', now)]
    if (!found || !ask) throw new NotFound()
    const sent = check({ answer: choice(employeeAnswers, 'Choose what you want to do') }, request.form.typed)
    if (!sent.ok) return reply.code(422).page(<Decide {...ask} areaName={found.name} action={`/l/${params.link}`} />)
    const { answer } = sent.value
    if (answer === 'yes') {
      await goOn({ db, area, owner, now }, ask, form)
      return reply.redirect(`/in/${area}/refer-yourself/${form.part}`)
    }
    if (answer === 'never') await closeTo(db, { area, ask: ask.id, now, secret })
    await deleteAsk(db, { area, ask: ask.id, now })
    return reply.page(<Deleted {...{ area }} areaName={found.name} never={answer === 'never'} />)
  },
})
