import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'
import { anEpisode } from './people/episode.ts'

let app: TestApp
let coach: Browser
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
})
afterAll(() => app.close())

/** A contact that a coach has logged, and the form it was logged on, still open in their browser. */
async function logged(note: string) {
  const { episode } = await anEpisode(app)
  const path = `/episodes/${episode}/contacts`
  const form = { id: newId(), way: 'mobile', result: 'no-answer', note }
  return { episode, path, form, first: await coach.send(path, form) }
}

const notesOf = async (episode: string) => {
  const { rows } = await app.owner.query<{ note: string }>(
    'select note from contact.contact where episode = $1 order by note',
    [episode],
  )
  return rows.map(({ note }) => note)
}

const idIn = (html: string) => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''

describe('Whoever goes back to a form that was taken', () => {
  it('and presses again has one entry', async () => {
    const { episode, path, form, first } = await logged('Left no message')
    const again = await coach.send(path, form)

    expect([first.status, again.status]).toEqual([303, 303])
    expect(await notesOf(episode)).toEqual(['Left no message'])
  })

  it('and changes it is told so, with all they typed, and keeps it beside the first by sending it once more', async () => {
    const { episode, path, form } = await logged('Left no message')
    const changed = await coach.send(path, { ...form, note: 'Left a message with her mother' })
    const before = await notesOf(episode)
    const once = await coach.send(path, { ...form, id: idIn(changed.html), note: 'Left a message with her mother' })

    expect(changed.status).toBe(422)
    expect(changed.text).toContain('This form was sent before with something else in it')
    expect(changed.text).toContain('Left a message with her mother')
    expect(before).toEqual(['Left no message'])
    expect(once.status).toBe(303)
    expect(await notesOf(episode)).toEqual(['Left a message with her mother', 'Left no message'])
  })

  it('is asked nothing where the first was not taken', async () => {
    const { episode } = await anEpisode(app)
    const path = `/episodes/${episode}/contacts`
    const form = { id: newId(), way: 'mobile', note: 'Rang twice' }
    const wrong = await coach.send(path, form)
    const right = await coach.send(path, { ...form, result: 'no-answer' })

    expect([wrong.status, right.status]).toEqual([422, 303])
    expect(await notesOf(episode)).toEqual(['Rang twice'])
  })

  it('has one entry and is told of the other where two pages of one form are sent at the same moment', async () => {
    const { episode } = await anEpisode(app)
    const path = `/episodes/${episode}/contacts`
    const form = { id: newId(), way: 'mobile', result: 'no-answer' }
    const answers = await Promise.all(['One', 'Other'].map((note) => coach.send(path, { ...form, note })))

    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    expect(await notesOf(episode)).toHaveLength(1)
  })

  it('leaves no word of it where it is remembered, and after a month nothing', async () => {
    const { form } = await logged('Her sister answered')
    const kept = async () =>
      (await app.owner.query<Record<string, unknown>>('select row_to_json(sent)::text as row from form.sent')).rows
    const before = await kept()
    app.clock.pass({ days: 31 })
    await app.inArea('north', async (db) =>
      app.product.jobs['form.forget-drafts']?.(db, { area: 'north' }, app.clock.now),
    )

    expect(before).not.toEqual([])
    expect(JSON.stringify(before)).not.toContain(form.id)
    expect(JSON.stringify(before)).not.toContain('sister')
    expect(await kept()).toEqual([])
  })
})
