import { z } from 'zod'
import { limits } from '#platform/machine/limits/rules.ts'

const resource = z.looseObject({ resourceType: z.string().max(64) })

/** What a records system asks when a record is opened (CDS Hooks 2.0), as far as it is read. */
const hookCall = z.looseObject({
  ...{ hook: z.string().max(100), hookInstance: z.uuid(), fhirServer: z.string().max(2_000).optional() },
  context: z.looseObject({}),
  prefetch: z.record(z.string(), z.unknown()).optional(),
})

const found = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.looseObject({ resource: resource.optional() }))
    .max(limits.items)
    .optional(),
})

const feedback = z.looseObject({
  feedback: z
    .array(
      z.looseObject({
        ...{ card: z.uuid(), outcome: z.enum(['accepted', 'overridden']), outcomeTimestamp: z.string().max(40) },
        overrideReason: z.looseObject({ reason: z.looseObject({ code: z.string().max(200) }).optional() }).optional(),
      }),
    )
    .min(1)
    .max(100),
})

export type Feedback = z.infer<typeof feedback>['feedback'][number]

/** Reads what a records system asks; undefined where it is nothing of the kind. */
export const readCall = (body: unknown) => hookCall.safeParse(body).data

/** The resources of a search that were sent along; undefined where that cannot be read, none where nothing was found. */
export function readFound(given: unknown): readonly unknown[] | undefined {
  if (given === null) return []
  const read = found.safeParse(given)
  return read.success ? (read.data.entry ?? []).map((entry) => entry.resource) : undefined
}

/** Reads what became of cards; undefined where it is nothing of the kind. */
export const readFeedback = (body: unknown): readonly Feedback[] | undefined => feedback.safeParse(body).data?.feedback
