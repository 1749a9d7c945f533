import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isTakenBack } from '#registers/questionnaires/store.ts'
import { isToldAlong } from '#journey/brought-along/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Answered } from './rules.ts'

/** What was answered to questionnaires, form by form. Ask findPerson before: it decides who may know. */
export async function listAnswersOnTimeline(db: Db, asked: Asked) {
  const forms = db
    .selectFrom('questionnaires.answer as answer')
    .select(['answer.form as id', 'answer.answered_at as at', 'answer.person', 'answer.recorded_by'])
    .select(sql<boolean>`answer.answered_by = 'self'`.as('byThemselves'))
    .select(sql<boolean>`bool_and(${isTakenBack(asked.area, 'answer.id')})`.as('takenBack'))
    .select(
      // Checked: written by the questionnaires register from what was chosen.
      sql<Answered['results']>`jsonb_agg(jsonb_build_object('instrument', answer.instrument, 'score', answer.score,
        'band', answer.band, 'items', answer.items) order by answer.id)`.as('results'),
    )
    .where('answer.area', '=', asked.area)
    .where(isAnyOf('answer.person', asked.people))
    .groupBy(['answer.form', 'answer.answered_at', 'answer.person', 'answer.recorded_by', 'answer.answered_by'])
    .as('form')
  const query = db
    .selectFrom(forms)
    .select(['form.id', 'form.at', 'form.person', 'form.byThemselves', 'form.takenBack', 'form.results'])
    .select(findNameOf(asked.area, 'form.recorded_by').as('by'))
    .where((is) => is.or([is('form.takenBack', '=', true), is.not(isToldAlong(asked.area, 'form.id'))]))
  return readNewest(query, { at: 'form.at', id: 'form.id' }, asked).execute()
}
