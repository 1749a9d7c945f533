import { newId } from '#platform/ids.ts'
import { addRecordsSystem } from '#exchange/launch/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

type There = Readonly<{ iss: string; clientId: string }>

/** A records system that the area trusts to open the form, for a practice unless a test says otherwise. */
export async function aRecordsSystem(
  app: TestApp,
  { iss, clientId }: There,
  from: Member = app.cast.referrer,
): Promise<string> {
  const { area, organisation } = from
  const said = { name: 'Park Surgery, patient records', signIn: null, by: app.cast.manager.membership }
  const id = newId()
  await app.inArea(area, (db) =>
    addRecordsSystem(db, { ...{ area, id, organisation, iss, clientId, ...said }, at: app.clock.now }),
  )
  return id
}
