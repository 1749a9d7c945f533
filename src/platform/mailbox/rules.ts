/** Where the forms of practices come in for an area: at a mail server, or in a folder of this machine. */
export type Mailbox = Readonly<{
  /** The address to which forms are sent; null where nobody has said it. */
  address: string | null
  at: Readonly<{ url: string; inbox: string }> | Readonly<{ folder: string }>
  /** Where a message is moved to once it was taken, and where once it could not be. */
  taken: string
  unread: string
}>

export type Mailboxes = Readonly<Record<string, Mailbox>>

type Ground = Readonly<{ mailboxes: Mailboxes; environment: string; home: string }>

/**
 * Where an area's forms come in; undefined where nothing does. Outside production, where nothing is set up, it is a folder
 * of its own beside the data, into which anybody can put a message.
 */
export function mailboxOf({ mailboxes, environment, home }: Ground, area: string): Mailbox | undefined {
  const given = mailboxes[area]
  if (given || environment === 'production') return given
  return { address: null, at: { folder: `${home}/mailbox/${area}` }, taken: 'taken', unread: 'not-read' }
}
