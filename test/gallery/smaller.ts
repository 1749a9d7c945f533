import { crc32, deflateSync, inflateSync } from 'node:zlib'

// What a browser photographs is full colour. A page has few colours, and with a list of them it takes a third of the room.
const most = 256
const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/** The same picture with a list of at most 256 colours. */
export function smaller(png: Buffer): Buffer {
  const { width, height, channels, pixels } = read(png)
  const { palette, indexes } = reduced(pixels, channels)
  const lines = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row += 1)
    lines.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const body = deflateSync(lines, { level: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Picture = Readonly<{ width: number; height: number; channels: number; pixels: Buffer }>

function read(png: Buffer): Picture {
  const parts: Buffer[] = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  return { width, height, channels, pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels) }
}

/** The bytes of the picture: each line of a PNG is written as its difference from what is left of it and above it. */
function unfiltered(lines: Buffer, length: number, step: number): Buffer {
  const height = lines.length / (length + 1)
  const bytes = Buffer.alloc(length * height)
  for (let row = 0; row < height; row += 1) {
    const kind = lines[row * (length + 1)] ?? 0
    for (let place = 0; place < length; place += 1) {
      const at = row * length + place
      const left = place < step ? 0 : (bytes[at - step] ?? 0)
      const above = row === 0 ? 0 : (bytes[at - length] ?? 0)
      const corner = place < step || row === 0 ? 0 : (bytes[at - length - step] ?? 0)
      bytes[at] = (lines[row * (length + 1) + 1 + place] ?? 0) + guess(kind, { left, above, corner })
    }
  }
  return bytes
}

type Around = Readonly<{ left: number; above: number; corner: number }>

function guess(kind: number, { left, above, corner }: Around): number {
  if (kind === 1) return left
  if (kind === 2) return above
  if (kind === 3) return (left + above) >> 1
  return kind === 4 ? nearest(left, above, corner) : 0
}

function nearest(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

/** The colours a picture has most of, and for each point the nearest of them. */
function reduced(pixels: Buffer, channels: number): { palette: Buffer; indexes: Buffer } {
  const points = pixels.length / channels
  const colours = new Uint32Array(points)
  const counts = new Map<number, number>()
  for (let point = 0; point < points; point += 1) {
    const colour = pixels.readUIntBE(point * channels, 3) & 0xf8f8f8
    colours[point] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const kept = [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([colour]) => colour)
  const places = new Map([...counts.keys()].map((colour) => [colour, nearestOf(kept, colour)]))
  // What was rounded down is spread again over the whole scale, so that white stays white.
  const spread = (part: number) => Math.round((part / 0xf8) * 0xff)
  const palette = Buffer.from(kept.flatMap((colour) => partsOf(colour).map(spread)))
  return { palette, indexes: Buffer.from(Array.from(colours, (colour) => places.get(colour) ?? 0)) }
}

function nearestOf(kept: readonly number[], colour: number): number {
  const [red, green, blue] = partsOf(colour)
  const apart = kept.map((one) => {
    const [r, g, b] = partsOf(one)
    return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
  })
  return apart.indexOf(Math.min(...apart))
}

const partsOf = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]

function chunk(name: string, content: Buffer): Buffer {
  const [length, body, sum] = [Buffer.alloc(4), Buffer.concat([Buffer.from(name), content]), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
