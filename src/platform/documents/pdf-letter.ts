import { drawn, type Drawn, write } from './pdf-page.ts'
import type { PaperLetter } from './rules.ts'

// The largest first: a letter for filing is one page, however much an area has to say.
const sizes = [11, 10, 9, 8] as const
const mostLetters = 4_000

/** A letter as a PDF of one page, tagged so that it is read out in its order. */
export async function pdfLetter(letter: PaperLetter): Promise<Buffer> {
  let file: Buffer = Buffer.alloc(0)
  for (const size of sizes) {
    let pages = 1
    file = await drawn(letter.heading, (page) => {
      page.on('pageAdded', () => (pages += 1))
      compose(page, letter, size)
    })
    if (pages === 1) break
  }
  return file
}

function compose(page: Drawn, { from, to, day, references, heading, paragraphs }: PaperLetter, size: number): void {
  const line = (text: string, gap = 2) => write(page, text, { tag: 'P', size, gap })
  write(page, from.name, { tag: 'P', size: size + 2, bold: true, gap: 2 })
  for (const one of from.lines) line(one)
  page.y += size
  for (const one of to) line(one)
  page.y += size
  line(day)
  for (const { label, value } of references) line(`${label}: ${value}`)
  page.y += size
  write(page, heading, { tag: 'H1', size: size + 3, bold: true })
  let left = mostLetters
  for (const one of paragraphs) {
    if (left > 0) line(one.slice(0, left), 6)
    left -= one.length
  }
}
