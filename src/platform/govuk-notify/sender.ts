import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Carried, Message, Sender } from '#platform/notify/rules.ts'
import { accountFor, meaningOf, type NotifyAccount, type NotifyAccounts, referenceOf, requestFor } from './rules.ts'

const patience = 15_000

/** Carries messages by GOV.UK Notify, for every area by its own account or the shared one. */
export function notifySender(accounts: NotifyAccounts): Sender {
  return {
    name: 'GOV.UK Notify',
    carries: ({ area, channel }) => accountFor(accounts, area)?.templates[channel] !== undefined,
    send: async (message, { again }) => {
      const account = accountFor(accounts, message.area)
      if (!account) throw new Error('No account at GOV.UK Notify for this area')
      // GOV.UK Notify sends what it is given twice. What was not heard to the end may have been taken: it is asked first.
      if (again && (await hasTaken(account, message))) return { sent: true }
      return handOver(account, message)
    },
  }
}

async function handOver(account: NotifyAccount, message: Message): Promise<Carried> {
  const { path, content } = requestFor(message, account)
  const answer = await ask(account, path, { method: 'POST', body: JSON.stringify(content) })
  const meaning = meaningOf({ status: answer.status, errors: codesIn(await bodyOf(answer)) })
  if (!meaning) throw new Error(`GOV.UK Notify answered ${answer.status}`)
  return meaning
}

const taken = z.object({ notifications: z.array(z.unknown()) })

async function hasTaken(account: NotifyAccount, message: Message): Promise<boolean> {
  const reference = encodeURIComponent(referenceOf(message))
  const answer = await ask(account, `/v2/notifications?reference=${reference}`)
  if (answer.status !== 200) throw new Error(`GOV.UK Notify answered ${answer.status}`)
  return taken.parse(await bodyOf(answer)).notifications.length > 0
}

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
