import type { TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { aService } from '#test/people/services.ts'
import { aPairDecidedTogether, aPairToDecide, aWayToReach, aWorkplace } from './records.ts'

/** Makes what a button acts on, and says where it is pressed. */
type Prepare = (app: TestApp, browser: Browser) => Promise<string>

/** Every button that acts on what others may change too and has nothing to fill in, by its route. */
export const versionedButtons: Readonly<Record<string, Prepare>> = {
  '/area/messages/:template/:language/:format/as-supplied': async (_app, browser) => {
    const page = '/area/messages/request-received/en/email'
    await browser.send(page, { subject: 'Ours', body: 'Ours: {reference}, {by}', version: '1' })
    return `${page}/as-supplied`
  },
  '/area/solutions/:solution/ending': async () => '/area/solutions/pain-breaks/ending',
  '/area/solutions/:solution/as-supplied': async (_app, browser) => {
    await browser.send('/area/solutions/pain-diary/ending', { version: '1' })
    return '/area/solutions/pain-diary/as-supplied'
  },
  '/services/:service/check': async (app) => `/services/${await aService(app)}/check`,
  '/people/:person/details/access/review': async (app) => `/people/${await aPerson(app)}/details/access/review`,
  '/people/:person/details/means/:means/confirmation': async (app) => `${await aWayToReach(app)}/confirmation`,
  '/people/:person/details/means/:means/ending': async (app) => `${await aWayToReach(app)}/ending`,
  '/people/:person/employer/:workplace/resumption': async (app, browser) => {
    const page = await aWorkplace(app)
    await browser.send(`${page}/ending`, { 'ended-day': '1', 'ended-month': '1', 'ended-year': '2026', version: '1' })
    return `${page}/resumption`
  },
  '/people/:person/duplicates/:pair/reversal': async (app, browser) => {
    const page = await aPairToDecide(app)
    await browser.send(`${page}/decision`, { decision: 'different', reason: 'I met them both', version: '1' })
    return `${page}/reversal`
  },
  '/people/duplicates/elsewhere/:pair/reversal': async (app) => `${await aPairDecidedTogether(app)}/reversal`,
  '/people/:person/restriction/lifting': async (app, browser) => {
    const restriction = `/people/${await aPerson(app)}/restriction`
    await browser.send(restriction, { reason: 'at-risk', named: [app.cast.manager.membership], version: '1' })
    return `${restriction}/lifting`
  },
}
