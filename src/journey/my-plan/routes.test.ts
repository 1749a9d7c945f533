import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { aConversation, aDraftedPlan, anAgreedPlan, aPhasedReturn } from '#test/people/plan.ts'

let app: TestApp
let spell: Awaited<ReturnType<typeof anAgreedPlan>>
let action: string
let mine: Browser
let coach: Browser
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
})
afterAll(() => app.close())
beforeEach(async () => {
  spell = await anAgreedPlan(app, { goals: ['I want to be back at my desk three days a week'] })
  action = spell.goals[0]?.action ?? ''
  mine = await app.asParticipant(spell.person)
})

const say = (result: string, note = '') =>
  mine.sendAndFollow(`/my/actions/${action}/result`, { id: newId(), result, note })

describe('My plan', () => {
  it('shows each goal in the person’s words, with who does what by when', async () => {
    const page = await mine.open('/my/plan')

    expect(page.text).toContain('“I want to be back at my desk three days a week”')
    expect(page.text).toContain('Ask for a phased return')
    expect(page.text).toContain('You, by Monday 19 January 2026')
  })

  it('is not shown before it was agreed', async () => {
    const drafted = await aDraftedPlan(app)
    const page = await (await app.asParticipant(drafted.person)).open('/my/plan')

    expect(page.text).toContain('There is no plan yet')
    expect(page.text).not.toContain('phased return')
  })

  it('keeps what their coach changed since apart from what was agreed, until they agree it', async () => {
    const due = { 'due-day': '2', 'due-month': '2', 'due-year': '2026' }
    const added = { id: newId(), what: 'Borrow a bicycle', owner: 'participant', ...due }
    await coach.send(`/goals/${spell.goals[0]?.id}/actions`, added)
    await app.owner.query(`update action.action set what = 'Ask for four days', owner = 'coach' where id = $1`, [
      action,
    ])
    const page = await mine.open('/my/plan')
    const agreed = page.text.slice(0, page.text.indexOf('Suggested, not agreed yet'))
    const suggested = page.text.slice(agreed.length)

    expect(agreed).toContain('Ask for a phased return To do You, by Monday 19 January 2026')
    expect(agreed).not.toMatch(/bicycle|four days/)
    expect(suggested).toMatch(/Ask for four days Changed Your coach, by.*Before: Ask for a phased return – You, by/)
    expect(suggested).toContain('Borrow a bicycle New You, by')
    expect(suggested).toContain('Write to your coach')
    expect((await mine.open('/my')).text).not.toContain('bicycle')
    expect((await mine.open(`/my/actions/${added.id}`)).status).toBe(404)

    await coach.send(`/episodes/${spell.episode}/plan/sending`, { id: newId(), handing: 'staff' })
    expect((await mine.open('/my/plan')).html).toMatch(/not agreed yet[^]*href="\/my\/plan\/offer"/)
  })

  it('still holds an action that their coach took out without them, which nobody can mark', async () => {
    await coach.send(`/actions/${action}/removal`)
    const { text, html } = await mine.open('/my/plan')

    expect(text).toMatch(
      /Ask for a phased return Your coach would like to take this out.*Ask for a phased return Taken out/,
    )
    expect(html).not.toContain(`/my/actions/${action}`)
    expect((await mine.open(`/my/actions/${action}`)).status).toBe(404)
  })

  it('shows the phased return week by week, with what each week may pay marked as a guide', async () => {
    expect((await mine.open('/my/plan')).text).not.toContain('step by step')
    await aPhasedReturn(app, spell)
    const { text } = await mine.open('/my/plan')

    expect(text).toContain('It begins on 4 May 2026. From 18 May 2026 you work your usual hours.')
    expect(text).toMatch(/Week 1 4 May 2026 to 10 May 2026 Monday and Wednesday 4 hours a day, 8 hours in the week/)
    expect(text).toMatch(/Phones only At the end of the week you look at it together. About £88.00 for your hours/)
    expect(text).toMatch(/About £[\d.]+ sick pay for 3 days Week 2.* As usual About £330.00 for your hours/)
    expect(text).toMatch(/Guide The pay is a guide. Your employer works out what you are paid/)
  })

  it('says nothing of what stands in the way or of what members wrote', async () => {
    await app.owner.query(`update action.action set obstacle = 'Her partner drinks' where id = $1`, [action])
    await coach.send(`/actions/${action}/result`, {
      id: newId(),
      result: 'not-yet',
      note: 'Her partner hid the letter',
    })

    expect((await mine.open('/my/plan')).text).not.toMatch(/partner/)
    expect((await mine.open(`/my/actions/${action}`)).text).not.toMatch(/partner/)
  })

  it('can be ticked off, and taken back', async () => {
    await mine.open('/my/plan')

    const done = await say('done')
    expect(done.text).toContain('Well done. Your coach can see it.')
    expect(done.text).toContain('Ask for a phased return Done')
    const again = await mine.open(`/my/actions/${action}`)
    expect(again.text).toMatch(/How did it go\?.*Done.*This is not right: it is still to do/)
    expect(again.text).not.toContain('What came of it?')
    const back = await mine.sendAndFollow(`/my/actions/${action}/reversal`)
    expect(back.text).toContain('Ask for a phased return To do')
  })

  it('is written down once where two tabs say the same, at once or one after the other', async () => {
    const written = async () => {
      const { rows } = await app.owner.query('select result from action.result where action = $1 order by id', [action])
      return rows.map(({ result }) => result)
    }
    await mine.open('/my/plan')
    const at = `/my/actions/${action}`
    const done = () => mine.send(`${at}/result`, { id: newId(), result: 'done', note: '' })
    await Promise.all([done(), done()])
    const again = await say('done')
    expect(again.text).toContain('You have said so already. Your coach can see it.')
    expect(await written()).toEqual(['done'])

    await Promise.all([mine.send(`${at}/reversal`), mine.send(`${at}/reversal`)])
    expect(await written()).toEqual(['done', 'not-yet'])
    expect((await mine.sendAndFollow(`${at}/reversal`)).text).toContain('It is on your list already.')

    const looked = { result: 'done', note: 'With her sister' }
    for (const id of [newId(), newId()]) await coach.send(`/actions/${action}/result`, { id, ...looked })
    expect(await written()).toEqual(['done', 'not-yet', 'done'])
    await say('done', 'It was easier than I thought')
    expect(await written()).toEqual(['done', 'not-yet', 'done', 'done'])
  })

  it('asks for a few words where something did not work, and keeps what was typed', async () => {
    await mine.open(`/my/actions/${action}`)

    const page = await say('did-not-work')

    expect(page.status).toBe(422)
    expect(page.text).toContain('Say in a few words what did not work')
    expect(page.html).toMatch(/value="did-not-work"[^>]*checked|checked[^>]*value="did-not-work"/)
  })
})

