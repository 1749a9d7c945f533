import { describe, expect, it } from 'vitest'
import { check, choices, day, optionalText, text, time, wholeNumber } from './fields.ts'

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

  it.each(['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '0123456789'])(
    'may be a number in the digits of their own script: %s',
    (own) => {
      const typed = (plain: string) => plain.replaceAll(/\d/g, (digit) => own[Number(digit)] ?? digit)
      const fields = {
        born: day('Enter a day'),
        at: time('Enter a time'),
        hours: wholeNumber(1, 60),
        code: text('Code', 20),
      }
      const born = { day: typed('2'), month: typed('6'), year: typed('1990') }
      const given = { 'born-day': born.day, 'born-month': born.month, 'born-year': born.year }
      const read = check(
        { ...fields, phone: optionalText(40), said: optionalText(500) },
        {
          ...{ ...given, at: typed('9:30'), hours: typed('37'), code: typed('123 456') },
          ...{ phone: typed('07700 900123'), said: typed('5 weeks') },
        },
      )

      expect(read).toMatchObject({
        ok: true,
        value: { at: '09:30', hours: 37, code: '123 456', phone: '07700 900123', said: typed('5 weeks') },
      })
      expect(read.ok && read.value.born.toString()).toBe('1990-06-02')
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
