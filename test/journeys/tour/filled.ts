import { issueLink } from '#platform/link/links.ts'
import { newId } from '#platform/ids.ts'
import { keepLogin } from '#registers/login/store.ts'
import { saveRelease } from '#journey/copy/store.ts'
import { usualRules } from '#journey/eligibility/rules.ts'
import { lookForPairs } from '#registers/likeness/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { aPerson } from '#test/people.ts'
import { aJobcentre, servedGround, setRules } from '#test/people/eligibility.ts'
import { hoursOf } from '#test/people/availability.ts'
import { actionIn, aFileOfReferrals, hiddenIn, sendFile } from '#test/people/file.ts'
import { askedAndOffered } from '#test/people/asking.ts'
import { scaled } from '#test/people/goal-scaling.ts'
import { anArrival } from '#test/people/moving.ts'
import { askedForAdvice } from '#test/people/employer.ts'
import { triedAndTyped } from '#test/people/pilot.ts'
import { anEpisode } from '#test/people/episode.ts'
import { withQuestionnaires } from '#test/people/first-conversation.ts'
import { aCompletedPlan, aConversation, aDraftedPlan, anAgreedPlan } from '#test/people/plan.ts'
import { aWindingUpWithPeople } from '#test/people/winding-up.ts'
import { aReferral } from '#test/people/referral.ts'
import { stuckSystems } from '#test/people/told.ts'
import { askedForNotes } from '#test/people/trailblazer.ts'
import { aDirectory } from './directory.ts'
import { passedOn } from './onward.ts'
import { beforeTheTeam } from './team.ts'

/** What stands in an area at work, so that no page of it is empty. */
export type Filled = Readonly<{
  /** What is put where a route has a part: the `person` of `/people/:person`. */
  parts: Readonly<Record<string, string>>
  /** Somebody who completed their plan. */
  completed: Standing
  /** Somebody whose plan is written and not yet agreed. */
  drafted: Standing
  /** Somebody about whom nothing but the referral is known. */
  fresh: Standing
  /** A stranger who answered every question and has not sent them. */
  stranger: Browser
  /** The person of whom all is known, signed in as themselves. */
  participant: Browser
}>

type Standing = Readonly<{ person: string; episode: string }>

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

/** Sends a form that the product has to take. */
async function given(browser: Browser, path: string, fields: Fields): Promise<void> {
  const seen = await browser.send(path, fields)
  if (seen.status >= 400) throw new Error(`${path} answered ${seen.status}: ${seen.text.slice(0, 1500)}`)
}

// The words of one message, a translation, and a suggestion.
const words = {
  ...{ template: 'request-received', language: 'pl', format: 'text', solution: 'pain-ask', instrument: 'rulers' },
  ...{ intensive: 'connect-to-work', system: 'vision' },
} as const

/** An area at work, and in it somebody about whom everything is written down that can be. */
export async function fillArea(app: TestApp): Promise<Filled> {
  app.clock.set('2025-09-22T10:00:00Z')
  const completed = await aCompletedPlan(app)
  app.clock.set('2025-12-15T10:00:00Z')
  const cover = await servedGround(app, { board: 'QWO' })
  const office = await aJobcentre(app)
  await setRules(app, usualRules)
  await withQuestionnaires(app, 'north', ['phq-9'])
  const person = await somebody(app)
  const goals = ['I want to be back at my desk three days a week', 'I want to sleep through the night']
  const spell = await anAgreedPlan(app, { person, goals })
  await aConversation(app, spell, { barriers: ['pain', 'anxiety', 'sleep'], workAbility: '4' })
  app.clock.set('2026-01-05T10:00:00Z')
  const drafted = await aDraftedPlan(app)
  const support = await workWith(app, spell)
  const fresh = await anEpisode(app, { givenName: 'Nadia', familyName: 'Newcomer', unallocated: true })
  const referral = await bySurgery(app)
  const outside = await askedOutside(app, person, referral.id)
  const others = { ...(await workAround(app)), outside, venue: await hoursOf(app, app.cast.otherCoach) }
  await app.work()
  const [goal] = spell.goals
  return {
    parts: {
      ...{ person, episode: spell.episode, goal: goal?.id ?? '', action: goal?.action ?? '' },
      ...{ ...(await askedAndOffered(app, spell)), ...(await scaled(app, goal?.id ?? '')) },
      ...{ ...(await triedAndTyped(app, spell)), ...(await anArrival(app, drafted.episode)) },
      ...{ referral: referral.id, link: await linkOf(app, referral), ...support, ...others },
      ...{ cover, office, area: 'north', part: 'name', set: 'baseline', weeks: '13', offered: 'take-part' },
      ...{ member: app.cast.otherCoach.membership, organisation: app.cast.coach.organisation, year: '2026' },
      ...{ ...words, ...(await rowsMade(app, person)), ...(await aDirectory(app)) },
      ...{ ...(await copiesAskedFor(app, person)), ...(await filesBroughtIn(app)) },
      ...{ ...(await passedOn(app, spell)), ...(await stuckSystems(app)) },
    },
    completed,
    drafted,
    fresh,
    stranger: await answeredByAStranger(app),
    participant: await app.asParticipant(person),
  }
}

