import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type Arrived, findAnswered, keepReply, recordArrival, type Reply } from '#platform/notify/arrivals.ts'
import type { Arrival } from '#platform/notify/rules.ts'
import { accountFor, arrivalOf, carrier, type NotifyAccount, type NotifyAccounts, readReference } from './rules.ts'

/** What the registers do with the news that GOV.UK Notify brings. */
export type Hearing = Readonly<{
  arrived: (db: Db, message: Arrived) => Promise<void>
  replied: (db: Db, reply: Reply, now: Temporal.Instant) => Promise<void>
}>

type Doors = Readonly<{
  accounts: NotifyAccounts
  databases: Databases
  /** Every area there is, in whichever database. */
  areas: () => Promise<readonly string[]>
  now: () => Temporal.Instant
  hearing: Hearing
  /** Says to whoever runs the service that a text could be kept for nobody; it names nobody. */
  alarm: (text: string) => void
}>

const receipt = z.object({ reference: z.string().nullable(), status: z.string() })
const returned = z.object({ reference: z.string().nullable() })
const text = z.object({
  ...{ id: z.uuid(), source_number: z.string().max(40), message: z.string().max(5_000) },
  date_received: z.iso.datetime(),
})

/** Where GOV.UK Notify tells what became of a message and brings what people write back (its callbacks). */
export function notifyDoors(fastify: FastifyInstance, doors: Doors): void {
  const door = <T>(path: string, shape: z.ZodType<T>, work: (told: T, by: NotifyAccount) => Promise<void>) =>
    fastify.post(path, async (request, reply) => {
      const account = accountProven(doors.accounts, request)
      if (!account) return reply.code(401).send({ error: 'The bearer token is not the one that was agreed' })
      const read = shape.safeParse(request.body)
      if (!read.success) return refuseShape(reply)
      await work(read.data, account)
      return reply.send({ taken: true })
    })
  door('/notify/receipts', receipt, async ({ reference, status }, by) => hear(doors, by, reference, arrivalOf(status)))
  door('/notify/returned-letters', returned, async ({ reference }, by) => hear(doors, by, reference, 'not arrived'))
  door('/notify/texts', text, async (told, by) => {
    const incoming = { carriedAs: told.id, address: told.source_number, body: told.message }
    await keep(doors, by, { ...incoming, receivedAt: Temporal.Instant.from(told.date_received) })
  })
}

const refuseShape = (reply: FastifyReply) =>
  reply.code(400).send({ error: 'This is not the shape that GOV.UK Notify documents for this callback' })

/** The account that the bearer token belongs to. */
function accountProven({ shared, ofArea }: NotifyAccounts, { headers }: FastifyRequest): NotifyAccount | undefined {
  const given = Buffer.from(headers.authorization ?? '')
  return [shared, ...Object.values(ofArea)].find((account) => {
    if (account?.callbackToken === undefined) return false
    const expected = Buffer.from(`Bearer ${account.callbackToken}`)
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}

// GOV.UK Notify brings a receipt again until it is taken, so one that is known, or of a message that is none of ours, is.
async function hear(
  { accounts, databases, now, hearing }: Doors,
  by: NotifyAccount,
  reference: string | null,
  arrival: Arrival | undefined,
): Promise<void> {
  const message = readReference(reference)
  if (!message || !arrival || accountFor(accounts, message.area) !== by) return
  await databases.databaseFor(message.area).transaction(async (db) => {
    const news = await recordArrival(db, { ...message, arrival, by: carrier, at: now() })
    if (news) await hearing.arrived(db, news)
  })
}

const answersWithin = { hours: 24 * 60 }

/** Keeps a text for the area that wrote to its number last, among those that this account carries for. */
async function keep(doors: Doors, by: NotifyAccount, incoming: Parameters<typeof keepReply>[1]): Promise<void> {
  const { accounts, databases, now, hearing, alarm } = doors
  const carriedFor = (await doors.areas()).filter((area) => accountFor(accounts, area) === by)
  const since = now().subtract(answersWithin)
  const asked = await Promise.all(
    carriedFor.map(async (area) => ({
      area,
      answers: await databases.databaseFor(area).transaction((db) => findAnswered(db, area, incoming.address, since)),
    })),
  )
  const [newest] = asked.toSorted((one, other) => sentAt(other.answers) - sentAt(one.answers))
  // An account of one area alone keeps what nobody can be found for; of a shared one nobody knows whose it is.
  if (!newest || (!newest.answers && carriedFor.length > 1)) return alarm('a text came in that answers no message')
  await databases.databaseFor(newest.area).transaction(async (db) => {
    const reply = await keepReply(db, incoming, { ...newest, now: now() })
    if (reply) await hearing.replied(db, reply, now())
  })
}

const sentAt = (answers: Awaited<ReturnType<typeof findAnswered>>): number => answers?.sentAt?.epochMilliseconds ?? 0
