import { dayOf } from '#platform/dates.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import { type News, newsOf } from '#journey/feedback/rules.ts'

/** What whoever referred reads of each step that they may know of. */
export const newsWords = {
  accepted: { label: 'Accepted', text: 'A coach gets in touch with the person.' },
  started: { label: 'Support has started', text: 'The person and their coach are working together.' },
  ended: { label: 'Ended', text: 'Our work on your referral has ended.' },
} as const satisfies Readonly<Record<News, { label: string; text: string }>>

/** One thing that whoever referred may know, and since which day it is so. */
export type Told = Readonly<{ what: News; on: Temporal.PlainDate }>

type Kept = Readonly<{ id: string; step: Step; at: Temporal.Instant; recorded_at: Temporal.Instant }>

/**
 * What the steps of an episode mean to whoever referred, as far as they may know at all: each thing once, and nothing
 * within the hour in which a slip is taken back.
 */
export function newsFrom(steps: readonly Kept[], route: Route, now: Temporal.Instant): Told[] {
  const gone = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  const settled = now.subtract({ hours: 1 })
  const all = steps
    .filter(({ id, recorded_at }) => !gone.has(id) && Temporal.Instant.compare(recorded_at, settled) <= 0)
    .flatMap(({ step, at }) => {
      const what = newsOf(step, route)
      return what === undefined ? [] : [{ what, on: dayOf(at) }]
    })
  return all.filter((one, place) => all.findIndex(({ what }) => what === one.what) === place)
}

const closed: readonly Route[] = ['employer', 'jobcentre']

/** Whether a route is one that learns no more than that a referral was received, unless the person switches more on. */
export const isClosed = (route: Route): boolean => closed.includes(route)

const routeOfKind: Readonly<Partial<Record<OrganisationKind, Route>>> = { employer: 'employer', jobcentre: 'jobcentre' }

/** As whom an organisation with accounts is told of a referral: a Jobcentre that chose another answer is one all the same. */
export function routeFor(kind: OrganisationKind, route: Route): Route {
  return routeOfKind[kind] ?? route
}

/** How many referrals one page of the list shows. */
export const pageLength = 25

/** What narrows the list of one's referrals down. */
export const shows = {
  question: { label: 'With a question for us' },
} as const

export type Shows = keyof typeof shows

/** The address of a part of the list. */
export function listAddress({ shows: only, by, page }: { shows: Shows | null; by: string | null; page: number }) {
  const parts = { ...(only ? { shows: only } : {}), ...(by ? { by } : {}), ...(page > 1 ? { page: `${page}` } : {}) }
  const query = new URLSearchParams(parts).toString()
  return query === '' ? '/my-referrals' : `/my-referrals?${query}`
}
