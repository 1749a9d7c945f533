import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { allYes, dayFields, openedBehind, putToEmployer, readyToAsk, theirAnswers } from '#test/people/employer.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

type Put = Awaited<ReturnType<typeof putToEmployer>>
type Ready = Awaited<ReturnType<typeof readyToAsk>>
const silence = () => ({ id: newId(), saidHow: 'telephone' })
const noEmployer = () => ({ form: newId(), how: 'telephone', employer: 'no' })
const replyOf = async ({ proposal }: Put) =>
  (await app.owner.query('select id from three_way.reply where proposal = $1 order by number desc', [proposal])).rows[0]
    ?.id
const says = async (put: Put, what: string, more = {}) =>
  put.coach.sendAndFollow(`/three-way/${put.proposal}/consents`, {
    ...{ id: newId(), reply: await replyOf(put), says: what, ...more },
  })
const saysOwn = async (put: Put, what: string, more = {}) => {
  const me = await app.asParticipant(put.person)
  return me.sendAndFollow(`/my/work/${put.proposal}`, { id: newId(), reply: await replyOf(put), says: what, ...more })
}
const answered = async (fields = theirAnswers) => {
  const put = await putToEmployer(app)
  const behind = await openedBehind(app, put)
  return { ...put, behind, thanks: await behind.send(fields) }
}

