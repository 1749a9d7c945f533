import { type Dated, holdsOn, isBefore, longDay } from '#platform/dates.ts'
import { outwardOf } from '#platform/postcode/rules.ts'

/** What a council is. A county stands above its districts; where there is none, one council does the work of both. */
export const councilKinds = {
  unitary: { label: 'Unitary council' },
  district: { label: 'District council' },
  'metropolitan-district': { label: 'Metropolitan district' },
  'london-borough': { label: 'London borough' },
  county: { label: 'County council' },
} as const

export type CouncilKind = keyof typeof councilKinds

/** A board under one of its ONS codes: a board that was given a new code has two of these, one after the other. */
export type Board = Dated &
  Readonly<{ code: string; ons: string; name: string; shortName: string; region: string; regionName: string }>

/** The people of one board who came to another, and what share of its people they were. */
export type Succession = Readonly<{ board: string; successor: string; on: Temporal.PlainDate; share: number }>

export type Council = Dated & Readonly<{ code: string; name: string; kind: CouncilKind; county: string | null }>

/** How much of a council lies in a board, as a share of its residents. */
export type Overlap = Dated & Readonly<{ council: string; board: string; share: number }>

/** The map that a question is asked of: all of England or only what the question needs. */
export type Boundaries = Readonly<{
  boards: readonly Board[]
  successions: readonly Succession[]
  councils: readonly Council[]
  overlaps: readonly Overlap[]
}>

/** The boards there are on a day. */
export function boardsOn(boards: readonly Board[], on: Temporal.PlainDate): Board[] {
  return boards.filter((board) => holdsOn(board, on))
}

export type Share = Readonly<{ board: string; share: number }>

/** Which boards answer on a day for the people who were a board's, and for what share of them. */
export function successorsOf(board: string, on: Temporal.PlainDate, successions: readonly Succession[]): Share[] {
  const next = successions.filter((one) => one.board === board && !isBefore(on, one.on))
  if (next.length === 0) return [{ board, share: 1 }]
  const onward = next.flatMap((one) =>
    successorsOf(one.successor, on, successions).map((found) => ({ ...found, share: found.share * one.share })),
  )
  return [...Map.groupBy(onward, (one) => one.board)].map(([code, parts]) => ({ board: code, share: total(parts) }))
}

/** The councils that lie in more than one board on a day, with the parts, the largest first. */
export function councilsAcrossBoards(overlaps: readonly Overlap[], on: Temporal.PlainDate): Map<string, Overlap[]> {
  const parts = Map.groupBy(
    overlaps.filter((overlap) => holdsOn(overlap, on)),
    ({ council }) => council,
  )
  return new Map([...parts].filter(([, found]) => found.length > 1).map(([code, found]) => [code, largestFirst(found)]))
}

/** What an area covers: whole boards, whole councils (a county with its districts), Jobcentres, or the part of a postcode area. */
export type Cover = Dated & Readonly<{ kind: 'board' | 'council' | 'jobcentre' | 'outward'; code: string }>
export type Coverage = Readonly<{ area: string; name: string; covers: readonly Cover[] }>

/** A postcode in the directory, or the first half of one with the councils that it may be in. */
export type Located = Readonly<{
  postcode: string
  whole: boolean
  parts: readonly Readonly<{ country: string; council: string | null; boardOns: string | null; share: number }>[]
}>

export type Practice = Readonly<{ code: string; name: string; board: string | null; located?: Located | undefined }>

/** What somebody told us, or what is on record, about where they belong. */
export type Known = Readonly<{
  council?: string | undefined
  postcode?: Located | undefined
  practice?: Practice | undefined
  jobcentre?: Readonly<{ code: string; name: string }> | undefined
}>

/** That a person can belong to an area: how, how surely (1 is certain), and why in words. */
export type Claim = Omit<Coverage, 'covers'> &
  Readonly<{ by: 'home' | 'practice' | 'jobcentre'; share: number; why: string }>

/** The areas a person can belong to, surest first, and what is still to be asked or said. */
export type Belonging = Readonly<{ claims: readonly Claim[]; notes: readonly string[] }>

// Published shares are rounded to four places, so that whole ones may add up to a little less.
const sure = 0.999

type Ground = Share & Readonly<{ council: string | null; untilOn: Temporal.PlainDate | null }>

