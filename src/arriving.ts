import type { Cookie } from '#platform/http/answer.ts'
import type { Databases } from '#platform/database/router.ts'
import type { OwnDoor } from '#platform/identity/own-routes.ts'
import type { Settings } from '#platform/settings.ts'
import { findArea } from '#registers/areas/store.ts'
import { identityOf, isVouchedFor } from '#registers/login/rules.ts'
import { findWhose, keepLogin, saveWaiting } from '#registers/login/store.ts'
import { ownCookie } from '#registers/online/rules.ts'
import { welcome } from '#registers/online/store.ts'

type Parts = Readonly<{
  settings: Settings
  databases: Databases
  memberLeaves(cookies: Readonly<Record<string, string | undefined>>, now: Temporal.Instant): Promise<Cookie>
}>

/**
 * Lets a participant in who came back from a provider of theirs. Whoever is nobody by it (or somebody whose access is
 * closed: it looks the same) goes on to a code, which together with their date of birth shows once who they are.
 */
export function arriving({ settings, databases, memberLeaves }: Parts): OwnDoor {
  return async ({ area, provider: key, vtr, subject, said, owner, to, cookies, now }) => {
    const wayIn = `/in/${area}/sign-in`
    const provider = settings.ownProviders.find((one) => one.key === key)
    if (!provider || !isVouchedFor(vtr, said['vot'])) return { to: `${wayIn}?from=refused`, cookies: [] }
    const identity = identityOf(key, provider.proof, subject, said)
    const name = ownCookie(settings.origin)
    const value = await databases.databaseFor(area).transaction(async (db) => {
      if (!(await findArea(db, area))) return undefined
      const person = await findWhose(db, area, identity)
      if (!person) {
        if (owner) await saveWaiting(db, { area, owner, now }, identity)
        return undefined
      }
      await keepLogin(db, { area, provider: key, subject, person, now })
      return welcome(db, { area, person, way: 'account', before: cookies[name], now })
    })
    if (value === undefined) return { to: `${wayIn}?from=account&to=${encodeURIComponent(to)}`, cookies: [] }
    return { to, cookies: [await memberLeaves(cookies, now), { name, value }] }
  }
}
