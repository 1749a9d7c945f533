import { dayOf } from '#platform/dates.ts'

/** What somebody who was passed on says themselves to "did you get help?". */
export const helps = {
  helped: { label: 'Yes, it helped' },
  started: { label: 'It has started' },
  'no-help': { label: 'It started, but it did not help' },
  nobody: { label: 'Nobody got in touch with me' },
  'not-wanted': { label: 'I did not want it' },
  other: { label: 'Something else' },
} as const

export type Help = keyof typeof helps

/** The same, as others read it. */
export const helpsTold: Readonly<Record<Help, Readonly<{ label: string }>>> = {
  helped: { label: 'It helped' },
  started: { label: 'It has started' },
  'no-help': { label: 'It started and did not help' },
  nobody: { label: 'Nobody got in touch' },
  'not-wanted': { label: 'They did not want it' },
  other: { label: 'In their own words' },
}

/** Whether they say by it that it began. */
export const saysBegun = (help: Help): boolean => help === 'helped' || help === 'started' || help === 'no-help'

/** What somebody says of it, as far as two can say it differently: that it began, or helped, or has not begun yet, or never. */
type Claim = 'begun' | 'helped' | 'no-help' | 'not-yet' | 'never'

/** What happened with an onward referral, as a witness said it. */
export type Saying = Readonly<{
  id: string
  kind: string
  witness: string
  reason: string | null
  onDay: Temporal.PlainDate | null
  at: Temporal.Instant
}>

const ends: Readonly<Record<string, Claim>> = {
  ...{ helped: 'helped', partly: 'helped', stopped: 'begun', 'not-begun': 'never', 'no-help': 'no-help' },
}
const answers: Readonly<Partial<Record<string, Claim>>> = {
  ...({
    ...{ helped: 'helped', started: 'begun', 'no-help': 'no-help', nobody: 'not-yet', 'not-wanted': 'not-yet' },
  } satisfies Partial<Record<Help, Claim>>),
}

function claimOf({ kind, reason }: Saying): Claim | undefined {
  const byReason: Readonly<Record<string, Readonly<Partial<Record<string, Claim>>>>> = { ended: ends, said: answers }
  const always: Readonly<Partial<Record<string, Claim>>> = { started: 'begun', attended: 'begun', declined: 'never' }
  return byReason[kind]?.[reason ?? ''] ?? always[kind]
}

/** Whether both cannot be so: it was not begun on a day on which it had begun, never and yet begun, helped and yet not. */
function contradict(one: Claimed, other: Claimed): boolean {
  const [began, not] = hasBegun(one.claim) ? [one, other] : [other, one]
  if (!hasBegun(began.claim)) return false
  if (not.claim === 'never') return true
  if (not.claim === 'not-yet') return Temporal.PlainDate.compare(began.day, not.day) <= 0
  return began.claim !== not.claim && [began.claim, not.claim].every((claim) => claim !== 'begun')
}

const hasBegun = (claim: Claim): boolean => claim === 'begun' || claim === 'helped' || claim === 'no-help'

type Claimed = Readonly<{ saying: Saying; claim: Claim; day: Temporal.PlainDate }>

/** The three who can know what came of it. */
const witnesses = ['service', 'person', 'team'] as const

/**
 * What of the newest sayings of two witnesses cannot both be so, the earlier first, until somebody of the team has settled
 * it; what is said after that counts anew. `happened` is everything that did, the first first.
 */
export function conflictsIn(happened: readonly Saying[]): (readonly [Saying, Saying])[] {
  const settled = happened.findLast(({ kind }) => kind === 'settled')
  const newest = witnesses.flatMap((witness) => newestOf(happened, witness) ?? [])
  return newest
    .flatMap((one, place) => newest.slice(place + 1).map((other) => [one, other] as const))
    .filter(([one, other]) => contradict(one, other) && !(isOver(one, settled) && isOver(other, settled)))
    .map(([{ saying: one }, { saying: other }]) =>
      Temporal.Instant.compare(one.at, other.at) <= 0 ? ([one, other] as const) : ([other, one] as const),
    )
}

const witnessNames: Readonly<Record<string, string>> = {
  service: 'the service',
  person: 'the participant',
  team: 'the team',
}

/** Who says what cannot all be so, as a sentence begins: those alone who said it. */
export function differingInWords(happened: readonly Saying[]): string {
  const speaking = new Set(conflictsIn(happened).flatMap((both) => both.map(({ witness }) => witness)))
  const named = witnesses.filter((one) => speaking.has(one)).map((one) => witnessNames[one] ?? one)
  const words = new Intl.ListFormat('en-GB').format(named)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const isOver = ({ saying }: Claimed, settled: Saying | undefined): boolean =>
  settled !== undefined && Temporal.Instant.compare(saying.at, settled.at) <= 0

// Of what is said in one moment the first counts: that it helped, and not that it began, which follows from it.
function newestOf(happened: readonly Saying[], witness: string): Claimed | undefined {
  const claims = happened
    .filter((saying) => saying.witness === witness)
    .flatMap((saying) => {
      const claim = claimOf(saying)
      return claim === undefined ? [] : [{ saying, claim, day: saying.onDay ?? dayOf(saying.at) }]
    })
  const last = claims.at(-1)
  return last && claims.find(({ saying }) => saying.at.equals(last.saying.at))
}

const answering: ReadonlySet<string> = new Set(['accepted', 'waiting', 'declined', 'started', 'attended', 'ended'])

/** What a saying adds to what is counted of a service: the day it answered, the day it began, and that it said how it ended. */
export function countedOf({
  kind,
  witness,
  onDay = null,
  at,
}: Partial<Saying> & Pick<Saying, 'kind' | 'witness' | 'at'>) {
  const byService = witness === 'service'
  return {
    answeredOn: byService && answering.has(kind) ? dayOf(at) : null,
    startedOn: kind === 'started' ? (onDay ?? dayOf(at)) : null,
    closed: byService && (kind === 'declined' || kind === 'ended'),
  }
}

/** What holds in the end, as somebody of the team finds out. */
export const holds = {
  helped: { label: 'It began and helped' },
  begun: { label: 'It began' },
  'no-help': { label: 'It began and did not help' },
  'not-begun': { label: 'It did not begin' },
  unknown: { label: 'It cannot be found out' },
} as const
