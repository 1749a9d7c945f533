import type { TestApp } from '#test/app.ts'
import { anEpisode } from './episode.ts'

const due = (on: string) => [[{ kind: 'due', what: 'contact', on: Temporal.PlainDate.from(on) }, 0]] as const

/** People of the coach (one overdue, one due today), of a colleague, of another provider, and one whom nobody looks after. */
export async function someToLookAfter(app: TestApp): Promise<void> {
  const late = { steps: due('2026-01-02') }
  await anEpisode(app, { ...late, givenName: 'Olive', familyName: 'Overdue' })
  await anEpisode(app, { steps: due('2026-01-05'), givenName: 'Tom', familyName: 'Today' })
  await anEpisode(app, { givenName: 'Una', familyName: 'Unallocated', unallocated: true })
  await anEpisode(app, { ...late, coach: app.cast.otherCoach, givenName: 'Col', familyName: 'Colleague' })
  await anEpisode(app, { ...late, coach: app.cast.providerCoach, givenName: 'Pru', familyName: 'Provider' })
}
