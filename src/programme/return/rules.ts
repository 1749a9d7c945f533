import { reach, type Role } from '#platform/access/rules.ts'
import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { breakdownCodes, breakdowns } from '#programme/breakdown/rules.ts'
import { items, lastDayOf } from '#programme/counting/rules.ts'
import { hidden, type Shown } from '#programme/masking/rules.ts'
import { type Release, releaseOf, type Returned } from '#programme/release/rules.ts'
import { moneyKindCodes, moneyKinds, posts } from '#programme/staff-and-money/rules.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'

/** One signature: a version of a month. */
export type Version = Readonly<{
  version: number
  digest: string
  reason: string | null
  signedBy: string
  signedAt: Temporal.Instant
  figures: Returned
}>

type Boundary = Pick<AreaSettings, 'realNumbersFor'>

/** Whether a role may open the people behind a number. */
export function mayList(role: Role): boolean {
  return reach[role].list !== 'aggregate'
}

/** Whether a role stands inside the area's reporting boundary and sees numbers as they are. */
export function standsInside(role: Role, { realNumbersFor }: Boundary): boolean {
  return mayList(role) || realNumbersFor.some((named) => named === role)
}

/** Whether a role signs the months of its area. */
export function maySign(role: Role): boolean {
  return role === 'area-lead'
}

/** Whether a role reads what others signed and may ask about it. */
export function mayAsk(role: Role): boolean {
  return !mayList(role) && !maySign(role)
}

/** Whether a role sees a month while it grows: outside, it would tell of single people from one day to the next. */
export function seesBeforeSigning(role: Role, boundary: Boundary): boolean {
  return maySign(role) || standsInside(role, boundary)
}

/** Why a month cannot be signed yet, in words. Empty when it can. */
export function reasonsNotToSign(month: Temporal.PlainYearMonth, today: Temporal.PlainDate): string[] {
  return isBefore(lastDayOf(month), today) ? [] : ['The month is not over: its numbers still grow']
}

/** A number that is another one now than when it was signed. */
type Difference = Readonly<{ what: string; signed: Shown; now: Shown; difference: Shown }>

/** What the record says now that it did not say when the month was signed. */
function differencesBetween(signed: Release, now: Release): Difference[] {
  const [before, after] = [namedNumbers(signed), namedNumbers(now)]
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((what) => {
    const [was, is] = [before.get(what) ?? 0, after.get(what) ?? 0]
    if (was === is) return []
    return [{ what, signed: was, now: is, difference: was === hidden || is === hidden ? hidden : is - was }]
  })
}

/** Every number of a month by what it is called. */
function namedNumbers({ items: lines, breakdowns: broken, entered }: Release): Map<string, Shown> {
  const counted = lines.map(({ item, number }): [string, Shown] => [items[item].label, number])
  const cells = breakdownCodes.flatMap((breakdown) =>
    broken[breakdown].cells.map(({ label, number }): [string, Shown] => [
      `${breakdowns[breakdown].label}: ${label}`,
      number,
    ]),
  )
  const staff = entered.staff.flatMap(({ post, inPost, planned }): [string, Shown][] => [
    [`In post: ${posts[post].label}`, inPost],
    [`Planned staff: ${posts[post].label}`, planned ?? 0],
  ])
  const money = moneyKindCodes.map((kind): [string, Shown] => [
    `Money ${moneyKinds[kind].label.toLowerCase()}, in pounds`,
    entered.money[kind] ?? 0,
  ])
  return new Map([...counted, ...cells, ...staff, ...money])
}

type Signing = Readonly<{
  reasons: readonly string[]
  versions: readonly Version[]
  now: Returned
  reason: string | null
}>

/** What stands in the way of signing: the month is not over, nothing has changed, or nobody says why it is signed again. */
export function problemsWithSigning({ reasons, versions, now, reason }: Signing): Problem[] {
  if (reasons.length > 0) return reasons.map((message) => ({ field: 'looked', message }))
  const newest = versions.at(-1)
  if (newest === undefined) return []
  if (asText(newest.figures) === asText(now))
    return [{ field: 'looked', message: 'Nothing has changed since this month was signed' }]
  return reason === null ? [{ field: 'reason', message: 'Say why the month is signed again' }] : []
}

type Checked = Readonly<{ now: Returned; signed: Returned | undefined; erased: number; below: number }>

/** What is looked at before signing. Outside the reporting boundary both sides are masked as the month's page is. */
export function checkingOf({ now, signed, erased, below }: Checked) {
  const released = releaseOf(now, { below })
  return {
    numbers: released.items.map(({ item, number }) => ({ what: items[item].label, number })),
    look: thingsToLookAt(now, below),
    masked: below > 1,
    erased: erasedInWords(erased, below),
    changes: signed ? differencesBetween(releaseOf(signed, { below }), released) : [],
  }
}

/** Whom an erasure has taken out of a month since it was signed, in words and without who; nothing where nobody was. */
function erasedInWords(people: number, below: number): string | undefined {
  if (people === 0) return undefined
  const whose = people === 1 ? 'one person whose record was' : `${people} people whose records were`
  const counted = people < below ? 'a few people whose records were' : whose
  return `${counted} erased since it was signed`
}

/** What whoever signs should look at first: what is hardly recorded, and what nobody entered. */
function thingsToLookAt({ families, entered }: Returned, below: number): string[] {
  const missing = breakdownCodes.flatMap((breakdown) => {
    const family = families[breakdowns[breakdown].of]
    const unknown = family?.cells[breakdown]?.['not-known'] ?? 0
    const share = family && family.count > 0 ? unknown / family.count : 0
    const much = below > 1 ? 'often not recorded' : `not recorded for ${Math.round(share * 100)}%`
    return share > mostMissing ? [`${breakdowns[breakdown].label}: ${much}`] : []
  })
  return [
    ...missing,
    ...(entered.money.planned === null ? ['Nobody has entered what was meant to be spent'] : []),
    ...(entered.money.spent === null ? ['Nobody has entered what was spent'] : []),
    ...(entered.staff.every(({ planned }) => planned === null) ? ['Nobody has entered planned staff'] : []),
  ]
}

// Our own default: with more than a fifth missing, shares say little.
const mostMissing = 0.2

/** Figures as text that is the same for the same figures, whatever order their keys are in. */
export function asText(figures: unknown): string {
  if (Array.isArray(figures)) return `[${figures.map(asText).join(',')}]`
  if (typeof figures !== 'object' || figures === null) return JSON.stringify(figures)
  const entries = Object.entries(figures).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${asText(value)}`).join(',')}}`
}
