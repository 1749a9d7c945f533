import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { codeKind, codeTemplate } from '#registers/code/rules.ts'
import { listCandidates, withCode } from '#registers/code/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const waysOf = '/my/details/ways'
const add = async (me: Browser, fields: Record<string, string>, id = newId()) => ({
  id,
  seen: await me.sendAndFollow(`${waysOf}/new`, { id, use: 'yes', ...fields }),
})
const rowsOf = async (person: string) =>
  (
    await app.owner.query('select id, version, code, safe from people.means where person = $1 order by added_at', [
      person,
    ])
  ).rows
const sent = async (person: string) =>
  (
    await app.owner.query('select kind, address, body, about from notify.message where person = $1 order by id', [
      person,
    ])
  ).rows
const codeFor = async (means: string) => {
  const { rows } = await app.owner.query('select code from people.means where id = $1', [means])
  const message = { kind: codeKind, about: `${rows[0].code}`, body: codeTemplate.own.body }
  return /\d{6}/.exec(withCode(app.settings.secret, message).body)?.[0] ?? ''
}
const other = (right: string) => (right === '123456' ? '654321' : '123456')
const signsIn = async (address: string) =>
  (await app.inArea('north', (db) => listCandidates(db, 'north', { channel: 'text', address }))).map(
    (one) => one.person,
  )
const confirm = async (me: Browser, id: string) => me.sendAndFollow(`${waysOf}/${id}/code`, { code: await codeFor(id) })

