import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { completeWithLink, messageLinkPath } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { recordStep } from '#journey/episode/store.ts'
import { helpLink } from '#journey/onward-asking/rules.ts'
import { ownLink } from '#journey/onward-sending/rules.ts'
import { forThemAlone, linkGrounds, opensMore } from '#disclosing.ts'
import { mayBeReadThere } from '#messaging.ts'
import { startApp, type TestApp } from './app.ts'
import { everyState, telltales } from './disclosure/people.ts'
import { aDraftedOnward } from './people/onward.ts'
import { aReferral } from './people/referral.ts'

/** Somebody at this state whose only way is one that whoever referred them wrote: it may be their own. */
async function writtenBy(route: 'jobcentre' | 'employer', state: string) {
  const email = `${state.replaceAll(' ', '-')}@${route}.evil.example.org`
  const named = { givenName: 'Zephyrine', familyName: 'Quillfeather', postcode: 'LS6 9ZZ' }
  const { id, person } = await aReferral(app, {
    ...{ route, answers: { reason: 'She cannot lift anything' } },
    person: { ...named, phone: null, email, safe: ['email'] },
  })
  const { rows } = await app.owner.query('select episode from referral.referral where id = $1', [id])
  const on = { area: 'north', episode: rows[0].episode, at: app.clock.now, by: app.cast.coach.membership }
  const allocated = { kind: 'allocated', coach: app.cast.coach.membership } as const
  await app.inArea('north', async (db) => {
    for (const step of everyState[state] ?? [])
      await recordStep(db, { ...on, step: step === 'coach' ? allocated : step })
  })
  return { state, id, person, email }
}

type Written = Awaited<ReturnType<typeof writtenBy>>

let app: TestApp
let all: readonly Written[]
beforeAll(async () => {
  app = await startApp()
  const made: Written[] = []
  for (const route of ['jobcentre', 'employer'] as const)
    for (const state of Object.keys(everyState)) made.push(await writtenBy(route, state))
  all = made
  app.clock.pass({ hours: 1 })
  await app.work()
})
afterAll(() => app.close())

/** Sends a message with a link of this purpose to what a referrer wrote, and gives the address of the link. */
async function sent({ person, email, id: about }: Written, of: Readonly<{ kind: string; purpose: string }>) {
  const id = newId()
  const way = { area: 'north', id, person, recipient: 'person', channel: 'email', address: email } as const
  const link = { purpose: of.purpose, subject: about, expiresAt: app.clock.now.add({ hours: 24 }) }
  const message = { ...way, kind: of.kind, subject: null, body: '{link}', about: null } as const
  const going = { ...message, allowedBy: 'asked-for', link } as const
  await app.inArea('north', async (db) => {
    await sendMessage(db, { ...going, now: app.clock.now })
    await completeWithLink(app.settings)(db, going, app.clock.now)
  })
  const { rows } = await app.owner.query('select id from notify.message where person = $1 order by id desc', [person])
  await app.owner.query('update link.link set message = $1 where message = $2', [rows[0].id, id])
  return messageLinkPath(app.settings.secret, { area: 'north', id })
}

const states = async () =>
  (
    await app.owner.query<{ kind: string; words: string; settled_as: string | null }>(
      `select kind, concat_ws(' ', subject, body) as words, settled_as from notify.message
       where address like '%.evil.example.org' order by id`,
    )
  ).rows

/** Somebody who was asked whether a service may be sent their details. */
async function shown() {
  const drafted = await aDraftedOnward(app)
  await drafted.browser.send(`/onward/${drafted.onward}/showing`, { id: newId(), how: 'message', version: '1' })
  await app.work()
  return drafted
}

/** Somebody who was told of a service, and two weeks later asked whether they got help. */
async function told() {
  const drafted = await aDraftedOnward(app, { also: { kind: 'signpost' } })
  await drafted.browser.send(`/onward/${drafted.onward}/telling`, { id: newId() })
  app.clock.pass({ hours: 15 * 24 })
  await app.inArea('north', async (db) => app.product.jobs['onward.ask']?.(db, { area: 'north' }, app.clock.now))
  app.clock.pass({ hours: 24 })
  await app.work()
  return drafted
}

