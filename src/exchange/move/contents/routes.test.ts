import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { listDraft } from '#journey/copy/drafting/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { dayOf } from '#platform/dates.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aMove } from '#test/people/moving.ts'
import { aBeginning, agreedPlan, agreedToTakePart, cameToAppointment, dayFields, talked } from '#test/people/story.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Somebody of the first area after a first conversation, with a plan, support and a concern that is about others. */
async function aSpell() {
  const begun = await aBeginning(app)
  await agreedToTakePart(app, begun.person)
  app.clock.pass({ hours: 72 })
  await cameToAppointment(app, begun.episode)
  await talked(app, begun.episode)
  await agreedPlan(app, begun.episode)
  app.clock.pass({ hours: 24 })
  const coach = await app.as(app.cast.coach)
  const help = { id: newId(), kind: 'employer', done: 'Rang the manager: three mornings from Monday', minutes: '45' }
  await coach.send(`/episodes/${begun.episode}/support`, { ...help, ...dayFields(app, 'next', 7) })
  return begun
}

async function aConcern(episode: string, given: Readonly<Record<string, string>>) {
  const concern = { id: newId(), kind: 'self-harm', done: 'Stayed on the line', ...dayFields(app, 'next-look-on', 1) }
  const sent = await (await app.as(app.cast.coach)).send(`/episodes/${episode}/concerns`, { ...concern, ...given })
  expect(sent.status).toBe(303)
}

/** Offers somebody to the other area, has it accept them, and gives them a coach there. */
async function moved(episode: string, also: Readonly<Record<string, string>> = {}) {
  const { id, sent } = await aMove(app, episode, also)
  expect(sent.status).toBe(303)
  await app.work()
  const { location = '' } = await (
    await app.as(app.cast.managerElsewhere)
  ).send(`/arrivals/${id}`, { answer: 'accepted' })
  await app.work()
  return { package: id, record: location, person: location.replace('/people/', '') }
}

const shownBetween = (html: string) =>
  [...html.matchAll(/<li[^>]*class="ww-timeline__item">(.*?)<\/li>/gs)].map(([, item]) =>
    (item ?? '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )

describe('Whoever goes on with somebody from another area', () => {
  it('reads on their record what was said there, at its time, by whom and where it was written down', async () => {
    const { episode } = await aSpell()
    const { record } = await moved(episode)
    const told = shownBetween((await (await app.as(app.cast.coachElsewhere)).open(record)).html)

    const contact = told.find((one) => one.includes('Prefers mornings'))
    expect(contact).toMatch(/\d+ \w+.*, Carol Coach, written down in WorkWell north/)
    for (const words of [
      ...['Cannot stand for a whole shift', 'Spoke to the practice', 'Worked with them last year'],
      ...['Came with a friend', 'Being there for the children at four', 'three mornings from Monday'],
      'The manager was away',
    ])
      expect(told.filter((one) => one.includes(words))).toHaveLength(1)
  })

  it('reads nothing twice: what was said stands for the step that it was', async () => {
    const { episode, person } = await aSpell()
    const before = shownBetween((await (await app.as(app.cast.coach)).open(`/people/${person}`)).html)
    const { record } = await moved(episode)
    const told = shownBetween((await (await app.as(app.cast.coachElsewhere)).open(record)).html)

    const own = told.filter((one) => !one.includes('written down in WorkWell north'))
    expect(own.map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual(['Next step set'])
    expect(before.length).toBeGreaterThan(8)
  })

  it('narrows the story down to one part of what came along', async () => {
    const { episode } = await aSpell()
    const { record } = await moved(episode)
    const coach = await app.as(app.cast.coachElsewhere)
    const told = shownBetween((await coach.open(`${record}?kind=contact`)).html).join(' ')

    expect(told).toContain('Prefers mornings')
    expect(told).not.toContain('three mornings from Monday')
  })

  it('reads of safety only what was chosen to go along, and of what is about others no more than there', async () => {
    const { episode } = await aSpell()
    await aConcern(episode, { seen: 'Said that nights are dark' })
    await aConcern(episode, { seen: 'A child of a neighbour', 'about-others': 'yes' })
    const { record } = await moved(episode, { withConcerns: 'yes' })
    const coach = (await (await app.as(app.cast.coachElsewhere)).open(`${record}?kind=safety`)).text
    const manager = (await (await app.as(app.cast.managerElsewhere)).open(`${record}?kind=safety`)).text

    expect(coach).toContain('Said that nights are dark')
    expect(coach).toContain('Safety: restricted')
    expect(coach).not.toContain('A child of a neighbour')
    expect(manager).toContain('A child of a neighbour')
  })

  it('gives the person in a copy what came along as well, words about safety left out unless somebody gives them', async () => {
    const { episode } = await aSpell()
    await aConcern(episode, { seen: 'Said that nights are dark' })
    const { person } = await moved(episode, { withConcerns: 'yes' })
    const member = app.cast.managerElsewhere
    const actor = { ...member, areaName: 'WorkWell south', organisations: [member.organisation] }
    const draft = await app.inArea('south', async (db) => {
      const found = await findPerson(db, actor, person)
      return found && listDraft({ db, actor, now: app.clock.now, today: dayOf(app.clock.now) }, found, async () => [])
    })

    const contact = draft?.contact.find(({ text }) => text.join(' ').includes('Prefers mornings'))
    expect(contact?.by).toBe('Carol Coach, written down in WorkWell north')
    const safety = draft?.safety.find(({ text }) => text.join(' ').includes('nights are dark'))
    expect(safety?.usually).toBe('harm')
  })
})
