import { describe, expect, it } from 'vitest'
import { JobProblem, safeReason, shownPayload } from './rules.ts'

class DatabaseError extends Error {
  code = '23505'
  constraint = 'one_open_episode'
  detail = 'Key (email)=(sam.taylor@example.org) already exists.'
}

describe('The reason why a job failed', () => {
  it('says what kind of mistake it was and where, and never what the error was given', () => {
    const reasons = [
      safeReason(new DatabaseError('duplicate key for sam.taylor@example.org')),
      safeReason(new TypeError('Cannot read Sam Taylor')),
      safeReason(Object.assign(new Error('getaddrinfo ENOTFOUND sam.example.org'), { code: 'ENOTFOUND' })),
      safeReason('Sam Taylor'),
    ]

    expect(reasons.map((reason) => reason.replace(/platform[^)]*/, '(place)'))).toEqual([
      'The database refused a row (DatabaseError, 23505, one_open_episode, (place))',
      'The product made a mistake (TypeError, (place))',
      'The database or a neighbour did not answer (Error, ENOTFOUND, (place))',
      'The product made a mistake (Error)',
    ])
  })

  it('is taken as it is where the job itself wrote it to be read', () => {
    expect(safeReason(new JobProblem('The file was not there yet'))).toBe('The file was not there yet')
  })
})

describe('What a job is about', () => {
  it('is shown as ids and codes, without anything else that strayed in', () => {
    const payload = {
      area: 'north',
      message: '0199b0d2-0000-7000-8000-000000000001',
      weeks: 13,
      note: 'rang Sam Taylor',
    }

    expect(shownPayload(payload)).toBe('message 0199b0d2-0000-7000-8000-000000000001, weeks 13, note (not shown)')
  })
})
