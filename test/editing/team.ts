import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import { aPilot } from '#test/people/pilot.ts'
import { anEpisode } from '#test/people/episode.ts'
import type { Editable } from './forms.ts'

/** A budget for the year of the tests, and the page of something that was asked for. */
async function paidHelp(app: TestApp): Promise<string> {
  await aBudget(app)
  const { episode } = await anEpisode(app)
  const [id, coach] = [newId(), await app.as(app.cast.coach)]
  const request = { what: 'Work shoes', supplier: 'equipment', cost: '40', why: 'For the new job' }
  await coach.send(`/episodes/${episode}/budget`, { id, ...request })
  return `/budget/requests/${id}`
}

async function aBudget(app: TestApp): Promise<string> {
  const manager = await app.as(app.cast.manager)
  const from = { 'from-day': '1', 'from-month': '4', 'from-year': '2025' }
  const last = { 'last-day': '31', 'last-month': '3', 'last-year': '2027' }
  await manager.send('/budget/limits', { id: newId(), area: '1000', person: '500', ...from, ...last })
  return /href="(\/budget\/limits\/[0-9a-f-]{36})"/.exec((await manager.open('/budget/limits')).html)?.[1] ?? ''
}

/** A supervision that the senior coach held with the coach. */
export async function aSupervision(app: TestApp, cases: readonly string[] = []): Promise<string> {
  const [id, senior] = [newId(), await app.as(app.cast.seniorCoach)]
  const on = { 'on-day': '5', 'on-month': '1', 'on-year': '2026' }
  const words = { id, agreed: 'Training in February', cases: [...cases], ...on }
  await senior.send(`/supervisions/new/${app.cast.coach.membership}`, words)
  return id
}

/** The forms of the team's meetings, of the budget and of pilots. */
export const teamForms: Readonly<Record<string, Editable>> = {
  '/pilots/:pilot/changes': {
    ...{ second: 'manager', first: 'areaLead' },
    prepare: async (app) => {
      const pilot = `/pilots/${await aPilot(app)}`
      return { page: `${pilot}/change`, action: `${pilot}/changes` }
    },
    mine: { 'until-day': '30', 'until-month': '9', why: 'Enough have joined' },
    theirs: { 'until-day': '31', 'until-month': '10', why: 'The money ends' },
    shows: { theirs: '1 January 2026 to 31 October 2026', mine: 'Enough have joined' },
    slip: { why: '' },
  },
  '/budget/limits/:period': {
    ...{ second: 'manager', first: 'areaLead' },
    prepare: async (app) => ({ page: await aBudget(app) }),
    mine: { area: '2000', why: 'More people' },
    theirs: { area: '3000', why: 'The board gave more' },
    shows: { theirs: '£3,000.00 for the area', mine: 'More people' },
    slip: { area: 'lots' },
  },
  '/budget/requests/:paid/decision': {
    ...{ second: 'seniorCoach', first: 'clinician' },
    prepare: async (app) => {
      const page = await paidHelp(app)
      return { page, action: `${page}/decision` }
    },
    mine: { answer: 'no', reason: 'The employer pays' },
    theirs: { answer: 'no', reason: 'Too soon' },
    shows: { theirs: 'Refused', mine: 'The employer pays' },
    slip: { answer: '' },
    final: true,
  },
  '/budget/requests/:paid/steps': {
    prepare: async (app) => {
      const page = await paidHelp(app)
      return { page, action: `${page}/steps` }
    },
    mine: { kind: 'cancelled', note: 'They found some' },
    theirs: { kind: 'cancelled', note: 'Not needed' },
    shows: { theirs: 'Cancelled', mine: 'They found some' },
    slip: { 'on-day': '40' },
    final: true,
  },
  '/activities/:activity': {
    ...{ second: 'coach', first: 'coach' },
    prepare: async (app) => {
      const [id1, coach] = [newId(), await app.as(app.cast.coach)]
      const week = { 'week-day': '5', 'week-month': '1', 'week-year': '2026' }
      const row = { kind1: 'travel', minutes1: '30', on1: '2026-01-05' }
      await coach.send('/activities', { id1, id2: newId(), id3: newId(), ...week, ...row })
      return { page: `/activities/${id1}` }
    },
    mine: { note: 'To Leeds and back' },
    theirs: { minutes: '45' },
    shows: { theirs: '45 minutes', mine: 'To Leeds and back' },
    slip: { minutes: 'long' },
  },
  '/area/other-work': {
    ...{ second: 'administrator', first: 'manager' },
    prepare: async () => ({ page: '/area/other-work' }),
    mine: { reason: 'We tell them apart now' },
    theirs: { label9: 'Festivals and fairs' },
    shows: { theirs: 'Festivals and fairs', mine: 'We tell them apart now' },
    slip: { label0: 'Training' },
  },
  '/supervisions/:supervision/words': {
    ...{ second: 'coach', first: 'seniorCoach' },
    prepare: async (app) => ({ page: `/supervisions/${await aSupervision(app)}/words` }),
    mine: { agreed: 'Training in March' },
    theirs: { agreed: 'Training in May' },
    shows: { theirs: 'Training in May', mine: 'Training in March' },
    slip: { 'on-day': '40' },
  },
  '/team/meetings/:meeting/words': {
    ...{ second: 'administrator', first: 'clinician' },
    prepare: async (app) => {
      const [id, browser] = [newId(), await app.as(app.cast.administrator)]
      const { membership: chair } = app.cast.clinician
      const on = { 'on-day': '12', 'on-month': '1', 'on-year': '2026' }
      await browser.send('/team/meetings', { id, starts: '14:00', chair, comers: [chair], ...on })
      return { page: `/team/meetings/${id}/words` }
    },
    mine: { place: 'Room 2' },
    theirs: { place: 'Room 9' },
    shows: { theirs: 'Room 9', mine: 'Room 2' },
    slip: { starts: 'noon' },
  },
}
