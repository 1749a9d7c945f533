import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { cameByDraft, codeLength, codeLetters, type HandedLink, rememberedHours } from './rules.ts'

const links = (db: Db, area: string) =>
  db
    .selectFrom('handed_link.link as link')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'link.area').onRef('organisation.id', '=', 'link.organisation'),
    )
    .select(['link.id', 'link.code', 'link.organisation', 'organisation.name as organisationName'])
    .select(['link.made_at as madeAt', 'link.made_by as madeBy', 'link.ended_at as endedAt'])
    // Checked: the register holds no other kinds.
    .select(sql<OrganisationKind>`organisation.kind`.as('kind'))
    .where('link.area', '=', area)

/** Every link of an area by the name of its organisation, those that work first. */
export async function listHandedLinks(db: Db, area: string): Promise<HandedLink[]> {
  return links(db, area)
    .orderBy(sql`link.ended_at is not null`)
    .orderBy(sql`lower(organisation.name)`)
    .orderBy('link.made_at', 'desc')
    .orderBy('link.id')
    .execute()
}

/** One link, whether or not it still works. */
export async function findHandedLink(db: Db, area: string, link: string): Promise<HandedLink | undefined> {
  return links(db, area).where('link.id', '=', link).executeTakeFirst()
}

/** The link that a code leads to, as long as it has not ended. */
export async function findByCode(db: Db, area: string, code: string): Promise<HandedLink | undefined> {
  return links(db, area).where('link.code', '=', code).where('link.ended_at', 'is', null).executeTakeFirst()
}

/** The organisation by whose link a referral came; undefined where it came by none. */
export async function findHandedBy(db: Db, area: string, referral: string): Promise<string | undefined> {
  const found = await links(db, area)
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'link.area').onRef('referral.by_link', '=', 'link.id'),
    )
    .where('referral.id', '=', referral)
    .executeTakeFirst()
  return found?.organisationName
}

type Making = Readonly<{ area: string; id: string; organisation: string; by: string; at: Temporal.Instant }>

/**
 * Makes a link for an organisation; false where it has one that works, or the form was sent before. Its code is one that no
 * link of the area ever had.
 */
export async function addHandedLink(db: Db, { area, id, organisation, by, at }: Making): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    const code = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('')
    const { rows } = await sql<{ made: boolean; taken: boolean }>`
      with made as (
        insert into handed_link.link (area, id, code, organisation, made_at, made_by)
        values (${area}, ${id}, ${code}, ${organisation}, ${at}, ${by}) on conflict do nothing returning id
      )
      select exists (select from made) as made,
        exists (select from handed_link.link where area = ${area} and code = ${code}) as taken`.execute(db)
    if (rows[0]?.made) return true
    if (!rows[0]?.taken) return false
  }
  throw new Error('No code is left that no link of the area has had')
}

type Ending = Readonly<{ area: string; link: string; by: string; at: Temporal.Instant }>

/** Ends a link from now on; false where it had ended. */
export async function endHandedLink(db: Db, { area, link, by, at }: Ending): Promise<boolean> {
  const ended = await db
    .updateTable('handed_link.link')
    .set({ ended_at: at, ended_by: by })
    .where('area', '=', area)
    .where('id', '=', link)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

type Browsing = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant; today: Temporal.PlainDate }>

const came = ({ area, owner }: Pick<Browsing, 'area' | 'owner'>) => ({ area, owner, page: cameByDraft })

/** Somebody begins the form by a link: it counts once on a day for each browser, and what they send then is tied to it. */
export async function beginByLink({ db, now, today, ...of }: Browsing, link: string): Promise<void> {
  const { area } = of
  await db
    .insertInto('handed_link.started')
    .values({ area, link, on_day: today, times: 0 })
    .onConflict((known) => known.columns(['area', 'link', 'on_day']).doUpdateSet({ times: sql`started.times` }))
    .execute()
  const counted = { ...came(of), record: `${link}-${today.toString()}` }
  if ((await findDraft(db, counted, now)) === undefined) {
    await saveDraft(db, { ...counted, typed: { counted: 'yes' }, now })
    await db
      .updateTable('handed_link.started')
      .set({ times: sql`times + 1` })
      .where('area', '=', area)
      .where('link', '=', link)
      .where('on_day', '=', today)
      .execute()
  }
  await saveDraft(db, { ...came(of), typed: { link, until: now.add({ hours: rememberedHours }).toString() }, now })
}

/** The link by which whoever sits at this browser began the form; undefined where they came by none, or long ago. */
export async function findLinkCameBy({ db, now, ...of }: Omit<Browsing, 'today'>): Promise<string | undefined> {
  const kept = await findDraft(db, came(of), now)
  const [link, until] = [kept?.['link'], kept?.['until']]
  if (typeof link !== 'string' || typeof until !== 'string') return undefined
  return Temporal.Instant.compare(Temporal.Instant.from(until), now) > 0 ? link : undefined
}
