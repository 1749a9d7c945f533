/** Every language the pages for the public are kept in, named by those who read it; easy read is one of them. */
export const languages = {
  en: { label: 'English', tag: 'en', locale: 'en-GB' },
  'easy-read': { label: 'Easy read', tag: 'en', locale: 'en-GB' },
  cy: { label: 'Cymraeg', tag: 'cy', locale: 'cy' },
  pl: { label: 'Polski', tag: 'pl', locale: 'pl' },
  ur: { label: 'اردو', tag: 'ur', locale: 'ur-u-nu-latn' },
  ar: { label: 'العربية', tag: 'ar', locale: 'ar-u-nu-latn' },
} as const

export type Language = keyof typeof languages

// Checked: the keys of the code list are its codes.
export const languageCodes = Object.keys(languages) as readonly Language[]

/** The languages that somebody has to translate into; English is what the pages are written in. */
export const translated = languageCodes.filter((code) => code !== 'en')

/** The language a word names, if it is one that is kept. */
export function languageNamed(word: string | undefined): Language | undefined {
  return languageCodes.find((code) => code === word)
}

// How people, referrers and files write a language that we keep: in English, in its own words, or as a code.
const spelled: Readonly<Record<string, Language>> = {
  ...{ cy: 'cy', welsh: 'cy', cymraeg: 'cy' },
  ...{ pl: 'pl', polish: 'pl', polski: 'pl', polskie: 'pl' },
  ...{ ur: 'ur', urdu: 'ur', اردو: 'ur' },
  ...{ ar: 'ar', arabic: 'ar', العربية: 'ar', عربي: 'ar' },
}

/** The language in which somebody is best written to, of those we keep: the one they speak, or easy read where they need it. */
export function readerLanguage(of: Readonly<{ language?: string | null; accessNeeds?: readonly string[] }>): Language {
  const first =
    (of.language ?? '')
      .trim()
      .toLowerCase()
      .split(/[\s,(/-]/u)[0] ?? ''
  const spoken = spelled[first]
  if (spoken) return spoken
  return of.accessNeeds?.includes('easy-read') ? 'easy-read' : 'en'
}

/**
 * The part of an address that says in which language the message was written which it came in: whoever opens it reads on in
 * that language, unless they have chosen another.
 */
export const writtenIn = 'in'

/** An address of ours as it goes out in a message of this language; one that leads on in a language already keeps it. */
export const addressIn = (address: string, language: Language): string =>
  language === 'en' || address.includes('?') ? address : `${address}?${writtenIn}=${language}`

/** Which way a language is written. */
export function directionOf(language: Language): 'rtl' | undefined {
  return language === 'ar' || language === 'ur' ? 'rtl' : undefined
}

/** Who looked a translation through and says that it is right, and the texts it holds for. */
export type Signature = Readonly<{ by: string; on: string; digest: string }>

/** A language's texts by the English they stand for. */
export type Catalogue = Readonly<{ signed: Signature | null; messages: Readonly<Record<string, string>> }>
