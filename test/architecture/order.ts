/** Every slice, earliest first: time flows forward, and a slice uses only what stands above it. One more is one more line. */
export const order = [
  'platform',
  'registers/places',
  'registers/areas',
  'registers/organisations',
  'registers/templates',
  'registers/joining',
  'registers/membership',
  'registers/sharing',
  'registers/meeting',
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
  'registers/login',
  'registers/own-ways',
  'registers/own-details',
  'registers/services',
  'registers/safety-arrangement',
  'registers/sick-pay',
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
  'journey/changeover',
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
  'journey/solution',
  'journey/plan',
  'journey/agreement',
  'journey/phased-return',
  'journey/my-plan',
  'journey/support/employer',
  'journey/support/adjustments',
  'journey/support/passport',
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
  'journey/handing-over',
  'journey/rectification',
  'journey/hold',
  'journey/erasure',
  'journey/keeping',
  'journey/winding-up',
  'journey/resettling',
  'journey/caseload',
  'journey/diary',
  'journey/day/news',
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
  'exchange/population/weeks',
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
  'support-pages.ts',
  'record-pages.ts',
  'appointment-pages.ts',
  'messaging.ts',
  'arriving.ts',
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
  'registers/own-ways': 'registers/people',
  'registers/own-details': 'registers/people',
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
