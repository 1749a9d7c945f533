import { careRoles } from '#platform/access/rules.ts'
import { optionalChoice, optionalWholeNumber, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { periodOn, setters } from '#journey/support/budget-limit/rules.ts'
import { listPeriods } from '#journey/support/budget-limit/store.ts'
import { standings, suppliers } from '#journey/support/budget/rules.ts'
import { Budget } from './pages.tsx'
import { addressOf, directions, type Filter, pageLength, sortings, wordsIn } from './rules.ts'
import { countSpend, listRequestsWhere } from './store.ts'

const query = {
  ...{ standing: optionalChoice(standings), supplier: optionalChoice(suppliers), page: optionalWholeNumber(1, 1000) },
  ...{ sort: optionalChoice(sortings), direction: optionalChoice(directions) },
}

/** The requests of the intervention budget, with what is left of it. */
export async function budgetListRoutes(app: App): Promise<void> {
  app.get('/budget', { who: careRoles, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, area, actor, now, today } = request
    const { standing, supplier, sort, direction, page: asked } = request.query
    const filter: Filter = { standing, supplier, sort: sort ?? 'asked', direction: direction ?? 'descending' }
    const page = asked ?? 1
    const period = periodOn(await listPeriods(db, area), today)
    const [found, spend] = await Promise.all([
      listRequestsWhere(db, actor, { filter, page }),
      period ? countSpend(db, area, period.id) : [],
    ])
    const requests = found.slice(0, pageLength)
    await request.read('budget.list', { codes: { shown: [...new Set(requests.map(({ person }) => person))] } })
    const newer = page > 1 ? addressOf(filter, page - 1) : undefined
    const older = found.length > pageLength ? addressOf(filter, page + 1) : undefined
    const maySet = setters.some((role) => role === actor.role)
    return reply.page(<Budget {...blank} {...{ requests, filter, period, spend, maySet, newer, older, now }} />)
  })
  // What is looked for may be a name, which no address holds.
  app.post('/budget', { who: careRoles, verb: 'list', reads: 'list', form: looking }, async (request, reply) => {
    const { db, area, actor, now, today, form } = request
    const period = periodOn(await listPeriods(db, area), today)
    const spend = period ? await countSpend(db, area, period.id) : []
    const around = { filter: usual, period, spend, maySet: setters.some((role) => role === actor.role), now }
    if (!form.ok) return reply.code(422).page(<Budget {...form} {...around} {...{ requests: [], ...noPages }} />)
    const words = wordsIn(form.value.words)
    const found = await listRequestsWhere(db, actor, { filter: usual, page: 1, words })
    const requests = found.slice(0, pageLength)
    await request.read('budget.list', { codes: { shown: [...new Set(requests.map(({ person }) => person))] } })
    const searched = { words: form.value.words, more: found.length > pageLength }
    return reply.page(<Budget {...form} {...around} {...{ requests, searched, ...noPages }} />)
  })
}

const looking = { words: text('Enter a word to look for', 100) }
const usual: Filter = { standing: null, supplier: null, sort: 'asked', direction: 'descending' }
const noPages = { newer: undefined, older: undefined }
