import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'

/** Which of these people the actor may open, what to call them and where their record is. */
export type Openable = (
  db: Db,
  actor: Actor,
  people: readonly string[],
) => Promise<ReadonlyMap<string, Readonly<{ label: string; href: string; masked: boolean }>>>

/** Those of these ways to reach somebody that are hidden because whoever has one of them has a restricted record. */
export type HiddenWays = (db: Db, area: string, ways: readonly string[]) => Promise<ReadonlySet<string>>

/** Who reads the outbox. */
export const who = ['system-administrator', 'administrator', 'service-manager'] as const
/** Where nobody is real and nothing is sent, whoever tries the product out reads what is shown to nobody else. */
export const seesUnseen = ({ environment }: App['settings']): boolean => environment === 'demo'
