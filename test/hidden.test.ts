import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFor } from '#platform/access/rules.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { startApp, type TestApp } from './app.ts'
import type { Member } from './cast.ts'
import { anEpisode } from './people/episode.ts'

let app: TestApp
let person = ''
let episode = ''
beforeAll(async () => {
  app = await startApp()
  const spell = await anEpisode(app, { givenName: 'Hildegard', familyName: 'Verborgen' })
  person = spell.person
  episode = spell.episode
  const home = { address: '9 Secret Row, Leeds', postcode: 'LS29 9ZZ' }
  await app.owner.query('update people.person set address = $2, postcode = $3 where id = $1', [
    person,
    ...Object.values(home),
  ])
  await app.owner.query(`update people.means set value = '07700 900987' where person = $1`, [person])
  await fill()
})
afterAll(() => app.close())

/** Everything that puts somebody on a list: a concern, an outing, a letter, a text, and then the restriction. */
async function fill(): Promise<void> {
  const coach = await app.as(app.cast.coach)
  const day = (name: string) => ({ [`${name}-day`]: '5', [`${name}-month`]: '1', [`${name}-year`]: '2026' })
  const concern = { id: randomUUIDv7(), kind: 'self-harm', seen: 'Rang in tears', done: 'Rang back' }
  await coach.send(`/episodes/${episode}/concerns`, { ...concern, ...day('next-look-on') })
  const outing = { id: randomUUIDv7(), episode, place: '9 Secret Row', leaves: '9:30', back: '18:00', ...day('on') }
  await coach.send('/outings', outing)
  const message = { area: 'north', person, kind: 'note.reminder', allowedBy: 'asked-for', now: app.clock.now } as const
  await app.inArea('north', async (db) => {
    await sendMessage(db, { ...message, channel: 'letter', address: '9 Secret Row\nLeeds', body: 'Hello' })
    await sendMessage(db, { ...message, channel: 'text', address: '07700 900987', body: 'Hello' })
  })
  const { manager, coach: named } = app.cast
  const restriction = { reason: 'at-risk', note: 'Her brother', version: '1' }
  const both = [manager.membership, named.membership]
  await (await app.as(manager)).send(`/people/${person}/restriction`, { ...restriction, named: both })
}

// What would give away where somebody is or how they are reached, however it is written.
const contact = /07700 ?900987|Secret Row|LS29 ?9ZZ/i
const name = /Hildegard|Verborgen/

/** Every page, file and export that stands by itself, for somebody it is meant for: lists, searches, batches. */
const listsFor = (member: Member) =>
  app.product.lines
    .filter(({ method, path, rule }) => method === 'GET' && !/[:*]/.test(path) && isFor(rule.who, member.role))
    .map(({ path }) => path)

describe('A restricted record', () => {
  it('shows no contact data on any list, export or print, not even to those who are named', async () => {
    const found: string[] = []
    for (const member of [app.cast.manager, app.cast.coach]) {
      const browser = await app.as(member)
      for (const path of listsFor(member)) {
        const { text, html } = await browser.open(path)
        if (contact.test(text) || contact.test(html)) found.push(`${member.role} ${path}`)
      }
      const search = await browser.send('/people/search', { search: 'Verborgen' })
      expect(search.text).toMatch(name)
      if (contact.test(search.html)) found.push(`${member.role} search`)
    }

    // A colleague who is out has said where: who may open the record may know it, and nobody else.
    expect(found.filter((one) => !one.endsWith(' /outings'))).toEqual([])
  })

  it('is not there at all for those who are not', async () => {
    const found: string[] = []
    for (const member of [app.cast.otherCoach, app.cast.administrator, app.cast.clinician]) {
      const browser = await app.as(member)
      for (const path of listsFor(member)) {
        const { text, html } = await browser.open(path)
        if (name.test(text) || contact.test(html) || html.includes(person)) found.push(`${member.role} ${path}`)
      }
      const search = await browser.send('/people/search', { search: 'Verborgen' })
      if (search.html.includes(person)) found.push(`${member.role} search`)
    }

    expect(found).toEqual([])
  })
})
