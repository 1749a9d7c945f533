import type { Breakdown } from '#programme/breakdown/rules.ts'
import { notKnown } from '#programme/grouping/rules.ts'
import { hidden, share, type Shown } from '#programme/masking/rules.ts'
import type { Release } from '#programme/release/rules.ts'

type Heading = Readonly<{
  label: string
  from: Breakdown
  definition: string
  parts: Readonly<Record<string, Readonly<{ label: string; cells: readonly string[] }>>>
}>

/**
 * The headings under which the department publishes shares of those who started (WorkWell Pilot Management Information,
 * 1 October 2024 to 30 November 2025), so that an area can be read beside the country.
 */
export const headings = {
  employment: {
    label: 'At first appointment',
    from: 'work',
    definition: 'Whether people were in work when support began.',
    parts: {
      'out-of-work': { label: 'Out of work', cells: ['out-of-work'] },
      'in-work': { label: 'In work', cells: ['in-work'] },
    },
  },
  route: {
    label: 'Referral route',
    from: 'route',
    definition: 'Pharmacists, social prescribers and the rest of primary care stand under GP.',
    parts: {
      gp: { label: 'GP', cells: ['gp'] },
      self: { label: 'Self', cells: ['self'] },
      jobcentre: { label: 'Jobcentre Plus', cells: ['jobcentre'] },
      other: { label: 'Other', cells: ['council', 'voluntary', 'health', 'employer', 'partner-app', 'outreach'] },
    },
  },
  age: {
    label: 'Age',
    from: 'age',
    definition: 'Age on the day of the first assessment.',
    parts: {
      'under-35': { label: 'Under 35', cells: ['under-16', '16-24', '25-34'] },
      '35-over': { label: '35 or over', cells: ['35-49', '50-64', '65-over'] },
    },
  },
  barrier: {
    label: 'Main barrier',
    from: 'health',
    definition:
      'The published tables mean the health condition. We record autism together with ADHD and other ways of being neurodivergent; several conditions without a main one stand under Other.',
    parts: {
      'mental-health': { label: 'Mental health', cells: ['mental-health'] },
      musculoskeletal: { label: 'Musculoskeletal', cells: ['musculoskeletal'] },
      autism: { label: 'Autism', cells: ['autism'] },
      heart: { label: 'Heart, blood pressure or circulation', cells: ['heart'] },
      learning: { label: 'Learning difficulties', cells: ['learning'] },
      other: { label: 'Other', cells: ['other', 'several'] },
    },
  },
} as const satisfies Readonly<Record<string, Heading>>

export type HeadingCode = keyof typeof headings

export type ShareLine = Readonly<{ part: string; label: string; number: Shown; share: Shown | undefined }>
export type Shares = Readonly<{ heading: HeadingCode; recorded: Shown; parts: readonly ShareLine[] }>

/** The shares of a month under the published headings, of those whose answer is recorded; from shown numbers alone. */
export function sharesOf({ breakdowns }: Release): Shares[] {
  // Checked: the keys of a code list are its codes.
  return (Object.keys(headings) as HeadingCode[]).map((heading) => {
    const { from, parts }: Heading = headings[heading]
    const numbers = new Map(breakdowns[from].cells.map(({ cell, number }) => [cell, number]))
    const recorded = total([...numbers].flatMap(([cell, number]) => (cell === notKnown ? [] : [number])))
    const lines = Object.entries(parts).map(([part, { label, cells }]) => {
      const number = total(cells.map((cell) => numbers.get(cell) ?? 0))
      return { part, label, number, share: share(number, recorded) }
    })
    return { heading, recorded, parts: lines }
  })
}

function total(numbers: readonly Shown[]): Shown {
  return numbers.reduce((sum, number) => (sum === hidden || number === hidden ? hidden : sum + number), 0)
}
