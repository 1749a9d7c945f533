import { z } from 'zod'
import { concept, reference } from '#platform/fhir/rules.ts'

/** What its sender calls something, in a numbering of theirs. */
const called = z.looseObject({ system: z.string().min(1).max(500), value: z.string().min(1).max(200) })

export type Called = z.infer<typeof called>
export type Concept = z.infer<typeof concept>
export type Reference = z.infer<typeof reference>

/** The attachment of a document: its day counts, and what it holds is not taken. */
export const scan = z.looseObject({
  ...{ data: z.string().optional(), url: z.string().optional(), creation: z.string().optional() },
})

/** A document as another system describes one: as much as the service reads. */
export const document = z.looseObject({
  ...{ status: z.string(), docStatus: z.string().optional(), type: concept.optional() },
  ...{ masterIdentifier: called.optional(), identifier: z.array(called).max(20).optional() },
  ...{ subject: reference.optional(), author: z.array(reference).max(10).optional() },
  description: z.string().max(20_000).optional(),
  content: z
    .array(z.looseObject({ attachment: scan }))
    .min(1)
    .max(10),
  context: z
    .looseObject({
      ...{ event: z.array(concept).max(20).optional(), related: z.array(reference).max(20).optional() },
      period: z.looseObject({ start: z.string().optional(), end: z.string().optional() }).optional(),
    })
    .optional(),
})

export type Document = z.infer<typeof document>

/** Who wrote a document: a Practitioner, or the PractitionerRole in which one did. */
export const writer = z.looseObject({
  ...{ practitioner: reference.optional(), organization: reference.optional(), code: z.array(concept).optional() },
  qualification: z.array(z.looseObject({ code: concept })).optional(),
})

const answer = z.looseObject({
  ...{ valueDate: z.string().optional(), valueString: z.string().max(20_000).optional() },
  valueBoolean: z.boolean().optional(),
  valueCoding: z.looseObject({ system: z.string().optional(), code: z.string().optional() }).optional(),
})

/** Answers to a list of questions: each question with what was answered. */
export const noteAnswers = z.looseObject({
  ...{ status: z.string(), questionnaire: z.string().optional(), identifier: called.optional() },
  ...{ subject: reference.optional(), basedOn: z.array(reference).max(20).optional() },
  item: z
    .array(z.looseObject({ linkId: z.string(), answer: z.array(answer).max(10).optional() }))
    .min(1)
    .max(50),
})

export type Answer = z.infer<typeof answer>
export type Item = z.infer<typeof noteAnswers>['item'][number]
