import { codeIn, type concept } from '#platform/fhir/rules.ts'
import type { z } from 'zod'

type Concept = z.infer<typeof concept>

const lists = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus'
const england = `${lists}England`
const system = 'https://fhir.nhs.uk/Id/nhs-number'

/** The address of the extension of UK Core that says whether an NHS number was looked up. */
export const statusUrl = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus'

/**
 * The codes of UK Core STU2 (2.1.0, required): England's are those of the NHS Data Dictionary. The list without a country is
 * retired, and the examples of BaRS still have it.
 */
const codesOf: Readonly<Record<string, RegExp>> = {
  ...{ [england]: /^0[1-8]$/, [`${lists}Wales`]: /^(nn|0[1-8])$/, [lists]: /^[a-z-]+$/ },
  'http://terminology.hl7.org/CodeSystem/v3-NullFlavor': /^NI$/,
}

/** Whether a status is one of those that UK Core has, so that nobody's verified number is taken for one that is not. */
export const isStatus = ({ coding = [] }: Concept): boolean =>
  coding.some((one) => codesOf[one.system ?? '']?.test(one.code ?? '') === true)

/** Whether the sender says that the number was looked up and is this person's. */
export const saysVerified = (status: Concept | undefined): boolean =>
  codeIn(status, england) === '01' || codeIn(status, lists) === 'number-present-and-verified'

const said = {
  verified: { code: '01', display: 'Number present and verified' },
  'not-traced': { code: '02', display: 'Number present but not traced' },
} as const

/** An NHS number as UK Core has it in England, with whether it was looked up. */
export const numberWith = (value: string, status: keyof typeof said) => ({
  extension: [{ url: statusUrl, valueCodeableConcept: { coding: [{ system: england, ...said[status] }] } }],
  ...{ system, value },
})
