import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import type { Switch } from './rules.ts'
import { isStillAllowed, listAnswers, mayContact, mayDisclose, recordPermission } from './store.ts'

let app: TestApp
let kept: string
let merged: string
let manager: Browser
beforeAll(async () => {
  app = await startApp()
  manager = await app.as(app.cast.manager)
  const spell = await anEpisode(app, { givenName: 'Mo', familyName: 'Doubled' })
  kept = spell.person
  merged = await aPerson(app, {
    ...{ givenName: 'Mo', familyName: 'Doubled', means: [{ kind: 'mobile', value: '07700 900222' }] },
  })
  await answeredBefore(spell.episode)
  await manager.send(`/people/${kept}/duplicates`, { other: merged })
  const { rows } = await app.owner.query('select id from likeness.pair')
  await manager.send(`/people/${kept}/duplicates/${String(rows[0]?.id)}/decision`, {
    ...{ decision: 'same', kept, reason: 'Asked them', version: '1' },
  })
})
afterAll(() => app.close())

/** What was written on the record that is merged into the other afterwards. */
async function answeredBefore(episode: string): Promise<void> {
  await app.owner.query(
    `insert into permissions.permission (area, id, person, switch, recipient, allows, given, how, lawful_basis, at)
     select 'north', gen_random_uuid(), $1, about, '', 'status', true, 'phone', 'consent', now()
     from unnest('{contact,take-part}'::text[]) about`,
    [merged],
  )
  await manager.send(`/people/${merged}/equality`, { version: '0', veteran: 'yes' })
  await app.owner.query(
    `insert into questionnaires.answer (area, id, form, person, asked_for, instrument, version, items, missing,
       answered_at, answered_by) values ('north', $1, $1, $2, $3, 'ons4', 1, '{"satisfied": 4}', 3, now(), 'staff')`,
    [newId(), merged, episode],
  )
}

describe('What was written on a record that was merged', () => {
  it('is read on the one that is kept: how to reach them', async () => {
    const details = await manager.open(`/people/${kept}/details`)

    expect(details.text).toContain('07700 900461')
    expect(details.text).toContain('07700 900222')
  })

  it('lets a message go to a number that only the other record had', async () => {
    const way = { area: 'north', person: kept, channel: 'text', address: '07700 900222' } as const

    expect(await app.inArea('north', (db) => mayContact(db, way))).toEqual({ allowed: true })
  })

  it('is changed and ended there as well', async () => {
    const page = await manager.open(`/people/${kept}/details/means`)
    const { rows } = await app.owner.query('select id from people.means where person = $1', [merged])
    const means = String(rows[0]?.id)
    const ended = await manager.send(`/people/${kept}/details/means/${means}/ending`, { version: '1' })

    expect(page.html).toContain(means)
    expect(ended.status).toBe(303)
    expect((await manager.open(`/people/${kept}/details`)).text).not.toContain('07700 900222')
  })

  it('is kept as answered: equality questions, questionnaires and permissions', async () => {
    const equality = await manager.open(`/people/${kept}/equality`)
    const answers = await app.inArea('north', (db) => listAnswers(db, 'north', kept))

    expect(equality.text).toContain('Last answered on 5 January 2026')
    expect((await manager.open(`/people/${kept}/questionnaires`)).text).not.toContain('Answers appear here')
    expect(answers.map(({ switch: about }) => about)).toContain('contact')
    expect((await manager.send(`/people/${kept}/equality`, { version: '0', caring: 'no' })).status).toBe(303)
  })
})

describe('A no to being contacted', () => {
  it('stays no when somebody refers them anew, on another record, after they said no', async () => {
    const at = (minutes: number) => Temporal.Instant.from('2027-01-01T10:00:00Z').add({ minutes })
    const words = { wordingVersion: 1, lawfulBasis: 'public-task' } as const
    const contact = { area: 'north', switch: 'contact', ...words, by: null } as const
    await app.inArea('north', async (db) => {
      await recordPermission(db, { ...contact, person: kept, given: false, how: 'telephone', at: at(1) })
      await recordPermission(db, { ...contact, person: merged, given: true, how: 'referrer', at: at(2) })
    })
    const way = { area: 'north', person: merged, channel: 'text', address: '07700 900222' } as const
    expect(await app.inArea('north', (db) => mayContact(db, way))).toMatchObject({ allowed: false })
    expect((await manager.open(`/people/${kept}`)).text).toContain('Does not want to be contacted')
    expect((await manager.open(`/people/${kept}/agreements`)).text).toMatch(/Be contacted, and how No/)
  })
})

describe('Somebody who has left', () => {
  const at = (minutes: number) => Temporal.Instant.from('2026-01-05T10:00:00Z').add({ minutes })
  const summary = { allows: 'summary', how: 'telephone', wordingVersion: 1, lawfulBasis: 'consent', by: null } as const
  let person: string
  beforeAll(async () => {
    person = await aPerson(app, { familyName: 'Gone', means: [{ kind: 'mobile', value: '07700 900333' }] })
    for (const about of ['take-part', 'contact', 'gp', 'employer', 'jobcentre', 'onward'] as const)
      await says(about, true, 0)
    await says('take-part', false, 1)
  })

  const says = (about: Switch, given: boolean, minutes: number) =>
    app.inArea('north', (db) =>
      recordPermission(db, { ...summary, area: 'north', person, switch: about, given, at: at(minutes) }),
    )
  const mayHear = async (about: Switch, purpose: 'received' | 'status' | 'summary') => {
    const recipient = { switch: about, name: 'Them' }
    return (await app.inArea('north', (db) => mayDisclose(db, { area: 'north', person, recipient, purpose }))).allowed
  }
  const ofContact = async () => {
    const { rows } = await app.owner.query(
      "select id from permissions.permission where person = $1 and switch = 'contact' order by at limit 1",
      [person],
    )
    const allowedBy = String(rows[0]?.id)
    return (await app.inArea('north', (db) => isStillAllowed(db, { area: 'north', person, allowedBy }))).allowed
  }

  it('has nothing new told to anybody on an earlier yes, but that it ended to whoever cares for them', async () => {
    for (const about of ['gp', 'employer', 'jobcentre', 'onward'] as const)
      expect([about, await mayHear(about, 'summary')]).toEqual([about, false])
    for (const about of ['employer', 'jobcentre'] as const) expect(await mayHear(about, 'status')).toBe(false)
    for (const about of ['gp', 'onward'] as const) expect(await mayHear(about, 'status')).toBe(true)
    expect(await mayHear('jobcentre', 'received')).toBe(true)
  })

  it('is written to no more, and may still sign in', async () => {
    const way = { area: 'north', person, channel: 'text', address: '07700 900333' } as const

    expect(await ofContact()).toBe(false)
    expect(await app.inArea('north', (db) => mayContact(db, way))).toEqual({ allowed: true })
  })

  it('has each yes back that is said anew, and all of them once they take part again', async () => {
    await says('contact', true, 2)
    const contact = await ofContact()
    const before = await mayHear('employer', 'summary')
    await says('take-part', true, 3)

    expect([contact, before]).toEqual([true, false])
    expect(await mayHear('employer', 'summary')).toBe(true)
  })
})
