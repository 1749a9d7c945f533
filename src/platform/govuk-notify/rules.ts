import {
  type Arrival,
  type Carried,
  type Channel,
  type LetterFile,
  linesOf,
  type Message,
} from '#platform/notify/rules.ts'

/** What whoever reads the outbox is told of who carried a message. */
export const carrier = 'GOV.UK Notify'

/** A service's account at GOV.UK Notify: where it is, how it proves itself, and the template of each channel. */
export type NotifyAccount = Readonly<{
  url: string
  service: string
  secret: string
  /** `file` is the one for an email with a letter that is fetched by a link. */
  templates: Readonly<Partial<Record<Channel | 'file', string>>>
  /** By which GOV.UK Notify knows the address to which emails are answered that are to be answered. */
  replyTo?: string | undefined
  /** What GOV.UK Notify proves itself with when it tells what became of a message; without it nothing is taken. */
  callbackToken: string | undefined
}>

/** The account of every area that has its own, and the one that all others share. */
export type NotifyAccounts = Readonly<{
  shared: NotifyAccount | undefined
  ofArea: Readonly<Record<string, NotifyAccount>>
}>

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyForm = new RegExp(`^.+-(${uuid})-(${uuid})$`)

/** The service and the secret within an API key of GOV.UK Notify (`name-service-secret`); undefined when it is none. */
export function readKey(key: string): Pick<NotifyAccount, 'service' | 'secret'> | undefined {
  const [, service, secret] = keyForm.exec(key) ?? []
  return service === undefined || secret === undefined ? undefined : { service, secret }
}

/** The account that carries an area's messages. */
export function accountFor({ shared, ofArea }: NotifyAccounts, area: string): NotifyAccount | undefined {
  return ofArea[area] ?? shared
}

const paths = { email: 'email', text: 'sms', letter: 'letter' } as const
const mostAddressLines = 7

/** What of an account a message is written with; where it is answered is said of what is to be answered, and of nothing else. */
type Writing = Pick<NotifyAccount, 'templates' | 'replyTo'>

/**
 * What is sent to GOV.UK Notify for a message (its REST API, version 2). A template there holds no words of its own but
 * `((subject))` and `((body))`, and `((link_to_file))` where a letter goes with it: the words are the product's, so that
 * the outbox shows what was sent.
 */
export function requestFor(message: Message, { templates, replyTo }: Writing, letter?: LetterFile) {
  const { channel, address, body, subject } = message
  const file = channel === 'email' && templates.file !== undefined ? letter : undefined
  const words = channel === 'text' ? { body } : { subject: subject ?? '', body }
  const to = {
    email: { email_address: address },
    text: { phone_number: address },
    letter: {},
  }[channel]
  const lines = channel === 'letter' ? addressLines(address) : {}
  return {
    path: `/v2/notifications/${paths[channel]}`,
    content: {
      ...(channel === 'email' && replyTo !== undefined ? { email_reply_to_id: replyTo } : {}),
      ...{ ...to, template_id: templates[file ? 'file' : channel], reference: referenceOf(message) },
      personalisation: { ...words, ...lines, ...(file ? { link_to_file: fileBehindLink(file) } : {}) },
    },
  }
}

// Whoever opens the link gives the address that the email went to, as GOV.UK Notify asks unless it is told otherwise. Our
// own figure for how long: a practice files a letter when it comes, and GOV.UK Notify would keep it for 26 weeks.
const fileBehindLink = ({ name, content }: LetterFile) => ({
  ...{ file: content.toString('base64'), filename: name },
  ...{ confirm_email_before_download: true, retention_period: '8 weeks' },
})

/** A postal address as GOV.UK Notify takes it: at most seven lines, what is too many on the one before the last. */
function addressLines(address: string): Readonly<Record<string, string>> {
  const lines = linesOf(address)
  const [last = ''] = lines.slice(-1)
  const first = lines.slice(0, -1)
  const kept = first.slice(0, mostAddressLines - 2)
  const rest = first.slice(mostAddressLines - 2).join(', ')
  const all = [...kept, rest, last].filter((line) => line !== '')
  return Object.fromEntries(all.map((line, place) => [`address_line_${place + 1}`, line]))
}

/** By what a message is known at GOV.UK Notify: says nothing about anybody. */
export const referenceOf = ({ area, id }: Pick<Message, 'area' | 'id'>): string => `${area}.${id}`

/** The message that a reference names; undefined when it is none of ours. */
export function readReference(reference: string | null): Pick<Message, 'area' | 'id'> | undefined {
  const [, area, id] = new RegExp(`^([a-z0-9-]{2,40})\\.(${uuid})$`).exec(reference ?? '') ?? []
  return area === undefined || id === undefined ? undefined : { area, id }
}

/** An answer of GOV.UK Notify: its status, and the codes of its errors. Its wording may change and is never looked at. */
export type Answered = Readonly<{ status: number; errors: readonly string[] }>

/**
 * What an answer means for the message (its table of errors): refused for good, to be brought again when there is room or
 * once the key of the account is right, or undefined where the service itself has a fault that will pass.
 */
export function meaningOf({ status, errors }: Answered): Carried | undefined {
  if (status === 201) return { sent: true }
  if (status === 429 && errors.includes('TooManyRequestsError'))
    return { busy: 'GOV.UK Notify takes no more messages of this service today', minutes: 60 }
  if (status === 429) return { busy: 'GOV.UK Notify takes no more messages this minute', minutes: 1 }
  if (status === 403)
    return { stopped: 'GOV.UK Notify does not accept the key or the clock of this service', minutes: 15, isNews: true }
  if (status === 404) return { sent: false, reason: 'GOV.UK Notify does not know the template of this service' }
  if (status >= 400 && status < 500)
    return { sent: false, reason: 'GOV.UK Notify did not accept the address, the template or the words' }
  return undefined
}

/** What a status of GOV.UK Notify says of a message that is on its way; undefined while that is not known yet. */
export function arrivalOf(status: string): Arrival | undefined {
  const known: Readonly<Record<string, Arrival>> = {
    delivered: 'arrived',
    received: 'arrived',
    'permanent-failure': 'not arrived',
    'technical-failure': 'not arrived',
    'validation-failed': 'not arrived',
    'virus-scan-failed': 'not arrived',
    cancelled: 'not arrived',
    'temporary-failure': 'not now',
  }
  return Object.hasOwn(known, status) ? known[status] : undefined
}
