import { newId } from '#platform/ids.ts'
import { beginErasing } from '#journey/erasure/store.ts'
import type { TestApp } from '#test/app.ts'
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

/** An erasure that was confirmed and is done. */
export async function anErasure(app: TestApp): Promise<string> {
  const run = newId()
  const people = [await aPerson(app, { givenName: 'Gone', familyName: 'Forgotten' })]
  const begun = { area: 'north', id: run, because: 'age', by: app.cast.manager.membership, at: app.clock.now } as const
  await app.inArea('north', (db) => beginErasing(db, { ...begun, people }))
  return run
}
