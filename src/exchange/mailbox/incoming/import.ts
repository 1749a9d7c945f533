import { createHash } from 'node:crypto'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { kindOf, readDocument } from '#platform/documents/reading.ts'
import { type Unreadable, unreadable } from '#platform/documents/rules.ts'
import { wordsOfPage } from '#platform/mailbox/rules.ts'
import { type Reply, replyIn } from '#exchange/mailbox/written-back/rules.ts'
import { type Answers, answersIn, asked } from '#exchange/mailbox/referral-form/rules.ts'
import { limits, type Reason, reasons } from './rules.ts'

/** A file that came with a message. */
export type SentFile = Readonly<{ name: string; type: string; content: Buffer; isForm: boolean }>

/** A form that was found in a message, or the whole message where there was none, and why somebody has to look. */
export type Found = Readonly<{ form: string | null; answers: Answers | null; reason: string | null }> &
  Readonly<{ files: readonly SentFile[] }>

/** Who sent a message, what it says of itself, the forms in it, and what it is where it answers an email of ours. */
export type ReadMail = Readonly<{
  digest: string
  reply: Reply | undefined
  fromName: string | null
  fromAddress: string | null
  subject: string | null
  text: string | null
  found: readonly Found[]
}>

const options = { maxNestingDepth: 20, maxHeadersSize: 250_000, maxRfc822NestingDepth: 2 } as const

/** Reads a message as far as its headings: to whom it goes, and by which it is known again. */
export async function readHeadings(source: Buffer) {
  const end = source.indexOf('\r\n\r\n')
  const start = source.subarray(0, Math.min(end < 0 ? limits.headings : end, limits.headings))
  const mail = await parsed(start)
  return { digest: digestOf(source, mail?.messageId), to: mail ? addressedTo(mail) : [] }
}

/** Every address that a message says it was sent to. */
function addressedTo(mail: Email): string[] {
  const own = [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])].flatMap(flat)
  const others = mail.headers.filter(({ key }) => key === 'x-original-to' || key === 'delivered-to')
  return [...own, ...others.map(({ value }) => value.replaceAll(/[<>\s]/g, ''))]
}

const flat = (one: Address): string[] =>
  one.group === undefined ? [one.address] : one.group.map(({ address }) => address)

// The way a message took stands above the empty line and differs each time it is sent on; what is below does not.
function digestOf(source: Buffer, messageId = ''): string {
  const line = source.indexOf('\r\n\r\n')
  const plain = source.indexOf('\n\n')
  const start = line < 0 ? plain : line
  return createHash('sha256')
    .update(messageId)
    .update('\n')
    .update(source.subarray(Math.max(start, 0)))
    .digest('hex')
}

async function parsed(source: Buffer): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(source, options)
  } catch {
    return undefined
  }
}

/** What becomes of a message that is too large to be read. */
export async function readTooLarge(start: Buffer): Promise<ReadMail> {
  const mail = await parsed(start.subarray(0, Math.max(start.indexOf('\r\n\r\n'), 0)))
  const found = [noForm('too-large', [])]
  return { digest: digestOf(start, mail?.messageId), reply: mail && asReply(mail), ...said(mail), text: null, found }
}

/** Reads a message with everything that came in it. Nothing in it can do more than be read. */
export async function readMail(source: Buffer): Promise<ReadMail> {
  const mail = await parsed(source)
  const digest = digestOf(source, mail?.messageId)
  if (!mail) return { digest, reply: undefined, ...said(mail), text: null, found: [noForm('unreadable', [])] }
  const text = wordsIn(mail)
  const files = mail.attachments.slice(0, limits.files).map(asFile)
  const read: (Found | Unreadable)[] = []
  for (const file of files) read.push(await readFile(file))
  const forms = read.filter((one): one is Found => typeof one === 'object' && one.answers !== null)
  const others = files.filter((file) => !forms.some((form) => form.files[0]?.content === file.content))
  const failed = read.find((one): one is Unreadable => typeof one === 'string')
  return {
    digest,
    reply: asReply(mail),
    ...said(mail),
    text,
    found: foundIn({ mail, text, files, forms, others, failed }),
  }
}

