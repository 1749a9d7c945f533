import type { Jobs } from '#platform/jobs/worker.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findCodeWords } from './store.ts'
import { codeKind } from './rules.ts'
import { findRequest, listCandidates } from './store.ts'

/**
 * Looks whether anybody is known by the number or address that a code was asked for, and only then writes to them. Done
 * later, so that whoever asks waits as long for the answer whether somebody is known or not.
 */
export const codeJobs: Jobs = {
  'code.send': async (db, { area, request }, now) => {
    const asked = await findRequest(db, area, String(request))
    if (!asked) return
    const { id, channel, address, expiresAt } = asked
    const [known] = await listCandidates(db, area, asked)
    if (!known) return
    const message = { area, person: known.person, kind: codeKind, channel, address, about: id, now }
    const words = await findCodeWords(db, { area, channel, reader: await findReader(db, area, known.person) })
    await sendMessage(db, { ...message, ...words, allowedBy: 'asked-for', notAfter: expiresAt })
  },
}