/** Somebody of whom all is known, with needs that a page has to show and a rule for how to reach them. */
const somebody = (app: TestApp) =>
  aPerson(app, {
    ...{ givenName: 'Alexandrina', familyName: 'Featherstonehaugh-Okonkwo' },
    means: [
      { kind: 'mobile', value: '07700 900123' },
      { kind: 'email', value: 'alexandrina.featherstonehaugh-okonkwo@example.org' },
      { kind: 'post', value: '1 High Street, Leeds' },
    ],
    also: {
      ...{ preferredName: 'Alex', pronouns: 'she/her', nhsNumber: '9000000106', postcode: 'LS1 4AP' },
      ...{
        address: '1 High Street, Leeds',
        gpPractice: 'Riverside Surgery',
        language: 'Polish',
        interpreter: 'Polish',
      },
      ...{ accessNeeds: ['large-print', 'step-free'], accessNote: 'A chair with arms' },
      ...{ safeNote: 'Her partner must not know', bestTime: 'Weekday mornings' },
    },
  })

async function workWith(app: TestApp, { person, episode }: Standing): Promise<Readonly<Record<string, string>>> {
  const coach = await app.as(app.cast.coach)
  const [appointment, concern, contact] = [newId(), newId(), newId()]
  const said = { way: 'mobile', result: 'no-answer', note: 'Rang twice' }
  await given(coach, `/episodes/${episode}/contacts`, { id: contact, ...said })
  await given(coach, `/episodes/${episode}/appointments`, {
    ...{ id: appointment, member: app.cast.coach.membership, purpose: 'first', minutes: '60', mode: 'phone' },
    ...{
      ...dated('day', '2026-01-13'),
      time: '10:30',
      interpreter: 'none',
      tell: 'message',
      anyway: 'yes',
      access: 'Ground floor room',
    },
  })
  await given(coach, `/episodes/${episode}/concerns`, {
    ...{ id: concern, kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' },
    ...dated('next-look-on', '2026-01-05'),
  })
  await given(coach, `/episodes/${episode}/support`, {
    ...{ id: newId(), kind: 'coaching', done: 'Practised asking for a later start', minutes: '45' },
    ...dated('next', '2026-01-19'),
  })
  await given(coach, `/people/${person}/questionnaires/baseline`, {
    ...{ form: newId(), 'answered-by': 'staff', 'ons4-satisfied': '4', 'ons4-anxious': '8', 'rulers-importance': '9' },
  })
  const outing = await aloneWith(coach, { episode, person })
  await isOffWork(coach, person)
  const adjustment = await atWork(coach, { episode, person })
  const workplace = await employed(coach, person)
  const help = await lookingForWork(coach, { episode, person })
  const proposal = await putTo(coach, { episode, workplace, adjustment })
  const team = { ...(await beforeTheTeam(app, episode)), advice: await askedForAdvice(app, episode) }
  const more = { ...team, ...(await askedForNotes(app, person)) }
  return { ...more, adjustment, workplace, proposal, help, appointment, chain: appointment, concern, contact, outing }
}

/** They have a fit note. */
async function isOffWork(coach: Browser, person: string): Promise<void> {
  await given(coach, `/people/${person}/fit-notes/new/med3`, {
    ...{
      id: newId(),
      kind: 'med3',
      outcome: 'not-fit',
      condition: 'Low mood',
      issuer: 'Dr Ada Ayo',
      profession: 'doctor',
    },
    ...{ ...dated('assessed', '2026-01-02'), ...dated('stated', '2026-01-02') },
    ...{ ...dated('from', '2026-01-02'), ...dated('until', '2026-01-09') },
  })
}

/** Somebody meets them alone, and they have made a safety plan together. */
async function aloneWith(coach: Browser, { episode }: Standing): Promise<string> {
  const outing = newId()
  await given(coach, '/outings', {
    ...{ id: outing, episode, place: 'Library, 2 Station Road', leaves: '9:30', back: '11:00', phone: '01632 960123' },
    ...dated('on', '2026-01-05'),
  })
  await given(coach, `/episodes/${episode}/phased-return`, {
    ...{ id: newId(), version: '0', usual: ['1', '2', '3', '4', '5'], hours: '37.5', pay: '500' },
    ...{ ...dated('off', '2025-12-01'), ...dated('begins', '2026-02-02') },
    ...{ days1: ['1', '3'], hours1: '4', duties1: 'No lifting', days2: ['1', '3', '5'], hours2: '5', review2: 'yes' },
  })
  await given(coach, `/episodes/${episode}/safety-plan`, {
    ...{ id: newId(), version: '0', signs: 'I stop answering the phone', helps: 'A walk to the canal', shown: 'yes' },
  })
  return outing
}

/** Two adjustments: a later start, which the employer agreed to, and a chair that was asked for. */
async function atWork(coach: Browser, { episode }: Standing): Promise<string> {
  const [later, address] = [newId(), `/episodes/${episode}/adjustments`]
  const asked = { askedBy: 'participant', ...dated('asked', '2026-01-02') }
  await given(coach, address, { id: later, kind: 'hours', what: 'Starts at ten on Mondays', ...asked })
  await given(coach, address, { id: newId(), kind: 'equipment', what: 'A chair that supports the back', ...asked })
  await given(coach, `${address}/${later}/steps`, {
    ...{ id: newId(), version: '1', standing: 'agreed', who: 'Jo Ray, team leader', ...dated('on', '2026-01-05') },
  })
  return later
}

/** We know their manager, who may be told what helps, and have talked with them. */
async function employed(coach: Browser, person: string): Promise<string> {
  const [workplace, sentence, address] = [newId(), newId(), `/people/${person}/employer`]
  const manager = { contact: 'Jo Ray', part: 'line-manager', phone: '01632 960111', email: 'jo@hillside.example.org' }
  await given(coach, address, { id: workplace, organisation: 'Hillside Bakery', site: 'Mill Lane', ...manager })
  await given(coach, `${address}/sentences`, { id: sentence, kind: 'helps', words: 'A break of ten minutes each hour' })
  const saying = { id: newId(), sentences: sentence, adjustments: 'yes', phasedReturn: 'yes', how: 'telephone' }
  await given(coach, `${address}/${workplace}/saying`, saying)
  const talk = { id: newId(), workplace, kind: 'call', minutes: '20', note: 'They want to keep the job open' }
  await given(coach, `${address}/talks`, { ...talk, ...dated('on', '2026-01-05') })
  return workplace
}

/** An application that was sent and led to an interview, and what is in place already. */
async function lookingForWork(coach: Browser, { episode }: Standing): Promise<string> {
  const [help, address] = [newId(), `/episodes/${episode}/job-search`]
  const sent = { kind: 'application', what: 'Baker, Mill Bakery', result: 'sent', ...dated('on', '2026-01-02') }
  await given(coach, address, { id: help, ...sent })
  const invited = { id: newId(), version: '1', result: 'invited', note: 'On Thursday', ...dated('on', '2026-01-05') }
  await given(coach, `${address}/${help}/steps`, invited)
  await given(coach, `${address}/readiness`, { version: '0', cv: 'in-place', travel: 'to-do' })
  return help
}

/** A later start and the phased return were put to the manager, who agreed to one of them. */
async function putTo(coach: Browser, of: Readonly<{ episode: string; workplace: string; adjustment: string }>) {
  const [proposal, { episode, workplace, adjustment }] = [newId(), of]
  const put = { id: proposal, workplace, asks: 'Could these be done?', items: adjustment, withReturn: 'yes' }
  await given(coach, `/episodes/${episode}/three-way`, put)
  await given(coach, `/three-way/${proposal}/sending`, {})
  await given(coach, `/three-way/${proposal}/answer`, {
    ...{ id: newId(), how: 'telephone', byName: 'Jo Ray, manager', answer1: 'agree', ...dated('from1', '2026-02-02') },
    ...{ answer0: 'suggest', instead0: 'One week longer at half days' },
  })
  return proposal
}

/** What goes on beside: a colleague is away, two records look like one person, a record is restricted. */
async function workAround(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const { coach, otherCoach, manager, providerManager } = app.cast
  const managing = await app.as(manager)
  const away = { id: newId(), member: otherCoach.membership, cover: coach.membership }
  const days = { ...dated('from', '2026-01-12'), ...dated('until', '2026-01-16') }
  const { html } = await managing.send('/absences/proposal', { ...away, ...days })
  const previewed = /name="previewed" value="([^"]*)"/.exec(html)?.[1] ?? ''
  await given(managing, '/absences', { ...away, ...days, previewed })
  await given(managing, `/sharing/${newId()}`, {
    ...{ holder: coach.organisation, partner: providerManager.organisation, reason: 'They cover for each other' },
    ...dated('from', '2026-01-01'),
  })
  const hidden = await aPerson(app, { givenName: 'Hilda', familyName: 'Hidden' })
  await given(managing, `/people/${hidden}/restriction`, {
    ...{ reason: 'at-risk', note: 'Her brother must not learn the address', version: '1', named: [manager.membership] },
  })
  const { id: untold } = await aReferral(app, { person: { givenName: 'Una', familyName: 'Untold' } })
  await given(managing, `/referrals/${untold}/decision`, {
    ...{ id: newId(), decision: 'not-eligible', reason: 'Lives elsewhere', whereTo: 'Careers advice in Bradford' },
  })
  const twin = { givenName: 'Terry', familyName: 'Twin', also: { postcode: 'LS1 4AP' } }
  const apart = { ...twin, givenName: 'Petra', familyName: 'Apart' }
  await Promise.all([aPerson(app, twin), aPerson(app, twin)])
  const parted = { ...twin, givenName: 'Pia', familyName: 'Parted' }
  await Promise.all([aPerson(app, apart), aPerson(app, { ...apart, heldBy: providerManager })])
  await Promise.all([aPerson(app, parted), aPerson(app, { ...parted, heldBy: providerManager })])
  await app.inArea('north', (db) => lookForPairs(db, { area: 'north', at: app.clock.now }))
  return { hidden, untold, parted: await decidedTogether(app) }
}

