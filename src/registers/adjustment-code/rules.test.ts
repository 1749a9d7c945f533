import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allNeeds } from '#registers/access-needs/rules.ts'
import { adjustmentBundle, codedNeeds, metBy, needCodes, provenanceInWords } from './rules.ts'

const rows = readFileSync('data/reasonable-adjustments.csv', 'utf8').trim().split('\n').slice(1)
const national = new Set(rows.map((row) => row.split(',').slice(0, 2).join(' ')))

describe('The flag of what somebody needs', () => {
  it('gives each code to a need we ask, and each stands in the national list in the same group', () => {
    expect(Object.keys(needCodes).filter((need) => !(need in allNeeds))).toEqual([])
    const wrong = codedNeeds(Object.keys(needCodes)).filter(({ category, code }) => {
      const group = category.startsWith('adjustments-') ? 'adjustments' : category
      return !national.has(`${group} ${code ?? ''}`)
    })
    expect(wrong).toEqual([])
  })

  const person = {
    ...{ id: 'one', nhs_number: '9000000009', given_name: 'Sam', family_name: 'Taylor' },
    ...{ born_on: Temporal.PlainDate.from('1980-05-02'), access_note: null, access_conditions: ['vision'] },
    access_needs: ['large-print', 'aphasia-format'],
  }
  const provenance = {
    ...{ at: Temporal.Instant.from('2026-01-05T10:00:00Z'), by: 'Carol Coach', role: 'coach' as const, first: true },
    ...{ organisation: 'Lead Provider', odsCode: 'A1B2C' },
  }

  it('is one flag that names the others, the condition and the consent, in words where there is no code', () => {
    const { entry } = adjustmentBundle({ person, provenance, reviewOn: Temporal.PlainDate.from('2027-01-05') })
    const [patient, whole, condition, consent, coded, inWords] = entry.map((one) => JSON.stringify(one))

    expect(entry).toHaveLength(6)
    expect(patient).toContain('9000000009')
    for (const named of ['Condition/vision', 'Consent/consent', 'Flag/large-print', 'Flag/aphasia-format'])
      expect(whole).toContain(`"reference":"${named}"`)
    expect(whole).toContain('To be asked again by 5 January 2027')
    expect(condition).toContain('"code":"vision"')
    expect(consent).toContain('"type":"permit"')
    expect(coded).toContain('"code":"957331000000109"')
    expect(inWords).not.toContain('snomed')
    expect(metBy('large-print')).toBe('Letters are printed in 20 point')
  })

  it('says of every part who wrote it down, when and for whom', () => {
    const { entry } = adjustmentBundle({ person, provenance, reviewOn: undefined })
    const written = entry.flatMap(({ resource }) => ('contained' in resource ? resource.contained : []))

    expect(written).toHaveLength(4)
    for (const one of written)
      expect(one).toMatchObject({
        recorded: '2026-01-05T10:00:00Z',
        agent: [{ who: { display: 'Carol Coach' }, onBehalfOf: { identifier: { value: 'A1B2C' } } }],
      })
    expect(provenanceInWords({ ...provenance, role: null })).toContain('Came with the referral')
  })
})
