import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'

/** One way by which somebody outside could learn of a person who has not allowed it: what they learnt. */
export type Way = Readonly<{ way: string; learnt(app: TestApp): Promise<readonly string[]> }>

export const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }
const said = (answers: Record<string, string>) => ({ form: newId(), how: 'telephone', ...answers })
export const dies = (app: TestApp, person: string) =>
  app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])

export const agreeing = async (app: TestApp, person: string, answers: Record<string, string>) => {
  app.clock.pass({ minutes: 1 })
  return (await app.as(app.cast.coach)).send(`/people/${person}/agreements`, said(answers))
}

/** The kinds of the messages that went to an address, or wait to go. */
export async function wentTo({ owner }: TestApp, address: string): Promise<string[]> {
  const { rows } = await owner.query<{ kind: string }>(
    `select kind from notify.message where address = $1 and settled_as is distinct from 'held back' order by id`,
    [address],
  )
  return rows.map(({ kind }) => kind)
}
