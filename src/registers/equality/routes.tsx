import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findPerson, saveEquality } from '#registers/people/store.ts'
import { Equality } from './pages.tsx'
import { answered, givenNow, questions } from './rules.ts'
import { listEquality } from './store.ts'

const fields = {
  sex: optionalChoice(questions.sex.list),
  gender: optionalChoice(questions.gender.list),
  ethnicity: optionalChoice(questions.ethnicity.list),
  disability: optionalChoice(questions.disability.list),
  condition_lasting: optionalChoice(questions.condition_lasting.list),
  condition_limiting: optionalChoice(questions.condition_limiting.list),
  caring: optionalChoice(questions.caring.list),
  veteran: optionalChoice(questions.veteran.list),
  version: version(),
}
const rule = { who: careRoles, verb: 'edit' } as const

/** Questions about who somebody is that are only ever counted. */
export async function equalityRoutes(app: App): Promise<void> {
  app.get('/people/:person/equality', { ...rule, reads: 'record' }, async (request, reply) => {
    const about = await around(request)
    await request.read('equality.form', { person: about.person.id })
    return reply.page(<Equality {...blank} {...about} />)
  })
  app.post('/people/:person/equality', { ...rule, form: fields }, async (request, reply) => {
    const { db, area, form, now } = request
    const about = await around(request)
    if (!form.ok) return reply.code(422).page(<Equality {...form} {...about} />)
    const { version: seen, ...given } = form.value
    const answers = givenNow(given)
    const set = { ...answers, asked_at: now }
    if (!(await saveEquality(db, { area, person: about.person.id, seen, set })))
      return reply.code(409).page(<Equality {...form} {...await around(request)} />)
    await request.act('equality.answered', { person: about.person.id, codes: { questions: Object.keys(answers) } })
    request.flash('Saved')
    return reply.redirect(`/people/${about.person.id}/details`)
  })
}

type Asked = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ person: string }> }>

async function around({ db, area, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person, 'edit')
  if (!person) throw new NotFound()
  const rows = await listEquality(db, area, person.id)
  const known = [...new Set(rows.flatMap((row) => answered(row)))]
  // Answers are kept on the record that is open, beside what was answered on one that was merged into it.
  const own = rows.find((row) => row.person === person.id)
  return { person, known, askedAt: rows[0]?.asked_at, version: own?.version ?? 0 }
}
