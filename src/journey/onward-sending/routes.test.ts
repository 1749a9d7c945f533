import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { answersAt } from '#platform/mailbox/rules.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aDraftedOnward, aSentOnward, onwardLink } from '#test/people/onward.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** How it stands and why, before any work of the queue is done. */
const standingOf = async (person: string) => {
  const [onward] = await app.inArea('north', (db) => listOnwardOf(db, 'north', [person]))
  return [onward?.state, onward?.events.at(-1)?.reason]
}
const opened = async (onward: string) => (await app.visitor().open(await onwardLink(app, onward))).status

describe('A service that was closed since it was shown', () => {
  const closes = (service: string) =>
    app.owner.query(`update services.service set document = document || '{"validUntil":"2026-01-02"}' where id = $1`, [
      service,
    ])

  it('is not asked: the coach is told with what they typed, and nothing is kept', async () => {
    const { person, onward, service, browser } = await aDraftedOnward(app)
    await closes(service)
    const said = { id: newId(), how: 'telephone', answer: 'yes', version: '1', note: 'Glad of it' }
    const page = await browser.send(`/onward/${onward}/showing`, said)

    expect([page.status, page.text.includes('is closed'), page.html.includes('Glad of it')]).toEqual([422, true, true])
    expect((await standingOf(person))[0]).toBe('drafted')
  })

  it('is sent nothing when the person says yes themselves: the yes is kept, and their coach reads why', async () => {
    const { person, onward, service, browser } = await aDraftedOnward(app)
    await browser.send(`/onward/${onward}/showing`, { id: newId(), how: 'message', version: '1' })
    await closes(service)
    const me = await app.asParticipant(person)
    const read = Number(/name="read" value="(\d+)"/.exec((await me.open(`/my/services/${onward}`)).html)?.[1])
    const done = await me.send(`/my/services/${onward}`, { id: newId(), read: `${read}`, answer: 'yes' })

    expect(done.text).toContain('Nothing is sent for now')
    expect((await standingOf(person))[0]).toBe('agreed')
    expect((await browser.open(`/onward/${onward}`)).text).toContain('They said yes, and nothing was sent')
  })
})

describe('A yes to a service that is taken back', () => {
  it('ends it and closes its link in the moment in which a participant says no', async () => {
    const { person, onward } = await aSentOnward(app)
    const me = await app.asParticipant(person)
    const before = [await standingOf(person), await opened(onward)]
    await me.send('/my/agreements/onward', { form: newId(), given: 'no' })

    expect(before).toEqual([['sent', null], 200])
    expect([await standingOf(person), await opened(onward)]).toEqual([['withdrawn', 'permission'], 410])
  })

  it('ends it at once when the coach writes down that they withdraw from everything, and for nobody else', async () => {
    const [one, other] = [await aSentOnward(app), await aSentOnward(app)]
    const page = await one.browser.open(`/people/${one.person}/withdrawal`)
    const sent = await one.browser.send(`/people/${one.person}/withdrawal`, { form: newId(), how: 'telephone' })

    expect([page.status, sent.status]).toEqual([200, 303])
    expect([await standingOf(one.person), await opened(one.onward)]).toEqual([['withdrawn', 'permission'], 410])
    expect([await standingOf(other.person), await opened(other.onward)]).toEqual([['sent', null], 200])
  })

  it('ends it at once when they stop their support', async () => {
    const { person, onward } = await aSentOnward(app)
    const me = await app.asParticipant(person)
    await me.send('/my/leaving', { id: newId(), wish: 'stop' })

    expect([await standingOf(person), await opened(onward)]).toEqual([['withdrawn', 'permission'], 410])
  })

  it('lets support go on that waited for it', async () => {
    const { person, onward, episode, browser } = await aSentOnward(app, { name: 'Anchor advice' })
    const today = app.clock.now.toZonedDateTimeISO('Europe/London').toPlainDate()
    const day = (name: string, on: Temporal.PlainDate) => ({
      ...{ [`${name}-day`]: `${on.day}`, [`${name}-month`]: `${on.month}`, [`${name}-year`]: `${on.year}` },
    })
    const waits = { id: newId(), waits: 'service', whom: 'Anchor advice' }
    const form = { ...waits, ...day('since', today), ...day('check', today.add({ days: 14 })) }
    await browser.send(`/episodes/${episode}/pause`, form)
    const stage = async () =>
      (await app.owner.query('select stage from episode.standing where episode = $1', [episode])).rows[0]?.stage
    const before = await stage()
    const me = await app.asParticipant(person)
    await me.send(`/my/services/${onward}/withdrawal`, { id: newId() })

    expect([before, await stage()]).toEqual(['waiting', 'assessed'])
  })
})

describe('What a service is written', () => {
  const wordsTo = async (own: TestApp, onward: string) => {
    const { rows } = await own.owner.query('select body from notify.message where about = $1 order by id', [onward])
    return String(rows[0]?.body)
  }

  it('offers an answer by email where the area reads answers in a mailbox, with the words and what not to write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workwell-answers-'))
    const north = { address: 'answers@north.example', folder }
    const own = await startApp({ WORKWELL_MAILBOXES: JSON.stringify({ north }) })
    const { onward } = await aSentOnward(own)
    const words = await wordsTo(own, onward)
    await own.close()

    expect(words).toContain('answer this email with one word on the first line: YES, WAIT, NO, STARTED or ENDED.')
    expect(words).toMatch(/The link works until [^\n]*\.\n\nOnce you have read it/)
    expect(words).toContain('Write no names and nothing about anybody’s health')
    expect(words).not.toMatch(/Robin|Marsh|rent|debt/i)
  })

  it('offers none where nobody reads them', async () => {
    const { onward } = await aSentOnward(app)

    expect(await wordsTo(app, onward)).toMatch(/The link works until [^\n]*\.$/)
  })

  it('offers none where the emails of the area bring along another address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workwell-answers-'))
    const mailboxes = {
      north: { address: 'answers@north.example', at: { folder }, taken: 'taken', unread: 'not-read' },
    }
    const account = { url: 'https://notify.example', service: 's', secret: 's', callbackToken: undefined }
    const asked = (replyTo?: string) => {
      const shared = { ...account, templates: { email: 'e' }, ...(replyTo === undefined ? {} : { replyTo }) }
      return answersAt({ mailboxes, environment: 'production', home: '', notify: { shared, ofArea: {} } }, 'north')
    }

    expect([asked(), asked('an id')]).toEqual([undefined, 'answers@north.example'])
  })
})
