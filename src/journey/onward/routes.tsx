import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { spokenCode } from '#platform/link/proof.ts'
import { findNewestAbout } from '#platform/notify/went.ts'
import { type AreaSettings, quietTill } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findService } from '#registers/directory/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { reachingIn } from '#registers/near-you/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { findWaitingEmail, listEmails, settleEmail } from '#journey/emailed-answer/store.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { OnwardOf } from './pages/list.tsx'
import { OneOnward } from './pages/one.tsx'
import { isAnswerable, isHearable, linkKinds, referenceOf } from './rules.ts'
import { findOnward, listOnwardOf, markRead, type Onward, recordEvent } from './store.ts'

const open = { who: careRoles, verb: 'open', reads: 'record' } as const
const edit = { who: careRoles, verb: 'edit' } as const

/** To whom somebody was passed on, and where each stands. */
export async function onwardRoutes(app: App): Promise<void> {
  const { secret } = app.settings
  app.get('/people/:person/onward', open, async (request, reply) => {
    const { db, area, actor, now } = request
    const found = await findPerson(db, actor, request.params.person)
    if (!found) throw new NotFound()
    const [rows, [episode]] = await Promise.all([
      listOnwardOf(db, area, await listIdsOf(db, area, found.id)),
      listEpisodesOf(db, actor, found.id),
    ])
    await request.read('onward.list', { person: found.id })
    const person = { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
    const planned = episode?.assessed_at && mayChangeGoals(episode.stage) ? episode.id : undefined
    return reply.page(<OnwardOf {...{ person, rows, now }} episode={planned} />)
  })

  app.get('/onward/:onward', open, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const onward = await findOnward(db, actor, params.onward)
    if (!onward) throw new NotFound()
    const person = await personOf(request, onward)
    await request.read('onward.opened', { person: onward.person, subject: onward.id })
    const code = isAnswerable(onward.state) && onward.address !== null ? spokenCode(secret, onward.id) : undefined
    const takenBack = await isTakenBack(db, actor.area, onward)
    const sent = await findNewestAbout(db, { area: actor.area, about: onward.id, kinds: linkKinds })
    const goes = sent?.settledAt === null ? goesAt(sent, now, await findSettings(db, area, today)) : null
    const reaching = onward.kind === 'signpost' ? await findReaching(db, actor.area, onward.service) : null
    const emails = await listEmails(db, { area, referral: onward.id })
    const shown = {
      ...{ onward, person, now, takenBack, sent, goes, reaching, emails },
      code: takenBack ? undefined : code,
      telling: newId(),
    }
    return reply.page(<OneOnward {...shown} reference={referenceOf(onward.id)} />)
  })

  app.post('/onward/:onward/reading', edit, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    if (!onward) throw new NotFound()
    await markRead(db, { area, referral: onward.id, by: actor.membership, at: now })
    await request.act('onward.answer-read', { person: onward.person, subject: onward.id })
    request.flash('Marked as read')
    return reply.redirect(`/onward/${onward.id}`, 303)
  })

  app.post('/onward/:onward/emails/:email/reading', edit, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    if (!onward) throw new NotFound()
    const email = await findWaitingEmail(db, { area, referral: onward.id, id: params.email })
    const as = email?.kind === 'answer' && isHearable(onward.state) ? 'no-answer' : 'read'
    const kept = email && (await settleEmail(db, { area, id: email.id, as, by: actor.membership, at: now }))
    await request.act('onward.email-read', {
      person: onward.person,
      subject: onward.id,
      codes: { as, kept: kept === true },
    })
    request.flash(kept ? 'Marked as read' : 'Somebody has dealt with this email already')
    return reply.redirect(`/onward/${onward.id}`, 303)
  })

  app.post('/onward/:onward/telling', { ...edit, form: { id: id('Open this page again') } }, async (request, reply) => {
    const { db, area, actor, now, params, form } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    if (!onward || onward.kind !== 'signpost') throw new NotFound()
    const said = { area, id: form.ok ? form.value.id : newId(), referral: onward.id, at: now, by: actor.membership }
    const kept = await recordEvent(db, { ...said, kind: 'told', witness: 'team' })
    await request.act('onward.told', { person: onward.person, subject: onward.id, codes: { kept } })
    request.flash(kept === 'not-now' ? 'Somebody else has changed it meanwhile: see below' : 'They have the details.')
    return reply.redirect(`/onward/${onward.id}`, 303)
  })
}

async function findReaching(db: Db, area: string, service: string) {
  const found = await findService(db, area, service)
  return found ? reachingIn('en-GB', found.listing) : null
}

type Waiting = Readonly<{ notBefore: Temporal.Instant }>

/** When a message goes that waits: as soon as its time has come and the quiet hours are over. */
function goesAt({ notBefore }: Waiting, now: Temporal.Instant, settings: AreaSettings): Temporal.Instant {
  const due = Temporal.Instant.compare(notBefore, now) > 0 ? notBefore : now
  return quietTill(settings, due) ?? due
}

/** Whether the yes on which it was sent was taken back since. */
async function isTakenBack(db: Db, area: string, { person, allowedBy, serviceName: name }: Onward): Promise<boolean> {
  if (allowedBy === null) return false
  const recipient = { switch: 'onward', name } as const
  return !(await mayDisclose(db, { area, person, recipient, purpose: 'summary' })).allowed
}

async function personOf({ db, actor }: Readonly<{ db: Db; actor: Actor }>, { person }: Onward) {
  const found = await findPerson(db, actor, person)
  if (!found) throw new NotFound()
  return { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
}
