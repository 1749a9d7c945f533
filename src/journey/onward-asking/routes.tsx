import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { again } from '#platform/form/again.ts'
import * as field from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { Answer as Reply, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { mayFollow } from '#journey/onward/rules.ts'
import { findOnwardOf, isKnown, type Onward, recordEvent } from '#journey/onward/store.ts'
import { helps, saysBegun } from '#journey/witness/rules.ts'
import { type At, DidItHelp, HelpSaid } from './pages.tsx'
import { problemsWithHelp } from './rules.ts'
import { findAskedOf, holdAnswers } from './store.ts'

/** Where a participant says by themselves how it went with a service, asked or not. */
export async function onwardAskingRoutes(app: App): Promise<void> {
  const own = { who: 'participant' } as const
  app.get('/my/services/:onward/help', { ...own, reads: 'record' }, async (request, reply) => {
    const onward = await ofMine(request, request.params.onward)
    await request.read('participant.services', { subject: onward.id })
    return reply.page(<DidItHelp at={ownAt(onward)} {...again(blank)} />)
  })
  app.post('/my/services/:onward/help', own, async (request, reply) => {
    const onward = await ofMine(request, request.params.onward)
    return answer(request, reply, { onward, at: ownAt(onward), how: 'own-space' })
  })
}

const ownAt = (onward: Onward): At => ({
  ...{ action: `/my/services/${onward.id}/help`, service: onward.serviceName, day: dayTalked(onward) },
})

// The day that somebody remembers: on which they were told of it or said yes.
const dayTalked = ({ events, writtenAt }: Onward): Temporal.PlainDate =>
  dayOf(events.findLast(({ kind }) => kind === 'told' || kind === 'agreed')?.at ?? writtenAt)

type Mine = Readonly<{ db: Db; area: string; me: Participant }>

async function ofMine({ db, area, me }: Mine, id: string): Promise<Onward> {
  const onward = await findOnwardOf(db, { area, person: me.person, id })
  if (!onward || !mayFollow('said', onward.state)) throw new NotFound()
  return onward
}

/** What the link in the question opens. */
export const helpByLink: LinkPurpose = {
  title: 'One question about how it is going',
  took: ({ db, area }, { id }) => isKnown(db, area, id),
  show: async (request, reply, link) => {
    const { onward, at } = await behind(request, link)
    if (hasAnswered(onward, link)) return reply.page(<HelpSaid at={at} />)
    return reply.page(<DidItHelp at={at} {...again(blank)} />)
  },
  answer: async (request, reply, link) => {
    await holdAnswers(request.db, link)
    const { onward, at } = await behind(request, link)
    if (hasAnswered(onward, link)) return reply.page(<HelpSaid at={at} />)
    return answer(request, reply, { onward, at, how: 'link' })
  },
}

async function behind({ db, area, params }: LinkVisit, { person, subject }: Link) {
  const id = subject === null ? undefined : await findAskedOf(db, area, subject)
  const onward = person && id ? await findOnwardOf(db, { area, person, id }) : undefined
  if (!onward) throw new NotFound()
  const at: At = { action: `/l/${params.link}`, service: undefined, day: dayTalked(onward) }
  return { onward, at }
}

/** Whether they have said how it went since they were asked by this link. */
function hasAnswered({ events }: Onward, { subject }: Link): boolean {
  const asked = events.findIndex(({ id }) => id === subject)
  return events.slice(asked).some(({ kind }) => kind === 'said')
}

const fields = {
  id: field.id('Open this page again'),
  answer: field.choice(helps, 'Choose how it went'),
  note: field.optionalText(1000),
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant }> &
  Pick<Visit<'/my', Record<never, never>, Record<never, never>>, 'form' | 'act'>
type Answering = Readonly<{ onward: Onward; at: At; how: 'own-space' | 'link' }>

/** Keeps what they said, and where they say that it began, that it did. */
async function answer(asking: Asking, reply: Reply, { onward, at, how }: Answering): Promise<Outcome> {
  const { db, area, now } = asking
  const form = field.check(fields, asking.form.typed)
  const problems = form.ok ? problemsWithHelp(form.value) : form.problems
  if (!form.ok || problems.length > 0)
    return reply.code(422).page(<DidItHelp at={at} {...again({ typed: asking.form.typed, problems })} />)
  const { id, answer: said, note } = form.value
  const saying = { area, referral: onward.id, witness: 'person', how, at: now } as const
  const kept = await recordEvent(db, { ...saying, id, kind: 'said', reason: said, note })
  if (kept === 'kept' && saysBegun(said) && mayFollow('started', onward.state))
    await recordEvent(db, { ...saying, id: newId(), kind: 'started' })
  const vouchesFor = note === null ? {} : { vouchesFor: note }
  const { person } = onward
  await asking.act('onward.own-said', { person, subject: onward.id, codes: { said, how, kept }, ...vouchesFor })
  return reply.page(<HelpSaid at={at} />)
}