describe('A printed plan', () => {
  const needing = (needs: readonly string[]) =>
    app.owner.query('update people.person set access_needs = $1, language = $2 where id = $3', [
      needs,
      'Polish',
      spell.person,
    ])

  it.each([
    [[], 'ww-printed--standard', 'Goal 1'],
    [['large-print'], 'ww-printed--large-print ww-printed--20', 'Goal 1'],
    [['large-print-28'], 'ww-printed--large-print ww-printed--28', 'Goal 1'],
    [['easy-read'], 'ww-printed--easy-read', 'What do you want? Number 1'],
    [['by-email'], 'ww-printed--screen-reader', 'By when How it stands'],
  ])('comes as its reader needs it, for them and for their coach: %j', async (needs, look, words) => {
    await needing(needs)
    for (const copy of [await mine.open('/my/plan/print'), await coach.open(`/episodes/${spell.episode}/plan/print`)]) {
      expect(copy.html).toContain(`class="ww-printed ${look}"`)
      expect(copy.text).toContain(words)
      expect(copy.text).toContain('I want to be back at my desk three days a week')
    }
  })

  it('comes in another format where that is chosen, and it is kept which', async () => {
    const address = `/episodes/${spell.episode}/plan/print`
    await aPhasedReturn(app, spell)
    const easy = await coach.open(`${address}?format=easy-read`)
    const table = await coach.open(`${address}?format=screen-reader`)
    await mine.open('/my/plan/print?format=large-print')
    const { rows } = await app.owner.query(
      `select what, codes ->> 'format' as format from journal.entry
       where person = $1 and what in ('plan.print', 'participant.plan-print') order by at, id`,
      [spell.person],
    )

    expect(easy.text).toMatch(/Do you have to do this\? No. It is your choice./)
    expect(easy.text).toMatch(/Who does it\? You. By when\? 19 January 2026./)
    expect(easy.text).toContain('This easy read is a draft')
    expect(table.html).toMatch(/<th role="columnheader" scope="col">By when/)
    expect(table.text).toMatch(/Your return to work, week by week .* Week 1/)
    expect(rows).toEqual([
      { what: 'plan.print', format: 'easy-read' },
      { what: 'plan.print', format: 'screen-reader' },
      { what: 'participant.plan-print', format: 'large-print' },
    ])
  })

  it('can be had in the language of its person, and says what no printer makes', async () => {
    await needing(['braille'])
    const address = `/episodes/${spell.episode}/plan/print`
    const english = await coach.open(address)
    const polish = await coach.open(`${address}?in=pl`)

    expect(english.html).toContain(`${address}?format=standard&amp;in=pl`)
    expect(english.text).toContain('They need: Braille')
    expect(polish.text).toContain('Uzgodniliśmy ten plan 5 stycznia 2026.')
    expect(polish.text).toContain('In English')
  })

  it('is not there for its person before it was agreed', async () => {
    const drafted = await aDraftedPlan(app)
    const copy = await coach.open(`/episodes/${drafted.episode}/plan/print`)

    expect(copy.text).toContain('We have not agreed this plan yet. It is a draft.')
    expect((await (await app.asParticipant(drafted.person)).open('/my/plan/print')).status).toBe(404)
  })
})

