import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  SimpleMailMergeField,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Blank, PaperForm } from './rules.ts'

/** The form as a Word document: a table in each part, with the label on the left and room on the right. */
export async function wordForm({ title, lead, parts, foot }: PaperForm): Promise<Buffer> {
  const children = [
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    ...lead.map(plain),
    ...parts.flatMap(({ heading, blanks }) => [headed(heading), tableOf(heading, blanks)]),
    headed(foot.heading),
    ...foot.lines.map(plain),
  ]
  const document = new Document({
    ...{ title, creator: '', description: title, sections: [{ children }] },
    styles: { default: { document: { run: { font: 'Arial', size: 22, language: { value: 'en-GB' } } } } },
  })
  return Packer.toBuffer(document)
}

const plain = (text: string) => new Paragraph({ text, spacing: { after: 120 } })
const headed = (text: string) =>
  new Paragraph({ text, heading: HeadingLevel.HEADING_1, spacing: { before: 240, after: 80 } })

const tableOf = (heading: string, blanks: readonly Blank[]) =>
  new Table({
    ...{ width: { size: 9_000, type: WidthType.DXA }, columnWidths: [3_200, 5_800], caption: heading },
    rows: blanks.map(
      (blank) =>
        new TableRow({ cantSplit: true, children: [labelled(blank), new TableCell({ children: room(blank) })] }),
    ),
  })

function labelled({ label, hint }: Blank): TableCell {
  const says = [new Paragraph({ children: [new TextRun({ text: `${label}:`, style: 'Strong' })] })]
  if (hint) says.push(new Paragraph({ children: [new TextRun({ text: `(${hint})`, size: 18 })] }))
  return new TableCell({ children: says })
}

function room({ value = '', lines = 1 }: Blank): Paragraph[] {
  return [new Paragraph({ children: [merged(value)] }), ...Array.from({ length: lines - 1 }, () => new Paragraph(''))]
}

// A name after this word is a merge field of Word itself; anything else is put there as it is written.
function merged(value: string): TextRun | SimpleMailMergeField {
  const [, name] = /^MERGEFIELD (\w{1,100})$/.exec(value) ?? []
  return name === undefined ? new TextRun(value) : new SimpleMailMergeField(name)
}
