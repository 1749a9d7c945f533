import { usualRules } from '#journey/eligibility/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Parts, Typed } from './walk.ts'

/** What finds somebody only once it is asked for in words: names, numbers, whose list, and which days. */
export function typedIn({ episode = '' }: Parts, { coach, seniorCoach }: TestApp['cast']): readonly Typed[] {
  const searched = ['Featherstonehaugh-Okonkwo', 'Alexandrina', '9000000106', '07700 900123', 'Twin', 'Hidden']
  return [
    ...searched.map((search): Typed => ({ method: 'POST', route: '/people/search', fields: { search } })),
    { method: 'GET', route: '/monitoring/lists', asks: '?month=2026-01&item=received' },
    { method: 'GET', route: '/monitoring/lists', asks: '?month=2025-12&item=received' },
    { method: 'GET', route: '/passing-on/all', asks: `?coach=${coach.membership}` },
    {
      ...{ method: 'POST', route: '/absences/proposal' },
      fields: {
        ...{ id: episode, member: coach.membership, cover: seniorCoach.membership },
        ...{ 'from-day': '19', 'from-month': '1', 'from-year': '2026' },
        ...{ 'until-day': '30', 'until-month': '6', 'until-year': '2026' },
      },
    },
    {
      ...{ method: 'POST', route: '/area/eligibility/proposal' },
      fields: {
        ...{ id: episode, kind: 'area', minAge: '99', work: usualRules.work, places: usualRules.places },
        ...{ 'fromOn-day': '15', 'fromOn-month': '1', 'fromOn-year': '2026', reason: 'Nobody would be left' },
      },
    },
  ]
}
