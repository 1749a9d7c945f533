import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user the server runs as, where that is not ourselves: PostgreSQL refuses to run as root. */
export type Account = Readonly<{ uid: number; gid: number }>

/** Who the server runs as: ourselves, unless we are root; then whoever owns the data or the project, or else nobody. */
export function serverAccount(data: string, home: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return namedOwner(data) ?? namedOwner(dirname(home)) ?? nobody()
}

/** Whether an account may pass through every folder on the way to a path and into it. */
export function canReach(path: string, account: Account | undefined): boolean {
  if (!account) return true
  const { mode, uid, gid } = statSync(path)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  const open = ((mode >> shift) & 1) === 1
  return open && (dirname(path) === path || canReach(dirname(path), account))
}

// initdb wants a user that the system knows by name.
function namedOwner(path: string): Account | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  const named = found && knownUsers().some(({ uid }) => uid === found.uid)
  return named && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

function nobody(): Account {
  const { uid, gid } = knownUsers().find(({ name }) => name === 'nobody') ?? { uid: 65534, gid: 65534 }
  // macOS writes nobody as -2, which the system calls do not take.
  return { uid: uid > 0 ? uid : 65534, gid: gid > 0 ? gid : 65534 }
}

function knownUsers(): { name: string; uid: number; gid: number }[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return { name, uid: Number(uid), gid: Number(gid) }
  })
}
