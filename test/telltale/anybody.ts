import { createHash } from 'node:crypto'
import { numbersFrom } from '#test/chance.ts'

/** What somebody types about themselves: nobody else is called so, no other number is so. */
export type Anybody = Readonly<{
  name: string
  family: string
  phone: string
  email: string
  address: string
  nhs: string
  words: string
}>

const from = (letters: string, below: (number: number) => number) => letters[below(letters.length)] ?? ''

/** Ten letters that no word and no code of the product has in this order. */
function newWord(below: (number: number) => number): string {
  const syllables = Array.from({ length: 5 }, () => from('bdfgjklmnprstvwxz', below) + from('aeiouy', below))
  const [first = '', ...others] = syllables.join('')
  return first.toUpperCase() + others.join('')
}

/** What people's names and addresses have in them, and programs trip over. */
const endings = [
  '',
  "'s",
  '-Ó Sé',
  ' & co',
  'ąęł',
  ' عمر',
  '%2Fa',
  '+b',
  ' "c"',
  '<d>',
  '/../e',
  '?f=g#h',
  '\u0301',
  '🌷',
]

function newNhsNumber(below: (number: number) => number): string {
  const nine = `9990${Array.from({ length: 5 }, () => below(10)).join('')}`
  const check = 11 - ([...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11)
  return check === 10 ? newNhsNumber(below) : `${nine}${check % 11}`
}

/** Somebody by chance, the same each time for a seed: numbers set aside for drama and tests, and words that exist nowhere. */
export function anybody(seed: number): Anybody {
  const below = numbersFrom(seed)
  const ending = () => endings[below(endings.length)] ?? ''
  const phone = `07700 900${String(below(1000)).padStart(3, '0')}`
  return {
    ...{ name: newWord(below) + ending(), family: newWord(below) + ending() },
    phone: [phone, phone.replaceAll(' ', ''), `+44${phone.slice(1).replace(' ', '')}`][below(3)] ?? phone,
    email: `${newWord(below).toLowerCase()}${['', '+w', '.x'][below(3)]}@example.org`,
    address: `${1 + below(99)} ${newWord(below)} Cottages`,
    nhs: newNhsNumber(below),
    words: `Somebody said ${newWord(below)}${ending()}`,
  }
}

const rare = /[A-Z][a-z]{9}|^[a-z]{10}/g

/** What would tell of somebody wherever it turned up: the rare words and the last digits of the numbers, each ten long, and what is computed from all of a value without a secret. */
export function tellingOf(somebody: Anybody): readonly string[] {
  const values = Object.values(somebody)
  const words = values.flatMap((value) => value.match(rare) ?? []).map((word) => word.toLowerCase())
  const digits = [somebody.phone.replaceAll(/\D/g, '').slice(-10), somebody.nhs]
  const known = [...values, ...values.map((value) => value.toLowerCase()), ...digits]
  const hashes = known.flatMap((value) =>
    ['md5', 'sha1', 'sha256'].map((way) => createHash(way).update(value).digest('hex')),
  )
  return [...words, ...digits, ...hashes]
}

const unescaped = (line: string) =>
  line
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (escaped) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/&#x?(\w+);/g, (all, code: string) =>
      String.fromCodePoint(Number(all.startsWith('&#x') ? `0x${code}` : code) || 0xfffd),
    )

/** Base64 begins a letter at any of three places. */
const unpacked = (line: string) =>
  (line.match(/[\w+/-]{12,}/g) ?? []).flatMap((packed) =>
    [0, 1, 2, 3].map((at) => Buffer.from(packed.slice(at), 'base64url').toString('latin1')),
  )

/** Every ten letters or digits in a row, and every hash. */
function* signsIn(text: string): Iterable<string> {
  for (let at = 0; at + 10 <= text.length; at += 1) yield text.slice(at, at + 10)
  yield* text.match(/[0-9a-f]{32,64}/g) ?? []
}

/** Lines that tell of somebody, as they stand, escaped (once or twice), packed, or with the digits of a number set apart. */
export function telling(lines: readonly string[], signs: ReadonlySet<string>): string[] {
  const tells = (text: string) =>
    [text, text.replaceAll(/(?<=\d)[ .()-]+(?=\d)/g, '')].some((either) =>
      Iterator.from(signsIn(either.toLowerCase())).some((sign) => signs.has(sign)),
    )
  return [...new Set(lines)].filter((line) => [unescaped(unescaped(line)), ...unpacked(line)].some(tells))
}
