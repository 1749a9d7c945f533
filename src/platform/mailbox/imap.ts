import { ImapFlow } from 'imapflow'
import type { Mailbox, OpenBox } from './rules.ts'

type Server = Mailbox & Readonly<{ url: string; inbox: string }>

const patience = { connectionTimeout: 15_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as const

/** A mailbox at a mail server, by IMAP: messages are read without being marked, and moved once they were dealt with. */
export async function openImap({ url, inbox, ...folders }: Server): Promise<OpenBox> {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'imaps:'
  const client = new ImapFlow({
    ...{ host: hostname, port: Number(port) || (secure ? 993 : 143), secure, ...patience },
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    ...{ logger: false, disableAutoIdle: true, disableCompression: true },
  })
  // Without a listener a connection that breaks off between two questions would end the product.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.mailboxOpen(inbox)
  } catch (cause) {
    client.close()
    throw cause
  }
  return {
    list: async (most) => {
      const found = await client.search({ all: true }, { uid: true })
      const uids = (found || []).toSorted((one, other) => one - other).slice(0, most)
      if (uids.length === 0) return []
      const all = await client.fetchAll(uids.join(','), { uid: true, size: true, internalDate: true }, { uid: true })
      return all
        .toSorted((one, other) => one.uid - other.uid)
        .map(({ uid, size = 0, internalDate }) => ({ key: `${uid}`, size, cameAt: momentIn(internalDate) }))
    },
    read: async ({ key }, most) => {
      const found = await client.fetchOne(key, { source: { start: 0, maxLength: most } }, { uid: true })
      return (found && found.source) || Buffer.alloc(0)
    },
    move: (message, to) => moveTo(client, message.key, to === 'taken' ? folders.taken : folders.unread),
    close: async () => {
      // Whether the server says goodbye changes nothing.
      await client.logout().catch(() => undefined)
      client.close()
    },
  }
}

async function moveTo(client: ImapFlow, key: string, folder: string): Promise<void> {
  if (await client.messageMove(key, folder, { uid: true }).catch(() => false)) return
  // The folder is made with the first message that goes there.
  await client.mailboxCreate(folder)
  if (!(await client.messageMove(key, folder, { uid: true }))) throw new Error('A message could not be moved')
}

function momentIn(given: Date | string | undefined): Temporal.Instant | undefined {
  const at = given === undefined ? Number.NaN : new Date(given).getTime()
  return Number.isNaN(at) ? undefined : Temporal.Instant.fromEpochMilliseconds(at)
}
