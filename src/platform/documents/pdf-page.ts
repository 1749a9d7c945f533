import PDFDocument from 'pdfkit'

export type Drawn = InstanceType<typeof PDFDocument>

/** The tag of a structure element, as PDF names it. */
export type Tag = 'H1' | 'H2' | 'P' | 'Form'

type Written = Readonly<{ tag: Tag; size: number; bold?: boolean; gap?: number; width?: number }>

/** A PDF whose words are tagged, so that they are read out in their order, with what draws on it. */
export async function drawn(title: string, draw: (page: Drawn) => void): Promise<Buffer> {
  const page = new PDFDocument({
    ...{ size: 'A4', margin: 50, tagged: true, pdfVersion: '1.7', lang: 'en-GB', displayTitle: true },
    info: { Title: inLatin(title) },
  })
  const parts: Buffer[] = []
  page.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<void>((done, failed) => page.once('end', done).once('error', failed))
  draw(page)
  page.end()
  await ended
  return Buffer.concat(parts)
}

/** Writes a paragraph or a heading where the last one ended. */
export function write(page: Drawn, text: string, { tag, size, bold = false, gap = 6, width }: Written): void {
  const element = page.struct(tag, {}, () => {
    page.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size)
    page.text(inLatin(text), width === undefined ? { paragraphGap: gap } : { paragraphGap: gap, width })
  })
  page.addStructure(element)
  element.end()
}

/**
 * The letters that the fonts of every PDF reader have: accents outside them are left out, and what is no letter of ours is
 * a question mark and never another word.
 */
export const inLatin = (text: string): string =>
  [...text.normalize('NFC').replaceAll(/\s/g, ' ')]
    .map((letter) => (isLatin(letter) ? letter : (letter.normalize('NFD').replaceAll(/\p{M}/gu, '')[0] ?? '?')))
    .map((letter) => (isLatin(letter) ? letter : '?'))
    .join('')

const isLatin = (letter: string): boolean => /[\u0020-\u007e\u00a0-\u00ff–—‘’“”•…€]/.test(letter)
