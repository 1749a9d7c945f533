import { createServer, type Socket } from 'node:net'

type Kept = { uid: number; source: Buffer; deleted: boolean }

/** A mail server by IMAP (RFC 9051 and 3501) on this machine, with what a client needs to read messages and move them. */
export type ImapServerPlayed = {
  readonly url: string
  /** Every folder with its messages. */
  readonly folders: Map<string, Kept[]>
  /** Puts a message into the inbox. */
  deliver(source: Buffer): void
  /** What clients asked for, word by word as far as the first. */
  readonly asked: string[]
  /** Lets nobody in any more. */
  closed: boolean
  close(): Promise<void>
}

type Talk = { selected: string | undefined; folders: Map<string, Kept[]>; say: (line: string | Buffer) => void }
type Words = readonly string[]

const came = '"05-Jan-2026 09:30:00 +0000"'

/** Starts the mail server; without `moves` a message is moved by copying it and deleting the first. */
export async function startImapServer({ moves = true } = {}): Promise<ImapServerPlayed> {
  const folders = new Map<string, Kept[]>([['INBOX', []]])
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let next = 1
  const capabilities = ['IMAP4rev1', ...(moves ? ['MOVE'] : []), 'UIDPLUS'].join(' ')
  const server = createServer((socket) => {
    sockets.add(socket)
    const say = (line: string | Buffer) => socket.write(typeof line === 'string' ? `${line}\r\n` : line)
    const talk: Talk = { selected: undefined, folders, say }
    say(`* OK [CAPABILITY ${capabilities}] ready`)
    socket.on('error', () => undefined)
    byLine(socket, (line) =>
      obey(talk, line, { asked, capabilities, isClosed: played.closed, end: () => socket.end() }),
    )
  })
  const port = await new Promise<number>((listening) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      listening(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const played: ImapServerPlayed = {
    ...{ url: `imap://refer%40north.example:pass%20word@127.0.0.1:${port}`, folders, asked, closed: false },
    deliver: (source) => {
      folders.get('INBOX')?.push({ uid: next, source, deleted: false })
      next += 1
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
  return played
}

type Around = Readonly<{ asked: string[]; capabilities: string; isClosed: boolean; end: () => void }>

/** Answers one line of a client. */
function obey(talk: Talk, line: string, { asked, capabilities, isClosed, end }: Around): void {
  const [tag = '*', first = '', second = '', ...others] = wordsIn(line)
  const isByUid = first.toUpperCase() === 'UID'
  const name = (isByUid ? `${first} ${second}` : first).toUpperCase()
  asked.push(name)
  if (name === 'CAPABILITY') talk.say(`* CAPABILITY ${capabilities}`)
  if (name === 'LOGOUT') talk.say('* BYE')
  const refused = isClosed && name === 'LOGIN'
  const rest = isByUid ? others : [second, ...others]
  const said = refused ? 'NO [AUTHENTICATIONFAILED] not now' : answer(talk, name, rest)
  talk.say(`${tag} ${said ?? `OK ${name} done`}`)
  if (name === 'LOGOUT') end()
}

function byLine(socket: Socket, take: (line: string) => void): void {
  let left = ''
  socket.on('data', (part: Buffer) => {
    left += part.toString('latin1')
    for (let end = left.indexOf('\r\n'); end >= 0; end = left.indexOf('\r\n')) {
      const line = left.slice(0, end)
      left = left.slice(end + 2)
      take(line)
    }
  })
}

/** The words of a line: plain ones, quoted ones, and what stands in brackets as one. */
const wordsIn = (line: string): Words =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|\([^)]*\)|[^\s"()]+(?:\[[^\]]*\](?:<[^>]*>)?)?/g)].map(
    ([whole, quoted]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? whole,
  )

/** Does what was asked for; a refusal where it cannot. */
function answer(talk: Talk, name: string, rest: Words): string | undefined {
  const { say, folders } = talk
  const inbox = folders.get(talk.selected ?? '') ?? []
  const meant = (set = '') => inbox.filter(({ uid }) => isIn(set, uid))
  if (name === 'LOGIN') return rest.join(' ') === 'refer@north.example pass word' ? undefined : 'NO who are you'
  // Without a pattern a client asks only by what the names of folders are parted.
  if (name === 'LIST' && rest[1] === '') say('* LIST (\\Noselect) "/" ""')
  else if (name === 'LIST' || name === 'LSUB') for (const folder of folders.keys()) say(`* ${name} () "/" "${folder}"`)
  else if (name === 'CREATE') folders.set(rest[0] ?? '', [])
  else if (name === 'SELECT') return select(talk, rest[0] ?? '')
  else if (name === 'UID SEARCH') say(`* SEARCH ${inbox.map(({ uid }) => uid).join(' ')}`)
  else if (name === 'UID FETCH') for (const one of meant(rest[0])) fetchOne(talk, one, rest.slice(1).join(' '))
  else if (name === 'UID STORE') for (const one of meant(rest[0])) one.deleted = true
  else if (name === 'UID EXPUNGE' || name === 'EXPUNGE') remove(talk, (one) => one.deleted)
  else if (name === 'UID COPY' || name === 'UID MOVE') return carry(talk, meant(rest[0]), name, rest[1] ?? '')
  else if (!['CAPABILITY', 'NOOP', 'LOGOUT', 'CLOSE', 'SUBSCRIBE'].includes(name)) return 'BAD not here'
  return undefined
}

const isIn = (set: string, uid: number): boolean =>
  set.split(',').some((part) => {
    const [first = '', last = first] = part.split(':')
    return uid >= Number(first) && (last === '*' || uid <= Number(last))
  })

function select(talk: Talk, folder: string): string | undefined {
  const found = talk.folders.get(folder)
  if (!found) return 'NO [NONEXISTENT] no such folder'
  talk.selected = folder
  talk.say('* FLAGS (\\Seen \\Deleted)')
  talk.say('* OK [PERMANENTFLAGS (\\Seen \\Deleted)] these')
  talk.say(`* ${found.length} EXISTS`)
  talk.say('* OK [UIDVALIDITY 1] valid')
  return 'OK [READ-WRITE] selected'
}

function fetchOne(talk: Talk, one: Kept, wanted: string): void {
  const place = (talk.folders.get(talk.selected ?? '') ?? []).indexOf(one) + 1
  const [, start, length] = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(wanted) ?? []
  const known = `UID ${one.uid} RFC822.SIZE ${one.source.length} INTERNALDATE ${came}`
  if (!wanted.includes('BODY')) return talk.say(`* ${place} FETCH (${known})`)
  const from = Number(start ?? 0)
  const part = one.source.subarray(from, length === undefined ? undefined : from + Number(length))
  const origin = start === undefined ? '' : `<${from}>`
  talk.say(Buffer.from(`* ${place} FETCH (${known} BODY[]${origin} {${part.length}}\r\n`))
  talk.say(part)
  return talk.say(')')
}

function carry(talk: Talk, messages: readonly Kept[], name: string, folder: string): string | undefined {
  const target = talk.folders.get(folder)
  if (!target) return 'NO [TRYCREATE] no such folder'
  target.push(...messages.map((one) => ({ ...one })))
  if (name === 'UID MOVE') remove(talk, (one) => messages.includes(one))
  return undefined
}

function remove(talk: Talk, isMeant: (one: Kept) => boolean): void {
  const inbox = talk.folders.get(talk.selected ?? '') ?? []
  for (const one of inbox.filter(isMeant)) {
    talk.say(`* ${inbox.indexOf(one) + 1} EXPUNGE`)
    inbox.splice(inbox.indexOf(one), 1)
  }
}
