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

/** One thing that whoever referred may know, since which day it is so, and from when on they could know it. */
export type Told = Readonly<{ what: News; on: Temporal.PlainDate; settledAt: Temporal.Instant }>

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
    .flatMap(({ step, at, recorded_at }) => {
      const what = newsOf(step, route)
      return what === undefined ? [] : [{ what, on: dayOf(at), settledAt: recorded_at.add({ hours: 1 }) }]
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

/** The page that is shown: the last one where fewer are left than were asked for. */
export const pageAt = (page: number, count: number): number =>
  Math.min(page, Math.max(1, Math.ceil(count / pageLength)))

/** What narrows the list of one's referrals down. */
export const shows = {
  question: { label: 'With a question for us' },
} as const

export type Shows = keyof typeof shows

/** Where a referral stands for whoever made it: the last that they are told of it. */
export const standings = {
  received: { label: 'Received, and nothing more told' },
  accepted: newsWords.accepted,
  started: newsWords.started,
  ended: newsWords.ended,
} as const satisfies Readonly<Record<News | 'received', { label: string }>>

export type Standing = keyof typeof standings

/** Read from what they are told and from nothing else: whoever is told nothing more has received ones only. */
export const standingOf = (told: readonly Told[]): Standing => told.at(-1)?.what ?? 'received'

/** What narrows the list down. Who sent it is said by a member's id: no email address stands in an address. */
export type Narrowed = Readonly<{ shows: Shows | null; state: Standing | null; by: string | null }>

export const whole: Narrowed = { shows: null, state: null, by: null }

/** What narrows the list down, as a form or an address carries it. */
export function narrowedAs({ shows: only, state, by }: Narrowed): Record<string, string> {
  return { ...(only ? { shows: only } : {}), ...(state ? { state } : {}), ...(by ? { by } : {}) }
}

/** The address of a part of the list. What is searched for never stands in it: it may be a name. */
export function listAddress(narrowed: Narrowed, page: number): string {
  const query = new URLSearchParams({ ...narrowedAs(narrowed), ...(page > 1 ? { page: `${page}` } : {}) }).toString()
  return query === '' ? '/my-referrals' : `/my-referrals?${query}`
}

/** The letters of a reference in what was typed, however it was typed; undefined where it is too short to be a part of one. */
export function referenceIn(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return letters.length < 4 ? undefined : letters
}
