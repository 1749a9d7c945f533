import { newId } from '#platform/ids.ts'
import { dayOf } from '#platform/dates.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { formalReferral } from './onward.ts'
import { aReferral, type AboutReferral } from './referral.ts'
import { aService } from './services.ts'
import { aFitNoteRequest } from './trailblazer.ts'

/** A spell of support that went its whole way through the real forms. */
export type Story = Readonly<{ person: string; episode: string; referral: string }>

/** The fields of a day, so many days from now. */
export function dayFields(app: TestApp, name: string, daysFromNow = 0): Fields {
  const { day, month, year } = dayOf(app.clock.now).add({ days: daysFromNow })
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

/** Sends a form as a member who has just signed in, since days go by in a story. */
async function sent(app: TestApp, member: Member, path: string, fields: Fields): Promise<void> {
  const seen = await (await app.as(member)).send(path, fields)
  const kept = seen.location !== undefined && !seen.location.startsWith('/sign-in')
  if (!kept) throw new Error(`${path}: ${seen.status} ${seen.text}`)
}

/** Sends a form as its page gives it out, with what stands in it unseen. */
async function filled(app: TestApp, member: Member, path: string, fields: Fields): Promise<void> {
  const { html } = await (await app.as(member)).open(path)
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const hidden = inputs.flatMap(([, name, value]) =>
    name && name !== 'csrf' && value !== undefined ? [[name, value]] : [],
  )
  await sent(app, member, path, { ...Object.fromEntries(hidden), ...fields })
}

/** Somebody who was referred, accepted, given a coach and spoken to, with an appointment that was moved. */
export async function aBeginning(app: TestApp, about: AboutReferral = {}): Promise<Story> {
  const { id: referral, person } = await aReferral(app, {
    route: 'gp',
    answers: { mainBarrier: 'physical', reason: 'Cannot stand for a whole shift' },
    referrer: { name: 'Dr Grey', organisation: 'Elms Practice', email: 'grey@example.org', feedback: 'received' },
    ...about,
  })
  const { administrator, manager, coach } = app.cast
  const { rows } = await app.owner.query<{ episode: string }>('select episode from referral.referral where id = $1', [
    referral,
  ])
  const episode = rows[0]?.episode ?? ''
  const decision = { id: newId(), decision: 'accepted', reason: 'Spoke to the practice' }
  await sent(app, administrator, `/referrals/${referral}/decision`, decision)
  const given = { id: newId(), chosen: `${episode}.nobody`, coach: app.cast.coach.membership }
  await sent(app, manager, '/allocation', { ...given, reason: 'known', note: 'Worked with them last year' })
  app.clock.pass({ hours: 24 })
  const call = {
    id: newId(),
    way: 'telephone',
    result: 'reached',
    note: 'Prefers mornings, and wants a start with few hours',
  }
  await sent(app, coach, `/episodes/${episode}/contacts`, call)
  const appointment = newId()
  const booked = { member: app.cast.coach.membership, minutes: '60', mode: 'in-person', place: 'Library, room 2' }
  const time = { interpreter: 'none', tell: 'message', anyway: 'yes' }
  await sent(app, coach, `/episodes/${episode}/appointments`, {
    ...{ ...booked, ...time, ...dayFields(app, 'day', 2) },
    ...{ id: appointment, purpose: 'first', time: '10:30' },
  })
  await sent(app, coach, `/appointments/${appointment}/new-time`, {
    ...{ ...booked, ...time, ...dayFields(app, 'day', 3) },
    ...{ id: newId(), time: '11:00', who: 'person', reason: 'caring' },
  })
  return { person, episode, referral }
}

/** The same, after the first conversation and with an agreed plan, help, a pause and a concern. */
async function aStory(app: TestApp, about: AboutReferral = {}): Promise<Story & Readonly<{ goal: string }>> {
  const begun = await aBeginning(app, about)
  const { person, episode } = begun
  const { coach } = app.cast
  await agreedToTakePart(app, person)
  app.clock.pass({ hours: 72 })
  await cameToAppointment(app, episode)
  await talked(app, episode)
  const goal = await agreedPlan(app, episode)
  await aPlanThatWasSent(app, { person, episode, goal })
  app.clock.pass({ hours: 24 * 7 })
  const help = { id: newId(), kind: 'employer', done: 'Rang the manager: three mornings from Monday', minutes: '45' }
  await sent(app, coach, `/episodes/${episode}/support`, { ...help, ...dayFields(app, 'next', 7) })
  const pause = newId()
  const waiting = { id: pause, waits: 'nhs', whom: 'Physiotherapy', note: 'First session is booked' }
  await sent(app, coach, `/episodes/${episode}/pause`, {
    ...{ ...waiting, ...dayFields(app, 'since'), ...dayFields(app, 'check', 5) },
  })
  app.clock.pass({ hours: 24 * 5 })
  const over = { pause, came: 'The physiotherapist has seen them' }
  await sent(app, coach, `/episodes/${episode}/pause/resumption`, { ...over, ...dayFields(app, 'on') })
  await aFitNote(app, person)
  await aTalkInsteadOfANote(app, person)
  const question = { id: newId(), asks: 'Would physiotherapy help?', summary: 'Pain after an hour', told: 'phone' }
  await sent(app, coach, `/episodes/${episode}/matters`, question)
  await aServiceAndAChair(app, { episode, goal })
  await anApplication(app, episode)
  const wrong = { id: newId(), about: 'health', says: 'It is my left knee and not the right one', how: 'telephone' }
  await sent(app, coach, `/people/${person}/corrections`, { ...wrong, ...dayFields(app, 'askedOn') })
  await sent(app, coach, `/episodes/${episode}/concerns`, {
    ...{ id: newId(), kind: 'self-harm', seen: 'Said that some nights are very dark', done: 'Stayed on the line' },
    ...{
      told: 'Sara Senior',
      'told-time': '10:00',
      ...dayFields(app, 'told-on'),
      ...dayFields(app, 'next-look-on', 1),
    },
  })
  return { ...begun, goal }
}

/** A note that their GP has issued today. */
async function aFitNote(app: TestApp, person: string): Promise<void> {
  const note = { id: newId(), kind: 'med3', outcome: 'may-be-fit', advice: 'altered-hours', condition: 'Knee pain' }
  const issuer = { issuer: 'Dr Grey', profession: 'doctor', weeks: '4' }
  const days = ['assessed', 'stated', 'from'].map((name) => dayFields(app, name))
  await sent(app, app.cast.coach, `/people/${person}/fit-notes/new/med3`, {
    ...note,
    ...issuer,
    ...Object.assign({}, ...days),
  })
}

/** They asked for another note, and spoke with their coach about work instead. */
async function aTalkInsteadOfANote(app: TestApp, person: string): Promise<void> {
  const fields = { says: 'Standing at the till is too much' }
  const { path, request } = await aFitNoteRequest(app, { person, fields })
  const came = { id: newId(), what: 'supported', words: 'We ask for a stool', ...dayFields(app, 'held') }
  await sent(app, app.cast.coach, `${path}/${request}/result`, came)
}

/** A service is asked to help with their rent, as they agreed on the phone; they also asked for a chair. */
async function aServiceAndAChair(app: TestApp, { episode, goal }: Readonly<{ episode: string; goal: string }>) {
  const form = { ...formalReferral(await aService(app), goal), ...dayFields(app, 'due', 14) }
  await sent(app, app.cast.coach, `/episodes/${episode}/onward`, form)
  const yes = { id: newId(), how: 'telephone', answer: 'yes', version: '1' }
  await sent(app, app.cast.coach, `/onward/${String(form['id'])}/showing`, yes)
  await aChair(app, episode)
}

/** They asked for a chair, and the employer said yes. */
async function aChair(app: TestApp, episode: string): Promise<void> {
  const [id, address] = [newId(), `/episodes/${episode}/adjustments`]
  const chair = { kind: 'equipment', what: 'A chair with arms', askedBy: 'participant', ...dayFields(app, 'asked') }
  await sent(app, app.cast.coach, address, { id, ...chair })
  const yes = { id: newId(), version: '1', standing: 'agreed', who: 'Ms Ray, manager', ...dayFields(app, 'on') }
  await sent(app, app.cast.coach, `${address}/${id}/steps`, yes)
}

/** They applied for a job, and no answer came. */
async function anApplication(app: TestApp, episode: string): Promise<void> {
  const application = { kind: 'application', what: 'Baker, Mill Bakery', result: 'no-answer', note: 'Ring them' }
  const on = dayFields(app, 'on')
  await sent(app, app.cast.coach, `/episodes/${episode}/job-search`, { id: newId(), ...application, ...on })
}

/** Somebody agreed to take part, and said no to research. */
export async function agreedToTakePart(app: TestApp, person: string): Promise<void> {
  const answers = { form: newId(), how: 'telephone', 'take-part': 'yes', research: 'no' }
  await sent(app, app.cast.coach, `/people/${person}/agreements`, answers)
}

/** Somebody came to the appointment that was moved, which was an hour ago. */
export async function cameToAppointment(app: TestApp, episode: string): Promise<void> {
  const { coach } = app.cast
  const { rows } = await app.owner.query<{ id: string }>(
    'select id from appointment.appointment where episode = $1 and moved_from is not null',
    [episode],
  )
  app.clock.pass({ hours: 3 })
  const came = { id: newId(), kind: 'attended', note: 'Came with a friend' }
  await sent(app, coach, `/appointments/${rows[0]?.id ?? ''}/results`, came)
}

/** The first conversation was held and is finished. */
export async function talked(app: TestApp, episode: string): Promise<void> {
  await filled(app, app.cast.coach, `/episodes/${episode}/assessment`, {
    ...{ employment_status: 'employed', on_sick_absence: 'yes', next: 'finish' },
    ...{ 'barriers-physical': ['pain', 'sleep'], 'severity-pain': '8', main: 'pain' },
    ...{ 'words-matters': 'Being there for the children at four', 'own-matters': 'yes' },
  })
}

/** A plan with one goal was agreed, and its one action did not work. Gives the goal. */
export async function agreedPlan(app: TestApp, episode: string): Promise<string> {
  const { coach } = app.cast
  await filled(app, coach, `/episodes/${episode}/plan/kind`, {
    ...{ type: 'return-to-work', ...dayFields(app, 'review', 28) },
  })
  const [goal, action] = [newId(), newId()]
  const words = 'I want to stand in my own kitchen again, and then in theirs'
  await sent(app, coach, `/episodes/${episode}/plan/goals`, { id: goal, words, whose: 'person' })
  const what = { what: 'Ask for a phased return', owner: 'participant', ...dayFields(app, 'due', 10) }
  await sent(app, coach, `/goals/${goal}/actions`, { id: action, ...what })
  const agreed = { how: 'in-person', both: 'yes', ...dayFields(app, 'agreed') }
  await filled(app, coach, `/episodes/${episode}/plan/agreement`, agreed)
  const did = { id: newId(), result: 'did-not-work', note: 'The manager was away' }
  await sent(app, coach, `/actions/${action}/result`, did)
  return goal
}

/** A change of the plan was sent to them: they wanted to talk about it first, and agreed it by themselves afterwards. */
async function aPlanThatWasSent(app: TestApp, { person, episode, goal }: Omit<Story, 'referral'> & { goal: string }) {
  const coach = await app.as(app.cast.coach)
  const stool = { id: newId(), what: 'Try the stool for a morning', owner: 'participant', ...dayFields(app, 'due', 20) }
  await coach.send(`/goals/${goal}/actions`, stool)
  await coach.send(`/episodes/${episode}/plan/sending`, { id: newId(), handing: 'staff' })
  const mine = await app.asParticipant(person)
  await answered(mine, 'talk', 'Is a whole morning not too much?')
  app.clock.pass({ minutes: 10 })
  await answered(mine, 'agreed', '')
}

/** What they say of the plan that waits on their own pages. */
async function answered(mine: Browser, answer: 'agreed' | 'talk', words: string): Promise<void> {
  const { html } = await mine.open('/my/plan/offer')
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
  const seen = await mine.send('/my/plan/offer', { id: hidden('id'), read: hidden('read'), answer, words })
  if (seen.status !== 200) throw new Error(`The answer to the plan: ${seen.status} ${seen.text}`)
}

/** The same, completed with an outcome and followed up after 13 weeks. */
export async function aWholeStory(app: TestApp, about: AboutReferral = {}): Promise<Story> {
  const { goal, ...story } = await aStory(app, about)
  const { coach } = app.cast
  app.clock.pass({ hours: 24 * 30 })
  await sent(app, coach, `/episodes/${story.episode}/completion`, {
    ...{ id: newId(), workStatus: 'employed', hours: '24', workAbility: '7', outcomes: ['same-job'] },
    ...{ [`result-${goal}`]: 'met', next: 'Keep the three mornings until summer', ...dayFields(app, 'completed') },
  })
  app.clock.pass({ hours: 24 * 91 })
  const asked = {
    result: 'answered',
    inWork: 'yes',
    sameEmployer: 'yes',
    hours: '30',
    health: 'better',
    adjustments: 'yes',
  }
  await sent(app, coach, `/episodes/${story.episode}/follow-ups/13`, {
    ...{ id: newId(), ...asked, ...dayFields(app, 'heard'), weeksOf7Hours: '13', weeksOf16Hours: '13' },
    said: 'Back at five mornings',
  })
  return story
}
