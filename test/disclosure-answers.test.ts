import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { mostFailures } from '#platform/link/rules.ts'
import { earlyEnds } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from './app.ts'
import type { Browser } from './browser.ts'
import { anOrganisation, bare, somebodyAt, type Told } from './disclosure/people.ts'

/** Where somebody stands, and what they did themselves. */
const left = 'left by the person'
const refused = 'said no to whoever referred'
const states = ['waiting', 'active', 'did not come', ...Object.keys(earlyEnds), left, refused]
/** The same is asked about for both; what differs by how somebody left is asked about for one. */
const statesOf = { jobcentre: states, employer: ['active', 'declined', 'died', left, refused] } as const
const closed = ['jobcentre', 'employer'] as const
type Closed = (typeof closed)[number]

let app: TestApp
let told: Readonly<Record<Closed, readonly Told[]>>
const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }
const wrong = { do: 'see', ...born, 'bornOn-day': '15' }

const emailOf = (route: string) => (state: string) => `${state.replaceAll(' ', '-')}@${route}.example.org`

/** What somebody did or what happened to them, once whoever referred them has been written to. */
async function happened(route: Closed, { state, person }: Told): Promise<void> {
  const coach = await app.as(app.cast.coach)
  const form = { form: newId(), how: 'telephone' }
  if (state === left) await coach.send(`/people/${person}/withdrawal`, form)
  if (state === refused) await coach.send(`/people/${person}/agreements`, { ...form, [route]: 'no' })
  if (state === 'died') await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])
}

beforeAll(async () => {
  app = await startApp()
  const made = async (route: Closed) => {
    const whence = { route, organisation: `The ${route}`, email: emailOf(route) }
    const all: Told[] = []
    for (const state of statesOf[route]) all.push({ ...(await somebodyAt(app, state, whence)), state })
    return all
  }
  told = { jobcentre: await made('jobcentre'), employer: await made('employer') }
  app.clock.pass({ hours: 1 })
  await app.work()
  for (const route of closed) for (const one of told[route]) await happened(route, one)
})
afterAll(() => app.close())

/** What differs from what is answered about somebody who is supported, place by place. */
async function differing(of: readonly Told[], answers: (one: Told) => Promise<Readonly<Record<string, string>>>) {
  const all = []
  for (const one of of) all.push({ state: one.state, said: await answers(one) })
  const usual = all.find(({ state }) => state === 'active')?.said ?? {}
  expect(Object.keys(usual).length).toBeGreaterThan(0)
  return all.flatMap(({ state, said }) =>
    Object.keys(usual).flatMap((place) => (said[place] === usual[place] ? [] : [`${place}: ${state}`])),
  )
}

const failed = (of: Told, times: number) =>
  app.owner.query('update link.link set failed = $1 where subject = $2', [times, of.id])
const proofIn = (html: string) => /name="proof" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Everything that whoever holds the link can send, from the first wrong answer to the referral taken back twice. */
async function sentBehind(of: Told): Promise<Record<string, string>> {
  const holder = await app.as(app.cast.nationalTeam)
  const said: Record<string, string> = {}
  const send = async (place: string, fields: Record<string, string>, path = of.link) => {
    const seen = await holder.send(path, fields)
    said[place] = bare(seen, of)
    return seen
  }
  await send('without a day', { do: 'see' })
  await send('the wrong day', wrong)
  const proof = proofIn((await send('the right day', { do: 'see', ...born })).html)
  await send('nothing that is known', { do: 'tell', proof })
  await send('an answer to no question', { do: 'answer', question: newId(), note: 'Yes', proof })
  await send('an answer without words', { do: 'answer', question: newId(), note: '', proof })
  await send('before taking it back', { do: 'withdrawing', proof })
  await send('taken back with too many words', { do: 'withdraw', note: 'x'.repeat(2001), proof })
  await send('taken back', { do: 'withdraw', note: 'By mistake', proof })
  await send('taken back again', { do: 'withdraw', proof })
  await send('seen afterwards', { do: 'see', proof })
  await send('asked anew while it opens', {}, `${of.link}/renewal`)
  return said
}

/** The same once few tries are left, and none. */
async function triedBehind(of: Told): Promise<Record<string, string>> {
  const holder = await app.as(app.cast.nationalTeam)
  await failed(of, mostFailures - 3)
  for (let times = 0; times < 3; times += 1) await holder.open(of.link)
  const few = await holder.open(of.link)
  await failed(of, mostFailures - 1)
  const last = await holder.send(of.link, wrong)
  const [stopped, right] = [await holder.open(of.link), await holder.send(of.link, { do: 'see', ...born })]
  await failed(of, 0)
  return { few: bare(few, of), last: bare(last, of), stopped: bare(stopped, of), right: bare(right, of) }
}

/** The same once the link has expired. */
async function expiredBehind(of: Told): Promise<Record<string, string>> {
  const holder = await app.as(app.cast.nationalTeam)
  const opened = await holder.open(of.link)
  const right = await holder.send(of.link, { do: 'see', ...born })
  const anew = await holder.send(`${of.link}/renewal`)
  const again = await holder.send(`${of.link}/renewal`)
  return { opened: bare(opened, of), right: bare(right, of), anew: bare(anew, of), again: bare(again, of) }
}

/** What a member of the organisation reads who opens it from the list. */
const openedBy = (member: Browser) => async (of: Told) => {
  const taken = await member.send(`/my-referrals/${of.id}/opening`)
  const own = { ...of, link: taken.location ?? '' }
  const opened = await member.open(own.link)
  const right = await member.send(own.link, { do: 'see', ...born })
  return { taken: `${taken.status} ${taken.html}`, opened: bare(opened, own), right: bare(right, own) }
}

const messagesTo = async (address: string) =>
  (
    await app.owner.query<{ kind: string; words: string; state: string | null }>(
      `select kind, concat_ws(' ', channel, subject, body) as words, settled_as as state from notify.message
       where recipient = 'another' and address = $1 order by id`,
      [address],
    )
  ).rows.map(({ words, ...rest }) => ({ ...rest, words: words.replaceAll(/WW-\w{4}-\w{3}/g, 'REFERENCE') }))

describe.each(closed)('An organisation of the kind %s, with what is usual', (route) => {
  it('is answered the same through its account, whatever happened', async () => {
    const role = route === 'jobcentre' ? 'jobcentre-partner' : 'referrer'
    const member = await app.as(
      await anOrganisation(app, { kind: route, role, emails: statesOf[route].map(emailOf(route)) }),
    )
    await member.open('/my-referrals')

    expect(await differing(told[route], openedBy(member))).toEqual([])
  })

  it('is answered the same to everything that it sends through its link, also when the person had left before', async () => {
    expect(await differing(told[route], sentBehind)).toEqual([])
  })

  it('has as many tries, and is stopped in the same way', async () => {
    expect(await differing(told[route], triedBehind)).toEqual([])
  })
})

describe('A Jobcentre and an employer, when the link has expired', () => {
  beforeAll(async () => {
    app.clock.pass({ hours: 24 * 100 })
    await app.work()
  })

  it.each(closed)('are answered the same: %s', async (route) => {
    expect(await differing(told[route], expiredBehind)).toEqual([])
  })

  it.each(closed)('were written the same words, and as often: %s', async (route) => {
    app.clock.pass({ hours: 1 })
    await app.work()

    expect(
      await differing(told[route], async ({ state }) => ({
        written: JSON.stringify(await messagesTo(emailOf(route)(state))),
      })),
    ).toEqual([])
  })
})
