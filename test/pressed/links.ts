import { newId } from '#platform/ids.ts'
import { issueLink, messageLinkPath, withdrawLinks } from '#platform/link/links.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { joiningPurpose } from '#registers/joining/rules.ts'
import { ownerPurpose } from '#registers/owner-check/rules.ts'
import { askingPurpose } from '#registers/own-questions/rules.ts'
import { linkPurpose } from '#journey/invitation/rules.ts'
import { helpLink } from '#journey/onward-asking/rules.ts'
import { recordEvent } from '#journey/onward/store.ts'
import { ownLink, serviceLink } from '#journey/onward-sending/rules.ts'
import { planLink } from '#journey/plan-offer/rules.ts'
import { threeWayPurpose } from '#journey/support/three-way/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields, Seen } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { linkSent } from '#test/disclosure/people.ts'
import { putToEmployer } from '#test/people/employer.ts'
import { anEpisode } from '#test/people/episode.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aDraftedOnward, aSentOnward, onwardLink } from '#test/people/onward.ts'
import { anAnswer, aPerson } from '#test/people.ts'
import { aDraftedPlan } from '#test/people/plan.ts'
import { aReferral } from '#test/people/referral.ts'
import { aService } from '#test/people/services.ts'
import { type Deed, deedsOn } from './forms.ts'

/** Something that was sent by a link: where it opens, what proves who opens it, and what may happen to it meanwhile. */
export type Sent = Readonly<{
  path: string
  proves?: Fields
  person?: string
  subject: string
  /** What a member of the team does meanwhile, after which it is not asked any more, or is asked differently. */
  meanwhile?: () => Promise<unknown>
  /** Who is signed in at the browser in which it is opened. */
  as?: Member
  /** The rows that are kept of what is answered. */
  lines: Readonly<{ from: string; where: string }>
}>

const born = (year: number, month: number, day: number): Fields => ({
  ...{ 'bornOn-day': `${day}`, 'bornOn-month': `${month}`, 'bornOn-year': `${year}` },
})
const robin = born(1981, 3, 14)

type About = Readonly<{ purpose: string; person: string | null; subject: string; allowedBy?: string }>

const given = (app: TestApp, { allowedBy = 'asked-for', ...about }: About) =>
  app.inArea('north', (db) =>
    issueLink(db, {
      ...{ area: 'north', by: null, allowedBy, ...about },
      ...{ now: app.clock.now, expiresAt: app.clock.now.add({ hours: 24 * 30 }) },
    }),
  )

async function taken(browser: Browser, path: string, fields: Fields): Promise<Seen> {
  const seen = await browser.send(path, fields)
  if (seen.status >= 400) throw new Error(`${path} answered ${seen.status}: ${seen.text.slice(0, 600)}`)
  return seen
}

const linkIn = ({ html }: Seen) => /\/l\/[\w.-]+/.exec(html)?.[0] ?? ''

/** Somebody outside is asked something, as this kind of recipient. */
const aRequest =
  (kind: string, organisation: string) =>
  async (app: TestApp): Promise<Sent> => {
    const coach = await app.as(app.cast.coach)
    const person = await aPerson(app, { givenName: 'Nadia', familyName: 'Newcomer' })
    const allowed = { employer: 'yes', 'employer-allows': 'summary', onward: 'yes', 'onward-allows': 'summary' }
    await taken(coach, `/people/${person}/agreements`, { form: newId(), how: 'telephone', ...allowed })
    const named = {
      employer: 'yes',
      'employer-allows': 'summary',
      'employer-name': `Occupational health of ${organisation}`,
    }
    await taken(coach, `/people/${person}/agreements`, { form: newId(), how: 'telephone', ...named })
    const id = newId()
    const asking = { id, kind, organisation, email: 'office@example.org', asks: 'Could she begin at ten?' }
    await taken(coach, `/people/${person}/requests`, asking)
    await app.work()
    return {
      ...{ path: await linkSent(app, id), proves: { do: 'open', code: spokenCode(app.settings.secret, id) } },
      ...{ person, subject: id, lines: { from: 'request.answer', where: 'request' } },
      meanwhile: () => coach.send(`/requests/${id}/closing`),
    }
  }

async function aQuestionToAReferrer(app: TestApp): Promise<Sent> {
  const surgery = { name: 'Dr Ayo', organisation: 'Riverside Surgery', email: 'surgery@example.org' }
  const { id, person } = await aReferral(app, { route: 'gp', referrer: { ...surgery, feedback: 'status' } })
  const administrator = await app.as(app.cast.administrator)
  await taken(administrator, `/referrals/${id}/question`, { id: newId(), asks: 'Which days suit them?' })
  await app.work()
  return {
    ...{ path: await linkSent(app, id), proves: robin, person, subject: id },
    lines: {
      from: 'request.answer',
      where: `request in (select id from request.request where person = '${person}') and area`,
    },
    meanwhile: () =>
      administrator.send(`/referrals/${id}/decision`, { id: newId(), decision: 'accepted', reason: 'Yes' }),
  }
}

