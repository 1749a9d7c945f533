import type { OrganisationKind } from '#registers/organisations/rules.ts'

/** Under which name the browser of somebody who came by a link keeps which one it was. */
export const cameByDraft = 'handed-link'

/** A link with the organisation that hands it over. */
export type HandedLink = Readonly<{
  id: string
  code: string
  organisation: string
  organisationName: string
  kind: OrganisationKind
  madeAt: Temporal.Instant
  madeBy: string
  endedAt: Temporal.Instant | null
}>

/** What the code of a link is made of: nothing that is read as something else, and no vowel, so that it spells no word. */
export const codeLetters = '34679CDFGHJKMNPQRTVWXY'

export const codeLength = 6

/** The code that an address names, however it was typed; undefined where it cannot be one. */
export function readCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  const isOne = code.length === codeLength && [...code].every((letter) => codeLetters.includes(letter))
  return isOne ? code : undefined
}

/** Where a link of an area leads. */
export const pathOf = (area: string, code: string): string => `/in/${area}/from/${code}`

/** The kinds of organisation that may hand a link over, those that do it most first. */
export const mayHandOver = [
  'practice',
  'health',
  'voluntary',
  'council',
  'jobcentre',
  'employer',
] as const satisfies readonly OrganisationKind[]

/** Whether an organisation of this kind may hand a link over: it is one that sends people here. */
export const handsOver = (kind: OrganisationKind): boolean => mayHandOver.some((one) => one === kind)

/** What somebody reads who comes by a link, by the kind of organisation that gave it to them. */
export const givenBy = (kind: OrganisationKind): string =>
  kind === 'practice' ? 'Your practice, {name}, gave you this.' : '{name} gave you this.'

/** For how long somebody who began the form by a link is taken to come by it. */
export const rememberedHours = 24

/** What a practice sends by text before the address of the link: 160 letters at most, so that both are short. */
export const textToSend =
  'Is your health making it hard to work? WorkWell can help. It is free and it is your choice. Ask here:'

/** What stands where a link leads nowhere any more. */
export const overWords = 'That link is not in use any more. You can still ask for help here.'
