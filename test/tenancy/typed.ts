import type { TestApp } from '#test/app.ts'
import type { Parts, Typed } from './walk.ts'

/** What finds somebody only once it is asked for in words: names, numbers, whose list, and which days. */
export function typedIn({ cover = '', episode = '' }: Parts, { coach, otherCoach }: TestApp['cast']): readonly Typed[] {
  const searched = ['Featherstonehaugh-Okonkwo', 'Alexandrina', '9000000106', '07700 900123', 'Twin', 'Hidden']
  return [
    ...searched.map((search): Typed => ({ method: 'POST', route: '/people/search', fields: { search } })),
    { method: 'GET', route: '/monitoring/lists', asks: '?month=2026-01&item=received' },
    { method: 'GET', route: '/monitoring/lists', asks: '?month=2025-12&item=received' },
    { method: 'GET', route: '/passing-on/all', asks: `?coach=${coach.membership}` },
    {
      ...{ method: 'POST', route: '/absences/proposal' },
      fields: {
        ...{ id: episode, member: coach.membership, cover: otherCoach.membership },
        ...{ 'from-day': '19', 'from-month': '1', 'from-year': '2026' },
        ...{ 'until-day': '30', 'until-month': '6', 'until-year': '2026' },
      },
    },
    {
      ...{ method: 'POST', route: '/area/coverage/:cover/proposal' },
      fields: {
        ...{ id: cover, reason: 'Somebody else covers it', 'from-day': '1', 'from-month': '10', 'from-year': '2024' },
        ...{ 'until-day': '13', 'until-month': '1', 'until-year': '2026' },
      },
    },
  ]
}
