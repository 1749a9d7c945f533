import type { Stage } from '#journey/episode/rules.ts'
import { addressFor, type Addressed } from '#journey/invitation/rules.ts'
import type { Reaching } from '#journey/reaching/rules.ts'
import { shortened } from '#journey/timeline/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** What the text or email says that tells a person of a message. */
export const notices = {
  notice: { label: 'Only that I have a message', hint: 'Safest if somebody else may see your phone or email' },
  words: { label: 'What the message says', hint: 'Anybody who sees your phone or email can read it' },
} as const

export type Notice = keyof typeof notices

/** The most that is written at once. */
export const mostWords = 4000

/** One thing that was written, by the person or by somebody of the team. */
export type Written = Readonly<{
  id: string
  /** On which of the person's records it stands. */
  person: string
  at: Temporal.Instant
  words: string
  /** In the person's space, or by text to a message of ours. */
  way: 'space' | 'text'
  fromPerson: boolean
  /** The name of who wrote it for the team. */
  by: string | null
  asks: boolean
  /** When it was first read on the other side, and by whom of the team. */
  readAt: Temporal.Instant | null
  readBy: string | null
  takenBackAt: Temporal.Instant | null
  /** Whether it was answered or needed no answer; only asked of what the person wrote. */
  settled: boolean
}>

const withCoach: readonly Stage[] = [
  'accepted',
  'trying',
  'booked',
  'assessed',
  'plan-agreed',
  'active',
  'waiting',
  'aftercare',
]

/** Whether a spell of support is one in which a person and their coach write to each other. */
export const isWrittenIn = (stage: Stage): boolean => withCoach.includes(stage)

/** What decides whether anybody writes. */
export type Writing = Readonly<{
  died: boolean
  /** The newest answer to being contacted; undefined when nobody has asked. */
  wantsContact: boolean | undefined
  stage: Stage | undefined
  coach: string | null | undefined
}>

/** Why the team does not write to this person here, in words a coach can act on. Empty when it may. */
export function reasonsNotToWrite({ died, wantsContact, stage, closed }: Writing & { closed: boolean }): string[] {
  if (died) return ['The person has died.']
  if (stage === undefined || !isWrittenIn(stage))
    return ['There is no support at the moment in which messages are written. What was written before stands below.']
  if (wantsContact === false)
    return ['The person does not want to be contacted. Nothing is written to them until they say otherwise.']
  if (closed) return ['They have no access online at the moment, so they could not read it. Reach them another way.']
  return wantsContact === undefined
    ? ['Nobody has recorded whether the person wants to be contacted. Ask them first, and record their answer.']
    : []
}

/** Whether a person can write from their space: somebody must be there who reads it. */
export function mayWriteToUs({ died, stage, coach }: Writing): boolean {
  return !died && stage !== undefined && isWrittenIn(stage) && typeof coach === 'string'
}

/** Where what a person wrote waits for an answer: on a day while somebody is there for them, and on nobody's afterwards. */
export function waitsInWords({ stage, coach }: Pick<Writing, 'stage' | 'coach'>): string {
  if (mayWriteToUs({ died: false, wantsContact: undefined, stage, coach }))
    return 'It stands on their coach’s day until somebody answers.'
  return stage !== undefined && isWrittenIn(stage)
    ? 'It stands on nobody’s day, because nobody coaches them.'
    : 'It stands on nobody’s day, because their support here has ended. Ring them if it needs an answer.'
}

/** Where the word goes that there is a message: a text or an email, by a way that is safe and wanted. Nobody is sent a letter for it. */
export function noticeAddress(reaching: Reaching): Addressed | undefined {
  const means = reaching.means.filter(({ kind }) => kind === 'mobile' || kind === 'email')
  return addressFor({ ...reaching, means })
}

/** How long the word that there is a message waits: so long it can be taken back, and several are told of as one. */
export const noticeAfterMinutes = 10

/** What the messages are called that tell of a message: one stands for all that is unread, the other for its own words. */
export const noticeKinds = { notice: 'message.notice', words: 'message.words' } as const

const places = {
  space: {
    label: 'Where they sign in to read and answer it',
    example: 'https://example.org/my',
    needed: 'without it nobody knows where to read the message',
  },
  phone: { label: 'The phone number of your service', example: '01632 960001' },
} as const

/** What tells a person of a message: no word of it and no name, unless they chose so. */
export const noticeTemplates: Readonly<Record<Notice, Template>> = {
  notice: {
    ...{ code: 'message-notice', kind: noticeKinds.notice, title: 'They have a message' },
    when: 'Ten minutes after a coach wrote to somebody in their space, unless they have read it by then.',
    ...{ to: 'person', formats: ['text', 'email'], places },
    own: {
      subject: 'You have a message',
      body: 'You have a message. To read it, go to {space} and sign in. If you have a question, ring {phone}.',
    },
  },
  words: {
    ...{ code: 'message-words', kind: noticeKinds.words, title: 'A message with its words' },
    when: 'The same, for whoever chose to have the words themselves.',
    ...{ to: 'person', formats: ['text', 'email'] },
    places: {
      coach: { label: 'The name of their coach', example: 'Carol Coach' },
      words: {
        label: 'What the coach wrote, 600 letters of it at most',
        example: 'Shall we meet at ten?',
        needed: 'they chose to have the words',
      },
      ...places,
    },
    own: {
      subject: 'You have a message',
      body: '{coach} wrote: {words} To answer, go to {space} and sign in. If you have a question, ring {phone}.',
    },
  },
}

/** What is put into them. */
export const noticeFacts = ({ words, ...facts }: Readonly<Record<'words' | 'coach' | 'space', string>>) => ({
  ...facts,
  words: shortened(words, 600),
})

/** What of the shown still waits for the team: written by the person, neither answered nor put aside. */
export function unsettledOf(shown: readonly Written[]): Written[] {
  return shown.filter(({ fromPerson, settled }) => fromPerson && !settled)
}

/** Whether the team may still take this back: nobody has read it. */
export function mayTakeBack({ fromPerson, way, readAt, takenBackAt }: Written): boolean {
  return !fromPerson && way === 'space' && readAt === null && takenBackAt === null
}

/** A message that is written, by the team or by the person. */
export type NewMessage = Readonly<{
  area: string
  person: string
  id: string
  episode: string
  /** Who of the team writes; null where it is the person. */
  by: string | null
  words: string
  asks: boolean
  at: Temporal.Instant
}>
