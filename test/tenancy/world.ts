import { newId } from '#platform/ids.ts'
import { lookForPairs } from '#registers/likeness/store.ts'
import type { TestApp } from '#test/app.ts'
import { type Member, playMember } from '#test/cast.ts'
import { fillArea } from '#test/journeys/tour/filled.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aWaitingForm } from '#test/people/mail.ts'
import { aReferral } from '#test/people/referral.ts'
import { hiddenFrom } from './facts.ts'
import { rowsMeant } from './rows.ts'
import { typedIn } from './typed.ts'
import type { Parts, Typed, Watcher } from './walk.ts'

/** What is put in the addresses, and what pages of counts said while there was nobody to count. */
export type Closed = Readonly<{
  parts: readonly Parts[]
  typed: readonly Typed[]
  members: readonly Member[]
  before: ReadonlyMap<string, string>
}>

/**
 * An area at work in which nobody shares with anybody and nearly everybody is restricted, so that even their own
 * organisation may not know of them. Three providers, because two of them ask each other about records that look alike.
 */
export async function closedArea(app: TestApp): Promise<Closed> {
  const { owner, cast } = app
  const { manager } = cast
  const day = '2026-01-14T10:00:00Z'
  app.clock.set(day)
  const before = await countedBefore(app)
  const { parts, drafted } = await fillArea(app)
  app.clock.set(day)
  await missed(app, parts['appointment'] ?? '')
  await heardOf(app, parts)
  await sent(app, drafted)
  const asOne = { person: { givenName: 'Tariq', familyName: 'Waiting' }, heldBy: cast.providerManager }
  const { id: elsewhere } = await aReferral(app, asOne)
  await app.inArea('north', (db) => lookForPairs(db, { area: 'north', at: app.clock.now }))
  await owner.query(
    `update people.person set given_name = 'Penelope' where family_name in ('Apart', 'Parted') and exists (
       select from people.holder where holder.person = person.id and holder.organisation = $1)`,
    [manager.organisation],
  )
  // The pages about files explain themselves with the name that tests like best.
  await owner.query(`update people.person set family_name = 'Marsh-Warbler' where family_name = 'Marsh'`)
  await owner.query('update organisations.sharing set until_on = from_on')
  // What is counted is shown for the month before.
  await owner.query('update fit_note_request.request set asked_on = asked_on - 30')
  // The board counts free times beside people.
  await owner.query('delete from availability.hours')
  // It counts whom another area offers to those who receive them, as they may.
  await owner.query(`update move.arrival set answer = 'taken-back', answered_at = at`)
  await hidden(app)
  await knownBefore(app)
  await namedFor(app)
  const here = { ...parts, ...(await rowsMeant(app)) }
  return {
    parts: [here, { ...here, referral: elsewhere }],
    typed: typedIn(here, cast),
    before,
    members: [...Object.values(cast), await thirdManager(app)],
  }
}

/** What pages of counts say while there is nobody. The board counts forms by email: one waits before, and one after. */
async function countedBefore(app: TestApp): Promise<Map<string, string>> {
  await aWaitingForm(app)
  const before = new Map<string, string>()
  for (const path of counting) before.set(path, (await (await app.as(app.cast.manager)).open(path)).text)
  await app.owner.query(`update incoming.mail set settled_at = came_at, settled_as = 'not-a-referral'`)
  return before
}

/** Nearly everybody is restricted, also whoever is left with an organisation that ends. */
async function hidden({ owner, cast: { manager } }: TestApp): Promise<void> {
  await owner.query(
    `update people.person set restricted = true where family_name not in ('Apart', 'Parted') and exists (
       select from people.holder where holder.person = person.id and holder.organisation = $1)`,
    [manager.organisation],
  )
  await owner.query(`update people.person set restricted = true where family_name = 'Windsover'`)
}

/** Some knew of records before they were restricted, or for a time that is over. */
async function knownBefore({ owner }: TestApp): Promise<void> {
  // Whoever was told of what is about nobody knows of it, and has said how it ended.
  await owner.query('update alert.alert set settled_at = raised_at, next_at = null where person is null')
  // Somebody opened a restricted record with a reason, for a time that is over.
  await owner.query(`update people.named_access set opened = true, until_at = from_at, reason = 'emergency'`)
}

/** Only a senior coach is named for somebody with whom something falls due. */
async function namedFor(app: TestApp): Promise<void> {
  const { person } = await anEpisode(app, { givenName: 'Nora', familyName: 'Named' })
  await app.owner.query('update people.person set restricted = true where id = $1', [person])
  await app.owner.query(
    `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Runs it')`,
    [person, app.cast.seniorCoach.membership],
  )
}

/** Somebody did not come to the appointment of yesterday. */
async function missed(app: TestApp, appointment: string): Promise<void> {
  const result = { id: newId(), kind: 'missed', 'missed-who': 'person', 'missed-reason': 'forgot' }
  const { status, text } = await (await app.as(app.cast.coach)).send(`/appointments/${appointment}/results`, result)
  if (status >= 400) throw new Error(text)
}

/** A plan was sent to its person, and questionnaires were given to somebody by a link. */
async function sent(app: TestApp, { person, episode }: Readonly<{ person: string; episode: string }>): Promise<void> {
  const coach = await app.as(app.cast.coach)
  const plan = await coach.send(`/episodes/${episode}/plan/sending`, { id: newId(), handing: 'staff' })
  const asked = { id: newId(), instruments: 'rulers', days: '7', handing: 'staff' }
  const questions = await coach.send(`/people/${person}/questionnaires/links`, asked)
  for (const { status, text } of [plan, questions]) if (status >= 400) throw new Error(text)
}

/** They asked for a copy by themselves, an interpreter is still to be found for them, and their record is old. */
async function heardOf(app: TestApp, { person = '', episode = '' }: Parts): Promise<void> {
  const { coach } = app.cast
  const asked = await (await app.asParticipant(person)).send('/my/copy', { id: newId(), note: '' })
  const booked = await (
    await app.as(coach)
  ).send(`/episodes/${episode}/appointments`, {
    ...{ id: newId(), member: coach.membership, purpose: 'review', minutes: '60', mode: 'phone', time: '10:30' },
    ...{
      tell: 'message',
      anyway: 'yes',
      'day-day': '20',
      'day-month': '1',
      'day-year': '2026',
      interpreter: 'needed',
      access: 'Ground floor',
    },
  })
  for (const { status, text } of [asked, booked]) if (status >= 400) throw new Error(text)
  await app.owner.query(`update people.person set registered_at = '2010-01-04' where id = $1`, [person])
}

/** Pages that say how many there are and not who. */
const counting = ['/board', '/profile']

/** Somebody who manages a provider with which neither of the others has anything to do. */
async function thirdManager({ owner, cast: { manager } }: TestApp): Promise<Member> {
  const [organisation, account, membership] = [newId(), newId(), newId()]
  await owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, from_on)
     select area, $1, 'Third Provider', kind, data_role, from_on from organisations.organisation where id = $2`,
    [organisation, manager.organisation],
  )
  const third = {
    ...manager,
    organisation,
    organisationName: 'Third Provider',
    account,
    membership,
    name: 'Theo Third',
  }
  await playMember(owner, third, 'third@north.example.org')
  return third
}

/** A member at their browser, with all whom they must not learn of. */
export async function watching(app: TestApp, member: Member, before: Watcher['before'] = new Map()): Promise<Watcher> {
  const hidden = await hiddenFrom(app, member)
  const told = member.membership === app.cast.manager.membership ? before : new Map<string, string>()
  return { member, browser: await app.as(member), hidden, before: told }
}
