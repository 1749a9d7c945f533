import type { Blank, PaperForm } from './rules.ts'
import { drawn, type Drawn, inLatin, write } from './pdf-page.ts'

/** The form as a PDF that is filled in on the screen: each field has its label as its name for whoever does not see it. */
export async function pdfForm({ title, lead, parts, foot }: PaperForm): Promise<Buffer> {
  return drawn(title, (page) => {
    page.font('Helvetica')
    page.initForm()
    write(page, title, { tag: 'H1', size: 18, bold: true })
    for (const line of lead) write(page, line, { tag: 'P', size: 10 })
    for (const { heading, blanks } of parts) {
      startPart(page, heading)
      for (const blank of blanks) ask(page, blank)
    }
    startPart(page, foot.heading)
    for (const line of foot.lines) write(page, line, { tag: 'P', size: 10 })
  })
}

const left = 50
const [labelWidth, fieldWidth, lineHeight] = [165, 320, 16]

function startPart(page: Drawn, heading: string): void {
  makeRoom(page, 70)
  page.x = left
  page.y += 8
  write(page, heading, { tag: 'H2', size: 13, bold: true })
}

function makeRoom(page: Drawn, height: number): void {
  if (page.y + height > page.page.height - 50) page.addPage()
}

function ask(page: Drawn, blank: Blank): void {
  const { label, hint, lines = 1 } = blank
  const height = Math.max(lines * lineHeight + 4, hint ? 34 : 20)
  makeRoom(page, height + 6)
  const top = page.y
  write(page, `${label}:`, { tag: 'P', size: 10, bold: true, gap: 1, width: labelWidth })
  if (hint) write(page, `(${hint})`, { tag: 'P', size: 8, gap: 0, width: labelWidth })
  const below = page.y
  answerBox(page, blank, { top, height })
  page.x = left
  page.y = Math.max(below, top + height) + 6
}

/** The box for the answer, tagged with the label: a field that is only drawn beside its label has no name for a reader. */
function answerBox(page: Drawn, { name, label, hint, lines = 1, choices }: Blank, at: Box): void {
  const element = page.struct('Form')
  page.addStructure(element)
  const draw = page.annotate.bind(page)
  const says = inLatin(hint ? `${label} (${hint})` : label)
  // The library has no way to give a field its name for readers and its place among the tags.
  page.annotate = (...[x, y, w, h, options]) =>
    // Checked: what the library draws is given on with two entries more, as PDF names them.
    draw(x, y, w, h, { ...options, TU: new String(says), structParent: element } as never)
  const box = [left + labelWidth + 10, at.top, fieldWidth, at.height] as const
  const look = { backgroundColor: '#f4f6f7', borderColor: '#4c6272', fontSize: 10, align: 'left' } as const
  if (choices) page.formCombo(name, ...box, { ...look, select: ['', ...choices.map(inLatin)], value: '', edit: true })
  else page.formText(name, ...box, { ...look, multiline: lines > 1, value: '' })
  page.annotate = draw
  element.end()
}

type Box = Readonly<{ top: number; height: number }>
