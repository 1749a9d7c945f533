import { Worker } from 'node:worker_threads'
import { limits, type Reading } from './rules.ts'

type Kind = 'pdf' | 'word' | 'text'

/** What kind of document a file is, by its first bytes and then its name; undefined where it is none that we read. */
export function kindOf(name: string, type: string, file: Uint8Array): Kind | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, place) => file[place] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (starts(0x50, 0x4b, 3, 4)) return /\.docx$/i.test(name) || type.includes('wordprocessingml') ? 'word' : undefined
  return /\.(txt|text)$/i.test(name) || (type === 'text/plain' && !/\.\w{1,5}$/.test(name)) ? 'text' : undefined
}

/** Reads the words of a document, within limits of size, pages, memory and time. */
export async function readDocument(kind: Kind, file: Uint8Array): Promise<Reading> {
  if (file.length > limits.bytes) return { ok: false, why: 'too-large' }
  if (kind === 'text') return { ok: true, words: { text: decoded(file).slice(0, limits.letters), fields: {} } }
  return readAside(kind, file)
}

// What a records system of Windows writes is often not UTF-8.
function decoded(file: Uint8Array): string {
  const wide = file[0] === 0xff && file[1] === 0xfe
  try {
    return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('windows-1252').decode(file)
  }
}

async function readAside(kind: 'pdf' | 'word', file: Uint8Array): Promise<Reading> {
  // A copy of its own: what is given to the other thread is gone here.
  const own = new Uint8Array(file)
  const worker = new Worker(new URL('./reader.ts', import.meta.url), {
    ...{ workerData: { kind, file: own }, execArgv: [], env: {}, stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  const broken: Reading = { ok: false, why: 'broken' }
  try {
    return await new Promise<Reading>((done) => {
      const late = setTimeout(() => done({ ok: false, why: 'took-too-long' }), limits.seconds * 1_000)
      const end = (reading: Reading) => {
        clearTimeout(late)
        done(reading)
      }
      // Checked: reader.ts says nothing else.
      worker.once('message', (said: Reading) => end(said))
      worker.once('error', () => end(broken))
      worker.once('exit', () => end(broken))
    })
  } finally {
    await worker.terminate()
  }
}
