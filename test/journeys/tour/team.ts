import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Browser, Fields } from '#test/browser.ts'
import { aWaitingForm } from '#test/people/mail.ts'

const dated = (name: string, text: string): Fields => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

/** Sends a form that the product has to take. */
async function given(browser: Browser, path: string, fields: Fields): Promise<void> {
  const seen = await browser.send(path, fields)
  if (seen.status >= 400) throw new Error(`${path} answered ${seen.status}: ${seen.text.slice(0, 1500)}`)
}

/** The team is asked something about somebody who knows of it, decides, and something is paid for. */
export async function beforeTheTeam(app: TestApp, episode: string): Promise<Readonly<Record<string, string>>> {
  const [matter, decided, coach] = [newId(), newId(), await app.as(app.cast.coach)]
  for (const id of [decided, matter])
    await given(coach, `/episodes/${episode}/matters`, {
      ...{ id, asks: 'Would physiotherapy help before lifting again?', told: 'phone' },
      summary: 'Pain after an hour of standing; tried a chair, which helps for a while',
    })
  const supervision = await supervised(app, episode)
  const own = { matter, supervision, coach: app.cast.coach.membership, activity: await atWorkElsewhere(coach) }
  const waits = await sentByEmail(app, episode)
  return { ...own, ...waits, meeting: await atAMeeting(app, decided), ...(await paidFor(app, episode)) }
}

/** A form came by email that has the NHS number of somebody who is known, and another name. */
async function sentByEmail(app: TestApp, episode: string) {
  // Written as people write it: what stands on a form is no secret of the record.
  const number = '999 000 0107'
  await app.owner.query(
    `update people.person set nhs_number = $1 where id = (select person from episode.episode where id = $2)`,
    [number.replaceAll(' ', ''), episode],
  )
  return aWaitingForm(app, number)
}

/** The coach was at the library for the service. */
async function atWorkElsewhere(coach: Browser): Promise<string> {
  const id1 = newId()
  const row = { kind1: 'outreach', minutes1: '90', note1: 'Library drop-in', on1: '2026-01-05' }
  await given(coach, '/activities', { id1, id2: newId(), id3: newId(), ...dated('week', '2026-01-05'), ...row })
  return id1
}

/** The senior coach and the coach have talked about somebody, and put a decision on the record. */
async function supervised(app: TestApp, episode: string): Promise<string> {
  const [id, senior] = [newId(), await app.as(app.cast.seniorCoach)]
  const { membership: coach } = app.cast.coach
  const days = { ...dated('on', '2026-01-02'), ...dated('next', '2026-01-09') }
  const words = { id, cases: [episode], agreed: 'Training in motivational interviewing in March', ...days }
  await given(senior, `/supervisions/new/${coach}`, words)
  const decision = { id: newId(), decided: 'Ask occupational health before the return' }
  await given(senior, `/supervisions/${id}/cases/${episode}/decision`, decision)
  return id
}

/** A meeting of the team that has decided about it. */
async function atAMeeting(app: TestApp, matter: string): Promise<string> {
  const meeting = newId()
  const { clinician, coach } = app.cast
  const comers = [clinician.membership, coach.membership]
  const planned = { id: meeting, starts: '14:00', place: 'Room 2', chair: clinician.membership, comers }
  await given(await app.as(app.cast.administrator), '/team/meetings', { ...planned, ...dated('on', '2026-01-05') })
  await given(await app.as(clinician), `/team/meetings/${meeting}/matters/${matter}/decisions`, {
    ...{ id: newId(), decided: 'Ask the GP for physiotherapy', becomes: 'task', owner: coach.membership },
    ...dated('due', '2026-01-12'),
  })
  return meeting
}

/** A budget, and something that is paid from it. */
async function paidFor(app: TestApp, episode: string): Promise<Readonly<Record<string, string>>> {
  const [period, paid, manager] = [newId(), newId(), await app.as(app.cast.manager)]
  const days = { ...dated('from', '2025-04-01'), ...dated('last', '2026-03-31') }
  await given(manager, '/budget/limits', { id: period, area: '50,000', person: '1,000', ...days })
  const { membership: member } = app.cast.seniorCoach
  const approver = { id: newId(), member, upTo: '500', ...dated('from', '2026-01-01') }
  await given(manager, '/budget/approvers', approver)
  const request = { what: 'Six sessions of physiotherapy', supplier: 'physical', cost: '240', why: 'To lift again' }
  await given(await app.as(app.cast.coach), `/episodes/${episode}/budget`, { id: paid, ...request })
  const yes = { id: newId(), version: '0', answer: 'yes', way: 'approver' }
  await given(await app.as(app.cast.seniorCoach), `/budget/requests/${paid}/decision`, yes)
  return { period, paid }
}
