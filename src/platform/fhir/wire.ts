import { Fhir } from 'fhir'
import { anyResource, type Format, type Resource } from './rules.ts'

/** Why a message could not be read, in a sentence for whoever sent it. */
export class Unreadable extends Error {}

let reading: Fhir | undefined
// It reads the definitions of FHIR, which takes half a second: only once somebody speaks XML.
const codec = (): Fhir => (reading ??= new Fhir())

/** Reads a resource from what came over the wire; throws `Unreadable` with a sentence that repeats nothing of it. */
export function readResource(body: string, format: Format): Resource {
  // PostgreSQL keeps no such character, and no word has one.
  if (/\\u0000|\0/.test(body)) throw new Unreadable('The body holds a character that no text has (U+0000)')
  const read = anyResource.safeParse(format === 'json' ? fromJson(body) : fromXml(body))
  if (!read.success) throw new Unreadable('The body is not a FHIR resource')
  return read.data
}

function fromJson(body: string): unknown {
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(body) as unknown
  } catch {
    throw new Unreadable('The body is not JSON')
  }
}

function fromXml(body: string): unknown {
  // Nothing that is sent to us has a document type, and one can name files and addresses, or grow without end.
  if (/<!(DOCTYPE|ENTITY)/i.test(body)) throw new Unreadable('XML with a document type is not taken')
  try {
    return codec().xmlToObj(body)
  } catch {
    throw new Unreadable('The body is not FHIR in XML')
  }
}

/** A resource as it goes over the wire. */
export function written(resource: object, format: Format): string {
  return format === 'json' ? JSON.stringify(resource) : codec().objToXml(resource)
}
