import type { Problem } from '#platform/form/rules.ts'
import { noLinkSent } from '#registers/online/rules.ts'
import { isSettled, type Owner, owners, type Result, results } from '#journey/action/rules.ts'
import { type BarrierCode, barriers as barrierList } from '#journey/assessment/rules.ts'
import type { Content } from '#journey/plan/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** How a person is told that the team would talk about their support. */
export const waysToTell = {
  'in-person': { label: 'I told them in person, and they do not mind' },
  phone: { label: 'I told them by phone, and they do not mind' },
  sent: {
    label: 'Send them a message',
    hint: 'It leads to their own pages, where they read the question and the summary and can say no. They have 48 hours, also when they have read it',
  },
  later: { label: 'I tell them later', hint: 'The team sees nothing of it until then' },
} as const

/** How somebody is told whose online access is closed. */
export const waysOffline = ['in-person', 'phone', 'later'] as const satisfies readonly (keyof typeof waysToTell)[]

export type WayToTell = keyof typeof waysToTell

/** That somebody was told: by a member, by a message, or that they read it on their own pages and said there that they agree. */
export type Told = Readonly<{
  how: Exclude<WayToTell, 'later'> | 'read' | 'agreed'
  /** When they were spoken to or read it, or the message went; where it has not gone, when it was written. */
  at: Temporal.Instant
  by: string | null
  /** A message that still waits to go, or that did not go or not arrive: nobody has been told by it. */
  went?: 'waiting' | 'not' | undefined
}>

/** How somebody was told, as the record says it. */
const toldWords = {
  'in-person': { label: 'Told in person' },
  phone: { label: 'Told by phone' },
  sent: { label: 'A message was sent' },
  read: { label: 'Read it on their own pages' },
  agreed: { label: 'Said on their own pages that they do not mind' },
} as const satisfies Record<Told['how'], { label: string }>

type Message = Readonly<{ wentAt: Temporal.Instant | null; waits: boolean | null }>

/** That somebody was told, by a message from when it went, or that it has not gone. */
export function toldAsItWent<One extends Omit<Told, 'went'>>({ wentAt, waits, ...one }: One & Message) {
  if (one.how !== 'sent') return { ...one, went: undefined }
  const went = waits ? ('waiting' as const) : ('not' as const)
  return wentAt ? { ...one, at: wentAt, went: undefined } : { ...one, went }
}

/** How somebody was told, or that the message did not reach them. */
export function howTold({ how, went }: Pick<Told, 'how' | 'went'>): string {
  if (went === 'not') return 'A message did not reach them: tell them in person or by phone'
  return went === 'waiting' ? 'A message waits to be sent' : toldWords[how].label
}

/** So long somebody has to say no after a message, before the team may decide. */
const hoursToObject = 48

/** From when the team may decide: at once where the person was spoken to or has said yes, otherwise when they had the time to say no. To have read it is no yes. */
export function readyFrom(all: readonly Told[]): Temporal.Instant | undefined {
  const told = all.filter(({ went }) => went === undefined)
  const moments = told.map(({ how, at }) => (how === 'sent' || how === 'read' ? at.add({ hours: hoursToObject }) : at))
  return moments.toSorted((one, other) => Temporal.Instant.compare(one, other))[0]
}

/** Whether the person was told, or a message to them is on its way: without either the team sees nothing of it. */
export const isToldOrWillBe = (told: readonly Told[]): boolean => told.some(({ went }) => went !== 'not')

/** What a summary is drafted from. What gave concern, how somebody is reached and what they are called is no part of it. */
export type Facts = Readonly<{
  planType: string | null
  barriers: readonly Readonly<{ code: BarrierCode; severity: number | null; main: boolean }>[]
  goals: readonly Readonly<{ id: string; words: string; actions: readonly DraftedAction[] }>[]
  /** The plan as it was agreed last. */
  agreed: Content | undefined
}>
type DraftedAction = Readonly<{ id: string; what: string; owner: Owner; result: Result | null }>

