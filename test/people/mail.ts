import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import type { TestApp } from '#test/app.ts'
import { filledIn } from '#test/editing/filled.ts'
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

type Confirmed = Readonly<{ practice: string; address: string; person: string; episode: string; reference: string }>

/** A form that came from a practice of the register and was confirmed, whoever the message says it is from. */
export async function aConfirmedForm(app: TestApp, address = `${newId()}@practice.example`): Promise<Confirmed> {
  const practice = newId()
  const odsCode = `P${practice.slice(-7)}`.toUpperCase()
  await app.owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, ods_code, email, from_on)
     values ('north', $1, $2, 'practice', 'none', $3, $4, '2020-01-01')`,
    [practice, `Surgery of ${address}`, odsCode, address],
  )
  const content = filledInText({ ...usualFilling, nhsNumber: '', odsCode })
  const from = 'Somebody else <mallory@evil.example>'
  await arrives(app, await aMail({ from, attachments: [{ filename: 'form.txt', content }] }))
  const mail = String((await keptMails(app)).at(-1)?.id)
  const [page, browser] = [`/mailbox/${mail}`, await app.as(app.cast.administrator)]
  await browser.send(`${page}/referral`, filledIn((await browser.open(page)).html, `${page}/referral`))
  await app.work()
  const { rows } = await app.owner.query<Pick<Confirmed, 'person' | 'episode' | 'reference'>>(
    `select referral.person, referral.episode, given.reference from referral.referral
     join referral.reference given on given.referral = referral.id where referral.id = $1`,
    [mail],
  )
  if (!rows[0]) throw new Error('The form was not taken')
  return { ...rows[0], practice, address }
}