describe('What is put to an employer', () => {
  it('is seen before it goes exactly as they will, and nothing of it stands in the message', async () => {
    const put = await putToEmployer(app)
    const preview = await put.coach.open(`/three-way/${put.proposal}/preview`)
    const { asks, page } = await openedBehind(app, put)
    const shown = /about Nadia Novak-\w+ ?: Could these be done\? What we share with you What helps: A break each hour/

    for (const { text } of [preview, page]) {
      expect(text).toMatch(shown)
      expect(text).toMatch(/The phased return to work .*Monday and Wednesday 8 hours No lifting/)
      expect(text).not.toMatch(/£|500|07700|born/i)
    }
    expect(asks.text).not.toMatch(/Nadia|chair/)
    expect(`${put.message.subject} ${put.message.body}`).not.toMatch(/Nadia|Novak|chair|Hillside/)
  })

  it('is read by the coach, each thing that was asked for, also before there is an answer', async () => {
    const { coach, proposal } = await putToEmployer(app)
    const { text } = await coach.open(`/three-way/${proposal}`)

    expect(text).toMatch(/Nobody has answered yet.*Asked for \(1\) [^()]*chair.*\(\d\) The phased return to work/i)
  })

  it('says once the person has died that nothing more goes out, and is only to be closed', async () => {
    const [put, said] = [await putToEmployer(app), await answered(allYes)]
    await app.owner.query(`update people.person set died_on = '2026-01-11' where id = any($1)`, [
      [put.person, said.person],
    ])
    for (const { coach, proposal } of [put, said]) {
      const { text, html } = await coach.open(`/three-way/${proposal}`)
      const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
      const buttons = [...main.matchAll(/<(?:button|a)[^>]*class="nhsuk-button[^>]*>([^<]*)/g)].map(
        ([, words]) => words,
      )

      expect(text).toMatch(
        /died on 11 January 2026 Nothing more goes to Jo Ray\. A link that they were sent does not open/,
      )
      expect(text).not.toMatch(/tell them this code|Tell the employer|Ask the person/)
      expect(buttons).toEqual(['Close it'])
    }
    const closed = await put.coach.sendAndFollow(`/three-way/${put.proposal}/closing`)

    expect(closed.text).toContain('Closed. It cannot be answered any more')
  })

  it('goes only as far as the person allowed it for this contact', async () => {
    const { coach, spell, workplace, chair, employer, sentence } = await readyToAsk(app)
    const put = { id: newId(), workplace, asks: 'Could we?', items: chair, withReturn: 'yes' }
    app.clock.pass({ minutes: 1 })
    await coach.send(`${employer}/${workplace}/saying`, { id: newId(), sentences: sentence, how: 'telephone' })
    const narrowed = await coach.send(`${spell}/three-way`, put)
    await coach.send(`${employer}/${workplace}/silence`, { id: newId(), saidHow: 'telephone' })
    const silent = await coach.send(`${spell}/three-way`, { ...put, asks: 'What I typed' })

    expect(narrowed.text).toMatch(/sees their adjustments .*sees their phased return/)
    expect([silent.status, silent.text]).toEqual([422, expect.stringContaining('Ask what may be said to them first')])
    expect(silent.html).toContain('What I typed')
  })

  it.each([
    [
      'the person takes it back',
      (put: Put) => put.coach.send(`${put.employer}/${put.workplace}/silence`, { id: newId(), saidHow: 'telephone' }),
    ],
    [
      'the person allows less of it',
      async (put: Put) => {
        app.clock.pass({ minutes: 1 })
        const less = { id: newId(), sentences: put.sentence, adjustments: 'yes', how: 'telephone' }
        return put.coach.send(`${put.employer}/${put.workplace}/saying`, less)
      },
    ],
    ['a sentence is taken away', (put: Put) => put.coach.send(`${put.employer}/sentences/${put.sentence}/withdrawal`)],
    ['it is closed', (put: Put) => put.coach.send(`/three-way/${put.proposal}/closing`)],
    [
      'nobody talks to them any more',
      (put: Put) =>
        put.coach.send(`${put.employer}/${put.workplace}/ending`, {
          version: '1',
          ...dayFields('ended', '2026-01-12'),
        }),
    ],
  ])('closes at once when %s, in the same words', async (_how, happens) => {
    const put = await putToEmployer(app)
    await happens(put)
    const closed = await app.visitor().open(put.link)

    expect([closed.status, closed.text]).toEqual([410, expect.stringContaining('no longer in use')])
    expect(closed.text).not.toMatch(/Nadia|chair/)
    await put.coach.send(`/three-way/${put.proposal}/sending`)
    await app.work()
    expect((await app.owner.query('select id from notify.message where about = $1', [put.proposal])).rows).toHaveLength(
      1,
    )
  })

  it.each([
    ['this employer', (put: Ready) => put.coach.send(`${put.employer}/${put.workplace}/silence`, silence())],
    ['employers in general', (put: Ready) => put.coach.send(`/people/${put.person}/agreements`, noEmployer())],
  ])('is not sent any more once the person takes back that %s may be told', async (_who, takesBack) => {
    const ready = await readyToAsk(app)
    const [proposal, other] = [newId(), newId()]
    const put = { id: proposal, workplace: ready.workplace, asks: 'Could this be done?', items: ready.chair }
    await ready.coach.send(`${ready.spell}/three-way`, put)
    await ready.coach.send(`/three-way/${proposal}/sending`)
    app.clock.pass({ minutes: 1 })
    await takesBack(ready)
    await app.work()
    const after = await ready.coach.send(`${ready.spell}/three-way`, { ...put, id: other })
    const letters = await app.owner.query(
      'select settled_as, reason from notify.message where about = any($1::uuid[])',
      [[proposal, other]],
    )

    expect(letters.rows).toEqual([{ settled_as: 'held back', reason: 'The person has taken back what allowed it' }])
    expect(after.status).toBe(422)
  })

  it('expires, and comes anew to the same address', async () => {
    const put = await putToEmployer(app)
    app.clock.pass({ hours: 24 * 29 })
    const visitor = app.visitor()
    const old = await visitor.open(put.link)
    const anew = await visitor.send(`${put.link}/renewal`)
    await app.work()
    const { rows } = await app.owner.query('select address from notify.message where kind = $1', ['link.renewed'])

    expect([old.status, anew.status, rows]).toEqual([410, 200, [{ address: 'jo@hillside.example.org' }]])
  })
})

describe('An employer’s answer', () => {
  it('stands on each adjustment and on the coach’s day until it is read', async () => {
    const { coach, spell, proposal, thanks, person } = await answered()
    const list = await coach.open(`${spell}/adjustments`)
    const day = await coach.open('/day')
    await coach.send(`/three-way/${proposal}/reading`)

    expect(thanks.text).toMatch(/Yes, from 2 February 2026 .*Suggests something else: Starts at half past nine/)
    expect(list.text).toMatch(/Starts at ten .*Agreed and not in place yet \(1\) A chair with arms/)
    expect(list.text).toContain('Agreed on 12 January 2026, Jo Ray, team leader, from 2 February 2026')
    expect(day.html).toContain(`href="/three-way/${proposal}"`)
    expect((await coach.open('/day')).html).not.toContain(`href="/three-way/${proposal}"`)
    expect((await coach.open(`/people/${person}?kind=adjustment`)).text).toContain('Hillside Bakery answered')
  })

  it('is put right where something is missing, and nothing is lost', async () => {
    const put = await putToEmployer(app)
    const { send } = await openedBehind(app, put)
    const wrong = await send({
      ...theirAnswers,
      'from1-day': '',
      'from1-month': '',
      'from1-year': '',
      why0: '',
      note: 'What I typed',
    })

    expect([wrong.status, wrong.text]).toEqual([
      422,
      expect.stringMatching(/Enter from when: A chair with arms .*Enter why you cannot/),
    ])
    expect(wrong.html).toMatch(/What I typed[^]*Starts at half past nine|Starts at half past nine[^]*What I typed/)
    expect(wrong.html).toContain('href="#from1"')
  })

  it('stands apart from the words of a page that is written from the right', async () => {
    const { person } = await answered()
    const own = await app.asParticipant(person)
    const seen = await own.open('/my/work?language=ar')

    expect(seen.html).toContain('<bdi lang="en">Could these be done?</bdi>')
    expect(seen.html).toContain('<bdi lang="en">Starts at half past nine</bdi>')
    expect(seen.html).toContain('<bdi>A chair with arms</bdi>')
    expect(seen.html).toContain('<bdi>Jo Ray, Hillside Bakery</bdi>')
  })

  it('says everything that is wrong at once, in the order of the page', async () => {
    const { send } = await openedBehind(app, await putToEmployer(app))
    const day = { 'from1-day': '31', 'from1-month': '2', 'from1-year': '2026' }
    const none = { instead2: '', why0: '' }
    const wrong = await send({ ...theirAnswers, ...day, ...none, byName: '' })
    const listed = [...wrong.html.matchAll(/<a href="#(\w+)/g)].map(([, field]) => field)

    expect(wrong.status).toBe(422)
    expect(listed).toEqual(['from1', 'instead2', 'why0', 'byName'])
  })

  it('takes the place of what they answered before, unless the team has gone on since', async () => {
    const { coach, spell, behind, chair } = await answered()
    const again = (chairs: string) =>
      behind.send({ ...theirAnswers, id: newId(), answer1: chairs, why1: 'No money', instead1: 'A stool' })
    await again('cannot')
    const declined = await coach.open(`${spell}/adjustments`)
    await again('suggest')
    const open = await coach.open(`${spell}/adjustments`)
    const step = { id: newId(), version: '5', standing: 'in-place', ...dayFields('on', '2026-01-12') }
    await coach.send(`${spell}/adjustments/${chair}/steps`, step)
    await again('agree')

    expect(declined.text).toMatch(/Declined \(1\) A chair with arms .*Reason No money/)
    expect(open.text).toMatch(/Waiting for an answer \(2\)/)
    expect((await coach.open(`${spell}/adjustments`)).text).toMatch(/In place \(1\) A chair with arms/)
  })

  it('is written down by the coach where it came by phone', async () => {
    const put = await putToEmployer(app)
    const path = `/three-way/${put.proposal}`
    const without = await put.coach.send(`${path}/answer`, { id: newId(), ...allYes })
    const seen = await put.coach.sendAndFollow(`${path}/answer`, { id: newId(), ...allYes, how: 'telephone' })

    expect(without.text).toContain('Select how they answered')
    expect(seen.text).toMatch(/From Jo Ray, team leader, by phone, today 10:00/)
  })
})

describe('A three-way agreement', () => {
  it('stands once all three agree, each in their own way, and is shown to all three', async () => {
    const put = await answered(allYes)
    const own = await saysOwn(put, 'agree')
    const coachs = await says(put, 'coach')
    const employers = await openedBehind(app, put)

    expect(own.text).toMatch(/A chair with arms Yes, from 2 February 2026 .*You agreed on 12 January 2026/)
    expect(coachs.text).toMatch(/Agreed by all three .*All three agreed today 10:00/)
    expect(employers.page.text).toMatch(/Agreed by all three .*on 12 January 2026/)
    expect((await (await app.asParticipant(put.person)).open('/my/work')).text).toContain('your coach agreed on')
  })

  it('says of each question and of all of them what the employer can do, and stands for that part', async () => {
    const partly = { ...allYes, answer2: 'cannot', why2: 'The shop opens at nine' }
    const put = await answered(partly)
    const before = await put.coach.open(`/three-way/${put.proposal}`)
    const list = await put.coach.open(`${put.spell}/three-way`)
    await saysOwn(put, 'agree')
    const coachs = await says(put, 'coach')
    const employers = await openedBehind(app, put)
    const own = await (await app.asParticipant(put.person)).open('/my/work')

    expect(before.text).toMatch(/Employer Agrees to part of it .*Of 3 questions: yes to 2, cannot do 1/)
    expect(list.text).toMatch(
      /A chair with arms Yes.*Starts at ten Cannot: The shop opens at nine.*agrees to part of it/i,
    )
    expect(coachs.text).toMatch(
      /Agreed in part by all three .*All three agreed to what the employer can do today 10:00/,
    )
    expect(employers.page.text).toContain('Agreed in part by all three')
    expect(own.text).toContain('your coach agreed on 12 January 2026 to what your employer can do')
    expect(own.text).toContain('Cannot: The shop opens at nine')
  })

  it('is asked anew when the employer answers anew or an adjustment changes', async () => {
    const put = await answered(allYes)
    await says(put, 'person-telephone')
    await says(put, 'coach')
    await put.behind.send({ ...allYes, id: newId(), note: 'And a lamp' })
    const anew = await put.coach.open(`/three-way/${put.proposal}`)
    await says(put, 'coach')
    const stool = { kind: 'equipment', what: 'A stool', askedBy: 'participant', ...dayFields('asked', '2026-01-12') }
    await put.coach.send(`${put.spell}/adjustments/${put.chair}/words`, { ...stool, version: '4' })
    const changed = await put.coach.open(`/three-way/${put.proposal}`)
    const refused = await saysOwn(put, 'agree')

    expect(anew.text).toMatch(/Answer to read .*Person Not yet Coach Not yet/)
    expect(changed.text).toMatch(/“A chair with arms” is now “A stool”\..*Put the new text to them/)
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Something has changed')])
  })

  it('is nothing to agree to once they may not be told it any more', async () => {
    const put = await answered(allYes)
    app.clock.pass({ minutes: 1 })
    await put.coach.send(`${put.employer}/${put.workplace}/silence`, silence())
    const own = await (await app.asParticipant(put.person)).open('/my/work')
    const coachs = await put.coach.open(`/three-way/${put.proposal}`)
    const late = await saysOwn(put, 'agree', { note: 'Fridays are hard' })
    const lateCoach = await says(put, 'coach', { note: 'We spoke of Fridays' })

    expect(own.text).toContain('so there is nothing here to agree to')
    expect(coachs.text).toContain('They may not be told this any more')
    for (const { text } of [own, coachs]) expect(text).not.toMatch(/Do you agree to this|Who agrees to these answers/)
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Fridays are hard')])
    expect([lateCoach.status, lateCoach.text]).toEqual([409, expect.stringContaining('We spoke of Fridays')])
    const kept = await app.owner.query('select from three_way.consent where reply = $1', [await replyOf(put)])
    expect(kept.rowCount).toBe(0)
  })

  it('tells the coach where the person wants to talk first', async () => {
    const put = await answered(allYes)
    await put.coach.send(`/three-way/${put.proposal}/reading`)
    await saysOwn(put, 'talk', { note: 'Fridays are hard' })

    expect((await put.coach.open('/day')).html).toContain(`href="/three-way/${put.proposal}"`)
    expect((await put.coach.open(`/three-way/${put.proposal}`)).text).toMatch(
      /Person Wants to talk first .*“Fridays are hard”/,
    )
  })

  it('is nobody else’s to see or say', async () => {
    const put = await answered(allYes)
    const other = await app.as(app.cast.coachElsewhere)
    const [foreign, absent] = [
      await other.open(`/three-way/${put.proposal}`),
      await other.open(`/three-way/${newId()}`),
    ]
    const stranger = await app.asParticipant((await readyToAsk(app)).person)
    const said = await stranger.send(`/my/work/${put.proposal}`, {
      id: newId(),
      reply: await replyOf(put),
      says: 'agree',
    })

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect([foreign.status, said.status]).toEqual([404, 404])
  })
})

describe('An employer', () => {
  const bare = (html: string, { proposal, person, link }: Put) =>
    [proposal, person, link]
      .reduce((text, one) => text.replaceAll(one, 'X'), html)
      .replaceAll(/Novak-\w+/g, 'N')
      .replaceAll(/name="(csrf|id|proof)" value="[^"]*"/g, '')
      .replaceAll(/data-csrf="[^"]*"/g, '')

  it('cannot tell from any page what the person decided, byte for byte', async () => {
    const nothing = async () => undefined
    const decided: readonly (readonly [string, (put: Put) => Promise<unknown>])[] = [
      ['nothing', nothing],
      ['agreed', (put) => saysOwn(put, 'agree')],
      ['wants to talk', (put) => saysOwn(put, 'talk', { note: 'Not on Fridays' })],
      [
        'said no by phone, and the coach yes',
        async (put) => [await says(put, 'person-talks'), await says(put, 'coach')],
      ],
      ['agreed and thought better of it', async (put) => [await saysOwn(put, 'agree'), await saysOwn(put, 'talk')]],
    ]
    const seen: Record<string, readonly string[]> = {}
    for (const [what, decide] of decided) {
      const put = await answered(allYes)
      await decide(put)
      const { asks, page, send } = await openedBehind(app, put)
      const wrong = await send({ byName: '' })
      const again = await send({ ...allYes, id: newId() })
      seen[what] = [asks, page, wrong, again].map(({ status, html }) => `${status} ${bare(html, put)}`)
    }

    expect(Object.keys(seen).filter((what) => seen[what]?.join() !== seen['nothing']?.join())).toEqual([])
    expect(seen['nothing']?.join()).not.toContain('Agreed by all three')
  })
})
