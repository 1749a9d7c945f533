import type { Typed } from './rules.ts'

/** Whose draft it is, and of which page and record. The owner is a visit's `request.owner`. */
export type Draft = Readonly<{ area: string; owner: string; page: string; record?: string | undefined }>

/** What a form names its draft: the page, and the record it is about where there is one. */
export function draftKey({ page, record }: Pick<Draft, 'page' | 'record'>): string {
  return record === undefined ? page : `${page}:${record}`
}

/** What a page's address says it is about: the parts of it that differ from record to record. */
export function recordIn(params: Readonly<Record<string, string>>): string | undefined {
  return Object.values(params).join('-') || undefined
}

/** The page and record that a form named; undefined when it is not a name that `draftKey` gives. */
export function draftNamed(key: string): Pick<Draft, 'page' | 'record'> | undefined {
  const [, page, record] = /^([a-z0-9-]{1,60})(?::([A-Za-z0-9-]{1,120}))?$/.exec(key) ?? []
  return page === undefined ? undefined : { page, record }
}

const isAccount = (owner: string) => owner.startsWith('account:')

/** Until when a draft is kept: somebody who signs in comes back within weeks, a shared computer is used by others today. */
export function draftUntil(owner: string, savedAt: Temporal.Instant): Temporal.Instant {
  return savedAt.add({ hours: isAccount(owner) ? 30 * 24 : 24 })
}

// What belongs to the page and not to what was typed: a page shown again has its own. The version that was typed on stays.
const notTyped = ['csrf', 'draft', 'area']

/** What was typed, without what the page itself put into the form. */
export function worthKeeping(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([field]) => !notTyped.includes(field)))
}

// The number of a form makes two sendings of one page one. Two pages opened from one draft are two forms: what the second
// sends must not be taken for the first once more.
const numbers = ['id', 'form']

/** What was typed as it comes back on a page that is opened, which has a number of its own. */
export function asOpened(typed: Typed | undefined): Typed | undefined {
  return typed && Object.fromEntries(Object.entries(typed).filter(([field]) => !numbers.includes(field)))
}

/** Whether this is more than a draft may hold: a long conversation fits, a flood by strangers does not. */
export function draftTooLarge(owner: string, typed: Typed): boolean {
  return JSON.stringify(typed).length > (isAccount(owner) ? 200_000 : 20_000)
}
