import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { mostFailures } from '#platform/link/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { type AboutReferral, aReferral } from '#test/people/referral.ts'
import { pageLength } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const surgery = {
  ...({ name: 'Dr Khan', organisation: 'Park Surgery', feedback: 'status' } as const),
  email: 'referrer@north.example.org',
}
const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }

/** A referral by a surgery, and the link that it was sent. */
async function referred(about: AboutReferral = {}) {
  const made = await aReferral(app, { route: 'gp', referrer: surgery, ...about })
  await app.work()
  const { rows } = await app.owner.query(
    `select id from notify.message where about = $1 and recipient = 'another' order by id limit 1`,
    [made.id],
  )
  return { ...made, link: messageLinkPath(app.settings.secret, { area: 'north', id: rows[0].id }) }
}

async function moved(referral: string, steps: readonly Step[]): Promise<void> {
  const { rows } = await app.owner.query('select episode from referral.referral where id = $1', [referral])
  const on = { area: 'north', episode: rows[0].episode, at: app.clock.now, by: app.cast.coach.membership }
  for (const step of steps) await app.inArea('north', (db) => recordStep(db, { ...on, step }))
  app.clock.pass({ hours: 1 })
}

/** Opens the link and says when the person was born. */
async function opened(link: string, visitor: Browser = app.visitor()) {
  await visitor.open(link)
  const seen = await visitor.send(link, { do: 'see', ...born })
  const proof = /name="proof" value="([^"]+)"/.exec(seen.html)?.[1] ?? ''
  return { ...seen, send: (fields: Record<string, string>) => visitor.send(link, { proof, ...fields }) }
}

const said = async (person: string, answers: Record<string, string>) =>
  (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })

const asked = async (referral: string, asks: string) =>
  (await app.as(app.cast.coach)).send(`/referrals/${referral}/question`, { id: newId(), asks })

describe('Whoever referred somebody', () => {
  it('sees what the person allows, once they have said when the person was born', async () => {
    const { id, link, reference } = await referred({ answers: { reason: 'Her back hurts' } })
    await moved(id, [{ kind: 'accepted' }, { kind: 'tried' }, { kind: 'assessed' }])

    const before = await app.visitor().open(link)
    const after = await opened(link)

    expect(before.text).toContain(reference)
    expect(before.text).not.toMatch(/Accepted|started/)
    expect(after.text).toMatch(/Received 5 January 2026 Accepted .* Support has started/)
    expect(after.text).not.toMatch(/Robin|Marsh|back hurts|tried|Carol/i)
  })

  it('is offered to take it back while it goes on, and not any more where it reads that it ended', async () => {
    const { id, link } = await referred()
    const offered = 'Take the referral back'
    expect((await opened(link)).text).toContain(offered)
    await moved(id, [{ kind: 'accepted' }, { kind: 'ended', as: 'declined' }])

    const ended = await opened(link)
    expect(ended.text).toMatch(/Ended .*Our work on your referral has ended/)
    expect(ended.text).not.toContain(offered)
  })

  it('learns nothing with a wrong date of birth, and the link stops after too many', async () => {
    const { link } = await referred()
    const somebody = app.visitor()
    await somebody.open(link)
    const wrong = () => somebody.send(link, { do: 'see', ...born, 'bornOn-day': '15' })

    expect([(await wrong()).status, (await wrong()).text]).toEqual([
      422,
      expect.stringContaining('not the date of birth'),
    ])
    for (let tries = 2; tries < mostFailures; tries += 1) await wrong()
    expect((await somebody.open(link)).text).toContain('This link has been stopped')
  })

  it('is told nothing more at once when the person says no, and the page stays the same page', async () => {
    const { id, person, link } = await referred()
    await moved(id, [{ kind: 'accepted' }])
    expect((await opened(link)).text).toContain('A coach gets in touch')

    await said(person, { gp: 'no' })

    const seen = await opened(link)
    expect([seen.status, seen.text]).toEqual([200, expect.not.stringContaining('A coach gets in touch')])
  })

  it('is asked what is missing, and the answer waits to be read on the record, the list and the day', async () => {
    const { id, person, link } = await referred()
    await moved(id, [{ kind: 'accepted' }, { kind: 'allocated', coach: app.cast.coach.membership }])
    const coach = await app.as(app.cast.coach)
    await asked(id, 'Which practice is she with?')

    const page = await opened(link)
    const question = /name="question" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const empty = await page.send({ do: 'answer', question, note: '' })
    const thanks = await page.send({ do: 'answer', question, note: 'Riverside Surgery' })

    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Enter your answer')])
    expect(thanks.text).toContain('Your answer has reached the team')
    expect((await coach.open('/day')).text).toContain('Somebody outside has answered')
    expect((await coach.open(`/people/${person}`)).text).toMatch(/Answer from Park Surgery.*Riverside Surgery/)
    await coach.send(`/requests/${question}/reading`)
    expect((await coach.open('/day')).text).not.toContain('Somebody outside has answered')
  })

  it('may take the referral back: what the person said yes to goes on, and what nobody asked them ends', async () => {
    const [asking, held] = [await referred(), await referred({ agreement: 'not-asked' })]
    await moved(asking.id, [{ kind: 'accepted' }])
    const administrator = await app.as(app.cast.administrator)
    for (const { link } of [asking, held]) {
      const page = await opened(link)
      expect((await page.send({ do: 'withdrawing' })).text).toContain('We do not tell you what they decide')
      expect((await page.send({ do: 'withdraw', note: 'Made by mistake' })).text).toContain(
        'You have taken the referral back',
      )
    }

    const record = await administrator.open(`/people/${asking.person}`)
    expect(record.text).toMatch(/Referral taken back by Park Surgery.*Made by mistake/)
    expect(record.text).toContain('Accepted')
    expect((await administrator.open(`/referrals/${held.id}`)).text).toContain('has taken the referral back')
    expect((await administrator.open('/referrals?state=held')).text).not.toContain(held.reference)
  })

  it('cannot be asked where nobody else referred, or where the person does not want it', async () => {
    const [self, refused] = [await aReferral(app), await referred()]
    await said(refused.person, { gp: 'no' })

    expect((await asked(self.id, 'Anything?')).text).toContain('The person referred themselves')
    expect((await asked(refused.id, 'Anything?')).status).toBe(422)
  })
})