async function anAppointment(app: TestApp): Promise<Sent> {
  const { person, episode } = await anEpisode(app, { familyName: 'Chooser' })
  const coach = await app.as(app.cast.coach)
  const offer = newId()
  const asked = { id: offer, member: app.cast.coach.membership, purpose: 'first', modes: ['phone'], days: '14' }
  await taken(coach, `/episodes/${episode}/offers`, { ...asked, handing: 'message' })
  return {
    ...{ path: await given(app, { purpose: linkPurpose, person, subject: offer }), person, subject: offer },
    lines: { from: 'appointment.appointment', where: `episode = '${episode}' and area` },
    meanwhile: () => coach.send(`/offers/${offer}/withdrawal`),
  }
}

async function someQuestions(app: TestApp): Promise<Sent> {
  const { person } = await anAcceptedPerson(app)
  const coach = await app.as(app.cast.coach)
  const id = newId()
  const asked = { id, instruments: ['phq-9', 'ons4'], days: '7', handing: 'staff' }
  const page = await taken(coach, `/people/${person}/questionnaires/links`, asked)
  return {
    ...{
      path: linkIn(page),
      person,
      subject: id,
      lines: { from: 'questionnaires.answer', where: `person = '${person}' and area` },
    },
    meanwhile: () => coach.send(`/people/${person}/questionnaires/links/${id}/withdrawal`),
  }
}

async function aReferralToAService(app: TestApp): Promise<Sent> {
  const { onward, person, browser } = await aSentOnward(app)
  return {
    ...{ path: await onwardLink(app, onward, serviceLink), proves: { code: spokenCode(app.settings.secret, onward) } },
    ...{ person, subject: onward, lines: { from: 'onward.event', where: `witness = 'service' and referral` } },
    meanwhile: () => browser.send(`/onward/${onward}/withdrawal`, { id: newId(), version: '2', reason: 'not-needed' }),
  }
}

async function aPacketToRead(app: TestApp): Promise<Sent> {
  const { onward, person, browser } = await aDraftedOnward(app)
  await taken(browser, `/onward/${onward}/showing`, { id: newId(), how: 'message', version: '1' })
  const path = await given(app, { purpose: ownLink, person, subject: onward })
  return {
    ...{ path, proves: robin, person, subject: onward },
    lines: { from: 'onward.event', where: `kind in ('agreed', 'refused') and referral` },
    meanwhile: () => browser.send(`/onward/${onward}/withdrawal`, { id: newId(), version: '2', reason: 'not-needed' }),
  }
}

async function didItHelp(app: TestApp): Promise<Sent> {
  const { onward, person, browser } = await aDraftedOnward(app, { also: { kind: 'signpost' } })
  await taken(browser, `/onward/${onward}/telling`, { id: newId() })
  const subject = newId()
  const asked = { area: 'north', id: subject, referral: onward, kind: 'asked', witness: 'team' } as const
  await app.inArea('north', (db) => recordEvent(db, { ...asked, at: app.clock.now }))
  const allowedBy = await anAnswer(app, person, 'contact', true)
  return {
    ...{ path: await given(app, { purpose: helpLink, person, subject, allowedBy }), person, subject },
    lines: { from: 'onward.event', where: `kind = 'said' and referral = '${onward}' and area` },
    meanwhile: () => browser.send(`/onward/${onward}/withdrawal`, { id: newId(), version: '2', reason: 'not-needed' }),
  }
}

async function aThreeWay(app: TestApp): Promise<Sent> {
  const { link, code, proposal, person, coach } = await putToEmployer(app)
  return {
    ...{ path: link, proves: { do: 'open', code }, person, subject: proposal },
    lines: { from: 'three_way.reply', where: 'proposal' },
    meanwhile: () => coach.send(`/three-way/${proposal}/closing`),
  }
}

async function aPlan(app: TestApp): Promise<Sent> {
  const { person, episode, goals } = await aDraftedPlan(app)
  const coach = await app.as(app.cast.coach)
  const page = await taken(coach, `/episodes/${episode}/plan/sending`, { id: newId(), handing: 'staff' })
  const { rows } = await app.owner.query('select id from plan_offer.offer where episode = $1', [episode])
  const action = {
    id: newId(),
    what: 'Ring the bank',
    owner: 'participant',
    'due-day': '2',
    'due-month': '2',
    'due-year': '2026',
  }
  return {
    ...{
      path: linkIn(page),
      proves: robin,
      person,
      subject: rows[0].id,
      lines: { from: 'plan_offer.answer', where: 'offer' },
    },
    meanwhile: () => coach.send(`/goals/${goals[0]?.id ?? ''}/actions`, action),
  }
}

