import type { Problem } from '#platform/form/rules.ts'
import type { SaidOfInterpreting } from '#journey/appointment/rules.ts'

type Said = Readonly<{ state: SaidOfInterpreting; language: string | null }>

/** What is wrong with what is said of an interpreter: nobody can look for one without knowing the language. */
export function problemsWithInterpreting({ state, language }: Said): Problem[] {
  return state !== 'not-needed' && language === null
    ? [{ field: 'language', message: 'Enter the language, or which kind of interpreter' }]
    : []
}
