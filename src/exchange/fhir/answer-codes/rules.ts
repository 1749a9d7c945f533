import { declines, outcomes } from '#journey/onward/rules.ts'
import { parts } from '#journey/packet/rules.ts'

type Labels = Readonly<Record<string, Readonly<{ label: string }>>>
type CodeList = Readonly<{ title: string; codes: Labels }>

/** The code lists of ours that stand in a request to a local service and in its answer, by the name of each. */
const lists = {
  'decline-reason': { title: 'Why a local service cannot help', codes: declines },
  'help-outcome': { title: 'What came of the help of a local service', codes: outcomes },
  'request-standing': {
    title: 'How a request to a local service stands, where its status does not say it',
    codes: { waiting: { label: 'On a waiting list' } },
  },
  'request-part': {
    title: 'What a local service is told of a request',
    codes: { ...parts, meeting: { label: 'When it is handed over together' } },
  },
  'answer-part': {
    title: 'What a local service says with its answer',
    codes: {
      expected: { label: 'When it can start, as far as is known' },
      place: { label: 'Place in the queue' },
      sessions: { label: 'How often they have come' },
      last: { label: 'The last day on which they came' },
      outcome: { label: 'What came of it' },
    },
  },
} as const satisfies Readonly<Record<string, CodeList>>

export type ListName = keyof typeof lists

// Checked: the keys of the list are its names.
export const listNames = Object.keys(lists) as ListName[]

/** The address of one of these code lists, which is also what a code of it names as its system. */
export const codesAt = (fhirAt: string, name: ListName): string => `${fhirAt}/CodeSystem/${name}`

/** A code of one of them, as it stands in a resource. */
export function codedAs<Name extends ListName>(fhirAt: string, name: Name, code: keyof (typeof lists)[Name]['codes']) {
  const known: Labels = lists[name].codes
  const said = String(code)
  return { coding: [{ system: codesAt(fhirAt, name), code: said, display: known[said]?.label ?? said }] }
}

/** Whether a code is one of this list. */
export function isCodeOf<Name extends ListName>(
  name: Name,
  code: string | undefined,
): code is keyof (typeof lists)[Name]['codes'] & string {
  return code !== undefined && Object.hasOwn(lists[name].codes, code)
}

/** One of them as FHIR has code lists, for whoever builds a system that answers. */
export function codeSystemOf(name: ListName, { fhirAt, since }: Readonly<{ fhirAt: string; since: string }>) {
  const { title, codes } = lists[name]
  return {
    ...{ resourceType: 'CodeSystem', id: name, url: codesAt(fhirAt, name), status: 'active', date: since },
    ...{ name: nameOf(name), title, caseSensitive: true, content: 'complete' },
    concept: Object.entries<Labels[string]>(codes).map(([code, { label }]) => ({ code, display: label })),
  }
}

// FHIR R4, csd-0: a name by which a program can call it.
const nameOf = (name: string): string =>
  name.replaceAll(/(^|-)(.)/g, (_all, _dash, first: string) => first.toUpperCase())
