import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { completeWithLink, issueLink, messageLinkPath } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { recordStep } from '#journey/episode/store.ts'
import { keepLogin } from '#registers/login/store.ts'
import { ownCookie } from '#registers/online/rules.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'
import { type AboutPerson, aPerson } from './people.ts'
import { aReferral } from './people/referral.ts'

let app: TestApp
let name = 0
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(() => {
  name += 1
})

const at = '/in/north/sign-in'
const isIn = (browser: Browser) => browser.cookies.has(ownCookie(app.settings.origin))

/** Tries to sign in by a number or an address, with the code if one went there; says how many codes did. */
async function comeIn(way: string) {
  const browser = app.visitor()
  await browser.open(at)
  const asked = await browser.sendAndFollow(at, { way })
  await app.work()
  const { rows } = await app.owner.query<{ id: string }>(
    `select id from notify.message where kind = 'online.code' and address = $1 order by id desc`,
    [way],
  )
  const outbox = await (await app.as(app.cast.manager)).open(`/outbox/${rows[0]?.id ?? ''}`)
  const code = /Your code is (\d{6})/.exec(outbox.text)?.[1] ?? '000000'
  const shown = await browser.sendAndFollow(`${at}/code`, { code })
  return { browser, asked, shown, codes: rows.length }
}

const wayOf = async (person: string, value: string) =>
  (await app.owner.query('select id, version from people.means where person = $1 and value = $2', [person, value]))
    .rows[0]

/** A coach who has spoken with the person says that a way is theirs. */
async function toldBy(person: string, value: string) {
  const { id, version } = await wayOf(person, value)
  const coach = await app.as(app.cast.coach)
  const address = `/people/${person}/details/means`
  await coach.open(address)
  return coach.sendAndFollow(`${address}/${id}/confirmation`, { version: String(version) })
}

/** Two records of one name, of which an administrator says that they are one person, and how that is taken back. */
async function madeOne(one: AboutPerson, other: AboutPerson, between: () => Promise<void> = () => Promise.resolve()) {
  const also = { postcode: 'LS1 4AP' }
  const kept = await aPerson(app, { givenName: 'Anna', familyName: `Twice${name}`, also, ...one })
  const goes = await aPerson(app, { givenName: 'Anna', familyName: `Twice${name}`, also, ...other })
  await between()
  app.clock.pass({ minutes: 1 })
  const administrator = await app.as(app.cast.administrator)
  const { location: pair = '' } = await administrator.send(`/people/${kept}/duplicates`, { other: goes })
  const compared = await administrator.open(pair)
  const decided = await administrator.send(`${pair}/decision`, {
    ...{ decision: 'same', kept, reason: 'They said so', version: '1' },
  })
  const undo = () => administrator.send(`${pair}/reversal`, { version: '2' })
  return { kept, goes, compared, decided, undo }
}

const by = (value: string): AboutPerson => ({ means: [{ kind: 'email', value }] })

describe('A way to reach somebody that whoever referred them wrote down', () => {
  it('opens nothing, and asking for a code is answered as it is for a stranger', async () => {
    const email = `employer${name}@evil.example.org`
    await aReferral(app, { route: 'employer', person: { email, safe: ['email'] } })

    const tried = await comeIn(email)
    const stranger = await comeIn(`nobody${name}@evil.example.org`)

    expect(tried.codes).toBe(0)
    expect(isIn(tried.browser)).toBe(false)
    expect(tried.shown.text).toContain('This is not the code')
    expect(tried.asked.text.replace(email, '')).toBe(stranger.asked.text.replace(`nobody${name}@evil.example.org`, ''))
  })

  it('lets them in once a member who has spoken with them says that it is theirs, and who said so is kept', async () => {
    const email = `theirs${name}@example.org`
    const person = await aPerson(app, { ...by(email), givenBy: 'other' })
    const before = await (await app.as(app.cast.coach)).open(`/people/${person}/details/means`)

    const page = await toldBy(person, email)

    expect(before.text).toContain('Given by somebody else')
    expect(before.text).toContain('Not known to be theirs')
    expect(page.text).toContain('Known to be theirs')
    expect(isIn((await comeIn(email)).browser)).toBe(true)
    const { rows } = await app.owner.query(
      `select means.theirs_by, entry.account is not null as who from people.means means
       join journal.entry entry on entry.subject = means.id and entry.what = 'means.told' where means.person = $1`,
      [person],
    )
    expect(rows).toEqual([{ theirs_by: app.cast.coach.membership, who: true }])
  })

  it('stays so when a member adds one without having spoken with them, or changes a known one into another', async () => {
    const [known, added, changed] = ['a', 'b', 'c'].map((one) => `${one}${name}@example.org`)
    const person = await aPerson(app, by(known ?? ''))
    const coach = await app.as(app.cast.coach)
    const means = `/people/${person}/details/means`
    await coach.send(`${means}/new`, { id: newId(), kind: 'email', email: added ?? '', wanted: 'yes', safe: 'yes' })
    expect((await comeIn(added ?? '')).codes).toBe(0)

    const { id } = await wayOf(person, known ?? '')
    await coach.send(`${means}/${id}`, { email: changed ?? '', wanted: 'yes', safe: 'yes', version: '1' })

    expect((await comeIn(changed ?? '')).codes).toBe(0)
  })
})

