import { describe, expect, it } from 'vitest'
import { readingOf } from '#exchange/files/cells/rules.ts'
import { type Column, columnOf, headingProblem, layoutOf } from '#exchange/files/columns/rules.ts'
import { whoOf } from '#exchange/files/persons/rules.ts'
import { keyOf, readRow, referralColumns } from './rules.ts'

const today = Temporal.PlainDate.from('2026-01-05')
const usual = {
  ...{ Ref: 'R-1', 'First name': 'Robin', Surname: 'Marsh', DOB: '14/03/1981', Phone: '01632 960123' },
  ...{ Postcode: 'LS1 4AP', Route: 'GP', 'Referral date': '01/10/2025', Agreed: 'Yes' },
}

const aReading = (headings: readonly string[]) => readingOf(layoutOf(headings, referralColumns), today)

/** A row as an area exports it, unless a test says otherwise. */
function read(cells: Readonly<Record<string, string>> = {}) {
  const row = { ...usual, ...cells }
  return readRow(aReading(Object.keys(row)), Object.values(row))
}

function taken(cells: Readonly<Record<string, string>> = {}) {
  const row = read(cells)
  if (!row.ok) throw new Error(row.reasons.join(' '))
  return row.referral
}

function reasons(cells: Readonly<Record<string, string>>) {
  const row = read(cells)
  return row.ok ? [] : row.reasons
}

describe('A row of a file of referrals', () => {
  it.each(['01/10/2025', '2025-10-01', '1 Oct 25', '01-Oct-2025', '20251001', '45931', ' 1/10/2025 00:00 '])(
    'is read with its day as %s',
    (written) => {
      expect(taken({ 'Referral date': written }).receivedOn.toString()).toBe('2025-10-01')
    },
  )

  it('is read with trailing spaces, other spaces and slips of the keyboard', () => {
    const { route, agreement, newcomer } = taken({
      ...{ Route: ' Self refferal  ', Agreed: '', 'First name': ' Robin  ', Surname: 'O’\u00a0Marsh ' },
    })

    expect([route, agreement, newcomer.givenName, newcomer.familyName]).toEqual(['self', 'self', 'Robin', 'O’ Marsh'])
  })

  it('says that they asked for a fit note, and is returned where nobody can tell which practice', () => {
    const asked = { 'Fit note requested': 'yes' }

    expect(taken({ ...asked, 'Referring practice': 'Mill Lane' }).answers.askedFitNote).toBe(true)
    expect(taken({ 'Fit note requested': '' }).answers.askedFitNote).toBe(false)
    expect(reasons({ ...asked, Route: 'Council', 'GP surgery': 'Elms' })).toEqual([])
    expect(reasons({ ...asked, Route: 'Council' })).toEqual([
      '“Fit note requested”: Enter the name of the practice that they asked for a fit note.',
    ])
  })

  it('is read without the letters that nobody can see', () => {
    expect(taken({ Surname: 'Mar\u0000sh\t', 'GP surgery': '\u0000' }).newcomer).toMatchObject({
      familyName: 'Mar sh',
      gpPractice: null,
    })
  })

  it('gives a phone number back the nought that a spreadsheet took away', () => {
    expect(taken({ Phone: '7700900123' }).newcomer.means[0]?.value).toBe('07700900123')
  })

  it('keeps a mobile and another phone', () => {
    const { means } = taken({ Mobile: '07700 900123', Phone: '01632 960123' }).newcomer

    expect(means.map(({ value }) => value)).toEqual(['07700 900123', '01632 960123'])
    expect(means.filter(({ preferred }) => preferred)).toHaveLength(1)
  })

  it('reads a name in one cell only where it can be told apart', () => {
    const whole = (name: string) => ({ 'First name': '', Surname: '', Name: name })

    expect(taken(whole('Marsh, Robin')).newcomer).toMatchObject({ givenName: 'Robin', familyName: 'Marsh' })
    expect(taken(whole('Robin Marsh')).newcomer).toMatchObject({ givenName: 'Robin', familyName: 'Marsh' })
    expect(reasons(whole('Ana de la Cruz'))).toEqual([
      '“Name”: Write it as “Marsh, Robin”, so that the last name is known.',
    ])
  })

  it('knows that somebody may be called Null', () => {
    expect(taken({ Surname: 'Null', 'GP surgery': 'N/A' }).newcomer).toMatchObject({
      familyName: 'Null',
      gpPractice: null,
    })
  })

  it('says that nobody was asked where the file says so', () => {
    expect(taken({ Agreed: 'not asked' }).agreement).toBe('not-asked')
  })

  it('is returned with every reason, each naming the column as the file does', () => {
    expect(
      reasons({
        DOB: '31/02/1980',
        Phone: '4.47701E+11',
        Postcode: 'LS',
        Route: 'banana',
        'Referral date': '',
        Agreed: '',
      }),
    ).toEqual([
      '“DOB”: There is no 31 February 1980.',
      '“Phone”: Enter a phone number like 01632 960 001.',
      '“Postcode”: Enter a full postcode, like LS1 4AP.',
      expect.stringContaining('“Route”: “banana” is not one of: GP or primary care;'),
      '“Referral date”: Give the day it was received.',
    ])
    expect(reasons({ Phone: '4.47701E+11', Postcode: 'LS', Agreed: '' })).toEqual([
      '“Phone”: Enter a phone number like 01632 960 001.',
      '“Postcode”: Enter a full postcode, like LS1 4AP.',
      '“Agreed”: Say whether the person agrees, or “not asked”.',
    ])
  })

  it.each([
    [{ 'Referral date': '06/01/2026' }, '“Referral date”: 6 January 2026 is too late'],
    [{ DOB: '01/02/15' }, '“DOB”: The year could be 1915 or 2015: write it in full.'],
    [{ DOB: '01/11/2025' }, '“Referral date”: It lies before the birth.'],
    [{ 'NHS number': '123 456 7890' }, '“NHS number”: Enter a real NHS number'],
    [{ Agreed: 'No' }, '“Agreed”: “No” is not one of: '],
    [{ 'Work status': 'not working' }, '“Work status”: “not working” is not one of: '],
    [{ Surname: '' }, '“Surname”: Give the last name.'],
  ])('is returned when it says %o', (cells, reason) => {
    expect(reasons(cells).join(' ')).toContain(reason)
  })

  it('with more cells than the file has columns is returned', () => {
    const row = readRow(aReading(Object.keys(usual)), [...Object.values(usual), 'left over'])

    expect(row.ok ? [] : row.reasons).toEqual([`The row has 10 cells and the file 9 columns: put cells in quotes.`])
  })
})

