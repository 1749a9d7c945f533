import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Interpreter, Purpose, ResultKind, SaidOfInterpreting } from '#journey/appointment/rules.ts'
import type { Stage } from '#journey/episode/rules.ts'
import { addressFor, allModes, type Mode } from '#journey/invitation/rules.ts'
import { findOffer } from '#journey/offer/store.ts'
import { findWantsContact } from '#journey/reaching/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { findMember } from '#registers/organisations/store.ts'

type Asked = Readonly<{ area: string; person: string }>

/** Somebody's own appointment, as they and nobody else sees it by its chain: asked with whose it is said to be. */
export async function findOwn(db: Db, asked: Asked & Readonly<{ chain: string }>) {
  const { area, chain } = asked
  const offer = await findOffer(db, area, chain)
  const whole = await findSpell(db, asked, offer?.episode ?? (await findEpisodeOf(db, asked)))
  if (!whole) return undefined
  const all = await listOfEpisode(db, area, whole.episode)
  const rows = all.filter((one) => one.chain === chain)
  // Whoever was asked to choose may have been given a time by their coach meanwhile: that is the one they see.
  const given = all.find(
    (one) => offer && rows.length === 0 && one.result === null && isAfter(one.booked_at, offer.offeredAt),
  )
  const shown = given ? all.filter((one) => one.chain === given.chain) : rows
  const [current] = shown
  if (!current && !offer) return undefined
  const member = await findMember(db, area, current?.member ?? offer?.member ?? '')
  return {
    ...{ ...whole, offer, current, chain: current?.chain ?? chain, rows: shown, all },
    ...{ member: member?.id ?? '', memberName: member?.name ?? '', memberUntil: member?.until_on ?? null },
    ...{ purpose: current?.purpose ?? offer?.purpose ?? ('first' as const), modes: offer?.modes ?? allModes },
  }
}

export type Own = NonNullable<Awaited<ReturnType<typeof findOwn>>>

const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) >= 0

async function findEpisodeOf(db: Db, { area, chain }: Readonly<{ area: string; chain: string }>) {
  const found = await db
    .selectFrom('appointment.appointment')
    .select('episode')
    .where('area', '=', area)
    .where('id', '=', chain)
    .executeTakeFirst()
  return found?.episode
}

/** The spell of support, if it is this person's, with what they need so that they can take part. */
async function findSpell(db: Db, { area, person }: Asked, episode: string | undefined) {
  if (episode === undefined) return undefined
  const found = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as own', (join) =>
      join.onRef('own.area', '=', 'standing.area').onRef('own.id', '=', 'standing.person'),
    )
    .innerJoin('people.person as kept', (join) =>
      join.onRef('kept.area', '=', 'own.area').on('kept.id', '=', sql<string>`coalesce(own.merged_into, own.id)`),
    )
    .select([
      'standing.episode',
      'kept.id as person',
      'kept.interpreter',
      'kept.language',
      'kept.access_needs as accessNeeds',
    ])
    .select('standing.assessed_at as assessedAt')
    // Checked: recordStep alone writes stages.
    .select(sql<Stage>`standing.stage`.as('stage'))
    .where('standing.area', '=', area)
    .where('standing.episode', '=', episode)
    .where(isOfPerson('standing.person', { area, person }))
    .where('kept.died_on', 'is', null)
    .executeTakeFirst()
  return found
}

/** Every time of one spell of support with what became of it, the newest booked first. Ask whose it is before. */
export async function listOfEpisode(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('appointment.appointment as booked')
      .leftJoin('appointment.result as result', (join) =>
        join.onRef('result.area', '=', 'booked.area').onRef('result.appointment', '=', 'booked.id')
          .on(sql<boolean>`not exists (select from appointment.withdrawal back where back.area = result.area
            and back.result = result.id)`),
      )
      .leftJoin('appointment.confirmation as said', (join) =>
        join.onRef('said.area', '=', 'booked.area').onRef('said.appointment', '=', 'booked.id'),
      )
      .select(['booked.id', 'booked.chain', 'booked.member', 'booked.place', 'booked.venue', 'booked.booked_at'])
      .select(['booked.starts_at as startsAt', 'booked.ends_at as endsAt', 'said.at as confirmedAt'])
      // Checked: the appointments alone write these codes, from the lists in their rules.
      .select([sql<Purpose>`booked.purpose`.as('purpose'), sql<Mode>`booked.mode`.as('mode')])
      .select([
        sql<Interpreter>`booked.interpreter`.as('interpreter'),
        sql<ResultKind | null>`result.kind`.as('result'),
      ])
      .select(
        sql<SaidOfInterpreting | null>`(select said.state from appointment.interpreting said
        where said.area = booked.area and said.appointment = booked.id order by said.id desc limit 1)`.as(
          'interpreting',
        ),
      )
      .where('booked.area', '=', area)
      .where('booked.episode', '=', episode)
      .orderBy('booked.booked_at', 'desc')
      .orderBy('booked.id', 'desc')
      .execute()
  )
}

/** Where a message to somebody about their own appointment goes: nowhere where no means is safe and wanted. */
export async function findAddress(db: Db, { area, person, accessNeeds }: Asked & Pick<Own, 'accessNeeds'>) {
  const [means, wantsContact] = await Promise.all([listMeans(db, area, person), findWantsContact(db, area, person)])
  return addressFor({ means, accessNeeds, wantsContact })
}
