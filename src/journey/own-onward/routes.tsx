import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { Answer as Reply, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { failLink } from '#platform/link/links.ts'
import { isProven, proofField, proofOf } from '#platform/link/proof.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import { type Link, triesLeft } from '#platform/link/rules.ts'
import { findService } from '#registers/directory/store.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { yesOrNo } from '#journey/onward/rules.ts'
import { findOnwardOf, isKnown, listOnwardOf, type Onward } from '#journey/onward/store.ts'
import { findWhyNotNow } from '#journey/onward-draft/store.ts'
import { writtenFrom } from '#journey/onward-sending/rules.ts'
import { agreeToOnward, refuseOnward, stopOnward } from '#journey/onward-sending/store.ts'
import { agreedParts } from '#journey/packet/rules.ts'
import { AnswerOnward, type At, OnwardAnswered, Prove } from './pages/answer.tsx'
import { OwnOne, OwnList } from './pages/own.tsx'
import { isTheirs, mayStop, ownOf } from './rules.ts'
import { findBornOn, listProposed } from './store.ts'

const own = { who: 'participant' } as const

/** The services a participant is put in touch with: what each is sent, their yes or no, and stopping it. */
export async function ownOnwardRoutes(app: App): Promise<void> {
  const { settings } = app
  app.get('/my/services', { ...own, reads: 'record' }, async (request, reply) => {
    const { db, area, me } = request
    const rows = await listOnwardOf(db, area, await listIdsOf(db, area, me.person))
    const proposed = await listProposed(
      db,
      area,
      rows.map(({ id }) => id),
    )
    await request.read('participant.services')
    return reply.page(<OwnList rows={rows.filter(isTheirs).map(ownOf)} proposed={proposed} />)
  })
  app.get('/my/services/:onward', { ...own, reads: 'record' }, async (request, reply) => {
    const onward = await ofMine(request, request.params.onward)
    await request.read('participant.services', { subject: onward.id })
    if (onward.state === 'shown') return show(request, reply, { onward, at: ownAt(onward), state: blank })
    return reply.page(<OwnOne one={ownOf(onward)} id={newId()} service={await findDetails(request, onward)} />)
  })
  app.post('/my/services/:onward', own, async (request, reply) => {
    const onward = await ofMine(request, request.params.onward)
    return answer(request, reply, { onward, at: ownAt(onward), settings, how: 'own-space' })
  })
  app.post('/my/services/:onward/withdrawal', { ...own, form: { id: field.id() } }, async (request, reply) => {
    const { db, area, now, form } = request
    const onward = await ofMine(request, request.params.onward)
    const id = form.ok ? form.value.id : newId()
    const kept = mayStop(onward.state) ? await stopOnward(db, { area, id, onward, now }) : 'not-now'
    await request.act('onward.stopped', { subject: onward.id, codes: { kept } })
    request.flash('It is stopped. Your coach is told.')
    return reply.redirect(`/my/services/${onward.id}`, 303)
  })
}

/** The details of a service they were told of, as the directory has it now; none of one that only staff may see. */
async function findDetails({ db, area }: Pick<Mine, 'db' | 'area'>, { kind, service }: Onward) {
  const found = kind === 'signpost' ? await findService(db, area, service) : undefined
  return found && !found.listing.staffOnly ? { area, ...found } : null
}

const ownAt = ({ id }: Onward): At => ({ action: `/my/services/${id}`, fields: {}, own: true })

type Mine = Readonly<{ db: Db; area: string; me: Participant }>

async function ofMine({ db, area, me }: Mine, id: string): Promise<Onward> {
  const onward = await findOnwardOf(db, { area, person: me.person, id })
  if (!onward || !isTheirs(onward)) throw new NotFound()
  return onward
}

type Keeping = Parameters<typeof writtenFrom>[0] & Readonly<{ secret: string }>

/** What a link opens by which somebody reads what would be sent: to whoever knows when they were born. */
export function ownOnwardByLink(settings: Keeping): LinkPurpose {
  const { secret } = settings
  return {
    title: 'Something for you to read and answer',
    took: ({ db, area }, { id }) => isKnown(db, area, id),
    show: async (request, reply, link) => {
      await behind(request, link)
      return reply.page(<Prove {...blank} at={linkAt(request)} left={triesLeft(link)} />)
    },
    answer: async (request, reply, link) => {
      const { onward, bornOn } = await behind(request, link)
      const { typed } = request.form
      const at = { ...linkAt(request), fields: { [proofField]: proofOf({ secret, link, now: request.now }) } }
      const carried = field.check({ proof: field.optionalText(100) }, typed)
      if (carried.ok && isProven({ secret, link, now: request.now }, carried.value.proof))
        return answer(request, reply, { onward, at, settings, how: 'link' })
      const said = field.check({ bornOn: field.day('Enter when you were born') }, typed)
      if (said.ok && said.value.bornOn.equals(bornOn)) return show(request, reply, { onward, at, state: blank })
      if (said.ok) await failLink(request.db, link)
      const wrong = [{ field: 'bornOn', message: 'This is not the date that we have. Check it, or ring us' }]
      const left = triesLeft({ failed: link.failed + (said.ok ? 1 : 0) })
      const state = { typed, problems: said.ok ? wrong : said.problems }
      return reply.code(422).page(<Prove {...state} at={linkAt(request)} left={left} />)
    },
  }
}

const linkAt = ({ params }: LinkVisit): At => ({ action: `/l/${params.link}`, fields: {}, own: false })

async function behind({ db, area }: LinkVisit, { person, subject }: Link) {
  const onward = person && subject ? await findOnwardOf(db, { area, person, id: subject }) : undefined
  const bornOn = onward && (await findBornOn(db, area, onward.person))
  if (!onward || !bornOn) throw new NotFound()
  return { onward, bornOn }
}

type Where = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>
type Shown = Readonly<{ onward: Onward; at: At; state: FormState; changedMeanwhile?: boolean }>

async function show(where: Where, reply: Reply, shown: Shown): Promise<Outcome> {
  const { onward, at, state, changedMeanwhile = false } = shown
  const { version, serviceName, parts } = onward
  const words = await findWordings(where, ['onward'])
  return reply.page(
    <AnswerOnward {...again(state)} {...{ at, version, serviceName, parts, words, changedMeanwhile }} />,
  )
}

const fields = {
  id: field.id('Open this page again'),
  read: field.version(),
  words: field.optionalText(200),
  answer: field.choice(yesOrNo, 'Choose yes or no'),
  leftOut: field.codes(),
  health: field.tick(),
  note: field.optionalText(500),
}

type Asking = Where &
  Readonly<{ now: Temporal.Instant }> &
  Pick<Visit<'/my', Record<never, never>, Record<never, never>>, 'form' | 'act'>
type Answering = Readonly<{ onward: Onward; at: At; how: 'own-space' | 'link' }> &
  Readonly<{ settings: Parameters<typeof writtenFrom>[0] }>

/** Keeps what they said of what they read; what was changed meanwhile is read again first. */
async function answer(asking: Asking, reply: Reply, { onward, at, settings, how }: Answering): Promise<Outcome> {
  const { db, area, now } = asking
  const form = field.check(fields, asking.form.typed)
  const isAgain = form.ok && onward.events.some(({ id }) => id === form.value.id)
  if (isAgain || onward.state !== 'shown') {
    await asking.act('onward.own-answer-late', { person: onward.person, subject: onward.id, codes: { how } })
    return reply.page(<OnwardAnswered at={at} what={isAgain ? form.value.answer : 'over'} />)
  }
  if (!form.ok) return show(asking, reply.code(422), { onward, at, state: form })
  const { id, read, answer: said, note } = form.value
  if (read !== onward.version) return show(asking, reply.code(409), { onward, at, state: form, changedMeanwhile: true })
  const parts = agreedParts(onward.parts, form.value)
  const saying = { area, now, id, onward, how, note, by: null }
  const words = versionsRead(form.value.words, await findWordings(asking, ['onward']))
  const agreeing = {
    ...saying,
    ...writtenFrom(settings, area),
    parts,
    wordingVersion: words.onward ?? 'none-of-ours',
  } as const
  const kept = said === 'yes' ? await agreeToOnward(db, agreeing) : await refuseOnward(db, saying)
  const vouchesFor = note === null ? {} : { vouchesFor: note }
  const { person } = onward
  await asking.act('onward.own-answer', { person, subject: onward.id, codes: { said, how, kept }, ...vouchesFor })
  const isShut = said === 'yes' && (await findWhyNotNow(db, area, onward.service, now)) !== undefined
  const what = isShut ? 'shut' : said
  return reply.page(<OnwardAnswered at={at} what={kept === 'not-now' ? 'over' : what} />)
}
