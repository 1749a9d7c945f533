import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Cast } from '#test/cast.ts'
import { anAnswer, aPerson } from '#test/people.ts'
import { askedAbout } from '#test/people/asking.ts'
import { askedForAdvice, putToEmployer, readyToAsk } from '#test/people/employer.ts'
import { aDraftedOnward } from '#test/people/onward.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aFitNoteRequest, asATrailblazer } from '#test/people/trailblazer.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aCompletedPlan, aDraftedPlan, anAgreedPlan, anAssessedEpisode, take } from '#test/people/plan.ts'
import { aReferral } from '#test/people/referral.ts'
import { aPilot } from '#test/people/pilot.ts'
import { aService } from '#test/people/services.ts'
import { aSupervision } from './team.ts'

/** A page whose form keeps what is typed: who opens it, where, and one of its fields. */
export type Drafted = Readonly<{
  who: keyof Cast | 'visitor' | 'participant'
  page: (app: TestApp) => Promise<string>
  field: string
  /** Which participant it is, where one opens it. */
  person?: (app: TestApp) => Promise<string>
}>

const coach = (field: string, page: Drafted['page']): Drafted => ({ who: 'coach', page, field })

const plans = new WeakMap<TestApp, ReturnType<typeof anAgreedPlan>>()

/** One agreed plan, whose page is asked for first and whose person opens it then. */
function ownPlan(app: TestApp): ReturnType<typeof anAgreedPlan> {
  const plan = plans.get(app) ?? anAgreedPlan(app)
  plans.set(app, plan)
  return plan
}

