import { describe, expect, it } from 'vitest'
import type { Role } from '#platform/access/rules.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { recordAddress, waysOn, wayTo } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(`${text}T10:00:00Z`)

const completed = {
  ...{ id: 'episode', person: 'person', stage: 'aftercare' as const, next_due_what: null },
  ...{ follow_up_13_on: day('2026-04-06'), follow_up_26_on: day('2026-07-06') },
}

describe('A record', () => {
  it.each(Object.keys(stages))('says what can be done next for somebody who stands at %s', (stage) => {
    // Checked: the keys of the list are its codes.
    const standing = { ...completed, stage: stage as Stage }

    expect(waysOn(standing, { died: false, today: day('2026-01-05'), role: 'coach' })).toBeDefined()
  })

  it('offers a follow-up from two weeks before its day, and no more once it was held', () => {
    const offered = (today: string, held = {}) =>
      waysOn({ ...completed, ...held }, { died: false, today: day(today), role: 'coach' }).map(({ label }) => label)
    const always = ['Log a contact', 'Refer again']

    expect(offered('2026-03-22')).toEqual(always)
    expect(offered('2026-03-23')).toEqual(['Follow up at 13 weeks', ...always])
    expect(offered('2026-06-22', { follow_up_13_on: null })).toEqual(['Follow up at 26 weeks', ...always])
  })

  it('offers whoever wants to stop an end, and a contact only where one can be logged', () => {
    const leaving = (stage: Stage) => ({ ...completed, stage, next_due_what: 'leaving' as const })
    const offered = (stage: Stage) =>
      waysOn(leaving(stage), { died: false, today: day('2026-01-05'), role: 'coach' }).map(({ label }) => label)

    expect(offered('received')).toEqual(['End support'])
    expect(offered('active')).toEqual(['End support', 'Log a contact'])
  })

  it('offers one thing alone after a death: to end support, or to say so in a follow-up', () => {
    const offered = (stage: Stage, next_due_what: string | null = null) =>
      waysOn(
        { ...completed, stage, coach: 'coach', next_due_what },
        { died: true, today: day('2026-04-06'), role: 'senior-coach' },
      ).map(({ label, href }) => [label, href])
    const end = [['End support because they died', '/episodes/episode/ending/death']]

    expect(offered('active')).toEqual(end)
    expect(offered('active', 'leaving')).toEqual(end)
    expect(offered('trying')).toEqual(end)
    expect(offered('aftercare')).toEqual([['Follow up at 13 weeks', '/episodes/episode/follow-ups/13']])
    expect(offered('ended')).toEqual([])
  })

  it('offers to record progress while others are waited for', () => {
    const waiting = { ...completed, stage: 'waiting' as const }

    expect(
      waysOn(waiting, { died: false, today: day('2026-01-05'), role: 'coach' }).map(({ label }) => label),
    ).toContain('Record progress')
  })

  it('has an address for each part of the story and each place in it', () => {
    const before = { at: at('2026-01-05'), id: '01a207ae-0000-7947-82d2-9068aa52f852' }

    expect(recordAddress('x', null)).toBe('/people/x')
    expect(recordAddress('x', 'plan', before)).toBe(
      '/people/x?kind=plan&before=2026-01-05T10%3A00%3A00Z%7E01a207ae-0000-7947-82d2-9068aa52f852',
    )
  })

  it('leads nobody to a page that is not for them', () => {
    const way = (href: string, role: Role, mayEdit = true) => wayTo({ href }, { role, mayEdit })

    expect(way('/outbox/1', 'coach')).toBeUndefined()
    expect(way('/outbox/1', 'service-manager')).toBe('/outbox/1')
    expect(way('/assessments/1', 'administrator')).toBeUndefined()
    expect(way('/episodes/1/assessment', 'coach')).toBe('/episodes/1/assessment')
    expect(way('/episodes/1/follow-ups/13', 'coach', false)).toBeUndefined()
    expect(way('/episodes/1/contacts#contact-2', 'coach', false)).toBe('/episodes/1/contacts#contact-2')
  })
})
