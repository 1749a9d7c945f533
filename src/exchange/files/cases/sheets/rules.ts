import { compared } from '#exchange/files/codes/rules.ts'
import { type Row, textIn } from '#exchange/files/cells/rules.ts'
import type { Columns } from '#exchange/files/columns/rules.ts'
import * as appointments from '#exchange/files/cases/appointments/rules.ts'
import * as contacts from '#exchange/files/cases/contacts/rules.ts'
import * as followUps from '#exchange/files/cases/follow-ups/rules.ts'
import * as outcomes from '#exchange/files/cases/outcomes/rules.ts'
import * as episodes from '#exchange/files/cases/episodes/rules.ts'
import * as people from '#exchange/files/cases/person/rules.ts'
import * as plans from '#exchange/files/cases/plans/rules.ts'
import type { Staff } from '#exchange/files/cases/colleagues/rules.ts'
import * as support from '#exchange/files/cases/help-given/rules.ts'

/** What a row of each file of a folder says. */
export type Reads = Readonly<{
  people: people.ReadSomebody
  episodes: episodes.ReadCase
  goals: plans.ReadGoal
  actions: plans.ReadAction
  contacts: contacts.ReadContact
  appointments: appointments.ReadAppointment
  support: support.ReadSupport
  outcomes: outcomes.ReadCompletion
  'follow-ups': followUps.ReadFollowUp
}>

export type SheetName = keyof Reads

type SheetOf<Name extends SheetName> = Readonly<{
  label: string
  /** What else areas call the file. */
  also: readonly string[]
  columns: Columns<string>
  read: (row: Row<string>, staff: Staff) => Reads[Name] | undefined
  keyOf: (read: Reads[Name], source: string) => string
}>

/** The files of a folder with the open cases of an area, in the order in which one builds on the other. */
export const sheets: { readonly [Name in SheetName]: SheetOf<Name> } = {
  people: {
    ...{ label: 'People', also: ['persons', 'clients', 'participants', 'customers', 'person'] },
    ...{ columns: people.peopleColumns, read: people.readSomebody },
    keyOf: ({ reference }, source) => people.keyOfPerson(reference, source),
  },
  episodes: {
    ...{ label: 'Cases', also: ['cases', 'episode', 'case', 'referrals', 'opencases'] },
    ...{ columns: episodes.episodeColumns, read: episodes.readCase },
    keyOf: ({ reference }, source) => episodes.keyOfEpisode(reference, source),
  },
  goals: {
    ...{ label: 'Goals', also: ['goal', 'objectives'], columns: plans.goalColumns },
    ...{ read: plans.readGoal, keyOf: plans.keyOfGoal },
  },
  actions: {
    ...{ label: 'Actions', also: ['action', 'tasks'], columns: plans.actionColumns },
    ...{ read: plans.readAction, keyOf: plans.keyOfAction },
  },
  contacts: {
    ...{ label: 'Contacts', also: ['contact', 'contactlog', 'calls'], columns: contacts.contactColumns },
    ...{ read: contacts.readContact, keyOf: contacts.keyOfContact },
  },
  appointments: {
    ...{ label: 'Appointments', also: ['appointment', 'meetings'], columns: appointments.appointmentColumns },
    ...{ read: appointments.readAppointment, keyOf: appointments.keyOfAppointment },
  },
  support: {
    ...{ label: 'Support given', also: ['sessions', 'supportlog', 'activities'], columns: support.supportColumns },
    ...{ read: support.readSupport, keyOf: support.keyOfSupport },
  },
  outcomes: {
    ...{
      label: 'Completed plans and outcomes',
      also: ['outcome', 'completions', 'exits'],
      columns: outcomes.outcomeColumns,
    },
    ...{ read: outcomes.readCompletion, keyOf: outcomes.keyOfCompletion },
  },
  'follow-ups': {
    ...{ label: 'Follow-ups', also: ['followup', 'followups', 'follow-up'], columns: followUps.followUpColumns },
    ...{ read: followUps.readFollowUp, keyOf: followUps.keyOfFollowUp },
  },
}

// Checked: the keys of the list are its names.
export const sheetNames = Object.keys(sheets) as SheetName[]

/** Which of these a file is, by its name: `Contacts 2025.csv` and `contacts.returned.csv` are both contacts. */
export function sheetCalled(fileName: string): SheetName | undefined {
  const words = fileName
    .replace(/\.(csv|txt|tsv)$/i, '')
    .replace(/\.returned$/i, '')
    .split(/[^\p{L}-]+/u)
    .map(compared)
  return sheetNames.find((name) => [name, ...sheets[name].also].map(compared).some((known) => words.includes(known)))
}

/** What a row is known by to the rows that build on it, and whose it is: as the sending system writes it. */
export type Links = Readonly<{ own: string | null; parent: string | null }>

/** Reads only what ties a row to others: it is known also of a row that has to be returned. */
export function linksOf(sheet: SheetName, row: Row<string>, source: string): Links {
  const said = (key: string) => textIn(row, key, 100)
  const person = (reference: string | null) => reference && people.keyOfPerson(reference, source)
  const episode = (reference: string | null) => reference && episodes.keyOfEpisode(reference, source)
  if (sheet === 'people') return { own: person(said('reference')), parent: null }
  if (sheet === 'episodes') return { own: episode(said('reference')), parent: person(said('person')) }
  return { own: null, parent: episode(said('episode')) }
}