describe('What a participant says did not work', () => {
  it('stands in their own words on the day, the plan and the record of their coach until it was seen', async () => {
    await mine.open('/my/plan')
    await say('did-not-work', 'My manager was away')

    expect((await coach.open('/day')).text).toContain('Said that something of the plan did not work')
    const plan = await coach.open(`/episodes/${spell.episode}/plan`)
    expect(plan.text).toContain('5 January 2026, said by the person themselves: My manager was away')
    expect((await coach.open(`/people/${spell.person}`)).text).toContain('This did not work: ask for a phased return')
    expect((await mine.open('/my/plan')).text).toContain('You said: “My manager was away”')

    await coach.send(`/actions/${action}/seen`)
    expect((await coach.open('/day')).text).not.toContain('Said that something of the plan did not work')
    expect((await mine.open('/my/plan')).text).toContain('You said: “My manager was away”')
  })

  it('is written down as theirs', async () => {
    await mine.open('/my/plan')
    await say('did-not-work', 'My manager was away')

    const { rows } = await app.owner.query(
      `select result.own, result.by, entry.role, entry.person from action.result join journal.entry on entry.subject = result.id
       where result.action = $1`,
      [action],
    )
    expect(rows).toEqual([{ own: true, by: null, role: 'participant', person: spell.person }])
  })
})

describe('Nobody else’s action', () => {
  const other = async (about: Parameters<typeof anAgreedPlan>[1]) =>
    (await anAgreedPlan(app, about)).goals[0]?.action ?? ''

  it.each([
    ['of another person', async () => other({})],
    [
      'that the coach does',
      async () => {
        spell = await anAgreedPlan(app, { owner: 'coach' })
        mine = await app.asParticipant(spell.person)
        return spell.goals[0]?.action ?? ''
      },
    ],
    [
      'of a plan that is not agreed',
      async () => {
        const drafted = await aDraftedPlan(app)
        mine = await app.asParticipant(drafted.person)
        return drafted.goals[0]?.action ?? ''
      },
    ],
  ])('%s can be marked, and it looks as if it were not there', async (_which, make) => {
    const foreign = await make()
    await mine.open('/my')
    const absent = await mine.open(`/my/actions/${newId()}`)

    expect((await mine.open(`/my/actions/${foreign}`)).text).toBe(absent.text)
    expect((await mine.send(`/my/actions/${foreign}/result`, { id: newId(), result: 'done', note: '' })).status).toBe(
      404,
    )
    expect((await mine.send(`/my/actions/${foreign}/reversal`)).status).toBe(404)
  })
})

describe('Everything that is never for the person’s own pages', () => {
  it('stands on none of them', async () => {
    const { person, episode } = spell
    await aConversation(app, spell, { barriers: ['alcohol-drugs'], workAbility: '4' })
    const said = { day: '5', month: '1', year: '2026' }
    await coach.send(`/episodes/${episode}/concerns`, {
      ...{ id: newId(), kind: 'self-harm', seen: 'SECRET-CONCERN', done: 'SECRET-DONE' },
      ...{ 'next-look-on-day': said.day, 'next-look-on-month': said.month, 'next-look-on-year': said.year },
    })
    await coach.send(`/episodes/${episode}/contacts`, {
      ...{ id: newId(), way: 'mobile', result: 'no-answer', note: 'SECRET-NOTE of her husband' },
    })
    await app.owner.query(`update people.person set safe_note = 'SECRET-SAFE' where id = $1`, [person])
    await (
      await app.as(app.cast.manager)
    ).send(`/people/${person}/restriction`, {
      ...{ reason: 'at-risk', note: 'SECRET-RESTRICTION', version: '1', named: [app.cast.manager.membership] },
    })
    await (await app.as(app.cast.manager)).open(`/people/${person}/restriction`)

    const pages = app.product.lines.filter(({ method, rule }) => method === 'GET' && rule.who === 'participant')
    const own = pages.map(({ path }) => path.replace(':action', action)).filter((path) => !path.includes(':'))
    for (const path of own) {
      const { text, status } = await mine.open(path)
      // A safety plan is there only once somebody has made one with them.
      expect([path, status]).toEqual([path, path === '/my/safety-plan' ? 404 : 200])
      expect(text).not.toMatch(/SECRET|concern|restrict|alcohol|self-harm|risk to/i)
    }
    expect(own.length).toBeGreaterThanOrEqual(4)
  })
})
