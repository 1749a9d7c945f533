/** How a provider's word leads to a record: by the NHS number it has proven, or only after a code and a date of birth. */
export type Proof = 'nhs-number' | 'code'

/** What a provider says about whoever came back from it, as far as it is looked at. */
export type Said = Readonly<Record<string, unknown>>

/** How long somebody who is not known by their account elsewhere may take to show who they are. */
export const waitingLasts = { minutes: 30 } as const

/** Who came back: by which account, and with which NHS number where the provider has proven it. */
export type Identity = Readonly<{ provider: string; subject: string; nhsNumber: string | null; bornOn: string | null }>

/**
 * What a provider's word is worth here. NHS login proves an NHS number at the highest level alone (P9: a passport or the
 * like was checked); what somebody entered themselves at a lower one is nobody's proof.
 */
export function identityOf(provider: string, proof: Proof, subject: string, said: Said): Identity {
  const isProven = proof === 'nhs-number' && said['identity_proofing_level'] === 'P9'
  const [number, born] = [said['nhs_number'], said['birthdate']]
  return {
    ...{ provider, subject },
    nhsNumber: isProven && typeof number === 'string' && /^\d{10}$/.test(number) ? number : null,
    bornOn: isProven && typeof born === 'string' ? born : null,
  }
}

/** Whether the provider vouches for one of the levels it was asked for (`vtr`, a list of vectors of trust). */
export function isVouchedFor(vtr: string | undefined, vot: unknown): boolean {
  if (vtr === undefined) return true
  const asked: unknown = JSON.parse(vtr)
  return typeof vot === 'string' && Array.isArray(asked) && asked.some((one) => partsOf(String(one)) === partsOf(vot))
}

// The parts of a vector stand in no order of their own.
const partsOf = (vector: string) => vector.split('.').toSorted().join('.')
