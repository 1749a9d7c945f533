import { z } from 'zod'
import type { Mailbox } from './rules.ts'

const folderName = z.string().min(1).max(100)

/** One mailbox as it is set up: an address and where it is read. */
export const mailboxShape = z
  .object({
    address: z.email(),
    url: z
      .string()
      .regex(/^imaps?:\/\//, 'must start with imaps://')
      .exactOptional(),
    folder: z.string().min(1).exactOptional(),
    ...{ inbox: folderName.default('INBOX'), taken: folderName.default('WorkWell taken') },
    unread: folderName.default('WorkWell not read'),
  })
  .transform(({ address, url, folder, inbox, taken, unread }, context): Mailbox => {
    if (url !== undefined && folder === undefined) return { address, at: { url, inbox }, taken, unread }
    if (folder !== undefined && url === undefined)
      return { address, at: { folder }, taken: 'taken', unread: 'not-read' }
    context.addIssue({ code: 'custom', message: 'give either url or folder' })
    return z.NEVER
  })
