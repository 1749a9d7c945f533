import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { differencesInWords } from '#registers/directory/rules.ts'
import { findNames, findService, listVersions } from '#registers/directory/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { joinTwins, partTwins } from './import.ts'
import { OnePair, Twins } from './pages.tsx'
import { decisions } from './rules.ts'
import { findPair, listPairs, saveTwinDecision, undoTwinDecision } from './store.ts'

const who = deciders

/** Services that may be one and the same: seeing both, and saying so or that they are two. */
export async function twinRoutes(app: App): Promise<void> {
  app.get('/services/twins', { who }, async ({ db, area, now }, reply) => {
    const names = await listMemberNames(db, area)
    const [waiting, decided] = await Promise.all([listPairs(db, area, true), listPairs(db, area, false)])
    const named = (pairs: typeof waiting) => pairs.map((pair) => withName(pair, names))
    return reply.page(<Twins waiting={named(waiting)} decided={named(decided)} now={now} />)
  })
  app.get('/services/twins/:twins', { who }, async ({ db, area, now, params }, reply) =>
    reply.page(<OnePair {...await shownFor(db, area, params.twins, blank)} now={now} />),
  )
  const form = { decision: choice(decisions, 'Select whether they are one'), reason: optionalText() }
  app.post('/services/twins/:twins/decision', { who, form }, async (request, reply) => {
    const { db, area, actor, now, today, form, params } = request
    const shown = await shownFor(db, area, params.twins, form)
    if (!form.ok) return reply.code(422).page(<OnePair {...shown} now={now} />)
    const { pair } = shown
    const decided = { ...form.value, area, id: pair.id, by: actor.membership, at: now }
    const isFirst = await saveTwinDecision(db, decided)
    const isJoined = isFirst && form.value.decision === 'joined'
    if (isJoined) await joinTwins(db, pair, { area, by: actor.membership, at: now, today })
    const codes = { decision: form.value.decision, other: pair.other, first: isFirst }
    await request.act('service.twin-decided', { subject: pair.one, codes })
    request.flash(isFirst ? says[form.value.decision] : 'Somebody has decided about this pair already.')
    return reply.redirect(isJoined ? `/services/${pair.one}` : '/services/twins')
  })
  app.post('/services/twins/:twins/undoing', { who }, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const pair = await findPair(db, area, params.twins)
    if (!pair) throw new NotFound()
    const undone = await undoTwinDecision(db, area, pair.id)
    const { decidedAt: joinedAt } = pair
    if (undone && joinedAt && pair.decision === 'joined')
      await partTwins(db, { ...pair, joinedAt }, { area, by: actor.membership, at: now, today })
    await request.act('service.twin-undone', { subject: pair.one, codes: { other: pair.other, undone } })
    request.flash('Taken back. Both stand as services of their own, and the pair waits for a decision.')
    return reply.redirect(`/services/twins/${pair.id}`)
  })
}

const says = {
  joined: 'Joined. What both said before stays in the history.',
  two: 'Kept. Nobody is asked about these two again.',
} as const

type Pair = NonNullable<Awaited<ReturnType<typeof findPair>>>

const withName = ({ decidedBy, ...pair }: Pair, names: ReadonlyMap<string, string>) => ({
  ...pair,
  decidedByName: decidedBy === null ? null : (names.get(decidedBy) ?? null),
})

async function shownFor(db: Db, area: string, id: string, state: FormState) {
  const pair = await findPair(db, area, id)
  if (!pair) throw new NotFound()
  const [one, other, names] = await Promise.all([
    findService(db, area, pair.one),
    findService(db, area, pair.other),
    listMemberNames(db, area),
  ])
  if (!one || !other) throw new NotFound()
  const called = await findNames(db, area, [one.listing, other.listing])
  const sides = await Promise.all([one, other].map((service) => sideOf(db, area, service)))
  const said = differencesInWords(one.listing, other.listing, called)
  // Each knows the same place by an id of its own.
  const differences = said.filter(({ before, after }) => before !== after)
  return { pair: withName(pair, names), sides, differences, ...state }
}

async function sideOf(db: Db, area: string, { id, listing }: NonNullable<Awaited<ReturnType<typeof findService>>>) {
  const first = (await listVersions(db, area, id)).at(-1)
  const from =
    first?.cameFrom === 'feed' ? `from ${first.source ?? 'another directory'}` : wheres[first?.cameFrom ?? '']
  return { id, name: listing.name, since: first ? dayOf(first.at) : null, from: from ?? 'written here' }
}

const wheres: Readonly<Record<string, string | undefined>> = { supplied: 'with the national services' }
