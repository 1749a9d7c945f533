import { join } from 'node:path'
import { SettingsProblem } from '#platform/settings.ts'

type Kept = Readonly<{ data: string; log: string }>

/** Turns what went wrong at the start of the built-in database into a sentence that says what to do. */
export function startProblem(home: string, cause: unknown): SettingsProblem {
  if (cause instanceof SettingsProblem) return cause
  const folder = join(home, 'postgres')
  return serverProblem({ data: folder, log: join(folder, 'log') }, String(cause), cause)
}

/** The same for what PostgreSQL itself said when it would not start. */
export function serverProblem(kept: Kept, said: string, cause?: unknown): SettingsProblem {
  const remedy = remedies.find(([sign]) => sign.test(said))
  const advice = remedy ? remedy[1](kept.data) : `Read ${kept.log}, or set DATABASE_URL to a PostgreSQL of your own.`
  const words = said.trim().split('\n').slice(-6).join('\n')
  return new SettingsProblem(`The built-in database did not start. ${advice}\n${words}`.trim(), { cause })
}

const remedies: readonly (readonly [sign: RegExp, advice: (data: string) => string])[] = [
  [
    /No space left|ENOSPC|Disk quota exceeded|EDQUOT|Check free disk space/i,
    (data) => `The disk is full: free at least 200 MB where ${data} lies and start again.`,
  ],
  [
    /spawn .*E(PERM|INVAL)|chown|setgroups/,
    () => 'Root could not hand it to another user here: start as an ordinary user, or set DATABASE_URL.',
  ],
  [
    /Permission denied|EACCES|EPERM|EROFS|EEXIST|ENOTDIR|ENOENT.*mkdir|wrong ownership|could not change permissions/,
    (data) =>
      `${data} cannot be written: give it to the user that starts WorkWell, or set WORKWELL_HOME to a folder of theirs.`,
  ],
  [
    /database files are incompatible/,
    (data) => `${data} was made by another version of PostgreSQL: move it away, or restore it into this one.`,
  ],
  [
    /user does not exist/,
    () => 'The user number it runs under has no name: start as a user listed in /etc/passwd, or set DATABASE_URL.',
  ],
  [
    /password authentication failed/,
    (data) => `The passwords beside ${data} are not those it was made with: restore them, or move the folder away.`,
  ],
  [
    /could not create shared memory|Cannot allocate memory/,
    () => 'The machine has too little memory free (512 MB will do).',
  ],
]
