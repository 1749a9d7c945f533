import { type Route, routes } from '#registers/organisations/rules.ts'
import { type SafeWay, safeWays } from '#journey/newcomer/rules.ts'
import {
  type Agreement,
  agreements,
  type Channel,
  channels,
  type FitNoteAnswer,
  fitNoteAnswers,
  type MainBarrier,
  mainBarriers,
  type WayOfHearing,
  waysOfHearing,
  type WorkStatus,
  workStatuses,
} from '#journey/referral/rules.ts'

/** The words by which areas write the codes of one list, beside our own. */
export type Spellings<Code extends string> = Readonly<{
  list: Readonly<Record<Code, Readonly<{ label: string }>>>
  also: Readonly<Partial<Record<Code, readonly string[]>>>
  /** Where a slip could turn a no into a yes ("no voicemail"), nothing is guessed. */
  exactly?: true
}>

export const routeWords: Spellings<Route> = {
  list: routes,
  also: {
    gp: ['GP', 'GP practice', 'GP surgery', 'General practice', 'Primary care', 'Doctor', 'Practice nurse'].concat([
      'Pharmacist',
      'Social prescriber',
      'Social prescribing',
    ]),
    council: ['Local authority', 'City council', 'County council', 'Borough council', 'District council'],
    voluntary: ['VCSE', 'VCS', 'Charity', 'Voluntary', 'Voluntary sector', 'Third sector', 'Community organisation'],
    health: ['Other health', 'Health', 'Hospital', 'NHS trust', 'Secondary care', 'Talking therapies', 'Physiotherapy'],
    employer: ['Workplace', 'Line manager', 'HR'],
    jobcentre: ['Jobcentre', 'Job centre', 'Job centre plus', 'JCP', 'DWP', 'Work coach'],
    self: ['Self', 'Self referral', 'Self referred', 'Self refer', 'Own referral', 'Themselves'],
    'partner-app': ['App'],
    outreach: ['Outreach event', 'Community event'],
  },
}

export const channelWords: Spellings<Channel> = {
  list: channels,
  also: {
    online: ['Web', 'Website', 'Web form', 'Online form', 'Internet'],
    telephone: ['Phone', 'Phone call', 'Call', 'By phone'],
    paper: ['Paper', 'Paper form', 'Letter', 'Post', 'By post'],
    email: ['Mail', 'By email'],
    'in-person': ['Face to face', 'F2F', 'Walk in', 'Drop in'],
    system: ['System', 'Import', 'API', 'Integration'],
  },
}

// A bare "no" is not here: it may mean that they were not asked, or that they do not want it.
export const agreementWords: Spellings<Agreement> = {
  exactly: true,
  list: agreements,
  also: {
    self: ['Self', 'Self referral'],
    agreed: ['Yes', 'Y', 'True', '1', 'Agrees', 'Consented', 'Consent given', 'Consent obtained', 'Verbal consent'],
    'not-asked': ['Not asked', 'Not asked yet', 'Not yet asked', 'To be asked', 'Not discussed'],
  },
}

export const workWords: Spellings<WorkStatus> = {
  list: workStatuses,
  also: {
    employed: ['Employed', 'In work', 'Working', 'At work', 'In employment', 'Full time', 'Part time'].concat([
      'Employed full time',
      'Employed part time',
    ]),
    'off-sick': ['Off sick', 'Off work sick', 'Sick leave', 'On sick leave', 'Signed off', 'Sickness absence'],
    'self-employed': ['Sole trader', 'Freelance'],
    'zero-hours': ['Zero hours', 'Zero hours contract', 'Casual', 'Casual work', 'Agency', 'Agency work'],
    apprentice: ['Apprenticeship'],
    unemployed: ['Jobseeker', 'Job seeker', 'Looking for work', 'Seeking work'],
    inactive: ['Economically inactive', 'Not looking for work', 'Not seeking work'],
    'prefer-not-to-say': ['PNTS', 'Prefer not to answer'],
  },
}

export const barrierWords: Spellings<MainBarrier> = {
  list: mainBarriers,
  also: {
    physical: ['Physical', 'Physical health', 'Pain', 'MSK', 'Musculoskeletal'],
    psychological: ['Mental health', 'Psychological', 'Anxiety', 'Depression', 'Stress', 'Low mood'],
    social: ['Social', 'Caring', 'Housing', 'Money', 'Debt'],
    work: ['Work', 'Work itself', 'Workplace'],
  },
}

export const fitNoteWords: Spellings<FitNoteAnswer> = {
  exactly: true,
  list: fitNoteAnswers,
  also: {
    yes: ['Y', 'True', '1', 'Has fit note', 'Current'],
    no: ['N', 'False', '0', 'No fit note'],
    'not-sure': ['Unsure', 'Do not know', 'Dont know'],
    'prefer-not-to-say': ['PNTS', 'Prefer not to answer'],
  },
}

