/** Every slice, earliest first: time flows forward, and a slice uses only what stands above it. One more is one more line. */
export const order = [
  'platform',
  'registers/places',
  'registers/areas',
  'registers/organisations',
  'registers/joining',
  'registers/membership',
  'registers/sharing',
  'registers/meeting',
  'registers/templates',
  'registers/jobcentres',
  'registers/coverage',
  'registers/look-up',
  'registers/people',
  'registers/merged',
  'registers/access-needs',
  'registers/means',
  'registers/details',
  'registers/adjustment-code',
  'registers/death',
  'registers/search',
  'registers/equality',
  'registers/restriction',
  'registers/likeness',
  'registers/two-sides',
  'registers/permissions',
  'registers/readers',
  'registers/own-agreements',
  'registers/online',
  'registers/code',
  'registers/services',
  'registers/safety-arrangement',
  'registers/questionnaires',
  'registers/own-questions',
  'journey/episode',
  'journey/due',
  'journey/timeline',
  'journey/fit-note',
  'journey/newcomer',
  'journey/acknowledgement',
  'journey/referral',
  'journey/come-back',
  'journey/self-referral',
  'journey/known',
  'journey/withdrawal',
  'journey/request',
  'journey/answered',
  'journey/question',
  'journey/triage',
  'journey/re-entry',
  'journey/feedback',
  'journey/referrer',
  'journey/eligibility',
  'journey/belonging',
  'journey/finding',
  'journey/screening',
  'journey/decision',
  'journey/helped-on',
  'journey/absence',
  'journey/allocation',
  'journey/reaching',
  'journey/contact',
  'journey/invitation',
  'journey/telling',
  'journey/availability',
  'journey/venue',
  'journey/appointment',
  'journey/interpreting',
  'journey/slots',
  'journey/booking',
  'journey/offer',
  'journey/own-times',
  'journey/self-booking',
  'journey/alert',
  'journey/safety',
  'journey/concern-owner',
  'journey/concern-list',
  'journey/safety-plan',
  'journey/outing',
  'journey/assessment',
  'journey/goal',
  'journey/action',
  'journey/plan',
  'journey/agreement',
  'journey/my-plan',
  'journey/support/employer',
  'journey/support/adjustments',
  'journey/support/team',
  'journey/support/budget',
  'journey/support/pause',
  'journey/support/week-limit',
  'journey/support/log',
  'journey/onward',
  'journey/message',
  'journey/completion',
  'journey/ending',
  'journey/leaving',
  'journey/follow-up',
  'journey/passing-on',
  'journey/rectification',
  'journey/hold',
  'journey/erasure',
  'journey/keeping',
  'journey/caseload',
  'journey/diary',
  'journey/day',
  'journey/profile',
  'journey/board',
  'journey/record/beginning',
  'journey/record/in-touch',
  'journey/record/conversation',
  'journey/record/support',
  'journey/record/end',
  'journey/record',
  'journey/copy/drafting',
  'journey/copy',
  'journey/copy-asking',
  'journey/participant',
  'programme/masking',
  'programme/counting',
  'programme/measuring',
  'programme/grouping',
  'programme/breakdown',
  'programme/staff-and-money',
  'programme/release',
  'programme/return',
  'programme/correction',
  'programme/published',
  'programme/download',
  'programme/monitoring',
  'programme/comparison',
  'programme/evaluation',
  'programme/delivery',
  'programme/competition',
  'programme/claims',
  'programme/strategy',
  'programme/learning',
  'exchange/population/invented',
  'exchange/population/happenings',
  'exchange/population/journeys',
  'exchange/population/stories',
  'exchange/population/conversations',
  'exchange/population/records',
  'exchange/population/signing',
  'exchange/population',
  'exchange/files/codes',
  'exchange/files/columns',
  'exchange/files/cells',
  'exchange/files/persons',
  'exchange/files/reading',
  'exchange/files/batch',
  'exchange/files/side-by-side',
  'exchange/files/referrals',
  'exchange/files/taking-referrals',
  'exchange/files/cases/colleagues',
  'exchange/files/cases/answers',
  'exchange/files/cases/person',
  'exchange/files/cases/episodes',
  'exchange/files/cases/plans',
  'exchange/files/cases/contacts',
  'exchange/files/cases/appointments',
  'exchange/files/cases/help-given',
  'exchange/files/cases/outcomes',
  'exchange/files/cases/follow-ups',
  'exchange/files/cases/sheets',
  'exchange/files/cases/lines',
  'exchange/files/cases/history',
  'exchange/files/cases/happened',
  'exchange/files/cases/verdicts',
  'exchange/files/cases/case',
  'exchange/files/cases/deciding',
  'exchange/files/cases/group',
  'exchange/files/cases/facts',
  'exchange/files/cases/taking',
  'exchange/files/cases/step',
  'exchange/files/cases/folder',
  'exchange/files/bringing',
  'exchange/files/from-disk',
  'exchange/files/undoing',
  'exchange/files/parcel',
  'exchange/files/case-by-case',
  'exchange/files/trial',
  'exchange/files/intake',
  'exchange/move',
  'exchange/fhir',
  'exchange/bars',
  'exchange/open-referral',
  'exchange/mailbox',
  'signing-in.ts',
  'disclosing.ts',
  'linking.ts',
  'setting-up.ts',
  'importing.ts',
  'writing-pages.ts',
  'importing-pages.ts',
  'programme-pages.ts',
  'safety-pages.ts',
  'record-pages.ts',
  'appointment-pages.ts',
  'messaging.ts',
  'own-pages.ts',
  'navigation.ts',
  'app.ts',
  'main.ts',
] as const satisfies readonly string[]

