import { SignJWT } from 'jose'
import { z } from 'zod'
import type { AnsweredAt } from '#platform/mailbox/rules.ts'
import type { Carried, LetterFile, Message, Sender } from '#platform/notify/rules.ts'
import {
  accountFor,
  carrier,
  meaningOf,
  type NotifyAccount,
  type NotifyAccounts,
  referenceOf,
  requestFor,
} from './rules.ts'

const patience = 15_000

/** Carries messages by GOV.UK Notify, for every area by its own account or the shared one. */
export function notifySender(accounts: NotifyAccounts, answeredAt: AnsweredAt = () => undefined): Sender {
  const shut = new Map<NotifyAccount, Shut>()
  return {
    name: carrier,
    carries: ({ area, channel }) => accountFor(accounts, area)?.templates[channel] !== undefined,
    attaches: ({ area }) => accountFor(accounts, area)?.templates.file !== undefined,
    send: async (message, { again, now, letter }) => {
      const account = accountFor(accounts, message.area)
      if (!account) throw new Error('No account at GOV.UK Notify for this area')
      const before = shut.get(account)
      const minutes = before && Math.ceil(now.until(before.until).total('minutes'))
      // A key that is not accepted is not accepted for the next message either: none is lost, and nobody is asked in vain.
      if (before && minutes !== undefined && minutes > 0) return { ...before.told, minutes, isNews: false }
      const told = await carry(account, { message, letter, isAnswered: answeredAt(message) !== undefined }, again)
      if (!('stopped' in told)) {
        shut.delete(account)
        return told
      }
      const isNews = !shut.has(account)
      shut.set(account, { told, until: now.add({ minutes: told.minutes }) })
      return { ...told, isNews }
    },
  }
}

/** An account whose key was not accepted, and until when it is not asked again. */
type Shut = Readonly<{ told: Extract<Carried, Readonly<{ stopped: string }>>; until: Temporal.Instant }>

/** GOV.UK Notify sends what it is given twice. What was not heard to the end may have been taken: it is asked first. */
async function carry(account: NotifyAccount, load: Load, again: boolean): Promise<Carried> {
  if (!again) return handOver(account, load)
  const known = await hasTaken(account, load.message)
  if (typeof known !== 'boolean') return known
  return known ? { sent: true } : handOver(account, load)
}

/** What is carried: a message, the letter that goes with it if there is one, and whether it is answered by email. */
type Load = Readonly<{ message: Message; letter: LetterFile | undefined; isAnswered: boolean }>

async function handOver(account: NotifyAccount, { message, letter, isAnswered }: Load): Promise<Carried> {
  const replyTo = isAnswered ? account.replyTo : undefined
  const { path, content } = requestFor(message, { ...account, replyTo }, letter)
  const answer = await ask(account, path, { method: 'POST', body: JSON.stringify(content) })
  const meaning = meaningOf({ status: answer.status, errors: codesIn(await bodyOf(answer)) })
  if (!meaning) throw new Error(`GOV.UK Notify answered ${answer.status}`)
  return meaning
}

const taken = z.object({ notifications: z.array(z.unknown()) })

async function hasTaken(account: NotifyAccount, message: Message): Promise<boolean | Carried> {
  const reference = encodeURIComponent(referenceOf(message))
  const answer = await ask(account, `/v2/notifications?reference=${reference}`)
  if (answer.status === 200) return isTakenIn(await bodyOf(answer))
  const meaning = meaningOf({ status: answer.status, errors: codesIn(await bodyOf(answer)) })
  if (meaning && 'minutes' in meaning) return meaning
  throw new Error(`GOV.UK Notify answered ${answer.status}`)
}

const isTakenIn = (body: unknown): boolean => taken.parse(body).notifications.length > 0

async function ask({ url, service, secret }: NotifyAccount, path: string, request: RequestInit = {}) {
  return fetch(`${url}${path}`, {
    ...request,
    headers: { authorization: `Bearer ${await token(service, secret)}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(patience),
    redirect: 'error',
  })
}

/** The proof that GOV.UK Notify asks for: who it is and when, no more than 30 seconds ago by its clock. */
async function token(service: string, secret: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(service)
    .setIssuedAt()
    .sign(new TextEncoder().encode(secret))
}

async function bodyOf(answer: Response): Promise<unknown> {
  return answer.json().catch(() => undefined)
}

const refused = z.object({ errors: z.array(z.object({ error: z.string() })) })

function codesIn(body: unknown): string[] {
  const read = refused.safeParse(body)
  return read.success ? read.data.errors.map(({ error }) => error) : []
}