describe('The columns of a file of referrals', () => {
  it('mean one thing each, under every name they may have', () => {
    for (const [key, { label, also }] of Object.entries<Column>(referralColumns.columns))
      for (const name of [label, ...also]) expect([name, columnOf(name, referralColumns)]).toEqual([name, key])
  })

  it('that are missing are named, all of them', () => {
    expect(headingProblem(['Forename', 'Surname', 'Telephone'], referralColumns)).toBe(
      'The file has no column for: Date of birth; Route; Received on; one of Postcode, GP practice or No fixed address.',
    )
  })
})

describe('A row that is no row', () => {
  it('is returned when it says the headings again', () => {
    const row = readRow(aReading(Object.keys(usual)), Object.keys(usual))

    expect(row.ok ? [] : row.reasons[0]).toBe('The row says the headings again: take it out.')
  })

  it('with half its cells is returned with what is missing', () => {
    const row = readRow(aReading(Object.keys(usual)), ['R-1', 'Robin'])

    expect(row.ok ? [] : row.reasons).toContain('“Surname”: Give the last name.')
  })

  it('with 300 columns is read by those that are known', () => {
    const more = Array.from({ length: 300 }, (_, place) => `Column ${place}`)
    const row = readRow(aReading([...more, ...Object.keys(usual)]), [...more, ...Object.values(usual)])

    expect(row.ok).toBe(true)
  })

  it('whose cells would be run as formulas is read without what keeps a spreadsheet from it', () => {
    expect(taken({ Notes: "'=HYPERLINK(1)" }).answers.reason).toBe('=HYPERLINK(1)')
    expect(taken({ Surname: "'O’Neil" }).newcomer.familyName).toBe("'O’Neil")
  })
})

describe('A row that comes again', () => {
  it('is known by its reference, whatever else was changed', () => {
    expect(keyOf(taken({ Phone: '01632 960999' }), '')).toBe(keyOf(taken({ Ref: 'r-1' }), ''))
    expect(keyOf(taken(), 'Elsewhere')).not.toBe(keyOf(taken(), ''))
  })

  it('is known without one by who was referred and when', () => {
    const key = (cells: Readonly<Record<string, string>>) => keyOf(taken({ Ref: '', ...cells }), '')

    expect(key({ Surname: 'MARSH', Phone: '01632 960999' })).toBe(key({}))
    expect(key({ 'Referral date': '02/10/2025' })).not.toBe(key({}))
    expect(whoOf(taken({ Surname: 'Marsch' }).newcomer)).not.toBe(whoOf(taken().newcomer))
  })
})
