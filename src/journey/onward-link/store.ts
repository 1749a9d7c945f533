import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Message } from '#platform/notify/rules.ts'
import { isAnswerWaiting } from '#journey/emailed-answer/store.ts'
import { isAnswerable, type State } from '#journey/onward/rules.ts'
import { nudgedKind, ownLink, shownKind, stoppedKind } from '#journey/onward-sending/rules.ts'

type Opened = Readonly<{ area: string; purpose: string; subject: string | null }>

/** Whether a message about an onward referral is still to go: it still waits for the answer that it asks for. */
export async function isOnwardStillSo(db: Db, { area, about, kind }: Pick<Message, 'area' | 'about' | 'kind'>) {
  const state = about === null ? undefined : await findState(db, area, about)
  if (kind === stoppedKind) return true
  if (kind === nudgedKind && about !== null && (await isAnswerWaiting(db, { area, referral: about }))) return false
  return state !== undefined && (kind === shownKind ? state === 'shown' : isAnswerable(state))
}

/** Whether what a link to an onward referral opens is still to be read: by the service, or by the person before their yes. */
export async function mayOpenOnward(db: Db, { area, purpose, subject }: Opened): Promise<boolean> {
  const state = subject === null ? undefined : await findState(db, area, subject)
  return state !== undefined && (purpose === ownLink ? state === 'shown' : isAnswerable(state))
}

async function findState(db: Db, area: string, id: string): Promise<State | undefined> {
  const found = await db
    .selectFrom('onward.referral')
    // Checked: the stage alone writes it, from its list.
    .select(sql<State>`state`.as('state'))
    .where('area', '=', area)
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.state
}
