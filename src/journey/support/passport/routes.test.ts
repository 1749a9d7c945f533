import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const on = (name: string): Fields => ({ [`${name}-day`]: '5', [`${name}-month`]: '1', [`${name}-year`]: '2026' })

/** Somebody with a later start in place, a chair that was agreed, and a request that was declined. */
async function somebody() {
  app.clock.set('2026-01-05T10:00:00Z')
  const { person, episode } = await anEpisode(app, { givenName: 'Robin', familyName: `Marsh-${newId().slice(-6)}` })
  const coach = await app.as(app.cast.coach)
  const list = `/episodes/${episode}/adjustments`
  const add = async (kind: string, what: string, standing: string) => {
    const id = newId()
    await coach.send(list, { id, kind, what, askedBy: 'participant', ...on('asked') })
    const said = { standing, who: 'Ms Ray', reason: 'No money', ...on('on') }
    await coach.send(`${list}/${id}/steps`, { id: newId(), version: '1', ...said })
  }
  await add('hours', 'Starts at ten', 'in-place')
  await add('equipment', 'A chair with arms', 'agreed')
  await add('place', 'Works at home', 'declined')
  return { person, episode, coach, me: await app.asParticipant(person) }
}

const says = { id: newId(), introduction: 'I work best before noon.\nAsk me how I am.', version: '0' }

describe('An adjustment passport', () => {
  it('says what is in place and agreed, in its owner’s words, and nothing else', async () => {
    const { me, coach, episode } = await somebody()
    const written = await me.sendAndFollow('/my/passport/introduction', { ...says, id: newId() })
    const printed = await coach.open(`/episodes/${episode}/passport`)

    for (const { text } of [written, printed]) {
      expect(text).toMatch(
        /In my words I work best before noon. Ask me how I am. In place Flexible hours Starts at ten/,
      )
      expect(text).toMatch(/Agreed, and still to come Equipment A chair with arms Agreed on .*5 January 2026/)
      expect(text).not.toMatch(/Works at home|No money|Ms Ray/)
    }
  })

  it('is shown by a link to whoever has it, until its owner stops it, who sees how often it was opened', async () => {
    const { me } = await somebody()
    const id = newId()
    const made = await me.sendAndFollow('/my/passport/links', { id, lasts: 'month' })
    const address = /value="[^"]*(\/l\/north\.[\w-]{43})"/.exec(made.html)?.[1] ?? ''
    const stranger = app.visitor()
    const shown = await stranger.open(address)
    const seen = await me.open('/my/passport')
    await me.send(`/my/passport/links/${id}/withdrawal`)
    const stopped = await stranger.open(address)

    expect(shown.text).toMatch(/Adjustment passport .*Starts at ten.*A chair with arms/)
    expect(shown.text).not.toMatch(/Works at home|Ms Ray|Carol/)
    expect(shown.html).toMatch(/<title>Adjustment passport – /)
    expect(seen.text).toMatch(/Times opened: 1\./)
    expect([stopped.status, stopped.text]).toEqual([410, expect.not.stringContaining('Starts at ten')])
    expect(stopped.text).toContain('Only the person who gave you this link can give you a new one. Ask them.')
    expect(stopped.text).not.toMatch(/Ask for a new link|the team|You can also/)
  })

  it('is stopped from another tab as well, and once its time is over', async () => {
    const { me, person } = await somebody()
    const [stopped, over] = [newId(), newId()]
    for (const id of [stopped, over]) await me.send('/my/passport/links', { id, lasts: 'week' })
    await me.send(`/my/passport/links/${stopped}/withdrawal`)
    app.clock.pass({ hours: 24 * 8 })
    const again = await app.asParticipant(person)

    for (const id of [stopped, over]) {
      const second = await again.sendAndFollow(`/my/passport/links/${id}/withdrawal`)
      expect([second.status, second.text]).toEqual([200, expect.stringContaining('The link does not work any more')])
      expect((await again.open(`/my/passport/links/${id}`)).location).toBe('/my/passport')
    }
  })

  it('stops being shown when the time of its link is over', async () => {
    const { me } = await somebody()
    const without = await me.send('/my/passport/links', { id: newId() })
    const made = await me.sendAndFollow('/my/passport/links', { id: newId(), lasts: 'week' })
    const address = /value="[^"]*(\/l\/north\.[\w-]{43})"/.exec(made.html)?.[1] ?? ''
    app.clock.pass({ hours: 24 * 7 })

    expect(without.text).toContain('Choose for how long it should work')
    expect((await app.visitor().open(address)).status).toBe(410)
  })

  it('is shared by nobody but its owner', async () => {
    const [{ me, episode }, other] = [await somebody(), await somebody()]
    const id = newId()
    await me.send('/my/passport/links', { id, lasts: 'week' })
    const foreign = await app.as(app.cast.coachElsewhere)

    expect((await other.me.open(`/my/passport/links/${id}`)).status).toBe(404)
    expect((await other.me.send(`/my/passport/links/${id}/withdrawal`)).status).toBe(404)
    expect((await me.open(`/my/passport/links/${id}`)).status).toBe(200)
    expect((await foreign.open(`/episodes/${episode}/passport`)).status).toBe(404)
  })
})
