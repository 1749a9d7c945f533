import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'

/** A score of a person that was typed in from paper; its id. */
export async function aPaperScore(app: TestApp, person: string): Promise<string> {
  const coach = await app.as(app.cast.coach)
  const day = { 'on-day': '1', 'on-month': '12', 'on-year': '2025' }
  const fields = { form: newId(), instrument: 'wsas', score: '24', 'filled-by': 'self', ...day }
  await coach.send(`/people/${person}/questionnaires/scores`, fields)
  const found = 'select id from questionnaires.answer where person = $1 and typed_in'
  return (await app.owner.query<{ id: string }>(found, [person])).rows[0]?.id ?? ''
}
