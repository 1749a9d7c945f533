import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { referenceOf } from '#journey/onward/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEmailAnswer, answeredByEmail } from '#test/people/emailed.ts'
import { arrives, keptMails, looks, lyingIn } from '#test/people/mail.ts'
import { aSentOnward, anInbox } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'
import { limits } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const emailsAbout = async (onward: string) => {
  const { rows } = await app.owner.query(
    `select kind, words, reads, to_char(reads_day, 'YYYY-MM-DD') as day, known, whole, files, from_name, from_address
     from emailed_answer.email where referral = $1 order by id`,
    [onward],
  )
  return rows
}
const stateOf = async (onward: string) => {
  const { rows } = await app.owner.query('select state from onward.referral where id = $1', [onward])
  return rows[0]?.state
}
const newestMail = async () => (await keptMails(app)).at(-1)

describe('An email in which a service answers', () => {
  it('is heard and not believed: its own words and what they would say, and nothing is kept of the referral', async () => {
    const { onward } = await answeredByEmail(app, 'WAIT 3 March 2026\nWe will ring.')

    expect(await emailsAbout(onward)).toEqual([
      {
        ...{ kind: 'answer', words: 'WAIT 3 March 2026\nWe will ring.', reads: 'waiting', day: '2026-03-03' },
        ...{ known: true, whole: true, files: 0, from_name: 'Ada Lowe', from_address: 'intake@riverside.example.org' },
      },
    ])
    expect(await stateOf(onward)).toBe('sent')
    expect(lyingIn(app).waiting).toBe(0)
    expect(await newestMail()).toBeUndefined()
  })

  it('is not read where it says more than a word, also where what it quotes says no', async () => {
    const { onward } = await answeredByEmail(app, 'Could you tell us more about them?')

    expect(await emailsAbout(onward)).toMatchObject([{ words: 'Could you tell us more about them?', reads: null }])
  })

  it('is taken once, however often it comes and by whichever way', async () => {
    const { onward } = await aSentOnward(app)
    const email = await anEmailAnswer(onward, 'YES')
    await arrives(app, email, email)
    await arrives(app, Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), email]))

    expect(await emailsAbout(onward)).toHaveLength(1)
    expect(lyingIn(app)).toMatchObject({ waiting: 0, unread: 0 })
  })

  it('is read as its words where it is a page alone, without what the page quotes', async () => {
    const { onward } = await aSentOnward(app)
    const html =
      '<p>Yes</p><div class="gmail_quote">On Monday, North wrote:<blockquote>A no helps too</blockquote></div>'
    await arrives(app, await anEmailAnswer(onward, '', { text: '', html: `${html}<script>alert(1)</script>` }))

    expect(await emailsAbout(onward)).toMatchObject([{ words: 'Yes', reads: 'accepted' }])
  })

  it('larger than we read is shown as one that somebody has to look for', async () => {
    const { onward } = await aSentOnward(app)
    const large = { filename: 'scan.bin', content: Buffer.alloc(limits.bytes) }
    await arrives(app, await anEmailAnswer(onward, 'YES', { attachments: [large] }))

    expect(await emailsAbout(onward)).toMatchObject([{ kind: 'answer', words: null, reads: null, whole: false }])
  })

  it('keeps no file that came with it, and says that there was one', async () => {
    const { onward } = await aSentOnward(app)
    const logo = { filename: 'logo.png', content: Buffer.from('a picture') }
    await arrives(app, await anEmailAnswer(onward, 'YES', { attachments: [logo] }))

    expect(await emailsAbout(onward)).toMatchObject([{ reads: 'accepted', files: 1 }])
    expect((await app.owner.query('select from incoming.file')).rowCount).toBe(0)
  })
})

describe('Whoever an email says that it is from', () => {
  it('is known where a link went there, where it is on the listing, or where they answer in the inbox', async () => {
    const service = await aService(app, { name: 'Debt advice of the quay', email: 'desk@quay.example.org' })
    await anInbox(app, service)
    const { onward } = await aSentOnward(app, { service })
    const { rows } = await app.owner.query('select email from organisations.member where id = $1', [
      app.cast.serviceLead.membership,
    ])
    for (const from of [
      'DESK@quay.example.org',
      rows[0]?.email,
      'intake@riverside.example.org',
      'evil@quay.example.org',
    ])
      await arrives(app, await anEmailAnswer(onward, 'YES', { from }))

    expect((await emailsAbout(onward)).map(({ known }) => known)).toEqual([true, true, true, false])
  })
})

describe('A message that no service wrote', () => {
  it('that says that somebody is away is no answer, and one that says that ours did not arrive is told from it', async () => {
    const { onward } = await aSentOnward(app)
    await arrives(
      app,
      await anEmailAnswer(onward, 'I am away. No help until Monday', { headers: { 'Auto-Submitted': 'auto-replied' } }),
    )
    await arrives(app, bounceOf(onward))

    expect((await emailsAbout(onward)).map(({ kind, reads }) => [kind, reads])).toEqual([
      ['automatic', null],
      ['not-arrived', null],
    ])
  })

  it('speaks of no request here: it waits with the forms, as an answer to a request that we do not find', async () => {
    const { onward } = await aSentOnward(app)
    const elsewhere = '01234567-89ab-7def-8123-4567beefcafe'
    const unasked = await anEmailAnswer(elsewhere, 'YES')
    await arrives(app, unasked)
    const lost = await newestMail()
    await app.owner.query('update onward.referral set asked_at = null where id = $1', [onward])
    await arrives(app, await anEmailAnswer(onward, 'YES'))

    const page = await (await app.as(app.cast.administrator)).open(`/mailbox/${lost?.id ?? ''}`)

    expect(page.text).toMatch(/we do not find which. Ask whoever wrote it for the code in our email/)
    expect(lost).toMatchObject({ reason: 'It answers a request to a service, and we do not find which' })
    expect(await newestMail()).toMatchObject({ reason: lost?.reason })
    expect(await emailsAbout(onward)).toEqual([])
    expect(lyingIn(app).unread).toBeGreaterThanOrEqual(2)
  })

  it('says nothing of a request of another area, whichever address it is sent to', async () => {
    const { onward } = await aSentOnward(app)
    const folder = join(app.settings.home, 'mailbox', 'south')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'answer.eml'), await anEmailAnswer(onward, 'YES'))
    await looks(app, 'south')

    expect(await emailsAbout(onward)).toEqual([])
    expect(await keptMails(app, 'south')).toMatchObject([{ reason: /answers a request to a service/ }])
  })
})

const bounceOf = (onward: string): Buffer =>
  Buffer.from(
    [
      ...['From: Mail <MAILER-DAEMON@mx.example>', 'To: answers@north.example', 'Subject: Undelivered mail'],
      ...['Message-ID: <bounce@mx.example>', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0'],
      ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', ''],
      ...['--b', 'Content-Type: text/plain', '', 'It did not go.'],
      ...['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', 'Action: failed'],
      ...[
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Subject: A referral (${referenceOf(onward)})`,
        '--b--',
        '',
      ],
    ].join('\r\n'),
  )
