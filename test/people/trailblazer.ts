import { newId } from '#platform/ids.ts'
import { dayOf } from '#platform/dates.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from './episode.ts'

/** The area takes part as a fit note trailblazer from the beginning. */
export async function asATrailblazer(app: TestApp): Promise<void> {
  await app.owner.query(
    `insert into areas.setting (area, name, from_on, value, set_at)
     values ('north', 'trailblazer', '2025-01-01', 'true', '2025-01-01') on conflict do nothing`,
  )
}

/** A day as a form sends it. */
export const datedOn = (name: string, day: Temporal.PlainDate): Fields => ({
  [`${name}-day`]: `${day.day}`,
  [`${name}-month`]: `${day.month}`,
  [`${name}-year`]: `${day.year}`,
})

type Made = Readonly<{ person?: string; familyName?: string; fields?: Fields }>

/** Somebody who asked their practice for a fit note today, in an area that takes part. */
export async function aFitNoteRequest(app: TestApp, { person: known, familyName, fields }: Made = {}) {
  await asATrailblazer(app)
  const person = known ?? (await anEpisode(app, familyName ? { familyName } : {})).person
  const coach = await app.as(app.cast.coach)
  const path = `/people/${person}/fit-note-requests`
  const sent = {
    ...{ id: newId(), came: 'practice', practice: 'Mill Lane Surgery', email: 'desk@mill-lane.example.org' },
    ...{ says: 'The mornings are the worst', ...datedOn('asked', dayOf(app.clock.now)), ...fields },
  }
  const answer = await coach.sendAndFollow(path, sent)
  return { person, coach, path, request: sent.id, sent, answer }
}

/** An open request of somebody, and where the practice of another is told of a result that it has not heard of. */
export async function askedForNotes(app: TestApp, person: string) {
  const { request: asked } = await aFitNoteRequest(app, { person })
  const { coach, path, request } = await aFitNoteRequest(app)
  const held = datedOn('held', dayOf(app.clock.now))
  await coach.send(`${path}/${request}/result`, { id: newId(), what: 'clinician', words: 'Pain', ...held })
  return { asked, toTell: `${path}/${request}/telling` }
}
