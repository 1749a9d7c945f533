import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, optionalChoice, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { languageCodes, languages } from '#platform/language/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import { isSignedIn } from '#platform/language/signatures.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { handsOver, mayHandOver, pathOf, textToSend } from '#journey/handed-link/rules.ts'
import { addHandedLink, endHandedLink, findHandedLink, listHandedLinks } from '#journey/handed-link/store.ts'
import { standsInside } from '#programme/return/rules.ts'
import { HandedLinks, MakeLink } from './pages/list.tsx'
import { OneLink } from './pages/one.tsx'
import { PrintLinkSheets } from './pages/print.tsx'
import { isMeant, unused, usedAsShown } from './rules.ts'
import { findUsed } from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'area-lead'] } as const

/** The links that organisations hand over: made, printed and ended, with how often each was used. */
export async function handedCountRoutes(app: App): Promise<void> {
  app.get('/area/links', { ...keepers, query: { search: optionalText(100) } }, async (request, reply) => {
    const { search } = request.query
    const { links, below } = await counted(request)
    await request.read('handed-link.counts', { codes: { below } })
    const meant = links.filter((link) => isMeant(link, search))
    return reply.page(<HandedLinks links={meant} {...{ search, below }} />)
  })
  making(app)
  each(app)
}

function making(app: App): void {
  app.get('/area/links/new', keepers, async ({ db, area, today }, reply) =>
    reply.page(<MakeLink id={newId()} organisations={await choosable(db, area, today)} {...blank} />),
  )
  const form = { id: id('Open this page again'), organisation: id('Select who hands it over') }
  app.post('/area/links/new', { ...keepers, form }, async (request, reply) => {
    const { db, area, today, form: sent, actor, now } = request
    const organisations = await choosable(db, area, today)
    const again = (state: FormState) =>
      reply.code(422).page(<MakeLink id={newId()} {...{ organisations }} {...state} />)
    if (!sent.ok) return again(sent)
    const { id: link, organisation } = sent.value
    if (!Object.hasOwn(organisations, organisation))
      return again({ typed: sent.typed, problems: [{ field: 'organisation', message: 'Select from the list' }] })
    const made = await addHandedLink(db, { area, id: link, organisation, by: actor.membership, at: now })
    const kept = made ? link : await openLinkOf(db, area, organisation)
    if (kept === undefined) throw new NotFound()
    await request.act(made ? 'handed-link.made' : 'handed-link.made-before', { subject: kept, codes: { organisation } })
    request.flash(
      made ? 'Made. Print its poster and cards, or copy its text.' : 'It has a link that works: here it is.',
    )
    return reply.redirect(`/area/links/${kept}`)
  })
}

function each(app: App): void {
  app.get('/area/links/:handed', keepers, async (request, reply) => {
    const { db, area } = request
    const { link, below } = await one(request)
    await request.read('handed-link.counts', { subject: link.id, codes: { below } })
    const address = `${app.settings.origin}${pathOf(area, link.code)}`
    return reply.page(<OneLink {...{ link, address, below }} texts={await textsIn(db, area)} />)
  })
  const query = { words: optionalChoice(languages) }
  app.get('/area/links/:handed/print', { ...keepers, query }, async ({ db, area, params, query: asked }, reply) => {
    const [found, link] = [await findArea(db, area), await linkNamed(db, area, params.handed)]
    if (!found || link.endedAt) throw new NotFound()
    const language = asked.words ?? 'en'
    const { id: shown, organisationName, kind } = link
    const address = `${app.settings.origin}${pathOf(area, link.code)}`
    const printed = { id: shown, organisationName, kind, address, areaName: found.name, phone: found.phone }
    return reply.page(<PrintLinkSheets {...printed} {...{ language }} isDraft={await isDraftIn(db, area, language)} />)
  })
  app.post('/area/links/:handed/ending', keepers, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const { id: link } = await linkNamed(db, area, params.handed)
    const ended = await endHandedLink(db, { area, link, by: actor.membership, at: now })
    await request.act(ended ? 'handed-link.ended' : 'handed-link.ended-before', { subject: link })
    request.flash('Ended. Whoever opens it is led to the first page of the service.')
    return reply.redirect(`/area/links/${link}`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** Every link with its numbers as this reader may see them. */
async function counted({ db, area, actor, today }: Asking) {
  const [links, used] = [await listHandedLinks(db, area), await findUsed(db, actor)]
  const [settings, names] = [await findSettings(db, area, today), await listMemberNames(db, area)]
  const below = standsInside(actor.role, settings) ? 0 : settings.hideBelow
  const shown = links.map((link) => ({
    ...{ ...link, byName: names.get(link.madeBy) ?? null },
    used: usedAsShown(used.get(link.id) ?? unused, below),
  }))
  return { links: shown, below }
}

async function one(asking: Asking & Readonly<{ params: Readonly<{ handed: string }> }>) {
  const { links, below } = await counted(asking)
  const link = links.find(({ id: known }) => known === asking.params.handed)
  if (!link) throw new NotFound()
  return { link, below }
}

async function linkNamed(db: Db, area: string, named: string) {
  const link = /^[0-9a-f-]{36}$/.test(named) ? await findHandedLink(db, area, named) : undefined
  if (!link) throw new NotFound()
  return link
}

async function openLinkOf(db: Db, area: string, organisation: string): Promise<string | undefined> {
  const links = await listHandedLinks(db, area)
  return links.find((link) => link.organisation === organisation && link.endedAt === null)?.id
}

/** The organisations that may hand a link over, practices first. */
async function choosable(db: Db, area: string, today: Temporal.PlainDate) {
  const found = (await listOrganisations(db, area, today)).filter(({ kind }) => handsOver(kind))
  const inOrder = mayHandOver.flatMap((kind) => found.filter((one) => one.kind === kind))
  return Object.fromEntries(inOrder.map(({ id: organisation, name }) => [organisation, { label: name }]))
}

const isDraftIn = async (db: Db, area: string, language: (typeof languageCodes)[number]) =>
  language !== 'en' && !(await isSignedIn(db, area, language))

async function textsIn(db: Db, area: string) {
  return Promise.all(
    languageCodes.map(async (language) => ({
      ...{ language, text: sayIn(language)(textToSend) },
      isDraft: await isDraftIn(db, area, language),
    })),
  )
}
