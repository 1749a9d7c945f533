import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { nobody } from '#journey/acknowledgement/rules.ts'
import { takeReferral } from '#journey/referral/store.ts'
import type { TestApp } from '#test/app.ts'
import { anOrganisation, everyState, somebodyAt, type Told } from '#test/disclosure/people.ts'
import { aPerson } from '#test/people.ts'
import { aFitNoteRequest, datedOn } from '#test/people/trailblazer.ts'
import { agreeing, born, type Way, wentTo } from './ways.ts'

export const states = Object.keys(everyState)

/** Whoever referred somebody in this state who has said no to them: by message, behind their link and on their list. */
export const referrer = (route: Exclude<Route, 'self'>, state: string): Way => ({
  way: `whoever referred by ${route}: ${state}`,
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const of = await somebodyAt(app, state, { route, organisation: `The ${route}`, email: () => email })
    const asked = route === 'jobcentre' || route === 'employer' || route === 'gp' ? route : 'onward'
    await agreeing(app, of.person, { [asked]: 'no' })
    app.clock.pass({ hours: 1 })
    await app.work()
    return [
      ...(await wentTo(app, email)).filter((kind) => kind !== 'referral.received'),
      ...(await behindLink(app, of)),
      ...(await onList(app, of, email)),
    ]
  },
})

const more = /accepted|has started|has ended|declined|not eligible/i
const found = (where: string, text: string) => (more.test(text) ? [where] : [])

async function behindLink(app: TestApp, { link }: Told): Promise<string[]> {
  const seen = await (await app.as(app.cast.nationalTeam)).send(link, { do: 'see', ...born })
  return found('behind the link', seen.text)
}

async function onList(app: TestApp, { id }: Told, email: string): Promise<string[]> {
  const member = await app.as(await anOrganisation(app, { kind: 'practice', role: 'referrer', emails: [email] }))
  const [, row = ''] =
    /<tr role="row">(<th role="rowheader".*?)<\/tr>/.exec((await member.open('/my-referrals')).html) ?? []
  const opened = await member.send(`/my-referrals/${id}/opening`)
  const behind = await member.send(opened.location ?? '/', { do: 'see', ...born })
  return [...found('on the list', row), ...found('behind the list', behind.text)]
}

/** A referral that nobody asked the person about. */
async function refers(app: TestApp, person: string, email: string): Promise<void> {
  const [today, { administrator }] = [dayOf(app.clock.now), app.cast]
  const nothing = { workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, reason: null }
  await app.inArea('north', (db) =>
    takeReferral(db, {
      ...{ area: 'north', id: newId(), route: 'employer', channel: 'online', holder: administrator.organisation },
      ...{
        by: null,
        agreement: 'not-asked',
        words: {},
        receivedOn: today,
        today,
        now: app.clock.now,
        newcomer: { known: person },
      },
      answers: { ...nothing, howHeard: null },
      referrer: { ...nobody, name: 'Jo Ray', organisation: 'Hillside', email, feedback: 'received' },
    }),
  )
}

export const refersAgain: Way = {
  way: 'whoever refers somebody who said no to them',
  async learnt(app) {
    const [email, person] = [`${newId()}@outside.example.org`, await aPerson(app)]
    await agreeing(app, person, { employer: 'no' })
    await refers(app, person, email)
    await app.work()
    return wentTo(app, email)
  },
}

export const beforeItWent: Way = {
  way: 'whoever referred somebody who says no before the message goes',
  async learnt(app) {
    const [email, person] = [`${newId()}@outside.example.org`, await aPerson(app)]
    await refers(app, person, email)
    await agreeing(app, person, { employer: 'no' })
    await app.work()
    return wentTo(app, email)
  },
}

export const question: Way = {
  way: 'whoever referred and is asked something',
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const of = await somebodyAt(app, 'active', { route: 'employer', organisation: 'Hillside', email: () => email })
    await app.work()
    await agreeing(app, of.person, { employer: 'no' })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/referrals/${of.id}/question`, { id: newId(), asks: 'What does she do there?' })
    return (await wentTo(app, email)).filter((kind) => kind !== 'referral.received')
  },
}

export const practice: Way = {
  way: 'a practice that asked for a fit note',
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const made = await aFitNoteRequest(app, { familyName: newId().slice(-6), fields: { email } })
    await agreeing(app, made.person, { gp: 'no' })
    const held = datedOn('held', dayOf(app.clock.now))
    const result = { id: newId(), what: 'clinician', words: 'The pain has changed', ...held }
    await made.coach.send(`${made.path}/${made.request}/result`, result)
    await made.coach.send(`${made.path}/${made.request}/telling`, { email })
    await app.work()
    return wentTo(app, email)
  },
}
