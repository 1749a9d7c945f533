import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import { listAnswers, mayContact, recordPermission } from './store.ts'

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
