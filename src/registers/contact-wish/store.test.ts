import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { counting } from '#registers/own-word/rules.ts'
import { listAnswers } from '#registers/permissions/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPerson } from '#test/people.ts'
import { isContactWanted } from './store.ts'

let app: TestApp
let kept: string
let merged: string
beforeAll(async () => {
  app = await startApp()
  ;[kept, merged] = [await aPerson(app), await aPerson(app)]
  await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept, merged])
})
afterAll(() => app.close())

describe('Whether somebody wants to be contacted', () => {
  /** Answers as they come, in numbers that are the same each time: on either record, own or only heard, at any time. */
  function answers(seed: number) {
    let last = seed
    const next = (below: number) => (last = (last * 48_271) % 2_147_483_647) % below
    return Array.from({ length: next(6) }, () => ({
      person: [kept, merged][next(2)],
      given: next(2) === 0,
      how: ['referrer', 'telephone', 'online'][next(3)],
      batch: next(4) === 0 ? kept : null,
      minute: next(4),
    }))
  }

  async function saidByBoth(of: ReturnType<typeof answers>) {
    await app.owner.query(`delete from permissions.permission where switch = 'contact'`)
    for (const { person, given, how, batch, minute } of of)
      await app.owner.query(
        `insert into permissions.permission (area, id, person, switch, allows, given, how, batch, lawful_basis, at)
         values ('north', $1, $2, 'contact', 'status', $3, $4, $5, 'public-task', $6)`,
        [newId(), person, given, how, batch, `2026-01-01T10:0${minute}:00Z`],
      )
    return app.inArea('north', async (db) => {
      const asked = db.selectFrom('people.person as person').where('area', '=', 'north')
      const wanted = isContactWanted('north', 'person.id').as('wanted')
      const both = await asked.where('id', 'in', [kept, merged]).select(wanted).execute()
      const said = await listAnswers(db, 'north', merged)
      const byRule = counting(said.filter((one) => one.switch === 'contact'))?.given
      return { byRule: byRule ?? null, byQuery: both.map((one) => one.wanted) }
    })
  }

  it('is answered in a list of many as the rule says of each, on both records', async () => {
    const seen = new Set<boolean | null>()
    for (let seed = 1; seed <= 60; seed++) {
      const { byRule, byQuery } = await saidByBoth(answers(seed * 7919))
      seen.add(byRule)
      expect([seed, ...byQuery]).toEqual([seed, byRule, byRule])
    }
    expect(seen).toEqual(new Set([true, false, null]))
  })
})
