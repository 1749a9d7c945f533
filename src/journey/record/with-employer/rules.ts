import { type TalkKind, talkKinds } from '#journey/support/employer/rules.ts'
import { timeInWords } from '#journey/support/log/rules.ts'
import type { Happening } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; by: string | null }>

type Talk = Told &
  Readonly<{
    person: string
    kind: TalkKind
    minutes: number
    note: string
    organisation: string
    contact: string
    takenBack: boolean
  }>

/** That we talked with their employer. */
export function talkTold({
  id,
  at,
  by,
  person,
  kind,
  minutes,
  note,
  organisation,
  contact,
  takenBack,
}: Talk): Happening {
  return {
    ...{ id, at, by, kind: 'support', dayOnly: true },
    what: `${talkKinds[kind].label} with ${contact}, ${organisation}, ${timeInWords(minutes)}`,
    text: [note],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/people/${person}/employer#talks`,
  }
}

type Put = Told &
  Readonly<{
    contact: string
    organisation: string
    asks: string
  }>

/** That changes at work were put to an employer. */
export function proposalTold({ id, at, by, contact, organisation, asks }: Put): Happening {
  const href = `/three-way/${id}`
  return { id, at, by, kind: 'adjustment', what: `Put to ${contact}, ${organisation}`, text: [asks], href }
}

type Replied = Told &
  Readonly<{
    byName: string
    note: string | null
    organisation: string
    proposal: string
    read: boolean
  }>

/** What an employer answered. */
export function replyTold({ id, at, by, byName, note, organisation, proposal, read }: Replied): Happening {
  return {
    ...{ id, at, by, kind: 'adjustment', href: `/three-way/${proposal}` },
    what: `${organisation} answered about changes at work`,
    text: [note, `Answered by ${byName}`],
    mark: read ? undefined : 'Not read yet',
  }
}

type Consented = Told &
  Readonly<{
    party: 'participant' | 'coach'
    agrees: boolean
    note: string | null
    proposal: string
  }>

/** What the person or their coach said to it. */
export function consentTold({ id, at, by, party, agrees, note, proposal }: Consented): Happening {
  const who = party === 'coach' ? 'Coach' : 'The person'
  const what = agrees ? `${who} agrees to the changes at work` : `${who} wants to talk about the changes at work`
  const own = by ?? (party === 'participant' ? 'the person themselves' : null)
  return { id, at, by: own, kind: 'adjustment', what, text: [note], href: `/three-way/${proposal}` }
}
