import { cellIn, type Row, say } from '#exchange/files/cells/rules.ts'
import { compared } from '#exchange/files/codes/rules.ts'

/** Somebody who works in the area, as a file may name them. */
export type Colleague = Readonly<{ id: string; name: string; email: string | null; organisation: string; role: string }>

/** Everybody a file may name, by what they are called and by their email address. */
export type Staff = ReadonlyMap<string, readonly Colleague[]>

// Who may look after people.
const carers: readonly string[] = ['coach', 'senior-coach', 'clinician']

/** Everybody who works in an area, to be found by name or email address. */
export function staffOf(members: readonly Colleague[]): Staff {
  const found = new Map<string, Colleague[]>()
  for (const member of members)
    for (const known of new Set([compared(member.name), member.email?.toLowerCase() ?? '']))
      if (known !== '') found.set(known, [...(found.get(known) ?? []), member])
  return found
}

/** The colleague a cell names; null where it names nobody. Says what is wrong with a name that is none or several. */
export function colleagueIn<Key extends string>(row: Row<Key>, key: Key, staff: Staff): Colleague | null {
  const text = cellIn(row, key)
  if (text === null) return null
  // One person may work here in two roles: whoever looks after people is meant.
  const all = staff.get(text.toLowerCase()) ?? staff.get(compared(text)) ?? staff.get(compared(turned(text))) ?? []
  const caring = all.filter(({ role }) => carers.includes(role))
  const [found, ...more] = caring.length > 0 ? caring : all
  if (found && more.length === 0) return found
  const why = found ? 'is the name of several colleagues: give the email address' : 'is nobody who works here'
  const instead = text.includes('@') ? 'invite them first.' : 'invite them first, or give the email address.'
  say(row, key, `“${text.slice(0, 60)}” ${why}${found ? '.' : `: ${instead}`}`)
  return null
}

/** Whether somebody looks after people, and so can be their coach. */
export function looksAfterPeople({ role }: Colleague): boolean {
  return carers.includes(role)
}

// "Coach, Carol" as well as "Carol Coach".
function turned(name: string): string {
  return name.split(',').toReversed().join(' ')
}
