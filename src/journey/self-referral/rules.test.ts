import { describe, expect, it } from 'vitest'
import { holdsLink, ownReachProblems, pageAfter, pageBefore, partNamed, partsInOrder, sentInWords } from './rules.ts'

describe('The pages on which somebody asks for help', () => {
  it('follow each other to the page where the answers are checked', () => {
    expect(partsInOrder.map(pageAfter)).toEqual(['home', 'work', 'help', 'check'])
    expect(partsInOrder.map(pageBefore)).toEqual([undefined, 'name', 'home', 'work'])
    expect(partNamed('diagnosis')).toBeUndefined()
  })

  it('ask what is safe, and a voicemail alone is no way to reach anybody', () => {
    const reach = { phone: '07700 900123', email: null, address: null }

    expect(ownReachProblems({ ...reach, safe: [] })).toMatchObject([{ field: 'safe' }])
    expect(ownReachProblems({ ...reach, safe: ['voicemail'] })).toMatchObject([{ field: 'safe' }])
    expect(ownReachProblems({ ...reach, safe: ['call', 'voicemail'] })).toEqual([])
  })
})

describe('What somebody who asked for help is told was sent to them', () => {
  const email = { channel: 'email', address: 'sam@example.org', settledAs: null } as const

  it('names the way and hides most of the address', () => {
    expect(sentInWords(email)).toMatchObject({ to: 's•••@example.org' })
    expect(sentInWords({ ...email, channel: 'text', address: '07700 900 321' })?.to).toBe('321')
  })

  it('is nothing where nothing was sent, or it did not arrive', () => {
    expect(sentInWords(undefined)).toBeUndefined()
    expect(sentInWords({ ...email, settledAs: 'failed' })).toBeUndefined()
  })

  it('holds a link unless it is a letter', () => {
    expect(holdsLink(email)).toBe(true)
    expect(holdsLink({ ...email, channel: 'letter' })).toBe(false)
    expect(holdsLink(undefined)).toBe(false)
  })
})
