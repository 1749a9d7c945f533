import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { erasePeople } from '#journey/erasure/store.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { filledIn } from '#test/editing/filled.ts'
import { tablesThatHold } from '#test/erasing/catalogue.ts'
import { anEmailAnswer, answeredByEmail } from '#test/people/emailed.ts'
import { arrives } from '#test/people/mail.ts'
import { aSentOnward, anInbox } from '#test/people/onward.ts'
import { aService } from '#test/people/services.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const onwardOf = async (person: string) => (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]
const formOf = ({ onward, email }: { onward: string; email: string }) =>
  `/onward/${onward}/happenings/new?email=${email}`
const settledAs = async (email: string) => {
  const { rows } = await app.owner.query('select settled_as, event from emailed_answer.email where id = $1', [email])
  return rows[0]
}

/** The lines of a coach's day that lead to this referral. */
async function dayOf({ browser, onward }: Pick<Awaited<ReturnType<typeof answeredByEmail>>, 'browser' | 'onward'>) {
  const { html } = await browser.open('/day')
  return html
    .split('</tr>')
    .filter((row) => row.includes(`/onward/${onward}"`))
    .join('')
}

/** What a coach sees who opens the form for an email, ready to be sent as it stands. */
async function opened(heard: Awaited<ReturnType<typeof answeredByEmail>>, also = '') {
  const page = await heard.browser.open(`${formOf(heard)}${also}`)
  return { page, fields: filledIn(page.html, `/onward/${heard.onward}/happenings`) }
}

