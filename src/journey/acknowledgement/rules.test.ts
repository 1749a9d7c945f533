import { describe, expect, it } from 'vitest'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import { fillIn } from '#registers/templates/rules.ts'
import {
  arrivedTemplate,
  feedbackOf,
  heldTemplate,
  nobody,
  receivedTemplate,
  referrerProblems,
  toldUnder,
} from './rules.ts'

const by = Temporal.PlainDate.from('2026-01-07')
const about = { area: 'WorkWell Leeds', reference: 'WW-7K3M-9QF', phone: '01632 960001', by, link: null }

describe('What is sent when a referral arrives', () => {
  const sent = [receivedTemplate, arrivedTemplate, heldTemplate]
    .map(({ own }) => fillIn(own, about, sayIn('en')))
    .map(({ subject, body }) => `${subject} ${body}`)

  it('says nothing about health, a coach, work or benefits, in case somebody else reads it', () => {
    for (const words of sent)
      expect(words.replace('WorkWell Leeds', '')).not.toMatch(/health|coach|work|benefit|condition/i)
  })

  it('says the reference, by when we will be in touch, and the number to ring', () => {
    expect(sent[0]).toContain('WW-7K3M-9QF')
    expect(sent[0]).toContain('7 January 2026')
    expect(sent[0]).toContain('01632 960001')
  })

  it('tells a referrer that a held referral waits for the person', () => {
    expect(sent[2]).toContain('ask the person first')
  })
})

describe('What a referrer may be told', () => {
  it('an employer or a Jobcentre is never told more than that it arrived', () => {
    // Checked: the keys of the list of routes are its codes.
    const all = Object.keys(routes) as Route[]
    const told = all.filter((route) => feedbackOf(route, 'status') === 'received')

    expect(told.toSorted()).toEqual(['employer', 'jobcentre'])
  })

  it('every route has its own switch, and referring oneself has none', () => {
    expect(toldUnder.gp?.switch).toBe('gp')
    expect(toldUnder.employer).toEqual({ switch: 'employer', basis: 'consent' })
    expect(toldUnder.jobcentre).toEqual({ switch: 'jobcentre', basis: 'consent' })
    expect(toldUnder.self).toBeUndefined()
  })

  it('whoever wants to hear says who they are and where to write', () => {
    expect(referrerProblems({ ...nobody, feedback: 'status' }).map(({ field }) => field)).toEqual([
      'referrerName',
      'referrerEmail',
    ])
    expect(referrerProblems({ ...nobody, email: 'gp' })).toMatchObject([{ field: 'referrerEmail' }])
    expect(referrerProblems(nobody)).toEqual([])
  })
})
