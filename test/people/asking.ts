import { newId } from '#platform/ids.ts'
import { beginErasing } from '#journey/erasure/store.ts'
import type { TestApp } from '#test/app.ts'
import { filledIn } from '#test/editing/filled.ts'
import { aPerson } from '#test/people.ts'

const asked = { how: 'telephone', 'askedOn-day': '5', 'askedOn-month': '1', 'askedOn-year': '2026' }

/** Somebody said that something is wrong in their record, and asked to be erased; both wait for an answer. */
export async function askedAbout(app: TestApp, whose?: string) {
  const person = whose ?? (await aPerson(app, { givenName: 'Asha', familyName: 'Asking' }))
  const coach = await app.as(app.cast.coach)
  const [correction, request] = [newId(), newId()]
  const says = 'I never said that I drink'
  await coach.send(`/people/${person}/corrections`, { ...asked, id: correction, about: 'said', says })
  await coach.send(`/people/${person}/erasure-requests`, { ...asked, id: request, said: 'I want you to forget me' })
  return { person, correction, request }
}

/** An erasure that was confirmed. */
async function anErasure(app: TestApp): Promise<string> {
  const run = newId()
  const people = [await aPerson(app, { givenName: 'Gone', familyName: 'Forgotten' })]
  const begun = { area: 'north', id: run, because: 'age', by: app.cast.manager.membership, at: app.clock.now } as const
  await app.inArea('north', (db) => beginErasing(db, { ...begun, people }))
  return run
}

/** Somebody is offered to another coach, who has not answered. */
export async function anOffer(app: TestApp, episode: string, first = 'Ring her after ten'): Promise<string> {
  const id = newId()
  const to = app.cast.otherCoach.membership
  const coach = await app.as(app.cast.coach)
  const page = `/episodes/${episode}/passing-on`
  await coach.send(page, { ...filledIn((await coach.open(page)).html, page), id, coach: to, first })
  return id
}

/** All of this about one person, as parts of the addresses where it is read. */
export async function askedAndOffered(
  app: TestApp,
  { person, episode }: Readonly<{ person: string; episode: string }>,
) {
  const { correction, request } = await askedAbout(app, person)
  return { correction, request, offer: await anOffer(app, episode), run: await anErasure(app) }
}