describe('An organisation with accounts', () => {
  it('sees what its members sent and what each person allows, without a name', async () => {
    const { id, reference } = await referred()
    const other = await referred({ referrer: { ...surgery, email: 'another@example.org' } })
    await moved(id, [{ kind: 'accepted' }])

    const list = await (await app.as(app.cast.referrer)).open('/my-referrals')

    expect(list.text).toContain(reference)
    expect(list.text).toMatch(/Accepted, 5 Jan/)
    expect(list.text).not.toMatch(/Robin|Marsh/)
    expect(list.text).not.toContain(other.reference)
  })

  it('opens one by a link like any other, and nothing that others sent', async () => {
    const mine = await referred()
    const other = await referred({ referrer: { ...surgery, email: 'another@example.org' } })
    const member = await app.as(app.cast.referrer)
    await member.open('/my-referrals')

    const { location = '' } = await member.send(`/my-referrals/${mine.id}/opening`)

    expect((await opened(location, member)).text).toContain('Where it stands')
    expect((await member.send(`/my-referrals/${other.id}/opening`)).status).toBe(404)
  })

  it('finds one again by a part of its reference or the name it wrote, never by what the record has learnt since', async () => {
    const { reference, person } = await referred({ person: { givenName: 'Zoë', familyName: "O'Hara-Quill" } })
    await referred({ person: { givenName: 'Zoë', familyName: 'Nightingale' } })
    await app.owner.query(`update people.person set family_name = 'Hidden' where id = $1`, [person])
    const member = await app.as(app.cast.referrer)
    await member.open('/my-referrals')
    const found = async (search: string) => {
      const seen = await member.send('/my-referrals', { search })
      return [...new Set(seen.text.match(/WW-\w{4}-\w{3}/g))]
    }

    expect(await found('ohara zoe')).toEqual([reference])
    expect(await found(reference.toLowerCase().replace('ww-', '').slice(0, 6))).toEqual([reference])
    expect(await found('Zoë')).toHaveLength(2)
    expect(await found('Hidden')).toEqual([])
    const none = await member.send('/my-referrals', { search: 'Hidden' })
    expect([none.location, none.text]).toEqual([
      undefined,
      expect.stringContaining('Clear the search and filters to see'),
    ])
    expect((await member.send('/my-referrals', { search: 'x'.repeat(101) })).status).toBe(422)
  })

  it('narrows the list to what it is told, and is told no more by that', async () => {
    const told = await referred()
    const untold = await referred()
    for (const { id } of [told, untold]) await moved(id, [{ kind: 'accepted' }, { kind: 'ended', as: 'declined' }])
    await said(untold.person, { gp: 'no' })
    const member = await app.as(app.cast.referrer)
    const standing = async (state: string) => (await member.open(`/my-referrals?state=${state}`)).text

    expect(await standing('ended')).toContain(told.reference)
    expect(await standing('accepted')).not.toContain(told.reference)
    for (const state of ['accepted', 'started', 'ended']) expect(await standing(state)).not.toContain(untold.reference)
    expect(await standing('received')).toContain(untold.reference)
    expect(await standing('ended&shows=question')).toContain('Nothing that your organisation sent fits')
  })

  it('keeps what was chosen and searched for from page to page, and no name in an address', async () => {
    const person = { givenName: 'Many', familyName: 'Times' }
    const about = { route: 'gp', referrer: surgery, person } as const
    for (let nth = 0; nth <= pageLength; nth += 1) await aReferral(app, about)
    const member = await app.as(app.cast.referrer)
    const first = await member.send('/my-referrals', { search: 'many times', state: 'received' })
    const second = await member.send('/my-referrals', { search: 'many times', state: 'received', page: '2' })
    const narrowed = await member.open('/my-referrals?state=received')

    expect(first.text).toMatch(/26 referrals.*Page 1 of 2/)
    expect(first.html).toMatch(/name="search" value="many times"\/><input type="hidden" name="page" value="2"/)
    expect(second.text).toContain('Page 2 of 2')
    expect(second.html).toContain('<option value="received" selected="">')
    expect(first.html + second.html).not.toMatch(/(href|action)="[^"]*(many|times)/i)
    expect(narrowed.html).toContain('href="/my-referrals?state=received&amp;page=2"')
    expect((await member.open('/my-referrals?state=received&page=999')).status).toBe(200)
  })

  it('need not say again who it is when it refers somebody, and nobody else is named on the form', async () => {
    const name = /name="referrerName"[^>]*value="Rae Referrer"/
    const form = await (await app.as(app.cast.referrer)).open('/in/north/refer')

    expect(form.html).toMatch(name)
    expect(form.html).toMatch(/name="referrerEmail"[^>]*value="referrer@north\.example\.org"/)
    expect(form.html).toMatch(/<option value="gp" selected="">/)
    expect((await app.visitor().open('/in/north/refer')).html).not.toMatch(/Rae|referrer@north/)
    expect((await (await app.as(app.cast.coach)).open('/in/north/refer')).html).not.toMatch(
      /name="referrerName"[^>]*value="[^"]/,
    )
  })
})
