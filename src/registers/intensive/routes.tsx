import type { Db } from '#platform/database/transaction.ts'
import { isFor } from '#platform/access/rules.ts'
import { choices, codes, day, optionalText, optionalWholeNumber, text } from '#platform/form/fields.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { decisionsVersion, withBefore } from '#registers/areas/rules.ts'
import { holdArea, listDecisions, saveDecision } from '#registers/areas/store.ts'
import { workStandings } from '#registers/listing/rules.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { DecideEntry, IntensiveProgrammes, OneIntensive } from './pages.tsx'
import {
  decisionName,
  type Intensive,
  type LocalEntry,
  localInWords,
  needsTyped,
  nothingDecided,
  problemsWithNeeds,
  rulesOn,
} from './rules.ts'
import { findIntensive, listIntensive, listLocalEntry, localFrom } from './store.ts'

const deciders = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const
const deciding = { who: deciders, draft: 'intensive-decisions' } as const

const fields = {
  leastAge: optionalWholeNumber(10, 99),
  works: choices(workStandings),
  councils: codes(),
  needs: optionalText(1600),
  from: day('Enter the day from which this holds'),
  reason: text('Enter on what it is based', 400),
  version: text('Open this page again from the programme'),
}

type Council = Readonly<{ code: string; name: string }>

/** What a later stage answers: the councils whose people the area takes. */
export type IntensiveQuestions = Readonly<{
  councils: (db: Db, area: string, on: Temporal.PlainDate) => Promise<readonly Council[]>
}>

/** The intensive programmes with their entry rules, and what the area decides of what these leave open. */
export function intensiveRoutes({ councils }: IntensiveQuestions) {
  return async (app: App): Promise<void> => {
    app.get('/intensive-programmes', { who: 'signed-in' }, async (_request, reply) =>
      reply.page(<IntensiveProgrammes programmes={listIntensive()} />),
    )
    app.get('/intensive-programmes/:intensive', { who: 'signed-in' }, async (request, reply) => {
      const { db, area, today, actor, params } = request
      const programme = programmeOf(params.intensive)
      const [local, served] = [await listLocalEntry(db, area, today), await councils(db, area, today)]
      const shown = {
        programme,
        rules: rulesOn(programme, today),
        local: local(programme.code),
        named: namesIn(served),
      }
      return reply.page(<OneIntensive {...shown} mayDecide={isFor(deciders, actor.role)} />)
    })
    decidingRoutes(app, councils)
  }
}

function decidingRoutes(app: App, councils: IntensiveQuestions['councils']): void {
  const path = '/intensive-programmes/:intensive/decisions'
  app.get(path, deciding, async (request, reply) => {
    const shown = await surroundings(request, programmeOf(request.params.intensive), councils)
    return reply.page(<DecideEntry {...shown} {...request.form} />)
  })
  app.post(path, { ...deciding, form: fields }, async (request, reply) => {
    const { db, area, form, actor, now } = request
    const programme = programmeOf(request.params.intensive)
    await holdArea(db, area)
    const shown = await surroundings(request, programme, councils)
    const wrong = (problems: readonly Problem[], status = 422) =>
      reply.code(status).page(<DecideEntry {...shown} typed={form.typed} problems={problems} />)
    if (!form.ok) return wrong(form.problems)
    const { from, reason, version: seen, needs, ...chosen } = form.value
    const value: LocalEntry = { ...chosen, needs: needsTyped(needs) }
    const problems = [...problemsWithNeeds(value.needs), ...unknownIn(value, shown.councils)]
    if (problems.length > 0) return wrong(problems)
    if (seen !== shown.version) return wrong([], 409)
    const name = decisionName(programme.code)
    await saveDecision(db, { area, name, value, fromOn: from, reason, by: actor.membership, at: now })
    await request.act('area.setting', { codes: { name, from: from.toString() } })
    request.flash('Saved. What held before stays in the history.')
    return reply.redirect(`/intensive-programmes/${programme.code}`, 303)
  })
}

function programmeOf(code: string): Intensive {
  const programme = findIntensive(code)
  if (!programme) throw new NotFound()
  return programme
}

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

async function surroundings({ db, area, today }: Asking, programme: Intensive, served: IntensiveQuestions['councils']) {
  const [local, decisions, members, councils] = await Promise.all([
    listLocalEntry(db, area, today),
    listDecisions(db, area, [decisionName(programme.code)]),
    listMemberNames(db, area),
    served(db, area, today),
  ])
  return {
    ...{ programme, local: local(programme.code), version: decisionsVersion(decisions), from: today },
    councils: Object.fromEntries(councils.map(({ code, name }) => [code, { label: name }])),
    decisions: withBefore(decisions).map((one) => ({
      ...one,
      before: one.before ?? nothingDecided,
      byName: members.get(one.set_by ?? '') ?? null,
    })),
    decidedAs: (value: unknown) => localInWords(localFrom(value), namesIn(councils)) || 'Nothing',
  }
}

const namesIn =
  (councils: readonly Council[]) =>
  (wanted: string): string =>
    councils.find(({ code }) => code === wanted)?.name ?? wanted

const unknownIn = ({ councils }: LocalEntry, known: Readonly<Record<string, unknown>>): Problem[] =>
  councils.every((code) => code in known) ? [] : [{ field: 'councils', message: 'Choose councils from the list' }]
