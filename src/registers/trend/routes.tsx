import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { asAsked, type Instrument } from '#registers/instruments/rules.ts'
import { findMargins, listPacks } from '#registers/instruments/store.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { labelOf, suppliedAs } from '#registers/questionnaires/rules.ts'
import { listAnswersOf } from '#registers/questionnaires/store.ts'
import { scoringOf } from '#registers/scoring/rules.ts'
import { Trend } from './pages.tsx'
import { seriesOf } from './rules.ts'

const who = ['coach', 'senior-coach', 'clinician', 'service-manager'] as const

/** What a person answered to one questionnaire, over time. */
export async function trendRoutes(app: App): Promise<void> {
  const rule = { who, verb: 'open', reads: 'record' } as const
  app.get('/people/:person/questionnaires/:instrument/trend', rule, async (request, reply) => {
    const { db, area, actor, params } = request
    const person = await findPerson(db, actor, params.person)
    const known = await instrumentOf(db, area, params.instrument)
    if (!person || !known) throw new NotFound()
    const { instrument, maps, margin } = known
    const all = await listAnswersOf(db, area, person.id)
    await request.read('questionnaires.trend', { person: person.id, codes: { instrument: instrument.code } })
    const answers = all.filter((answer) => answer.instrument === instrument.code && answer.takenBack === null)
    const scoring = scoringOf(instrument.code)
    const shown = { label: labelOf(instrument.code), margin, scored: scoring !== undefined }
    return reply.page(
      <Trend
        {...shown}
        person={{ id: person.id, name: calledName(person) }}
        series={seriesOf({ instrument, answers, maps, margin })}
        source={scoring?.source ?? instrument.source}
      />,
    )
  })
}

/** The newest wording of an instrument, or none of its wording where only a score is known here. */
async function instrumentOf(db: Db, area: string, code: string) {
  const [packs, margins] = await Promise.all([listPacks(db, area), findMargins(db, area)])
  const pack = packs.find((one) => one.code === code)
  const scoring = scoringOf(code)
  const wordless = { code, label: labelOf(code), version: 0, canonical: code, lede: '', source: '', items: {} }
  const instrument: Instrument | undefined = suppliedAs(code) ?? (pack ? asAsked(pack) : scoring ? wordless : undefined)
  const maps = packs.flatMap(({ content }) => content.contained ?? [])
  return instrument && { instrument, maps, margin: margins.has(code) ? margins.get(code) : scoring?.change }
}