async function anOwnersCheck(app: TestApp): Promise<Sent> {
  const email = 'office@riverside.example.org'
  const service = await aService(app, { email })
  const manager = await app.as(app.cast.manager)
  await taken(manager, `/services/${service}/owner-check`, { email })
  await app.work()
  const { rows } = await app.owner.query(
    `select m.id, a.id as asked from notify.message m join owner_check.asked a on a.id = m.about where a.service = $1`,
    [service],
  )
  return {
    ...{ path: messageLinkPath(app.settings.secret, { area: 'north', id: rows[0].id }), subject: rows[0].asked },
    lines: { from: 'services.version', where: `subject = '${service}' and area` },
  }
}

async function anInvitation(app: TestApp): Promise<Sent> {
  const [administrator, member] = [await app.as(app.cast.administrator), newId()]
  const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026', version: '0' }
  const new_ = {
    name: 'New Coach',
    email: `${member}@example.org`,
    organisation: app.cast.coach.organisation,
    role: 'coach',
  }
  await taken(administrator, `/members/${member}`, { ...from, ...new_ })
  await app.work()
  const { rows } = await app.owner.query(
    `select id, link_subject from notify.message where kind = 'member.invited' order by id desc limit 1`,
  )
  return {
    ...{ path: messageLinkPath(app.settings.secret, { area: 'north', id: rows[0].id }), subject: rows[0].link_subject },
    as: app.cast.coachElsewhere,
    lines: { from: 'organisations.member', where: `id = '${member}' and area` },
  }
}

/** Everything that is sent by a link with something to answer behind it, by its purpose and by whom it is for. */
export const sentByLink: Readonly<Record<string, Readonly<{ purpose: string; send(app: TestApp): Promise<Sent> }>>> = {
  'a service that is asked': { purpose: 'request', send: aRequest('service', 'Debt Advice North') },
  'an employer that is asked': { purpose: 'request', send: aRequest('employer', 'Hillside Bakery') },
  'occupational health': { purpose: 'request', send: aRequest('occupational-health', 'Hillside Bakery') },
  'whoever referred': { purpose: 'referral', send: aQuestionToAReferrer },
  'a time to choose': { purpose: linkPurpose, send: anAppointment },
  questions: { purpose: askingPurpose, send: someQuestions },
  'a service that is sent somebody': { purpose: serviceLink, send: aReferralToAService },
  'what would be sent': { purpose: ownLink, send: aPacketToRead },
  'how it went': { purpose: helpLink, send: didItHelp },
  'what is put to an employer': { purpose: threeWayPurpose, send: aThreeWay },
  'a plan': { purpose: planLink, send: aPlan },
  'whoever runs a service': { purpose: ownerPurpose, send: anOwnersCheck },
  'an invitation': { purpose: joiningPurpose, send: anInvitation },
}

/** Opens what a link opens in a tab, and says who is there. */
export async function openedBehind(tab: Browser, { path, proves }: Sent): Promise<Seen> {
  const door = await tab.open(path)
  return proves ? tab.send(path, proves) : door
}

/** All that can be pressed behind a link. */
export async function deedsBehind(tab: Browser, sent: Sent): Promise<readonly Deed[]> {
  const { html } = await openedBehind(tab, sent)
  const [first] = deedsOn(html).filter(({ action }) => action === sent.path)
  if (!first) throw new Error(`Nothing to press behind ${sent.path}: ${html.replaceAll(/<[^>]+>/g, ' ').slice(-1500)}`)
  return deedsOn(html).filter(({ action }) => action === sent.path)
}

/** Takes a link back, as somebody does who sends another. */
export const closed = (app: TestApp, { subject }: Sent) =>
  app.inArea('north', (db) => withdrawLinks(db, { area: 'north', subject, now: app.clock.now }))

/** The person stops with the service, by themselves. */
export async function left(app: TestApp, { person }: Sent): Promise<void> {
  if (person === undefined) return
  const own = await app.asParticipant(person)
  await own.send('/my/leaving', { id: newId(), wish: 'stop' })
}

/** How many lines are kept of what was answered. */
export async function linesOf(app: TestApp, { lines, subject }: Sent): Promise<number> {
  const value = lines.where.endsWith('area') ? 'north' : subject
  const { rows } = await app.owner.query(`select count(*)::int as n from ${lines.from} where ${lines.where} = $1`, [
    value,
  ])
  return rows[0].n
}
