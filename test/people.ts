import type { Giver, MeansKind, Newcomer } from '#registers/people/rules.ts'
import { registerPerson } from '#registers/people/store.ts'
import type { Switch } from '#registers/permissions/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { TestApp } from './app.ts'
import type { Member } from './cast.ts'

export type AboutPerson = Readonly<{
  /** Whose organisation holds the record. */
  heldBy?: Member
  givenName?: string
  familyName?: string
  means?: readonly Readonly<{ kind: MeansKind; value: string }>[]
  /** Who gave the ways to reach them: they themselves, unless a test says otherwise. */
  givenBy?: Giver
  /** Whatever else is known of them. */
  also?: Partial<Newcomer>
}>

/** Somebody the service knows and may reach by text, held by the lead provider unless a test says otherwise. */
export async function aPerson(app: TestApp, about: AboutPerson = {}): Promise<string> {
  const holder = about.heldBy ?? app.cast.coach
  return app.inArea(holder.area, (db) =>
    registerPerson(db, {
      area: holder.area,
      newcomer: {
        givenName: about.givenName ?? 'Sam',
        familyName: about.familyName ?? 'Taylor',
        bornOn: Temporal.PlainDate.from('1980-02-29'),
        means: about.means ?? [{ kind: 'mobile', value: '07700 900123' }],
        ...about.also,
      },
      holder: holder.organisation,
      at: app.clock.now,
      givenBy: about.givenBy ?? 'person',
    }),
  )
}

/** A person of the first area says yes or no to one switch, by telephone to the coach. */
export async function anAnswer(app: TestApp, person: string, about: Switch, given: boolean): Promise<string> {
  return app.inArea('north', (db) =>
    recordPermission(db, {
      ...{ area: 'north', person, switch: about, given, how: 'telephone', lawfulBasis: 'consent' },
      ...{ wordingVersion: 1, by: app.cast.coach.membership, at: app.clock.now },
    }),
  )
}
