import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark, type Message } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { findWords } from '#registers/templates/store.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { MayGo } from '#registers/permissions/rules.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { noteKind, recipientName, referrerLinkDays, routeOfSender, toldUnder } from '#journey/acknowledgement/rules.ts'
import { listSenders } from '#journey/acknowledgement/store.ts'
import type { Step } from '#journey/episode/rules.ts'
import { listSteps } from '#journey/episode/store.ts'
import { listReferralsOf } from '#journey/triage/store.ts'
import { isNew, type News, newsOf, newsTemplates, type Written } from './rules.ts'

type Moved = Readonly<{ area: string; episode: string; step: string }>
/** When they are told, and where people reach us. */
type Telling = Readonly<{ now: Temporal.Instant; origin: string }>

/** Lets everybody who referred the person of this episode know what a step means, where they want to hear it and may. */
export async function tellReferrers(db: Db, moved: Moved, { now, origin }: Telling): Promise<void> {
  const moving = await findMove(db, moved)
  if (!moving) return
  const { area } = moved
  for (const referral of await listReferralsOf(db, area, moved.episode)) {
    const route = routeOfSender(referral.route, await listSenders(db, area, referral.referrer_email, dayOf(now)))
    const meant = newsOf(moving.step, route)
    const what = moving.isTakenBack ? goesOn(meant) : meant
    if (what && referral.feedback === 'status') await tell(db, { ...referral, route, area, what, now, origin })
  }
}

const goesOn = (meant: News | undefined): Written | undefined => (meant === 'ended' ? 'goes-on' : undefined)

/** The step, unless it was taken back meanwhile; for one that takes another back, that one. */
async function findMove(db: Db, { area, episode, step }: Moved) {
  const steps = await listSteps(db, area, episode)
  const find = (wanted: string): Step | undefined => steps.find(({ id }) => id === wanted)?.step
  const moved = find(step)
  if (moved?.kind === 'withdrawn') {
    const back = find(moved.step)
    return back && { step: back, isTakenBack: true }
  }
  const gone = steps.some((one) => one.step.kind === 'withdrawn' && one.step.step === step)
  return gone || !moved ? undefined : { step: moved, isTakenBack: false }
}

type About = Awaited<ReturnType<typeof listReferralsOf>>[number] & Telling & Readonly<{ area: string; what: Written }>

async function tell(db: Db, { area, what, now, origin, ...referral }: About): Promise<void> {
  const { id, person, route, referrer_email: address } = referral
  const { referrer_name, referrer_organisation: organisation, feedback } = referral
  const name = recipientName({ name: referrer_name, organisation, email: address, feedback })
  const under = toldUnder[route]
  if (!under || !name || !address || !isNew(what, await listHeard(db, area, id))) return
  const [may, here] = await Promise.all([
    mayDisclose(db, { area, person, recipient: { switch: under.switch, name }, purpose: 'status' }),
    findArea(db, area),
  ])
  if (!may.allowed || !here) return
  const facts = {
    ...{ reference: referral.reference, area: here.name, phone: here.phone },
    link: `${origin}${linkMark}`,
  }
  const note = await findWords(db, { area, template: newsTemplates[what], format: 'email', facts })
  const opened = { purpose: 'referral', subject: id, expiresAt: now.add({ hours: 24 * referrerLinkDays }) }
  const message = await sendMessage(db, {
    ...{ area, person, recipient: 'another', kind: `referral.${what}`, about: id, now },
    ...{ channel: 'email', address, ...note, allowedBy: may.by },
    link: note.body.includes(linkMark) ? opened : undefined,
  })
  await db.insertInto('feedback.told').values({ area, referral: id, news: what, message, told_at: now }).execute()
}

/** What whoever made a referral was told of it, the earliest first; the referral is held, so that nothing is told twice. */
async function listHeard(db: Db, area: string, referral: string): Promise<Written[]> {
  await db
    .selectFrom('referral.referral')
    .select('id')
    .where('area', '=', area)
    .where('id', '=', referral)
    .forUpdate()
    .execute()
  const told = await db
    .selectFrom('feedback.told')
    // Checked: the table refuses other news.
    .select(sql<Written>`news`.as('news'))
    .where('area', '=', area)
    .where('referral', '=', referral)
    .orderBy('told_at')
    .orderBy('message')
    .execute()
  return told.map(({ news }) => news)
}

/** Whether whoever referred may still be written to about it: the person may have said no since that was written. */
export async function mayStillHear(db: Db, { area, kind, recipient, about, allowedBy }: Message): Promise<MayGo> {
  const isArrival = kind === noteKind || allowedBy === 'received'
  if (!isArrival || recipient !== 'another' || about === null) return { allowed: true }
  const referral = await db
    .selectFrom('referral.referral')
    .select(['person', 'referrer_name as name', 'referrer_organisation as organisation', 'referrer_email as email'])
    // Checked: the database holds no other routes.
    .select(sql<Route>`route`.as('route'))
    .where('area', '=', area)
    .where('id', '=', about)
    .executeTakeFirst()
  const [under, name] = [
    referral && toldUnder[referral.route],
    referral && recipientName({ ...referral, feedback: 'received' }),
  ]
  if (!referral || !under || !name) return { allowed: true }
  const asked = { area, person: referral.person, recipient: { switch: under.switch, name } }
  return mayDisclose(db, { ...asked, purpose: 'received' })
}
