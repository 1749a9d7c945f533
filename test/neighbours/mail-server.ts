import { SMTPServer } from 'smtp-server'

/** A mail server on this machine that takes every email, or refuses every address with one code. */
export type MailServerPlayed = {
  readonly url: string
  readonly taken: { to: string[]; text: string }[]
  refuses: number | undefined
  close(): Promise<void>
}

/** Starts the mail server. */
export async function startMailServer(): Promise<MailServerPlayed> {
  const taken: MailServerPlayed['taken'] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      const code = played.refuses
      if (code === undefined) return done()
      done(Object.assign(new Error('Not here'), { responseCode: code }))
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString('utf8') })
        done()
      })
    },
  })
  const port = await new Promise<number>((listening, failed) => {
    server.once('error', failed)
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      listening(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const close = () => new Promise<void>((closed) => server.close(() => closed()))
  const played: MailServerPlayed = { url: `smtp://127.0.0.1:${port}`, taken, refuses: undefined, close }
  return played
}
