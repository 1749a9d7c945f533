import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '#platform/notify/rules.ts'
import { type NotifyService, startNotify } from '#test/neighbours/govuk-notify.ts'
import { meaningOf, type NotifyAccount, readKey, readReference, referenceOf } from './rules.ts'
import { notifySender } from './sender.ts'

let notify: NotifyService
beforeAll(async () => {
  notify = await startNotify()
})
beforeEach(() => {
  notify.taken.length = 0
  notify.next.length = 0
})
afterAll(() => notify.close())

const account = (change: Partial<NotifyAccount> = {}): NotifyAccount => {
  const read = readKey(notify.key)
  if (!read) throw new Error('The key of the stub is none')
  return { ...read, url: notify.url, templates: notify.templates, callbackToken: undefined, ...change }
}
const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
const sender = (change?: Partial<NotifyAccount>) => notifySender({ shared: account(change), ofArea: {} })

const text: Message = {
  ...{ area: 'north', id: '0199b0d2-0000-7000-8000-000000000001', person: null, recipient: 'person', kind: 'note' },
  ...{ channel: 'text', address: '07700 900123', subject: null, body: 'We meet tomorrow at 10:30.' },
  ...{ about: null, allowedBy: 'asked-for', link: null },
}
const letter: Message = {
  ...text,
  channel: 'letter',
  subject: 'Your appointment',
  address: 'Sam Taylor\n1 High Street\nLeeds\nLS1 1AA',
}