/**
 * Which areas this person can belong to on a day, and why. Whether an area takes people by home, by GP practice or by
 * Jobcentre is the area's rule and not asked here. A referral keeps the area it had on its own day: ask with that day.
 */
export function areasOf(known: Known, map: Boundaries, areas: readonly Coverage[], on: Temporal.PlainDate): Belonging {
  const home = homeOf(known, map, on)
  const practice = practiceOf(known, map, on)
  const claims = areas.flatMap(({ covers, ...area }) => {
    const held = covers.filter((cover) => holdsOn(cover, on))
    const within = (grounds: readonly Ground[], by = held) =>
      grounds.filter((ground) => by.some((cover) => isCovered(ground, cover, map)))
    const [lives, registered] = [within(home), within(practice)]
    const beginning = beginningOf(known, held)
    const why = beginning ?? whyHome(known, lives, held, map)
    const served = held.some(({ kind, code }) => kind === 'jobcentre' && code === known.jobcentre?.code)
    const registeredAt = `Registered with ${known.practice?.name}, in ${boardNames(boardsOf(registered), map)}`
    return [
      ...claim({ ...area, by: 'home', share: beginning ? 1 : total(lives), why }),
      ...claim({ ...area, by: 'practice', share: total(registered), why: registeredAt }),
      ...claim({ ...area, by: 'jobcentre', share: served ? 1 : 0, why: `Served by ${known.jobcentre?.name}` }),
    ]
  })
  return { claims: largestFirst(claims), notes: notesOn(known, { home, practice }, claims, map) }
}

const claim = (found: Claim): Claim[] => (found.share > 0 ? [{ ...found, share: Math.min(1, found.share) }] : [])

// Also where the directory does not know the postcode: how it begins is enough, unless it lies outside England.
function beginningOf({ postcode }: Known, held: readonly Cover[]): string | undefined {
  if (!postcode?.parts.every(({ country }) => country === 'England')) return undefined
  const half = outwardOf(postcode.postcode)
  const taken = held.some(({ kind, code }) => kind === 'outward' && code === half)
  return taken ? `The area takes everybody whose postcode begins with ${half}` : undefined
}

function homeOf({ council, postcode }: Known, map: Boundaries, on: Temporal.PlainDate): Ground[] {
  const located = groundsOf(postcode, map, on)
  if (located.length > 0 || council === undefined) return located
  const whole = [{ country: 'England', council, boardOns: null, share: 1 }]
  return groundsOf({ postcode: '', whole: false, parts: whole }, map, on)
}

function practiceOf({ practice }: Known, map: Boundaries, on: Temporal.PlainDate): Ground[] {
  if (!practice?.board) return groundsOf(practice?.located, map, on)
  const said = boardsOn(map.boards, on).find(({ code }) => code === practice.board)
  const located = said ? [] : groundsOf(practice.located, map, on)
  if (located.length > 0) return located
  return successorsOf(practice.board, on, map.successions).map((one) => ({ ...one, council: null, untilOn: null }))
}

function groundsOf(located: Located | undefined, map: Boundaries, on: Temporal.PlainDate): Ground[] {
  return (located?.parts ?? []).flatMap(({ council, boardOns, share }) => {
    const said = map.boards.find(({ ons }) => ons === boardOns)
    if (said && holdsOn(said, on)) return [{ board: said.code, council, share, untilOn: said.untilOn }]
    // The directory is of another time than the day asked about: only boards on the same ground are possible.
    const there = map.overlaps.filter((one) => one.council === council && holdsOn(one, on))
    const possible = said ? there.filter(({ board }) => onSameGround(said.code, board, map.successions)) : there
    return possible.map((one) => ({ ...one, share: (share * one.share) / total(possible) }))
  })
}

function onSameGround(one: string, other: string, successions: readonly Succession[]): boolean {
  const leads = (from: string, to: string): boolean =>
    successions.some(({ board, successor }) => board === from && (successor === to || leads(successor, to)))
  return one === other || leads(one, other) || leads(other, one)
}

function isCovered({ board, council }: Ground, { kind, code }: Cover, map: Boundaries): boolean {
  if (kind === 'board') return board === code
  return kind === 'council' && [council, map.councils.find((one) => one.code === council)?.county].includes(code)
}

