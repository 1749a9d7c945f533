import { openFolder } from './folder.ts'
import { openImap } from './imap.ts'
import type { Mailbox, OpenBox } from './rules.ts'

/** Opens a mailbox, wherever it is; throws where it does not answer. */
export function openBox(mailbox: Mailbox): Promise<OpenBox> {
  return 'url' in mailbox.at ? openImap({ ...mailbox, ...mailbox.at }) : openFolder({ ...mailbox, ...mailbox.at })
}
