import { describe, expect, it } from 'vitest'
import { languageCodes } from '#platform/language/rules.ts'
import { meanings, readReply } from './replies.ts'
import { enoughUntil, isCounted, linesOf, maskedAddress, nextTry, withoutKeys } from './rules.ts'

describe('An address shown to somebody who may not open the record', () => {
  it.each([
    ['email', 'sam.taylor@example.org', 's•••@example.org'],
    ['text', '07700 900123', '••••• 123'],
    ['letter', '1 High Street, Anytown', 'Postal address'],
  ] as const)('says of %s no more than is needed to tell it from others', (channel, address, shown) => {
    expect(maskedAddress(channel, address)).toBe(shown)
  })
})

describe('The text of a message', () => {
  it('is shown without the keys of its links', () => {
    const body = `Come back: https://example.org/l/north.${'a1_-'.repeat(11)} before Friday.`

    expect(withoutKeys(body)).toBe('Come back: https://example.org/l/north.… before Friday.')
  })
})

describe('A message that its sender did not take', () => {
  it('is tried again soon at first, then ever later, and at least every half hour', () => {
    const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8].map((tries) => now.until(nextTry(tries, now)).total('minutes'))

    expect(minutes).toEqual([1, 4, 16, 30, 30, 30, 30, 30])
  })
})

describe('A text that came in', () => {
  it.each([
    ...['STOP', ' Stop. ', 'STOPALL', 'stop all', '“Stop!!”', 'Unsubscribe', 'opt-out', 'Stop texting me please'],
    ...['Proszę, nie piszcie!', 'WYPISZ MNIE', 'nie chce wiecej smsow', 'بند کریں', 'سٹاپ', 'براہ کرم بند کر دیں'],
    ...['إيقاف', 'ايقاف', 'أَوقِفوا', 'الغاء الاشتراك', 'Peidiwch, os gwelwch yn dda', 'dad-danysgrifio', 'Dim mwy'],
  ])('of “%s” asks for no more', (words) => expect(readReply(words)).toBe('no more'))

  it.each([
    ...['CANCEL', 'Cancel please.', 'cancel my appointment', 'Odwołuję wizytę', 'odwoluje', 'ANULUJ'],
    ...['منسوخ', 'کینسل کر دیں', 'إلغاء', 'الغاء الموعد', 'ألغوا الموعد، شكراً', 'Canslo', 'canslo’r apwyntiad'],
  ])('of “%s” asks to cancel, and not for silence', (words) => expect(readReply(words)).toBe('cancel'))

  it.each([
    ...['The bus does not stop there', 'Stop, I cannot do Tuesday', 'Can we end at 11?', 'I want to cancel Tuesday'],
    ...['Do not cancel', 'Non-stop pain', 'please', '', '?', 'Nie odwołuj', 'لا تلغوا الموعد', 'Peidiwch â chanslo'],
  ])('of “%s” is read by somebody', (words) => expect(readReply(words)).toBeUndefined())

  it('is understood in every language of the pages, and nothing in it means both', () => {
    const { languages } = meanings()
    const words = Object.values(languages)
    const all = words.flatMap(({ noMore, cancel }) => [
      ...noMore.map((one) => [one, readReply(one)]),
      ...cancel.map((one) => [one, readReply(one)]),
    ])

    expect(Object.keys(languages).toSorted()).toEqual(languageCodes.filter((one) => one !== 'easy-read').toSorted())
    expect(all).toEqual(
      words.flatMap(({ noMore, cancel }) => [
        ...noMore.map((one) => [one, 'no more']),
        ...cancel.map((one) => [one, 'cancel']),
      ]),
    )
  })
})

describe('A postal address', () => {
  it.each([
    ['1 High Street\nLeeds\n LS1 1AA \n', ['1 High Street', 'Leeds', 'LS1 1AA']],
    ['Flat 2, 1 High Street\nLeeds', ['Flat 2, 1 High Street', 'Leeds']],
    ['1 High Street, Leeds, LS1 1AA', ['1 High Street', 'Leeds', 'LS1 1AA']],
  ])('typed as %j is read line by line', (address, lines) => expect(linesOf(address)).toEqual(lines))
})

describe('The messages of a week', () => {
  const at = (text: string) => Temporal.Instant.from(text)
  const two = [at('2026-01-05T10:00:00Z'), at('2026-01-02T10:00:00Z')]

  it('are enough once there are as many as the area sends, until the oldest of the newest is a week old', () => {
    expect(enoughUntil(two, 2)).toEqual(at('2026-01-09T10:00:00Z'))
    expect(enoughUntil([...two, at('2026-01-01T10:00:00Z')], 2)).toEqual(at('2026-01-09T10:00:00Z'))
    expect(enoughUntil(two, 3)).toBeUndefined()
  })

  it.each([
    ['about an appointment', { kind: 'appointment.reminder' }, false],
    ['that was asked for just now', { allowedBy: 'asked-for' }, false],
    ['with a link that was asked for anew', { kind: 'link.renewed' }, false],
    ['to whoever referred them', { recipient: 'another' }, false],
    ['of any other kind', {}, true],
  ] as const)('count one %s: %j', (_what, change, counts) => {
    const message = { person: 'p', recipient: 'person', kind: 'plan.reminder', allowedBy: 'permission' } as const

    expect(isCounted({ ...message, ...change })).toBe(counts)
  })
})
