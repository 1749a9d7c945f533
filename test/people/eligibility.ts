import { newId } from '#platform/ids.ts'
import { saveOffices } from '#registers/jobcentres/store.ts'
import type { RuleSet } from '#journey/eligibility/rules.ts'
import { saveRuleSet } from '#journey/eligibility/store.ts'
import type { Question } from '#journey/finding/rules.ts'
import { saveAnswers } from '#journey/screening/store.ts'
import type { TestApp } from '#test/app.ts'

type Ground = Readonly<{ board: string; council?: never } | { council: string; board?: never }>

/** The first area serves the people of this board or council, from its beginning unless a test says otherwise. */
export async function servedGround(app: TestApp, ground: Ground, from = '2024-10-01', until: string | null = null) {
  const id = newId()
  await app.owner.query(
    'insert into areas.coverage (area, id, board, council, from_on, until_on) values ($1, $2, $3, $4, $5, $6)',
    ['north', id, ground.board ?? null, ground.council ?? null, from, until],
  )
  return id
}

/** The first area knows a Jobcentre, open since the area began. */
export async function aJobcentre(app: TestApp, code = 'LDS', name = 'Leeds Park Place'): Promise<string> {
  const fromOn = Temporal.PlainDate.from('2024-10-01')
  const office = { code, name, district: 'West Yorkshire', postcode: 'LS14AP', fromOn, untilOn: null }
  const said = { area: 'north', by: app.cast.administrator.membership, at: app.clock.now }
  await app.inArea('north', (db) => saveOffices(db, [office], said))
  return code
}

type AboutRules = Readonly<{ from?: string; council?: string | null }>

/** The first area has set rules, in force since it began unless a test says otherwise. */
export async function setRules(app: TestApp, rules: RuleSet['rules'], about: AboutRules = {}): Promise<string> {
  const id = newId()
  await app.inArea('north', (db) =>
    saveRuleSet(db, {
      ...{ area: 'north', id, rules, council: about.council ?? null, preset: null, reason: 'For a test' },
      fromOn: Temporal.PlainDate.from(about.from ?? '2024-10-01'),
      ...{ by: app.cast.manager.membership, at: app.clock.now },
    }),
  )
  return id
}

/** Somebody was asked what the usual rules need to know, and nothing stands against them. */
export const allIsWell = { 'right-to-work': 'yes', condition: 'yes', practice: 'yes' } as const

/** Somebody who was referred was asked, and answered. */
export async function answered(app: TestApp, referral: string, answers: Readonly<Partial<Record<Question, string>>>) {
  const { membership } = app.cast.administrator
  await app.inArea('north', (db) =>
    saveAnswers(db, { area: 'north', id: newId(), referral, answers, by: membership, at: app.clock.now }),
  )
}
