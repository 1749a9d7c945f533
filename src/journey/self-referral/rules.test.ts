import { describe, expect, it } from 'vitest'
import { ownReachProblems, pageAfter, pageBefore, partNamed, partsInOrder } from './rules.ts'

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