describe('Two records made one', () => {
  it('let nobody in by a way of the one that goes, nor by its open session, until it is known to be theirs', async () => {
    const [own, odd] = [`own${name}@example.org`, `odd${name}@evil.example.org`]
    let stranger: Browser | undefined
    const { kept, undo } = await madeOne(by(own), by(odd), async () => {
      stranger = (await comeIn(odd)).browser
    })

    expect(stranger && isIn(stranger)).toBe(true)
    expect((await stranger?.open('/my'))?.status).not.toBe(200)
    expect((await comeIn(odd)).shown.text).toContain('This is not the code')
    await undo()
    expect(isIn((await comeIn(odd)).browser)).toBe(true)
    expect((await toldBy(kept, own)).status).toBe(200)
  })

  it('let nobody who was in before or meanwhile stay in once they are two again, nor come in by what was shown meanwhile', async () => {
    const [own, odd] = [`own${name}@example.org`, `odd${name}@evil.example.org`]
    const early: Browser[] = []
    const { kept, goes, undo } = await madeOne(by(own), by(odd), async () => {
      for (const way of [own, odd]) early.push((await comeIn(way)).browser)
    })
    const { id, version } = await wayOf(goes, odd)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${kept}/details/means/${id}/confirmation`, { version: String(version) })
    app.clock.pass({ minutes: 1 })
    const meanwhile = (await comeIn(odd)).browser
    const before = await meanwhile.open('/my')
    await app.inArea('north', (db) =>
      keepLogin(db, { area: 'north', provider: 'stand-in', subject: odd, person: kept, now: app.clock.now }),
    )
    await undo()
    const after = await Promise.all([...early, meanwhile].map((one) => one.open('/my')))
    const { rows } = await app.owner.query(
      'select subject from login.known where subject = $1 and removed_at is null',
      [odd],
    )

    expect(before.status).toBe(200)
    expect(after.map(({ status }) => status)).not.toContain(200)
    expect(isIn((await comeIn(odd)).browser)).toBe(false)
    expect(rows).toEqual([])
  })

  it('open neither by a link that went out before or meanwhile, once they are two again', async () => {
    const { kept, goes, undo } = await madeOne(by(`own${name}@example.org`), by(`odd${name}@example.org`))
    const link = { area: 'north', purpose: 'questions', subject: newId(), allowedBy: 'asked-for', by: null } as const
    const now = app.clock.now
    const given = (person: string) =>
      app.inArea('north', (db) => issueLink(db, { ...link, person, now, expiresAt: now.add({ hours: 9 }) }))
    const paths = [await given(kept), await given(goes)]
    await undo()

    for (const path of paths) expect((await app.visitor().open(path)).text).toContain('This link is no longer in use')
  })

  it('open the one that is kept to nobody who had only said by themselves whose they are', async () => {
    const own = `self${name}@evil.example.org`
    const { kept } = await madeOne(by(own), by(`long${name}@example.org`))

    expect((await comeIn(own)).codes).toBe(0)
    await toldBy(kept, own)
    expect(isIn((await comeIn(own)).browser)).toBe(true)
  })

  it('keep the way that is preferred, and what either says against a way, each way once', async () => {
    const [own, both] = [`own${name}@example.org`, `both${name}@example.org`]
    const { kept } = await madeOne(
      {
        also: {
          means: [
            { kind: 'email', value: own },
            { kind: 'email', value: both, safe: false },
          ],
        },
      },
      { also: { means: [{ kind: 'email', value: both, preferred: true }] }, givenBy: 'other' },
    )
    const details = await (await app.as(app.cast.coach)).open(`/people/${kept}/details/means`)

    expect(details.html.match(new RegExp(`>${both}<`, 'g'))).toHaveLength(1)
    expect(details.text).toContain('Not safe: do not use')
    expect(details.text).not.toContain('Preferred')
  })

  it('are shown with who gave each way, and with a warning where somebody else gave one that only one of them has', async () => {
    const odd = { ...by(`odd${name}@evil.example.org`), givenBy: 'other' } as const
    const { compared } = await madeOne(by(`own${name}@example.org`), odd)
    const alike = await madeOne(by(`same${name}@example.org`), by(`same${name}@example.org`))

    expect(compared.text).toContain(`Email: odd${name}@evil.example.org`)
    expect(compared.text).toContain('Given by somebody else. Not known to be theirs')
    expect(compared.text).toContain('Given by themselves. Known to be theirs')
    expect(compared.text).toContain('Look at the ways to reach them')
    expect(alike.compared.text).not.toContain('Look at the ways to reach them')
  })

  it('tell the person of a way that came with one, by what a member knows to be theirs and nowhere else', async () => {
    const [own, odd] = [`own${name}@example.org`, `odd${name}@evil.example.org`]
    const { kept } = await madeOne(by(own), { ...by(odd), givenBy: 'other' }, async () => {
      const { rows } = await app.owner.query('select person from people.means where value = $1', [own])
      await app.owner.query('update people.means set theirs_by = $1 where person = $2', [
        app.cast.coach.membership,
        rows[0].person,
      ])
    })

    const { rows } = await app.owner.query(
      `select address from notify.message where person = $1 and kind = 'details.changed'`,
      [kept],
    )
    expect(rows).toEqual([{ address: own }])
  })
})

describe('A link that went to an address that somebody else wrote down', () => {
  const linkTo = async (person: string, address: string, purpose: string, subject: string | null) => {
    const id = newId()
    await app.inArea('north', async (db) => {
      const way = { area: 'north', id, person, recipient: 'person', channel: 'email', address } as const
      const link = { purpose, subject, expiresAt: app.clock.now.add({ hours: 24 }) }
      const words = { kind: 'appointment.booked', subject: null, body: '{link}', about: null } as const
      const message = { ...way, ...words, allowedBy: 'asked-for', link }
      await sendMessage(db, { ...message, now: app.clock.now })
      await completeWithLink(app.settings)(db, message, app.clock.now)
    })
    const { rows } = await app.owner.query('select id from notify.message where person = $1 order by id desc', [person])
    await app.owner.query('update link.link set message = $1 where message = $2', [rows[0].id, id])
    return messageLinkPath(app.settings.secret, { area: 'north', id })
  }
  const read = async (link: string) => (await app.visitor().open(link)).text

  it('says that the request was received wherever it stands, and where it stands once the address is known to be theirs', async () => {
    const email = `jobcentre${name}@example.org`
    const { id, person = '' } = await aReferral(app, { route: 'jobcentre', person: { email, safe: ['email'] } })
    const link = await linkTo(person, email, 'come-back', id)
    const { rows } = await app.owner.query('select episode from referral.referral where id = $1', [id])
    const before = await read(link)
    for (const step of [{ kind: 'accepted' }, { kind: 'tried' }] as const)
      await app.inArea('north', (db) =>
        recordStep(db, { area: 'north', episode: rows[0].episode, at: app.clock.now, by: null, step }),
      )

    expect(before).toContain('We have your request')
    expect(await read(link)).toBe(before)
    await toldBy(person, email)
    expect(await read(link)).toContain('We have tried to reach you')
  })

  it.each(['appointment', 'plan-offer', 'questions'])('opens nothing of the purpose %s', async (purpose) => {
    const email = `employer${name}@evil.example.org`
    const person = await aPerson(app, { ...by(email), givenBy: 'other' })
    const seen = await read(await linkTo(person, email, purpose, newId()))

    expect(seen).toContain('This link is no longer in use')
  })
})
