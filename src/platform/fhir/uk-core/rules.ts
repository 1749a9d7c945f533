import { z } from 'zod'
import { concept, type Entries, type Refusal, refusal, type Resource } from '#platform/fhir/rules.ts'
import { isStatus, saysVerified, statusUrl } from '#platform/fhir/nhs-number/rules.ts'

/**
 * What an extension of UK Core holds, for those that may stand in what the service is sent (UK Core STU2, 2.0.0, NHS England
 * and HL7 UK, Apache-2.0). The definitions of FHIR alone take any value in any extension.
 */
const valueOf: Readonly<Record<string, string>> = {
  ...{ BirthSex: 'CodeableConcept', EthnicCategory: 'CodeableConcept', ReligiousAffiliation: 'CodeableConcept' },
  ...{ ResidentialStatus: 'CodeableConcept', TreatmentCategory: 'CodeableConcept', Coverage: 'CodeableConcept' },
  ...{ NHSNumberVerificationStatus: 'CodeableConcept', NHSNumberUnavailableReason: 'CodeableConcept' },
  ...{ OverseasVisitorChargingCategory: 'CodeableConcept', OtherContactSystem: 'CodeableConcept' },
  ...{ SourceOfServiceRequest: 'CodeableConcept', ServiceRequestMethod: 'CodeableConcept' },
  ...{ PriorityReason: 'CodeableConcept', ConditionEpisode: 'CodeableConcept', OutcomeOfAttendance: 'CodeableConcept' },
  ...{ AdmissionMethod: 'CodeableConcept', DischargeMethod: 'CodeableConcept', DeliveryChannel: 'CodeableConcept' },
  ...{ ContactRank: 'PositiveInt', CopyCorrespondenceIndicator: 'Boolean', CodingSCTDescDisplay: 'String' },
  ...{ AdditionalContact: 'Reference', NominatedPharmacy: 'Reference', PreferredDispenserOrganization: 'Reference' },
  ...{ MedicalApplianceSupplier: 'Reference', MainLocation: 'Reference', ActualProblem: 'Reference' },
  ...{ BookingOrganization: 'Reference', RelatedClinicalContent: 'Reference', ProblemSignificance: 'Code' },
  ...{ EffectivePeriod: 'Period', MessageHeaderInstruction: 'Coding' },
}

const address = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-'
const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'

/** What breaks UK Core in what was sent, or may not be acted on, and the definitions of FHIR let through, with where it stands. */
export function ukCoreProblems(resource: Resource): Refusal[] {
  const problems: Refusal[] = []
  walk(resource, resource.resourceType, (part, at) =>
    problems.push(
      ...modifierProblems(part, at),
      ...extensionProblems(part, at),
      ...statusProblems(part, at),
      ...numberProblems(part, at),
      ...consentProblems(part, at),
    ),
  )
  return problems
}

/** What is referred to within a bundle and does not stand in it. */
export function danglingProblems(entries: Entries): Refusal[] {
  const urls = new Set(entries.map(({ fullUrl }) => fullUrl))
  const problems: Refusal[] = []
  walk({ entry: entries }, 'Bundle', (part, at) => {
    const to = textIn(part, 'reference')
    if (to?.startsWith('urn:uuid:') === true && !urls.has(to))
      problems.push(refusal('invariant', 'What is referred to is not in the Bundle', `${at}.reference`))
  })
  return problems
}

type Part = Readonly<Record<string, unknown>>
const textIn = (part: Part, name: string): string | undefined => {
  const value = part[name]
  return typeof value === 'string' ? value : undefined
}
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)

// A resource as deep as this is none that anybody sends: it is looked at no further, and read by nobody.
const deepest = 40

function walk(value: unknown, at: string, see: (part: Part, at: string) => void, depth = 0): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    for (const [place, one] of value.entries()) walk(one, `${at}[${place}]`, see, depth + 1)
    return
  }
  if (!isPart(value)) return
  see(value, at)
  for (const [name, inner] of Object.entries(value))
    if (typeof inner === 'object') walk(inner, `${at}.${name}`, see, depth + 1)
}

// FHIR R4, 2.4.1: whoever does not know one may not act on what it stands in, since it can turn its meaning round. We know none.
function modifierProblems(part: Part, at: string): Refusal[] {
  if (part['modifierExtension'] === undefined) return []
  const sentence = 'This has a modifierExtension, and none is known here: what it stands in cannot be acted on'
  return [refusal('extension', sentence, `${at}.modifierExtension`)]
}

function extensionProblems(part: Part, at: string): Refusal[] {
  const url = textIn(part, 'url')
  const wanted = url?.startsWith(address) === true ? valueOf[url.slice(address.length)] : undefined
  if (wanted === undefined) return []
  const others = Object.keys(part).filter((name) => name.startsWith('value') && name !== `value${wanted}`)
  return others.length === 0
    ? []
    : [refusal('structure', `This extension of UK Core has value${wanted} and no other`, at)]
}

const notAStatus =
  'This is no status of an NHS number that UK Core has: in England 01 is a number that is present and verified'

// UK Core: the codes of this extension are required.
function statusProblems(part: Part, at: string): Refusal[] {
  const status = concept.safeParse(part['valueCodeableConcept'])
  const isOne = textIn(part, 'url') !== statusUrl || !status.success || isStatus(status.data)
  return isOne ? [] : [refusal('value', notAStatus, at)]
}

const saysSo = z.looseObject({ valueCodeableConcept: concept })

function numberProblems(part: Part, at: string): Refusal[] {
  if (textIn(part, 'system') !== nhsNumber || textIn(part, 'value') !== undefined) return []
  const extensions = z.array(z.unknown()).catch([]).parse(part['extension'])
  const said = extensions.map((one) => saysSo.safeParse(one))
  return said.some((one) => one.success && saysVerified(one.data.valueCodeableConcept))
    ? [refusal('required', 'An NHS number that is verified has a value', at)]
    : []
}

// FHIR R4, Consent: ppc-1.
function consentProblems(part: Part, at: string): Refusal[] {
  if (part['resourceType'] !== 'Consent' || part['policy'] !== undefined || part['policyRule'] !== undefined) return []
  return [refusal('invariant', 'A Consent has a policy or a policyRule', at)]
}
