import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isAnyOf } from '#journey/timeline/store.ts'
import type { Entry } from '#journey/copy/drafting/rules.ts'
import type { Settlement } from '#exchange/mailbox/incoming/rules.ts'
import type { Answers } from '#exchange/mailbox/referral-form/rules.ts'
import { most, sentEntry } from './rules.ts'

const files = sql<string[]>`array(select file.name from incoming.file file
  where file.area = mail.area and file.mail = mail.id order by file.number)`

/** The forms and messages in which each of these words stands, the newest first; of those that wait, were settled, or became a referral. */
export async function listFound(db: Db, area: string, words: readonly string[]) {
  return (
    db
      .selectFrom('incoming.mail as mail')
      .select(['mail.id', 'mail.from_name as fromName', 'mail.from_address as fromAddress', 'mail.referral'])
      .select('mail.came_at as cameAt')
      // Checked: the table takes no other, and the answers are written by keepMail alone.
      .select([
        sql<Settlement | null>`mail.settled_as`.as('settledAs'),
        sql<Answers | null>`mail.answers`.as('answers'),
      ])
      .where('mail.area', '=', area)
      .where('mail.emptied_at', 'is', null)
      .where(
        sql<boolean>`(select bool_and(position(word in lower(concat_ws(' ',
        mail.answers::text, replace(mail.answers ->> 'nhsNumber', ' ', ''), mail.form, mail.text, mail.subject,
        mail.from_name, mail.from_address))) > 0) from unnest(${[...words]}::text[]) as word)`,
      )
      .orderBy('mail.came_at', 'desc')
      .orderBy('mail.id')
      .limit(most)
      .execute()
  )
}

/** The forms of which referrals of these people were made, as they came, for as long as the area keeps them. */
export async function listSentAbout(db: Db, area: string, people: readonly string[]): Promise<Entry[]> {
  const sent = await db
    .selectFrom('incoming.mail as mail')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'mail.area').onRef('referral.id', '=', 'mail.referral'),
    )
    .select(['mail.id', 'mail.from_name as fromName', 'mail.from_address as fromAddress', 'mail.came_at as cameAt'])
    .select(['mail.subject', 'mail.text', 'mail.form', files.as('files')])
    // Checked: written by keepMail alone.
    .select(sql<Answers | null>`mail.answers`.as('answers'))
    .where('mail.area', '=', area)
    .where('mail.emptied_at', 'is', null)
    .where(isAnyOf('referral.person', people))
    .orderBy('mail.came_at')
    .execute()
  return sent.map(sentEntry)
}
