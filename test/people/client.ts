import { newId } from '#platform/ids.ts'
import { readPublicKey } from '#platform/machine/public-key.ts'
import { clientName, type Scope } from '#registers/clients/rules.ts'
import { addClient, addKey } from '#registers/clients/store.ts'
import type { TestApp } from '#test/app.ts'
import { aSystem } from '#test/neighbours/system.ts'

/** A system that is registered for a practice of the north, with the key it signs by. */
export async function aClient(
  app: TestApp,
  algorithm: 'ES256' | 'RS512' = 'ES256',
  allowed: readonly Scope[] = ['system/ServiceRequest.c'],
) {
  const system = await aSystem(algorithm)
  const key = readPublicKey(system.pem)
  if ('problem' in key) throw new Error(key.problem)
  const [id, at] = [newId(), app.clock.now]
  const { organisation } = app.cast.referrer
  const said = { name: 'Park Surgery, records system', contact: 'it@park.example.org', organisation }
  await app.inArea('north', async (db) => {
    await addClient(db, { area: 'north', id, ...said, scopes: allowed, by: null, at })
    await addKey(db, { area: 'north', client: id, key, by: null, at })
  })
  return { system, id, called: clientName('north', id), kid: key.kid }
}
