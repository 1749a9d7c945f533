import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { gets, placeOf, reasonsOutside, standingOf, waysOfSaying } from '#journey/pilot/rules.ts'
import { findPilot, listPilots, listSaid, type Pilot, saveAnswer, saveInvitation } from '#journey/pilot/store.ts'
import { EpisodePilots, type Offered } from './pages/episode.tsx'
import { CouldTakePart } from './pages/people.tsx'
import { listFacts } from './store.ts'

const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const
// Whoever is supported by a whole organisation may be thousands, of whom nobody asks more in one go.
const mostShown = 100
const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

/** Who could take part in a pilot, and what they say to it. */
export async function pilotPeopleRoutes(app: App): Promise<void> {
  app.get('/pilots/:pilot/people', { who: careRoles, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, area, actor, params, today } = request
    const pilot = await findPilot(db, area, params.pilot)
    if (!pilot) throw new NotFound()
    const standing = standingOf(pilot, today)
    const past = standing === 'over' || standing === 'ended'
    // Nobody could take part any more: then it is about those who were asked.
    const all = (await peopleFor(request, pilot)).filter(({ place }) => !past || place !== 'fits')
    const fitting = all.filter(({ place }) => place === 'fits')
    const people = [...all.filter(({ place }) => place !== 'fits'), ...fitting.slice(0, mostShown)]
    const more = all.length - people.length
    await request.read('pilot.people', { subject: pilot.id, codes: { shown: people.map(({ person }) => person) } })
    const own = actor.role === 'coach'
    return reply.page(<CouldTakePart {...{ pilot, people, own, more, past }} running={standing === 'running'} />)
  })

  app.get('/episodes/:episode/pilots', opening, async (request, reply) => {
    const around = await aroundEpisode(request, 'open')
    await request.read('pilot.page', { person: around.person.id, subject: around.episode })
    return reply.page(<EpisodePilots {...blank} {...around} wrong={undefined} />)
  })
  invitationRoute(app)
  answerRoute(app)
}

function invitationRoute(app: App): void {
  app.post('/episodes/:episode/pilots/:pilot/invitation', editing, async (request, reply) => {
    const { db, area, actor, params, now: at } = request
    const { person, episode, offered } = await aroundEpisode(request, 'edit')
    const one = offered.find(({ pilot }) => pilot.id === params.pilot)
    if (!one?.mayAsk) throw new NotFound()
    const asking = { area, pilot: one.pilot.id, episode, person: person.id, by: actor.membership, at }
    await saveInvitation(db, asking)
    await request.act('pilot.asked', { person: person.id, subject: one.pilot.id })
    request.flash('They find it on their own pages. Talk with them about it as well: there is no hurry.')
    return reply.redirect(`/episodes/${episode}/pilots`, 303)
  })
}

function answerRoute(app: App): void {
  const form = {
    id: id('Open this page again'),
    says: choice(yesOrNo, 'Select what they say'),
    how: choice(waysOfSaying, 'Select how they said it'),
    gets: optionalChoice(gets),
  }
  app.post('/episodes/:episode/pilots/:pilot/answer', { ...editing, form }, async (request, reply) => {
    const { db, area, actor, params, form, now: at } = request
    const { offered, ...around } = await aroundEpisode(request, 'edit')
    const one = offered.find(({ pilot }) => pilot.id === params.pilot)
    if (!one?.mayAnswer) throw new NotFound()
    const problems = form.ok ? problemsWith(one, form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      const wrong = { ...{ offered, problems }, typed: form.typed, wrong: one.pilot.id }
      return reply.code(422).page(<EpisodePilots {...around} {...wrong} />)
    }
    const { id: answer, says, how, gets: chosen } = form.value
    const whose = { area, episode: around.episode, person: around.person.id, by: actor.membership, at }
    await saveAnswer(db, one.pilot, { ...whose, pilot: one.pilot.id, id: answer, given: says === 'yes', how, chosen })
    await request.act('pilot.answered', { person: around.person.id, subject: one.pilot.id, codes: { says, how } })
    request.flash(says === 'yes' ? 'Saved. They can take it back whenever they like.' : 'Saved. Nothing else changes.')
    return reply.redirect(`/episodes/${around.episode}/pilots`, 303)
  })
}

type Saying = Readonly<{ says: keyof typeof yesOrNo; gets: keyof typeof gets | null }>

/** What is wrong with an answer: a yes after the last day or from somebody it is not for, or without what they get. */
function problemsWith({ pilot, place, mayJoin }: Offered<Pilot>, { says, gets: chosen }: Saying): Problem[] {
  if (says === 'no') return []
  if (!mayJoin) return [{ field: 'says', message: 'Nobody can join now, or it is not for them: only a no can be kept' }]
  const isFirst = place === 'fits' || place === 'asked' || place === 'no'
  return pilot.allotting === 'coach' && isFirst && chosen === null
    ? [{ field: 'gets', message: 'Select what you chose with them' }]
    : []
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function aroundEpisode(
  request: Visit & Readonly<{ params: Readonly<{ episode: string }> }>,
  verb: 'open' | 'edit',
) {
  const { db, area, actor, params, today } = request
  const episode = await findEpisode(db, actor, params.episode, verb)
  if (!episode) throw new NotFound()
  const [pilots, facts, said] = await Promise.all([
    listPilots(db, area),
    listFacts(db, actor, { episode: episode.id }),
    listSaid(db, area, [episode.id]),
  ])
  const shown = pilots.map((pilot): Offered<Pilot> => {
    const answers = said.answers.filter((one) => one.pilot === pilot.id)
    const place = placeOf(
      said.invited.some((one) => one.pilot === pilot.id),
      answers,
    )
    const [known] = facts
    const outside = known ? reasonsOutside(pilot.cohort, known) : ['They are not supported now']
    const standing = standingOf(pilot, today)
    const running = standing === 'running'
    const past = standing === 'over' || standing === 'ended'
    const fits = outside.length === 0 || place !== 'fits'
    const mayJoin = running && fits && known !== undefined
    const mayAnswer = episode.mayEdit && (place === 'yes' || mayJoin)
    const mayAsk = episode.mayEdit && mayJoin && place === 'fits'
    return { pilot, place, past, outside, answers, mayAsk, mayAnswer, mayJoin, form: newId() }
  })
  const person = { id: episode.person, name: calledName(episode) }
  // What is over and never was about them is nothing to them.
  const offered = shown.filter(({ pilot, place }) => place !== 'fits' || standingOf(pilot, today) === 'running')
  return { episode: episode.id, person, offered }
}

/** Whom of their people an actor could ask, those it fits first, and whoever has answered. */
async function peopleFor({ db, area, actor }: Visit, pilot: Pilot) {
  const known = await listFacts(db, actor, actor.role === 'coach' ? { coach: actor.membership } : {})
  const said = await listSaid(
    db,
    area,
    known.map(({ episode }) => episode),
  )
  return known.flatMap((one) => {
    const own = (row: Readonly<{ pilot: string; episode: string }>) =>
      row.pilot === pilot.id && row.episode === one.episode
    const answers = said.answers.filter(own)
    const place = placeOf(said.invited.some(own), answers)
    if (place === 'fits' && reasonsOutside(pilot.cohort, one).length > 0) return []
    const gets = answers.find(({ given }) => given)?.gets ?? null
    return [
      { episode: one.episode, person: one.person, name: calledName(one), place, gets: place === 'yes' ? gets : null },
    ]
  })
}