/** Two organisations have said of two records that they are two people; the pair in which they did. */
async function decidedTogether(app: TestApp): Promise<string> {
  const { rows } = await app.owner.query<{ id: string }>(
    `select pair.id from likeness.pair join people.person on person.id = pair.person where family_name = 'Parted'`,
  )
  const pair = rows[0]?.id ?? ''
  const said = { id: newId(), says: 'different', reason: 'We asked them' }
  await given(await app.as(app.cast.manager), `/people/duplicates/elsewhere/${pair}`, said)
  return pair
}

/** The rows that the product made by itself, by the part of an address they stand for. */
async function rowsMade(app: TestApp, person: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await app.owner.query<Record<string, string>>(
    `select (select id from assessment.assessment where person = $1) as assessment,
       (select id from people.means where person = $1 and kind = 'mobile') as means,
       (select pair.id from likeness.pair join people.person on person.id = pair.person where family_name = 'Twin') as pair,
       (select person from likeness.pair join people.person on person.id = pair.person where family_name = 'Twin') as twin,
       (select pair.id from likeness.pair join people.person on person.id = pair.person where family_name = 'Apart') as apart,
       (select id from notify.message where person = $1 limit 1) as unsent,
       coalesce((select id from link.link where person = $1 limit 1), $1) as wanted,
       (select id from notify.message limit 1) as message`,
    [person],
  )
  return rows[0] ?? {}
}

