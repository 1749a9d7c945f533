import type { Problem } from '#platform/form/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'

/** What a referral says of the practice that somebody asked for a fit note. */
export type FromPractice = Readonly<{
  route: Route
  referrerOrganisation: string | null
  referrerEmail: string | null
  gpPractice: string | null
}>

/** Which practice was asked for a fit note: the one that refers, otherwise the one that the person is with. */
export function practiceAsked({ route, referrerOrganisation, referrerEmail, gpPractice }: FromPractice) {
  const refers = route === 'gp'
  return {
    practice: (refers ? referrerOrganisation : null) ?? gpPractice,
    // Whoever writes from the practice hears there what came of it, as far as the person allows.
    email: refers ? referrerEmail : null,
  }
}

/** What is missing where somebody asked for a fit note. */
export function practiceProblems({ askedFitNote, ...from }: FromPractice & { askedFitNote: boolean }): Problem[] {
  if (!askedFitNote || practiceAsked(from).practice !== null) return []
  const field = from.route === 'gp' ? 'referrerOrganisation' : 'gpPractice'
  return [{ field, message: 'Enter the name of the practice that they asked for a fit note' }]
}
