import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { proofField, spokenCode } from '#platform/link/proof.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from './episode.ts'

/** A day of a form. */
export function dayFields(name: string, text: string): Fields {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}

const days = (name: string, of: Temporal.Instant) =>
  dayFields(name, of.toZonedDateTimeISO('Europe/London').toPlainDate().toString())

/** Somebody who asked for a chair and a later start, whose manager may be told what helps, both and the phased return. */
export async function readyToAsk(app: TestApp) {
  const { person, episode } = await anEpisode(app, { givenName: 'Nadia', familyName: `Novak-${newId().slice(-6)}` })
  const coach = await app.as(app.cast.coach)
  const [workplace, sentence, employer] = [newId(), newId(), `/people/${person}/employer`]
  const jo = { contact: 'Jo Ray', part: 'line-manager', email: 'jo@hillside.example.org' }
  await coach.send(employer, { id: workplace, organisation: 'Hillside Bakery', ...jo })
  await coach.send(`${employer}/sentences`, { id: sentence, kind: 'helps', words: 'A break each hour' })
  const saying = { sentences: sentence, adjustments: 'yes', phasedReturn: 'yes', how: 'telephone' }
  await coach.send(`${employer}/${workplace}/saying`, { id: newId(), ...saying })
  const [chair, later, spell] = [newId(), newId(), `/episodes/${episode}`]
  const asked = { askedBy: 'participant', ...days('asked', app.clock.now) }
  await coach.send(`${spell}/adjustments`, { id: chair, kind: 'equipment', what: 'A chair with arms', ...asked })
  await coach.send(`${spell}/adjustments`, { id: later, kind: 'hours', what: 'Starts at ten', ...asked })
  await coach.send(`${spell}/phased-return`, {
    ...{ id: newId(), version: '0', usual: ['1', '2', '3', '4', '5'], hours: '37.5', pay: '500' },
    ...{ ...days('begins', app.clock.now), days1: ['1', '3'], hours1: '4', duties1: 'No lifting' },
  })
  return { person, episode, coach, workplace, chair, later, spell, employer, sentence }
}

/** The same, put to the manager, with the link and the code they got. */
export async function putToEmployer(app: TestApp) {
  const ready = await readyToAsk(app)
  const { coach, spell, workplace, chair, later } = ready
  const proposal = newId()
  const put = { id: proposal, workplace, asks: 'Could these be done?', items: [chair, later], withReturn: 'yes' }
  const written = await coach.send(`${spell}/three-way`, put)
  const sent = await coach.send(`/three-way/${proposal}/sending`)
  await app.work()
  const { rows } = await app.owner.query('select id, subject, body from notify.message where about = $1', [proposal])
  const link = messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? '' })
  return {
    ...ready,
    proposal,
    put,
    written,
    sent,
    link,
    message: rows[0],
    code: spokenCode(app.settings.secret, proposal),
  }
}

/** The page behind the link, as somebody sees it who says the code. */
export async function openedBehind(app: TestApp, { link, code }: Readonly<{ link: string; code: string }>) {
  const visitor = app.visitor()
  const asks = await visitor.open(link)
  const page = await visitor.send(link, { do: 'open', code })
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.html)?.[1] ?? ''
  const fields = { [proofField]: hidden(proofField), id: hidden('id') }
  return { asks, page, send: (more: Fields) => visitor.send(link, { ...fields, ...more }) }
}

/** Yes to the chair from a day on, something else for the start, no to the phased return. */
export const theirAnswers: Fields = {
  ...{ answer1: 'agree', ...dayFields('from1', '2026-02-02') },
  ...{ answer2: 'suggest', instead2: 'Starts at half past nine' },
  ...{ answer0: 'cannot', why0: 'We need somebody on Fridays', byName: 'Jo Ray, team leader' },
}

/** Yes to everything. */
export const allYes: Fields = {
  ...Object.fromEntries([1, 2, 0].map((place) => [`answer${place}`, 'agree'])),
  ...Object.assign({}, ...[1, 2, 0].map((place) => dayFields(`from${place}`, '2026-02-02'))),
  byName: 'Jo Ray, team leader',
}

/** What a coach asked the clinician of their team, as occupational health. */
export async function askedForAdvice(app: TestApp, episode: string): Promise<string> {
  const id = newId()
  const asked = { id, askedOf: app.cast.clinician.membership, asks: 'Which tasks could they do?' }
  await (await app.as(app.cast.coach)).send(`/episodes/${episode}/advice`, asked)
  return id
}
