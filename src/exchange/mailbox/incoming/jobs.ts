import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { Jobs, Schedule } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { openBox } from '#platform/mailbox/box.ts'
import {
  type Mailbox,
  mailboxOf,
  type Mailboxes,
  type OpenBox,
  sharingWith,
  type Waiting,
} from '#platform/mailbox/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findEmailKept, saveEmail } from '#journey/emailed-answer/store.ts'
import { readAnswer } from '#exchange/mailbox/written-back/rules.ts'
import { findAsked } from '#exchange/mailbox/written-back/store.ts'
import { type ReadMail, readHeadings, readMail, readTooLarge } from './import.ts'
import { isSentTo, limits, reasons } from './rules.ts'
import { findKept, forgetMails, holdMailbox, keepMail, saveLook } from './store.ts'

/** Which mailboxes there are, and who hears that one cannot be read: no more than its area. */
type Ground = Readonly<{
  databases: Databases
  settings: Readonly<{ mailboxes: Mailboxes; environment: string; home: string }>
  log: Readonly<{ error(of: Readonly<{ area: string }>, text: string): void }>
}>

/** Looking into the mailboxes of areas, and deleting what was settled, or came and was left to wait, long ago. */
export const mailboxJobs = (ground: Ground): Jobs => ({
  'incoming.look': async (db, { area }, now) => {
    const mailbox = mailboxOf(ground.settings, area)
    // Held for as long as the look takes: two copies would read the same message.
    if (mailbox && (await holdMailbox(db, area))) await lookInto({ ...ground, area, mailbox, now })
  },
  'incoming.forget': async (db, { area }, now) => {
    const today = dayOf(now)
    const { keepFilesDays, keepFormsDays } = await findSettings(db, area, today)
    const settledBefore = startOfDay(today.subtract({ days: keepFilesDays }))
    const cameBefore = startOfDay(today.subtract({ days: keepFormsDays - 1 }))
    const { settled, waiting } = await forgetMails(db, { area, settledBefore, cameBefore }, now)
    const happening = { kind: 'act', what: 'mailbox.emptied', codes: { emptied: settled, waiting } } as const
    if (settled + waiting > 0) writeEntry(db, { area, by: undefined, happening, at: now })
  },
})

export const mailboxSchedules: readonly Schedule[] = [
  { job: 'incoming.look', match: '*/5 * * * *' },
  { job: 'incoming.forget', match: '25 3 * * *' },
]

type Looking = Ground & Readonly<{ area: string; mailbox: Mailbox; now: Temporal.Instant }>

async function lookInto(looking: Looking): Promise<void> {
  const { databases, area, now, log } = looking
  const save = (problem: string | null, leftAlone: number) =>
    databases.databaseFor(area).transaction((db) => saveLook(db, { area, at: now, problem, leftAlone }))
  try {
    const box = await openBox(looking.mailbox)
    try {
      const { leftAlone, more } = await takeWaiting(looking, box)
      await save(null, leftAlone)
      if (more) await databases.databaseFor(area).transaction((db) => addJob(db, 'incoming.look', { area }))
    } finally {
      await box.close()
    }
  } catch {
    // Kept and shown, because throwing would leave nothing on the page; the next look tries again.
    log.error({ area }, 'the mailbox of an area cannot be read')
    await save('The mailbox does not answer, or does not let us in', 0)
  }
}

/** Deals with some messages, one after the other, and says how many are nobody's and whether there is more to do. */
async function takeWaiting(looking: Looking, box: OpenBox) {
  const isShared = sharingWith(looking.settings.mailboxes, looking.area).length > 1
  let [taken, leftAlone] = [0, 0]
  for (const waiting of await box.list(isShared ? limits.listed : limits.messages + 1)) {
    if (taken === limits.messages) return { leftAlone, more: true }
    const whose = isShared ? await whoseIs(looking, box, waiting) : 'ours'
    if (whose === 'ours') taken += 1
    if (whose === 'ours') await take(looking, box, waiting)
    else if (whose === 'nobody') leftAlone += 1
  }
  return { leftAlone, more: false }
}

