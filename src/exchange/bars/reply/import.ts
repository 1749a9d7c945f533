import { z } from 'zod'
import type { OutsideAnswer } from '#platform/outside/asking.ts'
import { secondsToWait } from '#platform/outside/waiting.ts'
import type { Said } from './rules.ts'

const codes = z.object({ coding: z.array(z.object({ code: z.string() })) })
const outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.object({ code: z.string(), details: codes.optional() })),
})

/** What another system answered to a reply: its status, whether it repeats our ids, and the codes of what is wrong. */
export async function saidIn(
  { status, headers, body, leave }: OutsideAnswer,
  ids: Readonly<{ requestId: string; correlationId: string }>,
): Promise<Said> {
  // What was taken is ours: nothing of the answer is read.
  const issues = status >= 400 ? await issuesIn(body) : []
  leave()
  const echoes =
    isSame(headers['x-request-id'], ids.requestId) && isSame(headers['x-correlation-id'], ids.correlationId)
  const all = issues.flatMap(({ code, details }) => [...(details?.coding ?? []).map((one) => one.code), code])
  return { status, echoes, codes: [...new Set(all)], wait: secondsToWait(headers) }
}

const isSame = (given: string | readonly string[] | undefined, sent: string): boolean =>
  typeof given === 'string' && given.toLowerCase() === sent.toLowerCase()

async function issuesIn(body: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  const read = outcome.safeParse(parsed(Buffer.concat(parts).toString('utf8')))
  return read.success ? read.data.issue : []
}

// A page of a gateway says nothing that is read here.
function parsed(text: string): unknown {
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
