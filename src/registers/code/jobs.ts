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
    const [known, ...others] = await listCandidates(db, area, asked)
    if (!known) return
    // Of several who share a phone nobody knows yet who asked: it is nobody's message, in a language that all of them read.
    const alone = others.length === 0
    const message = { area, person: alone ? known.person : null, kind: codeKind, channel, address, about: id, now }
    const readers = await Promise.all([known, ...others].map((one) => findReader(db, area, one.person)))
    const reader = readers.every((one) => one.language === readers[0]?.language) ? (readers[0] ?? {}) : {}
    const words = await findCodeWords(db, { area, channel, reader })
    await sendMessage(db, { ...message, ...words, allowedBy: 'asked-for', notAfter: expiresAt })
  },
}
