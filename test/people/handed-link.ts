import { newId } from '#platform/ids.ts'
import { pathOf } from '#journey/handed-link/rules.ts'
import { addHandedLink, findHandedLink } from '#journey/handed-link/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

/** A link that works, which an organisation of the north hands over: the practice, unless a test says otherwise. */
export async function aHandedLink(app: TestApp, from: Member = app.cast.referrer) {
  const { area, organisation } = from
  const id = newId()
  const making = { area, id, organisation, by: app.cast.manager.membership, at: app.clock.now }
  const link = await app.inArea(area, async (db) => {
    await addHandedLink(db, making)
    return findHandedLink(db, area, id)
  })
  if (!link) throw new Error('The organisation has a link that works')
  return { ...link, path: pathOf(area, link.code) }
}
