import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findAnsweredBy } from '#registers/answering/store.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { wordsOfOthers } from '#journey/acknowledgement/rules.ts'

type On = Readonly<{ db: Db; area: string; today: Temporal.PlainDate; actor?: Actor | undefined }>

/** Where somebody is referred to, who receives them there, and from which listed service; nothing where there is no such area. */
export async function findReceiving({ db, area, today, actor }: On, from: string | null) {
  const [found, settings] = await Promise.all([findArea(db, area), findSettings(db, area, today)])
  if (!found) return undefined
  const { trailblazer } = await findTrailblazer(db, area, today)
  const words = await findWordings({ db, area, today }, wordsOfOthers)
  const listed = from === null ? undefined : await findListed({ db, area, actor }, from)
  return {
    ...{ area, areaName: found.name, phone: found.phone, trailblazer, listed, words },
    receiving: settings.receivingOrganisation,
  }
}

/** A service as its public entry has it, or one that whoever has signed in answers for. */
async function findListed({ db, area, actor }: Omit<On, 'today'>, id: string) {
  const found = await db
    .selectFrom('services.service')
    .select(['id', 'name', 'published'])
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const may = found.published || (actor?.area === area && (await findAnsweredBy(db, actor, id)) !== undefined)
  return may ? { id, name: found.name } : undefined
}