/** Every page that names a draft, by its route. */
export const draftedPages: Readonly<Record<string, Drafted>> = {
  '/services/new': coach('summary', async () => '/services/new'),
  '/services/:service/change': coach('summary', async (app) => `/services/${await aService(app)}/change`),
  '/services/feeds/new': { who: 'administrator', page: async () => '/services/feeds/new', field: 'answers' },
  '/area/settings': { who: 'administrator', page: async () => '/area/settings', field: 'reason' },
  '/episodes/:episode/safety-plan/new': coach('signs', async (app) => `${await spell(app)}/safety-plan/new`),
  '/supervisions/new/:coach': {
    ...{ who: 'seniorCoach', field: 'agreed' },
    page: async (app) => `/supervisions/new/${app.cast.coach.membership}`,
  },
  '/supervisions/:supervision/words': coach('agreed', async (app) => `/supervisions/${await aSupervision(app)}/words`),
  '/area/safety/new': { who: 'manager', page: async () => '/area/safety/new', field: 'outOfHours' },
  '/intensive-programmes/:intensive/decisions': {
    ...{ who: 'administrator', field: 'reason' },
    page: async () => '/intensive-programmes/connect-to-work/decisions',
  },
  '/area/trailblazer': { who: 'administrator', page: async () => '/area/trailblazer', field: 'reason' },
  '/area/weighting': { who: 'administrator', page: async () => '/area/weighting', field: 'reason' },
  '/area/meeting': { who: 'administrator', page: async () => '/area/meeting', field: 'reason' },
  '/area/wording/:offered': { who: 'administrator', page: async () => '/area/wording/gp', field: 'text' },
  '/area/messages/:template/:language/:format': {
    ...{ who: 'administrator', page: async () => '/area/messages/request-received/en/text', field: 'body' },
  },
  '/in/:area/refer': { who: 'visitor', page: async () => '/in/north/refer', field: 'reason' },
  '/referrals/new': { who: 'administrator', page: async () => '/referrals/new', field: 'reason' },
  '/people/:person/referrals/new': coach(
    'reason',
    async (app) => `/people/${await somebodyWhoLeft(app)}/referrals/new`,
  ),
  '/referrals/:referral/details': coach('reason', async (app) => `/referrals/${(await aReferral(app)).id}/details`),
  '/referrals/:referral/eligibility': coach(
    'reason',
    async (app) => `/referrals/${(await aReferral(app)).id}/eligibility`,
  ),
  '/referrals/:referral/question': coach('asks', async (app) => `/referrals/${(await byASurgery(app)).id}/question`),
  '/episodes/:episode/onward/new': coach(
    'wanted',
    async (app) => `/episodes/${(await aDraftedPlan(app)).episode}/onward/new?service=${await aService(app)}`,
  ),
  '/onward/:onward/change': coach('wanted', async (app) => `/onward/${(await aDraftedOnward(app)).onward}/change`),
  '/people/:person/requests/new': coach('asks', async (app) => `/people/${(await aReferral(app)).person}/requests/new`),
  '/people/:person/fit-notes/new/:kind': coach(
    'issuer',
    async (app) => `/people/${(await anEpisode(app)).person}/fit-notes/new/med3`,
  ),
  '/episodes/:episode/job-search/new': coach('what', async (app) => `${await spell(app)}/job-search/new`),
  '/pilots/new': { who: 'manager', page: async () => '/pilots/new', field: 'tried' },
  '/pilots/:pilot/change': {
    ...{ who: 'manager', page: async (app) => `/pilots/${await aPilot(app)}/change`, field: 'why' },
  },
  '/pilots/offered/new': { who: 'nationalTeam', page: async () => '/pilots/offered/new', field: 'tried' },
  '/episodes/:episode/budget/new': coach('why', async (app) => `${await spell(app)}/budget/new`),
  '/episodes/:episode/matters/new': coach('summary', async (app) => `${await spell(app)}/matters/new`),
  '/episodes/:episode/matters/:matter/words': coach('summary', async (app) => {
    const [matters, id] = [`${await spell(app)}/matters`, crypto.randomUUID()]
    const asked = { id, asks: 'What would help?', summary: 'Pain', told: 'phone' }
    await (await app.as(app.cast.coach)).send(matters, asked)
    return `${matters}/${id}/words`
  }),
  '/people/:person/fit-note-requests/new': coach(
    'says',
    async (app) => `/people/${(await asATrailblazer(app), await anEpisode(app)).person}/fit-note-requests/new`,
  ),
  '/people/:person/fit-note-requests/:asked/result': coach('words', async (app) => {
    const { person, request } = await aFitNoteRequest(app)
    return `/people/${person}/fit-note-requests/${request}/result`
  }),
  '/episodes/:episode/adjustments/new': coach('what', async (app) => `${await spell(app)}/adjustments/new`),
  '/episodes/:episode/three-way/new': coach('asks', async (app) => `${(await readyToAsk(app)).spell}/three-way/new`),
  '/three-way/:proposal/answer': coach(
    'note',
    async (app) => `/three-way/${(await putToEmployer(app)).proposal}/answer`,
  ),
  '/episodes/:episode/advice': coach('asks', async (app) => `${await spell(app)}/advice`),
  '/advice/:advice': {
    who: 'clinician',
    field: 'advises',
    page: async (app) => `/advice/${await askedForAdvice(app, (await anEpisode(app)).episode)}`,
  },
  '/people/:person/employer/new': coach(
    'contact',
    async (app) => `/people/${(await anEpisode(app)).person}/employer/new`,
  ),
  '/people/:person/employer/talks/new': coach(
    'note',
    async (app) => `/people/${(await anEpisode(app)).person}/employer/talks/new`,
  ),
  '/episodes/:episode/phased-return/new': coach('hours', async (app) => `${await spell(app)}/phased-return/new`),
  '/episodes/:episode/contacts/new': coach('note', async (app) => `${await spell(app)}/contacts/new`),
  '/episodes/:episode/appointments/new': coach('note', async (app) => `${await spell(app)}/appointments/new`),
  '/appointments/:appointment/new-time': coach('note', async (app) => `${await anAppointment(app)}/new-time`),
  '/my': {
    ...{ who: 'participant', page: async () => '/my', field: 'words' },
    person: async (app) => (await anAgreedPlan(app)).person,
  },
  '/my/messages': {
    ...{ who: 'participant', page: async () => '/my/messages', field: 'words' },
    person: async (app) => (await anEpisode(app)).person,
  },
  '/my/plan/offer': {
    ...{ who: 'participant', page: async () => '/my/plan/offer', field: 'words' },
    person: async (app) => {
      const { person, episode } = await aDraftedPlan(app)
      const sending = `/episodes/${episode}/plan/sending`
      await (await app.as(app.cast.coach)).send(sending, { id: newId(), handing: 'staff' })
      return person
    },
  },
  '/my/actions/:action': {
    ...{ who: 'participant', field: 'note' },
    page: async (app) => `/my/actions/${(await ownPlan(app)).goals[0]?.action ?? ''}`,
    person: async (app) => (await ownPlan(app)).person,
  },
  '/my/passport/introduction': {
    ...{ who: 'participant', page: async () => '/my/passport/introduction', field: 'introduction' },
    person: async (app) => aPerson(app),
  },
  '/my/corrections': {
    ...{ who: 'participant', page: async () => '/my/corrections', field: 'says' },
    person: async (app) => aPerson(app),
  },
  '/my/leaving': {
    ...{ who: 'participant', page: async () => '/my/leaving', field: 'said' },
    person: async (app) => (await anEpisode(app)).person,
  },
  '/people/:person/messages': coach('words', async (app) => {
    const { person } = await anEpisode(app)
    await anAnswer(app, person, 'contact', true)
    return `/people/${person}/messages`
  }),
  '/episodes/:episode/concerns/new': coach('done', async (app) => `${await spell(app)}/concerns/new`),
  '/concerns/:concern': coach('done', aConcern),
  '/episodes/:episode/assessment': coach(
    'words-heard',
    async (app) => `/episodes/${(await anAcceptedPerson(app)).episode}/assessment`,
  ),
  '/episodes/:episode/plan/draft': coach(
    'words',
    async (app) => `/episodes/${(await anAssessedEpisode(app)).episode}/plan/draft`,
  ),
  '/episodes/:episode/plan/goals/new': coach('words', async (app) => `${await spell(app)}/plan/goals/new`),
  '/goals/:goal': coach('words', async (app) => `/goals/${(await aDraftedPlan(app)).goals[0]?.id}`),
  '/goals/:goal/levels': coach('expected', async (app) => `/goals/${(await aDraftedPlan(app)).goals[0]?.id}/levels`),
  '/goals/:goal/actions/new': coach(
    'what',
    async (app) => `/goals/${(await aDraftedPlan(app)).goals[0]?.id}/actions/new`,
  ),
  '/actions/:action': coach('what', async (app) => `/actions/${(await aDraftedPlan(app)).goals[0]?.action}`),
  '/actions/:action/result': coach(
    'note',
    async (app) => `/actions/${(await anAgreedPlan(app)).goals[0]?.action}/result`,
  ),
  '/episodes/:episode/plan/reviews/new': coach('said', async (app) => `${await agreed(app)}/plan/reviews/new`),
  '/episodes/:episode/support/new': coach('done', async (app) => `${await agreed(app)}/support/new`),
  '/episodes/:episode/pause': coach('note', async (app) => `${await agreed(app)}/pause`),
  '/episodes/:episode/review': coach('reason', async (app) => `${await agreed(app)}/review`),
  '/episodes/:episode/completion': coach('next', async (app) => `${await agreed(app)}/completion`),
  '/episodes/:episode/ending': coach('said', async (app) => `${await agreed(app)}/ending`),
  '/episodes/:episode/passing-on': coach('first', async (app) => `${await agreed(app)}/passing-on`),
  '/episodes/:episode/handover': {
    ...{ who: 'manager', field: 'first' },
    page: async (app) => `${await agreed(app)}/handover`,
  },
  '/people/:person/corrections/new': coach('says', async (app) => `/people/${await aPerson(app)}/corrections/new`),
  '/corrections/:correction': coach('words', async (app) => `/corrections/${(await askedAbout(app)).correction}`),
  '/people/:person/erasure-requests/new': coach(
    'said',
    async (app) => `/people/${await aPerson(app)}/erasure-requests/new`,
  ),
  '/erasure-requests/:request': {
    ...{ who: 'manager', field: 'why' },
    page: async (app) => `/erasure-requests/${(await askedAbout(app)).request}`,
  },
  '/episodes/:episode/follow-ups/:weeks': coach('said', async (app) => {
    const { episode } = await aCompletedPlan(app)
    app.clock.pass({ weeks: 13 })
    return `/episodes/${episode}/follow-ups/13`
  }),
}

