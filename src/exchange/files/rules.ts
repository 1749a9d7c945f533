import { isBefore, readDay, type Within } from '#platform/dates.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import { nobody, type Referrer, referrerProblems } from '#journey/acknowledgement/rules.ts'
import { type GivenPerson, newcomerFrom, newcomerProblems, type SafeWay } from '#journey/newcomer/rules.ts'
import type { Agreement, Answers, Channel } from '#journey/referral/rules.ts'
import * as words from '#exchange/files/codes/rules.ts'
import { type ColumnKey, columns, type Layout } from '#exchange/files/columns/rules.ts'

/** What a row says, ready to be taken. */
export type ReadReferral = Readonly<{
  newcomer: Newcomer
  route: Route
  channel: Channel
  agreement: Agreement
  receivedOn: Temporal.PlainDate
  answers: Answers
  referrer: Referrer
  /** What the sending system calls the row; null where it says nothing. */
  reference: string | null
}>

/** A row that was read, or everything that stands in its way, a sentence for each. */
export type ReadRow = Readonly<{ ok: true; referral: ReadReferral } | { ok: false; reasons: readonly string[] }>

/** What came of a row that was dealt with. */
export type Outcome = 'taken' | 'already' | 'refused'

// Exports of other systems do not reach further back; it also tells the century of a year of two digits.
const earliestReceived = Temporal.PlainDate.from('2000-01-01')
const most: Readonly<Partial<Record<ColumnKey, number>>> = {
  ...{ givenName: 100, familyName: 100, preferredName: 100, language: 100, interpreter: 100, reference: 100 },
  ...{ phone: 40, mobile: 40, address: 500, accessNote: 500, safeNote: 1000, reason: 4000 },
}
const names: readonly ColumnKey[] = ['name', 'givenName', 'familyName', 'preferredName']
const saysNothing = /^(n\/?a|#n\/a|none|null|nil|unknown|not known|n\/k|-+|\.)$/i

type Cells = Readonly<{ layout: Layout; cells: readonly string[]; today: Temporal.PlainDate; reasons: string[] }>

/** Reads one row of a file. */
export function readRow(layout: Layout, cells: readonly string[], today: Temporal.PlainDate): ReadRow {
  const row = { layout, cells, today, reasons: tooManyCells(layout, cells) }
  const [person, request] = [readPerson(row), readRequest(row)]
  const referrer = readReferrer(row, request.route)
  const { route, receivedOn } = request
  // Whoever prepares the file hears of everything at once, also where there is no date of birth to go by.
  const given = { ...person, bornOn: person.bornOn ?? earliestReceived }
  for (const { field, message } of newcomerProblems(given, today)) say(row, asColumn(field), `${message}.`)
  if (receivedOn && person.bornOn && isBefore(receivedOn, person.bornOn))
    say(row, 'receivedOn', 'It lies before the birth.')
  const agreement = route && readAgreement(row, route)
  if (row.reasons.length > 0 || !agreement || !receivedOn) return { ok: false, reasons: row.reasons }
  const { channel, answers } = request
  const newcomer = withOtherPhone(newcomerFrom(given), cell(row, 'mobile'), cell(row, 'phone'))
  const referral = { newcomer, route, channel, agreement, receivedOn, answers, referrer }
  return { ok: true, referral: { ...referral, reference: cell(row, 'reference') } }
}

/** What knows a row again in another file: its own reference, otherwise who was referred and on what day. */
export function keyOf({ reference, newcomer, receivedOn }: ReadReferral, source: string): string {
  if (reference !== null) return ['reference', words.compared(source), reference.toLowerCase()].join('\n')
  return ['row', whoOf({ newcomer }), receivedOn].join('\n')
}

/** What knows a person again who comes under the same reference. */
export function whoOf({ newcomer }: Pick<ReadReferral, 'newcomer'>): string {
  const { givenName, familyName, bornOn } = newcomer
  return [words.compared(givenName), words.compared(familyName), bornOn].join('\n')
}

/** Why a row is returned whose reference came before with somebody else. */
export function takenForAnother({ layout }: Pick<Cells, 'layout'>): string {
  return `${headingOf(layout, 'reference')}: This reference came before for another person. Give the row its own.`
}

function tooManyCells({ headings }: Layout, cells: readonly string[]): string[] {
  const more = cells.slice(headings.length).some((one) => one.trim() !== '')
  return more ? [`The row has ${cells.length} cells and the file ${headings.length} columns: put cells in quotes.`] : []
}

function headingOf({ at, headings }: Layout, key: ColumnKey): string {
  return `“${headings[at.get(key) ?? -1] ?? columns[key].label}”`
}

function say({ layout, reasons }: Cells, key: ColumnKey, sentence: string): void {
  reasons.push(`${headingOf(layout, key)}: ${sentence}`)
}

function asColumn(field: string): ColumnKey {
  // Checked: what is known of a newcomer is called the same here.
  return field in columns ? (field as ColumnKey) : 'name'
}

function cell(row: Cells, key: ColumnKey): string | null {
  const text = plainCell(row.cells[row.layout.at.get(key) ?? -1] ?? '')
  if (text === '' || (!names.includes(key) && saysNothing.test(text))) return null
  return text
}

function plainCell(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

function textIn(row: Cells, key: ColumnKey): string | null {
  const text = cell(row, key)
  const limit = most[key] ?? 200
  if (text !== null && text.length > limit) say(row, key, `It must be ${limit} characters or fewer.`)
  return text
}

function codeIn<Code extends string>(row: Cells, key: ColumnKey, spellings: words.Spellings<Code>): Code | null {
  const text = cell(row, key)
  if (text === null) return null
  const code = words.codeOf(text, spellings)
  if (code === undefined) say(row, key, notOneOf(text, spellings))
  return code ?? null
}

function notOneOf<Code extends string>(text: string, { list }: words.Spellings<Code>): string {
  const labels = Object.values<Readonly<{ label: string }>>(list).map(({ label }) => label)
  return `“${text.slice(0, 60)}” is not one of: ${labels.join('; ')}.`
}

function dayIn(row: Cells, key: ColumnKey, within: Within): Temporal.PlainDate | null {
  const text = cell(row, key)
  if (text === null) return null
  const read = readDay(text, within)
  if (!read.ok) say(row, key, `${read.why}.`)
  return read.ok ? read.day : null
}

type Person = Omit<GivenPerson, 'bornOn'> &
  Readonly<{ bornOn: Temporal.PlainDate | null; noFixedAddress: boolean }> &
  Readonly<{ postcode: string | null; gpPractice: string | null; nhsNumber: string | null }>

function readPerson(row: Cells): Person {
  const { today } = row
  const born = dayIn(row, 'bornOn', { earliest: today.subtract({ years: 120 }), latest: today })
  if (cell(row, 'bornOn') === null) say(row, 'bornOn', 'Give the date of birth.')
  const [mobile, phone] = [textIn(row, 'mobile'), textIn(row, 'phone')].map(withItsNought)
  return {
    ...readName(row),
    ...{ bornOn: born, phone: mobile ?? phone ?? null, safe: safeWaysIn(row) },
    ...{ preferredName: textIn(row, 'preferredName'), nhsNumber: textIn(row, 'nhsNumber') },
    ...{ email: textIn(row, 'email'), address: textIn(row, 'address'), postcode: textIn(row, 'postcode') },
    ...{
      gpPractice: textIn(row, 'gpPractice'),
      noFixedAddress: codeIn(row, 'noFixedAddress', words.yesWords) === 'yes',
    },
    ...{ safeNote: textIn(row, 'safeNote'), bestTime: textIn(row, 'bestTime'), language: textIn(row, 'language') },
    ...{ interpreter: textIn(row, 'interpreter'), accessNote: textIn(row, 'accessNote') },
  }
}

function readName(row: Cells): Readonly<{ givenName: string; familyName: string }> {
  const [given, family, whole] = [textIn(row, 'givenName'), textIn(row, 'familyName'), textIn(row, 'name')]
  if (given !== null && family !== null) return { givenName: given, familyName: family }
  const [last, first, more] = (whole ?? '').includes(',')
    ? (whole ?? '').split(',').map((part) => part.trim())
    : (whole ?? '').split(' ').toReversed()
  if (last && first && !more) return { givenName: given ?? first, familyName: family ?? last }
  if (whole !== null) say(row, 'name', 'Write it as “Marsh, Robin”, so that the last name is known.')
  else if (given === null) say(row, row.layout.at.has('givenName') ? 'givenName' : 'name', 'Give the first name.')
  if (whole === null && family === null)
    say(row, row.layout.at.has('familyName') ? 'familyName' : 'name', 'Give the last name.')
  return { givenName: '', familyName: '' }
}

// A spreadsheet takes a number's first nought away.
function withItsNought(phone: string | null): string | null {
  const digits = phone?.replaceAll(/[\s()-]/g, '') ?? ''
  return /^[1-37]\d{9}$/.test(digits) ? `0${digits}` : phone
}

function withOtherPhone(newcomer: Newcomer, mobile: string | null, phone: string | null): Newcomer {
  const other = mobile === null ? null : withItsNought(phone)
  const first = newcomer.means[0]
  if (other === null || !first || compareDigits(other, first.value)) return newcomer
  const second = { ...first, kind: 'telephone', value: other, preferred: false } as const
  return { ...newcomer, means: [first, second, ...newcomer.means.slice(1)] }
}

function compareDigits(one: string, other: string): boolean {
  return one.replaceAll(/\D/g, '') === other.replaceAll(/\D/g, '')
}

function safeWaysIn(row: Cells): SafeWay[] {
  const said = (cell(row, 'safe') ?? '').split(/[,;/|+&]| and /).filter((one) => one.trim() !== '')
  return said.flatMap((one) => {
    const way = words.codeOf(one, words.safeWords)
    if (way === undefined) say(row, 'safe', notOneOf(one.trim(), words.safeWords))
    return way ?? []
  })
}

function readRequest(row: Cells) {
  const { today } = row
  const route = codeIn(row, 'route', words.routeWords)
  if (cell(row, 'route') === null) say(row, 'route', 'Say who referred.')
  const receivedOn = dayIn(row, 'receivedOn', { earliest: earliestReceived, latest: today })
  if (cell(row, 'receivedOn') === null) say(row, 'receivedOn', 'Give the day it was received.')
  const answers: Answers = {
    workStatus: codeIn(row, 'workStatus', words.workWords),
    mainBarrier: codeIn(row, 'mainBarrier', words.barrierWords),
    fitNote: codeIn(row, 'fitNote', words.fitNoteWords),
    fitNoteEndsOn: dayIn(row, 'fitNoteEndsOn', { earliest: earliestReceived, latest: today.add({ years: 2 }) }),
    reason: textIn(row, 'reason'),
    howHeard: codeIn(row, 'howHeard', words.hearingWords),
  }
  return { route, receivedOn, answers, channel: codeIn(row, 'channel', words.channelWords) ?? ('system' as const) }
}

function readAgreement(row: Cells, route: Route): Agreement | null {
  if (route === 'self') return 'self'
  const agreement = codeIn(row, 'agreement', words.agreementWords)
  if (cell(row, 'agreement') === null) say(row, 'agreement', 'Say whether the person agrees, or “not asked”.')
  if (agreement !== 'self' || route === 'partner-app' || route === 'outreach') return agreement
  say(row, 'agreement', 'Somebody else referred: write “agreed” or “not asked”.')
  return null
}

// Nobody asked for news in another system's file: nothing is sent to a referrer because of it.
function readReferrer(row: Cells, route: Route | null): Referrer {
  const [name, organisation] = [textIn(row, 'referrerName'), textIn(row, 'referrerOrganisation')]
  const referrer = { ...nobody, name, organisation, email: textIn(row, 'referrerEmail') }
  for (const { message } of referrerProblems(referrer)) say(row, 'referrerEmail', `${message}.`)
  return route === 'self' ? nobody : referrer
}
