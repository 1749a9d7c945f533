import { describe, expect, it } from 'vitest'
import { conflictsIn, type Saying } from './rules.ts'

type Given = Readonly<{ kind: string; witness: string; day: string; reason?: string; onDay?: string }>

const sayings = (...given: readonly Given[]): Saying[] =>
  given.map(({ kind, witness, day, reason = null, onDay }, place) => ({
    ...{ id: `${place}`, kind, witness, reason, at: Temporal.Instant.from(`2026-02-${day}T10:00:00Z`) },
    onDay: onDay === undefined ? null : Temporal.PlainDate.from(`2026-02-${onDay}`),
  }))
const conflicts = (...given: readonly Given[]) =>
  conflictsIn(sayings(...given)).map((both) => both.map(({ witness, kind, reason }) => [witness, reason ?? kind]))

const started = (witness: string, day: string, onDay = day): Given => ({ kind: 'started', witness, day, onDay })
const ended = (witness: string, day: string, reason: string): Given => ({ kind: 'ended', witness, day, reason })
const said = (day: string, reason: string): Given => ({ kind: 'said', witness: 'person', day, reason })

describe('What two witnesses say of a service', () => {
  it('cannot both be so where it had begun by the day on which nobody had got in touch', () => {
    expect(conflicts(started('service', '10'), said('12', 'nobody'))).toEqual([
      [
        ['service', 'started'],
        ['person', 'nobody'],
      ],
    ])
    expect(conflicts(said('09', 'nobody'), started('service', '12', '08'))).toHaveLength(1)
    expect(conflicts(ended('service', '10', 'helped'), said('12', 'nobody'))).toHaveLength(1)
    expect(conflicts(ended('service', '10', 'partly'), said('12', 'not-wanted'))).toHaveLength(1)
  })

  it('can be so where nobody had got in touch before it began', () => {
    expect(conflicts(said('09', 'nobody'), started('service', '12', '11'))).toEqual([])
  })

  it('cannot both be so where it helped for one and not for the other, or never began for one', () => {
    expect(conflicts(ended('service', '10', 'no-help'), said('12', 'helped'))).toHaveLength(1)
    expect(conflicts(ended('service', '10', 'helped'), said('12', 'no-help'))).toHaveLength(1)
    expect(conflicts(ended('service', '10', 'not-begun'), said('12', 'no-help'))).toHaveLength(1)
    expect(conflicts(ended('service', '10', 'not-begun'), said('12', 'started'))).toHaveLength(1)
    expect(conflicts({ kind: 'declined', witness: 'service', day: '10' }, started('team', '12'))).toHaveLength(1)
    expect(conflicts(started('team', '09'), said('12', 'nobody'), started('service', '10'))).toHaveLength(2)
  })

  it('is no conflict where they agree, or one says more than the other, or it is said by one alone', () => {
    expect(conflicts(ended('service', '10', 'helped'), said('12', 'helped'))).toEqual([])
    expect(conflicts(ended('service', '10', 'no-help'), said('12', 'started'))).toEqual([])
    expect(conflicts(ended('service', '10', 'no-help'), said('12', 'no-help'))).toEqual([])
    expect(conflicts(ended('service', '10', 'helped'), said('12', 'other'))).toEqual([])
    expect(conflicts(started('service', '10'), ended('service', '12', 'not-begun'))).toEqual([])
    expect(conflicts(said('10', 'nobody'), said('11', 'started'), started('person', '11'))).toEqual([])
    expect(conflicts(said('12', 'helped'), started('person', '12'), ended('service', '12', 'no-help'))).toHaveLength(1)
  })

  it('counts by what each said last, and no more once it is settled, until one says it again', () => {
    const both = [started('service', '10'), said('12', 'nobody')] as const
    const settled = { kind: 'settled', witness: 'team', day: '13', reason: 'begun' }

    expect(conflicts(...both, said('14', 'started'))).toEqual([])
    expect(conflicts(...both, settled)).toEqual([])
    expect(conflicts(...both, settled, said('15', 'nobody'))).toHaveLength(1)
  })
})
