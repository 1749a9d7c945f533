import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aFitNoteRequest, datedOn } from '#test/people/trailblazer.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const words = 'The pain has changed since last month'
const result = (what: string, more: Fields = {}): Fields => ({
  ...{ id: newId(), what, words },
  ...datedOn('held', Temporal.PlainDate.from('2026-01-05')),
  ...more,
})

/** A request whose result is written, where the person allows the practice to hear this much. */
async function held(what: string, allows?: 'status' | 'summary', fields: Fields = {}) {
  const made = await aFitNoteRequest(app, { fields })
  const agreed = (much: string) =>
    made.coach.send(`/people/${made.person}/agreements`, {
      ...{ form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': much },
    })
  if (allows) await agreed(allows)
  const page = await made.coach.open(`${made.path}/${made.request}/result`)
  const sent = await made.coach.send(`${made.path}/${made.request}/result`, result(what))
  return { ...made, agreed, page, sent, told: sent.location?.split('/requests/')[1] ?? '' }
}

/** The link that went to a practice, and what stands behind it. */
async function behind(told: string) {
  await app.work()
  const { rows } = await app.owner.query('select id, address, body from notify.message where about = $1', [told])
  const link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
  const practice = app.visitor()
  await practice.open(link)
  const seen = await practice.send(link, { do: 'open', code: spokenCode(app.settings.secret, told) })
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(seen.html)?.[1] ?? ''
  const answer = (code: string) =>
    practice.send(link, { proof: hidden('proof'), id: hidden('id'), answer: code, byName: 'Dr Khan' })
  return { message: rows[0], seen, answer, again: () => app.visitor().open(link) }
}

describe('A result that goes back to a clinician', () => {
  it('asks the practice by a link for a certifier to assess them, with the reason, and its answer is read on the day', async () => {
    const { coach, path, page, sent, told } = await held('clinician', 'summary')
    const list = await coach.open(path)
    const { message, seen, answer } = await behind(told)
    const answered = await answer('yes')
    const day = await coach.open('/day?reason=answer')

    expect(page.text).toContain('Behind it stand their name, date of birth and your words below')
    expect(sent.location).toBe(`/requests/${told}`)
    expect(list.html).toContain(`/requests/${told}`)
    expect(message.address).toBe('desk@mill-lane.example.org')
    expect(message.body).not.toMatch(/Robin|pain/)
    expect(seen.text).toMatch(/asked you for a fit note on 5 January 2026.*The pain has changed since last month/)
    expect(seen.text).toMatch(/Only the clinician says whether they are fit for work.*Robin Marsh.*14 March 1981/)
    expect(seen.text).not.toContain('07700')
    expect(answered.text).toContain('Thank you for your answer')
    expect(day.html).toContain(`/requests/${told}`)
  })

  it('is answered a second time otherwise by the practice, and both answers are read in their order', async () => {
    const { coach, told } = await held('clinician', 'summary')
    const first = await behind(told)
    await first.answer('yes')
    const once = await coach.open(`/requests/${told}`)
    app.clock.pass({ minutes: 5 })
    const second = await behind(told)
    await second.answer('no')
    const both = await coach.open(`/requests/${told}`)

    expect(once.text).not.toContain('before')
    expect(both.text).toMatch(
      /Answer No .*They answered otherwise before\. The newest answer counts\..*Yes, Dr Khan, today 10:00/,
    )
  })

  it.each([
    ['nobody asked them', undefined],
    ['they allow too little', 'status'],
  ] as const)('is kept and not told where %s, and is told once they say yes', async (_why, allows) => {
    const { coach, path, request, agreed, page, sent } = await held('clinician', allows)
    const list = await coach.open(path)
    const closed = await coach.open(`${path}/${request}/telling`)
    const refused = await coach.send(`${path}/${request}/telling`, { email: 'desk@mill-lane.example.org' })
    await agreed('summary')
    const open = await coach.open(`${path}/${request}/telling`)
    const wrong = await coach.send(`${path}/${request}/telling`, { email: 'nowhere' })
    const told = await coach.send(`${path}/${request}/telling`, { email: 'new@mill-lane.example.org' })
    const twice = await coach.send(`${path}/${request}/telling`, { email: 'new@mill-lane.example.org' })

    expect(page.text).toContain('the practice is not told: the person has not agreed')
    expect(sent.location).toBe(path)
    expect(list.text).toMatch(/Back to a clinician.*Was not told: The person has not agreed/)
    expect([closed.text.includes('The practice may not be told'), refused.status]).toEqual([true, 422])
    expect(open.text).toMatch(/This is what they will read.*The pain has changed/)
    expect(wrong.text).toContain('Enter an email address like name@example.org')
    expect(told.location).toMatch(/^\/requests\//)
    expect(twice.location).toBe(told.location)
  })

  it('waits for an address where none is known', async () => {
    const { coach, path } = await held('clinician', 'summary', { email: '' })

    expect((await coach.open(path)).text).toContain('Was not told: No email address of the practice is written down')
  })

  it('that is taken back closes the link of the practice', async () => {
    const { coach, path, request, told } = await held('clinician', 'summary')
    const { again } = await behind(told)
    const before = await again()
    await coach.send(`${path}/${request}/result/withdrawal`)
    const after = await again()

    expect(before.text).toContain('Your six-digit code')
    expect(after.text).not.toContain('Your six-digit code')
    expect((await coach.open(`/requests/${told}`)).text).toContain('It was closed without an answer')
  })
})

describe('A result that was declined', () => {
  it('is told as not taken up, without a reason, as far as the person allows', async () => {
    const { told } = await held('declined', 'status')
    const { seen, answer } = await behind(told)
    const [refused, read] = [await answer('no'), await answer('yes')]

    expect(seen.text).toMatch(/It was not taken up.*says nothing about whether they are fit for work/)
    expect(seen.text).not.toContain(words)
    expect(seen.text).toMatch(/Your name We have read it We would like to talk about it /)
    expect(seen.text).not.toMatch(/we cannot|Yes, we see to it/)
    expect(refused.text).toContain('Select one of the answers below')
    expect(read.text).toContain('Thank you for your answer')
  })

  it('goes nowhere where the person allows nothing, and changes nothing else', async () => {
    const { coach, person, path, sent } = await held('declined')
    const standing = await app.owner.query('select stage, ended_at from episode.standing where person = $1', [person])
    const asked = await app.owner.query('select from request.request where person = $1', [person])

    expect(sent.location).toBe(path)
    expect((await coach.open(path)).text).toMatch(/Not taken up.*Was not told/)
    expect(standing.rows).toEqual([{ stage: 'accepted', ended_at: null }])
    expect(asked.rows).toEqual([])
  })
})

describe('Support that was agreed', () => {
  it('stays between the person and us', async () => {
    const { person, told } = await held('supported', 'summary')
    const { rows } = await app.owner.query('select from request.request where person = $1', [person])

    expect([told, rows]).toEqual(['', []])
  })
})
