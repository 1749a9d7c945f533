import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { earlyEnds } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { startApp, type TestApp } from './app.ts'
import { bare, everyState, linkSent, type Told } from './disclosure/people.ts'

const left = 'left by the person'
const refused = 'said no to the employer'
const restricted = 'restricted'
const closedBy = 'closed by a coach'
/** Where somebody stands once their employer was asked something, and what closes the link. */
const open = [
  'active',
  'received',
  'did not come',
  ...Object.keys(earlyEnds).filter((end) => end !== 'died'),
  restricted,
]
const closing = [closedBy, left, refused, 'died']
/** What became of a referral when the same employer refers the same person again, who has switched nothing on. */
const again = ['received', 'active', 'not-eligible', 'declined', 'left-early', 'died', restricted, left]

type Known = Told & Readonly<{ code: string }>

let app: TestApp

const wordOf = (state: string) => state.replaceAll(/[^a-z]/g, '')
const emailOf = (state: string) => `${wordOf(state)}@employer.example.org`
const agreed = { how: 'telephone', employer: 'yes', 'employer-allows': 'summary' }

const nameless = (page: string, state: string) => page.replaceAll(`Quillfeather${wordOf(state)}`, 'NAME')

/** Their employer refers somebody, as they would again, and what it is answered. */
async function refers(state: string): Promise<{ id: string; said: string }> {
  const [id, employer] = [newId(), await app.as(app.cast.nationalTeam)]
  await employer.open('/in/north/refer')
  const seen = await employer.sendAndFollow('/in/north/refer', {
    ...{ id, agreement: 'agreed', givenName: 'Zephyrine', familyName: `Quillfeather${wordOf(state)}` },
    ...{ 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', phone: '07700 900771', safe: ['call'] },
    ...{ postcode: 'LS6 9ZZ', route: 'employer', referrerName: 'Jo Ray', referrerOrganisation: 'Hillside Bakery' },
    ...{ referrerEmail: emailOf(state), feedback: 'status' },
  })
  const { rows } = await app.owner.query('select reference from referral.reference where referral = $1', [id])
  expect(seen.text).toContain(rows[0].reference)
  const said = nameless(bare(seen, { reference: rows[0].reference, link: id }), state)
  return { id, said }
}

/** Somebody whom their employer referred. */
async function referred(state: string): Promise<Known> {
  const { rows } = await app.owner.query(
    'select person, episode, reference from referral.referral left join referral.reference on referral = id where id = $1',
    [(await refers(state)).id],
  )
  return { ...rows[0], state, id: '', link: '', code: '' }
}

/** Somebody about whom their employer was asked something, as they had agreed. */
async function asked(state: string): Promise<Known> {
  const known = await referred(state)
  const coach = await app.as(app.cast.coach)
  await coach.send(`/people/${known.person}/agreements`, { form: newId(), ...agreed })
  const id = newId()
  const about = { kind: 'employer', organisation: 'Hillside Bakery', email: emailOf(state), asks: 'Could they sit?' }
  const sent = await coach.send(`/people/${known.person}/requests`, { id, ...about })
  expect(sent.status).toBe(303)
  return { ...known, id, link: await linkSent(app, id), code: spokenCode(app.settings.secret, id) }
}

/** What happens to them then. */
async function happens({ person, episode, id, ...known }: Known): Promise<void> {
  const state = known.state.replace(' before', '')
  const [coach, manager] = [await app.as(app.cast.coach), await app.as(app.cast.manager)]
  const { membership: by } = app.cast.coach
  const on = { area: 'north', episode, at: app.clock.now, by }
  const allocated = { kind: 'allocated', coach: by } as const
  await app.inArea('north', async (db) => {
    for (const step of everyState[state] ?? [])
      await recordStep(db, { ...on, step: step === 'coach' ? allocated : step })
  })
  const form = { form: newId(), how: 'telephone' }
  if (state === left) await coach.send(`/people/${person}/withdrawal`, form)
  if (state === refused) await coach.send(`/people/${person}/agreements`, { ...form, employer: 'no' })
  if (state === closedBy) await coach.send(`/requests/${id}/closing`)
  if (state === 'died') await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])
  const named = [app.cast.manager.membership, by]
  if (state === restricted)
    await manager.send(`/people/${person}/restriction`, { reason: 'at-risk', note: 'Her brother', version: '1', named })
}

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Where two answers begin to differ. */
function apart(one: string, other: string): string {
  const at = [...one].findIndex((letter, place) => other[place] !== letter)
  return `${one.slice(Math.max(0, at - 20), at + 60)} | ${other.slice(Math.max(0, at - 20), at + 60)}`
}

