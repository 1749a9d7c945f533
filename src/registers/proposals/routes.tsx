import type { Db } from '#platform/database/transaction.ts'
import { choice, optionalId, optionalText, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { differencesInWords } from '#registers/directory/rules.ts'
import { findNames, findService } from '#registers/directory/store.ts'
import { entryDifferences, entryKinds, entryIn, entryOver } from '#registers/entry/rules.ts'
import { findEntry, saveEntry } from '#registers/entry/store.ts'
import { emptyListing, listingParts } from '#registers/listing/rules.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { deciders, mayOf, proposedOver, proposers } from '#registers/proposing/rules.ts'
import { findProposal, findVersion, listProposals, saveDecision } from '#registers/proposing/store.ts'
import type { Saying } from '#registers/services/rules.ts'
import { type SaidOfService, saveListings } from '#registers/services/store.ts'
import { OneProposal, Proposals } from './pages.tsx'

const answer = choice({ yes: {}, no: {} }, 'Select what you decide')
const form = { answer, reason: optionalText(), version: version() }

/** What was proposed for the directory, and the decision about it. */
export async function proposalRoutes(app: App): Promise<void> {
  const query = { service: optionalId() }
  app.get('/services/proposals', { who: proposers, query }, async ({ db, area, now, query: { service } }, reply) => {
    const [waiting, decided, names] = await Promise.all([
      listProposals(db, { area, service, isWaiting: true }),
      listProposals(db, { area, service, isWaiting: false }),
      listMemberNames(db, area),
    ])
    const named = (rows: typeof waiting) => rows.map((one) => withNames(one, names))
    return reply.page(<Proposals waiting={named(waiting)} decided={named(decided)} now={now} />)
  })
  app.get('/services/proposals/:proposed', { who: proposers }, async ({ db, area, actor, now, params }, reply) => {
    const shown = await shownFor(db, area, params.proposed)
    return reply.page(<OneProposal {...blank} {...shown.page} {...{ now }} decides={mayOf(actor.role).decide} />)
  })
  app.post('/services/proposals/:proposed/decision', { who: deciders, form }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const shown = await shownFor(db, area, params.proposed)
    const again = { ...shown.page, now, decides: true, typed: form.typed }
    // Whoever slipped sees as well that somebody else has decided.
    if (form.ok && shown.page.proposal.decidedAt) return reply.code(409).page(<OneProposal {...again} problems={[]} />)
    const reason = { field: 'reason', message: 'Say why, so that whoever proposed it understands' }
    const lacks = form.ok && form.value.answer === 'no' && form.value.reason === null ? [reason] : []
    const problems = form.ok ? lacks : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<OneProposal {...again} problems={problems} />)
    if (form.value.version !== shown.page.version) return reply.code(409).page(<OneProposal {...again} problems={[]} />)
    const accepted = form.value.answer === 'yes'
    const decision = { accepted, reason: form.value.reason, by: actor.membership, at: now }
    const decided = await saveDecision(db, area, params.proposed, decision)
    if (decided && accepted) await shown.save(now)
    await request.act('service.decided', { subject: shown.subject, codes: { accepted, decided } })
    request.flash(decided ? decisions[form.value.answer] : decidedAlready)
    return reply.redirect(decided && accepted ? shown.at : '/services/proposals', 303)
  })
}

const decisions = { yes: 'Accepted. It stands in the directory now.', no: 'Declined.' } as const
const decidedAlready = 'Somebody has decided about this already.'

const strangers: Readonly<Record<string, string>> = { owner: 'The service itself' }

type Found = NonNullable<Awaited<ReturnType<typeof findProposal>>>

const withNames = (one: Found, names: ReadonlyMap<string, string>) => ({
  ...one,
  name: one.name ?? one.listing.name,
  byName:
    one.by === null ? (strangers[one.cameFrom] ?? 'Another directory') : (names.get(one.by) ?? 'Somebody who has left'),
  decidedBy: one.decidedBy === null ? null : (names.get(one.decidedBy) ?? null),
})

/** A proposal with what it would make of what it is about as that stands now. */
async function shownFor(db: Db, area: string, id: string) {
  const proposal = await findProposal(db, area, id)
  if (!proposal) throw new NotFound()
  const names = await listMemberNames(db, area)
  const { kind, ...shown } =
    proposal.about === 'service' ? await aboutService(db, area, proposal) : await aboutEntry(db, area, proposal)
  const { differences, disputed, version, save } = shown
  const saying = (at: Temporal.Instant): Saying => ({
    ...{ area, cameFrom: cameFrom(proposal.cameFrom), source: null, note: proposal.note, by: proposal.by, at },
  })
  return {
    page: { proposal: withNames(proposal, names), version, differences, disputed },
    ...{ subject: proposal.service, at: `${kind}/${proposal.service}` },
    save: (at: Temporal.Instant) => save(saying(at)),
  }
}

async function aboutService(db: Db, area: string, proposal: Found) {
  const [there, base] = await Promise.all([
    findService(db, area, proposal.service),
    findVersion(db, area, proposal.service, proposal.base),
  ])
  const here = there?.listing ?? emptyListing
  const { listing, disputed } = proposedOver(base, here, proposal.listing)
  const called = await findNames(db, area, [here, listing])
  const version = there?.version ?? 0
  const said = { id: proposal.service, version: version + 1, listing, origin: originOf(there?.origin) }
  return {
    ...{ kind: '/services', version, differences: differencesInWords(here, listing, called) },
    disputed: disputed.map((part) => listingParts[part].label),
    save: async (saying: Saying) => (await saveListings(db, saying, [said])).has(said.id),
  }
}

async function aboutEntry(db: Db, area: string, { service: id, about, base: over, document }: Found) {
  const kind = about === 'owner' ? 'owner' : 'location'
  const [here, base] = await Promise.all([
    findEntry(db, { area, kind, id }),
    findEntry(db, { area, kind, id, version: over }),
  ])
  if (!here || !base) throw new NotFound()
  const entry = entryOver(here.entry, base.entry, entryIn(kind, document))
  const moved = entryDifferences(base.entry, here.entry).map(({ label }) => label)
  const differences = entryDifferences(here.entry, entry)
  return {
    ...{ kind: entryKinds[kind].at, version: here.version, differences },
    disputed: differences.map(({ label }) => label).filter((label) => moved.includes(label)),
    save: (saying: Saying) => saveEntry(db, saying, { id, version: here.version + 1, entry }),
  }
}

const originOf = (origin: string | undefined): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'
const cameFrom = (from: string): Saying['cameFrom'] =>
  from === 'feed' || from === 'supplied' || from === 'owner' ? from : 'member'
