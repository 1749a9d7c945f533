import type { Outcome } from '#exchange/files/batch/rules.ts'
import type { Reads, SheetName } from '#exchange/files/cases/sheets/rules.ts'

type ParsedOf<Name extends SheetName> = Readonly<{
  sheet: Name
  number: number
  /** The id of the record that is made of it, should it be taken. */
  made: string
  read: Reads[Name] | undefined
  reasons: readonly string[]
  /** What knows the row again, and what it belongs to, as digests. */
  key: string | null
  who: string | null
  own: string | null
  parent: string | null
  /** The goal that an action names, as a digest. */
  goal: string | null
}>

/** A row of one of the files of a folder, read as far as it can be without the others. */
export type Parsed = { readonly [Name in SheetName]: ParsedOf<Name> }[SheetName]

/** A row of one file. */
export type ParsedIn<Name extends SheetName> = Extract<Parsed, { sheet: Name }>

/** What came of a row. */
export type Verdict = Readonly<{ outcome: Outcome; reasons: readonly string[]; made: string | null }>

/** What was taken before under a key, in whatever file. */
export type KnownBefore = ReadonlyMap<string, Readonly<{ who: string; made: string }>>

/** The name of a row among those of all files. */
export function nameOf({ sheet, number }: Pick<Parsed, 'sheet' | 'number'>): string {
  return `${sheet} ${number}`
}

/** What is decided about rows, one after the other: each is decided once, and rows that build on it ask for it. */
export type Verdicts = Readonly<{
  /** Decides about a row by itself; undefined where others have a say in it. */
  settle: (line: Parsed) => Verdict | undefined
  take: (line: Parsed) => void
  refuse: (line: Parsed, reason: string) => void
  of: (line: Parsed) => Verdict | undefined
  /** What a row builds on: the record, or why there is none. */
  parentOf: (line: Parsed) => Parent
  all: () => ReadonlyMap<string, Verdict>
}>

export type Parent = Readonly<{ made: string; line: Parsed | undefined }> | Readonly<{ why: string }>

/** Begins to decide about the rows that belong together. */
export function verdictsOf(lines: readonly Parsed[], known: KnownBefore): Verdicts {
  const verdicts = new Map<string, Verdict>()
  const seen = new Map<string, Parsed>()
  const owners = new Map(lines.flatMap((line) => (line.own === null ? [] : [[line.own, line] as const])).toReversed())
  const decide = (line: Parsed, verdict: Verdict): Verdict => {
    verdicts.set(nameOf(line), verdict)
    return verdict
  }
  const refuse = (line: Parsed, ...reasons: readonly string[]) =>
    decide(line, { outcome: 'refused', reasons: reasons.length > 0 ? reasons : ['It cannot be read.'], made: null })
  return {
    settle: (line) => {
      const { key, who, read, reasons } = line
      if (reasons.length > 0 || !read || key === null || who === null) return refuse(line, ...reasons)
      const before = known.get(key) ?? seen.get(key)
      if (before === undefined) seen.set(key, line)
      if (before === undefined) return undefined
      if (before.who !== who) return refuse(line, takenForAnother(line))
      return decide(line, { outcome: 'already', reasons: [], made: before.made })
    },
    take: (line) => void decide(line, { outcome: 'taken', reasons: [], made: line.made }),
    refuse: (line, reason) => void refuse(line, reason),
    of: (line) => verdicts.get(nameOf(line)),
    parentOf: (line) => parentOf(line, { owner: owners.get(line.parent ?? ''), known, verdicts }),
    all: () => withTwins(lines, verdicts, seen),
  }
}

function takenForAnother({ sheet }: Parsed): string {
  const whose =
    sheet === 'people' ? 'for another person' : sheet === 'episodes' ? 'for another person' : 'in another case'
  return `This reference came before ${whose}. Give the row its own.`
}

type Sought = Readonly<{ owner: Parsed | undefined; known: KnownBefore; verdicts: ReadonlyMap<string, Verdict> }>

function parentOf(line: Parsed, { owner, known, verdicts }: Sought): Parent {
  const verdict = owner && verdicts.get(nameOf(owner))
  if (verdict?.made) return { made: verdict.made, line: verdict.outcome === 'taken' ? owner : undefined }
  const before = known.get(line.parent ?? '')
  if (before) return { made: before.made, line: undefined }
  const [what, file] = line.sheet === 'episodes' ? ['person', 'people'] : ['case', 'episodes']
  const called = `“${referenceIn(line)}”`
  return verdict
    ? { why: `The ${what} ${called} was returned: ${verdict.reasons[0] ?? ''}` }
    : { why: `There is no ${what} ${called} in ${file}.csv, and none was brought in before.` }
}

function referenceIn({ sheet, read }: Parsed): string {
  if (read === undefined || sheet === 'people') return ''
  return sheet === 'episodes' && 'person' in read ? read.person : 'episode' in read ? read.episode : ''
}

// A row that came twice was here already only if the first one stayed.
function withTwins(lines: readonly Parsed[], verdicts: Map<string, Verdict>, seen: ReadonlyMap<string, Parsed>) {
  for (const line of lines) {
    const first = line.key === null ? undefined : seen.get(line.key)
    const [own, its] = [verdicts.get(nameOf(line)), first && verdicts.get(nameOf(first))]
    if (own?.outcome === 'already' && its?.outcome === 'refused') verdicts.set(nameOf(line), its)
  }
  return verdicts
}

/** The rows of one file, in their order. */
export function linesIn<Name extends SheetName>(lines: readonly Parsed[], name: Name): ParsedIn<Name>[] {
  // Checked: a row says itself which file it is of.
  return lines
    .filter(({ sheet }) => sheet === name)
    .toSorted((one, other) => one.number - other.number) as ParsedIn<Name>[]
}
