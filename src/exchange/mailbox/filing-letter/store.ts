import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { pdfLetter } from '#platform/documents/pdf-letter.ts'
import type { SaidBy } from '#platform/notify/attached.ts'
import type { LetterFile, Message } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import type { MayGo } from '#registers/permissions/rules.ts'
import { mayStillHear } from '#journey/feedback/store.ts'
import { goesToRegister, isForFiling, letterOf, type Practice } from './rules.ts'

/** The practice that sent the referral of a message by email; undefined where it came another way. */
async function findPractice(db: Db, { area, about }: Pick<Message, 'area' | 'about'>): Promise<Practice | undefined> {
  return db
    .selectFrom('incoming.mail as mail')
    .innerJoin('organisations.organisation as organisation', (join) =>
      join.onRef('organisation.area', '=', 'mail.area').onRef('organisation.id', '=', 'mail.practice'),
    )
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'mail.area').onRef('referral.id', '=', 'mail.referral'),
    )
    .innerJoin('referral.reference as given', (join) =>
      join.onRef('given.area', '=', 'mail.area').onRef('given.referral', '=', 'mail.referral'),
    )
    .select(['organisation.name', 'organisation.ods_code as odsCode', 'organisation.email'])
    .select(['mail.their_reference as theirReference', 'given.reference', 'referral.received_on as receivedOn'])
    .where('mail.area', '=', area)
    .where('mail.referral', '=', about)
    .executeTakeFirst()
}

/** Whether whoever referred may still be told it there: a practice that sent a form only at the address of the register. */
export async function mayStillReach(db: Db, message: Message): Promise<MayGo> {
  const hears = await mayStillHear(db, message)
  if (!hears.allowed || !isForFiling(message)) return hears
  const practice = await findPractice(db, message)
  if (!practice || goesToRegister(message, practice)) return hears
  return { allowed: false, why: 'The register has another address of the practice by now, or none' }
}

/** The letter that goes with a message to a practice, of one page and ready to be filed; undefined where none does. */
export async function findLetterFile(db: Db, message: SaidBy, now: Temporal.Instant): Promise<LetterFile | undefined> {
  if (!isForFiling(message)) return undefined
  const [practice, area] = [await findPractice(db, message), await findArea(db, message.area)]
  if (!practice || !area) return undefined
  const letter = letterOf({ area, practice, message }, dayOf(now))
  return { name: `letter-${practice.reference}.pdf`, content: await pdfLetter(letter) }
}