/** People to whom each of these happens once whoever is outside has been written to. */
async function everyone(states: readonly string[], made: (state: string) => Promise<Known>): Promise<Known[]> {
  const all = []
  for (const state of states) all.push(await made(state))
  await app.work()
  for (const one of all) await happens(one)
  return all
}

/** What is answered about one person and not about the first of them, place by place. */
async function differing(all: readonly Known[], answers: (one: Known) => Promise<readonly string[]>) {
  const said = []
  for (const one of all) said.push({ state: one.state, answers: await answers(one) })
  const usual = said[0]?.answers ?? []
  expect(usual.length).toBeGreaterThan(1)
  return said.flatMap(({ state, answers }) =>
    usual.flatMap((one, place) =>
      answers[place] === one ? [] : [`${state}: answer ${place + 1}: ${apart(one, answers[place] ?? '')}`],
    ),
  )
}

const hiddenIn = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

/** Everything that an employer sends who was asked something, from the wrong code to an answer sent twice. */
async function answersBy(of: Known): Promise<string[]> {
  // With an account of their own, so that so many do not count as one stranger.
  const employer = await app.as(app.cast.nationalTeam)
  const opened = await employer.open(of.link)
  const send = (fields: Record<string, string>) => employer.send(of.link, fields)
  const [nothing, wrong] = [await send({}), await send({ do: 'open', code: '000000' })]
  const right = await send({ do: 'open', code: of.code })
  const known = { proof: hiddenIn(right.html, 'proof'), id: hiddenIn(right.html, 'id') || newId() }
  const unanswered = await send(known)
  const first = await send({ ...known, answer: 'yes', note: 'From Monday', byName: 'Jo' })
  const again = await send({ ...known, answer: 'yes', note: 'From Monday', byName: 'Jo' })
  const other = await send({ ...known, id: newId(), answer: 'talk', note: 'Ring me', byName: 'Jo' })
  const [afterwards, anew] = [await send({ do: 'open', code: of.code }), await employer.send(`${of.link}/renewal`)]
  return [opened, nothing, wrong, right, unanswered, first, again, other, afterwards, anew].map((seen) =>
    nameless(bare(seen, of), of.state),
  )
}

const writtenTo = async (state: string) =>
  (
    await app.owner.query<{ words: string }>(
      `select concat_ws(' ', kind, channel, subject, body, settled_as) as words from notify.message
       where recipient = 'another' and address = $1 order by id`,
      [emailOf(state)],
    )
  ).rows.map(({ words }) => words.replaceAll(/WW-\w{4}-\w{3}/g, 'REFERENCE'))

describe('An employer that was asked something', () => {
  it('is answered the same to everything that it sends, wherever the person stands', async () => {
    expect(await differing(await everyone(open, asked), answersBy)).toEqual([])
  })

  it('cannot tell a link that the person closed, or who left, from one that a coach closed', async () => {
    expect(await differing(await everyone(closing, asked), answersBy)).toEqual([])
  })
})

describe('An employer that refers the same person again', () => {
  it('is answered the same, and written the same, whatever became of the referral before', async () => {
    const all = await everyone(
      again.map((state) => `${state} before`),
      referred,
    )
    app.clock.pass({ hours: 1 })
    const toldAgain = async ({ state }: Known) => {
      const { said } = await refers(state)
      await app.work()
      return [said, JSON.stringify(await writtenTo(state))]
    }

    expect(await differing(all, toldAgain)).toEqual([])
  })
})
