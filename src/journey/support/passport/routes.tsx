import { careRoles, type Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, id, optionalText, version } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, linkToGive, withdrawLinks } from '#platform/link/links.ts'
import type { LinkPurpose } from '#platform/link/routes.tsx'
import { findEpisode } from '#journey/episode/store.ts'
import { OwnPassport, PassportLink, WriteIntroduction } from './pages/own.tsx'
import { PassportToPrint, PassportByLink } from './pages/sheet.tsx'
import { lastings, mostLinks, passportPurpose } from './rules.ts'
import { findPassport, hadPassportLink, listPassportLinks, saveIntroduction } from './store.ts'

const own = { who: 'participant' } as const

/** What a link to a passport opens: the passport as it is now. */
export const passportByLink: LinkPurpose = {
  title: 'An adjustment passport',
  passedOn: true,
  show: async ({ db, area }, reply, { person }) => {
    const passport = person === null ? undefined : await findPassport(db, { area, person })
    if (!passport) throw new NotFound()
    return reply.page(<PassportByLink passport={passport} />)
  },
}

/** Adjustment passports: printed by the team, read, introduced and shared by the person they belong to. */
export async function passportRoutes(app: App): Promise<void> {
  const print = { who: careRoles, verb: 'open', reads: 'record' } as const
  app.get('/episodes/:episode/passport', print, async (request, reply) => {
    const { db, area, actor, params } = request
    const found = await findEpisode(db, actor, params.episode, 'open')
    const passport = found && (await findPassport(db, { area, person: found.person }))
    if (!passport) throw new NotFound()
    await request.read('passport.print', { person: found.person, subject: found.id })
    return reply.page(<PassportToPrint episode={found.id} passport={passport} />)
  })
  app.get('/my/passport', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('participant.passport')
    return reply.page(<OwnPassport {...blank} {...await shownTo(request)} id={newId()} />)
  })
  introductionRoutes(app)
  linkRoutes(app)
  stopRoute(app)
}

function introductionRoutes(app: App): void {
  const path = '/my/passport/introduction'
  const rule = { ...own, draft: 'my-passport' } as const
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    await request.read('participant.passport')
    return reply.page(<WriteIntroduction {...await shownTo(request)} {...again(request.form)} />)
  })
  const form = { id: id('Open this page again'), introduction: optionalText(2000), version: version() }
  app.post(path, { ...rule, form }, async (request, reply) => {
    const { db, me, form, now: at } = request
    if (!form.ok) return reply.code(422).page(<WriteIntroduction {...await shownTo(request)} {...again(form)} />)
    const { id: saved, introduction, version: seen } = form.value
    if (!(await saveIntroduction(db, { area: me.area, person: me.person, id: saved, introduction, at, seen })))
      return reply.code(409).page(<WriteIntroduction {...await shownTo(request)} {...again(form)} />)
    await request.act('passport.written', { subject: saved, ...(introduction ? { vouchesFor: introduction } : {}) })
    request.flash('Saved')
    return reply.redirect('/my/passport', 303)
  })
}

function linkRoutes(app: App): void {
  const { origin, secret } = app.settings
  const form = { id: id('Open this page again'), lasts: choice(lastings, 'Choose for how long it should work') }
  app.post('/my/passport/links', { ...own, form }, async (request, reply) => {
    const { db, me, form, now } = request
    const { passport, links } = await shownTo(request)
    const problems = form.ok ? problemsWith(links, form.value.id) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<OwnPassport {...{ passport, links }} {...again({ ...form, problems })} />)
    const { id: subject, lasts } = form.value
    const { token } = linkToGive(secret, { area: me.area, id: subject })
    const link = { area: me.area, person: me.person, purpose: passportPurpose, subject, token }
    const expiresAt = now.add({ hours: 24 * lastings[lasts].days })
    await issueLink(db, { ...link, expiresAt, allowedBy: 'asked-for', by: null, now })
    await request.act('passport.shared', { subject, codes: { lasts } })
    // A form sent again after its link was stopped makes no other.
    if (!(await shownTo(request)).links.some((one) => one.id === subject)) return reply.redirect('/my/passport', 303)
    return reply.redirect(`/my/passport/links/${subject}`, 303)
  })
  app.get('/my/passport/links/:shared', { ...own, reads: 'record' }, async (request, reply) => {
    const { links } = await shownTo(request)
    const [of, shared] = [{ area: request.me.area, person: request.me.person }, request.params.shared]
    const link = links.find((one) => one.id === shared)
    if (!link && !(await hadPassportLink(request.db, { ...of, link: shared }))) throw new NotFound()
    await request.read('participant.passport', { subject: shared })
    if (!link) return reply.redirect('/my/passport', 303)
    const { path } = linkToGive(secret, { area: request.me.area, id: link.id })
    return reply.page(<PassportLink address={`${origin}${path}`} expiresAt={link.expiresAt} />)
  })
}

function problemsWith(links: readonly Readonly<{ id: string }>[], made: string): Problem[] {
  return links.length < mostLinks || links.some((link) => link.id === made)
    ? []
    : [{ field: 'lasts', message: 'You have 5 links that work. Stop one of them first' }]
}

function stopRoute(app: App): void {
  app.post('/my/passport/links/:shared/withdrawal', own, async (request, reply) => {
    const { db, me, now, params } = request
    const { links } = await shownTo(request)
    const subject = params.shared
    if (links.some((one) => one.id === subject)) {
      await withdrawLinks(db, { area: me.area, subject, purpose: passportPurpose, now })
      await request.act('passport.link-stopped', { subject })
    } else if (await hadPassportLink(db, { area: me.area, person: me.person, link: subject })) {
      await request.act('passport.link-stopped-before', { subject })
    } else throw new NotFound()
    request.flash('The link does not work any more.')
    return reply.redirect('/my/passport', 303)
  })
}

type Asking = Readonly<{ db: Db; me: Participant; now: Temporal.Instant }>

async function shownTo({ db, me, now }: Asking) {
  const of = { area: me.area, person: me.person }
  const [passport, links] = await Promise.all([findPassport(db, of), listPassportLinks(db, { ...of, now })])
  if (!passport) throw new NotFound()
  return { passport, links }
}
