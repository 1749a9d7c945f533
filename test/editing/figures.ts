import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aWorkplace } from './records.ts'
import type { Editable } from './forms.ts'

const leads = { second: 'manager', first: 'areaLead' } as const
/** Another month each time, so that nothing is entered twice. */
const month = (() => {
  let last = 0
  return () => String((last += 1))
})()
const from = { 'from-day': '1', 'from-month': '2', 'from-year': '2026' }

/** A return of one week, with so many hours on its one day. */
const aWeekOf = (hours1: string) => ({
  ...{ usual: ['1', '2', '3', '4', '5'], hours: '37.5', days1: '1', hours1 },
  ...{ 'begins-day': '2', 'begins-month': '2', 'begins-year': '2026' },
})

/** The page of a chair that somebody asked for. */
async function anAdjustment(app: TestApp): Promise<string> {
  const { episode } = await anEpisode(app)
  const [id, coach] = [newId(), await app.as(app.cast.coach)]
  const asked = { 'asked-day': '1', 'asked-month': '1', 'asked-year': '2026' }
  const chair = { id, kind: 'equipment', what: 'A chair with arms', askedBy: 'participant' }
  await coach.send(`/episodes/${episode}/adjustments`, { ...chair, ...asked })
  return `/episodes/${episode}/adjustments/${id}`
}

/** The page of an application that was sent. */
async function anApplication(app: TestApp): Promise<string> {
  const { episode } = await anEpisode(app)
  const [id, coach] = [newId(), await app.as(app.cast.coach)]
  const on = { 'on-day': '1', 'on-month': '1', 'on-year': '2026' }
  const sent = { id, kind: 'application', what: 'Baker, Mill Bakery', result: 'sent', ...on }
  await coach.send(`/episodes/${episode}/job-search`, sent)
  return `/episodes/${episode}/job-search/${id}`
}

/** The page of a question that was put to the team. */
async function aMatter(app: TestApp): Promise<string> {
  const { episode } = await anEpisode(app)
  const [id, coach] = [newId(), await app.as(app.cast.coach)]
  const asked = { asks: 'What would help?', summary: 'Pain when standing', told: 'phone' }
  await coach.send(`/episodes/${episode}/matters`, { id, ...asked })
  return `/episodes/${episode}/matters/${id}`
}

