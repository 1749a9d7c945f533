import { aDraftedOnward, aSentOnward, anInbox, saidDifferently } from '#test/people/onward.ts'
import { aDraftedPlan } from '#test/people/plan.ts'
import { expect } from 'vitest'
import { aService } from '#test/people/services.ts'
import { newId } from '#platform/ids.ts'
import type { Editable } from './forms.ts'

/** The forms of onward referrals that two coaches may have open at once. */
export const onwardForms: Readonly<Record<string, Editable>> = {
  '/onward/:onward/change': {
    prepare: async (app) => ({ page: `/onward/${(await aDraftedOnward(app)).onward}/change` }),
    mine: { wanted: 'My words for the service' },
    theirs: { wanted: 'Their words for the service' },
    shows: { theirs: 'Their words for the service', mine: 'My words for the service' },
    slip: { wanted: '' },
  },
  '/onward/:onward/showing': {
    prepare: async (app) => ({ page: `/onward/${(await aDraftedOnward(app)).onward}/showing` }),
    mine: { how: 'telephone', answer: 'yes', note: 'My words about it' },
    meanwhile: async (browser, page) => {
      const change = page.replace('showing', 'change')
      const other = { kind: 'formal', wanted: 'Their words for the service', email: 'intake@riverside.example.org' }
      await browser.send(change, { ...other, version: '1' })
    },
    shows: { theirs: 'Their words for the service', mine: 'My words about it' },
    slip: { how: '' },
  },
  '/onward/:onward/happenings': {
    prepare: async (app) => {
      const at = `/onward/${(await aSentOnward(app)).onward}/happenings`
      return { page: `${at}/new`, action: at }
    },
    mine: { witness: 'service', said: 'accepted', note: 'My words about it' },
    theirs: { witness: 'service', said: 'waiting', note: 'Their words' },
    shows: { theirs: 'It stands at: On a waiting list', mine: 'My words about it' },
    slip: { said: '' },
  },
  '/people/:person/programmes/:intensive/checks': {
    prepare: async (app) => {
      const { person } = await aDraftedPlan(app)
      const page = `/people/${person}/programmes/connect-to-work`
      return { page, action: `${page}/checks` }
    },
    mine: { 'answer-wants': 'yes' },
    theirs: { 'answer-wants': 'no' },
    shows: { theirs: 'They choose it themselves: not met', mine: /value="yes"[^>]*checked|checked[^>]*value="yes"/ },
    slip: { 'answer-wants': 'perhaps' },
  },
  '/intensive-programmes/:intensive/decisions': {
    ...{ second: 'administrator', first: 'manager' },
    prepare: async () => ({ page: '/intensive-programmes/connect-to-work/decisions' }),
    mine: { reason: 'My letter of the lead council' },
    theirs: { leastAge: '17', reason: 'Their letter' },
    shows: { theirs: 'From the age of 17', mine: 'My letter of the lead council' },
    slip: { leastAge: 'young' },
  },
  '/inbox/:onward': {
    ...{ second: 'serviceWorker', first: 'serviceLead' },
    prepare: async (app) => {
      const { onward, service } = await aSentOnward(app)
      await anInbox(app, service)
      // Whoever opens it first has read it, which is no change of what the other has open.
      await (await app.as(app.cast.serviceLead)).open(`/inbox/${onward}`)
      return { page: `/inbox/${onward}` }
    },
    mine: { said: 'accepted', note: 'My words about it' },
    theirs: { said: 'waiting', note: 'Their words' },
    shows: { theirs: 'It stands at: On your waiting list', mine: 'My words about it' },
    slip: { said: '' },
  },
  '/inbox/services/:service': {
    ...{ second: 'serviceLead', first: 'serviceLead' },
    prepare: async (app) => {
      const service = await aService(app, { waitWeeks: 4 })
      await anInbox(app, service)
      return { page: `/inbox/services/${service}` }
    },
    mine: { capacity: 'few', waitWeeks: '37' },
    // What is not taken at once waits for a decision and changes nothing yet; that it is still so stands.
    meanwhile: async (browser, page, app) => {
      const service = page.split('/').at(-1) ?? ''
      await browser.send(page, { id: newId(), version: '1', capacity: '', waitWeeks: '4' })
      expect((await (await app.as(app.cast.manager)).open(`/services/${service}/history`)).text).toContain('still so')
    },
    shows: { theirs: '4 weeks', mine: /value="37"/ },
    slip: { waitWeeks: 'many' },
  },
  '/onward/:onward/settling': {
    prepare: async (app) => ({ page: `/onward/${(await saidDifferently(app)).onward}/settling` }),
    mine: { holds: 'begun', note: 'My words about it' },
    meanwhile: async (browser, page) => {
      const words = { witness: 'team', said: 'attended', sessions: '2', version: '4', note: 'Their words about it' }
      const last = { 'last-day': '4', 'last-month': '1', 'last-year': '2026' }
      await browser.send(page.replace('settling', 'happenings'), { id: newId(), ...words, ...last })
    },
    shows: { theirs: 'Their words about it', mine: 'My words about it' },
    slip: { holds: '' },
  },
}
