import { ageOn, dayOf, longDay } from '#platform/dates.ts'
import { type EntryRule, isUndecided, type LocalEntry, type Need, type NeededBy } from '#registers/intensive/rules.ts'
import { type WorkStanding, workStandings } from '#registers/listing/rules.ts'
import type { EventKind, State } from '#journey/onward/rules.ts'

/** What somebody may answer to an entry rule that the record does not decide. */
export const answers = {
  yes: { label: 'Yes' },
  no: { label: 'No' },
  unsure: { label: 'Not known yet' },
} as const

export type Answer = keyof typeof answers

/** What a rule says of somebody. */
export const verdicts = {
  met: { label: 'Met', colour: 'green' },
  'not-met': { label: 'Not met', colour: 'red' },
  'not-known': { label: 'Not known', colour: 'orange' },
} as const

export type Verdict = keyof typeof verdicts

/** What was written down about one rule or one thing that is needed: the newest word counts. */
export type Said = Readonly<{ point: string; answer: string; at: Temporal.Instant; by: string | null }>

/** What the record knows of somebody that entry rules ask about. */
export type Known = Readonly<{
  bornOn: Temporal.PlainDate
  today: Temporal.PlainDate
  health: 'yes' | 'no' | null
  work: WorkStanding | null
  countries: readonly string[]
  councils: readonly string[]
  practice: string | null
  said: readonly Said[]
}>

/** One entry rule held against somebody: whether it is met and why, and what to ask where that is not known. */
export type Finding = Readonly<{ rule: EntryRule; verdict: Verdict; why: string; asks: boolean }>

type FromRecord = Readonly<{ met: boolean; why: string }> | undefined

/** Each entry rule held against somebody, by the record first and by what they were asked where it does not know. */
export const findingsOf = (rules: readonly EntryRule[], local: LocalEntry, known: Known): Finding[] =>
  rules.map((rule) => findingOf(rule, local, known))

function findingOf(rule: EntryRule, local: LocalEntry, known: Known): Finding {
  const found = isUndecided(rule, local) ? undefined : fromRecord[rule.by](rule, local, known)
  if (found && (found.met || !rule.orAsked))
    return { rule, verdict: found.met ? 'met' : 'not-met', why: found.why, asks: false }
  const said = newestOf(known.said, rule.code)
  const why = found ? `${found.why} ${rule.ask}` : rule.ask
  if (said === undefined || said.answer === 'unsure') return { rule, verdict: 'not-known', why, asks: true }
  return { rule, verdict: said.answer === 'yes' ? 'met' : 'not-met', why: saidInWords(said), asks: true }
}

/** The newest word on a rule or on something that is needed. */
export const newestOf = (said: readonly Said[], point: string): Said | undefined =>
  said.findLast((one) => one.point === point)

const saidInWords = ({ answer, at, by }: Said): string =>
  `Answered ${answer === 'yes' ? 'yes' : 'no'}, written down on ${longDay(dayOf(at))}${by === null ? '' : ` by ${by}`}.`

type Deciding = (rule: EntryRule, local: LocalEntry, known: Known) => FromRecord

const fromRecord: Readonly<Record<EntryRule['by'], Deciding>> = {
  age: ({ least, leaves }, local, { bornOn, today }) => {
    const from = (leaves === null ? null : local.leastAge) ?? least
    const age = ageOn(bornOn, today)
    return from === null ? undefined : { met: age >= from, why: `They are ${age}; it takes people from ${from} on.` }
  },
  health: ({ leaves }, _local, { health }) => {
    if (health === 'yes') return { met: true, why: 'The record says that health or a disability affects their work.' }
    if (health === null || leaves !== null) return undefined
    return { met: false, why: 'They told us that no health condition or disability affects their work.' }
  },
  work: ({ works, leaves }, local, { work }) => {
    const takes = leaves !== null && local.works.length > 0 ? local.works : works
    if (takes.length === 0 || work === null) return undefined
    return { met: takes.includes(work), why: `${workStandings[work].label}, by the record.` }
  },
  country: ({ countries: takes }, _local, { countries }) => {
    const [country] = countries
    if (country === undefined || countries.length > 1) return undefined
    return { met: takes.includes(country), why: `They live in ${country}.` }
  },
  councils: (_rule, { councils: takes }, { councils }) => {
    const within = councils.filter((one) => takes.includes(one)).length
    if (councils.length === 0 || (within > 0 && within < councils.length)) return undefined
    return within > 0
      ? { met: true, why: 'They live in a district that your area says is served.' }
      : { met: false, why: 'They live outside the districts that your area says are served.' }
  },
  practice: (_rule, _local, { practice }) =>
    practice === null ? undefined : { met: true, why: `Their practice on the record is ${practice}.` },
  asked: () => undefined,
}

