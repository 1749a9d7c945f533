import type { FastifyRequest } from 'fastify'
import type { Upload } from './app.ts'

type Uploads = Readonly<{ fields: unknown; files: Readonly<Record<string, readonly Upload[]>> }>

/**
 * Reads a form with files into memory. All files together may be as large as the route allows: of what goes beyond that
 * nothing is kept, and the file says so, so that its form can tell its reader.
 */
export async function readUploads(request: FastifyRequest, most: number): Promise<Uploads> {
  if (request.method !== 'POST' || !request.isMultipart()) return { fields: request.body, files: {} }
  const limits = { fileSize: most + 1, files: 20, fields: 500, parts: 520 }
  const fields: Record<string, string | string[]> = {}
  const files: Record<string, Upload[]> = {}
  let left = most
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      const content = await contentOf(part.file, left)
      left -= content?.length ?? left
      if (part.filename)
        (files[part.fieldname] ??= []).push({
          name: nameOf(part.filename),
          content: content ?? Buffer.alloc(0),
          isTooLarge: content === undefined,
        })
    } else if (typeof part.value === 'string') {
      const before = fields[part.fieldname]
      fields[part.fieldname] = before === undefined ? part.value : [before, part.value].flat()
    }
  }
  return { fields, files }
}

// Without the folders some browsers send along, and without characters that no name is read by.
function nameOf(given: string): string {
  const name = given.split(/[\\/]/).at(-1) ?? ''
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '').slice(-200) || 'A file without a name'
}

/** What a file holds; undefined where it is more than may be kept. Read to its end, or the rest of the form never comes. */
async function contentOf(file: AsyncIterable<Buffer>, most: number): Promise<Buffer | undefined> {
  const kept: Buffer[] = []
  let length = 0
  for await (const bytes of file) {
    length += bytes.length
    if (length > most) kept.length = 0
    else kept.push(bytes)
  }
  return length > most ? undefined : Buffer.concat(kept)
}
