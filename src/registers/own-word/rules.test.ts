import { describe, expect, it } from 'vitest'
import { counting, newestOf, withoutWhatEnded } from './rules.ts'

const telephone = { given: true, how: 'telephone', batch: null, facts: null } as const
const now = (
  one: Partial<Readonly<Record<'switch' | 'recipient' | 'allows' | 'how', string> & { given: boolean; batch: string }>>,
) => ({
  ...{ switch: 'gp', recipient: '', allows: 'status', ...telephone },
  ...one,
})

describe('The answers that count now', () => {
  const surgery = { recipient: 'Old Mill Surgery', allows: 'received' }

  it('are the newest for each who was named, and for all of a kind', () => {
    const all = [now({ allows: 'summary' }), now(surgery), now({ ...surgery, given: false }), now({})]

    expect(newestOf([now({}), now({ switch: 'contact' })])).toHaveLength(2)
    expect(newestOf(all.toReversed())).toEqual([now({}), now({ ...surgery, given: false })])
  })

  it('are for all of a kind alone where that was said later, yes or no', () => {
    expect(newestOf([now({}), now(surgery)])).toEqual([now({})])
    expect(newestOf([now({ given: false }), now(surgery)])).toEqual([now({ given: false })])
  })

  it('keep whoever was refused by name', () => {
    const refused = now({ ...surgery, given: false })

    expect(newestOf([now({}), refused])).toEqual([now({}), refused])
  })

  it('keep how far the person said that one employer may be told, beside a later yes to all and not beside a no', () => {
    const toAll = now({ switch: 'employer', allows: 'summary' })
    const limited = now({ switch: 'employer', recipient: 'Acme' })
    const refused = { ...toAll, given: false }

    expect([newestOf([toAll, limited]), counting([toAll, limited])]).toEqual([[toAll, limited], limited])
    expect([newestOf([refused, limited]), counting([refused, limited])]).toEqual([[refused], refused])
  })

  it('go with a later yes to all where it was not the person who said how far', () => {
    const toAll = now({ switch: 'employer' })
    const written = now({ switch: 'employer', recipient: 'Acme', allows: 'received', how: 'referrer' })

    expect([newestOf([toAll, written]), counting([toAll, written])]).toEqual([[toAll], toAll])
  })

  it('are none for one that stands alone where only all of its kind were allowed', () => {
    const toAll = now({ switch: 'employer' })
    const own = now({ switch: 'employer', recipient: 'Occupational health of Acme', how: 'referrer' })

    expect(counting([toAll], true)).toBeUndefined()
    expect(counting([toAll, own], true)).toEqual(own)
    expect(counting([{ ...toAll, given: false }, own], true)).toMatchObject({ given: false })
  })
})

describe('What was only heard of somebody', () => {
  const own = now({ switch: 'contact', given: false })
  const heard = now({ switch: 'contact', how: 'referrer' })
  const carried = now({ switch: 'contact', batch: 'b' })

  it('never outweighs what they said themselves, earlier or later, yes or no', () => {
    for (const other of [heard, carried]) {
      expect([counting([other, own]), counting([own, other])]).toEqual([own, own])
      expect([newestOf([other, own]), newestOf([own, other])]).toEqual([[own], [own]])
      const yes = { ...own, given: true }
      expect(newestOf([{ ...other, given: false }, yes])).toEqual([yes])
    }
  })

  it('counts while they have answered nothing themselves, the newest first', () => {
    const no = { ...carried, given: false }

    expect([newestOf([heard, no]), counting([heard, no])]).toEqual([[heard], heard])
    expect([newestOf([no, heard]), counting([no, heard])]).toEqual([[no], no])
  })

  it('goes no further by a name than what they said themselves of all of that kind', () => {
    const refused = now({ switch: 'employer', given: false })
    const named = now({ switch: 'employer', recipient: 'Evil Ltd', how: 'referrer' })

    expect([newestOf([named, refused]), counting([named, refused])]).toEqual([[refused], refused])
    expect(newestOf([{ ...named, given: false }, now({ switch: 'employer' })])).toEqual([now({ switch: 'employer' })])
    expect(newestOf([named, now({ switch: 'gp', given: false })])).toContainEqual(named)
  })
})

describe('What somebody agreed to before they left', () => {
  const at = (minutes: number) => Temporal.Instant.from('2026-01-05T10:00:00Z').add({ minutes })
  const left = { ...now({ switch: 'take-part', given: false }), at: at(2) }
  const before = { ...now({}), at: at(1) }

  it('counts no more, but what they refused does', () => {
    const refused = { ...now({ switch: 'employer', given: false }), at: at(0) }

    expect(withoutWhatEnded([left, before, refused])).toEqual([left, refused])
  })

  it('counts where they said it as they left or after it, and again once they take part', () => {
    const same = { ...now({ switch: 'contact' }), at: at(2) }
    const later = { ...now({ switch: 'gp' }), at: at(3) }
    const again = { ...now({ switch: 'take-part' }), at: at(4) }

    expect(withoutWhatEnded([later, left, same, before])).toEqual([later, left, same])
    expect(withoutWhatEnded([again, later, left, before])).toEqual([again, later, left, before])
  })
})