/** Whose a message in a shared mailbox is: that of the area to whose address it was sent. */
async function whoseIs({ settings, area, mailbox }: Looking, box: OpenBox, waiting: Waiting) {
  const { to } = await readHeadings(await box.read(waiting, limits.headings))
  if (isSentTo({ to }, mailbox.address)) return 'ours'
  const others = sharingWith(settings.mailboxes, area)
  return others.some((other) => isSentTo({ to }, settings.mailboxes[other]?.address ?? null)) ? 'another' : 'nobody'
}

/**
 * Keeps a message and moves it away once it is kept for certain. Where the product stops in between, the next look finds
 * it kept and only moves it.
 */
async function take({ databases, area, now }: Looking, box: OpenBox, waiting: Waiting): Promise<void> {
  const database = databases.databaseFor(area)
  const isLarge = waiting.size > limits.bytes
  const source = await box.read(waiting, isLarge ? limits.headings : limits.bytes)
  const { digest } = await readHeadings(source)
  const before = await database.transaction((db) => findFolder(db, area, digest))
  if (before) return box.move(waiting, before)
  const mail = isLarge ? await readTooLarge(source) : await readMail(source)
  const cameAt = waiting.cameAt && Temporal.Instant.compare(waiting.cameAt, now) < 0 ? waiting.cameAt : now
  const folder = await database.transaction((db) => keep(db, { area, mail, cameAt, whole: !isLarge, now }))
  await box.move(waiting, folder)
}

type Folder = 'taken' | 'unread'

/** Where a message belongs that came before; undefined where it is new. */
async function findFolder(db: Db, area: string, digest: string): Promise<Folder | undefined> {
  const [form, email] = [await findKept(db, area, digest), await findEmailKept(db, area, digest)]
  if (form || email) return form?.isForm || email?.whole ? 'taken' : 'unread'
  return undefined
}

type Coming = Readonly<{
  area: string
  mail: ReadMail
  cameAt: Temporal.Instant
  whole: boolean
  now: Temporal.Instant
}>

/** Keeps what came: as what a service wrote about somebody, or as a form, a draft for each. */
async function keep(db: Db, coming: Coming): Promise<Folder> {
  const { area, mail, cameAt, whole, now } = coming
  const isForm = mail.found.some(({ answers }) => answers !== null)
  if (!isForm && (await keepAnswer(db, coming))) return whole ? 'taken' : 'unread'
  const isLost = !isForm && mail.reply?.kind === 'answer' && mail.reply.isOfRequest
  const found = isLost ? mail.found.map(lost) : mail.found
  for (const subject of await keepMail(db, { area, ...mail, found, cameAt })) {
    const happening = { kind: 'act', what: 'mailbox.came', subject, codes: {} } as const
    writeEntry(db, { area, by: undefined, happening, at: now })
  }
  return isForm ? 'taken' : 'unread'
}

const lost = (one: ReadMail['found'][number]) =>
  one.reason === reasons['no-form'].label ? { ...one, reason: reasons['unknown-answer'].label } : one

/** Keeps a message as what a service wrote; false where it speaks of no request that a service here was sent. */
async function keepAnswer(db: Db, { area, mail, cameAt, whole, now }: Coming): Promise<boolean> {
  const { digest, reply, fromName, fromAddress } = mail
  if (!reply) return false
  const { kind, words, files, references } = reply
  const asked = await findAsked(db, { area, references, from: fromAddress, on: dayOf(now) })
  if (!asked) return false
  const read = kind === 'answer' && whole ? readAnswer(words, dayOf(cameAt)) : undefined
  const reading = { reads: read?.reads ?? null, readsReason: read?.reason ?? null, readsDay: read?.day ?? null }
  const come = { area, id: newId(), referral: asked.id, digest, kind, fromName, fromAddress, known: asked.known }
  const isNew = await saveEmail(db, { ...come, ...reading, words: whole ? words : null, whole, files, cameAt })
  const codes = { kind, known: asked.known, reads: reading.reads ?? 'none' }
  const happening = {
    kind: 'act',
    what: 'emailed-answer.came',
    person: asked.person,
    subject: asked.id,
    codes,
  } as const
  if (isNew) writeEntry(db, { area, by: undefined, happening, at: now })
  return true
}
