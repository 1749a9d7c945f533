import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays } from '#platform/dates.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { saveRequest } from '#journey/fit-note-request/store.ts'
import { type FromPractice, practiceAsked } from './rules.ts'

type Referred = Omit<FromPractice, 'gpPractice'> &
  Readonly<{
    area: string
    /** The referral: the request has its id, so that there is one however often it is sent. */
    id: string
    /** Nobody where the same referral came before. */
    person?: string | undefined
    askedFitNote: boolean
    fitNote: string | null
    fitNoteEndsOn: Temporal.PlainDate | null
    receivedOn: Temporal.PlainDate
    /** Nothing comes of it while the person was not asked. */
    agreement: string
    /** The day on which they agreed, where it was later: the clock of the conversation runs from it. */
    agreedOn?: Temporal.PlainDate
    by: string | null
    now: Temporal.Instant
  }>

/** Somebody who agrees, and whose referral says that they asked for a fit note, is to be spoken to. */
export async function askForConversation(db: Db, referred: Referred): Promise<void> {
  const { area, id, person, askedFitNote, agreement, receivedOn, by, now: at } = referred
  if (!askedFitNote || person === undefined || agreement === 'not-asked') return
  const agreedOn = referred.agreedOn ?? receivedOn
  const endsOn = referred.fitNote === 'yes' ? referred.fitNoteEndsOn : null
  const [{ trailblazer, conversationWorkingDays: days }, holidays, gpPractice] = await Promise.all([
    findTrailblazer(db, area, agreedOn),
    findHolidays(db),
    findPractice(db, area, person),
  ])
  if (!trailblazer) return
  const { practice, email } = practiceAsked({ ...referred, gpPractice })
  await saveRequest(db, {
    ...{ area, id, person, came: 'referral', practice: practice ?? 'Not said', email, by, at },
    ...{ asked_on: receivedOn, says: null, note_ends_on: endsOn },
    hold_by: addWorkingDays(agreedOn, days, holidays),
  })
}

/** The practice that somebody is with, as far as it is known. */
async function findPractice(db: Db, area: string, person: string): Promise<string | null> {
  const found = await db
    .selectFrom('people.person')
    .select('gp_practice')
    .where('area', '=', area)
    .where('id', '=', person)
    .executeTakeFirst()
  return found?.gp_practice ?? null
}
