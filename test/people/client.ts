import { newId } from '#platform/ids.ts'
import { readPublicKey } from '#platform/machine/public-key.ts'
import type { Algorithm } from '#platform/machine/rules.ts'
import { clientName, type Scope } from '#registers/clients/rules.ts'
import { addClient, addKey } from '#registers/clients/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aSystem } from '#test/neighbours/system.ts'

/** A system that is registered for a practice of the north, unless a test says otherwise, with the key it signs by. */
export async function aClient(
  app: TestApp,
  algorithm: Algorithm = 'ES256',
  allowed: readonly Scope[] = ['system/ServiceRequest.c'],
  { from = app.cast.referrer, perMinute = 600 }: Readonly<{ from?: Member; perMinute?: number }> = {},
) {
  const system = await aSystem(algorithm)
  const key = readPublicKey(system.pem)
  if ('problem' in key) throw new Error(key.problem)
  const [id, at] = [newId(), app.clock.now]
  const { area, organisation } = from
  const said = { name: 'Park Surgery, records system', contact: 'it@park.example.org', organisation, perMinute }
  await app.inArea(area, async (db) => {
    await addClient(db, { area, id, ...said, scopes: allowed, by: null, at })
    await addKey(db, { area, client: id, key, by: null, at })
  })
  return { system, id, called: clientName(area, id), kid: key.kid }
}