/** The forms in which somebody enters what cannot be counted, or what was arranged. */
export const figureForms: Readonly<Record<string, Editable>> = {
  '/episodes/:episode/safety-plan': {
    prepare: async (app) => {
      const { episode } = await anEpisode(app)
      return { page: `/episodes/${episode}/safety-plan/new`, action: `/episodes/${episode}/safety-plan` }
    },
    mine: { signs: 'I sleep badly' },
    theirs: { helps: 'Ringing my sister' },
    shows: { theirs: 'Ringing my sister', mine: 'I sleep badly' },
    slip: { signs: 'x'.repeat(2001) },
  },
  '/episodes/:episode/phased-return': {
    prepare: async (app) => {
      const { episode } = await anEpisode(app)
      return { page: `/episodes/${episode}/phased-return/new`, action: `/episodes/${episode}/phased-return` }
    },
    mine: { ...aWeekOf('4'), duties1: 'At the desk' },
    theirs: { ...aWeekOf('6') },
    shows: { theirs: 'Week 1: Monday, 6 hours a day', mine: 'At the desk' },
    slip: { hours: 'many' },
  },
  '/episodes/:episode/matters/:matter/words': {
    prepare: async (app) => ({ page: `${await aMatter(app)}/words` }),
    mine: { asks: 'Would a chair help?' },
    theirs: { summary: 'Pain after an hour' },
    shows: { theirs: 'Pain after an hour', mine: 'Would a chair help?' },
    slip: { asks: '' },
  },
  '/episodes/:episode/adjustments/:adjustment/words': {
    prepare: async (app) => ({ page: `${await anAdjustment(app)}/words` }),
    mine: { what: 'A chair that turns' },
    theirs: { what: 'A desk to stand at' },
    shows: { theirs: 'Equipment: A desk to stand at', mine: 'A chair that turns' },
    slip: { 'asked-day': '40' },
  },
  '/episodes/:episode/adjustments/:adjustment/steps': {
    prepare: async (app) => {
      const page = await anAdjustment(app)
      return { page, action: `${page}/steps` }
    },
    mine: { standing: 'declined', who: 'Ms Ray', reason: 'No money' },
    theirs: { standing: 'agreed', who: 'Mr Oak' },
    shows: { theirs: 'Agreed on', mine: 'No money' },
    slip: { 'on-day': '40' },
  },
  '/people/:person/employer/:workplace': {
    prepare: async (app) => ({ page: await aWorkplace(app) }),
    mine: { contact: 'Jo Ray-Smith' },
    theirs: { contact: 'Jay Oak' },
    shows: { theirs: 'Jay Oak · Their line manager', mine: 'Jo Ray-Smith' },
    slip: { organisation: '' },
  },
  '/people/:person/employer/:workplace/ending': {
    prepare: async (app) => {
      const page = await aWorkplace(app)
      return { page, action: `${page}/ending` }
    },
    mine: { 'ended-day': '4' },
    meanwhile: async (browser, page) => {
      const jay = { organisation: 'Hillside Bakery', contact: 'Jay Oak', part: 'hr', phone: '01632 960111' }
      await browser.send(page, { ...jay, version: '1' })
    },
    shows: { theirs: 'Jay Oak · Human resources', mine: 'value="4"' },
    slip: { 'ended-day': '40' },
  },
  '/episodes/:episode/job-search/readiness': {
    prepare: async (app) => ({ page: `/episodes/${(await anEpisode(app)).episode}/job-search/readiness` }),
    mine: { cv: 'to-do' },
    theirs: { bank: 'in-place' },
    shows: { theirs: '1 already in place', mine: 'value="to-do"' },
    slip: { travel: 'on no list' },
  },
  '/episodes/:episode/job-search/:help/steps': {
    prepare: async (app) => {
      const page = await anApplication(app)
      return { page, action: `${page}/steps` }
    },
    mine: { result: 'turned-down', note: 'They took somebody else' },
    theirs: { result: 'invited' },
    shows: { theirs: 'Invited to an interview, ', mine: 'They took somebody else' },
    slip: { 'on-day': '40' },
  },
  '/area/safety': {
    ...{ second: 'manager', first: 'systemAdministrator' },
    prepare: async () => ({ page: '/area/safety/new', action: '/area/safety' }),
    mine: { 'point-1': 'Stay with them' },
    theirs: { 'point-2': 'Ask them plainly' },
    shows: { theirs: 'Ask them plainly', mine: 'Stay with them' },
    slip: { outOfHours: '' },
  },
  '/staff-and-money/:organisation/staff': {
    ...leads,
    prepare: async ({ cast }) => ({ page: `/staff-and-money/${cast.manager.organisation}/staff` }),
    mine: { role: 'clinician', people: '2', why: 'A post was added', ...from },
    theirs: () => ({ role: 'coach', people: '31', ...from, 'from-month': month() }),
    shows: { theirs: 'Work and Health Coach, 31 from 1 ', mine: 'A post was added' },
    slip: { people: 'two' },
  },
  '/staff-and-money/:organisation/money': {
    ...leads,
    prepare: async ({ cast }) => ({ page: `/staff-and-money/${cast.manager.organisation}/money` }),
    mine: { kind: 'spent', month: '2026-01', pounds: '39120', why: 'The bill came' },
    theirs: () => ({ kind: 'planned', month: `2026-0${month()}`, pounds: '41200' }),
    shows: { theirs: ', £41,200, by Ali Lead', mine: '39120' },
    slip: { pounds: '5,000' },
  },
  '/profile/:organisation/:year': {
    ...leads,
    prepare: async ({ cast }) => ({ page: `/profile/${cast.manager.organisation}/2026` }),
    mine: { 'starts-5': '37', why: 'Two coaches join in May' },
    theirs: () => ({ 'starts-6': `${30 + Number(month())}`, why: 'Agreed with the board' }),
    shows: { theirs: 'June 2026: 3', mine: 'Two coaches join in May' },
    slip: { 'starts-7': 'many' },
  },
}
