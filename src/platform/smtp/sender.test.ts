import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '#platform/notify/rules.ts'
import { type MailServerPlayed, startMailServer } from '#test/neighbours/mail-server.ts'
import { mailSender } from './sender.ts'

let server: MailServerPlayed
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(() => {
  server.taken.length = 0
  server.refuses = undefined
})
afterAll(() => server.close())

const email: Message = {
  ...{ area: 'north', id: '0199b0d2-0000-7000-8000-000000000001', person: null, recipient: 'person', kind: 'note' },
  ...{ channel: 'email', address: 'sam@example.org', subject: 'Tomorrow', body: 'We meet at 10:30 – see you there.' },
  ...{ about: null, allowedBy: 'asked-for', link: null },
}
const send = (change: Partial<Message> = {}) =>
  mailSender({ url: server.url, from: 'WorkWell <no-reply@example.org>' }).send(
    { ...email, ...change },
    { again: false, now: Temporal.Instant.from('2026-01-05T10:00:00Z') },
  )

describe('A mail server', () => {
  it('is given an email as plain text, with an id by which it is known when it comes again', async () => {
    expect(await send()).toEqual({ sent: true })
    expect(await send()).toEqual({ sent: true })

    const ids = server.taken.map(({ text }) => /^message-id: (.*)$/im.exec(text)?.[1])
    expect(ids).toEqual(['<north.0199b0d2-0000-7000-8000-000000000001@workwell>', ids[0]])
    expect(server.taken[0]).toMatchObject({ to: ['sam@example.org'] })
    expect(server.taken[0]?.text).toMatch(/^content-type: text\/plain/im)
    expect(server.taken[0]?.text).toMatch(/^auto-submitted: auto-generated/im)
  })

  it('is told where an email is answered, of those that are to be answered and of no other', async () => {
    const answered = ({ kind }: Message) => (kind === 'onward.sent' ? 'answers@north.example' : undefined)
    const sender = mailSender({ url: server.url, from: 'WorkWell <no-reply@example.org>' }, answered)
    const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
    for (const kind of ['onward.sent', 'note']) await sender.send({ ...email, kind }, { again: false, now })

    expect(server.taken.map(({ text }) => /^reply-to: (.*)$/im.exec(text)?.[1])).toEqual([
      'answers@north.example',
      undefined,
    ])
  })

  it('that does not know the address refuses the email for good', async () => {
    server.refuses = 550

    expect(await send()).toEqual({ sent: false, reason: expect.stringContaining('(550)') })
  })

  it.each([450, 535])('that answers %i, or is away, throws, so that the email is brought again', async (code) => {
    server.refuses = code
    await expect(send()).rejects.toThrow()

    const away = mailSender({ url: 'smtp://127.0.0.1:1', from: 'a@example.org' })
    await expect(
      away.send(email, { again: false, now: Temporal.Instant.from('2026-01-05T10:00:00Z') }),
    ).rejects.toThrow()
  })

  it('is not told of a second address, nor given a heading, by what somebody typed', async () => {
    await send({ address: 'sam@example.org, other@example.org', subject: 'Tomorrow\r\nBcc: third@example.org' }).catch(
      () => undefined,
    )

    const told = server.taken.flatMap(({ to }) => to)
    expect(told).not.toContain('other@example.org')
    expect(told).not.toContain('third@example.org')
  })

  it('carries emails and nothing else', () => {
    const { carries } = mailSender({ url: server.url, from: 'a@example.org' })

    expect((['email', 'text', 'letter'] as const).map((channel) => carries({ area: 'north', channel }))).toEqual([
      true,
      false,
      false,
    ])
  })
})
