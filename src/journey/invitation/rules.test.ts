import { describe, expect, it } from 'vitest'
import { addressFor, calendarFile, type Invitation, remindersFor } from './rules.ts'

const at = (moment: string) => Temporal.Instant.from(moment)
const invitation: Invitation = {
  ...{ startsAt: at('2026-01-13T10:30:00Z'), endsAt: at('2026-01-13T11:30:00Z') },
  ...{ mode: 'phone', place: null, withName: 'Carol Coach', phone: '01632 960001' },
}

describe('A message about an appointment', () => {
  const mobile = { kind: 'mobile', value: '07700 900461', wanted: true, safe: true, voicemail_safe: false }
  const email = { ...mobile, kind: 'email', value: 'robin@example.org' }
  const to = (means: (typeof mobile)[], more = {}) =>
    addressFor({ means, accessNeeds: [], wantsContact: true, ...more })

  it('goes to the first means that is safe and wanted', () => {
    expect(to([mobile, email])).toEqual({ channel: 'text', address: mobile.value })
    expect(to([{ ...mobile, safe: false }, email])).toEqual({ channel: 'email', address: email.value })
    expect(to([{ ...mobile, wanted: false }])).toBeUndefined()
  })

  it('goes nowhere when the person does not want to be contacted or only by telephone', () => {
    expect(to([mobile], { wantsContact: false })).toBeUndefined()
    expect(to([mobile, email], { accessNeeds: ['telephone-only'] })).toBeUndefined()
  })
})

describe('Reminders', () => {
  const times = (startsAt: string) => ({ startsAt: at(startsAt), endsAt: at(startsAt).add({ hours: 1 }) })
  const go = (startsAt: string, now: string) =>
    remindersFor(times(startsAt), at(now), [3, 7]).map(({ notBefore }) => notBefore.toString())

  it('go seven and three days before', () => {
    expect(go('2026-01-20T10:30:00Z', '2026-01-05T10:00:00Z')).toEqual(['2026-01-13T10:30:00Z', '2026-01-17T10:30:00Z'])
  })

  it('are left out where they would follow the booking within a day', () => {
    expect(go('2026-01-13T10:31:00Z', '2026-01-05T10:30:00Z')).toHaveLength(2)
    expect(go('2026-01-13T10:30:00Z', '2026-01-05T10:30:00Z')).toHaveLength(1)
    expect(go('2026-01-07T10:30:00Z', '2026-01-05T10:00:00Z')).toEqual([])
  })

  it('go at the same time on the clock where summer time begins between', () => {
    expect(go('2026-03-31T09:30:00Z', '2026-03-01T10:00:00Z')).toEqual(['2026-03-24T10:30:00Z', '2026-03-28T10:30:00Z'])
  })
})

describe('A calendar file', () => {
  const event = { ...invitation, id: 'a1', sequence: 1, cancelled: false, madeAt: at('2026-01-05T10:00:00Z') }

  it('says "Appointment", when, and no more', () => {
    const file = calendarFile(event)

    expect(file).toContain('SUMMARY:Appointment\r\n')
    expect(file).toContain('DTSTART:20260113T103000Z\r\nDTEND:20260113T113000Z\r\n')
    expect(file).toContain('SEQUENCE:1\r\n')
    expect(file).not.toContain('Carol')
  })

  it('marks the signs that a calendar reads otherwise, and folds long lines', () => {
    const file = calendarFile({
      ...event,
      mode: 'in-person',
      place: `Café é; ${'4 High Street, '.repeat(8)}\nback door`,
    })
    const lines = file.split('\r\n')

    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(file.replaceAll('\r\n ', '')).toContain(String.raw`LOCATION:Café é\; 4 High Street\, `)
    expect(file.replaceAll('\r\n ', '')).toContain(String.raw`\nback door`)
  })

  it('takes an appointment out of the calendar when it was cancelled', () => {
    expect(calendarFile({ ...event, cancelled: true })).toContain('STATUS:CANCELLED\r\n')
  })
})