const spell = async (app: TestApp) => `/episodes/${(await anEpisode(app)).episode}`
const agreed = async (app: TestApp) => `/episodes/${(await anAgreedPlan(app)).episode}`

async function somebodyWhoLeft(app: TestApp): Promise<string> {
  const { person, ...spell } = await anAgreedPlan(app)
  await take(app, spell, [{ kind: 'ended', as: 'left-early' }])
  return person
}

async function aConcern(app: TestApp): Promise<string> {
  const episode = await spell(app)
  const browser = await app.as(app.cast.coach)
  const id = crypto.randomUUID()
  const concern = { id, kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' }
  const look = { 'next-look-on-day': '5', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
  await browser.send(`${episode}/concerns`, { ...concern, ...look })
  return `/concerns/${id}`
}

async function anAppointment(app: TestApp): Promise<string> {
  const episode = await spell(app)
  const browser = await app.as(app.cast.coach)
  const id = crypto.randomUUID()
  const day = { 'day-day': '13', 'day-month': '1', 'day-year': '2026', time: '10:30', minutes: '60' }
  await browser.send(`${episode}/appointments`, {
    ...{ id, member: app.cast.coach.membership, purpose: 'first', mode: 'phone', interpreter: 'none' },
    ...day,
  })
  return `/appointments/${id}`
}

const byASurgery = (app: TestApp) =>
  aReferral(app, { route: 'gp', referrer: { organisation: 'Park Surgery', email: 'park@example.org' } })