function whyHome({ postcode }: Known, covered: readonly Ground[], held: readonly Cover[], map: Boundaries): string {
  const boards = boardNames(boardsOf(covered), map)
  const councils = [...new Set(covered.map(({ council }) => councilName(council, map)))].join(' and ')
  if (!covered.some(({ board }) => held.some(({ kind, code }) => kind === 'board' && code === board)))
    return `${postcode?.parts.length ? `The postcode ${postcode.postcode} is` : 'Lives'} in ${councils}, which the area covers`
  if (postcode?.whole && total(covered) > sure)
    return `The postcode ${postcode.postcode} is in ${councils}, in ${boards}`
  const ended = covered.find(({ untilOn }) => untilOn !== null)?.untilOn
  const until = ended ? ` until ${longDay(ended.subtract({ days: 1 }))}` : ''
  const [where, whose] = postcode && !postcode.whole ? [postcode.postcode, 'addresses'] : [councils, 'residents']
  return `Lives in ${where}, where ${percent(total(covered))} of ${whose} ${ended ? 'were' : 'are'} in ${boards}${until}`
}

type Grounds = Readonly<{ home: readonly Ground[]; practice: readonly Ground[] }>

function notesOn(known: Known, { home, practice }: Grounds, claims: readonly Claim[], map: Boundaries): string[] {
  const { postcode, council } = known
  if (!postcode && !council && !known.practice) return ['Ask for the postcode, the council or the GP practice']
  const [first] = home
  const where =
    postcode && !postcode.whole && postcode.parts.length > 0 ? postcode.postcode : councilName(first?.council, map)
  const unsure = claims.every(({ share }) => share < sure)
  const several = (name: string, grounds: readonly Ground[], ask: string) =>
    unsure && boardsOf(grounds).length > 1 ? [`${name} lies in ${sharesOf(grounds, map)}: ask for the ${ask}`] : []
  return [
    ...(postcode && (unsure || postcode.parts.length > 0) ? notesOnPostcode(postcode, council, map) : []),
    ...several(where, home, postcode?.whole ? 'GP practice' : 'GP practice or the whole postcode'),
    ...several(known.practice?.name ?? '', practice, 'postcode or the council they live in'),
    ...(first && claims.length === 0 ? [`No WorkWell area covers ${where} on that day`] : []),
  ]
}

function notesOnPostcode({ postcode, whole, parts: [first] }: Located, council: string | undefined, map: Boundaries) {
  if (first && first.country !== 'England')
    return [`${postcode} is in ${first.country}: is the GP practice in England?`]
  if (!first?.council) return [`${postcode} cannot be placed${council ? '' : ': ask which council they live in'}`]
  if (!whole || council === undefined || first.council === council) return []
  return [
    `${postcode} is in ${councilName(first.council, map)}, not in ${councilName(council, map)}: ask which is right`,
  ]
}

const total = (parts: Iterable<Readonly<{ share: number }>>) => [...parts].reduce((sum, { share }) => sum + share, 0)

const boardsOf = (parts: readonly Share[]) => [...new Set(parts.map(({ board }) => board))]

function largestFirst<Part extends Readonly<{ share: number }>>(parts: readonly Part[]): Part[] {
  return parts.toSorted((one, other) => other.share - one.share)
}

/** What a council is called. */
export function councilName(council: string | null | undefined, map: Boundaries): string {
  return map.councils.find(({ code }) => code === council)?.name ?? 'an unknown council'
}

/** What boards are called. */
export function boardNames(codes: readonly string[], { boards }: Boundaries): string {
  return codes.map((code) => boards.find((board) => board.code === code)?.shortName ?? code).join(', ')
}

const counts = ['no', 'one board', 'two boards', 'three boards', 'four boards']

/** In how many boards something lies, and how much of it in each. */
export function sharesOf(parts: readonly Share[], map: Boundaries): string {
  const each = boardsOf(parts).map((board) => ({ board, share: total(parts.filter((part) => part.board === board)) }))
  const written = largestFirst(each).map((one) => `${boardNames([one.board], map)} ${percent(one.share)}`)
  return `${counts[each.length] ?? `${each.length} boards`} (${written.join(', ')})`
}

/** A share in words that never round to nothing or to everything. */
export function percent(share: number): string {
  if (share >= 0.9999) return '100%'
  if (share > 0.99) return 'over 99%'
  return share < 0.01 ? 'under 1%' : `${Math.round(share * 100)}%`
}
