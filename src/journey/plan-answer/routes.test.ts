import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser } from '#test/browser.ts'
import { anAnswer } from '#test/people.ts'
import { aDraftedPlan, anAgreedPlan, type Spell } from '#test/people/plan.ts'

let app: TestApp
let coach: Browser
beforeAll(async () => {
  app = await startApp()
  coach = await app.as(app.cast.coach)
})
afterAll(() => app.close())

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const linkIn = (text: string) => /\/l\/[\w.-]+/.exec(text)?.[0] ?? ''
const born = { 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' }

/** The coach sends the plan, and has the link to pass on. */
async function sent({ episode }: Pick<Spell, 'episode'>): Promise<string> {
  const handed = await coach.send(`/episodes/${episode}/plan/sending`, { id: newId(), handing: 'staff' })
  return linkIn(handed.html)
}

/** What a page carries to the next, with an answer. */
const answering = (html: string, answer: string, words = '') => ({
  ...{ id: hidden(html, 'id'), read: hidden(html, 'read'), proof: hidden(html, 'proof') },
  ...{ answer, words },
})

async function addAction(goal: string, what: string): Promise<void> {
  const due = { 'due-day': '2', 'due-month': '2', 'due-year': '2026' }
  await coach.send(`/goals/${goal}/actions`, { id: newId(), what, owner: 'participant', ...due })
}

describe('A plan that was sent to its person', () => {
  let spell: Awaited<ReturnType<typeof aDraftedPlan>>
  let link: string
  let them: Browser
  beforeEach(async () => {
    spell = await aDraftedPlan(app)
    await app.owner.query(`update action.action set obstacle = 'SECRET-OBSTACLE' where id = $1`, [
      spell.goals[0]?.action,
    ])
    link = await sent(spell)
    them = app.visitor()
    await them.open(link)
  })

  it('opens by its link to whoever knows when they were born, and shows nothing of what stands in the way', async () => {
    const door = await them.open(link)
    const wrong = await them.send(link, { ...born, 'bornOn-year': '1982' })
    const right = await them.send(link, born)

    expect(door.text).toContain('When were you born?')
    expect(door.text).not.toMatch(/Robin|desk|phased return/)
    expect([wrong.status, wrong.text.includes('desk')]).toEqual([422, false])
    expect(right.text).toContain('I want to be back at my desk three days a week')
    expect(right.text).toContain('You, by Monday 19 January 2026')
    expect(right.html).not.toContain('SECRET-OBSTACLE')
  })

  it('is agreed by the link, once, and it is kept how', async () => {
    const page = await them.send(link, born)
    const form = answering(page.html, 'agreed')
    const first = await them.send(link, form)
    const again = await them.send(link, form)

    const plan = await coach.open(`/episodes/${spell.episode}/plan`)
    const { rows } = await app.owner.query(
      `select number, how, by, entry.what from agreement.agreement join journal.entry on entry.subject = agreement.id
       where episode = $1`,
      [spell.episode],
    )
    expect(first.text).toContain('You have agreed this plan')
    expect(again.text).toContain('This plan is agreed already')
    expect(plan.text).toContain('Version 1, agreed on 5 January 2026 by a link that was sent to them')
    expect(rows).toEqual([{ number: 1, how: 'link', by: null, what: 'plan.agreed' }])
    const record = await coach.open(`/people/${spell.person}?kind=plan`)
    expect(record.text).toMatch(/Agreed with the plan they were sent.*the person themselves/)
  })

  it('is talked about first where they say so, in their own words, until their coach has read it', async () => {
    const waiting = await coach.open(`/episodes/${spell.episode}/plan`)
    const page = await them.send(link, born)
    const said = await them.send(link, answering(page.html, 'talk', 'Four days are too many for me'))
    const [day, plan] = [await coach.open('/day'), await coach.open(`/episodes/${spell.episode}/plan`)]
    const offer = /plan-offers\/([0-9a-f-]{36})\/seen/.exec(plan.html)?.[1] ?? ''
    await coach.send(`/plan-offers/${offer}/seen`)

    expect(waiting.text).toContain('Sent to them on 5 January 2026 by a link that you passed on, not answered yet')
    expect(said.text).toContain('Your coach knows that you want to talk')
    expect(day.text).toContain('Wants to talk about the plan first')
    expect(plan.text).toContain('“Four days are too many for me”')
    expect((await coach.open('/day')).text).not.toContain('Wants to talk about the plan first')
    // Once they have talked, it can still be agreed: what was changed since they read it is marked.
    const same = await them.send(link, born)
    await addAction(spell.goals[0]?.id ?? '', 'Borrow a bicycle')
    const back = await them.send(link, born)
    expect(same.text).toContain('This is as you read it last time')
    expect(back.text).toContain('What is new or changed since you last read it is marked')
    expect(back.text).toMatch(/Ask for a phased return You, by.*Borrow a bicycle New You, by/)
    expect(back.text).toContain('You said: “Four days are too many for me”')
    expect((await them.send(link, answering(back.html, 'agreed'))).text).toContain('You have agreed this plan')
  })

  it('that was changed while they read it is read again, with everything they wrote', async () => {
    const page = await them.send(link, born)
    await addAction(spell.goals[0]?.id ?? '', 'Borrow a bicycle')
    const clash = await them.send(link, answering(page.html, 'agreed', 'Thank you for this'))

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('Your coach has changed the plan')
    expect(clash.text).toContain('Borrow a bicycle')
    expect(clash.html).toContain('Thank you for this')
    expect((await coach.open(`/episodes/${spell.episode}/plan`)).text).toContain('This plan is a draft')
    expect((await them.send(link, answering(clash.html, 'agreed'))).text).toContain('You have agreed this plan')
  })

  it('asks for one of the two answers', async () => {
    const page = await them.send(link, born)
    const refused = await them.send(link, answering(page.html, ''))

    expect(refused.status).toBe(422)
    expect(refused.html).toContain('href="#words"')
    expect(refused.text).toContain('Choose “I agree with this plan”')
  })

  it('cannot be opened once it was taken back or sent again', async () => {
    const next = await sent(spell)
    const plan = await coach.open(`/episodes/${spell.episode}/plan`)
    const offer = /plan-offers\/([0-9a-f-]{36})\/withdrawal/.exec(plan.html)?.[1] ?? ''

    expect((await them.open(link)).text).toContain('This link is no longer in use')
    expect((await them.open(next)).status).toBe(200)
    await coach.send(`/plan-offers/${offer}/withdrawal`)
    expect((await them.open(next)).text).toContain('This link is no longer in use')
    expect((await coach.open(`/episodes/${spell.episode}/plan`)).text).not.toContain('Sent to them')
  })

  it('opens no plan of somebody else', async () => {
    await app.owner.query(
      'update link.link set person = $1 where subject in (select id from plan_offer.offer where episode = $2)',
      [(await aDraftedPlan(app)).person, spell.episode],
    )

    expect([(await them.open(link)).status, (await them.send(link, born)).status]).toEqual([404, 404])
  })
})

describe('A plan on their own pages', () => {
  it('waits there, shows what is different, and is agreed there', async () => {
    const spell = await anAgreedPlan(app)
    const mine = await app.asParticipant(spell.person)
    expect((await mine.open('/my/plan')).text).not.toContain('Read it and answer')
    expect((await mine.open('/my/plan/offer')).text).toContain('Nothing to answer now')
    await addAction(spell.goals[0]?.id ?? '', 'Borrow a bicycle')
    await sent(spell)

    const [plan, offer] = [await mine.open('/my/plan'), await mine.open('/my/plan/offer')]
    expect(plan.text).toContain('Your coach would like to change your plan')
    expect(offer.text).toMatch(/Ask for a phased return You, by.*Borrow a bicycle New/)
    const done = await mine.send('/my/plan/offer', answering(offer.html, 'agreed', 'I like the bicycle'))
    const [versions, day] = [await coach.open(`/episodes/${spell.episode}/plan/versions`), await coach.open('/day')]

    expect(done.text).toContain('You have agreed this plan')
    expect(versions.text).toContain('Version 2, agreed on 5 January 2026 in their own space')
    expect(day.text).toContain('Agreed the plan and wrote to you')
    expect((await coach.open(`/episodes/${spell.episode}/plan`)).text).toContain('“I like the bicycle”')
    expect((await mine.open('/my/plan')).text).not.toContain('Read it and answer')
  })

  it('can be sent with what is new before their coach has read what they wrote, which stays until it was read', async () => {
    const spell = await anAgreedPlan(app)
    const [mine, address] = [await app.asParticipant(spell.person), `/episodes/${spell.episode}/plan`]
    await addAction(spell.goals[0]?.id ?? '', 'Borrow a bicycle')
    await sent(spell)
    const offer = await mine.open('/my/plan/offer')
    await mine.send('/my/plan/offer', answering(offer.html, 'agreed', 'I like the bicycle'))
    await addAction(spell.goals[0]?.id ?? '', 'Buy a helmet')
    const changed = await coach.open(address)
    await sent(spell)
    const both = await coach.open(address)
    const unread = /plan-offers\/([0-9a-f-]{36})\/seen/.exec(both.html)?.[1] ?? ''
    await coach.send(`/plan-offers/${unread}/seen`)
    const read = await coach.open(address)

    expect(changed.html).toContain(`${address}/sending`)
    expect(both.text).toMatch(/not answered yet.*“I like the bicycle”/)
    expect(both.html.match(/>Send it again</g)).toHaveLength(1)
    expect(read.text).not.toContain('I like the bicycle')
    expect(read.text).toContain('not answered yet')
  })
})

describe('Sending a plan', () => {
  it('goes out by a way that is safe to whoever agreed to be contacted, and names nothing of it', async () => {
    const spell = await aDraftedPlan(app)
    const barred = await coach.open(`/episodes/${spell.episode}/plan/sending`)
    await anAnswer(app, spell.person, 'contact', true)
    const form = { id: newId(), handing: 'message' }
    await coach.open(`/episodes/${spell.episode}/plan/sending`)
    await coach.send(`/episodes/${spell.episode}/plan/sending`, form)
    await coach.send(`/episodes/${spell.episode}/plan/sending`, form)
    await app.work()
    const { rows } = await app.owner.query(
      `select channel, address, body, settled_as from notify.message where about = $1`,
      [form.id],
    )

    expect(barred.text).toContain('No message can go to this person')
    expect(rows).toMatchObject([{ channel: 'text', address: '07700 900461', settled_as: 'sent' }])
    expect(rows[0].body).not.toMatch(/plan|work|health/i)
    expect((await coach.open(`/episodes/${spell.episode}/plan`)).text).toContain('by text message, not answered yet')
  })

  it('waits until there is something to agree', async () => {
    const spell = await anAgreedPlan(app)
    const page = await coach.open(`/episodes/${spell.episode}/plan/sending`)

    expect([page.status, page.text.includes('Nothing has changed since')]).toEqual([422, true])
  })

  it('is the same as no plan to a coach of somebody else', async () => {
    const { episode } = await aDraftedPlan(app)
    const other = await app.as(app.cast.providerCoach)
    const refused = await other.open(`/episodes/${episode}/plan/sending`)

    expect([refused.status, refused.text]).toEqual([404, (await other.open(`/episodes/${newId()}/plan/sending`)).text])
  })
})
