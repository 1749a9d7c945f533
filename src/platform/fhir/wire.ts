import { Fhir } from 'fhir'
import { depthProblem, listProblem } from '#platform/machine/limits/rules.ts'
import { anyResource, type Format, type Refusal, refusal, type Resource } from './rules.ts'
import { ukCoreProblems } from './uk-core/rules.ts'

/** Why a message could not be read, in a sentence for whoever sent it. */
export class Unreadable extends Error {}

let reading: Fhir | undefined
// It reads the definitions of FHIR, which takes half a second: only once somebody speaks XML.
const codec = (): Fhir => (reading ??= new Fhir())

/** Reads a resource from what came over the wire; throws `Unreadable` with a sentence that repeats nothing of it. */
export function readResource(sent: string, format: Format): Resource {
  // PostgreSQL keeps no such character, and no word has one.
  if (/\\u0000|\0/.test(sent)) throw new Unreadable('The body holds a character that no text has (U+0000)')
  const body = format === 'xml' ? withoutComments(sent) : sent
  const tooDeep = depthProblem(body, format)
  if (tooDeep) throw new Unreadable(tooDeep)
  const read = anyResource.safeParse(format === 'json' ? fromJson(body) : fromXml(body))
  if (!read.success) throw new Unreadable('The body is not a FHIR resource')
  const tooMany = listProblem(read.data)
  if (tooMany) throw new Unreadable(tooMany)
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

const endOf: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' }

/**
 * A message without its comments, which say nothing to whoever reads it: the examples of BaRS have many. The library would
 * make elements of them, which FHIR does not have.
 */
function withoutComments(xml: string): string {
  const begin = /<!--|<!\[CDATA\[|<\?/g
  let [kept, from] = ['', 0]
  for (let found = begin.exec(xml); found !== null; found = begin.exec(xml)) {
    const [sign] = found
    const ends = endOf[sign] ?? ''
    const end = xml.indexOf(ends, begin.lastIndex)
    // One that does not end is no XML, and looking on for each of many would take long.
    if (end === -1) break
    begin.lastIndex = end + ends.length
    if (sign !== '<!--') continue
    kept += xml.slice(from, found.index)
    from = begin.lastIndex
  }
  return kept + xml.slice(from)
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

const mostProblems = 20

/**
 * What breaks the definitions of FHIR R4, and of UK Core beyond them, in something that was sent: elements that there are
 * not, codes that a field does not take, references to another kind than may stand there. Repeats nothing of what was sent.
 */
export function problemsIn(resource: Resource): Refusal[] {
  const broken = brokenIn(resource).flatMap(({ severity, location, message }) => {
    if (!['error', 'fatal'].includes(severity ?? '')) return []
    const at = location !== undefined && /^[A-Za-z0-9.[\]]{1,200}$/.test(location) ? location : resource.resourceType
    return [refusal('structure', `${at} ${whyBroken(message ?? '')}`, at)]
  })
  return [...broken, ...ukCoreProblems(resource)].slice(0, mostProblems)
}

type Broken = Readonly<{ severity?: string; location?: string; message?: string }>

function brokenIn(resource: Resource): readonly Broken[] {
  try {
    return codec().validate(resource, { errorOnUnexpected: true }).messages
  } catch {
    // It was built for what people write: what is nested too deeply, or of no kind at all, stops it.
    return [{ severity: 'fatal' }]
  }
}

// The words of the library hold what was sent.
function whyBroken(message: string): string {
  if (message.startsWith('Unexpected')) return 'is no element of FHIR R4'
  if (message.startsWith('Code')) return 'has a code that FHIR R4 does not have there'
  if (message.startsWith('Invalid type for reference')) return 'refers to another kind of resource than may stand there'
  if (message.startsWith('Missing')) return 'is missing'
  return 'is not as FHIR R4 defines it'
}

/** A resource as it goes over the wire: FHIR has no empty lists and no empty elements, so that they are left out. */
export function written(resource: object, format: Format): string {
  const sent = Object.fromEntries(filled(resource))
  return format === 'json' ? JSON.stringify(sent) : codec().objToXml(sent)
}

const filled = (part: object): [string, unknown][] =>
  Object.entries(part).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
    const kept = withoutEmpty(value)
    return kept === undefined ? [] : [[name, kept]]
  })

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty).filter((one) => one !== undefined)
    return kept.length > 0 ? kept : undefined
  }
  // What writes itself, as a day does, holds nothing of its own.
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  const kept = filled(value)
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
