import type { Blank, PaperForm, Words } from '#platform/documents/rules.ts'
import { fitNoteAnswers, mainBarriers, workStatuses } from '#journey/referral/rules.ts'

/** The records systems that practices keep, each with merge fields of its own; what they are called is for the area to say. */
export const gpSystems = {
  'emis-web': { label: 'EMIS Web' },
  systmone: { label: 'SystmOne' },
  vision: { label: 'Vision' },
  another: { label: 'Another system' },
} as const

export type GpSystem = keyof typeof gpSystems

/** In which formats the form can be had. */
export const formats = {
  docx: { label: 'Word', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  pdf: { label: 'PDF', type: 'application/pdf' },
  txt: { label: 'Plain text', type: 'text/plain; charset=utf-8' },
} as const

export type Format = keyof typeof formats

const labels = (list: Readonly<Record<string, Readonly<{ label: string }>>>) =>
  Object.values(list).map(({ label }) => label)

type Asked = Omit<Blank, 'value'> &
  Readonly<{
    /** Whether a records system knows it, so that it can put it there by itself. */
    merges?: true
  }>

type Part = Readonly<{ heading: string; asked: readonly Asked[] }>

const merges = true as const

const person: Part = {
  heading: 'The person',
  asked: [
    { name: 'givenName', label: 'First name', merges },
    { name: 'familyName', label: 'Last name', merges },
    { name: 'preferredName', label: 'Likes to be called' },
    { name: 'bornOn', label: 'Date of birth', merges },
    { name: 'nhsNumber', label: 'NHS number', merges },
    { name: 'phone', label: 'Phone number', merges },
    { name: 'email', label: 'Email address', merges },
    { name: 'address', label: 'Postal address', lines: 3, merges },
    { name: 'postcode', label: 'Postcode', merges },
    { name: 'safe', label: 'Safe ways to reach them', hint: 'Call, voicemail, text, email, letter' },
    { name: 'safeNote', label: 'To reach them safely', lines: 2 },
    { name: 'language', label: 'Language, if not English', merges },
    { name: 'interpreter', label: 'Interpreter needed' },
    { name: 'accessNote', label: 'What they need to take part', lines: 2 },
  ],
}

const agreement: Part = {
  heading: 'Whether they agree',
  asked: [
    {
      ...{ name: 'agreement', label: 'They agree to this referral', hint: 'Yes, or not asked' },
      choices: ['Yes', 'Not asked'],
    },
  ],
}

const request: Part = {
  heading: 'What would help',
  asked: [
    {
      ...{ name: 'reason', label: 'Why they are referred', hint: 'Leave out medical details that we do not need' },
      lines: 6,
    },
    { name: 'workStatus', label: 'Work now', choices: labels(workStatuses) },
    { name: 'mainBarrier', label: 'Main difficulty', choices: labels(mainBarriers) },
    { name: 'fitNote', label: 'Fit note now', choices: labels(fitNoteAnswers) },
    { name: 'fitNoteEndsOn', label: 'Fit note lasts until' },
  ],
}

/** What whoever refers may want to hear, in the words of the form. */
export const wishes = {
  none: { label: 'Nothing' },
  received: { label: 'That it arrived' },
  status: { label: 'That it arrived, and how it goes on' },
} as const

const practice: Part = {
  heading: 'The practice',
  asked: [
    { name: 'referrerOrganisation', label: 'Practice name', merges },
    { name: 'odsCode', label: 'Practice ODS code', hint: 'Such as A81001', merges },
    { name: 'referrerName', label: 'Referred by', merges },
    { name: 'theirReference', label: 'Practice reference', hint: 'We quote it in our letters', merges },
    { name: 'feedback', label: 'Please tell us', choices: labels(wishes) },
    { name: 'receivedOn', label: 'Date of referral', merges },
  ],
}

const parts: readonly Part[] = [person, agreement, request, practice]

/** Everything the form asks, in its order. */
export const asked: readonly Asked[] = parts.flatMap((part) => part.asked)

/** What a records system can put there by itself. */
export const merged: readonly Asked[] = asked.filter((one) => one.merges)

/** What stands for each thing in the merge fields of one records system, as the area wrote it down. */
export type Codes = Readonly<Record<string, string>>

/** Who a form is for, and where it goes. */
export type Sender = Readonly<{ name: string; address: string | null; phone: string | null; codes?: Codes }>

/** The form of an area, with the merge fields of a records system where these are given. */
export function formOf({ name, address, phone, codes = {} }: Sender): PaperForm {
  const back = address ? `Attach this form to an email to ${address}.` : 'Ask us where to send this form.'
  const ring = phone ? [`If you have a question, call ${phone}.`] : []
  return {
    title: `Referral to ${name}`,
    lead: [
      'For people who want help with work and health. We need a name, a date of birth, one way to reach them, and a postcode or a practice.',
      'Please leave the labels as they are: we read the form by them.',
    ],
    parts: parts.map(({ heading, asked: blanks }) => ({
      heading,
      blanks: blanks.map(({ merges: isMerged, ...blank }) => {
        const value = isMerged ? codes[blank.name] : undefined
        return value ? { ...blank, value } : blank
      }),
    })),
    foot: {
      heading: 'How to send it',
      lines: [back, ...ring, 'A person reads it and compares it with this form before anything happens.'],
    },
  }
}

// As wide as a word processor, a printer and a mail program leave it.
const plainly = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()

const ends = new Set([...parts.map(({ heading }) => heading), 'How to send it'])

type Found = { name: string; lines: string[] }

/** What stands behind each label, by the name of what is asked. A label that comes a second time is words like any other. */
function behindLabels(text: string): Map<string, string> {
  const found = new Map<string, Found>()
  let open: Found | undefined
  for (const line of text.split(/\r\n?|\n/).map(plainly)) {
    const one = asked.find(({ name, label }) => !found.has(name) && isLabelled(line, label))
    if (one) {
      open = { name: one.name, lines: [line.slice(one.label.length + 1).trim()] }
      found.set(one.name, open)
    } else if (ends.has(line)) open = undefined
    else open?.lines.push(line)
  }
  return new Map([...found.values()].map(({ name, lines }) => [name, answerIn(name, lines)]))
}

const isLabelled = (line: string, label: string): boolean =>
  line.slice(0, label.length + 1).toLowerCase() === `${label}:`.toLowerCase()

// What the form itself says beside a label is no answer.
function answerIn(name: string, lines: readonly string[]): string {
  const hint = asked.find((one) => one.name === name)?.hint
  const said = lines.filter((line) => line !== '' && !/^-+$/.test(line)).join('\n')
  return hint ? said.replace(asPrinted(hint), '').trim() : said
}

// In brackets, and broken into lines wherever there was no room.
const asPrinted = (hint: string): RegExp => new RegExp(String.raw`\(${hint.replaceAll(' ', String.raw`\s+`)}\)`)

// What a records system was to put something in the place of, and did not.
const unmerged = /^(~\[.*\]|<[^<>@]+>|«.*»|\{\{?.*\}\}?|\[.+\]|MERGEFIELD .*)$/

/** What was found on a form: the words behind each label; nothing where it is no form of ours. */
export type Answers = Readonly<Record<string, string>>

/** Reads a form that came back, whichever way it was filled in; undefined where too few of its labels are there. */
export function answersIn({ text, fields }: Words): Answers | undefined {
  const behind = behindLabels(text)
  const own = asked.flatMap(({ name }) => (fields[name] === undefined ? [] : [name]))
  if (behind.size < fewestLabels && own.length === 0) return undefined
  const said = asked.map(({ name }): [string, string] => [name, fields[name]?.trim() || (behind.get(name) ?? '')])
  return Object.fromEntries(said.filter(([, answer]) => answer !== ''))
}

/** Below this it is another document that happens to have a word in common. Our own assumption. */
const fewestLabels = 5

/** Whether a records system left its merge field standing, so that nothing is known. */
export const isUnmerged = (answer: string): boolean => unmerged.test(plainly(answer))

/** What is wrong with a merge field as it was written down. */
export function codeProblem(code: string): string | undefined {
  return code.length > 100 ? 'It must be 100 characters or fewer' : undefined
}