/** Somebody whom a surgery referred, whose members have accounts. */
const bySurgery = (app: TestApp) =>
  aReferral(app, {
    ...{ route: 'gp', person: { givenName: 'Tariq', familyName: 'Waiting' } },
    referrer: {
      name: 'Dr Khan',
      organisation: 'Park Surgery',
      email: 'referrer@north.example.org',
      feedback: 'status',
    },
  })

/** Somebody's employer was asked something, and whoever referred another person a question. */
async function askedOutside(app: TestApp, person: string, referral: string): Promise<string> {
  const coach = await app.as(app.cast.coach)
  const bakery = { 'employer-name': 'Hillside Bakery', 'employer-allows': 'summary' }
  const agreed = { form: newId(), how: 'telephone', employer: 'yes', ...bakery }
  await given(coach, `/people/${person}/agreements`, agreed)
  const request = newId()
  await given(coach, `/people/${person}/requests`, {
    ...{ id: request, kind: 'employer', organisation: 'Hillside Bakery', email: 'office@example.org', share: 'phone' },
    ...{ asks: 'Could they begin at ten for four weeks?', help: 'Sitting work in the first two hours' },
  })
  await given(coach, `/referrals/${referral}/question`, { id: newId(), asks: 'Which practice are they with?' })
  return request
}