/** The slices themselves: neither the ground they stand on nor the files that start them. */
export const slices: readonly string[] = order.filter((name) => name !== 'platform' && !isStart(name))

/**
 * Slices that hold pages over what another slice keeps, which had grown too long for one folder: they have no tables of
 * their own, stand after their whole, and write through its store. docs/decisions/0009-foreign-writes.md has a line for
 * each.
 */
export const partOf: Readonly<Record<string, string>> = {
  'registers/coverage': 'registers/areas',
  'registers/membership': 'registers/organisations',
  'registers/sharing': 'registers/organisations',
  'registers/meeting': 'registers/areas',
  'registers/means': 'registers/people',
  'registers/details': 'registers/people',
  'registers/death': 'registers/people',
  'registers/equality': 'registers/people',
  'registers/restriction': 'registers/people',
  'registers/own-questions': 'registers/questionnaires',
  'journey/self-referral': 'journey/referral',
  'journey/re-entry': 'journey/referral',
  'journey/answered': 'journey/request',
  'journey/question': 'journey/request',
  'journey/helped-on': 'journey/decision',
  'journey/venue': 'journey/availability',
  'journey/booking': 'journey/appointment',
  'journey/copy-asking': 'journey/copy',
  'journey/my-plan': 'journey/action',
  'journey/interpreting': 'journey/appointment',
  'journey/self-booking': 'journey/appointment',
}

/**
 * A function of one slice that writes and that slices which are no part of it may call, inside their own transaction.
 * docs/decisions/0009-foreign-writes.md has a line for each.
 */
export type ForeignWrite = Readonly<{ store: string; name: string; because: string }>

