import { describe, expect, it } from 'vitest'
import { sayIn } from '#platform/language/say.ts'
import { fillIn, type Template } from '#registers/templates/rules.ts'
import type { Invitation } from '#journey/invitation/rules.ts'
import { bookedTemplate, cancelledTemplate, factsOf, movedTemplate, reminderTemplate } from './rules.ts'

const at = (moment: string) => Temporal.Instant.from(moment)
const invitation: Invitation = {
  ...{ startsAt: at('2026-01-13T10:30:00Z'), endsAt: at('2026-01-13T11:30:00Z') },
  ...{ mode: 'phone', place: null, withName: 'Carol Coach', phone: '01632 960001' },
}
const told = ({ own }: Template, of = invitation) => fillIn(own, factsOf(of), sayIn('en')).body

describe('What a person is told of an appointment', () => {
  it('is when, how, with whom and how to change it', () => {
    expect(told(bookedTemplate)).toBe(
      'Your appointment is on Tuesday 13 January 2026 at 10:30, by telephone, with Carol Coach. To change it, ring 01632 960001.',
    )
    expect(told(movedTemplate, { ...invitation, mode: 'in-person', place: '4 High Street' })).toContain(
      'new time: Tuesday 13 January 2026 at 10:30, in person at 4 High Street',
    )
  })

  it('offers a link where one can be opened', () => {
    expect(told(bookedTemplate, { ...invitation, link: 'https://example.org{link}' })).toMatch(
      /To confirm, change or cancel it: https:\/\/example\.org\{link\} or ring 01632 960001$/,
    )
  })

  it('holds no word of health or of the service', () => {
    const said = [bookedTemplate, reminderTemplate, cancelledTemplate].map((one) => told(one)).join(' ')

    expect(said).not.toMatch(/work|health|well|coaching|NHS|clinic|support|benefit/i)
  })

  it('says how to change it where there is no number to ring', () => {
    const unreachable = { ...invitation, phone: null }

    expect(told(bookedTemplate, unreachable)).toMatch(/with Carol Coach\. To change it, answer this message\.$/)
    expect(told(cancelledTemplate, unreachable)).toMatch(/will not take place\.$/)
  })

  it('names the time on England’s clocks in summer', () => {
    expect(told(reminderTemplate, { ...invitation, startsAt: at('2026-07-14T09:30:00Z') })).toContain(
      '14 July 2026 at 10:30',
    )
  })
})
