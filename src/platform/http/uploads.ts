import type { FastifyRequest } from 'fastify'
import type { Upload } from './app.ts'
import { TooLarge } from './refusals.ts'

/** Reads a form with files into memory, up to the size its route allows. */
export async function readUploads(
  request: FastifyRequest,
  most: number,
): Promise<{ fields: unknown; files: Record<string, Upload> }> {
  if (request.method !== 'POST' || !request.isMultipart()) return { fields: request.body, files: {} }
  const fields: Record<string, string | string[]> = {}
  const files: Record<string, Upload> = {}
  for await (const part of request.parts({ limits: { fileSize: most, files: 10, fields: 200 } })) {
    if (part.type === 'file') {
      const content = await part.toBuffer().catch((cause: unknown) => {
        throw new TooLarge('The file is too large', { cause })
      })
      if (part.filename) files[part.fieldname] = { name: part.filename, content }
    } else if (typeof part.value === 'string') {
      const before = fields[part.fieldname]
      fields[part.fieldname] = before === undefined ? part.value : [before, part.value].flat()
    }
  }
  return { fields, files }
}
