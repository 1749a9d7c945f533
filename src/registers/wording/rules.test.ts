import { describe, expect, it } from 'vitest'
import { agreedTo, carriedVersions, versionsRead } from './rules.ts'

describe('The words somebody agreed to', () => {
  it('are those their page showed, and never some there have not been', () => {
    expect(agreedTo(1, { version: 2 })).toBe(1)
    expect(agreedTo(3, { version: 2 })).toBe(2)
    expect(agreedTo(null, { version: 2 })).toBe(2)
  })

  it('are those their form carried, each by itself, though the area has written newer ones since', () => {
    const carried = carriedVersions({ contact: { version: 1 }, gp: { version: 3 } })
    const now = { contact: { version: 2 }, gp: { version: 3 }, onward: { version: 5 } }

    expect(versionsRead(carried, now)).toEqual({ contact: 1, gp: 3, onward: 5 })
    expect(versionsRead('contact.9 gp.-1 onward.x', now)).toEqual({ contact: 2, gp: 3, onward: 5 })
  })
})