/** A copy of the record that somebody looks through, and one that was given. */
async function copiesAskedFor(app: TestApp, person: string): Promise<Readonly<Record<string, string>>> {
  const manager = await app.as(app.cast.manager)
  const [copy, given] = [newId(), newId()]
  for (const id of [copy, given]) {
    await manager.send(`/people/${person}/copies`, { id, how: 'telephone', ...dated('asked', '2026-01-05') })
    await manager.send(`/copies/${id}/looker`, { member: app.cast.manager.membership })
  }
  const parts = [{ label: 'Contacts', entries: [{ what: 'Rang', when: '5 January 2026', by: null, text: ['Twice'] }] }]
  const document = { person: 'Alex', area: 'WorkWell north', madeOn: '5 January 2026', parts, leftOut: {} } as const
  const release = { area: 'north', request: given, document, way: 'space' } as const
  const { membership: by } = app.cast.manager
  const until_on = Temporal.PlainDate.from('2026-02-04')
  await app.inArea('north', (db) => saveRelease(db, { ...release, until_on, by, at: app.clock.now }))
  const [me, unconfirmed] = [await app.asParticipant(person), newId()]
  await me.send('/my/details/ways/new', { id: unconfirmed, kind: 'email', email: 'new@example.org', use: 'yes' })
  const shared = newId()
  await me.send('/my/passport/introduction', { id: newId(), introduction: 'I work best before noon.', version: '0' })
  await me.send('/my/passport/links', { id: shared, lasts: 'month' })
  const login = await anAccountElsewhere(app, person)
  return { shared, copy, given, unconfirmed, login, switch: 'employer', ...(await aWindingUpWithPeople(app, person)) }
}

/** An account at another organisation with which somebody has signed in. */
async function anAccountElsewhere(app: TestApp, person: string): Promise<string> {
  const account = { area: 'north', provider: 'one-login', subject: 'urn:fdc:gov.uk:2022:alex', person }
  await app.inArea('north', (db) => keepLogin(db, { ...account, now: app.clock.now }))
  return (await app.owner.query('select id from login.known where person = $1', [person])).rows[0].id
}

/** One file that waits, and one that was brought in, each with a row that is returned. */
async function filesBroughtIn(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const administrator = await app.as(app.cast.administrator)
  const sent = async (letter: string) => {
    const found = await sendFile(administrator, aFileOfReferrals(8, letter), { name: `Export ${letter}.csv` })
    return { parcel: actionIn(found.html, '/trials').replace('/trials', ''), trial: hiddenIn(found.html, 'id') }
  }
  const [waiting, brought] = [await sent('Waiting'), await sent('Brought')]
  await given(administrator, `${brought.parcel}/trials`, { id: brought.trial })
  await app.work()
  const { location = '' } = await administrator.send(`/imports/trials/${brought.trial}/batch`)
  await app.work()
  const last = (address: string) => address.split('/').at(-1) ?? ''
  return { kind: 'referrals', parcel: last(waiting.parcel), trial: brought.trial, batch: last(location) }
}

const linkOf = (app: TestApp, { id: subject, person }: Readonly<{ id: string; person: string }>) =>
  app.inArea('north', async (db) => {
    const expiresAt = app.clock.now.add({ hours: 24 })
    const link = { area: 'north', purpose: 'come-back', person, subject, allowedBy: 'asked-for', expiresAt }
    return (await issueLink(db, { ...link, by: null, now: app.clock.now })).replace('/l/', '')
  })

async function answeredByAStranger(app: TestApp): Promise<Browser> {
  const stranger = app.visitor()
  const page = '/in/north/refer-yourself'
  await stranger.open(`${page}/name`)
  await given(stranger, `${page}/name`, {
    ...{ givenName: 'Wanda', familyName: 'Wayfarer', phone: '07700 900321', safe: ['call', 'text'] },
  })
  await given(stranger, `${page}/home`, { ...dated('bornOn', '1990-06-02'), postcode: 'LS1 4AP' })
  await given(stranger, `${page}/work`, { workStatus: 'off-sick' })
  await given(stranger, `${page}/help`, { reason: 'Shorter days to begin with' })
  return stranger
}
