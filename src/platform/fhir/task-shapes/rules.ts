import { z } from 'zod'
import { concept } from '#platform/fhir/rules.ts'

const words = z.string().max(20_000)

const output = z.looseObject({
  ...{ type: concept, valueDate: words.optional(), valuePositiveInt: z.number().int().optional() },
  valueCodeableConcept: concept.optional(),
})

/** A Task with which whoever was asked answers: as much of it as the service reads. */
export const answeredTask = z.looseObject({
  ...{ resourceType: z.literal('Task'), id: z.string(), status: z.string(), statusReason: concept.optional() },
  ...{ businessStatus: concept.optional(), output: z.array(output).default([]) },
  executionPeriod: z.looseObject({ start: words.optional(), end: words.optional() }).default({}),
  note: z.array(z.looseObject({ text: words })).default([]),
  meta: z.looseObject({ versionId: z.string().optional() }).optional(),
})

export type AnsweredTask = z.infer<typeof answeredTask>
