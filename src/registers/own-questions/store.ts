import type { Db } from '#platform/database/transaction.ts'
import type { Chosen } from '#registers/instruments/rules.ts'
import { readingOf } from '#registers/questionnaires/rules.ts'
import { saveAnswer } from '#registers/questionnaires/store.ts'
import type { OwnInstrument } from './rules.ts'

/** The organisation whose people on duty look after a person now; the one that has held the record longest of several. */
export async function findHolder(db: Db, area: string, person: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('people.holder')
    .select('organisation')
    .where('area', '=', area)
    .where('person', '=', person)
    .where('until', 'is', null)
    .orderBy('since')
    .limit(1)
    .executeTakeFirst()
  return found?.organisation
}

type Sent = Readonly<{
  area: string
  person: string
  asked: readonly OwnInstrument[]
  chosen: readonly Chosen[]
  episode: string
  form: string
  at: Temporal.Instant
}>

/** Keeps what somebody answered by themselves, and says whether an answer asks for somebody, for the first time or again. */
export async function saveAnswers(db: Db, { asked, chosen, episode: askedFor, ...sent }: Sent) {
  let alert: 'none' | 'new' | 'known' = 'none'
  for (const [index, { whole }] of asked.entries()) {
    const answers = chosen[index] ?? {}
    if (Object.keys(answers).length === 0) continue
    const reading = readingOf(whole, answers)
    const { code: instrument, version, canonical } = whole
    const by = { answeredBy: 'self', recordedBy: null } as const
    const fresh = await saveAnswer(db, {
      ...{ ...sent, ...by, askedFor, instrument, version, canonical },
      ...{ chosen: answers, reading },
    })
    if (reading.alert) alert = fresh ? 'new' : 'known'
  }
  return alert
}
