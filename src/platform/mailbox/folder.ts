import { lstat, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#platform/folder.ts'
import { newId } from '#platform/ids.ts'
import type { Mailbox, OpenBox, Waiting } from './rules.ts'

/** A mailbox that is a folder of messages, each a file that ends in .eml: for demonstrations and trials. */
export async function openFolder({ folder, taken, unread }: Mailbox & Readonly<{ folder: string }>): Promise<OpenBox> {
  for (const one of [folder, join(folder, taken), join(folder, unread)]) makeFolder(one, 0o700)
  return {
    list: async (most) => (await waitingIn(folder)).slice(0, most),
    read: async ({ key }, most) => readStart(join(folder, key), most),
    move: async ({ key }, to) => {
      // Two messages may come under one name, and neither takes the place of the other.
      await rename(join(folder, key), join(folder, to === 'taken' ? taken : unread, `${newId()}-${key}`))
    },
    close: async () => undefined,
  }
}

async function waitingIn(folder: string): Promise<Waiting[]> {
  const found: (Waiting & Readonly<{ at: number }>)[] = []
  for (const key of (await readdir(folder)).filter((name) => /\.eml$/i.test(name) && name.length < 200)) {
    const file = await lstat(join(folder, key))
    const { size, mtimeMs: at } = file
    // A link could lead to any file of the machine.
    if (file.isFile()) found.push({ key, size, at, cameAt: undefined })
  }
  return found.toSorted((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
}

async function readStart(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(most)
    let read = 0
    for (;;) {
      const { bytesRead } = await file.read(bytes, read, most - read, read)
      read += bytesRead
      if (bytesRead === 0 || read === most) return bytes.subarray(0, read)
    }
  } finally {
    await file.close()
  }
}
