import { newId } from '#platform/ids.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import type { Cast } from '#test/cast.ts'
import { aPerson } from '#test/people.ts'
import { aClient } from '#test/people/client.ts'
import { hoursOf } from '#test/people/availability.ts'
import { aJobcentre, servedGround } from '#test/people/eligibility.ts'
import { anEpisode } from '#test/people/episode.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aDraftedPlan, anAssessedEpisode } from '#test/people/plan.ts'
import { aReferral } from '#test/people/referral.ts'
import { directoryForms } from './directory.ts'
import { figureForms } from './figures.ts'
import { mailboxForms } from './mailbox.ts'
import { onwardForms } from './onward.ts'
import { ownForms } from './own.ts'
import { aPairToDecide, aWayToReach } from './records.ts'
import { teamForms } from './team.ts'

/** What somebody enters; everything else stays as the page shows it. */
type Entered = Fields | ((app: TestApp) => Fields)

/** A form that two people fill in at once: what each of them enters, and what the second must then see. */
export type Editable = Readonly<{
  /** Who has the page open first and saves second, and who saves first; two coaches unless said. */
  second?: keyof Cast
  first?: keyof Cast
  /** Makes what is changed, and says on which page, to which address, and whose own it is that is open on two devices. */
  prepare(app: TestApp): Promise<Readonly<{ page: string; action?: string; person?: string }>>
  mine: Entered
  theirs?: Entered
  /** What the other does meanwhile instead of filling in the same form. */
  meanwhile?: (browser: Browser, page: string, app: TestApp) => Promise<void>
  /** Words of what the other saved, and of what was typed. */
  shows: Readonly<{ theirs: string; mine: string | RegExp }>
  /** What makes the form wrong, for a second person who slips as well. */
  slip?: Fields
  /** Where the form is gone once the other has saved, since there is nothing left to change. */
  final?: true
}>

const fiveLevels = {
  ...{
    much_less: 'No work',
    less: 'One shift',
    expected: 'Two shifts',
    more: 'Three shifts',
    much_more: 'Every shift',
  },
  ...{ baseline: 'less', weight: '1' },
}
const on = (name: string, day: string, month: string, year = '2026') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

const ofAPerson = (path: string) => async (app: TestApp) => ({
  page: `/people/${await aPerson(app, { also: { accessNeeds: ['easy-read'] } })}/${path}`,
})

/** A council each time that nobody has said is covered. */
const another = (() => {
  const councils = ['E08000035', 'E08000001', 'E08000002', 'E08000003', 'E08000004', 'E08000005']
  return () => councils.pop() ?? ''
})()

const staff = { second: 'manager', first: 'administrator' } as const

const named = ({ cast: { manager, seniorCoach } }: TestApp) => ({
  ...{ reason: 'at-risk', named: [manager.membership, seniorCoach.membership] },
})

