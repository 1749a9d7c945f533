import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { filledIn } from '#test/editing/filled.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aDraftedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const talk = {
  ...{ employment_status: 'employed', on_sick_absence: 'yes', main: 'pain' },
  ...{ 'barriers-physical': ['pain', 'sleep'], 'severity-pain': '8' },
  ...{ 'words-matters': 'My garden, and my mates at work', 'own-matters': 'yes' },
}

/** Somebody whose first conversation was finished just now, and the page that follows. */
async function afterTalking(more: Readonly<Record<string, string>> = {}) {
  const { episode } = await anAcceptedPerson(app)
  const coach = await app.as(app.cast.coach)
  const finished = { ...talk, ...more, id: newId(), version: '0', next: 'finish' }
  const page = await coach.sendAndFollow(`/episodes/${episode}/assessment`, finished)
  const draft = `/episodes/${episode}/plan/draft`
  return { episode, coach, page, draft, filled: filledIn(page.html, draft) }
}

const actionsOf = async (episode: string) => {
  const { rows } = await app.owner.query(
    `select action.solution, action.as_suggested, goal.words from action.action join goal.goal on goal.id = action.goal
     where goal.episode = $1 order by action.solution`,
    [episode],
  )
  return rows
}

describe('The first conversation', () => {
  it('suggests what may help beside each barrier', async () => {
    const { episode } = await anAcceptedPerson(app)
    const page = await (await app.as(app.cast.coach)).open(`/episodes/${episode}/assessment`)

    expect(page.text).toContain('Agree short breaks to move about')
  })

  it('ends in a draft plan: the person’s words, the kind that follows, and what may help', async () => {
    const { page, coach, draft, filled, episode } = await afterTalking()
    const after = await coach.sendAndFollow(draft, { ...filled, take: ['pain-breaks', 'sleep-ask'] })

    expect(page.text).toContain('Draft plan')
    expect(filled).toMatchObject({
      ...{ words: ['My garden, and my mates at work'], whose: ['person'], type: ['return-to-work'] },
    })
    expect(after.text).toContain('This plan is a draft. It counts once you and the person agree it.')
    expect(after.text).toContain('Return to Work')
    expect(await actionsOf(episode)).toEqual([
      { solution: 'pain-breaks', as_suggested: true, words: 'My garden, and my mates at work' },
      { solution: 'sleep-ask', as_suggested: true, words: 'My garden, and my mates at work' },
    ])
  })

  it('suggests nothing that an employer does to somebody who is out of work', async () => {
    const { page, coach, draft, filled, episode } = await afterTalking({ employment_status: 'long-term-sick' })
    await coach.send(draft, { ...filled, take: ['pain-breaks', 'sleep-ask'] })

    expect(filled).toMatchObject({ type: ['seek-work'] })
    expect(page.html).toContain('value="sleep-ask"')
    expect(page.html).not.toContain('value="pain-breaks"')
    expect((await actionsOf(episode)).map(({ solution }) => solution)).toEqual(['sleep-ask'])
  })

  it('makes one plan of a form that was sent twice, and leads to the plan from then on', async () => {
    const { coach, draft, filled, episode } = await afterTalking()
    const sent = { ...filled, take: 'pain-breaks' }
    await coach.send(draft, sent)
    const twice = await coach.send(draft, sent)

    expect(twice.location).toBe(`/episodes/${episode}/plan`)
    expect((await coach.open(draft)).location).toBe(`/episodes/${episode}/plan`)
    expect(await actionsOf(episode)).toHaveLength(1)
  })

  it('keeps what was ticked and typed when something is missing', async () => {
    const { coach, draft, filled } = await afterTalking()
    const refused = await coach.send(draft, { ...filled, words: '', take: 'pain-breaks' })

    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Enter what they want to reach')
    expect(filledIn(refused.html, draft)).toMatchObject({ take: ['pain-breaks'], type: ['return-to-work'] })
  })

  it('drafts nothing for whoever may not see the person', async () => {
    const { draft, filled } = await afterTalking()
    const { csrf: _, ...fields } = filled
    for (const part of ['providerCoach', 'coachElsewhere'] as const) {
      const stranger = await app.as(app.cast[part])
      const missing = await stranger.open(`/episodes/${newId()}/plan/draft`)
      expect((await stranger.open(draft)).text).toBe(missing.text)
      expect((await stranger.send(draft, fields)).status).toBe(404)
    }
  })

  it('is not asked for again where a plan has its goals', async () => {
    const { episode } = await aDraftedPlan(app)
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/episodes/${episode}/plan/draft`)).location).toBe(`/episodes/${episode}/plan`)
  })
})