/** How many rules are met, are not, and are to be asked about. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const of = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length
  return { met: of('met'), 'not-met': of('not-met'), 'not-known': of('not-known') }
}

/** The same in words: "4 met, 1 to ask about". */
export function countsInWords(findings: readonly Finding[]): string {
  const { met, 'not-met': not, 'not-known': open } = countsOf(findings)
  return [`${met} met`, ...(not > 0 ? [`${not} not met`] : []), ...(open > 0 ? [`${open} to ask about`] : [])].join(
    ', ',
  )
}

/** The referral by which somebody is handed over to a programme. */
export type Referred = Readonly<{
  id: string
  kind: string
  state: State
  address: string | null
  events: readonly Readonly<{ kind: EventKind; at: Temporal.Instant; parts: readonly string[] | null }>[]
}>

/** One thing that is needed before hand-over: whether it is there, and how that is known. */
export type Gathered = Readonly<{
  code: string
  label: string
  hint: string | null
  by: NeededBy
  there: boolean
  why: string
}>

type Held = Readonly<{ referral: Referred | undefined; practice: string | null; said: readonly Said[] }>

/** What a programme needs before somebody is handed over, each with whether it is there. */
export function gatheredOf(needs: readonly Pick<Need, 'code' | 'by' | 'label' | 'hint'>[], held: Held): Gathered[] {
  return needs.map(({ code, by, label, hint }) => ({ code, by, label, hint, ...isThere(by, code, held) }))
}

const isOver = (state: State) => state === 'withdrawn' || state === 'refused'

function isThere(by: NeededBy, code: string, { referral, practice, said }: Held) {
  const yes =
    referral && !isOver(referral.state) ? referral.events.findLast(({ kind }) => kind === 'agreed') : undefined
  const told = referral?.events.findLast(({ kind }) => kind === 'told')
  const on = (at: Temporal.Instant | undefined) => (at === undefined ? '' : `On ${longDay(dayOf(at))}`)
  if (by === 'agreed') return { there: yes !== undefined, why: on(yes?.at) || 'No referral with their yes yet' }
  if (by === 'told') {
    const first = yes ?? told
    return { there: first !== undefined, why: on(first?.at) || 'No referral yet of which they were told' }
  }
  if (by === 'reached') {
    const reached = yes?.parts?.some((part) => part === 'phone' || part === 'email') ?? false
    return { there: reached, why: reached ? 'They agreed that it is sent' : 'Not among what they agreed to yet' }
  }
  if (by === 'address') {
    const known = referral?.address != null
    return { there: known, why: known ? 'Written in the referral' : 'No referral with an address yet' }
  }
  if (by === 'practice') return { there: practice !== null, why: practice ?? 'No practice on the record' }
  const last = newestOf(said, pointOf(code))
  const there = last?.answer === 'there'
  return {
    there,
    why: there ? `Ticked${last.by === null ? '' : ` by ${last.by}`}, ${longDay(dayOf(last.at))}` : 'Not ticked',
  }
}

/** Under which point a thing that is needed is kept, so that it is never taken for a rule of the same name. */
const pointOf = (need: string): string => `need-${need}`

type Given = Readonly<{
  answered: Readonly<Record<string, Answer | null>>
  done: readonly string[]
  findings: readonly Finding[]
  gathered: readonly Gathered[]
  said: readonly Said[]
}>

/** What is new in what a coach entered: each answer and tick that differs from what was written down last. */
export function newlySaid({
  answered,
  done,
  findings,
  gathered,
  said,
}: Given): Readonly<{ point: string; answer: string }>[] {
  const asked = findings.flatMap(({ rule, asks }) => {
    const answer = answered[rule.code]
    return asks && answer && answer !== (newestOf(said, rule.code)?.answer ?? 'unsure')
      ? [{ point: rule.code, answer }]
      : []
  })
  const ticked = gathered.flatMap(({ code, by, there }) => {
    const is = done.includes(code)
    return by === 'coach' && is !== there ? [{ point: pointOf(code), answer: is ? 'there' : 'not-there' }] : []
  })
  return [...asked, ...ticked]
}

/** What of an entry check may stand in a referral: the rules that are met, without any that tell of health or benefits. */
export function entryInWords(findings: readonly Finding[]): string | undefined {
  const met = findings.filter(({ verdict, rule }) => verdict === 'met' && rule.by !== 'health' && rule.about === null)
  return met.length === 0 ? undefined : met.map(({ rule }) => rule.label).join('. ')
}
