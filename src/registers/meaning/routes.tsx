import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, text } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { WordsThatMeanTheSame } from './pages.tsx'
import { phrasesIn, phraseProblems } from './rules.ts'
import { endSameWords, listSameWords, listSuppliedWords, saveSameWords } from './store.ts'

const deciders = ['administrator', 'service-manager', 'system-administrator'] as const
const form = { id: id('Open this page again'), words: text('Enter words or phrases that mean the same', 500) }

/** The words that mean the same to whoever looks for a service, as an area adds to them. */
export async function meaningRoutes(app: App): Promise<void> {
  app.get('/services/words', { who: 'signed-in' }, async (request, reply) =>
    reply.page(<WordsThatMeanTheSame {...await shownTo(request)} {...blank} />),
  )

  app.post('/services/words', { who: deciders, form }, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const again = async (state: FormState) =>
      reply.code(422).page(<WordsThatMeanTheSame {...await shownTo(request)} {...state} />)
    if (!request.form.ok) return again(request.form)
    const words = phrasesIn(request.form.value.words)
    const problems = phraseProblems(words)
    if (problems.length > 0) return again({ typed: request.form.typed, problems })
    await saveSameWords(db, { area, id: request.form.value.id, words, by: actor.membership, at })
    await request.act('services.words-added', { subject: request.form.value.id })
    request.flash('Added. Searches find by them from now on.')
    return reply.redirect('/services/words', 303)
  })

  app.post('/services/words/:words/removal', { who: deciders }, async (request, reply) => {
    const { db, area, actor, now: at, params } = request
    const isId = form.id.safeParse(params.words).success
    if (!isId || !(await endSameWords(db, { area, id: params.words, by: actor.membership, at }))) throw new NotFound()
    await request.act('services.words-taken-out', { subject: params.words })
    request.flash('Taken out.')
    return reply.redirect('/services/words', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor }>

async function shownTo({ db, area, actor }: Asking) {
  const decides = deciders.some((one) => one === actor.role)
  return { id: newId(), own: await listSameWords(db, area), supplied: listSuppliedWords(), decides }
}
