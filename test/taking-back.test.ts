import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'
import { aPerson } from './people.ts'
import { type Allowance, basisOf, type Switch } from '#registers/permissions/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'

let app: TestApp
let coach: Browser
let person: string
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
})
afterAll(() => app.close())
beforeEach(async () => {
  person = await aPerson(app, { means: [{ kind: 'mobile', value: '07700 900461' }] })
})

const number = '07700 900461'
const tomorrow = () => app.clock.now.add({ hours: 24 })

type Said = Readonly<{ recipient?: string; allows?: Allowance; given?: boolean }>

const says = (asked: Switch, { given = true, ...about }: Said = {}) =>
  app.inArea('north', (db) =>
    recordPermission(db, {
      ...{ area: 'north', person, switch: asked, given, how: 'telephone', lawfulBasis: basisOf[asked] },
      ...{ ...about, wordingVersion: 1, by: null, at: app.clock.now },
    }),
  )

const ways = {
  person: { channel: 'text', address: number },
  another: { channel: 'email', address: 'practice@example.org' },
  byPost: { channel: 'letter', address: 'Northern Foods, 1 Mill Lane, Leeds' },
} as const

/** A message that waits until tomorrow. */
const waits = (allowedBy: string, to: keyof typeof ways = 'person') =>
  app.inArea('north', (db) =>
    sendMessage(db, {
      ...{
        area: 'north',
        person,
        recipient: to === 'person' ? to : 'another',
        kind: 'tried',
        body: 'Hello',
        allowedBy,
      },
      ...ways[to],
      ...{ now: app.clock.now, notBefore: tomorrow() },
    }),
  )

const opens = (allowedBy: string) =>
  app.inArea('north', (db) =>
    issueLink(db, {
      ...{ area: 'north', purpose: 'come-back', person, subject: newId(), allowedBy, by: null },
      ...{ expiresAt: tomorrow(), now: app.clock.now },
    }),
  )

const became = async (message: string) => {
  const { rows } = await app.owner.query(
    `select settled_as as as, reason, extract(epoch from settled_at)::int = $2 as "atOnce" from notify.message
     where id = $1`,
    [message, Math.trunc(app.clock.now.epochMilliseconds / 1000)],
  )
  return rows[0]
}
const heldBack = (reason: string) => ({ as: 'held back', reason, atOnce: true })
const stillWaiting = { as: null, reason: null, atOnce: null }

/** Whether each link of the person stands open, by what allows it. */
const openLinks = async () => {
  const { rows } = await app.owner.query(
    'select allowed_by, withdrawn_at is null as open from link.link where person = $1 order by issued_at, id',
    [person],
  )
  return rows.map(({ open }) => open)
}

describe('What a person takes back', () => {
  it('closes the links it allowed and holds the messages back at once, and no others', async () => {
    const [gp, employer] = [await says('gp', { recipient: 'Elm Practice' }), await says('employer')]
    const [toGp, toEmployer] = [await waits(gp, 'another'), await waits(employer, 'another')]
    await opens(gp)
    await opens(employer)

    await says('gp', { recipient: 'Elm Practice', given: false })

    expect(await became(toGp)).toEqual(heldBack('The person has taken back what allowed it'))
    expect(await became(toEmployer)).toEqual(stillWaiting)
    expect(await openLinks()).toEqual([false, true])
  })

  it('stops a letter to their employer, and closes its link, once they say no to it', async () => {
    const employer = await says('employer', { recipient: 'Northern Foods' })
    const letter = await waits(employer, 'byPost')
    await opens(employer)

    await says('employer', { recipient: 'Northern Foods', given: false })

    expect(await became(letter)).toEqual(heldBack('The person has taken back what allowed it'))
    expect(await openLinks()).toEqual([false])
  })

  it('is also what they now allow less of', async () => {
    const more = await says('gp', { allows: 'summary' })
    const message = await waits(more, 'another')

    await says('gp', { allows: 'status' })

    expect((await became(message))?.as).toBe('held back')
  })

  it('leaves everything as it is where they say yes once more', async () => {
    const message = await waits(await says('gp'), 'another')

    await says('gp', { allows: 'summary' })

    expect(await became(message)).toEqual(stillWaiting)
  })

  it('holds back what would go to the person themselves when it is contact', async () => {
    const [theirs, toGp] = [await waits('asked-for'), await waits(await says('gp'), 'another')]
    await opens('asked-for')

    await says('contact', { given: false })

    expect(await became(theirs)).toEqual(heldBack('The person does not want to be contacted'))
    expect(await became(toGp)).toEqual(stillWaiting)
    expect(await openLinks()).toEqual([false])
  })

  it('stops everything to everybody when it is taking part', async () => {
    const [theirs, toGp] = [await waits('asked-for'), await waits(await says('gp'), 'another')]
    await opens('asked-for')

    await says('take-part', { given: false })

    expect(await became(theirs)).toEqual(heldBack('The person does not take part any more'))
    expect(await became(toGp)).toEqual(heldBack('The person does not take part any more'))
    expect(await openLinks()).toEqual([false])
  })

  it('stops in one transaction with the answer that takes it back: nobody can read the one without the other', async () => {
    await Promise.all(Array.from({ length: 50 }, () => waits('asked-for')))
    await Promise.all(Array.from({ length: 20 }, () => opens('asked-for')))

    const form = newId()
    await coach.send(`/people/${person}/withdrawal`, { form, how: 'telephone' })

    const { rows } = await app.owner.query(
      `with answer as (select distinct xmin from permissions.permission where form = $2)
       select (select count(*)::int from answer) as transactions,
         (select count(*)::int from notify.message one join answer on one.xmin = answer.xmin where person = $1) as held,
         (select count(*)::int from link.link one join answer on one.xmin = answer.xmin where person = $1) as closed,
         (select count(*)::int from notify.message where person = $1 and settled_at is null) as waiting,
         (select count(*)::int from link.link where person = $1 and withdrawn_at is null) as open`,
      [person, form],
    )
    expect(rows[0]).toEqual({ transactions: 1, held: 50, closed: 20, waiting: 0, open: 0 })
  })
})

describe('A way to reach somebody', () => {
  const change = async (set: Readonly<Record<string, string>>) => {
    const { rows } = await app.owner.query('select id, version from people.means where person = $1', [person])
    const at = `/people/${person}/details/means/${String(rows[0]?.id)}`
    return coach.send(at, { mobile: number, version: String(rows[0]?.version), ...set })
  }

  it.each([
    ['is not safe any more', { wanted: 'yes' }, 'It is not safe to reach the person this way'],
    ['is not wanted any more', { safe: 'yes' }, 'The person does not want to be reached this way'],
    [
      'is another number now',
      { mobile: '07700 900462', wanted: 'yes', safe: 'yes' },
      'This is no longer a way to reach the person',
    ],
  ])('that %s has what waits for it held back at once', async (_what, set, reason) => {
    const message = await waits('asked-for')

    await change(set)

    expect(await became(message)).toEqual(heldBack(reason))
  })

  it('that is still wanted and safe keeps what waits for it', async () => {
    const message = await waits('asked-for')

    await change({ wanted: 'yes', safe: 'yes', voicemailSafe: 'yes' })

    expect(await became(message)).toEqual(stillWaiting)
  })
})
