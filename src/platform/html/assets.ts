import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, parse } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ShellAssets } from './shell.tsx'

export type Asset = Readonly<{ body: Buffer; br: Buffer; gzip: Buffer; type: string; etag: string }>

const folder = join(import.meta.dirname, '../assets')

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

let read: ReadonlyMap<string, Asset> | undefined

/** Every file a page needs, by its address; read and compressed once. */
export function assets(): ReadonlyMap<string, Asset> {
  read ??= new Map(
    readdirSync(folder)
      .filter((file) => extname(file) in types)
      .map(prepared),
  )
  return read
}

/** The addresses of the files the shell links to. */
export function assetPaths(): ShellAssets {
  const stylesheets = { stylesheet: assetPath('workwell.css'), mirrored: assetPath('workwell-rtl.css') }
  return { ...stylesheets, script: assetPath('workwell.js'), icon: assetPath('mark.svg') }
}

/** Sends asset files, compressed ahead and kept by browsers for a year, since a changed file has another address. */
export async function assetRoutes(fastify: FastifyInstance): Promise<void> {
  fastify.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const asset = assets().get(`/assets/${request.params['*']}`)
    return asset
      ? sendAsset(asset, request, reply)
      : reply.code(404).type('text/plain; charset=utf-8').send('Not found')
  })
}

function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .header('etag', asset.etag)
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
  const encoding = encodingFor(request.headers['accept-encoding'])
  if (encoding) reply.header('content-encoding', encoding)
  return reply.type(asset.type).send(encoding ? asset[encoding] : asset.body)
}

function encodingFor(accepted: string | string[] | undefined): 'br' | 'gzip' | undefined {
  const offers = [accepted ?? '']
    .flat()
    .join(',')
    .split(',')
    .map((offer) => offer.trim())
  const takes = (name: string) =>
    offers.some((offer) => offer === name || (offer.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(offer)))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined
}

function prepared(file: string): [string, Asset] {
  const body = readFileSync(join(folder, file))
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const { name, ext } = parse(file)
  const br = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
  const asset = { body, br, gzip: gzipSync(body, { level: 9 }), type: types[ext] ?? '', etag: `"${hash}"` }
  return [`/assets/${name}.${hash}${ext}`, asset]
}

function assetPath(file: string): string {
  const { name, ext } = parse(file)
  const path = [...assets().keys()].find((each) => each.startsWith(`/assets/${name}.`) && each.endsWith(ext))
  if (path === undefined) throw new Error(`The file src/platform/assets/${file} is missing`)
  return path
}
