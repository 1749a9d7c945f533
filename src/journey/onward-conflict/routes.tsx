import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import * as field from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { whatHappened } from '#journey/onward/rules.ts'
import { type Event, findOnward, type Onward, recordEvent } from '#journey/onward/store.ts'
import { conflictsIn, holds } from '#journey/witness/rules.ts'
import { type SaidOnce, Settle } from './pages.tsx'

const edit = { who: careRoles, verb: 'edit' } as const
const path = '/onward/:onward/settling'

const form = {
  id: field.id('Open this page again'),
  holds: field.choice(holds, 'Select what holds'),
  note: field.text('Enter how you know', 1000),
  version: field.version(),
}

/** Where witnesses say what cannot all be so, and a coach writes down what holds. */
export async function onwardConflictRoutes(app: App): Promise<void> {
  app.get(path, { ...edit, reads: 'record' }, async (request, reply) => {
    const found = await toSettle(request, request.params.onward)
    await request.read('onward.form', { person: found.onward.person, subject: found.onward.id })
    return reply.page(<Settle {...found} {...again(blank)} now={request.now} />)
  })
  app.post(path, { ...edit, form }, async (request, reply) => {
    const { db, area, actor, now, params, form: given } = request
    const found = await toSettle(request, params.onward)
    const { onward } = found
    const back = `/onward/${onward.id}`
    if (given.ok && onward.events.some(({ id }) => id === given.value.id)) {
      await request.act('onward.settled-again', { person: onward.person, subject: onward.id })
      return reply.redirect(back, 303)
    }
    if (!given.ok) return reply.code(422).page(<Settle {...found} {...again(given)} now={now} />)
    const isOld = given.value.version !== onward.version
    if (isOld || conflictsIn(onward.events).length === 0)
      return reply.code(409).page(<Settle {...found} {...again({ typed: given.typed, problems: [] })} now={now} />)
    const { id, holds: reason, note } = given.value
    const settled = { area, id, referral: onward.id, kind: 'settled', witness: 'team', reason, note } as const
    const kept = await recordEvent(db, { ...settled, by: actor.membership, at: now })
    const codes = { holds: reason, kept }
    await request.act('onward.settled', { person: onward.person, subject: onward.id, codes, vouchesFor: note })
    request.flash('It is kept beside what was said.')
    return reply.redirect(back, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor }>

async function toSettle({ db, actor }: Asking, wanted: string) {
  const onward = await findOnward(db, actor, wanted, 'edit')
  const person = onward && (await findPerson(db, actor, onward.person))
  if (!onward || !person) throw new NotFound()
  return { onward, person: { name: calledName(person) }, sayings: sayingsOf(onward, calledName(person)) }
}

const spoken: readonly string[] = ['accepted', 'waiting', 'declined', 'started', 'attended', 'ended', 'said', 'settled']

function sayingsOf({ events, serviceName }: Onward, name: string): SaidOnce[] {
  const against = new Set(conflictsIn(events).flatMap((both) => both.map(({ id }) => id)))
  const who = ({ witness, by }: Event) =>
    ({ service: serviceName, person: name, team: by ?? 'The team', product: 'By itself' })[witness]
  return events
    .filter(({ kind }) => spoken.includes(kind))
    .map((event) => ({
      ...{ id: event.id, who: who(event), what: whatHappened(event), onDay: event.onDay, at: event.at },
      ...{ note: event.note, conflicts: against.has(event.id) },
    }))
}