/** Every form of the product that changes what others may change too, by its route. */
export const editableForms: Readonly<Record<string, Editable>> = {
  ...directoryForms,
  ...figureForms,
  ...teamForms,
  ...mailboxForms,
  ...onwardForms,
  ...ownForms,
  '/area/details': {
    ...staff,
    prepare: async () => ({ page: '/area/details' }),
    mine: { phone: '01632 960222' },
    theirs: { phone: '01632 960111' },
    shows: { theirs: '01632 960111', mine: '01632 960222' },
    slip: { crisis_text: '' },
  },
  '/area/coverage/:cover': {
    ...staff,
    prepare: async (app) => ({ page: `/area/coverage/${await servedGround(app, { council: another() })}` }),
    mine: { reason: 'My reason', ...on('until', '1', '8') },
    theirs: { reason: 'Their reason', ...on('until', '1', '9') },
    shows: { theirs: '31 Aug 2026', mine: 'My reason' },
    slip: { reason: '' },
  },
  '/area/jobcentres/:office': {
    ...staff,
    prepare: async (app) => ({ page: `/area/jobcentres/${await aJobcentre(app)}` }),
    mine: { district: 'My district' },
    theirs: { name: 'Their Jobcentre' },
    shows: { theirs: 'Their Jobcentre', mine: 'My district' },
    slip: { postcode: 'nowhere' },
  },
  '/area/settings': {
    ...staff,
    prepare: async () => ({ page: '/area/settings' }),
    mine: { caseloadCap: '38' },
    theirs: { goingQuietDays: '27' },
    shows: { theirs: '27', mine: '38' },
    slip: { quietUntil: '20:00' },
  },
  '/area/meeting': {
    ...staff,
    prepare: async () => ({ page: '/area/meeting' }),
    mine: { firstMinutes: '55' },
    theirs: { gapMinutes: '25' },
    shows: { theirs: '25', mine: '55' },
    slip: { videoLink: 'nowhere' },
  },
  '/area/trailblazer': {
    ...staff,
    prepare: async () => ({ page: '/area/trailblazer' }),
    mine: { reason: 'We begin with two practices' },
    theirs: { conversationWorkingDays: '7' },
    shows: { theirs: '7', mine: 'We begin with two practices' },
    slip: { conversationWorkingDays: 'soon' },
  },
  '/area/weighting': {
    ...staff,
    prepare: async () => ({ page: '/area/weighting' }),
    mine: { reason: 'Interpreters are hard to find here' },
    theirs: { weightConcern: '17' },
    shows: { theirs: '17 points', mine: 'Interpreters are hard to find here' },
    slip: { weightPlan: 'many' },
  },
  '/episodes/:episode/rhythm': {
    prepare: async (app) => ({ page: `/episodes/${(await anEpisode(app)).episode}/rhythm` }),
    mine: { every: 'month' },
    theirs: { every: 'week' },
    shows: { theirs: 'Every week', mine: /checked=""[^>]*value="month"|value="month"[^>]*checked=""/ },
    slip: { every: 'daily' },
  },
  '/venues/:venue': {
    ...staff,
    prepare: async (app) => ({ page: `/venues/${await hoursOf(app)}` }),
    mine: { name: 'The hall' },
    theirs: { address: '9 Low Street, Leeds' },
    shows: { theirs: '9 Low Street', mine: 'The hall' },
    slip: { name: '' },
  },
  '/area/wording/:offered': {
    ...staff,
    prepare: async () => ({ page: '/area/wording/gp' }),
    mine: { text: 'The words I wrote', ...on('from', '2', '2') },
    theirs: { text: 'The words they wrote', ...on('from', '1', '2') },
    shows: { theirs: 'The words they wrote', mine: 'The words I wrote' },
    slip: on('from', '1', '1'),
  },
  '/area/referral-form/:system': {
    ...staff,
    prepare: async () => ({ page: '/area/referral-form/vision' }),
    mine: { familyName: 'Mine_Surname' },
    theirs: { givenName: 'Their_Forename' },
    shows: { theirs: 'Their_Forename', mine: 'Mine_Surname' },
    slip: { postcode: 'x'.repeat(101) },
  },
  '/area/messages/:template/:language/:format': {
    ...staff,
    prepare: async () => ({ page: '/area/messages/request-received/en/email' }),
    mine: { subject: 'Ours', body: 'Mine: {reference}, {by}' },
    theirs: { subject: 'Theirs', body: 'Theirs: {reference}, {by}' },
    shows: { theirs: 'Theirs: {reference}, {by}', mine: 'Mine: {reference}, {by}' },
    slip: { body: '' },
  },
  '/area/solutions/:solution': {
    ...staff,
    prepare: async () => ({ page: '/area/solutions/pain-ask' }),
    mine: { what: 'What I wrote', ...on('from', '2', '2') },
    theirs: { what: 'What they wrote' },
    shows: { theirs: 'What they wrote', mine: 'What I wrote' },
    slip: { days: 'soon' },
  },
  '/organisations/:organisation': {
    second: 'systemAdministrator',
    first: 'providerManager',
    prepare: async (app) => ({ page: `/organisations/${app.cast.providerCoach.organisation}` }),
    mine: { name: 'Harbour Advice' },
    theirs: { name: 'Quayside Advice' },
    shows: { theirs: 'Quayside Advice', mine: 'Harbour Advice' },
    slip: { kind: '' },
  },
  '/area/clients/:client/change': {
    ...staff,
    prepare: async (app) => ({ page: `/area/clients/${(await aClient(app)).id}/change` }),
    mine: { contact: 'mine@example.org' },
    theirs: { contact: 'theirs@example.org' },
    shows: { theirs: 'theirs@example.org', mine: 'mine@example.org' },
    slip: { contact: 'nobody' },
  },
  '/members/:member': {
    ...staff,
    prepare: async (app) => ({ page: `/members/${app.cast.clinician.membership}` }),
    mine: { languages: 'Polish' },
    theirs: { languages: 'Urdu' },
    shows: { theirs: 'Urdu', mine: 'Polish' },
    slip: { role: '' },
  },
  '/people/:person/details/names': {
    prepare: ofAPerson('details/names'),
    mine: { preferredName: 'Sammy' },
    theirs: { givenName: 'Samantha' },
    shows: { theirs: 'Samantha', mine: 'Sammy' },
    slip: { familyName: '' },
  },
  '/people/:person/details/home': {
    prepare: ofAPerson('details/home'),
    mine: { address: '2 Harbour Street', postcode: 'LS1 4AP' },
    theirs: { address: '9 Quay Lane', postcode: 'LS1 4AP' },
    shows: { theirs: '9 Quay Lane', mine: '2 Harbour Street' },
    slip: { postcode: 'nowhere' },
  },
  '/people/:person/details/language': {
    prepare: ofAPerson('details/language'),
    mine: { language: 'Polish', interpreter: '' },
    theirs: { language: 'Urdu', interpreter: '' },
    shows: { theirs: 'Urdu', mine: 'Polish' },
    slip: { interpreter: 'a'.repeat(300) },
  },
  '/people/:person/details/access': {
    prepare: ofAPerson('details/access'),
    mine: { 'needs-adjustment': 'step-free', accessNote: 'A chair with arms' },
    theirs: { 'needs-information-format': 'audio', accessNote: 'A quiet room' },
    shows: { theirs: 'A quiet room', mine: 'A chair with arms' },
    slip: { 'needs-adjustment': 'on no list' },
  },
  '/people/:person/details/safety': {
    prepare: ofAPerson('details/safety'),
    mine: { safeNote: 'Ring the side door' },
    theirs: { safeNote: 'Never ring after six' },
    shows: { theirs: 'Never ring after six', mine: 'Ring the side door' },
    slip: { bestTime: 'a'.repeat(300) },
  },
  '/people/:person/details/means/:means': {
    prepare: async (app) => ({ page: await aWayToReach(app) }),
    mine: { mobile: '07700 900123' },
    theirs: { safe: [] },
    shows: { theirs: 'Not safe: do not use', mine: '07700 900123' },
    slip: { mobile: '12' },
  },
  '/people/:person/equality': {
    prepare: ofAPerson('equality'),
    mine: { veteran: 'yes' },
    theirs: { sex: 'male' },
    shows: { theirs: 'Answered by now: What is your sex?', mine: /name="veteran"[^>]*checked/ },
    slip: { caring: 'on no list' },
  },
  '/people/:person/restriction': {
    second: 'manager',
    first: 'seniorCoach',
    prepare: ofAPerson('restriction'),
    mine: (app) => ({ ...named(app), note: 'Not their brother' }),
    theirs: (app) => ({ ...named(app), note: 'Not where they work' }),
    shows: { theirs: 'Not where they work', mine: 'Not their brother' },
    slip: { reason: '' },
  },
  '/people/:person/duplicates/:pair/decision': {
    ...staff,
    prepare: async (app) => {
      const page = await aPairToDecide(app)
      return { page, action: `${page}/decision` }
    },
    mine: { decision: 'different', reason: 'Two birthdays in one family' },
    theirs: { decision: 'different', reason: 'I met them both' },
    shows: { theirs: 'I met them both', mine: 'Two birthdays in one family' },
    slip: { reason: '' },
    final: true,
  },
  '/referrals/:referral/details': {
    prepare: async (app) => ({ page: `/referrals/${(await aReferral(app)).id}/details` }),
    mine: { reason: 'My knee hurts on the stairs' },
    theirs: { reason: 'My back hurts at the till' },
    shows: { theirs: 'My back hurts at the till', mine: 'My knee hurts on the stairs' },
    slip: { fitNote: 'on no list' },
  },
  '/goals/:goal': {
    prepare: async (app) => ({ page: `/goals/${(await aDraftedPlan(app)).goals[0]?.id}` }),
    mine: { words: 'I want to work evenings' },
    theirs: { words: 'I want to work mornings' },
    shows: { theirs: 'I want to work mornings', mine: 'I want to work evenings' },
    slip: { whose: '' },
  },
  '/goals/:goal/levels': {
    prepare: async (app) => ({ page: `/goals/${(await aDraftedPlan(app)).goals[0]?.id}/levels` }),
    mine: { ...fiveLevels, expected: 'I work evenings' },
    theirs: { ...fiveLevels, expected: 'I work mornings' },
    shows: { theirs: 'I work mornings', mine: 'I work evenings' },
    slip: { more: '' },
  },
  '/actions/:action': {
    prepare: async (app) => ({ page: `/actions/${(await aDraftedPlan(app)).goals[0]?.action}` }),
    mine: { what: 'Ask for a chair' },
    theirs: { what: 'Ask for a desk' },
    shows: { theirs: 'Ask for a desk', mine: 'Ask for a chair' },
    slip: { owner: '' },
  },
  '/episodes/:episode/plan/draft': {
    prepare: async (app) => ({ page: `/episodes/${(await anAssessedEpisode(app)).episode}/plan/draft` }),
    mine: { words: 'I want to sing again', whose: 'person', type: 'seek-work' },
    theirs: { words: 'I want to dance again', whose: 'person', type: 'thrive-in-work' },
    shows: { theirs: 'I want to dance again', mine: 'I want to sing again' },
    slip: { whose: '' },
  },
  '/episodes/:episode/plan/kind': {
    prepare: async (app) => ({ page: `/episodes/${(await aDraftedPlan(app)).episode}/plan/kind` }),
    mine: { type: 'seek-work', ...on('review', '9', '2') },
    theirs: { type: 'seek-work', ...on('review', '17', '3') },
    shows: { theirs: '17 March 2026', mine: 'value="9"' },
    slip: { type: '' },
  },
  '/episodes/:episode/plan/agreement': {
    prepare: async (app) => ({ page: `/episodes/${(await aDraftedPlan(app)).episode}/plan/agreement` }),
    mine: { how: 'telephone', both: 'yes', ...on('agreed', '5', '1') },
    meanwhile: async (browser, page) => {
      const plan = page.replace('/agreement', '')
      const goal = { id: newId(), words: 'I want to sing again', whose: 'person' }
      await browser.send(`${plan}/goals`, goal)
      const action = { id: newId(), what: 'Ring the choir', owner: 'participant', ...on('due', '19', '1') }
      await browser.send(`/goals/${goal.id}/actions`, action)
    },
    shows: { theirs: 'I want to sing again', mine: /name="how"[^>]*checked/ },
    slip: { both: '' },
  },
  '/episodes/:episode/assessment': {
    prepare: async (app) => ({ page: `/episodes/${(await anAcceptedPerson(app)).episode}/assessment` }),
    mine: { 'words-heard': 'What I wrote' },
    theirs: { 'words-heard': 'What they wrote' },
    shows: { theirs: 'There now: <strong>What they wrote', mine: 'You typed: <strong>What I wrote' },
    slip: { hours_now: '900' },
  },
  '/episodes/:episode/handover': {
    ...staff,
    prepare: async (app) => ({ page: `/episodes/${(await anEpisode(app)).episode}/handover` }),
    mine: (app) => ({
      ...{ provider: app.cast.providerCoach.organisation, reason: 'place', agreed: 'yes' },
      first: 'They prefer the harbour office',
    }),
    meanwhile: async (_browser, page, app) => {
      const { area, membership: by } = app.cast.coach
      const step = { kind: 'allocated', coach: app.cast.otherCoach.membership } as const
      const episode = page.split('/')[2] ?? ''
      await app.inArea(area, (db) => recordStep(db, { area, episode, step, at: app.clock.now, by }))
    },
    shows: { theirs: 'to see what happened', mine: 'They prefer the harbour office' },
    slip: { agreed: '' },
  },
}
