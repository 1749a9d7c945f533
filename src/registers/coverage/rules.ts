import { type Dated, holdsOn, isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { boardNames, type Boundaries, type Cover, successorsOf } from '#registers/places/rules.ts'

/** What an area may say that it covers. */
export const coverKinds = {
  board: { label: 'A board', hint: 'Everybody who lives there or has their GP there' },
  council: { label: 'A council', hint: 'A county with all its districts' },
  jobcentre: { label: 'A Jobcentre', hint: 'Everybody who goes to that office' },
  outward: { label: 'A postcode area', hint: 'Everybody whose postcode begins so' },
} as const

export type CoverKind = keyof typeof coverKinds

/** A choice of the form: the code of a place and how it is called there. */
export type Names = Readonly<Record<string, { label: string }>>

/** The places that can be chosen, by kind; the first half of a postcode is typed. */
export type Choices = Readonly<Record<'board' | 'council' | 'jobcentre', Names>>

/** A place as a form says it: kind and code, from and until. */
export type Proposed = Omit<Cover, 'code'> & Readonly<{ code: string | undefined }>

/** The code of what somebody chose or typed; undefined where it is no place that we know. */
export function codeOf(kind: CoverKind, given: Readonly<Record<CoverKind, string | null>>, choices: Choices) {
  const said = given[kind] ?? ''
  if (kind === 'outward') return outwardOf(said)
  return said in choices[kind] ? said : undefined
}

const missing = {
  board: 'Choose the board',
  council: 'Choose the council',
  jobcentre: 'Choose the Jobcentre',
  outward: 'Enter the first half of a postcode, for example BL1',
} as const

type Held = Cover & Readonly<{ id: string }>

/** What stands against a place and its days; undefined where nothing does. */
export function coverProblem(proposed: Proposed, others: readonly Held[], map: Boundaries): Problem | undefined {
  const { kind, code, fromOn, untilOn } = proposed
  if (code === undefined) return { field: kind, message: missing[kind] }
  if (untilOn !== null && isBefore(untilOn, fromOn))
    return { field: 'until', message: 'The last day must not be before the first' }
  const gone = kind === 'board' ? endedBy(code, fromOn, map) : undefined
  if (gone) return { field: 'board', message: gone }
  const twice = others.find((other) => other.kind === kind && other.code === code && overlap(other, proposed))
  if (!twice) return undefined
  const until = twice.untilOn ? ` until ${longDay(twice.untilOn.subtract({ days: 1 }))}` : ''
  return {
    field: kind,
    message: `This is covered already from ${longDay(twice.fromOn)}${until}: change that line instead`,
  }
}

function endedBy(code: string, on: Temporal.PlainDate, map: Boundaries): string | undefined {
  if (map.boards.some((board) => board.code === code && holdsOn(board, on))) return undefined
  const next = successorsOf(code, on, map.successions).filter(({ board }) => board !== code)
  const name = boardNames([code], map)
  if (next.length === 0) return `${name} does not exist on ${longDay(on)}`
  const names = boardNames(
    next.map(({ board }) => board),
    map,
  )
  return `${name} does not exist any more on ${longDay(on)}: choose ${names}`
}

function overlap(one: Dated, other: Dated): boolean {
  const begins = (dated: Dated, before: Dated) => before.untilOn === null || isBefore(dated.fromOn, before.untilOn)
  const holds = ({ fromOn, untilOn }: Dated) => untilOn === null || isBefore(fromOn, untilOn)
  return holds(one) && holds(other) && begins(one, other) && begins(other, one)
}

/** What a place is called, with what became of it where it is no more. */
export function placeName({ kind, code }: Pick<Cover, 'kind' | 'code'>, map: Boundaries, offices: Names): string {
  if (kind === 'board') return boardNames([code], map)
  if (kind === 'council') return map.councils.find((one) => one.code === code)?.name ?? code
  return kind === 'jobcentre' ? (offices[code]?.label ?? code) : code
}

/** What an area has to look at in a line that holds today: a board that is no more covers nobody. */
export function noteOn(cover: Cover, map: Boundaries, today: Temporal.PlainDate): string | undefined {
  return cover.kind === 'board' && holdsOn(cover, today) ? endedBy(cover.code, today, map) : undefined
}

/** Whom other places would change something for: how many, as its reader may know it, and who. */
export type CoverEffect = Readonly<{
  looked: string
  counts: readonly Readonly<{ before: string; after: string; open: string; decided: string }>[]
  people: readonly Readonly<{ referral: string; name: string; before: string; after: string; why: readonly string[] }>[]
}>
