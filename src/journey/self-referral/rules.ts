import type { Problem } from '#platform/form/rules.ts'
import { type Channel, maskedAddress } from '#platform/notify/rules.ts'
import { type Reach, reachProblems } from '#journey/newcomer/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { Agreement, MainBarrier } from '#journey/referral/rules.ts'

/** What somebody is asked who refers themselves, page by page; after the last they check what they said. */
export const parts = {
  name: { label: 'Your name and how to reach you' },
  home: { label: 'Your date of birth and where you live' },
  work: { label: 'Your work now' },
  help: { label: 'What would help' },
} as const

export type Part = keyof typeof parts

// Checked: the keys of the list of parts are the parts.
export const partsInOrder = Object.keys(parts) as readonly Part[]

/** Where the main difficulty lies, as somebody says it of themselves: broadly, and never which condition. */
export const ownBarriers = {
  physical: { label: 'My body, such as pain or tiredness' },
  psychological: { label: 'How I feel, such as worry, low mood or stress' },
  social: { label: 'Life outside work, such as caring, money or housing' },
  work: { label: 'Work itself, such as the tasks, hours or people' },
} as const satisfies Readonly<Record<MainBarrier, Readonly<{ label: string }>>>

/** What most people who need something ask for; the rest is said in words, or when we speak. */
export const needsOffered = [
  'text-only',
  'telephone-only',
  'easy-read',
  'large-print',
  'bsl',
  'advocate',
  'longer-appointment',
  'step-free',
  'quiet-room',
  'other',
] as const

/** Whether somebody sent a referral of themselves, by whatever they came to it. */
export const isOwn = ({ route, agreement }: Readonly<{ route: Route; agreement: Agreement }>): boolean =>
  route === 'self' || agreement === 'self'

/** The part an address names, if there is one. */
export function partNamed(name: string): Part | undefined {
  return partsInOrder.find((part) => part === name)
}

/** The page that comes after a part: the next part, or checking the answers. */
export function pageAfter(part: Part): Part | 'check' {
  return partsInOrder[partsInOrder.indexOf(part) + 1] ?? 'check'
}

/** The page before a part: the one before, or the start of the service. */
export function pageBefore(part: Part): Part | undefined {
  return partsInOrder[partsInOrder.indexOf(part) - 1]
}

/** What stands in the way of reaching somebody who says themselves what is safe. */
export function ownReachProblems(reach: Reach): Problem[] {
  const unsaid = { field: 'safe', message: 'Select what it is safe for us to do' }
  const usable = reach.safe.some((way) => way !== 'voicemail')
  return [...reachProblems(reach), ...(usable ? [] : [unsaid])]
}

/** What was sent to somebody about their request; none where nothing was, or it did not arrive. */
export type Acknowledged = Readonly<{ channel: Channel; address: string; settledAs: string | null }>

/** What somebody is told was sent to them, with most of the address left out: others may see the page. */
export function sentInWords(sent: Acknowledged | undefined): Readonly<{ text: string; to: string }> | undefined {
  if (!sent || (sent.settledAs !== null && sent.settledAs !== 'sent')) return undefined
  const [sending, done] = sentWords[sent.channel]
  const to = sent.channel === 'text' ? sent.address.slice(-3) : maskedAddress(sent.channel, sent.address)
  return { text: sent.settledAs === 'sent' ? done : sending, to }
}

/** Whether what was sent holds a link to come back by: nobody types one from a letter. */
export const holdsLink = (sent: Acknowledged | undefined) =>
  sentInWords(sent) !== undefined && sent?.channel !== 'letter'

const sentWords: Readonly<Record<Channel, readonly [sending: string, done: string]>> = {
  text: [
    'We are sending a text message to the number that ends in {to}: your reference, and a link to see what happens next.',
    'We have sent a text message to the number that ends in {to}: your reference, and a link to see what happens next.',
  ],
  email: [
    'We are sending an email to {to}: your reference, and a link to see what happens next.',
    'We have sent an email to {to}: your reference, and a link to see what happens next.',
  ],
  letter: ['We are writing you a letter with your reference.', 'We have sent you a letter with your reference.'],
}
