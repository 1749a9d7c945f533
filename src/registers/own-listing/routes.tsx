import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { id, optionalChoice, optionalWholeNumber, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findAnsweredBy } from '#registers/answering/store.ts'
import { ownerParts } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { capacities } from '#registers/listing/rules.ts'
import { changedParts, originOf, ownerSays } from '#registers/owner-answer/rules.ts'
import { keepOwnersWord } from '#registers/owner-answer/store.ts'
import { countWaiting } from '#registers/proposing/store.ts'
import { saveListings } from '#registers/services/store.ts'
import { RoomForm } from './pages.tsx'
import { withRoom } from './rules.ts'

const rule = { who: ['provider-lead'] } as const
const form = {
  ...{ id: id('Open this page again'), version: version() },
  capacity: optionalChoice(capacities),
  waitWeeks: optionalWholeNumber(0, 260, 'Enter the weeks as a whole number from 0 to 260, or leave it empty'),
}

/** What the people of a service say of its room and its wait, taken as whoever runs it says it by a link. */
export async function ownListingRoutes(app: App): Promise<void> {
  app.get('/inbox/services/:service', rule, async (request, reply) =>
    reply.page(<RoomForm {...await shownFor(request, request.params.service)} {...again(blank)} />),
  )
  app.post('/inbox/services/:service', { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now, today, form: given, params } = request
    const shown = await shownFor(request, params.service)
    if (!given.ok) return reply.code(422).page(<RoomForm {...shown} {...again(given)} />)
    const { service: found } = shown
    if (given.value.version !== found.version)
      return reply.code(409).page(<RoomForm {...shown} {...again({ typed: given.typed, problems: [] })} />)
    const said = withRoom(found.listing, given.value, today)
    if (changedParts(found.listing, said).length === 0) {
      // That it is still so is no change: it was looked at today.
      const saying = { ...ownerSays, area, note: `Room and wait are still so, says ${actor.name}`, at: now }
      const next = { id: found.id, version: found.version + 1, listing: said, origin: originOf(found.origin) }
      await saveListings(db, saying, [next])
      await request.act('service.owner-said', { subject: found.id, codes: { answer: 'right' } })
      request.flash('Saved as checked today.')
      return reply.redirect('/inbox', 303)
    }
    const word = { area, now, today, id: given.value.id, found, base: found, said, byName: actor.name, note: null }
    const { stood, proposal } = await keepOwnersWord(db, word)
    const codes = { answer: 'changed', stood: [...stood], proposed: proposal !== null }
    await request.act('service.owner-said', { subject: found.id, codes })
    request.flash(
      proposal === null
        ? 'Saved. It stands in the directory now.'
        : 'Sent. It stands in the directory once it is agreed.',
    )
    return reply.redirect('/inbox', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

async function shownFor({ db, area, actor, today }: Asking, wanted: string) {
  const service = await findAnsweredBy(db, actor, wanted)
  if (!service) throw new NotFound()
  const [{ ownersAtOnce }, waiting] = await Promise.all([
    findSettings(db, area, today),
    countWaiting(db, area, service.id),
  ])
  const trusted = (['capacity', 'wait'] as const).filter((part) => ownersAtOnce.includes(part))
  return { service, waiting, atOnce: trusted.map((part) => ownerParts[part].label) }
}
