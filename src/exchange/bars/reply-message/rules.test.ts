import { describe, expect, it } from 'vitest'
import { readMessage } from '#platform/bars/rules.ts'
import { idFrom, newId } from '#platform/ids.ts'
import { danglingProblems, ukCoreProblems } from '#platform/fhir/uk-core/rules.ts'
import { problemsIn, readResource, written } from '#platform/fhir/wire.ts'
import { type Reply, replyHeaders, replyMessage } from './rules.ts'

const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
const us = { name: 'Lead Provider', odsCode: 'Y99999', service: '111111111', called: 'North' }
const them = { name: 'Quay Surgery', odsCode: 'Z12345', service: '222222222' }
const reply = (more: Partial<Reply> = {}): Reply => ({
  ...{ id: newId(), answers: newId(), news: 'accepted', at, useCase: 'a5t1', authoredAt: at, us, them },
  ...{ nhsNumber: '9990000034', requester: 'Robin Bright', ...more },
})
const all = (['accepted', 'started', 'ended'] as const).flatMap((news) => [
  reply({ news }),
  reply({ news, nhsNumber: null, requester: null }),
])

describe('A reply by BaRS', () => {
  it('is as our own door would have to take it, in JSON and in XML', () => {
    for (const one of all) {
      const message = replyMessage(one, idFrom)
      const again = readResource(written(message, 'xml'), 'xml')
      const read = readMessage(again)

      expect(problemsIn(message)).toEqual([])
      expect(again).toEqual(message)
      expect(read.ok && read.value.header.response?.identifier).toBe(one.answers)
      expect(read.ok ? danglingProblems(read.value.entries) : ['unread']).toEqual([])
      for (const { resource } of message.entry) expect(ukCoreProblems(resource)).toEqual([])
    }
  })

  it('holds what the standard asks of an answer to a referral, each with when it was last changed', () => {
    const { entry } = replyMessage(reply(), idFrom)
    const kinds = entry.map(({ resource }) => resource.resourceType).toSorted()

    expect(kinds).toEqual([
      ...['Consent', 'Encounter', 'HealthcareService', 'MessageHeader', 'Organization', 'Organization', 'Patient'],
      ...['Practitioner', 'PractitionerRole', 'ServiceRequest'],
    ])
    expect(entry.filter(({ resource }) => resource.meta.lastUpdated !== '2026-01-05T10:00:00.000Z')).toEqual([])
    // The receiver gives ids.
    expect(entry.filter(({ resource }) => 'id' in resource)).toEqual([])
  })

  it('is word for word the same however often it is made', () => {
    const one = reply()
    const ids = { requestId: newId(), correlationId: newId() }

    expect(JSON.stringify(replyMessage(one, idFrom))).toBe(JSON.stringify(replyMessage(one, idFrom)))
    expect(replyHeaders(one, ids)).toEqual(replyHeaders(one, ids))
    expect(replyHeaders(one, ids)).toMatchObject({
      'x-request-id': ids.requestId,
      'x-correlation-id': ids.correlationId,
    })
  })
})
