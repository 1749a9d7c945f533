import { longDay } from '#platform/dates.ts'
import { byEmail, type Email, type Kind, senderOf } from '#journey/emailed-answer/rules.ts'
import { type EventKind, waysOfAnswering, whatHappened, type Witness } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { needInWords, seenBy, type SeenBy } from '#journey/gap/rules.ts'
import { answers } from '#journey/entry-check/rules.ts'
import { type Happening, labelIn, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{
  id: string
  referral: string
  serviceName: string
  kind: EventKind
  witness: Witness
  at: Temporal.Instant
  by: string | null
  how: string | null
  reason: string | null
  onDay: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
  /** The parts they said yes to, and all that would have been sent. */
  parts: readonly string[] | null
  packet: readonly Part[]
  read: boolean
}>

/** What happened with somebody who was passed on to a service. */
export function onwardTold({ id, at, by, referral, serviceName, kind, witness, read, ...event }: Told): Happening {
  const who: Readonly<Record<Witness, string | null>> = {
    ...{ team: by, person: by ?? 'the person themselves', service: by ?? serviceName, product: null },
  }
  const { how, onDay, place, sessions, note, parts, packet } = event
  const agreed = parts ? packet.filter(({ part }) => parts.includes(part)) : []
  return {
    ...{ id, at, kind: 'onward', by: who[witness], href: `/onward/${referral}` },
    what: `${serviceName}: ${within(whatHappened({ kind, reason: event.reason }))}`,
    text: [
      how && labelIn({ ...waysOfAnswering, ...byEmail }, how),
      onDay && `Day: ${longDay(onDay)}`,
      place && `Place in the queue: ${place}`,
      sessions && `Sessions: ${sessions}`,
      note,
      ...agreed.map(({ label, value }) => `${label}: ${value}`),
    ].map((line) => line || null),
    mark: read ? undefined : 'Not read yet',
  }
}

type EntryTold = Readonly<{
  id: string
  at: Temporal.Instant
  by: string | null
  person: string
  code: string
  programme: string
  point: string
  answer: string
}>

/** What somebody answered to an entry rule of a programme, or what is there for the hand-over. */
function entryTold({ id, at, by, person, code, programme, point, answer }: EntryTold): Happening {
  const there: Readonly<Record<string, string>> = { there: 'There', 'not-there': 'Missing' }
  return {
    ...{ id, at, by, kind: 'onward', what: `${programme}: ${within(point)}` },
    ...{ text: [there[answer] ?? labelIn(answers, answer)], href: `/people/${person}/programmes/${code}` },
  }
}

type MissingTold = Readonly<{
  id: string
  at: Temporal.Instant
  by: string | null
  person: string
  need: string
  seenBy: SeenBy
  withdrawn: boolean
}>

/** That there is no service for a need, as a coach said or a search showed. */
const missingTold = ({ need, seenBy: how, withdrawn, person, ...one }: MissingTold): Happening => ({
  ...{ ...one, kind: 'onward', what: `No service here for: ${within(needInWords(need))}`, text: [seenBy[how].label] },
  ...{ mark: withdrawn ? 'Taken back' : undefined, href: `/people/${person}/gaps` },
})

type ReturnTold = Readonly<{ id: string; at: Temporal.Instant; by: string | null; serviceName: string }>

/** That somebody came back from a service to coaching. */
const returnTold = ({ serviceName, ...one }: ReturnTold): Happening => ({
  ...{ ...one, kind: 'onward', what: `Back to coaching from ${serviceName}`, href: `/onward/${one.id}` },
})

type EmailTold = Pick<Email, 'id' | 'kind' | 'fromName' | 'fromAddress' | 'words'> &
  Readonly<{ at: Temporal.Instant; referral: string; serviceName: string; waits: boolean }>

const emailed: Readonly<Record<Kind, string>> = {
  ...{ answer: 'an email came', automatic: 'an automatic reply came', 'not-arrived': 'our email did not arrive' },
}

/** That a service wrote, or a machine for it: what is kept of it stands beside it as what happened. */
const emailTold = ({ id, at, kind, words, referral, serviceName, waits, ...from }: EmailTold): Happening => ({
  ...{ id, at, by: senderOf(from), kind: 'onward', what: `${serviceName}: ${emailed[kind]}`, text: [words] },
  ...{ href: `/onward/${referral}`, mark: waits ? 'Waits to be dealt with' : undefined },
})

type AroundTold =
  | (EntryTold & Readonly<{ as: 'entry' }>)
  | (MissingTold & Readonly<{ as: 'missing' }>)
  | (ReturnTold & Readonly<{ as: 'return' }>)
  | (EmailTold & Readonly<{ as: 'email' }>)

/** What is around onward referrals: entry checks, needs without a service, coming back to coaching, and emails. */
export function aroundTold(told: AroundTold): Happening {
  if (told.as === 'entry') return entryTold(told)
  if (told.as === 'email') return emailTold(told)
  return told.as === 'missing' ? missingTold(told) : returnTold(told)
}
