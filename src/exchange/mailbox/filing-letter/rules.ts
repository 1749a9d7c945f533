import { longDay } from '#platform/dates.ts'
import type { PaperLetter } from '#platform/documents/rules.ts'
import { linkMark, type Message } from '#platform/notify/rules.ts'
import { noteKind } from '#journey/acknowledgement/rules.ts'

/** The practice that sent a referral by email, as the register has it today, and what it calls the referral. */
export type Practice = Readonly<{ name: string; odsCode: string | null; email: string | null }> &
  Readonly<{ theirReference: string | null; reference: string; receivedOn: Temporal.PlainDate }>

type Area = Readonly<{ name: string; phone: string | null; email: string | null; postal_address: string | null }>

const filed: readonly string[] = [
  noteKind,
  'referral.accepted',
  'referral.started',
  'referral.ended',
  'referral.goes-on',
]

type About = Pick<Message, 'kind' | 'recipient' | 'channel' | 'about'>

/** Whether a message tells a practice something of a referral that it may want to file. */
export const isForFiling = ({ kind, recipient, channel, about }: About): boolean =>
  recipient === 'another' && channel === 'email' && about !== null && filed.includes(kind)

/** Whether a message goes to where the register says that the practice is written to today. */
export const goesToRegister = ({ address }: Pick<Message, 'address'>, { email }: Pick<Practice, 'email'>): boolean =>
  email !== null && email.trim().toLowerCase() === address.trim().toLowerCase()

type Writing = Readonly<{ area: Area; practice: Practice; message: Pick<Message, 'subject' | 'body'> }>

/** What a message says, as a letter: the same facts under both references, without a name and without the link. */
export function letterOf({ area, practice, message }: Writing, today: Temporal.PlainDate): PaperLetter {
  const { theirReference, reference, receivedOn, odsCode } = practice
  return {
    from: { name: area.name, lines: [area.postal_address, area.phone, area.email].filter((one) => one !== null) },
    to: [practice.name, ...(odsCode ? [`ODS code ${odsCode}`] : [])],
    day: longDay(today),
    references: [
      { label: 'Our reference', value: reference },
      ...(theirReference ? [{ label: 'Your reference', value: theirReference }] : []),
      { label: 'Your referral came on', value: longDay(receivedOn) },
    ],
    heading: message.subject ?? 'Your referral',
    paragraphs: withoutLink(message.body),
  }
}

/** The words of a message without the sentences that hold its link: nobody follows one from a filed letter. */
const withoutLink = (body: string): string[] =>
  body.split(/\n+/).flatMap((paragraph) => {
    const kept = paragraph.split(/(?<=[.?!])\s+/).filter((sentence) => !sentence.includes(linkMark))
    return kept.length === 0 ? [] : [kept.join(' ')]
  })
