import { SettingsProblem } from '#platform/settings.ts'

/** The oldest PostgreSQL that has everything the product uses. */
const oldestVersion = 16

type Cause = Readonly<{ code?: unknown; message?: unknown; cause?: unknown }>

/** Where a database is and as whom it is opened, without the password. */
type Where = Readonly<{ at: string; name: string; user: string }>

/** Turns what went wrong while a database was opened or brought to this version into a sentence that says what to do. */
export function databaseProblem(url: string, problem: unknown): unknown {
  if (problem instanceof SettingsProblem) return problem
  const cause = rootOf(problem)
  const code = typeof cause.code === 'string' ? cause.code : ''
  const said = typeof cause.message === 'string' ? cause.message : ''
  const remedy = remedies.find(([sign]) => sign.test(code) || sign.test(said))
  return remedy ? new SettingsProblem(remedy[1](whereOf(url), code, said), { cause: problem }) : problem
}

/** What is said where the server is of a version that the product does not know how to use. */
export function versionProblem(url: string, version: number): SettingsProblem | undefined {
  if (Math.floor(version / 10_000) >= oldestVersion) return undefined
  const has = `The database ${placed(whereOf(url))} is PostgreSQL ${Math.floor(version / 10_000)}`
  return new SettingsProblem(`${has}: WorkWell needs ${oldestVersion} or later.`)
}

const placed = ({ at, name }: Where) => `"${name}" at ${at}`

const remedies: readonly (readonly [sign: RegExp, words: (where: Where, code: string, said: string) => string])[] = [
  [
    /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)|timeout exceeded|^57P03$|Connection terminated/,
    (where, code) =>
      `The database ${placed(where)} does not answer${code && ` (${code})`}: start it, or correct the address in DATABASE_URL, DATABASE_DIRECT_URL or WORKWELL_AREA_DATABASES.`,
  ],
  [
    /^28|password must be a string/,
    (where) => `The database ${placed(where)} does not let ${where.user} in: correct the user or the password.`,
  ],
  [/^3D000$/, (where) => `There is no database ${placed(where)}: make it (createdb), or correct the address.`],
  [
    /^53300$/,
    (where) => `The database ${placed(where)} has no connection left: raise max_connections, or run fewer copies.`,
  ],
  [
    /extension ".*" is not available|extension control file/,
    (where, _code, said) =>
      `The database ${placed(where)} lacks an extension that comes with PostgreSQL (${said}): install its contrib package.`,
  ],
  [
    /permission denied to set role/,
    (where, _code, said) =>
      `The user ${where.user} may not become ${/"(\w+)"/.exec(said)?.[1] ?? 'its role'} in the database ${placed(where)}: whoever made that role has to grant it to them (docs/running.md).`,
  ],
  [
    /^42501$/,
    (where, _code, said) =>
      `The user ${where.user} may not do what is needed in the database ${placed(where)} (${said}): docs/running.md says what the owner and the login for pages need.`,
  ],
  [
    /SSL|certificate/i,
    (where, _code, said) =>
      `No safe connection to the database ${placed(where)} (${said}): add sslmode to its address, or trust its certificate.`,
  ],
]

/** The first cause of all: what the driver or the server said. */
function rootOf(problem: unknown): Cause {
  // Checked: of anything thrown, only whether it has these parts is looked at.
  const here = (typeof problem === 'object' && problem !== null ? problem : {}) as Cause
  const within: unknown = problem instanceof AggregateError ? problem.errors[0] : here.cause
  return within === undefined ? here : rootOf(within)
}

function whereOf(url: string): Where {
  if (!URL.canParse(url)) return { at: 'the address given', name: '', user: '' }
  const { host, pathname, username } = new URL(url)
  return { at: host || 'this machine', name: decodeURIComponent(pathname.slice(1)), user: decodeURIComponent(username) }
}