describe('A coach whose service has answered by email', () => {
  it('reads it on their day and on the referral, with what it would say; nothing is kept before they say so', async () => {
    const heard = await answeredByEmail(app, 'WAIT 3 March 2026')
    const { onward, browser, person } = heard
    const page = await browser.open(`/onward/${onward}`)

    expect(await dayOf(heard)).toContain('An answer about a service came by email')
    expect(page.text).toMatch(/Ada Lowe, intake@riverside\.example\.org.*WAIT 3 March 2026/)
    expect(page.text).toContain('We read it as: they accept, and there is a wait, 3 March 2026.')
    expect(page.text).not.toContain('From an address that we do not know')
    expect((await onwardOf(person))?.state).toBe('sent')
  })

  it('keeps it as it was read: by whom, by which way and who wrote it down; it waits no more', async () => {
    const heard = await answeredByEmail(app, 'WAIT 3 March 2026\nWe will ring them.')
    const { page, fields } = await opened(heard)
    await heard.browser.send(`/onward/${heard.onward}/happenings`, fields)
    const kept = (await onwardOf(heard.person))?.events.at(-1)
    const after = await heard.browser.open(`/onward/${heard.onward}`)

    expect(page.text).toMatch(/Keep what they wrote.*WAIT 3 March 2026/)
    expect(kept).toMatchObject({ kind: 'waiting', witness: 'service', how: 'email', byName: 'Ada Lowe' })
    expect([`${kept?.onDay}`, kept?.note, kept?.by]).toEqual(['2026-03-03', 'We will ring them.', 'Carol Coach'])
    expect(await settledAs(heard.email)).toEqual({ settled_as: 'kept', event: kept?.id })
    expect(after.text).toMatch(/by email, written down by/)
    expect(after.text).toContain('Kept as their answer by')
    expect(await dayOf(heard)).toBe('')
  })

  it('keeps it so that the service reads it in its own inbox as what it said by email', async () => {
    const service = await aService(app, { name: 'Debt advice of the lock' })
    await anInbox(app, service)
    const heard = await answeredByEmail(app, 'YES', { service })
    const { fields } = await opened(heard)
    await heard.browser.send(`/onward/${heard.onward}/happenings`, { ...fields, byName: '' })
    const page = await (await app.as(app.cast.serviceLead)).open(`/inbox/${heard.onward}`)

    expect(page.text).toMatch(/Accepted.*by email/)
    expect(page.text).not.toContain('intake@')
  })

  it('says that it says something else, or what it means where nothing was read: nothing is chosen for them', async () => {
    const heard = await answeredByEmail(app, 'YES\nBut not before the summer.')
    const { fields } = await opened(heard, '&unread=yes')
    const unread = await answeredByEmail(app, 'No problem, send them along')
    const page = await unread.browser.open(`/onward/${unread.onward}`)

    expect([fields['said'], [fields['note']].flat()]).toEqual([undefined, ['YES\nBut not before the summer.']])
    expect(page.text).toContain('We could not read it as one of the words we asked for: say what it means.')
    expect(page.text).not.toContain('Keep this as their answer')
    expect((await opened(unread)).fields['said']).toBeUndefined()
  })

  it('says that it is none: nothing is kept of the referral, and the words stay to be read', async () => {
    const heard = await answeredByEmail(app, 'Thank you, we will look')
    const { onward, email, browser, person } = heard
    await browser.send(`/onward/${onward}/emails/${email}/reading`)
    const page = await browser.open(`/onward/${onward}`)

    expect(await settledAs(email)).toEqual({ settled_as: 'no-answer', event: null })
    expect([(await onwardOf(person))?.state, page.text.includes('Thank you, we will look')]).toEqual(['sent', true])
    expect(await dayOf(heard)).toBe('')
  })

  it('keeps it once, where they press twice and where a colleague has dealt with it first', async () => {
    const heard = await answeredByEmail(app, 'YES')
    const { fields } = await opened(heard)
    const at = `/onward/${heard.onward}/happenings`
    await heard.browser.send(at, fields)
    const twice = await heard.browser.send(at, fields)
    const late = await heard.browser.send(at, { ...fields, id: newId(), version: `${Number(fields['version']) + 1}` })
    const gone = await heard.browser.send(`/onward/${heard.onward}/emails/${heard.email}/reading`)

    expect([twice.status, late.status]).toEqual([303, 409])
    expect(late.text).toContain('Somebody has dealt with the email meanwhile')
    expect((await onwardOf(heard.person))?.events.filter(({ kind }) => kind === 'accepted')).toHaveLength(1)
    expect((await heard.browser.open(`/onward/${heard.onward}`)).text).toContain(
      'Somebody has dealt with this email already',
    )
    expect(gone.status).toBe(303)
    expect(await settledAs(heard.email)).toMatchObject({ settled_as: 'kept' })
  })

  it('is not offered what does not fit what was kept since, and reads why it was declined', async () => {
    const heard = await answeredByEmail(app, 'NO full')
    const at = `/onward/${heard.onward}`
    const before = await heard.browser.open(at)
    await arrives(app, await anEmailAnswer(heard.onward, 'STARTED 5 January'))
    const { rows } = await app.owner.query<{ id: string }>(
      `select id from emailed_answer.email where referral = $1 and reads = 'started'`,
      [heard.onward],
    )
    const { fields } = await opened({ ...heard, email: rows[0]?.id ?? '' })
    await heard.browser.send(`${at}/happenings`, fields)
    const after = await heard.browser.open(at)

    expect(before.text).toMatch(/We read it as: they decline, “We have no places/)
    expect(before.text).toContain('Keep this as their answer')
    expect(after.text).toContain('That does not fit what has been kept since')
    expect(after.text).not.toContain('Keep this as their answer')
  })

  it('is warned where it says that it comes from an address that nobody knows', async () => {
    const { onward, browser } = await aSentOnward(app)
    await arrives(app, await anEmailAnswer(onward, 'YES', { from: 'Mallory <mallory@evil.example>' }))

    const { rows } = await app.owner.query<{ id: string }>('select id from emailed_answer.email where referral = $1', [
      onward,
    ])
    const keeping = await browser.open(`/onward/${onward}/happenings/new?email=${rows[0]?.id ?? ''}`)

    expect((await browser.open(`/onward/${onward}`)).text).toMatch(
      /An email came about this.*From an address that we do not know.*Ring the service before you keep/,
    )
    expect(keeping.text).toMatch(
      /From an address that we do not know.*Mallory, mallory@evil.example wrote.*Whom did you talk to there\?/,
    )
    expect(filledIn(keeping.html, `/onward/${onward}/happenings`)['byName']).toEqual([''])
  })

  it('reads one to a referral that was taken back, and can keep nothing of it', async () => {
    const { onward, browser } = await aSentOnward(app)
    await browser.send(`/onward/${onward}/withdrawal`, { id: newId(), version: '4', reason: 'not-needed' })
    await arrives(app, await anEmailAnswer(onward, 'STARTED'))
    const page = await browser.open(`/onward/${onward}`)

    expect(page.text).toMatch(/Withdrawn.*STARTED.*Nothing more can be kept of this referral/)
    expect(page.text).not.toContain('Keep this as their answer')
    expect(page.text).toContain('I have read it')
  })

  it('alone decides: nobody of another organisation finds it', async () => {
    const { onward, email } = await answeredByEmail(app)
    const other = await app.as(app.cast.providerCoach)
    const answers = [
      await other.open(`/onward/${onward}`),
      await other.open(formOf({ onward, email })),
      await other.send(`/onward/${onward}/emails/${email}/reading`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await settledAs(email)).toMatchObject({ settled_as: null })
  })
})

describe('What a machine sent for a service', () => {
  it('is told on the referral, and on the day only where our email did not arrive', async () => {
    const sent = await aSentOnward(app)
    const { onward, browser } = sent
    const away = { headers: { 'Auto-Submitted': 'auto-replied' } }
    await arrives(app, await anEmailAnswer(onward, 'I am away until Monday', away))
    const first = await dayOf(sent)
    await app.owner.query(
      `insert into emailed_answer.email (area, id, referral, digest, kind, known, whole, files, words, came_at)
       values ('north', gen_random_uuid(), $1, repeat('b', 64), 'not-arrived', false, true, 0, '', now())`,
      [onward],
    )
    const page = await browser.open(`/onward/${onward}`)

    expect(first).toBe('')
    expect(page.text).toMatch(
      /The email did not arrive.*An automatic reply, which is no answer.*I am away until Monday/,
    )
    expect(await dayOf(sent)).toContain('An email to a service did not arrive')
  })
})

const watch = async () => {
  await app.inArea('north', async (db) => app.product.jobs['onward.silence']?.(db, { area: 'north' }, app.clock.now))
  await app.work()
}
const kindsTo = async (onward: string) => {
  const { rows } = await app.owner.query('select kind, settled_as from notify.message where about = $1 order by id', [
    onward,
  ])
  return rows.map(({ kind, settled_as: as }) => `${kind} ${as}`)
}

describe('A service whose answer by email waits for a coach', () => {
  it('is not asked again and does not count as silent; once it is said to be no answer, it does', async () => {
    const { onward, email, person } = await answeredByEmail(app, 'Perhaps')
    app.clock.pass({ hours: 24 * 15 })
    await watch()
    const before = [(await onwardOf(person))?.state, await kindsTo(onward)]
    await (await app.as(app.cast.coach)).send(`/onward/${onward}/emails/${email}/reading`)
    await watch()

    expect(before).toEqual(['sent', ['onward.sent sent']])
    expect((await onwardOf(person))?.state).toBe('no-reply')
  })

  it('is not asked again by an email that was written before and has not gone', async () => {
    const { onward } = await aSentOnward(app)
    app.clock.set('2026-01-10T23:00:00Z')
    await watch()
    const before = await kindsTo(onward)
    await arrives(app, await anEmailAnswer(onward, 'YES'))
    app.clock.set('2026-01-11T12:00:00Z')
    await app.work()

    expect(before).toEqual(['onward.sent sent', 'onward.nudged null'])
    expect(await kindsTo(onward)).toEqual(['onward.sent sent', 'onward.nudged held back'])
  })
})

describe('What a service wrote by email', () => {
  it('is deleted 60 days after it came where nobody deals with it, and then keeps nothing waiting', async () => {
    const { onward, email } = await answeredByEmail(app, 'Her name is Quellbrunn')
    const nights = async (days: number) => {
      app.clock.pass({ days })
      await app.inArea('north', (db) => addJob(db, 'onward.forget-answers', { area: 'north' }))
      await app.work()
      return tablesThatHold(app.owner, ['Quellbrunn'])
    }
    const [before, after] = [await nights(59), await nights(1)]

    expect([before, after]).toEqual([['emailed_answer.email'], []])
    expect(await settledAs(email)).toMatchObject({ settled_as: null })
    const page = await (await app.as(app.cast.coach)).open(`/onward/${onward}`)
    expect(page.text).toContain('An email that nobody of the team dealt with')
  })

  it('stands in the copy that its person gets, and goes when they are erased', async () => {
    const { person, browser } = await answeredByEmail(app, 'He sounded like Quellmann')
    const manager = await app.as(app.cast.manager)
    const asked = { 'asked-day': '5', 'asked-month': '1', 'asked-year': '2026', how: 'in-person' }
    const copy = newId()
    await manager.send(`/people/${person}/copies`, { id: copy, ...asked })
    await manager.send(`/copies/${copy}/looker`, { member: app.cast.manager.membership })
    const record = await browser.open(`/people/${person}`)
    const part = await manager.open(`/copies/${copy}/parts/onward`)
    await app.owner.query('update episode.standing set ended_at = now() where person = $1', [person])
    await app.inArea('north', (db) => erasePeople(db, 'north', [person]))

    expect(part.text).toMatch(/an email came.*He sounded like Quellmann/)
    expect(record.text).toContain('an email came')
    expect(await tablesThatHold(app.owner, ['Quellmann'])).toEqual([])
  })
})
