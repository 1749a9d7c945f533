import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer, aPerson } from '#test/people.ts'
import { aReferral } from '#test/people/referral.ts'
import { maybeUnwanted } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

let count = 0
/** Somebody who is known to the service, with a number and an email address of their own. */
async function somebody() {
  count += 1
  const [phone, email] = [`07700 9${10_000 + count}`, `gwenda${count}@example.org`]
  const known = { kind: 'mobile', value: phone } as const
  const person = await aPerson(app, { familyName: `Known${count}`, means: [known, { kind: 'email', value: email }] })
  return { person, phone, email }
}

const referrer = { name: 'Jo', organisation: 'Park Surgery', email: 'jo@example.org', feedback: 'received' } as const

/** A stranger refers somebody under another name, with an address that is somebody's; what went out is told apart. */
async function referredWith(email: string) {
  const person = { familyName: `Other${count}`, phone: null, email, safe: ['email'] as const }
  const referral = await aReferral(app, { route: 'gp', referrer, person, heldBy: app.cast.coach })
  await app.work()
  const { rows } = await app.owner.query(
    'select recipient, settled_as, reason from notify.message where about = $1 order by recipient desc',
    [referral.id],
  )
  return { ...referral, rows }
}

const update = (set: string) => async (person: string) => {
  await app.owner.query(`update people.person set ${set} where id = $1`, [person])
}
const means = (set: string) => async (person: string) => {
  await app.owner.query(`update people.means set ${set} where kind = 'email' and person = $1`, [person])
}
const reasons: Readonly<Record<string, (person: string) => Promise<unknown>>> = {
  'said no to being contacted': (person) => anAnswer(app, person, 'contact', false),
  'marked it as not safe': means('safe = false'),
  'does not want it to be used': means('wanted = false'),
  'has a restricted record': update("restricted = true, restricted_reason = 'at-risk'"),
  'has died': update("died_on = '2026-01-01'"),
  'has no access online': (person) =>
    app.owner.query(
      `insert into online.closing (area, id, person, reason, closed_by, closed_at)
       values ('north', $1, $2, 'asked', $3, now())`,
      [newId(), person, app.cast.coach.membership],
    ),
}

describe('An address that came with a referral', () => {
  it('is written to at once where it is nobody’s, or of somebody who may be contacted', async () => {
    const { email } = await somebody()

    expect((await referredWith('nobody@example.org')).rows[0]).toMatchObject({ settled_as: 'sent' })
    expect((await referredWith(email)).rows[0]).toMatchObject({ settled_as: 'sent' })
  })

  it.each(Object.entries(reasons))(
    'is not written to before the records are compared where it is of somebody who %s',
    async (_name, make) => {
      const { person, email } = await somebody()
      await make(person)
      const { id, rows } = await referredWith(email.toUpperCase())
      const page = await (await app.as(app.cast.manager)).open(`/referrals/${id}`)

      expect(rows).toEqual([
        { recipient: 'person', settled_as: 'held back', reason: maybeUnwanted },
        { recipient: 'another', settled_as: 'sent', reason: null },
      ])
      expect(page.text).toContain(maybeUnwanted)
    },
  )

  it('leads to the records side by side, and is written to once they are told apart', async () => {
    const { person, email } = await somebody()
    await anAnswer(app, person, 'contact', false)
    const { id, person: referred } = await referredWith(email)
    const manager = await app.as(app.cast.manager)
    const before = await manager.open(`/referrals/${id}`)
    await manager.send(`/people/${referred}/duplicates`, { other: person })
    const { rows } = await app.owner.query(
      'select id from likeness.pair where $1 in (person, other) and $2 in (person, other)',
      [...[referred, person]],
    )
    await manager.send(`/people/${referred}/duplicates/${String(rows[0]?.id)}/decision`, {
      ...{ decision: 'different', reason: 'They share it', version: '1' },
    })
    const after = await manager.open(`/referrals/${id}`)

    expect(before.text).toContain('the same phone number or email address')
    expect(before.text).toContain('Compare the two records')
    expect(after.text).not.toContain(maybeUnwanted)
  })

  it('says nothing of it to whoever refers: the same answer and the same page', async () => {
    const { person, email } = await somebody()
    await anAnswer(app, person, 'contact', false)
    const answers = await Promise.all(
      [email, 'nobody-else@example.org'].map(async (given) => {
        const id = newId()
        const seen = await app.visitor().sendAndFollow('/in/north/refer', {
          ...{ id, agreement: 'agreed', givenName: 'Robin', familyName: 'Marsh', postcode: 'LS1 4AP' },
          ...{ 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', email: given, safe: ['email'] },
          ...{ route: 'gp', referrerName: 'Jo', referrerEmail: 'jo@example.org', feedback: 'received' },
        })
        return [seen.status, seen.text.replaceAll(/WW-[0-9A-Z]{4}-[0-9A-Z]{3}/g, 'WW')]
      }),
    )

    expect(answers[0]).toEqual(answers[1])
  })
})
