import { describe, expect, it } from 'vitest'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { whatHappensNext } from './rules.ts'

const by = Temporal.PlainDate.from('2026-01-07')
// Checked: the keys of a code list are its codes.
const all = Object.keys(stages) as Stage[]

describe('What somebody who comes back by their link is told', () => {
  it.each(all)('at the stage %s is what is so and what comes next, in whole sentences', (stage) => {
    const { now, next } = whatHappensNext({ stage, firstTryBy: by })

    for (const words of [now, next]) expect(words).toMatch(/^[A-Z].*\.$/)
  })

  it('names the day by which they will hear from the team, while they wait for it', () => {
    const soon = { next: 'Somebody from the team will try to reach you by {by}.', by }

    expect(whatHappensNext({ stage: 'received', firstTryBy: by })).toMatchObject(soon)
    expect(whatHappensNext({ stage: 'active', firstTryBy: by })).not.toHaveProperty('by')
  })

  it('is that their request is there when nothing has begun yet', () => {
    expect(whatHappensNext({ stage: null, firstTryBy: null }).now).toBe('We have your request.')
  })

  it('never says why support ended', () => {
    const { now, next } = whatHappensNext({ stage: 'ended', firstTryBy: by })

    expect(`${now} ${next}`).not.toMatch(/eligible|declined|reach you|died|duplicate/)
  })
})
