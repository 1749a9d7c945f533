import { describe, expect, it } from 'vitest'
import { ownWords, readAnswer, replyIn, type Sent } from './rules.ts'

const cameOn = Temporal.PlainDate.from('2026-01-05')
const day = (text: string) => Temporal.PlainDate.from(text)
const read = (line: string) => readAnswer(line, cameOn)
const nothing = { reads: null, reason: null, day: null }

describe('An answer of one word', () => {
  it.each([
    ['YES', { reads: 'accepted' }],
    ['\n*Yes*, thank you.\nWe will ring on Monday', { reads: 'accepted' }],
    ['No', { reads: 'declined' }],
    ['NO - full', { reads: 'declined', reason: 'full' }],
    ['No: outside our area', { reads: 'declined', reason: 'not-here' }],
    ['WAIT', { reads: 'waiting' }],
    ['Wait until 3 March 2026', { reads: 'waiting', day: day('2026-03-03') }],
    ['WAIT 3/3/26', { reads: 'waiting', day: day('2026-03-03') }],
    ['wait 3 March', { reads: 'waiting', day: day('2026-03-03') }],
    ['WAIT about 6 weeks', { reads: 'waiting', day: day('2026-02-16') }],
    ['STARTED on 29 December', { reads: 'started', day: day('2025-12-29') }],
    ['Ended 2 January 2026', { reads: 'ended', day: day('2026-01-02') }],
  ])('is read where the line says it and no more: %s', (line, expected) => {
    expect(read(line)).toEqual({ ...nothing, ...expected })
  })

  it.each([
    ...['No problem, we can take them', 'Yes, but not before March', 'Not sure yet', 'WAIT 3 March 2025'],
    ...['STARTED 3 March 2026', 'ENDED on 31 February 2026', 'We started on Monday', 'Dear team', '', 'NOT'],
  ])('is left to a coach where more stands there, or what cannot be: %s', (line) => {
    expect(read(line)).toEqual(nothing)
  })
})

describe('What somebody wrote themselves', () => {
  const below = '> Can you help? A no helps too.\n> Ring us.'

  it.each([
    ['above what is quoted', `YES\n\nOn Monday, North <a@b.example> wrote:\n${below}`],
    ['above a head that was broken over', `YES\n\nOn Mon, 5 Jan 2026 at 10:00, North\n<a@b.example> wrote:\n${below}`],
    ['below what is quoted', `On Monday, North <a@b.example> wrote:\n${below}\n\nYES`],
    ['without marks, as a page quotes', 'YES\n\nOn Monday, North wrote:\nCan you help? A no helps too.'],
    ['as Outlook quotes', 'YES\n\nFrom: North <a@b.example>\nSent: 05 January 2026 10:00\nTo: Us\n\nCan you help?'],
    ['as Outlook marks it', 'YES\n\n*From:* North\n*Sent:* Monday\n\nA no helps too'],
    ['beneath its line', `YES\n\n________________________________\nFrom: North\nA no helps too`],
    ['as others quote', 'YES\n\n-----Original Message-----\nA no helps too'],
    ['before a signature', 'YES\n-- \nAda Lowe\nNo reply needed'],
    ['before what a telephone adds', 'YES\r\n\r\nSent from my iPhone\r\n'],
  ])('is told from the rest: %s', (_where, text) => {
    expect(ownWords(text)).toBe('YES')
  })

  it('is all of it where nothing would be left, and what only looks like a head stays', () => {
    expect(ownWords('> We said yes')).toBe('> We said yes')
    expect(ownWords('On Monday we can see them.\nFrom: ten o’clock')).toBe(
      'On Monday we can see them.\nFrom: ten o’clock',
    )
  })

  it.each(['<a ', '<br ', '<div class="', '<script ', '</script ', ' \n'])(
    'is found in no time, however a message is made: %s',
    (again) => {
      const page = again.repeat(500_000 / again.length)
      const before = performance.now()
      replyIn({ ...letter, text: '', page })
      replyIn({ ...letter, text: `On ${page}From: ` })
      expect(performance.now() - before).toBeLessThan(1000)
    },
  )
})

const letter: Sent = { headings: new Map(), subject: 'Re: A referral (7C9E2F10)', text: 'YES', page: '', files: [] }
const headed = (name: string, value: string): Sent => ({ ...letter, headings: new Map([[name, value]]) })

describe('A message', () => {
  it('names the requests that it may speak of, in its subject, its words and what it sends back', () => {
    const returned = { type: 'message/rfc822', start: 'Subject: A referral (0a1b2c3d)' }
    expect(replyIn({ ...letter, text: 'YES to AAAA1111', files: [returned] }).references).toEqual([
      ...['7C9E2F10', 'AAAA1111', '0A1B2C3D'],
    ])
    expect(replyIn({ ...letter, subject: 'Hello' })).toMatchObject({ references: [], isOfRequest: false })
  })

  it.each([
    ['auto-submitted', 'auto-replied'],
    ['x-autoreply', 'yes'],
    ['precedence', 'auto_reply'],
    ['precedence', 'bulk'],
    ['content-type', 'multipart/report; report-type=disposition-notification'],
  ])('that a machine sent by itself is no answer: %s: %s', (name, value) => {
    expect(replyIn(headed(name, value)).kind).toBe('automatic')
  })

  it('that somebody wrote is one, also where its headings say so in as many words', () => {
    expect(replyIn(headed('auto-submitted', 'no')).kind).toBe('answer')
    expect(replyIn({ ...letter, subject: 'Automatic reply: A referral (7C9E2F10)' }).kind).toBe('automatic')
  })

  it('that says that ours did not arrive is told from one that says it is late', () => {
    const report = (action: string): Sent => ({
      ...headed('content-type', 'multipart/report; report-type=delivery-status'),
      files: [{ type: 'message/delivery-status', start: `Reporting-MTA: dns; a.example\n\nAction: ${action}\n` }],
    })
    expect([replyIn(report('failed')).kind, replyIn(report('delayed')).kind]).toEqual(['not-arrived', 'automatic'])
  })
})
