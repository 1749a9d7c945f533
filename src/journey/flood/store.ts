import { sql } from 'kysely'
import { addressKey } from '#platform/notify/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Coming } from '#journey/referral/rules.ts'
import { heldAtMost, heldMinutes, samePersonAtMost } from './rules.ts'

/**
 * Whether a program must be sending forms, whoever may be at how many addresses: so many that came faster than people fill
 * them in were held in the area just before, or so many were taken about one person. Where forms are not timed at all
 * (WORKWELL_FORM_SECONDS is 0), nothing is taken for a program.
 */
export function isFlooded({ formSeconds }: Readonly<{ formSeconds: number }>) {
  return async (db: Db, coming: Coming): Promise<boolean> =>
    formSeconds > 0 && ((await hasManyHeld(db, coming)) || (await hasManyOfOne(db, coming)))
}

async function hasManyHeld(db: Db, coming: Coming): Promise<boolean> {
  if (!coming.sentQuickly) return false
  const held = await lately(db, coming).where('referral.sent_quickly', '=', true).limit(heldAtMost).execute()
  return held.length >= heldAtMost
}

async function hasManyOfOne(db: Db, coming: Coming): Promise<boolean> {
  const same = await lately(db, coming)
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .where(isOfOne(coming))
    .limit(samePersonAtMost)
    .execute()
  return same.length >= samePersonAtMost
}

/** Whoever is called the same or lives at the same postcode and was born that day, or is reached at the same place. */
function isOfOne({ area, person: { familyName, bornOn, postcode, phone, email, means = [] } }: Coming) {
  const given = [phone ?? '', email ?? '', ...means.map(({ value }) => value)].filter((place) => place !== '')
  const places = given.map((place) => addressKey(place.includes('@') ? 'email' : 'text', place))
  return sql<boolean>`(person.born_on = ${bornOn}
      and (lower(person.family_name) = lower(${familyName}) or person.postcode = ${(postcode && writtenPostcode(postcode)) ?? null})
    or exists (select from people.means means where means.area = ${area} and means.person = person.id
      and means.value_key = any(${places}::text[])))`
}

function lately(db: Db, { area, now }: Coming) {
  return db
    .selectFrom('referral.referral as referral')
    .select('referral.id')
    .where('referral.area', '=', area)
    .where('referral.received_at', '>', now.subtract({ minutes: heldMinutes }))
    .where('referral.channel', '=', 'online')
}
