import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { TestApp } from '#test/app.ts'
import { filledInText, filledInWord, type Filling, usualFilling } from './referral-form.ts'

type Attached = Readonly<{ filename: string; content: Buffer | string; contentType?: string }>

type Written = Readonly<{
  from?: string
  to?: string
  subject?: string
  text?: string
  html?: string
  messageId?: string
  attachments?: readonly Attached[]
  headers?: Readonly<Record<string, string>>
}>

/** A message as a mail program of a practice sends it. */
export async function aMail({ attachments = [], headers = {}, ...written }: Written = {}): Promise<Buffer> {
  const usual = { from: 'Park Surgery <reception@park.example>', to: 'refer@north.example', subject: 'Referral' }
  const composer = new MailComposer({
    ...{ ...usual, text: 'Please see attached.', messageId: `<${newId()}@park.example>`, ...written },
    ...{ attachments: [...attachments], headers: { ...headers } },
  })
  return composer.compile().build()
}

/** The same with a form in Word attached. */
export async function aMailWithForm(filling: Filling = usualFilling, written: Written = {}): Promise<Buffer> {
  return aMail({ ...written, attachments: [{ filename: 'referral.docx', content: await filledInWord(filling) }] })
}

const folderOf = ({ settings }: TestApp, area: string) => join(settings.home, 'mailbox', area)

/** Puts messages into the folder from which the area reads, and lets the product look. */
export async function arrives(app: TestApp, ...sources: readonly Buffer[]): Promise<void> {
  const folder = folderOf(app, 'north')
  mkdirSync(folder, { recursive: true })
  for (const source of sources) writeFileSync(join(folder, `${newId()}.eml`), source)
  await looks(app)
}

/** Lets the product look into the mailbox of an area. */
export async function looks(app: TestApp, area = 'north'): Promise<void> {
  await app.inArea(area, (db) => addJob(db, 'incoming.look', { area }))
  await app.work()
}

/** What lies in the folder of an area: still to be read, taken, and not read. */
export function lyingIn(app: TestApp, area = 'north') {
  const count = (...path: string[]) =>
    readdirSync(join(folderOf(app, area), ...path)).filter((name) => name.endsWith('.eml')).length
  return { waiting: count(), taken: count('taken'), unread: count('not-read') }
}

/** The messages of an area as they are kept, the earliest first. */
export async function keptMails({ owner }: TestApp, area = 'north') {
  const { rows } = await owner.query(
    `select id, subject, from_address, text, form, answers, reason, settled_as, referral from incoming.mail
     where area = $1 order by id`,
    [area],
  )
  return rows
}

/** A form of somebody whom nobody knows yet, which waits to be compared; its message and its file, as they stand in addresses. */
export async function aWaitingForm(app: TestApp, nhsNumber = ''): Promise<Readonly<{ mail: string; file: string }>> {
  const whose = { givenName: 'Ida', familyName: 'Emailed', bornOn: '2/3/1979', nhsNumber }
  const content = filledInText({ ...usualFilling, ...whose })
  await arrives(app, await aMail({ attachments: [{ filename: 'referral.txt', content }] }))
  return { mail: String((await keptMails(app)).at(-1)?.id), file: '0' }
}
