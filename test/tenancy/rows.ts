import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Parts } from './walk.ts'

/**
 * Where the rows stand that a part of an address means. Two routes may call different things the same: then the address up
 * to the part says which.
 */
const aboutPeople: Readonly<Record<string, string>> = {
  note: 'fit_note.note',
  sent: 'plan_offer.offer',
  'emails/:email': 'emailed_answer.email',
  'adjustments/:adjustment/steps/:step': 'adjustments.step',
  'job-search/:help/steps/:step': 'job_search.step',
  'requests/:paid/steps/:step': 'budget.step',
  sentence: 'employer.sentence',
  talk: 'employer.talk',
  'team/decisions/:decision': 'team.decision',
  'supervision-decisions/:decision': 'supervision.decision',
  entry: 'log.entry',
  asking: 'questionnaires.asking',
}
const aboutTheArea: Readonly<Record<string, string>> = {
  arrangement: 'organisations.sharing',
  hours: 'availability.hours',
  exception: 'availability.exception',
  approver: 'budget_limit.approver',
  capacity: 'capacity.capacity',
  pack: 'instruments.pack',
  duty: 'safety_arrangement.duty',
  client: 'clients.client',
  recordsSystem: 'launch.system',
  'reply-addresses/:address': 'reply_address.address',
  reply: 'reply.reply',
  event: 'webhook_event.event',
  absence: 'absence.absence',
  question: 'return.question',
  words: 'meaning.same_words',
}

/** A row for each part that nothing else names. About somebody there has to be one; of an area's own a number will do. */
export async function rowsMeant({ owner }: TestApp): Promise<Parts> {
  const parts: Record<string, string> = {
    month: '2025-12',
    sheet: 'referrals',
    job: '1',
    system: 'vision',
    format: 'txt',
  }
  const none: string[] = []
  for (const [part, table] of Object.entries({ ...aboutPeople, ...aboutTheArea })) {
    const { rows } = await owner.query<{ id: string }>(`select id::text from ${table} order by id limit 1`)
    if (!rows[0] && part in aboutPeople) none.push(table)
    parts[part] = rows[0]?.id ?? newId()
  }
  if (none.length > 0) throw new Error(`The area at work has no row of ${none.join(', ')}`)
  return parts
}