export const hearingWords: Spellings<WayOfHearing> = {
  list: waysOfHearing,
  also: {
    gp: ['GP', 'Doctor', 'Health worker'],
    jobcentre: ['Job centre', 'Jobcentre Plus', 'JCP', 'Work coach'],
    council: ['Local authority'],
    employer: ['Employer', 'Colleague', 'Work'],
    voluntary: ['Charity', 'Community group', 'VCSE'],
    'friend-family': ['Friend', 'Family', 'Friends', 'Word of mouth'],
    online: ['Website', 'Web', 'Internet', 'Social media', 'Facebook', 'Google'],
    media: ['Radio', 'Newspaper', 'Poster', 'Leaflet', 'TV'],
    other: ['Other'],
  },
}

export const safeWords: Spellings<SafeWay> = {
  exactly: true,
  list: safeWays,
  also: {
    call: ['Phone', 'Phone call', 'Calls', 'Telephone', 'Ring'],
    voicemail: ['Voicemail', 'Leave a message', 'Answerphone', 'Message'],
    text: ['Text', 'Texts', 'SMS', 'Text message'],
    email: ['Email', 'E-mail', 'Emails'],
    post: ['Post', 'Letter', 'Letters', 'Mail'],
  },
}

export const yesWords: Spellings<'yes' | 'no'> = {
  exactly: true,
  list: { yes: { label: 'Yes' }, no: { label: 'No' } },
  also: { yes: ['Y', 'True', '1'], no: ['N', 'False', '0'] },
}

/** What is compared of a word or a heading: its letters and digits, whatever stands between them. */
export function compared(text: string): string {
  if (plainWord.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

const plainWord = /^[A-Za-z0-9]*$/

/** The code that was meant: written in any of its ways, or nearer to one of them than to those of any other code. */
export function codeOf<Code extends string>(given: string, spellings: Spellings<Code>): Code | undefined {
  const word = compared(given)
  const ways = waysOf(spellings)
  const written = ways.find(([, way]) => way === word)?.[0]
  return written ?? (spellings.exactly ? undefined : nearestCode(word, ways))
}

/** The same, remembering what was asked before: most cells of a column say one of a few words. */
export function rememberedCode<Code extends string>(given: string, spellings: Spellings<Code>): Code | undefined {
  const asked = askedBefore(spellings)
  if (!asked.has(given)) asked.set(given, codeOf(given, spellings))
  // Checked: what is remembered of these spellings is one of their codes.
  return asked.get(given) as Code | undefined
}

const mostRemembered = 2_000
const remembered = new WeakMap<Spellings<string>, Map<string, string | undefined>>()

function askedBefore(spellings: Spellings<string>): Map<string, string | undefined> {
  const known = remembered.get(spellings)
  if (known && known.size < mostRemembered) return known
  const fresh = new Map<string, string | undefined>()
  remembered.set(spellings, fresh)
  return fresh
}

type Ways<Code> = readonly (readonly [code: Code, way: string])[]

function nearestCode<Code extends string>(word: string, ways: Ways<Code>): Code | undefined {
  const away = new Map<Code, number>()
  for (const [code, way] of ways) away.set(code, Math.min(away.get(code) ?? Infinity, apart(word, way)))
  const [nearest, next] = [...away].toSorted(([, one], [, other]) => one - other)
  if (!nearest || nearest[1] > slipsAllowed(word) || nearest[1] === next?.[1]) return undefined
  return nearest[0]
}

function waysOf<Code extends string>({ list, also }: Spellings<Code>): Ways<Code> {
  // Checked: the keys of a code list are its codes.
  const codes = Object.keys(list) as Code[]
  return codes.flatMap((code) =>
    [code, list[code].label, ...(also[code] ?? [])].map((way) => [code, compared(way)] as const),
  )
}

// In a short word one slip makes another word of it.
function slipsAllowed(word: string): number {
  if (word.length < 5) return 0
  return word.length < 8 ? 1 : 2
}

/** How many letters are missing, too many, wrong or swapped with their neighbour. */
function apart(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let [before, last] = [noRow, Array.from({ length: other.length + 1 }, (_, place) => place)]
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let place = 1; place <= other.length; place += 1)
      line.push(step({ one, other, row, place, before, last, line }))
    ;[before, last] = [last, line]
  }
  return last[other.length] ?? 3
}

const noRow: readonly number[] = []

type Table = Readonly<{
  one: string
  other: string
  row: number
  place: number
  before: readonly number[]
  last: readonly number[]
  line: readonly number[]
}>

function step({ one, other, row, place, before, last, line }: Table): number {
  const far = 99
  const same = one[row - 1] === other[place - 1]
  const swapped = row > 1 && place > 1 && one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1]
  return Math.min(
    (last[place] ?? far) + 1,
    (line[place - 1] ?? far) + 1,
    (last[place - 1] ?? far) + (same ? 0 : 1),
    swapped ? (before[place - 2] ?? far) + 1 : far,
  )
}