type Parts = Readonly<{ mail: Email; text: string; files: readonly SentFile[]; forms: readonly Found[] }> &
  Readonly<{ others: readonly SentFile[]; failed: Unreadable | undefined }>

function foundIn({ mail, text, files, forms, others, failed }: Parts): Found[] {
  const [first, ...more] = forms
  // What came beside one form goes with it; beside several nobody knows whose it is, and it stays in the mailbox.
  if (first && more.length === 0) return [{ ...first, files: [...first.files, ...others] }]
  if (first) return [...forms]
  const written = answersIn({ text, fields: {} })
  if (written) return [{ form: text, answers: written, reason: null, files }]
  if (failed) return [{ ...noForm('no-form', files), reason: `A file could not be read. ${unreadable[failed]}` }]
  return [noForm(mail.attachments.length > limits.files ? 'too-many-files' : 'no-form', files)]
}

const noForm = (reason: Reason, files: readonly SentFile[]): Found => ({
  ...{ form: null, answers: null, reason: reasons[reason].label, files },
})

/** The form in a file; a reason where it could not be read, and nothing found where it is something else. */
async function readFile(file: SentFile): Promise<Found | Unreadable> {
  const kind = kindOf(file.name, file.type, file.content)
  if (kind === undefined) return { form: null, answers: null, reason: '', files: [file] }
  const read = await readDocument(kind, file.content)
  if (!read.ok) return read.why
  const answers = answersIn(read.words) ?? null
  return { form: formWords(read.words), answers, reason: null, files: [{ ...file, isForm: answers !== null }] }
}

type Words = Readonly<{ text: string; fields: Readonly<Record<string, string>> }>

// What was typed into the fields of a PDF stands nowhere in its text.
function formWords({ text, fields }: Words): string {
  const typed = asked.flatMap(({ name, label }) => (fields[name]?.trim() ? [`${label}: ${fields[name].trim()}`] : []))
  const added = typed.length === 0 ? [] : ['', 'Filled in on a screen:', ...typed]
  return clean([text.replaceAll(/\s*\n\s*/g, '\n').trim(), ...added].join('\n'))
}

// Without what no database keeps and nobody sees.
const clean = (text: string): string =>
  text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, limits.letters)

const short = (text: string | undefined): string | null => (text ? clean(text).slice(0, 300).trim() || null : null)

function said(mail: Email | undefined) {
  const from = mail?.from?.group === undefined ? mail?.from : mail.from.group[0]
  return { fromName: short(from?.name), fromAddress: short(from?.address), subject: short(mail?.subject) }
}

function wordsIn({ text, html }: Email): string {
  return clean(text?.trim() ? text : wordsOfPage(html ?? '')).trim()
}

const asReply = ({ headers, subject = '', text = '', html = '', attachments }: Email): Reply =>
  replyIn({
    headings: new Map(headers.map(({ key, value }) => [key, value])),
    ...{ subject: clean(subject).slice(0, 300), text: clean(text), page: html.slice(0, limits.page) },
    files: attachments.slice(0, limits.files).map((file) => ({ type: file.mimeType, start: startOf(file) })),
  })

const startOf = ({ content }: Attachment): string =>
  clean(typeof content === 'string' ? content : Buffer.from(new Uint8Array(content).slice(0, 20_000)).toString('utf8'))

function asFile({ filename, mimeType, content }: Attachment): SentFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content))
  const name = clean(filename ?? '')
    .replaceAll(/[\\/:*?"<>|\n\t]/g, '_')
    .slice(-150)
    .trim()
  return { name: name || 'A file without a name', type: mimeType.slice(0, 100), content: bytes, isForm: false }
}
