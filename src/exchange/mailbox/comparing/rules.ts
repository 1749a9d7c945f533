import type { Problem, Typed } from '#platform/form/rules.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { FeedbackWish, Referrer } from '#journey/acknowledgement/rules.ts'
import { ownRouteOf } from '#journey/acknowledgement/rules.ts'
import { compared } from '#exchange/files/codes/rules.ts'
import type { Answers } from '#exchange/mailbox/referral-form/rules.ts'

/** An organisation of the register that a form may come from. */
export type Practice = Readonly<{
  id: string
  name: string
  kind: OrganisationKind
  ods_code: string | null
  email: string | null
}>

const refers: readonly OrganisationKind[] = ['practice', 'health', 'council', 'voluntary', 'jobcentre', 'employer']

/** Whose forms these can be. */
export const practicesIn = <One extends Practice>(all: readonly One[]): One[] =>
  all.filter(({ kind }) => refers.includes(kind))

/** The choice of a form that comes from nobody in the register. */
const notInRegister = 'none'

/**
 * The practice that a form names: the one with its ODS code, otherwise the only one of that name. Which it is, is for
 * whoever looks to confirm: anybody can write a code.
 */
export function practiceNamed({ odsCode = '', referrerOrganisation = '' }: Answers, all: readonly Practice[]) {
  const code = odsCode.replaceAll(/\s/g, '').toUpperCase()
  const byCode = code === '' ? [] : all.filter(({ ods_code }) => ods_code?.toUpperCase() === code)
  const name = compared(referrerOrganisation)
  const byName = name === '' ? [] : all.filter((one) => compared(one.name) === name)
  if (byCode.length === 1) return { practice: byCode[0], by: 'code' } as const
  return byName.length === 1 ? ({ practice: byName[0], by: 'name' } as const) : undefined
}

/** As whom a form refers: what its practice is by the register, a GP practice where it is not in it. */
export const routeOf = (practice: Practice | undefined): Route => (practice && ownRouteOf[practice.kind]) ?? 'gp'

type Said = Readonly<{
  referrerName: string | null
  referrerOrganisation: string | null
  feedback: FeedbackWish | null
}>

/**
 * Who referred, as it is taken. They are told at the address of the register alone: whoever wrote the message may be
 * anybody, and without such an address nobody is told.
 */
export function referrerOf(
  { referrerName, referrerOrganisation, feedback }: Said,
  practice: Practice | undefined,
): Referrer {
  const email = practice?.email ?? null
  const wish = email === null ? 'none' : (feedback ?? 'received')
  return { name: referrerName, organisation: practice?.name ?? referrerOrganisation, email, feedback: wish }
}

/** What two forms have in common that makes them look like the same person. */
export function looksAlike(one: Answers | null, other: Answers | null): boolean {
  if (!one || !other) return false
  const number = (answers: Answers) => (answers['nhsNumber'] ?? '').replaceAll(/\D/g, '')
  const named = (answers: Answers) =>
    ['givenName', 'familyName', 'bornOn'].map((name) => compared(answers[name] ?? '')).join(' ')
  if (number(one).length === 10 && number(one) === number(other)) return true
  return named(one).trim() !== '' && named(one) === named(other)
}

/** Somebody known here who looks like whom a form is about; without an id where this reader may not open the record. */
export type Known = Readonly<{ id: string | undefined; name: string; why: string }>

/** What has to be looked at on a form: what was not read of it, and which practice it is where no code says so. */
export function doubtsOf(answers: Answers | null, doubts: readonly Problem[], by: 'code' | 'name' | undefined) {
  if (answers === null) return []
  if (by === 'code') return doubts
  const said = [answers['referrerOrganisation'], answers['odsCode']].filter(Boolean).join(', ') || 'nothing'
  const unknown = `Not found in the register. The form says: ${said.slice(0, 200)}`
  const message = by === 'name' ? 'It was found by its name alone. Confirm that it is this one.' : unknown
  return [...doubts, { field: 'practice', message }]
}

/** The practices to choose from, each with what follows for whether it is told. */
export const choiceOf = (all: readonly Practice[]) => ({
  ...Object.fromEntries(
    all.map(({ id, name, ods_code, email }) => [
      id,
      {
        label: `${name}${ods_code ? ` (${ods_code})` : ''}${email ? '' : ': no email address, so that nobody is told'}`,
      },
    ]),
  ),
  [notInRegister]: { label: 'Not in the register: nobody is told' },
})

/** What is wrong with the practice that was chosen. */
export function practiceProblems(typed: Typed, all: readonly Practice[]): Problem[] {
  const chosen = typed['practice']
  const isThere = chosen === notInRegister || all.some(({ id }) => id === chosen)
  return isThere || !chosen ? [] : [{ field: 'practice', message: 'Select a practice from the list' }]
}
