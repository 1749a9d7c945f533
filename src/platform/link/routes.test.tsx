import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { check, text } from '#platform/form/fields.ts'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { formToken } from '#platform/http/csrf.ts'
import { newId } from '#platform/ids.ts'
import { watchLoad } from '#platform/http/load.ts'
import type { Parts } from '#platform/http/parts.ts'
import { refusal } from '#platform/http/refusal.tsx'
import { mount } from '#platform/http/route.ts'
import { webServer } from '#platform/http/server.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type Browser, browser } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { failLink, findLink, issueLink, messageLinkPath, reissueLink, withdrawLinks } from './links.ts'
import { isProven, isSpokenCode, proofOf, spokenCode } from './proof.ts'
import { type LinkParts, type LinkPurpose, linkRoutes } from './routes.tsx'
import { mostFailures } from './rules.ts'

let app: TestApp
let door: FastifyInstance
beforeAll(async () => {
  app = await startApp()
  door = await doorFor({ 'say-when': sayWhen })
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(async () => {
  await door.close()
  await app.close()
})

const answers: string[] = []

/** A purpose as a stage would bring it: it asks one question. */
const sayWhen: LinkPurpose = {
  title: 'Saying when you can meet',
  show: async ({ params }, reply) => reply.page(<SayWhen at={`/l/${params.link}`} />),
  answer: async ({ form, params }, reply, link) => {
    const given = check({ when: text('Say when') }, form.typed)
    if (!given.ok)
      return reply.code(422).page(<SayWhen at={`/l/${params.link}`} problem={given.problems[0]?.message} />)
    answers.push(`${link.subject} ${given.value.when}`)
    return reply.page(<Page title="Thank you">Noted.</Page>)
  },
}

const SayWhen = ({ at, problem }: { at: string; problem?: string | undefined }) => (
  <Page title="When can you meet?">
    {problem}
    <Form action={at}>
      <input name="when" />
    </Form>
  </Page>
)

const subject = '0199b0d2-0000-7000-8000-000000000009'
const aWeek = { hours: 7 * 24 }

const issue = (about: { person?: string; subject?: string; purpose?: string } = {}): Promise<string> =>
  app.inArea('north', (db) =>
    issueLink(db, {
      ...{
        area: 'north',
        purpose: 'say-when',
        subject,
        allowedBy: 'asked-for',
        expiresAt: app.clock.now.add(aWeek),
        by: null,
        now: app.clock.now,
      },
      ...about,
    }),
  )

const visitor = (): Browser => browser(door)
const rowOf = async (id: string) =>
  (await app.owner.query('select opened, failed, first_opened_at from link.link where id = $1', [id])).rows[0]
const found = (path: string) => app.inArea('north', (db) => findLink(db, path.slice('/l/'.length), app.clock.now))
const idOf = async (path: string): Promise<string> => {
  const one = await found(path)
  return one.ok || one.why !== 'unknown' ? one.link.id : ''
}

describe('A link', () => {
  it('opens what it is for, counts it and leaves a trace without the key', async () => {
    const person = await aPerson(app)
    const path = await issue({ person })

    const seen = await visitor().open(path)
    await visitor().open(path)

    expect(seen.text).toContain('When can you meet?')
    expect(seen.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    const id = await idOf(path)
    expect(await rowOf(id)).toMatchObject({ opened: 2, failed: 0 })
    const { rows } = await app.owner.query(
      'select what, person, codes, account from journal.entry where subject = $1',
      [id],
    )
    const entry = { what: 'link.opened', person, codes: { purpose: 'say-when' }, account: null }
    expect(rows).toEqual([entry, entry])
  })

  it('takes an answer, and says what is wrong with one', async () => {
    const path = await issue()
    const somebody = visitor()
    await somebody.open(path)

    const wrong = await somebody.send(path, { when: '' })
    const right = await somebody.send(path, { when: 'Tuesday' })

    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Say when')])
    expect(right.text).toContain('Thank you')
    expect(answers).toEqual([`${subject} Tuesday`])
  })

  it('is kept only as a hash of its key, and two never have the same', async () => {
    const [one, other] = [await issue(), await issue()]

    expect(one).toMatch(/^\/l\/north\.[\w-]{43}$/)
    expect(one).not.toBe(other)
    const { rows } = await app.owner.query('select row_to_json(link)::text as row from link.link')
    const key = one.split('.')[1] ?? ''
    expect(rows.filter(({ row }) => row.includes(key))).toEqual([])
  })

  it.each([
    ['expired', 'This link has expired', async () => app.clock.pass({ days: 8 })],
    [
      'withdrawn',
      'This link is no longer in use',
      async () => app.inArea('north', (db) => withdrawLinks(db, { area: 'north', subject, now: app.clock.now })),
    ],
  ] as const)('that is %s explains itself and says who to ring', async (_state, title, happen) => {
    const path = await issue()
    await happen()

    const seen = await visitor().open(path)

    expect(seen.status).toBe(410)
    expect(seen.text).toContain(title)
    expect(seen.text).toContain('It was for: Saying when you can meet.')
    expect(seen.text).toContain('01632 960001')
    expect(seen.text).not.toContain('When can you meet?')
    expect(await rowOf(await idOf(path))).toMatchObject({ opened: 0, failed: 1 })
  })

  it('takes no answer once it has expired', async () => {
    const path = await issue()
    const somebody = visitor()
    await somebody.open(path)
    app.clock.pass({ days: 8 })

    const late = await somebody.send(path, { when: 'too late' })

    expect(late.status).toBe(410)
    expect(answers).not.toContain(`${subject} too late`)
  })

  it('stops after too many wrong answers to what it asks', async () => {
    const path = await issue()
    const one = await found(path)
    for (let tries = 0; tries < mostFailures; tries += 1)
      await app.inArea('north', async (db) => {
        if (one.ok) await failLink(db, one.link)
      })

    expect((await visitor().open(path)).text).toContain('This link has been stopped')
  })

  it('that is given out anew stops the one before', async () => {
    const first = await issue()
    const one = await found(first)
    const second = await app.inArea('north', async (db) =>
      one.ok ? reissueLink(db, one.link, { expiresAt: app.clock.now.add(aWeek), by: null, now: app.clock.now }) : '',
    )

    expect((await visitor().open(first)).status).toBe(410)
    expect((await visitor().open(second)).text).toContain('When can you meet?')
  })

  it('of one person stays when those of another are withdrawn', async () => {
    const [gone, stays] = [await aPerson(app), await aPerson(app)]
    const [first, second] = [await issue({ person: gone }), await issue({ person: stays })]

    await app.inArea('north', (db) => withdrawLinks(db, { area: 'north', person: gone, now: app.clock.now }))

    expect((await visitor().open(first)).status).toBe(410)
    expect((await visitor().open(second)).status).toBe(200)
  })

  it.each([
    ['cut short', (path: string) => path.slice(0, -3)],
    ['changed', (path: string) => path.replace(/..$/, (end) => (end === 'aA' ? 'bB' : 'aA'))],
    ['taken to another area', (path: string) => path.replace('north', 'south')],
    ['without its key', () => '/l/north'],
    ['of an area that there is not', (path: string) => path.replace('north', 'nowhere')],
  ])('that was %s is not known, and says no more', async (_how, spoil) => {
    const path = await issue()

    const seen = await visitor().open(spoil(path))

    expect(seen.status).toBe(404)
    expect(seen.text).toContain('We do not know this link')
    expect(seen.text).not.toContain('Saying when')
  })

  it('whose purpose nobody answers for any more is not known', async () => {
    expect((await visitor().open(await issue({ purpose: 'long-gone' }))).status).toBe(404)
  })

  it('cannot be guessed at speed', async () => {
    const guesses = await doorFor({})
    const statuses: number[] = []
    for (let tries = 1; tries <= 125; tries += 1) statuses.push((await browser(guesses).open('/l/north.guess')).status)
    await guesses.close()

    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  })

  it('is answered from browsers that hide where a form came from, and not from another site', async () => {
    const path = await issue()
    const visit = 'a'.repeat(32)
    const post = async (origin: string) => {
      const form = new URLSearchParams({ csrf: formToken(app.settings.secret, await ownerOf(visit)), when: 'then' })
      const headers = { origin, cookie: `workwell-visit=${visit}`, 'content-type': 'application/x-www-form-urlencoded' }
      return (await door.inject({ method: 'POST', url: path, headers, payload: form.toString() })).statusCode
    }

    expect(await post('null')).toBe(200)
    expect(await post('https://evil.example.org')).toBe(403)
  })
})

describe('What is behind a link', () => {
  const { secret } = { secret: 'a secret of this test' }
  const link = { area: 'north', id: subject }

  it('goes on without asking again for half an hour, on this link alone', () => {
    const now = app.clock.now
    const proof = proofOf({ secret, link, now })
    const proven = (other: object = {}, later = 0) =>
      isProven({ secret, link: { ...link, ...other }, now: now.add({ minutes: later }) }, proof)

    expect([proven(), proven({}, 29)]).toEqual([true, true])
    expect([proven({}, 31), proven({ id: newId() }), proven({ area: 'south' })]).toEqual([false, false, false])
    expect(isProven({ secret, link, now }, `${proof.slice(0, -1)}_`)).toBe(false)
    expect(isProven({ secret, link, now }, null)).toBe(false)
  })

  it('opens to the code that was told by phone, however it is typed', () => {
    const code = spokenCode(secret, subject)

    expect(code).toMatch(/^\d{6}$/)
    expect(isSpokenCode(secret, subject, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toBe(true)
    expect(isSpokenCode(secret, newId(), code)).toBe(false)
    expect(isSpokenCode(secret, subject, '12345')).toBe(false)
  })
})

describe('Asking for a new link', () => {
  it('tells the team once a day, and shows no more about the person than their record shows', async () => {
    const path = await issue({ person: await aPerson(app) })
    app.clock.pass({ days: 8 })
    const somebody = visitor()

    const refused = await somebody.open(path)
    const asked = await somebody.send(`${path}/renewal`)
    const again = await somebody.send(`${path}/renewal`)

    expect(refused.text).toContain('Ask for a new link')
    expect(asked.text).toContain('You have asked for a new link')
    expect(again.text).toContain('A new link was asked for today')
    const { rows } = await app.owner.query(`select address, body from notify.message where kind = 'link.asked-anew'`)
    expect(rows).toEqual([{ address: 'team@example.org', body: expect.stringContaining('Saying when you can meet') }])
    expect(rows[0].body).not.toMatch(/Sam|Taylor|07700/)
  })

  it('sends it by itself where it expired, only to where the first one went, and once a day', async () => {
    const person = await aPerson(app)
    const message = await sentWithLink(person)
    const first = messageLinkPath(app.settings.secret, { area: 'north', id: message })
    app.clock.pass({ days: 8 })
    const somebody = visitor()

    const refused = await somebody.open(first)
    const asked = await somebody.send(`${first}/renewal`)
    await somebody.send(`${first}/renewal`)
    await app.work()

    expect(refused.text).toContain('only to the email address or phone number that this link was sent to')
    expect(asked.text).toContain('It is on its way')
    const { rows } = await app.owner.query(
      `select id, address, settled_as from notify.message where kind = 'link.renewed'`,
    )
    expect(rows).toEqual([{ id: expect.any(String), address: 'surgery@example.org', settled_as: 'sent' }])
    const second = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0].id })
    expect((await visitor().open(second)).text).toContain('When can you meet?')
  })

  it('is not offered while the link still works', async () => {
    const path = await issue()
    const somebody = visitor()
    await somebody.open(path)

    expect((await somebody.send(`${path}/renewal`)).status).toBe(404)
  })
})

/** A message to somebody else that went out with a link for a week. */
async function sentWithLink(person: string): Promise<string> {
  const about = { area: 'north', person, recipient: 'another', kind: 'tried', allowedBy: 'received' } as const
  const link = { purpose: 'say-when', subject, expiresAt: app.clock.now.add(aWeek) }
  const words = { channel: 'email', address: 'surgery@example.org', body: 'Open {link}' } as const
  const id = await app.inArea('north', (db) => sendMessage(db, { ...about, ...words, link, now: app.clock.now }))
  await app.work()
  return id
}

/** The product's own door in front of purposes of this test's. */
async function doorFor(purposes: Readonly<Record<string, LinkPurpose>>): Promise<FastifyInstance> {
  const parts: Parts = {
    ...{ settings: app.settings, databases: app.databases, now: () => app.clock.now, log: pino({ level: 'fatal' }) },
    load: watchLoad(),
    refusal,
    questions: {
      session: async () => undefined,
      actor: async () => undefined,
      area: async (_db, code) => ({ code, name: `WorkWell ${code}`, phone: '01632 960001' }),
      navigation: async () => [],
      participant: async () => undefined,
      ownNavigation: () => [],
    },
  }
  const fastify = await webServer(parts)
  const team = async () => ({ email: 'team@example.org', record: 'http://localhost:3000/people/1' })
  const mayOpen = async () => true
  const words: LinkParts['words'] = async (_db, { area, what: { own }, facts }) => {
    const known = new Map<string, string | null>([['area', `WorkWell ${area}`], ...Object.entries(facts)])
    const put = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_mark, name: string) => known.get(name) ?? '')
    return { subject: put(own.subject), body: put(own.body) }
  }
  await linkRoutes({ purposes, team, mayOpen, words })(mount(fastify, parts).app)
  return fastify
}

async function ownerOf(visit: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(visit))
  return `visit:${Buffer.from(digest).toString('base64url')}`
}
