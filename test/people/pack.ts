const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

type Option = Readonly<{ code: string; display: string; value?: number }>

/** A file with made-up questions in the shape of the WSAS: five from 0 to 8, of which the first may not apply. */
export function aPack(version: string, more: Readonly<Record<string, unknown>> = {}) {
  const numbers: Option[] = Array.from({ length: 9 }, (_, value) => ({ code: `${value}`, display: `${value}`, value }))
  const answers = numbers.map(({ value, ...coding }) => ({
    valueCoding: { ...coding, extension: [{ url: ordinal, valueDecimal: value }] },
  }))
  const items = ['work', 'home', 'social', 'private', 'close'].map((name) => ({
    ...{ linkId: `${name}-${version}`, type: 'choice', text: `Made-up question about ${name}` },
    answerOption:
      name === 'work' ? [...answers, { valueCoding: { code: 'not-applicable', display: 'Does not apply' } }] : answers,
  }))
  return {
    ...{ resourceType: 'Questionnaire', url: 'urn:example:wsas', version, title: 'WSAS', status: 'active' },
    ...{ copyright: 'Made up for a test', item: items, ...more },
  }
}

/** The map by which answers to the first version are read in the second. */
export const fromFirstToSecond = {
  ...{ resourceType: 'ConceptMap', sourceCanonical: 'urn:example:wsas|1', targetCanonical: 'urn:example:wsas|2' },
  group: [
    {
      element: ['work', 'home', 'social', 'private', 'close'].map((name) => ({
        ...{ code: `${name}-1`, target: [{ code: `${name}-2`, equivalence: 'equal' }] },
      })),
    },
  ],
}