/** Links that open only while something of a service stands open, and how it comes to stand open. */
const aboutServices: Readonly<Record<string, typeof told>> = { [ownLink]: shown, [helpLink]: told }
const toAnyone = Object.keys(linkGrounds).filter((one) => opensMore(one) && !(one in aboutServices))

/** The address of the newest link of this purpose that was written to somebody. */
async function sentAbout(purpose: string, person: string) {
  const { rows } = await app.owner.query<{ id: string }>(
    'select id from notify.message where person = $1 and link_purpose = $2 order by id desc limit 1',
    [person, purpose],
  )
  return messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
}

describe('An address that whoever referred wrote, wherever the person stands', () => {
  it('is sent no code to sign in, and the page answers as it does to a stranger', async () => {
    const asked = async (way: string) => {
      const browser = app.visitor()
      await browser.open('/in/north/sign-in')
      const seen = await browser.sendAndFollow('/in/north/sign-in', { way })
      return seen.text.replaceAll(way, 'WAY')
    }
    const stranger = await asked('nobody@example.net')
    for (const { email } of all.slice(0, 4)) expect(await asked(email)).toBe(stranger)
    await app.work()

    expect((await states()).filter(({ kind }) => kind === 'online.code')).toEqual([])
  })

  it('is written that the referral arrived, and nothing else of anybody', async () => {
    const written = await states()

    expect(new Set(written.map(({ kind }) => kind))).toEqual(new Set(['referral.received']))
    expect(written.length).toBe(all.length)
    expect(written.filter(({ words }) => telltales.test(words))).toEqual([])
  })

  it('reads behind the link of that note the same, byte for byte', async () => {
    const pages = new Set<string>()
    for (const of of all) {
      const path = await sent(of, { kind: 'referral.received', purpose: 'come-back' })
      const { html, status } = await (await app.as(app.cast.nationalTeam)).open(path)
      const plain = html.replaceAll(path, 'LINK').replaceAll(/(name="(csrf|id)" value=")[^"]*/g, '$1')
      pages.add(`${status} ${plain.replaceAll(/data-csrf="[^"]*"/g, '').replaceAll(/WW-\w{4}-\w{3}/g, 'REFERENCE')}`)
    }

    expect(pages.size).toBe(1)
    expect([...pages].filter((page) => telltales.test(page))).toEqual([])
  })

  it.each(forThemAlone)(
    'is never sent a message of the kind %s, until a member knows that it is theirs',
    async (kind) => {
      const may = ({ person, email }: Written) =>
        app.inArea('north', (db) =>
          mayBeReadThere(db, {
            ...{ area: 'north', person, recipient: 'person', channel: 'email', address: email, kind, link: null },
          }),
        )
      const [first] = all
      if (!first) throw new Error('There is nobody')
      const before = await Promise.all(all.map(may))
      const known = (person: string | null, since: string | null) =>
        app.owner.query('update people.means set theirs_of = $1, theirs_by = $2, theirs_at = $3 where person = $4', [
          ...[person, person && app.cast.coach.membership, since, first.person],
        ])
      await known(first.person, app.clock.now.toString())
      const after = await may(first)
      await known(null, null)

      expect(new Set(before)).toEqual(new Set([false]))
      expect(after).toBe(true)
    },
  )

  it.each(toAnyone)('opens nothing by a link of the purpose %s', async (purpose) => {
    for (const of of all.slice(0, 3)) {
      const path = await sent(of, { kind: 'appointment.booked', purpose })
      expect((await app.visitor().open(path)).text).toContain('This link is no longer in use')
    }
  })

  it.each(Object.keys(aboutServices))(
    'opens nothing by a link of the purpose %s to what stands open',
    async (purpose) => {
      const { person, onward } = await (aboutServices[purpose] ?? shown)()
      const path = await sentAbout(purpose, person)
      const known = (of: string | null, by: string | null) =>
        app.owner.query('update people.means set theirs_of = $1, theirs_by = $2, theirs_at = $3 where person = $4', [
          ...[of, by, of && app.clock.now.toString(), person],
        ])
      await known(null, null)
      const before = await app.visitor().open(path)
      await known(person, app.cast.coach.membership)
      const after = await app.visitor().open(path)

      expect(onward).not.toBe('')
      expect(before.text).toContain('This link is no longer in use')
      expect(after.status).toBe(200)
      expect(after.text).not.toContain('This link is no longer in use')
    },
  )
})
