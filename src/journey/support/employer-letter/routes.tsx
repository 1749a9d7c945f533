import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { inWords } from '#platform/dates.ts'
import { optionalId } from '#platform/form/fields.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { holdWaiting, sendMessage, settleMessage } from '#platform/notify/outbox.ts'
import { byPost } from '#platform/notify/rules.ts'
import { findNewestAbout, sentSince } from '#platform/notify/went.ts'
import { findArea } from '#registers/areas/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { isStillAllowed } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { listWorkplaces } from '#journey/support/employer/store.ts'
import { findSeenAtWork, findWhyNotSent } from '#journey/support/employers-answer/store.ts'
import { letterKind, type Proposal, threeWayPurpose } from '#journey/support/three-way/rules.ts'
import { findProposal, markSent } from '#journey/support/three-way/store.ts'
import { EmployerLetter } from './pages/letter.tsx'
import { answerDays, letterTemplate, linesTo } from './rules.ts'

const address = '/three-way/:proposal/letter'
const opening = { who: careRoles, verb: 'open', reads: 'record' } as const
const editing = { who: careRoles, verb: 'edit' } as const

/** What is put to an employer as a letter on paper, which a coach prints, posts or hands over, and says so. */
export async function employerLetterRoutes(app: App): Promise<void> {
  app.get(address, opening, async (request, reply) => {
    const { proposal, mayEdit, died } = await proposalFor(request, 'open')
    const shown = await shownOf(request, proposal)
    await request.read('employer-letter.sheet', { person: proposal.person, subject: proposal.id })
    return reply.page(<EmployerLetter {...shown} {...{ mayEdit, died, now: request.now, today: request.today }} />)
  })
  app.post(address, { ...editing, form: { posted: optionalId() } }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { proposal } = await proposalFor(request, 'edit')
    const about = { person: proposal.person, subject: proposal.id }
    if ((await whyNot(request, proposal)) !== undefined) {
      await request.read('employer-letter.sheet', about)
      return reply.redirect(`/three-way/${proposal.id}/letter`, 303)
    }
    const seen = form.ok ? form.value.posted : null
    const since = await sentSince(db, { area, about: proposal.id, kinds: [letterKind] }, seen)
    if (since) {
      const words = `It is written down already, ${inWords(since.at, at)}. Nothing was written down twice.`
      return alreadySaved(request, reply, {
        page: 'three-way.record',
        ...about,
        to: `/three-way/${proposal.id}`,
        words,
      })
    }
    const isFirst = proposal.sentAt === null
    // A link to what was put to them before would open this in its place.
    if (isFirst) await withdrawLinks(db, { area, subject: proposal.workplace, purpose: threeWayPurpose, now: at })
    await markSent(db, { area, by: actor.membership, at }, proposal)
    await keepPosted(request, proposal)
    await request.act('employer-letter.posted', { ...about, codes: { allowedBy: proposal.allowedBy } })
    request.flash('Written down: a letter went to them. Write down what they answer when it comes back.')
    return reply.redirect(`/three-way/${proposal.id}`, 303)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function proposalFor(
  { db, area, actor, params }: Visit & Readonly<{ params: Readonly<{ proposal: string }> }>,
  verb: 'open' | 'edit',
) {
  const proposal = await findProposal(db, area, params.proposal)
  const found = proposal && (await findEpisode(db, actor, proposal.episode, verb))
  const person = found && (await findPerson(db, actor, found.person, verb))
  if (!proposal || !person) throw new NotFound()
  return { proposal, mayEdit: person.mayEdit, died: person.died_on !== null }
}

/** Why it may not go to them on paper, asked each time that it is shown or has gone; undefined where it may. */
async function whyNot({ db, area }: Visit, proposal: Proposal): Promise<string | undefined> {
  const { person, allowedBy } = proposal
  const still = await isStillAllowed(db, { area, person, allowedBy })
  return (await findWhyNotSent(db, area, proposal)) ?? (still.allowed ? undefined : still.why)
}

/** The letter as it is printed, with what stands in its way. */
async function shownOf(visit: Visit, proposal: Proposal) {
  const { db, area } = visit
  const [problem, seen, to, words, newest] = await Promise.all([
    whyNot(visit, proposal),
    findSeenAtWork(db, area, proposal),
    addresseeOf(visit, proposal),
    wordsOf(visit),
    findNewestAbout(db, { area, about: proposal.id, kinds: [letterKind] }),
  ])
  const { here, answerBy, said } = words
  const from = { name: here?.name ?? '', phone: here?.phone ?? undefined }
  return { ...seen, problem, to, from, backTo: here?.postal_address ?? null, answerBy, said, newest }
}

/** To whom it goes, by the address that is written down now. */
async function addresseeOf({ db, area }: Visit, { person, workplace, contact, organisation }: Proposal) {
  const postal = (await listWorkplaces(db, { area, person })).find(({ id }) => id === workplace)?.postal ?? null
  return { lines: linesTo({ contact, organisation, postal }), isKnown: postal !== null }
}

async function wordsOf({ db, area, today }: Visit) {
  const here = await findArea(db, area)
  const answerBy = today.add({ days: answerDays })
  const facts = { area: here?.name ?? '', phone: here?.phone ?? null, day: answerBy }
  return { here, answerBy, said: await findWords(db, { area, template: letterTemplate, format: 'letter', facts }) }
}

/**
 * Puts the letter that somebody has posted or handed over into the outbox, among everything else that left. It does not wait
 * there for whoever posts letters: nobody but its coach has the form that goes with it.
 */
async function keepPosted(visit: Visit, proposal: Proposal): Promise<void> {
  const { db, area, now } = visit
  const [{ said }, { lines }] = await Promise.all([wordsOf(visit), addresseeOf(visit, proposal)])
  const { id: about, person, allowedBy } = proposal
  const written = await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: letterKind, channel: 'letter', address: lines.join('\n'), about },
    ...{ ...said, allowedBy, now },
  })
  const held = await holdWaiting(db, area, written)
  if (held) await settleMessage(db, held.message, { as: 'sent', by: byPost }, now)
}