describe('Somebody who changes how they can be reached', () => {
  it('signs in by a new number only once they entered the code that was sent to it', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const { id, seen } = await add(me, { kind: 'mobile', mobile: '07700 900777' })
    const before = await signsIn('07700 900777')
    const right = await codeFor(id)
    const wrong = await me.send(`${waysOf}/${id}/code`, { code: other(right) })
    const after = await me.sendAndFollow(`${waysOf}/${id}/code`, { code: `${right.slice(0, 3)} ${right.slice(3)}` })

    expect(seen.text).toContain('We have sent a code of 6 numbers to 07700 900777')
    expect(before).toEqual([])
    expect([wrong.status, wrong.text.includes('This is not the code that we sent')]).toEqual([422, true])
    expect(after.text).toContain('You can sign in with it from now on')
    expect(await signsIn('07700 900777')).toEqual([person])
  })

  it('is told by every way that was known before, and their coach sees what changed', async () => {
    const { person } = await anEpisode(app, { familyName: 'Changing' })
    const me = await app.asParticipant(person)
    await add(me, { kind: 'email', email: 'new@example.org' })
    const [note, code] = await sent(person)

    expect(note).toMatchObject({ kind: 'details.changed', address: '07700 900461' })
    expect(note.body).toMatch(/^Your contact details were changed. If you did not do this, ring [\d ]+\.$/)
    expect(code).toMatchObject({ kind: codeKind, address: 'new@example.org' })
    const coach = await app.as(app.cast.coach)
    expect((await coach.open(`/people/${person}/details`)).text).toMatch(
      /A way to reach them added: email .*The person themselves/,
    )
    expect((await coach.open(`/people/${person}/details/means`)).text).toContain('have not shown yet that it is theirs')
    expect((await coach.open('/day')).text).toMatch(/Robin Changing Gave a new way to reach them/)
  })

  it('is sent nothing but a code by a number that they have not shown to be theirs', async () => {
    const { person } = await anEpisode(app)
    const me = await app.asParticipant(person)
    const { id } = await add(me, { kind: 'email', email: 'first@example.org', preferred: 'yes' })
    await add(me, { kind: 'email', email: 'second@example.org' })
    const before = (await sent(person)).filter(({ address }) => address === 'first@example.org')
    await confirm(me, id)
    await add(me, { kind: 'email', email: 'third@example.org' })
    const after = (await sent(person)).filter(({ address }) => address === 'first@example.org')

    expect(before.map(({ kind }) => kind)).toEqual([codeKind])
    expect(after.map(({ kind }) => kind)).toEqual([codeKind, 'details.changed'])
  })

  it('learns no code from another one, and none from an id of their own choosing', async () => {
    const me = await app.asParticipant(await aPerson(app))
    const id = newId()
    await add(me, { kind: 'email', email: 'mine@example.org' }, id)
    const first = (await app.owner.query('select code from people.means where id = $1', [id])).rows[0].code
    app.clock.pass({ minutes: 2 })
    await me.send(`${waysOf}/${id}/code/sending`)
    const second = (await app.owner.query('select code from people.means where id = $1', [id])).rows[0].code

    expect(new Set([id, first, second]).size).toBe(3)
  })

  it('cannot guess the code, though they try at once', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const { id } = await add(me, { kind: 'mobile', mobile: '07700 900778' })
    const right = await codeFor(id)
    const guesses = Array.from({ length: 8 }, (_, at) => `00000${at}`).filter((code) => code !== right)
    const guessing = await Promise.all(
      guesses.map(async (code) => {
        const browser = await app.asParticipant(person)
        await browser.open('/my/details')
        return { code, browser }
      }),
    )
    await Promise.all(guessing.map(({ code, browser }) => browser.send(`${waysOf}/${id}/code`, { code })))
    const late = await me.send(`${waysOf}/${id}/code`, { code: right })
    const { rows } = await app.owner.query('select code_tries from people.means where id = $1', [id])

    expect(rows).toEqual([{ code_tries: 5 }])
    expect(late.text).toContain('Too many wrong codes')
    expect(await signsIn('07700 900778')).toEqual([])
  })

  it('cannot have strangers written to without end', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const { id } = await add(me, { kind: 'mobile', mobile: '07700 900780' })
    for (let again = 0; again < 7; again += 1) {
      app.clock.pass({ minutes: 2 })
      await me.send(`${waysOf}/${id}/code/sending`)
    }
    for (const number of ['1', '2', '3', '4']) await add(me, { kind: 'mobile', mobile: `07700 90078${number}` })
    const { seen } = await add(me, { kind: 'mobile', mobile: '07700 900789' })

    expect((await sent(person)).filter(({ address }) => address === '07700 900780')).toHaveLength(5)
    expect(seen.text).toContain('You have added many today')
  })

  it('is answered the same whether or not somebody else has the number', async () => {
    const [somebody, nobody] = ['07700 900123', '07700 900790']
    await aPerson(app)
    const seen = []
    for (const mobile of [somebody, nobody]) {
      const me = await app.asParticipant(await aPerson(app, { means: [{ kind: 'email', value: 'own@example.org' }] }))
      const { id, seen: page } = await add(me, { kind: 'mobile', mobile })
      seen.push([page.status, page.text.replaceAll(mobile, 'number').replaceAll(id, 'id')])
    }

    expect(seen[0]).toEqual(seen[1])
  })

  it('says that a way is not safe, and has to show that it is theirs before it lets them in again', async () => {
    const person = await aPerson(app)
    const [me, elsewhere] = [await app.asParticipant(person), await app.asParticipant(person)]
    const [way] = await rowsOf(person)
    const page = await me.open(`${waysOf}/${way.id}`)
    await me.send(`${waysOf}/${way.id}`, { use: 'not-safe', version: `${way.version}` })
    const late = await me.send(`${waysOf}/${way.id}`, { use: 'yes', version: `${way.version}` })
    const [now] = await rowsOf(person)
    const back = await me.sendAndFollow(`${waysOf}/${way.id}`, { use: 'yes', version: `${now.version}` })

    expect(page.text).toContain('You sign in with this')
    expect([late.status, now.safe]).toEqual([409, false])
    expect(back.text).toContain('We have sent a code of 6 numbers to 07700 900123')
    expect(await signsIn('07700 900123')).not.toContain(person)
    await confirm(me, way.id)
    expect(await signsIn('07700 900123')).toContain(person)
    expect([(await me.open('/my')).status, (await elsewhere.open('/my')).status]).toEqual([200, 303])
  })

  it('takes a number away, which hears of it once unless somebody else may have it', async () => {
    for (const [silent, told, act] of [
      ['', 1, 'means.ended'],
      ['yes', 0, 'means.ended-unsaid'],
    ] as const) {
      const person = await aPerson(app)
      const me = await app.asParticipant(person)
      const [way] = await rowsOf(person)
      await me.send(`${waysOf}/${way.id}/ending`, silent ? { silent } : {})
      await app.work()

      expect((await sent(person)).filter(({ kind }) => kind === 'details.changed')).toHaveLength(told)
      const acts = await app.owner.query(
        `select what from journal.entry where person = $1 and what like 'means.ended%'`,
        [person],
      )
      expect(acts.rows).toEqual([{ what: act }])
      expect(await signsIn('07700 900123')).not.toContain(person)
    }
  })

  it('sees and changes nobody else’s', async () => {
    const [theirs] = await rowsOf(await aPerson(app))
    const me = await app.asParticipant(await aPerson(app))

    for (const part of ['', '/code']) expect((await me.open(`${waysOf}/${theirs.id}${part}`)).status).toBe(404)
    for (const part of ['/ending', '/code/sending'])
      expect((await me.send(`${waysOf}/${theirs.id}${part}`)).status).toBe(404)
    expect((await app.visitor().open('/my/details')).status).not.toBe(200)
  })
})
