import type { z } from 'zod'
import type { FaultKind } from '#platform/json/rules.ts'
import { apiPath, type Scope } from '#registers/clients/rules.ts'
import {
  listQuery,
  newReferral,
  newWithdrawal,
  ownDescription,
  readReferral,
  referralPage,
  takenReferral,
  webhookKeys,
} from '#exchange/api/bodies/import.ts'

/** What is answered where all went well. */
type Answer = Readonly<{
  status: 200 | 201
  text: string
  schema: z.ZodType
  example: unknown
}>

/** One thing that can be asked: the only place where it is written what it takes, what it answers and what it needs. */
export type Operation = Readonly<{
  id: string
  method: 'GET' | 'POST' | 'PUT'
  /** With its parts as OpenAPI writes them. */
  path: string
  title: string
  text: string
  /** What the token has to allow; without one it is open to everybody. */
  scope?: Scope
  /** What is answered besides where the token allows this too. */
  more?: readonly Scope[]
  query?: z.ZodObject
  body?: Readonly<{ schema: z.ZodType; example: unknown }>
  answers: readonly Answer[]
  faults: readonly FaultKind[]
}>

const withToken = ['no-token', 'not-allowed', 'too-often', 'not-now', 'broken'] as const

const id = '019b8d4a-3c00-7000-8000-4f0a2b6c8d10'
const address = `https://workwell.example.org${apiPath}/referrals/${id}`
const called = { reference: 'JC-2026-0117', ourReference: 'WW-7K3M-9QF', takenAt: '2026-01-05T09:00:00Z' }

const taken = { id, address, ...called }
const asRead = {
  ...{ id, ...called, numbering: 'urn:workwell:senders-own', withdrawnAt: null, changedAt: '2026-01-07T11:20:00Z' },
  ...{ progress: { state: 'accepted' }, support: { acceptedOn: '2026-01-07' } },
}
const asWithdrawn = {
  ...{ id, ...called, numbering: 'urn:workwell:senders-own', changedAt: '2026-01-08T10:00:00Z' },
  ...{ withdrawnAt: '2026-01-08T10:00:00Z', progress: { state: 'withdrawn' } },
}
const asSent = {
  reference: 'JC-2026-0117',
  person: {
    ...{ givenName: 'Ottilie', familyName: 'Farthingale', bornOn: '1984-03-02', phone: '01632 960 117' },
    ...{ safeWays: ['call', 'text'], postcode: 'ZA1 1ZZ', accessNeeds: ['quiet-room'] },
  },
  ...{ agreement: 'agreed', reason: 'Would like to change her hours and does not know how to ask.' },
  ...{ workStatus: 'employed', mainBarrier: 'work', askedBy: 'Sam Whitlock' },
}

const key = {
  ...{ kty: 'OKP', crv: 'Ed25519', x: 'kQfR0mVdYw3o6l1c8tPz5uXbN7aEJhGs2LrTiMvKy4A', alg: 'EdDSA', use: 'sig' },
  kid: '019b8d4a-3c00-7000-8000-9d1e5b7c2a34.1',
} as const

/** Everything that can be asked, in the order in which it is read about. */
export const operations = [
  {
    id: 'sendReferral',
    method: 'POST',
    path: '/referrals',
    scope: 'system/ServiceRequest.c',
    title: 'Send a referral',
    text: 'One person, who knows of it or is asked by us first. It stands among the referrals of the area at once, and is decided about as every other.',
    body: { schema: newReferral, example: asSent },
    answers: [
      { status: 201, text: 'Taken.', schema: takenReferral, example: taken },
      {
        status: 200,
        text: 'The same words came before: this is what was answered then.',
        schema: takenReferral,
        example: taken,
      },
    ],
    faults: ['unreadable', 'not-right', 'taken-before', 'too-long', 'not-json', ...withToken],
  },
  {
    id: 'listReferrals',
    method: 'GET',
    path: '/referrals',
    scope: 'system/ServiceRequest.rs',
    more: ['system/Task.rs', 'system/EpisodeOfCare.rs'],
    title: 'Read your referrals',
    text: 'What the systems of your organisation have sent, by this API or by FHIR, page by page. What comes while you read stands at the end. What a person takes back is gone and is no change, so read all of it now and then.',
    query: listQuery,
    answers: [{ status: 200, text: 'A page.', schema: referralPage, example: { referrals: [asRead], next: null } }],
    faults: ['unreadable', ...withToken],
  },
  {
    id: 'readReferral',
    method: 'GET',
    path: '/referrals/{id}',
    scope: 'system/ServiceRequest.rs',
    more: ['system/Task.rs', 'system/EpisodeOfCare.rs'],
    title: 'Read one referral',
    text: 'How it goes on, as far as the person allows at this moment: never why something ended, and to a Jobcentre or an employer nothing after it arrived unless the person switched it on. Each reading stands among those who have seen the record, for the person to read.',
    answers: [{ status: 200, text: 'The referral.', schema: readReferral, example: asRead }],
    faults: ['not-there', ...withToken],
  },
  {
    id: 'withdrawReferral',
    method: 'PUT',
    path: '/referrals/{id}/withdrawal',
    scope: 'system/ServiceRequest.u',
    more: ['system/Task.rs'],
    title: 'Take a referral back',
    text: 'Where nobody has asked the person yet, they are not contacted because of it. Where they have said that they want help, it is theirs: the team tells them, and they decide. Sent again it changes nothing.',
    body: { schema: newWithdrawal, example: { why: 'Sent for somebody else by mistake.' } },
    answers: [{ status: 200, text: 'Taken back.', schema: readReferral, example: asWithdrawn }],
    faults: ['unreadable', 'not-right', 'not-there', 'too-long', 'not-json', ...withToken],
  },
  {
    id: 'readWebhookKeys',
    method: 'GET',
    path: '/webhook-keys',
    scope: 'system/Task.rs',
    title: 'Read the keys by which you are told',
    text: 'The public keys that sign what this system is told by itself. Whoever registered it can also give you one to paste.',
    answers: [{ status: 200, text: 'The keys.', schema: webhookKeys, example: { keys: [key] } }],
    faults: withToken,
  },
  {
    id: 'describe',
    method: 'GET',
    path: '/openapi.json',
    title: 'Read this description by program',
    text: 'What stands on this page, as OpenAPI 3.1. It needs no token.',
    answers: [{ status: 200, text: 'The document.', schema: ownDescription, example: { openapi: '3.1.1' } }],
    faults: ['too-often', 'broken'],
  },
] as const satisfies readonly Operation[]

export type OperationId = (typeof operations)[number]['id']