export const foreignWrites: readonly ForeignWrite[] = [
  {
    store: 'src/journey/episode/store.ts',
    name: 'recordStep',
    because: 'every stage moves the standing of the episode in the transaction of its own fact',
  },
  {
    store: 'src/journey/episode/store.ts',
    name: 'withdrawSteps',
    because: 'a stage that takes a fact back takes back the steps it caused',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'registerPerson',
    because: 'a referral, an import and other doors bring the person with them',
  },
  {
    store: 'src/registers/merged/store.ts',
    name: 'handRecordsOver',
    because: 'a handover gives all records of a person to the next provider in its own transaction',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'entrustPerson',
    because: 'a handover gives the record to the next provider in its own transaction',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'markPerson',
    because: 'a restriction and a merge mark the record itself',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'recordDeath',
    because: 'that somebody has died is learnt in many places and stops everything at once',
  },
  {
    store: 'src/registers/people/store.ts',
    name: 'endHolding',
    because:
      'a merge that is taken back ends what it gave to the other organisation, and a handover what the one before held',
  },
  {
    store: 'src/registers/permissions/store.ts',
    name: 'recordPermission',
    because: 'what a person agreed to arrives with the referral, form or import in which they agreed',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'saveDecision',
    because: 'two organisations that each said the same decide a pair together',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'undoDecision',
    because: 'either of two organisations takes back what both decided',
  },
  {
    store: 'src/registers/likeness/store.ts',
    name: 'lookForPairs',
    because: 'whoever a referral brings may be known already, and is compared in the same transaction',
  },
  {
    store: 'src/registers/online/store.ts',
    name: 'welcome',
    because: 'whoever shows who they are, by whichever way, is signed in in the same transaction',
  },
  {
    store: 'src/journey/acknowledgement/store.ts',
    name: 'acknowledgePerson',
    because: 'whoever is referred hears of it in the transaction in which the referral is taken',
  },
  {
    store: 'src/journey/acknowledgement/store.ts',
    name: 'acknowledgeReferrer',
    because: 'whoever refers hears of it in the transaction in which the referral is taken',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'raiseAlert',
    because:
      'a concern and an overdue outing tell whoever is on duty in the transaction in which they are written down',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'hearAlert',
    because: 'whoever looks at a concern has heard of it, in the transaction of the look',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'takeAlert',
    because: 'the page of a concern is where somebody says that they have it',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'handAlert',
    because: 'the page of a concern is where it is handed to somebody else',
  },
  {
    store: 'src/journey/alert/store.ts',
    name: 'settleAlert',
    because: 'nobody is told of a concern that is closed, from the moment in which it is',
  },
]

/** Files that a program writes: they are as long as the database is wide. */
export const generatedFiles: readonly string[] = ['src/platform/database/types.ts']

/** Schemas that no slice of ours made, and the only folder that may touch each (none: everybody reads, nobody writes). */
export const borrowedSchemas: Readonly<Record<string, string | undefined>> = {
  graphile_worker: 'platform/jobs',
  pg_catalog: undefined,
  information_schema: undefined,
}

/** Where a file of `src` stands. */
export type Place = Readonly<{
  /** The line of the order: `platform`, `journey/plan`, `app.ts`. */
  slice: string
  position: number
  /** What `./` may reach: the slice, or one folder of the platform. */
  folder: string
  /** The path inside the slice: `rules.ts`, `pages/choose.tsx`. */
  within: string
  schema: string
}>

/** The place of a file, or undefined when no line of the order has room for it. */
export function placeOf(path: string): Place | undefined {
  if (!path.startsWith('src/')) return undefined
  const inside = path.slice('src/'.length)
  const position = order.findIndex((name) => inside === name || (!isStart(name) && inside.startsWith(`${name}/`)))
  const slice = order[position]
  if (slice === undefined) return undefined
  const within = inside === slice ? inside : inside.slice(slice.length + 1)
  const folder = folderOf(slice, within)
  return { slice, position, folder, within, schema: schemaOf(folder) }
}

function folderOf(slice: string, within: string): string {
  if (isStart(slice)) return 'src'
  return slice === 'platform' && within.includes('/') ? `platform/${within.split('/')[0]}` : slice
}

/** The schema whose tables a folder writes. */
export function schemaOf(folder: string): string {
  return (folder.split('/').at(-1) ?? folder).replaceAll('-', '_')
}

/** Whether this line of the order is one of the files that put the product together. */
export function isStart(slice: string): boolean {
  return slice.endsWith('.ts')
}
