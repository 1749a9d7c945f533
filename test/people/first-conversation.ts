import { randomUUIDv7 } from 'node:crypto'
import { recordStep } from '#journey/episode/store.ts'
import { registerPerson } from '#registers/people/store.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

/** Somebody who was accepted and is looked after by this coach. */
export type Accepted = Readonly<{ person: string; episode: string; name: string }>

/** A person who was referred and accepted, and has agreed to take part unless the test says otherwise. */
export async function anAcceptedPerson(
  app: TestApp,
  { coach = app.cast.coach, agreed = true }: Readonly<{ coach?: Member; agreed?: boolean }> = {},
): Promise<Accepted> {
  const { area, organisation: provider, membership: by } = coach
  const at = app.clock.now
  return app.inArea(area, async (db) => {
    const bornOn = Temporal.PlainDate.from('1984-02-11')
    const newcomer = { givenName: 'Priya', familyName: 'Shah', bornOn, means: [] }
    const person = await registerPerson(db, { area, newcomer, holder: provider, at, givenBy: 'person' })
    const episode = randomUUIDv7()
    const on = { area, episode, at, by }
    const by2 = Temporal.PlainDate.from('2026-01-07')
    const received = { kind: 'received', route: 'gp', provider, firstTryBy: by2, firstAppointmentBy: by2 } as const
    await recordStep(db, { ...on, person, step: received })
    await recordStep(db, { ...on, step: { kind: 'accepted' } })
    await recordStep(db, { ...on, step: { kind: 'allocated', coach: by } })
    if (agreed) await agree(app, { area, person, by, given: true, db })
    return { person, episode, name: 'Priya Shah' }
  })
}

type Agreeing = Readonly<{
  area: string
  person: string
  by: string
  given: boolean
  db: Parameters<typeof recordPermission>[0]
}>

/** Says yes or no to taking part. */
export async function agree(app: TestApp, { db, ...answer }: Agreeing): Promise<void> {
  await recordPermission(db, {
    ...answer,
    switch: 'take-part',
    how: 'in-person',
    lawfulBasis: 'public-task',
    wordingVersion: 1,
    at: app.clock.now,
  })
}

/** Switches optional questionnaires on in an area. */
export async function withQuestionnaires(app: TestApp, area: string, codes: readonly string[]): Promise<void> {
  await app.owner.query(
    `insert into areas.setting (area, name, from_on, value, set_at) values ($1, 'questionnaires', '2025-01-01', $2, now())`,
    [area, JSON.stringify(codes)],
  )
}
