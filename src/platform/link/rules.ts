/** Why a link does not open, in words for whoever holds it. */
export const refusals = {
  unknown: {
    title: 'We do not know this link',
    text: 'Part of it may have been lost when it was copied. Open it again from the message it came in, or copy all of it.',
    status: 404,
  },
  expired: {
    title: 'This link has expired',
    text: 'Links stop working after a while, so that nobody else can use them later.',
    status: 410,
  },
  withdrawn: {
    title: 'This link is no longer in use',
    text: 'A newer link may have taken its place, or what it was for is done.',
    status: 410,
  },
  locked: {
    title: 'This link has been stopped',
    text: 'It was answered wrongly too many times, so we stopped it to keep what is behind it safe.',
    status: 410,
  },
} as const

export type Refusal = keyof typeof refusals

/** A link that was found by its key. */
export type Link = Readonly<{
  area: string
  id: string
  purpose: string
  /** Whom it is for or about, and the row that it opens. */
  person: string | null
  subject: string | null
  /** The permission, or what else allows it. */
  allowedBy: string
  issuedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  /** How often what it asks was answered wrongly. */
  failed: number
  /** The message it was sent with, where it was sent. */
  message: string | null
  /** Whether it was taken back, or what allowed it. */
  closed: boolean
}>

/** How often what is behind a link may be answered wrongly before the link stops. */
export const mostFailures = 10

type Known = Readonly<{ expires_at: Temporal.Instant; withdrawn_at: Temporal.Instant | null; failed: number }>

/** Why a known link does not open now; undefined when it does. */
export function reasonNotToOpen(link: Known, now: Temporal.Instant): Refusal | undefined {
  if (link.withdrawn_at !== null) return 'withdrawn'
  if (Temporal.Instant.compare(link.expires_at, now) <= 0) return 'expired'
  return link.failed >= mostFailures ? 'locked' : undefined
}

/** Whether a new link may be asked for in place of this one: once a day, so that nobody is flooded with requests. */
export function mayAskAnew(askedAnewAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return askedAnewAt === null || askedAnewAt.until(now).total('hours') >= 24
}

/** How many more times what is behind a link may be answered wrongly, said once few are left. */
export function triesLeft({ failed }: Pick<Link, 'failed'>): number | undefined {
  const left = mostFailures - failed
  return left <= 3 ? left : undefined
}

/** What somebody is sent who asked for a new link in place of one that had expired: nothing about anybody. */
export function newLinkNote({ areaName, address }: Readonly<{ areaName: string; address: string }>) {
  const lines = [
    `Somebody asked ${areaName} for a new link, because the one we sent to this address before had expired. Here it is:`,
    address,
    'If it was not you, you need do nothing.',
  ]
  return { subject: `Your new link from ${areaName}`, body: lines.join('\n\n') }
}

/** The area and the key that a link's address is made of; undefined when it cannot be one of ours. */
export function linkParts(address: string): Readonly<{ area: string; token: string }> | undefined {
  const [, area, token] = /^([a-z0-9-]{2,40})\.([\w-]{43})$/.exec(address) ?? []
  return area === undefined || token === undefined ? undefined : { area, token }
}

/** What the team is told when a new link is wanted: nothing about the person but where their record is. */
export function wishForLink({ title, record }: Readonly<{ title: string | undefined; record: string | undefined }>) {
  const lines = [
    'Somebody opened a link that no longer works and asked for a new one.',
    ...(title === undefined ? [] : [`It was for: ${title}.`]),
    'Before you send it, check that the phone number or address in the record is still right and safe.',
    ...(record === undefined ? [] : [`The record: ${record}`]),
  ]
  return { subject: 'A new link is wanted', body: lines.join('\n\n') }
}
