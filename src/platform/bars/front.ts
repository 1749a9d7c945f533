import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type Asking as AskedInFhir,
  fhirDoors,
  type Front as FrontInFhir,
  orRefuse,
  refuse,
} from '#platform/fhir/doors.ts'
import { readHeader, type Service } from './headers.ts'
import type { BarsSettings } from './rules.ts'

/** What another system asks: as what it says it is, and what it sends. */
export type Asking = AskedInFhir &
  Readonly<{
    service: () => Service
    /** The code of the organisation that asks (ODS). */
    sender: () => string
    ids: () => Readonly<{ requestId: string; correlationId: string }>
  }>

type Work = (asking: Asking) => Promise<object> | object
type Front = Pick<FrontInFhir, 'outcome'> & Readonly<{ settings: BarsSettings }>
type Doors = Readonly<{ get: (path: string, work: Work) => void; post: (path: string, work: Work) => void }>

const echoed = ['x-request-id', 'x-correlation-id'] as const

/**
 * Opens the addresses of the Booking and Referral Standard: every answer echoes the ids of the request. Nobody else's proof
 * is taken for the gateway's.
 */
export function barsFront(fastify: FastifyInstance, { settings, outcome }: Front, mount: (doors: Doors) => void): void {
  const front: FrontInFhir = {
    ...{ prefix: '/bars/FHIR/R4', most: 1_200, outcome },
    always: (request, reply) => {
      for (const name of echoed) echo(reply, name, request.headers[name])
    },
    enter: (request) => {
      if (!isTrusted(settings, request)) refuse(401, 'login', 'Send this through the gateway of the service')
    },
  }
  fhirDoors(fastify, front, ({ get, post }) =>
    mount({
      get: (path, work) => get(path, (asking) => work(named(settings, asking))),
      post: (path, work) => post(path, (asking) => work(named(settings, asking))),
    }),
  )
}

function named(settings: BarsSettings, asking: AskedInFhir): Asking {
  const { headers } = asking.request
  return {
    ...asking,
    service: () => orRefuse(readHeader.service(headers, settings)),
    sender: () => orRefuse(readHeader.sender(headers)),
    ids: () => orRefuse(readHeader.ids(headers)),
  }
}

function echo(reply: FastifyReply, name: string, value: string | string[] | undefined): void {
  if (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) reply.header(name, value)
}

/** Whether it came through the gateway; where there is none, as in a demonstration, only this machine is answered. */
function isTrusted({ gateway }: BarsSettings, { headers, ip }: FastifyRequest): boolean {
  // What a proxy passes on does not come from this machine, whatever it says of itself.
  if (!gateway) return headers['x-forwarded-for'] === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip)
  const shown = headers[gateway.header]
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof shown === 'string' && timingSafeEqual(digest(shown), digest(gateway.value))
}
