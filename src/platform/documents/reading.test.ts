import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { drawn, inLatin } from './pdf-page.ts'
import { kindOf, readDocument } from './reading.ts'
import { limits, linesFrom, packedIn } from './rules.ts'

type Entry = Readonly<{ name: string; content: Buffer; says?: number }>

/** A zip file of these, each of which may say that it holds less than it does. */
function zipped(...entries: readonly Entry[]): Buffer {
  const [parts, list]: [Buffer[], Buffer[]] = [[], []]
  let place = 0
  for (const { name, content, says = content.length } of entries) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(says, 18)
    common.writeUInt16LE(name.length, 22)
    const [local, central] = [Buffer.from('PK\u0003\u0004'), Buffer.from('PK\u0001\u0002\u0014\u0000')]
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(place, 10)
    const part = Buffer.concat([local, common, Buffer.from(name), packed])
    parts.push(part)
    list.push(Buffer.concat([central, common, rest, Buffer.from(name)]))
    place += part.length
  }
  const [all, end] = [Buffer.concat(list), Buffer.alloc(22)]
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(place, 16)
  return Buffer.concat([...parts, all, end])
}

const types = Buffer.from(
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
)
const wordText = (content: Buffer, says?: number) =>
  zipped(
    { name: '[Content_Types].xml', content: types },
    { name: 'word/document.xml', content, ...(says === undefined ? {} : { says }) },
  )

const body = (text: string) =>
  Buffer.from(
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  )

describe('A document that somebody sent', () => {
  it('is known by what stands in it, and one that only calls itself so is none that we read', () => {
    expect(kindOf('form.txt', 'text/plain', Buffer.from('%PDF-1.7'))).toBe('pdf')
    expect(kindOf('form.docx', '', wordText(body('a')))).toBe('word')
    expect(kindOf('form.zip', 'application/zip', wordText(body('a')))).toBeUndefined()
    expect(kindOf('form.pdf', 'application/pdf', Buffer.from('<html>'))).toBeUndefined()
    expect(kindOf('form.html', 'text/plain', Buffer.from('<html>'))).toBeUndefined()
    expect(kindOf('form.txt', 'text/plain', Buffer.from('First name:'))).toBe('text')
  })

  it('is read in the letters it was written in', async () => {
    const texts = [Buffer.from('Zoë'), Buffer.from([0x5a, 0x6f, 0xeb]), Buffer.from('\ufeffZoë', 'utf16le')]
    for (const text of texts)
      expect(await readDocument('text', text)).toEqual({ ok: true, words: { text: 'Zoë', fields: {} } })
    expect(await readDocument('word', wordText(body('Zoë')))).toMatchObject({ ok: true, words: { text: /Zoë/ } })
  })

  it('is refused where it is larger than we read', async () => {
    expect(await readDocument('text', Buffer.alloc(limits.bytes + 1))).toEqual({ ok: false, why: 'too-large' })
  })

  it('is refused before it is unpacked where it says that it holds more than we have room for', async () => {
    const bomb = wordText(Buffer.alloc(limits.unpackedBytes + 1))

    expect(bomb.length).toBeLessThan(100_000)
    expect(packedIn(bomb)).toMatchObject({ files: 2, bytes: limits.unpackedBytes + 1 + types.length })
    expect(await readDocument('word', bomb)).toEqual({ ok: false, why: 'packed-too-tightly' })
    const many = Array.from({ length: limits.packedFiles + 1 }, (_, n) => ({ name: `${n}`, content: Buffer.alloc(1) }))
    expect(await readDocument('word', zipped(...many))).toEqual({ ok: false, why: 'packed-too-tightly' })
  })

  it('takes nothing down with it where it holds more than it says', async () => {
    const liar = wordText(Buffer.alloc(250_000_000, 'a'), 1_000)

    expect(packedIn(liar)?.bytes).toBeLessThan(2_000)
    expect((await readDocument('word', liar)).ok).toBe(false)
    expect(await readDocument('word', wordText(body('still here')))).toMatchObject({ ok: true })
  }, 60_000)

  it('is refused where it really unpacks to more than we read, though it says that it holds little', async () => {
    const much = Buffer.alloc(limits.unpackedBytes + 1, ' ')
    const packed = deflateSync(much)
    const pdf = Buffer.concat([
      Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
      packed,
      Buffer.from('\nendstream\nendobj\n'),
    ])

    expect(await readDocument('word', wordText(much, 10))).toEqual({ ok: false, why: 'packed-too-tightly' })
    expect(await readDocument('pdf', pdf)).toEqual({ ok: false, why: 'packed-too-tightly' })
  })

  it('is refused where it has more pages than a form', async () => {
    const long = await drawn('Long', (page) => {
      for (let more = 0; more < limits.pages; more += 1) page.addPage()
    })

    expect(await readDocument('pdf', long)).toEqual({ ok: false, why: 'too-many-pages' })
  })

  it('is refused with the reason where it is broken', async () => {
    const form = await drawn('Short', (page) => page.text('A page'))
    for (const broken of [form.subarray(0, 200), Buffer.from('%PDF-1.7 and no more')])
      expect(await readDocument('pdf', broken)).toEqual({ ok: false, why: 'broken' })
    for (const broken of [Buffer.from('PK\u0003\u0004'), zipped({ name: 'a', content: Buffer.from('b') })])
      expect(await readDocument('word', broken)).toEqual({ ok: false, why: 'broken' })
  })
})

describe('The words of a page', () => {
  it('are in lines from the top, whatever was drawn first', () => {
    const at = (text: string, x: number, y: number) => ({ text, x, y })
    expect(linesFrom([at('Marsh', 200, 699), at('Below', 50, 600), at('Last name:', 50, 700), at(' ', 0, 0)])).toEqual([
      ...['Last name: Marsh', 'Below'],
    ])
  })

  it('are written in the letters that every reader has', () => {
    expect(inLatin('Zoë Łukasz Nguyễn “quoted” 漢')).toBe('Zoë ?ukasz Nguyen “quoted” ?')
  })
})
