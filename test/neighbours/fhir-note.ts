import { randomUUID } from 'node:crypto'

type Made = Readonly<{ resourceType: string }> & Readonly<Record<string, unknown>>

/** The numbering in which a sender calls its fit notes. */
export const noteNumbering = 'https://park.example.org/fit-notes'

const sct = 'http://snomed.info/sct'
const coded = (code: string) => ({ coding: [{ system: sct, code }] })
const author = 'urn:uuid:00000000-0000-4000-8000-0000000000a1'

/** What a test wants to be otherwise in a fit note. */
export type WantedNote = Readonly<{
  value?: string
  /** The request of a note that comes by itself: its address here. */
  request?: string
  more?: Readonly<Record<string, unknown>>
}>

const calledSo = (value: string = randomUUID()) => ({ system: noteNumbering, value })

/** A fit note as a document without its scan, and who wrote it. */
export function documentOf({ value, request, more = {} }: WantedNote = {}): Made[] {
  return [
    {
      ...{ resourceType: 'DocumentReference', status: 'current', docStatus: 'final', type: coded('775241000000108') },
      ...{ masterIdentifier: calledSo(value), author: [{ reference: author }], description: 'Sits for short spells' },
      content: [{ attachment: { title: 'Fit note', creation: '2026-01-05' } }],
      context: {
        ...{ event: [coded('225891002'), coded('775281000000100'), coded('775301000000104')] },
        ...{ period: { start: '2026-01-05', end: '2026-02-01' } },
        ...(request === undefined ? {} : { related: [{ reference: request }] }),
      },
      ...more,
    },
    practitioner(),
  ]
}

const practitioner = (): Made & { fullUrl: string } => ({
  ...{ fullUrl: author, resourceType: 'Practitioner', name: [{ family: 'Doe', given: ['Imogen'] }] },
  qualification: [{ code: coded('158965000') }],
})

type Answers = Readonly<Record<string, readonly object[] | undefined>>

const right = (): Answers => ({
  ...{ assessed: [{ valueDate: '2026-01-05' }], condition: [{ valueString: 'Low back pain' }] },
  ...{ outcome: [{ valueCoding: { system: sct, code: '225891002' } }] },
  advice: [
    { valueCoding: { system: sct, code: '775281000000100' } },
    { valueCoding: { system: sct, code: '775301000000104' } },
  ],
  ...{ comments: [{ valueString: 'Sits for short spells' }], from: [{ valueDate: '2026-01-05' }] },
  ...{ until: [{ valueDate: '2026-02-01' }], again: [{ valueBoolean: true }] },
  ...{ issuer: [{ valueString: 'Imogen Doe' }], profession: [{ valueCoding: { system: sct, code: '158965000' } }] },
  ...{ practice: [{ valueString: 'Park Surgery' }], stated: [{ valueDate: '2026-01-05' }] },
})

/** The same fit note as answers to the questions of the service. */
export function answersOf(
  origin: string,
  { value, request, more = {} }: WantedNote = {},
  answers: Answers = {},
): Made[] {
  const item = Object.entries({ ...right(), ...answers }).flatMap(([linkId, answer]) =>
    answer === undefined ? [] : [{ linkId, answer }],
  )
  return [
    {
      ...{ resourceType: 'QuestionnaireResponse', status: 'completed', identifier: calledSo(value), item },
      questionnaire: `${origin}/fhir/R4/Questionnaire/fit-note`,
      ...(request === undefined ? {} : { basedOn: [{ reference: request }] }),
      ...more,
    },
  ]
}

/** A transaction with only a fit note, for a request that was sent before. */
export const noteAlone = (made: readonly Made[], ifNone?: string) => ({
  ...{ resourceType: 'Bundle', type: 'transaction' },
  entry: made.map(({ fullUrl = `urn:uuid:${randomUUID()}`, ...resource }) => ({
    ...{ fullUrl, resource },
    request: {
      ...{ method: 'POST', url: resource.resourceType },
      ...(ifNone === undefined || resource.resourceType === 'Practitioner' ? {} : { ifNoneExist: ifNone }),
    },
  })),
})
