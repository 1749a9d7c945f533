import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'

const words = {
  much_less: 'Off work',
  less: 'Two days',
  expected: 'Three days',
  more: 'Four days',
  much_more: 'Five days',
}

/** A goal has levels, and has moved since they were set; on 5 January 2026. */
export async function scaled(app: TestApp, goal: string): Promise<Readonly<Record<string, string>>> {
  const coach = await app.as(app.cast.coach)
  const scale = newId()
  await coach.send(`/goals/${goal}/levels`, { ...words, id: scale, version: '0', baseline: 'less', weight: '2' })
  const day = { 'on-day': '5', 'on-month': '1', 'on-year': '2026' }
  const rated = { id: newId(), scale, level: 'expected', ratedBy: 'together', ...day }
  const { status } = await coach.send(`/goals/${goal}/ratings`, rated)
  if (status !== 303) throw new Error(`The goal was not rated: ${status}`)
  return {}
}
