import type { Page } from 'playwright-core'
import { type Whose, workWith } from './before.ts'
import type { Subject } from './pictures.ts'
import type { Visitors } from './visitors.ts'

type Readers = Readonly<{ coach: Page; manager: Page; lead: Page; stranger: Page; person: Page }>

/** What is in the gallery, in its order, with somebody signed in who may see it. */
export async function listSubjects(visitors: Visitors): Promise<readonly Subject[]> {
  const coach = await visitors.as('Work and Health Coach')
  const whose = await workWith(coach)
  const person = await visitors.participant(whose.mobile, whose.bornOn)
  const [manager, lead] = [await visitors.as('Service manager'), await visitors.as('Area lead')]
  const readers = { coach, manager, lead, person, stranger: await visitors.stranger() }
  return [...onPaper(readers, whose), ...onScreen(readers, whose, await startOf(readers.stranger))]
}

/** Where the service of the demonstration begins for strangers. */
async function startOf(stranger: Page): Promise<string> {
  await stranger.goto('/')
  const link = await stranger.locator('main a[href^="/in/"]').first().getAttribute('href')
  return `/in/${/^\/in\/([\w-]+)/.exec(link ?? '')?.[1] ?? ''}`
}

function onPaper({ coach, lead }: Readers, { person, episode, proposal }: Whose): readonly Subject[] {
  const spell = `/episodes/${episode}`
  const sheets = [
    [coach, 'plan', `${spell}/plan/print`, 'The plan, as its person takes it home'],
    [coach, 'plan-large', `${spell}/plan/print?format=large-print`, 'The same in large print'],
    [coach, 'plan-easy-read', `${spell}/plan/print?format=easy-read`, 'The same in easy read'],
    [coach, 'passport', `${spell}/passport`, 'The adjustment passport, which belongs to the person'],
    [coach, 'phased-return', `${spell}/phased-return/for-the-employer`, 'The phased return for the employer'],
    [coach, 'employer', `/three-way/${proposal}/preview`, 'What an employer is asked, seen before it goes'],
    [coach, 'employer-letter', `/three-way/${proposal}/letter`, 'The same as a letter, with a form for the answer'],
    [coach, 'record', `/people/${person}`, 'The story of one person'],
    [coach, 'people', '/caseload', 'A coach’s people'],
    [lead, 'month', '/monitoring', 'The figures of a month'],
  ] as const
  return sheets.map(([page, name, path, shows]) => ({ page, name, path, shows, on: 'paper' }))
}

function onScreen(readers: Readers, { person, episode }: Whose, start: string): readonly Subject[] {
  const spell = `/episodes/${episode}`
  const { coach, manager, stranger, person: own } = readers
  const screens = [
    [stranger, 'start', start, 'Where somebody looks for help'],
    [stranger, 'refer-yourself', `${start}/refer-yourself/name`, 'Asking for help, the first of five short pages'],
    [own, 'own-home', '/my', 'A participant’s own front page'],
    [own, 'own-plan', '/my/plan', 'The plan, as its participant reads it'],
    [own, 'own-agreements', '/my/agreements', 'What a participant agreed to'],
    [coach, 'day', '/day', 'A coach’s day'],
    [coach, 'person', `/people/${person}`, 'The record of one person'],
    [coach, 'plan-kept', `${spell}/plan`, 'The plan, as a coach works with it'],
    [coach, 'return-laid-out', `${spell}/phased-return`, 'The phased return, with a guide to pay'],
    [manager, 'board', '/board', 'How the service stands, for those who run it'],
  ] as const
  return screens.map(([page, name, path, shows]) => ({ page, name, path, shows, on: 'screen' }))
}
