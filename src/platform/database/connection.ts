import pg from 'pg'

const instant = 1184
const day = 1082
const wholeNumber = 20

// A moment is a Temporal.Instant and a day a Temporal.PlainDate all the way from the row to the page.
const parsers = new Map<number, (text: string) => unknown>([
  [instant, (text) => Temporal.Instant.from(text.replace(' ', 'T'))],
  [day, (text) => Temporal.PlainDate.from(text)],
  [wholeNumber, Number],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    const own = format === 'binary' ? undefined : parsers.get(oid)
    // Checked: a parser of the driver takes the text of a value, whatever it makes of it.
    return own ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown)
  },
}

/** A pool that survives its server: an error on an idle or a checked-out connection never ends the process. */
export function openPool(url: string, most: number, onLost: (cause: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    types,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  return pool
}

/** What PostgreSQL is given for a value: moments and days as text, everything else as the driver has it. */
export function asParameter(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  return value
}
