import { describe, expect, it } from 'vitest'
import { check, choices, optionalText, text } from './fields.ts'

const controls = 'Sa\u0000m\u0007 \u009fTay\u007flor'

describe('What somebody types', () => {
  it('comes in without what no keyboard writes, and is shown again without it', () => {
    const { typed, ...read } = check(
      { name: text('Enter a name'), ways: choices({ call: {} }) },
      {
        name: controls,
        ways: ['call\u0000'],
      },
    )

    expect(read).toMatchObject({ ok: true, value: { name: 'Sam Taylor', ways: ['call'] } })
    expect(typed['name']).toBe('Sam Taylor')
  })

  it('is missing where nothing else was typed', () => {
    expect(check({ name: text('Enter a name') }, { name: '\u0000\u0001' }).problems).toEqual([
      { field: 'name', message: 'Enter a name' },
    ])
  })

  it.each(['Sam\r\nTaylor', 'Sam\tTaylor', 'Sam\u2028Taylor', 'Sam\u0085 \n Taylor'])(
    'is one line in a short answer: %j',
    (name) => {
      expect(check({ name: text('Enter a name', 100) }, { name })).toMatchObject({ value: { name: 'Sam Taylor' } })
    },
  )

  it('keeps its lines in a long answer, written one way', () => {
    const { value } = readLong('My back hurts.\r\n\r\nSince June.\u0000')

    expect(value).toBe('My back hurts.\n\nSince June.')
  })
})

function readLong(given: string): Readonly<{ value: string | null }> {
  const read = check({ reason: optionalText(4000) }, { reason: given })
  return { value: read.ok ? read.value.reason : null }
}
