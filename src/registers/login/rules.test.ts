import { describe, expect, it } from 'vitest'
import { identityOf, isVouchedFor } from './rules.ts'

describe('What a provider says', () => {
  const said = { nhs_number: '9000000009', birthdate: '1980-02-29', identity_proofing_level: 'P9' }

  it('proves an NHS number at the highest level alone', () => {
    expect(identityOf('nhs-login', 'nhs-number', 'one', said)).toMatchObject({ nhsNumber: '9000000009' })
    expect(identityOf('nhs-login', 'nhs-number', 'one', { ...said, identity_proofing_level: 'P5' })).toMatchObject({
      nhsNumber: null,
      bornOn: null,
    })
    expect(identityOf('one-login', 'code', 'one', said)).toMatchObject({ nhsNumber: null })
  })

  it('counts where it vouches for a level that was asked for, in whatever order its parts stand', () => {
    expect(isVouchedFor('["P9.Cp.Cd","P9.Cm"]', 'P9.Cd.Cp')).toBe(true)
    expect(isVouchedFor('["P9.Cp.Cd","P9.Cm"]', 'P5.Cp.Cd')).toBe(false)
    expect(isVouchedFor('["P9.Cm"]', undefined)).toBe(false)
    expect(isVouchedFor(undefined, undefined)).toBe(true)
  })
})