/** A summary as the plan gives it: what stands in the way, what is wanted, what was tried and what is to come. */
export function draftOf({ planType, barriers, goals, agreed }: Facts): string {
  const mark = markIn(agreed)
  const actions = goals.flatMap((goal) => goal.actions)
  const tried = actions.filter(({ result }) => result !== null && isSettled({ result }))
  const open = actions.filter(({ result }) => result === null || !isSettled({ result }))
  return [
    planType === null ? '' : `Plan: ${planType}`,
    barriers.length === 0 ? '' : `In the way: ${barriers.map(barrierInWords).join('; ')}`,
    ...goals.map(({ id, words }) => `Wants${mark(id, words)}: ${words}`),
    ...tried.map(({ what, result }) => `Tried: ${what} (${result ? results[result].label.toLowerCase() : ''})`),
    ...open.map(
      ({ id, what, owner }) => `To do${mark(id, what, owner)}: ${what} (${owners[owner].label.toLowerCase()})`,
    ),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** What stands beside a goal or an action that was not agreed in these words: the person reads the summary too. */
function markIn(agreed: Content | undefined) {
  const goals = (agreed?.goals ?? []).map(({ id, words }) => [id, words].join(' '))
  const actions = (agreed?.goals ?? []).flatMap((goal) => goal.actions)
  const known = new Set([...goals, ...actions.map(({ id, what, owner }) => [id, what, owner].join(' '))])
  return (...is: readonly string[]) => (known.has(is.join(' ')) ? '' : ', not agreed with them yet')
}

function barrierInWords({ code, severity, main }: Facts['barriers'][number]): string {
  return [
    barrierList[code].label.toLowerCase(),
    severity === null ? '' : ` (${severity} of 10)`,
    main ? ', the main one' : '',
  ].join('')
}

type Names = Readonly<{ given_name: string; family_name: string; preferred_name: string | null }>

/** Which of somebody's names stand in words that the team reads. */
function namesIn(words: string, { given_name: given, family_name: family, preferred_name: called }: Names): string[] {
  const named = new Set([given, family, called ?? ''].filter((name) => name.length > 1))
  const isThere = (name: string) =>
    new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(name)}(?![\p{L}\p{N}])`, 'u').test(words)
  return [...named].filter(isThere)
}

const escaped = (name: string) => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)

type Given = Readonly<{ asks: string; summary: string; urgent: boolean; whyUrgent: string | null }>

/** What is wrong with what a coach puts to the team, if anything. */
export function matterProblems({ asks, summary, urgent, whyUrgent }: Given, names: Names): Problem[] {
  const nameless = (field: string, words: string) =>
    namesIn(words, names).map((name) => ({
      field,
      message: `Take the name “${name}” out: the team needs to know what is asked, not who it is`,
    }))
  const reason =
    urgent && whyUrgent === null ? [{ field: 'whyUrgent', message: 'Say why it cannot wait for its turn' }] : []
  return [...nameless('asks', asks), ...nameless('summary', summary), ...reason]
}

type Telling = Readonly<{ how: WayToTell; address: unknown; mayContact: boolean; closed: boolean }>

/** Why somebody cannot be told like this, if so. */
export function tellingProblems({ how, address, mayContact, closed }: Telling): Problem[] {
  if (how !== 'sent' || (address !== undefined && mayContact && !closed)) return []
  if (closed) return [{ field: 'told', message: `${noLinkSent} Tell them in person or by phone` }]
  const why = mayContact
    ? 'There is no way to send them a message that is safe and wanted'
    : 'They have not agreed to be contacted'
  return [{ field: 'told', message: `${why}: tell them in person or by phone` }]
}

/** How a matter stands before the team has talked about it. */
export const standings = {
  untold: { label: 'Not told yet', colour: 'orange' },
  waiting: { label: 'Has time to say no', colour: 'yellow' },
  queued: { label: 'On the queue', colour: 'blue' },
  objected: { label: 'They said no', colour: 'grey' },
  withdrawn: { label: 'Taken back', colour: 'grey' },
} as const

export type Standing = keyof typeof standings

type Stands = Readonly<{ told: readonly Told[]; objected: boolean; withdrawn: boolean }>

/** How a matter stands now. A no of the person comes before everything else. */
export function standingOf({ told, objected, withdrawn }: Stands, now: Temporal.Instant): Standing {
  if (objected) return 'objected'
  if (withdrawn) return 'withdrawn'
  const ready = readyFrom(told)
  if (!ready) return isToldOrWillBe(told) ? 'waiting' : 'untold'
  return Temporal.Instant.compare(ready, now) > 0 ? 'waiting' : 'queued'
}

/** One thing that a meeting decided about a matter, and how it stands. */
export type Came = Readonly<{
  id: string
  decided: string
  onDay: Temporal.PlainDate
  /** Who does it by when, or that it is done; empty for advice alone. */
  stands: string
}>

/** How a matter stands, in words for the participant. */
export const ownStandings = {
  open: { label: 'Not talked about yet', colour: 'blue' },
  decided: { label: 'The team has talked about it', colour: 'green' },
  objected: { label: 'You said no', colour: 'grey' },
} as const

/** What was put to the team about a participant, as they read it. */
export type OwnMatter = Readonly<{
  id: string
  asks: string
  summary: string
  at: Temporal.Instant
  standing: keyof typeof ownStandings
  /** Until when the team decides nothing; null once that has passed. */
  until: Temporal.Instant | null
  /** Whether they said here that the team need not wait. */
  saidYes: boolean
  came: readonly Pick<Came, 'id' | 'decided'>[]
}>

/** How a matter stands for the participant: until the team has decided they may say no. */
export function ownStandingOf(objected: boolean, came: readonly unknown[]): OwnMatter['standing'] {
  if (objected) return 'objected'
  return came.length > 0 ? 'decided' : 'open'
}

/** Until when somebody who reads it now has time to say no before the team may decide; null where that has passed. */
export function timeToSayNo(told: readonly Told[], now: Temporal.Instant): Temporal.Instant | null {
  const until = readyFrom([...told, { how: 'read', at: now, by: null }])
  return until && Temporal.Instant.compare(until, now) > 0 ? until : null
}

/** What the message is called that tells a person of a matter. */
export const toldKind = 'matter.told'

/** Says that their coach asks them something, and nothing else: whoever lives with them may read it. */
export const toldTemplate: Template = {
  ...{ code: 'team-question', kind: toldKind, title: 'Their coach would like to ask the team' },
  when: 'When a coach would like to put a question about somebody to the team and chooses to tell them by a message.',
  ...{ to: 'person', formats: ['text', 'email', 'letter'] },
  places: {
    phone: { label: 'The phone number of your service', example: '01632 960001' },
    space: { label: 'Where they read it and can say no; not in letters', example: 'https://example.org/my/team' },
  },
  own: {
    subject: 'We have a question for you',
    body: 'We have a question for you. You can say no to it. Please read it within two days, or call {phone}. Read it: {space}',
  },
}

type Left = Readonly<{ objectedAt: unknown; withdrawnAt: unknown; came: readonly unknown[] }>

/** Whether a matter may still be changed: it stands, and the team has not decided. */
export const isUndecided = ({ objectedAt, withdrawnAt, came }: Left): boolean =>
  objectedAt === null && withdrawnAt === null && came.length === 0

type Whose = Readonly<{ episode: string; person: Readonly<{ id: string }> }>

/** Where a matter is read, and whose it is. */
export const onPage = ({ episode, person }: Whose, subject: string) =>
  ({ page: 'matter.page', person: person.id, subject, to: `/episodes/${episode}/matters/${subject}` }) as const
