import type { Problem } from '#platform/form/rules.ts'

/**
 * What looking after somebody weighs, in points, and how many points a coach carries at most. No official source gives any
 * of it: all of this is a table to begin with, which an area changes as it learns.
 */
export type Points = Readonly<{
  weightFirstContact: number
  weightAssessment: number
  weightPlan: number
  weightSupport: number
  weightFollowUp: number
  weightManyBarriers: number
  weightSevereBarrier: number
  weightInterpreter: number
  weightConcern: number
  weightRestricted: number
  weightWeekly: number
  weightFortnightly: number
  weightMonthly: number
  pointsCap: number
}>

export type PointName = keyof Points

export const usualPoints: Points = {
  weightFirstContact: 2,
  weightAssessment: 4,
  weightPlan: 4,
  weightSupport: 3,
  weightFollowUp: 1,
  weightManyBarriers: 1,
  weightSevereBarrier: 1,
  weightInterpreter: 2,
  weightConcern: 2,
  weightRestricted: 1,
  weightWeekly: 3,
  weightFortnightly: 2,
  weightMonthly: 1,
  pointsCap: 200,
}

/** From so many things in the way on they are many, and from so much of ten on one of them is severe. */
export const many = 4
export const severe = 7

/** Said wherever points stand. */
export const setByTheArea =
  'Points are set by the area: no official source gives any. They say how much work it is to look after somebody, and nothing about the person.'

/** How each number is asked for, part by part of the page on which an area decides. */
export const pointParts = [
  {
    heading: 'Where somebody stands',
    says: 'Each person counts once, for where they stand now.',
    numbers: {
      weightFirstContact: { label: 'Waiting for first contact', hint: 'Accepted, and not spoken to yet' },
      weightAssessment: { label: 'First conversation', hint: 'Booked, or being written up' },
      weightPlan: { label: 'Plan', hint: 'Spoken with, and the plan not agreed yet' },
      weightSupport: { label: 'Support', hint: 'The plan is agreed; also while others are waited for' },
      weightFollowUp: { label: 'Follow-up', hint: 'Support has ended, and they are asked again after 13 and 26 weeks' },
    },
  },
  {
    heading: 'What makes the work more',
    says: 'Added to the points above, from what is on the record.',
    numbers: {
      weightManyBarriers: {
        label: 'Much stands in the way',
        hint: `${many} things or more in the newest conversation`,
      },
      weightSevereBarrier: {
        label: 'Something severe stands in the way',
        hint: `For each thing that is ${severe} of 10 or more`,
      },
      weightInterpreter: { label: 'An interpreter is needed', hint: 'Meetings take longer, and are booked for two' },
      weightConcern: { label: 'A safety concern is open', hint: 'Once, however many are open' },
      weightRestricted: { label: 'The record is restricted', hint: 'Nobody else can step in quickly' },
    },
  },
  {
    heading: 'What was promised',
    says: 'How often the person was promised to hear from their coach.',
    numbers: {
      weightWeekly: { label: 'Every week', hint: '' },
      weightFortnightly: { label: 'Every two weeks', hint: '' },
      weightMonthly: { label: 'Every month', hint: '' },
    },
  },
  {
    heading: 'The most points',
    says: 'A coach can always be given more, with a reason.',
    numbers: {
      pointsCap: {
        label: 'Points one coach carries at a time',
        hint: 'For somebody who works full time; others carry their share of it',
      },
    },
  },
] as const

export const mostPoints = { each: 50, cap: 5000 } as const

/** What a number is called in the history. */
export function pointName(name: string): string {
  for (const { numbers } of pointParts)
    for (const [known, { label }] of Object.entries<{ label: string }>(numbers)) if (known === name) return label
  return name
}

/** The decisions that differ from what holds on the day. */
export function changedPoints(before: Points, after: Points): [string, number][] {
  const known: Readonly<Record<string, number>> = before
  return Object.entries(after).filter(([name, value]) => known[name] !== value)
}

/** What is wrong with points: being in touch more often is never less work. */
export function pointProblems({ weightWeekly, weightFortnightly, weightMonthly }: Points): Problem[] {
  if (weightWeekly >= weightFortnightly && weightFortnightly >= weightMonthly) return []
  return [
    {
      field: weightWeekly < weightFortnightly ? 'weightWeekly' : 'weightFortnightly',
      message: 'Being in touch more often cannot weigh less: enter as many points as for the one below, or more',
    },
  ]
}
