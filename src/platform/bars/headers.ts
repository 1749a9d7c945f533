import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { no, ok, type Read, refusal } from '#platform/fhir/rules.ts'
import { type BarsSettings, systems } from './rules.ts'

/** A service that is referred to: its id in the Directory of Services, the area it stands for, and what it takes. */
export type Service = Readonly<{ id: string; area: string | undefined; useCases: readonly string[] }>

const targetShape = z.looseObject({ value: z.string().min(1).max(64), system: z.literal(systems.service) })
const organisationShape = z.looseObject({
  identifier: z.array(z.looseObject({ system: z.string(), value: z.string() })).min(1),
})

/** What the headers of the standard say; each with its own reason where it is missing or cannot be read. */
export const readHeader = {
  /** The id of the request, which it keeps when it is sent again, and that of the whole matter. */
  ids(headers: IncomingHttpHeaders): Read<Readonly<{ requestId: string; correlationId: string }>> {
    const [request, correlation] = [readUuid(headers, 'X-Request-Id'), readUuid(headers, 'X-Correlation-Id')]
    if (!request.ok) return request
    if (!correlation.ok) return correlation
    return ok({ requestId: request.value, correlationId: correlation.value })
  },
  /** The service that is meant. */
  service(headers: IncomingHttpHeaders, { services }: BarsSettings): Read<Service> {
    const read = readPacked(headers, 'NHSD-Target-Identifier', targetShape)
    if (!read.ok) return read
    return findService(services, read.value.value)
  },
  /** The organisation that asks, by its code. */
  sender(headers: IncomingHttpHeaders): Read<string> {
    const name = 'NHSD-End-User-Organisation'
    const read = readPacked(headers, name, organisationShape)
    if (!read.ok) return read
    const code = read.value.identifier.find(({ system }) => /ods-organization-code$/i.test(system))?.value
    const written = code?.trim().toUpperCase() ?? ''
    return /^[A-Z0-9]{2,12}$/.test(written) ? ok(written) : no(refusal('value', `${name} names no organisation`))
  },
}

/** A service that this installation answers for. */
export function findService(services: BarsSettings['services'], id: string): Read<Service> {
  const found = Object.hasOwn(services, id) ? services[id] : undefined
  if (found === undefined)
    return no({ status: 404, code: 'not-found', sentence: 'The service is not one that is answered for here' })
  return ok({ id, area: found.area, useCases: found.useCases })
}

function readUuid(headers: IncomingHttpHeaders, name: string): Read<string> {
  const given = headers[name.toLowerCase()]
  if (given === undefined || given === '') return no(refusal('required', `The header ${name} is missing`))
  return z.guid().safeParse(given).success && typeof given === 'string'
    ? ok(given.toLowerCase())
    : no(refusal('invalid', `The header ${name} is not a UUID`))
}

function readPacked<Shape extends z.ZodType>(
  headers: IncomingHttpHeaders,
  name: string,
  shape: Shape,
): Read<z.infer<Shape>> {
  const given = headers[name.toLowerCase()]
  if (typeof given !== 'string' || given === '') return no(refusal('required', `The header ${name} is missing`))
  const read = shape.safeParse(unpacked(given))
  return read.success ? ok(read.data) : no(refusal('invalid', `The header ${name} cannot be read`))
}

function unpacked(base64: string): unknown {
  try {
    // Checked: what it is, is looked at before anything is read from it.
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
