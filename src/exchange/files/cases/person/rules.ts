import { questions } from '#registers/equality/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import { codeIn, keyFrom, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import type { Columns } from '#exchange/files/columns/rules.ts'
import { neededOfPerson, personColumns, type PersonKey, readPerson, whoOf } from '#exchange/files/persons/rules.ts'

export type PeopleKey = 'reference' | PersonKey | 'sex' | 'ethnicity' | 'disability'

/** The columns of people.csv. */
export const peopleColumns: Columns<PeopleKey> = {
  columns: {
    reference: {
      label: 'Person reference',
      also: ['Person ID', 'Client ID', 'Client reference', 'Participant ID', 'Participant reference', 'ID', 'Ref'],
      about: 'Needed. What the sending system calls this person; the other files name them by it',
    },
    ...personColumns,
    sex: { label: 'Sex', also: [], about: 'As the person answered' },
    ethnicity: {
      label: 'Ethnic group',
      also: ['Ethnicity', 'Ethnic category', 'Ethnic origin'],
      about: 'As the person answered: a letter or the words of the NHS ethnic categories',
    },
    disability: {
      label: 'Disabled',
      also: ['Disability', 'Considers themselves disabled'],
      about: 'As the person answered',
    },
  },
  needed: [{ oneOf: ['reference'], called: 'Person reference' }, ...neededOfPerson],
}

/** What a row says about a person. */
export type ReadSomebody = Readonly<{
  reference: string
  newcomer: Newcomer
  equality: Readonly<{ sex: string | null; ethnicity: string | null; disability: string | null }> | undefined
}>

/** Reads one row; everything that stands in the way is said of the row. */
export function readSomebody(row: Row<PeopleKey>): ReadSomebody | undefined {
  const reference = referenceOfPerson(row)
  if (reference === null) say(row, 'reference', 'Give what your system calls this person.')
  const newcomer = readPerson(row)
  const equality = {
    sex: codeIn(row, 'sex', sexWords),
    ethnicity: codeIn(row, 'ethnicity', ethnicityWords),
    disability: codeIn(row, 'disability', disabledWords),
  }
  const anything = Object.values(equality).some((answer) => answer !== null)
  return reference === null ? undefined : { reference, newcomer, equality: anything ? equality : undefined }
}

/** What the sending system calls the person of this row. */
export function referenceOfPerson(row: Row<PeopleKey>): string | null {
  return textIn(row, 'reference', 100)
}

/** What knows a person of a system again. */
export function keyOfPerson(reference: string, source: string): string {
  return ['person', keyFrom(source), reference.toLowerCase()].join('\n')
}

/** What knows that a reference still means the same person. */
export function whoIs({ newcomer }: Pick<ReadSomebody, 'newcomer'>): string {
  return whoOf(newcomer)
}

export const sexWords: Spellings<keyof typeof questions.sex.list> = {
  exactly: true,
  list: questions.sex.list,
  also: { female: ['F', 'Woman'], male: ['M', 'Man'], 'not-said': ['PNTS', 'Not stated', 'Prefer not to answer'] },
}

export const ethnicityWords: Spellings<keyof typeof questions.ethnicity.list> = {
  exactly: true,
  list: questions.ethnicity.list,
  also: {
    A: ['White British', 'British', 'English', 'Welsh', 'Scottish', 'Northern Irish'],
    B: ['White Irish', 'Irish'],
    C: ['White other', 'Other White', 'Any other White background'],
    D: ['White and Black Caribbean'],
    E: ['White and Black African'],
    F: ['White and Asian'],
    G: ['Other mixed', 'Any other mixed background'],
    H: ['Indian', 'Asian Indian'],
    J: ['Pakistani', 'Asian Pakistani'],
    K: ['Bangladeshi', 'Asian Bangladeshi'],
    L: ['Asian other', 'Other Asian', 'Any other Asian background'],
    M: ['Caribbean', 'Black Caribbean'],
    N: ['African', 'Black African'],
    P: ['Black other', 'Other Black', 'Any other Black background'],
    R: ['Chinese'],
    S: ['Any other ethnic group', 'Other ethnic group'],
    Z: ['PNTS', 'Not stated', 'Prefer not to answer'],
  },
}

export const disabledWords: Spellings<keyof typeof questions.disability.list> = {
  exactly: true,
  list: questions.disability.list,
  also: {
    yes: ['Y', 'Disabled'],
    no: ['N', 'Not disabled'],
    'not-said': ['PNTS', 'Not stated', 'Prefer not to answer'],
  },
}
