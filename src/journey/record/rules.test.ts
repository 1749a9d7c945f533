import { describe, expect, it } from 'vitest'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { recordAddress, waysOn, wayTo, weekOfLimit } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(`${text}T10:00:00Z`)
const agreed = { plan_agreed_at: at('2026-01-05'), limit_on: day('2026-03-30'), paused_at: null, paused_days: 0 }
const running = { ...agreed, ended_at: null }

const completed = {
  ...{ id: 'episode', person: 'person', stage: 'aftercare' as const, next_due_what: null },
  ...{ follow_up_13_on: day('2026-04-06'), follow_up_26_on: day('2026-07-06') },
}

describe('A record', () => {
  it.each(Object.keys(stages))('says what can be done next for somebody who stands at %s', (stage) => {
    // Checked: the keys of the list are its codes.
    expect(waysOn({ ...completed, stage: stage as Stage }, { died: false, today: day('2026-01-05') })).toBeDefined()
  })

  it('offers a follow-up once it is due, and no more once it was held', () => {
    const offered = (today: string, held = {}) =>
      waysOn({ ...completed, ...held }, { died: false, today: day(today) }).map(({ label }) => label)
    const always = ['Log a contact', 'Refer again']

    expect(offered('2026-04-05')).toEqual(always)
    expect(offered('2026-04-06')).toEqual(['Follow up at 13 weeks', ...always])
    expect(offered('2026-07-06', { follow_up_13_on: null })).toEqual(['Follow up at 26 weeks', ...always])
  })

  it('counts weeks from the day the plan was agreed', () => {
    const week = (today: string) => weekOfLimit(running, day(today))

    expect(week('2026-01-05')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-11')).toEqual({ week: 1, of: 12 })
    expect(week('2026-01-12')).toEqual({ week: 2, of: 12 })
    expect(week('2026-03-30')).toEqual({ week: 13, of: 12 })
  })

  it('does not count the days on which support waited on others', () => {
    const waited = { ...running, paused_days: 14, limit_on: day('2026-04-13') }

    expect(weekOfLimit(waited, day('2026-01-26'))).toEqual({ week: 2, of: 12 })
    expect(weekOfLimit({ ...running, paused_at: at('2026-01-12') }, day('2026-02-23'))).toEqual({ week: 2, of: 12 })
  })

  it('counts no weeks before a plan is agreed, nor after support has ended', () => {
    expect(weekOfLimit({ ...running, plan_agreed_at: null }, day('2026-01-05'))).toBeUndefined()
    expect(weekOfLimit({ ...running, ended_at: at('2026-02-02') }, day('2026-02-05'))).toBeUndefined()
  })

  it('has an address for each part of the story and each place in it', () => {
    const before = { at: at('2026-01-05'), id: '01a207ae-0000-7947-82d2-9068aa52f852' }

    expect(recordAddress('x', null)).toBe('/people/x')
    expect(recordAddress('x', 'plan', before)).toBe(
      '/people/x?kind=plan&before=2026-01-05T10%3A00%3A00Z%7E01a207ae-0000-7947-82d2-9068aa52f852',
    )
  })

  it('leads nobody to a page that is not for them', () => {
    expect(wayTo({ href: '/outbox/1' }, 'coach')).toBeUndefined()
    expect(wayTo({ href: '/outbox/1' }, 'service-manager')).toBe('/outbox/1')
    expect(wayTo({ href: '/assessments/1' }, 'administrator')).toBeUndefined()
    expect(wayTo({ href: '/episodes/1/assessment' }, 'coach')).toBe('/episodes/1/assessment')
  })
})
