import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { calledName, hidesContact } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { referenceOf } from '#journey/onward/rules.ts'
import { findOnward } from '#journey/onward/store.ts'
import { findAllowed } from '#journey/onward-sending/store.ts'
import { sentOf } from '#journey/packet/rules.ts'
import { HandOverPack, NoPack } from './pages.tsx'
import { bornIn, documentOf, type Ids, type Pack, resourceNames, whyNoPack } from './rules.ts'

const open = { who: careRoles, verb: 'open', reads: 'record' } as const

/** The hand-over pack of an onward referral, on paper and for another system: never more than they said yes to. */
export async function onwardPackRoutes(app: App): Promise<void> {
  app.get('/onward/:onward/pack', open, async (request, reply) => {
    const { person, onward, ...found } = await packOf(request, request.params.onward)
    const codes = found.pack ? { allowedBy: found.allowedBy } : {}
    await request.read('onward.pack', { person, subject: onward, codes })
    const { name } = found
    if (!found.pack) return reply.code(409).page(<NoPack {...{ onward, person: name }} why={found.why ?? ''} />)
    return reply.page(<HandOverPack {...{ onward, person: name }} pack={found.pack} />)
  })

  app.get('/onward/:onward/pack.json', open, async (request, reply) => {
    const { person, onward, ...found } = await packOf(request, request.params.onward)
    if (!found.pack) throw new NotFound()
    const { pack, allowedBy } = found
    await request.read('onward.pack-file', { person, subject: onward, codes: { allowedBy, parts: partsIn(pack) } })
    // Checked: every name of the list is given an id.
    const ids = Object.fromEntries(resourceNames.map((name) => [name, newId()])) as Ids
    const text = JSON.stringify(documentOf(pack, ids), null, 2)
    return reply.file(`hand-over-${pack.reference}.json`, text, 'application/fhir+json')
  })
}

const partsIn = ({ parts }: Pack) => parts.map(({ part }) => part)

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>

async function packOf({ db, area, actor, now }: Asking, wanted: string) {
  const onward = await findOnward(db, actor, wanted)
  const person = onward && (await findPerson(db, actor, onward.person))
  if (!onward || !person) throw new NotFound()
  const yes = onward.events.findLast(({ kind }) => kind === 'agreed')
  const allowedBy = await findAllowed(db, area, onward)
  const about = { person: onward.person, onward: onward.id, name: calledName(person) }
  const why = whyNoPack({ ...onward, agreed: yes !== undefined, allowed: allowedBy !== undefined })
  if (why !== undefined || !yes || allowedBy === undefined) return { ...about, why, pack: undefined }
  const here = await findArea(db, area)
  const parts = sentOf(onward.parts, { agreed: yes.parts ?? [], restricted: hidesContact(person) })
  const pack: Pack = {
    ...{ reference: referenceOf(onward.id), parts, bornOn: bornIn(parts, person.born_on), service: onward.serviceName },
    ...{ areaName: here?.name ?? '', areaPhone: here?.phone ?? null, by: onward.by ?? null },
    ...{ agreedAt: yes.at, madeAt: now },
  }
  return { ...about, pack, allowedBy, why: undefined }
}
