import { describe, expect, it } from 'vitest'
import { agreedParts, factsOf, packetOf, problemsWithChosen, sentOf, valuesOf, type Whose } from './rules.ts'

const robin: Whose = {
  ...{ name: 'Robin Marsh', bornOn: Temporal.PlainDate.from('1981-03-14'), language: 'Polish', interpreter: null },
  ...{ needs: ['Step-free access'], accessNote: null, phone: '07700 900461', email: undefined },
  ...{ safeNote: 'No voicemail', bestTime: 'Mornings' },
}
const chosen = {
  wanted: 'Help with letters',
  ticked: ['phone', 'safely', 'born'],
  barrier: 'Letters',
  health: 'My back',
} as const
const packet = packetOf(robin, chosen)
const codes = (found: readonly Readonly<{ part: string }>[]) => found.map(({ part }) => part)

describe('What a service would be sent of somebody', () => {
  it('is their name, what is wanted, and what was ticked or written: nothing else of the record', () => {
    expect(codes(packet)).toEqual(['name', 'wanted', 'phone', 'safely', 'born', 'barrier', 'health'])
    expect(codes(packetOf(robin, { ...chosen, ticked: ['email', 'access'], barrier: null, health: null }))).toEqual([
      ...['name', 'wanted', 'access'],
    ])
    expect(packet.find(({ part }) => part === 'safely')?.value).toBe('No voicemail. Best time: Mornings')
  })

  it('tells nothing of their health without a yes to that by itself, and how to reach them only with a way', () => {
    const yes = agreedParts(packet, { leftOut: ['phone'], health: false })

    expect(yes).toEqual(['name', 'wanted', 'born', 'barrier'])
    expect(agreedParts(packet, { leftOut: ['health'], health: true })).toContain('health')
    expect(factsOf(yes)).toEqual(['born', 'help'])
    expect(problemsWithChosen({ ticked: ['safely'] })).toHaveLength(1)
    expect(valuesOf({ ...robin, phone: undefined }).safely).toBeUndefined()
  })

  it('is shown without where they can be found while their record is restricted', () => {
    const agreed = agreedParts(packet, { leftOut: [], health: false })

    expect(codes(sentOf(packet, { agreed, restricted: true }))).toEqual(['name', 'wanted', 'born', 'barrier'])
    expect(codes(sentOf(packet, { agreed, restricted: false }))).toEqual(agreed)
  })
})
