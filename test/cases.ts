import type { Databases } from '#platform/database/router.ts'
import type { Bringing, Came } from '#exchange/files/batch/import.ts'
import { bringIn } from '#exchange/files/bringing/import.ts'
import type { Source } from '#exchange/files/reading/import.ts'

/** Files as an area sends them, by what they are called: their rows, the headings first, or their very bytes. */
export type Sent = Readonly<Record<string, readonly string[] | Buffer<ArrayBuffer>>>

type Where = Readonly<{ databases: Databases; clock: Readonly<{ now: Temporal.Instant }> }>

/** Brings open cases into an area of a test, as somebody on the command line would. */
export function bringCases(app: Where, sent: Sent, other: Partial<Bringing> = {}): Promise<Came> {
  return bringIn(app.databases, 'episodes', {
    ...{ area: 'north', name: 'open-cases', files: sourcesOf(sent), source: '', dryRun: false, by: undefined },
    ...{ now: app.clock.now, progress: () => undefined, ...other },
  })
}

/** Where the bytes of sent files come from. */
function sourcesOf(sent: Sent): Source[] {
  return Object.entries(sent).map(([name, content]) => ({ name, bytes: () => once(content) }))
}

async function* once(content: Sent[string]) {
  yield content instanceof Buffer ? content : Buffer.from(`${content.join('\r\n')}\r\n`)
}

const heads = {
  people: 'Client ID,Forename,Surname,DOB,Mob,Post code',
  episodes:
    'Case ID,Client ID,Referral source,Date received,Coach,Assessment date,Plan type,Plan date,Closed on,Closure reason',
  contacts: 'Case ID,Contact date,Contact type,Outcome,Recorded by',
} as const

/** People P1, P2 ... with what tells them apart in their names. */
export function somePeople(letter: string, howMany: number): string[] {
  const rows = Array.from({ length: howMany }, (_, place) => {
    const born = `${(place % 28) + 1}/0${(place % 9) + 1}/19${60 + (place % 40)}`
    return `${letter}${place + 1},Person,Number ${letter}${place + 1},${born},01632 960123,LS1 4AP`
  })
  return [heads.people, ...rows]
}

/** A case for each of these people, as far as its own cells say. */
export function someCases(letter: string, howMany: number, cells = 'GP,01/12/2025,Carol Coach,,,,,'): string[] {
  const rows = Array.from({ length: howMany }, (_, place) => `C-${letter}${place + 1},${letter}${place + 1},${cells}`)
  return [heads.episodes, ...rows]
}

/** A contact in each of these cases. */
export function someContacts(letter: string, howMany: number, cells = '03/12/2025,Phone,Reached,'): string[] {
  return [heads.contacts, ...Array.from({ length: howMany }, (_, place) => `C-${letter}${place + 1},${cells}`)]
}

/** The databases, whose transactions fail at their very end after so many have gone well. */
export function breakingOff(databases: Databases, after: number): Databases {
  let done = 0
  return {
    ...databases,
    databaseFor: (area) => ({
      ...databases.databaseFor(area),
      transaction: (work) =>
        databases.databaseFor(area).transaction(async (db) => {
          const result = await work(db)
          done += 1
          if (done > after) throw new Error('The connection was lost')
          return result
        }),
    }),
  }
}