describe('GOV.UK Notify', () => {
  it.each([
    ['a text', text, 'sms', '07700 900123'],
    [
      'an email',
      { ...text, channel: 'email', address: 'sam@example.org', subject: 'Tomorrow' },
      'email',
      'sam@example.org',
    ],
    ['a letter', letter, 'letter', 'Sam Taylor\n1 High Street\nLeeds\nLS1 1AA'],
  ] as const)(
    'is given %s with the words and the address, under a reference that says nothing',
    async (_what, message, type, to) => {
      expect(await sender().send(message, { again: false, now })).toEqual({ sent: true })

      const reference = 'north.0199b0d2-0000-7000-8000-000000000001'
      expect(notify.taken).toEqual([expect.objectContaining({ type, to, reference, body: text.body })])
    },
  )

  it('is told by its own id where an email is answered, of those that are to be answered and of no other', async () => {
    const { replyTo } = notify
    const answered = ({ kind }: Message) => (kind === 'onward.sent' ? 'answers@north.example' : undefined)
    const email = { ...text, channel: 'email', address: 'sam@example.org', subject: 'Can you help?' } as const
    const answering = notifySender({ shared: account({ replyTo }), ofArea: {} }, answered)
    for (const kind of ['onward.sent', 'note']) await answering.send({ ...email, kind }, { again: false, now })
    await answering.send({ ...text, kind: 'onward.sent' }, { again: false, now })

    expect(notify.taken.map((one) => one.replyTo)).toEqual([replyTo, undefined, undefined])
  })

  it('is given an address of nine lines on the seven it takes, the postcode last', async () => {
    const address = [
      'Sam',
      'Flat 1',
      'Block 2',
      'The Yard',
      'Mill Lane',
      'Beeston',
      'Leeds',
      'West Yorkshire',
      'LS11 5AA',
    ].join('\n')

    await sender().send({ ...letter, address }, { again: false, now })

    expect(notify.taken[0]?.to.split('\n')).toEqual([
      'Sam',
      'Flat 1',
      'Block 2',
      'The Yard',
      'Mill Lane',
      'Beeston, Leeds, West Yorkshire',
      'LS11 5AA',
    ])
  })

  it.each([
    ['an address it does not take', { ...text, address: 'nowhere' }, 'did not accept the address'],
    ['a letter without a whole address', { ...letter, address: 'Leeds\nLS1 1AA' }, 'did not accept the address'],
  ] as const)('refuses %s for good', async (_what, message, reason) => {
    const carried = await sender().send(message, { again: false, now })

    expect(carried).toEqual({ sent: false, reason: expect.stringContaining(reason) })
    expect(notify.taken).toEqual([])
  })

  it('that does not accept the key keeps every message waiting, is asked once in a quarter of an hour, and is news once', async () => {
    const wrong = sender({ secret: '00000000-91a2-4b3c-8d4e-5f60718293a4' })
    const before = notify.asked()
    const first = await wrong.send(text, { again: false, now })
    const more = [
      await wrong.send(letter, { again: false, now: now.add({ minutes: 5 }) }),
      await wrong.send(text, { again: true, now: now.add({ minutes: 14 }) }),
    ]
    const asked = notify.asked() - before
    const later = await wrong.send(text, { again: true, now: now.add({ minutes: 15 }) })

    expect(first).toEqual({ stopped: expect.stringContaining('does not accept the key'), minutes: 15, isNews: true })
    expect(more).toMatchObject([
      { minutes: 10, isNews: false },
      { minutes: 1, isNews: false },
    ])
    expect(asked).toBe(1)
    expect(later).toMatchObject({ minutes: 15, isNews: false })
    expect(notify.taken).toEqual([])
  })

  it('that is at its limit of the minute or of the day is asked again later, and counts as no failure', async () => {
    notify.next.push('rate', 'day')

    expect(await sender().send(text, { again: false, now })).toMatchObject({ minutes: 1 })
    expect(await sender().send(text, { again: false, now })).toMatchObject({ minutes: 60 })
    expect(await sender().send(text, { again: false, now })).toEqual({ sent: true })
  })

  it('that has a fault, or cannot be reached, throws, so that the message is brought again', async () => {
    notify.next.push('fault')

    await expect(sender().send(text, { again: false, now })).rejects.toThrow('answered 500')
    await expect(sender({ url: 'http://127.0.0.1:1' }).send(text, { again: false, now })).rejects.toThrow()
  })

  it('that took a message and was not heard to the end is not given it twice', async () => {
    notify.next.push('unheard')

    await expect(sender().send(text, { again: false, now })).rejects.toThrow()
    expect(await sender().send(text, { again: true, now })).toEqual({ sent: true })
    expect(notify.taken).toHaveLength(1)
  })

  it('is given a letter behind a link, for eight weeks and only to whom the email went, where there is a template for it', async () => {
    const mail = { ...text, channel: 'email', address: 'practice@example.org', subject: 'Your referral' } as const
    const file = { name: 'letter-WW-1.pdf', content: Buffer.from('A page') }
    const { file: behindLink, ...usual } = notify.templates
    const words = sender({ templates: usual })

    expect([sender().attaches?.(mail), words.attaches?.(mail)]).toEqual([true, false])
    for (const one of [sender(), words])
      expect(await one.send(mail, { again: false, now, letter: file })).toEqual({ sent: true })
    expect(await sender().send(mail, { again: false, now })).toEqual({ sent: true })
    const kept = { file: 'QSBwYWdl', filename: 'letter-WW-1.pdf', confirm_email_before_download: true }
    expect(notify.taken.map(({ template, file: sent }) => [template, sent])).toEqual([
      [behindLink, { ...kept, retention_period: '8 weeks' }],
      [usual.email, undefined],
      [usual.email, undefined],
    ])
  })

  it('carries an area’s messages by the area’s own account where it has one, and only channels it has a template for', () => {
    const own = { ...account(), templates: { email: notify.templates.email } }
    const both = notifySender({ shared: account(), ofArea: { south: own } })

    const carries = (['north', 'south'] as const).map((area) =>
      (['email', 'text'] as const).map((channel) => both.carries({ area, channel })),
    )

    expect(carries).toEqual([
      [true, true],
      [true, false],
    ])
  })
})

describe('An answer of GOV.UK Notify', () => {
  it.each([
    [201, [], { sent: true }],
    [400, ['ValidationError'], { sent: false }],
    [400, ['BadRequestError'], { sent: false }],
    [403, ['AuthError'], { minutes: 15 }],
    [403, ['BadRequestError'], { minutes: 15 }],
    [404, ['NoResultFound'], { sent: false }],
    [429, ['RateLimitError'], { minutes: 1 }],
    [429, ['TooManyRequestsError'], { minutes: 60 }],
    [429, [], { minutes: 1 }],
  ] as const)('of %i %j is final, or waits, by its status and code alone', (status, errors, meaning) => {
    expect(meaningOf({ status, errors })).toMatchObject(meaning)
  })

  it.each([500, 502, 503])('of %i is a failure that passes', (status) => {
    expect(meaningOf({ status, errors: ['Exception'] })).toBeUndefined()
  })
})

describe('A reference', () => {
  it('leads back to its message, and nothing else does', () => {
    expect(readReference(referenceOf(text))).toEqual({ area: text.area, id: text.id })
    for (const other of [null, '', 'north', 'north.1', `a b.${text.id}`]) expect(readReference(other)).toBeUndefined()
  })
})
