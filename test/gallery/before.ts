import type { Page } from 'playwright-core'
import { fill, type Given, press } from '#test/journeys/chromium.ts'
import { dayFields } from './visitors.ts'

/** Somebody of the demonstration whose pictures are taken, and what was put to their employer. */
export type Whose = Readonly<{ person: string; episode: string; proposal: string; mobile: string; bornOn: string }>

/** What a coach does with somebody who comes back to their job, so that there is something to print. */
export async function workWith(coach: Page): Promise<Whose> {
  const { person, episode } = await somebodyComingBack(coach)
  await employerOf(coach, person)
  await adjustmentsOf(coach, episode)
  await comesBack(coach, episode)
  const proposal = await putToEmployer(coach, episode)
  return { person, episode, proposal, ...(await signingInOf(coach, person)) }
}

/** With what somebody signs in: a number to which a code goes, and the day they were born on. */
async function signingInOf(coach: Page, person: string): Promise<Readonly<{ mobile: string; bornOn: string }>> {
  await coach.goto(`/people/${person}/details`)
  const words = await coach.locator('main').innerText()
  const mobile = /07700 ?\d{6}|07700 ?\d{3} ?\d{3}/.exec(words)?.[0] ?? ''
  const [, day = '', month = '', year = ''] = /(\d{1,2}) (\p{L}+) (\d{4})/u.exec(words) ?? []
  const number = new Date(`1 ${month} 2000`).getMonth() + 1
  return { mobile, bornOn: `${year}-${number}-${day}` }
}

async function somebodyComingBack(coach: Page): Promise<Readonly<{ person: string; episode: string }>> {
  await coach.goto('/caseload')
  const active = coach.locator('main tr').filter({ hasText: 'Active' })
  // On some days nobody of theirs has this kind of plan: then it is somebody whose support goes on.
  const back = active.filter({ hasText: 'Return to Work' })
  const row = ((await back.count()) > 0 ? back : active).first()
  const person = lastOf((await row.locator('a[href^="/people/"]').first().getAttribute('href')) ?? '')
  await coach.goto(`/people/${person}`)
  const plan = coach.locator('main a[href^="/episodes/"][href*="/plan"]').first()
  const episode = /\/episodes\/([\w-]+)/.exec((await plan.getAttribute('href')) ?? '')?.[1] ?? ''
  return { person, episode }
}

const lastOf = (address: string): string => new URL(address, 'http://localhost').pathname.split('/').at(-1) ?? ''

async function employerOf(coach: Page, person: string): Promise<void> {
  const address = `/people/${person}/employer`
  await coach.goto(`${address}/new`)
  await fill(coach, { organisation: 'Hillside Bakery', site: 'Mill Lane', contact: 'Jo Ray', part: 'line-manager' })
  await fill(coach, { phone: '01632 960111', email: 'jo@hillside.example.org' })
  await fill(coach, { postal: 'Hillside Bakery, 4 Mill Lane, Example Town, ZZ99 9ZZ' })
  await press(coach, 'Save')
  await sentenceOf(coach, address, { kind: 'can-do', words: 'Serving customers and taking orders' })
  await sentenceOf(coach, address, { kind: 'hard', words: 'Standing for more than half an hour' })
  await sentenceOf(coach, address, { kind: 'helps', words: 'A break of ten minutes each hour' })
  await coach.locator(`main a[href$="/saying"]`).first().click()
  for (const sentence of await coach.locator('[name="sentences"]').all()) await sentence.check()
  await fill(coach, { adjustments: 'yes', phasedReturn: 'yes', how: 'telephone' })
  await press(coach, 'They agree to this')
}

async function sentenceOf(coach: Page, address: string, sentence: Given): Promise<void> {
  await coach.goto(address)
  await coach.locator('main summary', { hasText: 'Write a sentence down' }).click()
  await fill(coach, sentence)
  await press(coach, 'Write it down')
}

const wished = [
  { kind: 'hours', what: 'Starts at ten on Mondays and Tuesdays', standing: 'in-place' },
  { kind: 'equipment', what: 'A high stool behind the counter', standing: 'in-place' },
  { kind: 'duties', what: 'Orders and the till, and no lifting of flour sacks', standing: 'agreed' },
] as const

async function adjustmentsOf(coach: Page, episode: string): Promise<void> {
  for (const { standing, ...wish } of wished) {
    await coach.goto(`/episodes/${episode}/adjustments/new`)
    await fill(coach, { ...wish, askedBy: 'participant' })
    await press(coach, 'Save')
    await coach.goto(`/episodes/${episode}/adjustments`)
    await coach.getByRole('link', { name: wish.what }).first().click()
    await fill(coach, { standing, who: 'Jo Ray, line manager' })
    await press(coach, 'Save')
  }
}

/** Four weeks from the Monday after next. */
async function comesBack(coach: Page, episode: string): Promise<void> {
  const today = Temporal.Now.plainDateISO('Europe/London')
  const begins = today.add({ days: 15 - today.dayOfWeek })
  await coach.goto(`/episodes/${episode}/phased-return/new`)
  await fill(coach, {
    hours: '37.5',
    length: '4',
    firstDays: '2',
    firstHours: '4',
    ...dayFields('begins', `${begins}`),
  })
  await press(coach, /[Ll]ay/)
  await fill(coach, { duties1: 'The till, and nothing to lift', duties2: 'The till and orders' })
  await press(coach, 'Save this return')
}

async function putToEmployer(coach: Page, episode: string): Promise<string> {
  await coach.goto(`/episodes/${episode}/three-way/new`)
  await fill(coach, { asks: 'These help to stay well at work. Could they be done?', withReturn: 'yes' })
  for (const item of await coach.locator('[name="items"]').all()) await item.check()
  await press(coach, 'See it as they will')
  return /\/three-way\/([\w-]+)/.exec(coach.url())?.[1] ?? ''
}
