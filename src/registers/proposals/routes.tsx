import type { Db } from '#platform/database/transaction.ts'
import { choice, optionalId, optionalText, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { differencesInWords } from '#registers/directory/rules.ts'
import { findNames, findService } from '#registers/directory/store.ts'
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
    if (decided && accepted) await saveListings(db, shown.saying(now), [shown.said])
    await request.act('service.decided', { subject: shown.said.id, codes: { accepted, decided } })
    request.flash(decided ? decisions[form.value.answer] : decidedAlready)
    return reply.redirect(decided && accepted ? `/services/${shown.said.id}` : '/services/proposals', 303)
  })
}

const decisions = { yes: 'Accepted. It stands in the directory now.', no: 'Declined.' } as const
const decidedAlready = 'Somebody has decided about this already.'

const strangers: Readonly<Record<string, string>> = { owner: 'The service itself' }

type Found = NonNullable<Awaited<ReturnType<typeof findProposal>>>

const withNames = (one: Omit<Found, 'document'>, names: ReadonlyMap<string, string>) => ({
  ...one,
  name: one.name ?? one.listing.name,
  byName:
    one.by === null ? (strangers[one.cameFrom] ?? 'Another directory') : (names.get(one.by) ?? 'Somebody who has left'),
  decidedBy: one.decidedBy === null ? null : (names.get(one.decidedBy) ?? null),
})

/** A proposal with what it would make of the service as it stands now. */
async function shownFor(db: Db, area: string, id: string) {
  const proposal = await findProposal(db, area, id)
  if (!proposal) throw new NotFound()
  const [there, base, names] = await Promise.all([
    findService(db, area, proposal.service),
    findVersion(db, area, proposal.service, proposal.base),
    listMemberNames(db, area),
  ])
  const here = there?.listing ?? emptyListing
  const { listing, disputed } = proposedOver(base, here, proposal.listing)
  const called = await findNames(db, area, [here, listing])
  const seen = there?.version ?? 0
  const origin = originOf(there?.origin)
  return {
    page: {
      ...{ proposal: withNames(proposal, names), version: seen },
      differences: differencesInWords(here, listing, called),
      disputed: disputed.map((part) => listingParts[part].label),
    },
    said: { id: proposal.service, version: seen + 1, listing, origin },
    saying: (at: Temporal.Instant) => ({
      ...{ area, cameFrom: cameFrom(proposal.cameFrom), source: null, note: proposal.note, by: proposal.by, at },
    }),
  }
}

const originOf = (origin: string | undefined): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'
const cameFrom = (from: string): Saying['cameFrom'] =>
  from === 'feed' || from === 'supplied' || from === 'owner' ? from : 'member'
