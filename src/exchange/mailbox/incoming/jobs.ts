import type { Databases } from '#platform/database/router.ts'
import { dayOf, startOfDay } from '#platform/dates.ts'
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
import { readHeadings, readMail, readTooLarge } from './import.ts'
import { isSentTo, limits } from './rules.ts'
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
  const before = await database.transaction((db) => findKept(db, area, digest))
  if (before) return box.move(waiting, before.isForm ? 'taken' : 'unread')
  const mail = isLarge ? await readTooLarge(source) : await readMail(source)
  const cameAt = waiting.cameAt && Temporal.Instant.compare(waiting.cameAt, now) < 0 ? waiting.cameAt : now
  await database.transaction(async (db) => {
    for (const subject of await keepMail(db, { area, ...mail, cameAt })) {
      const happening = { kind: 'act', what: 'mailbox.came', subject, codes: {} } as const
      writeEntry(db, { area, by: undefined, happening, at: now })
    }
  })
  await box.move(waiting, mail.found.some(({ answers }) => answers !== null) ? 'taken' : 'unread')
}
