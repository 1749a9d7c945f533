import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { dayFields } from './employer.ts'
import { aPaperScore } from './paper.ts'

/** What a manager enters to register a pilot of shorter talks for whoever comes back to their job, for all of 2026. */
export const aPilotForm = (more: Fields = {}): Fields => ({
  ...{ id: newId(), name: 'Short talks', tried: 'A short call each week instead of a long one each month' },
  ...{ wording: 'We would like to try shorter talks with you. You can say no, and nothing else changes.' },
  ...{ measured: 'rulers', allotting: 'alternate', planTypes: 'return-to-work' },
  ...{ ...dayFields('from', '2026-01-01'), ...dayFields('until', '2026-12-31') },
  ...more,
})

/** Somebody with a plan to come back to their job is asked to take part in a pilot, which is one of the area that joined one of all. */
async function askedToTry(app: TestApp, episode: string): Promise<string> {
  const offered = aPilotForm({ name: 'Shorter and more often' })
  await (await app.as(app.cast.nationalTeam)).send('/pilots/offered', offered)
  const pilot = await aPilot(app, { offered: String(offered['id']) })
  await (await app.as(app.cast.coach)).send(`/episodes/${episode}/pilots/${pilot}/invitation`)
  return pilot
}

/** A pilot of the area that is under way; its id. */
export async function aPilot(app: TestApp, more: Fields = {}): Promise<string> {
  const fields = aPilotForm(more)
  await (await app.as(app.cast.manager)).send('/pilots', fields)
  return String(fields['id'])
}

/** A pilot that somebody is asked about, and a score of theirs that was typed in from paper. */
export async function triedAndTyped(app: TestApp, { person, episode }: Readonly<{ person: string; episode: string }>) {
  return { pilot: await askedToTry(app, episode), answer: await aPaperScore(app, person) }
}
