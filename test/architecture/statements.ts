/** One SQL statement of a migration: without its comments, on whatever lines it stood. */
export type Statement = Readonly<{ path: string; line: number; text: string }>

// A comment, a text, a body between dollars, or the end of a statement: whatever stands inside one is not the others.
const pieces = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[\s\S]*?\1|;/g

/** Cuts a migration into its statements. */
export function statementsIn(path: string, text: string): Statement[] {
  const bare = text.replaceAll(pieces, (piece) => (/^(--|\/\*)/.test(piece) ? piece.replaceAll(/[^\n]/g, ' ') : piece))
  const ends = [...bare.matchAll(pieces)].filter(([piece]) => piece === ';').map(({ index }) => index)
  return [...ends, bare.length].flatMap((end, index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1
    const statement = bare.slice(start, end)
    const first = start + statement.search(/\S/)
    const line = bare.slice(0, first).split('\n').length
    return statement.trim() === '' ? [] : [{ path, line, text: statement.trim() }]
  })
}

/** The parts of a list that stand between commas outside every bracket and text. */
export function listed(text: string): string[] {
  const found: string[] = ['']
  let depth = 0
  for (const piece of text.split(/('(?:[^']|'')*'|[(),])/)) {
    if (piece === '(') depth += 1
    if (piece === ')') depth -= 1
    if (piece === ',' && depth === 0) found.push('')
    else found[found.length - 1] += piece
  }
  return found.map((one) => one.trim().replaceAll(/\s+/g, ' ')).filter((one) => one !== '')
}

/** What stands in the first brackets of a text, however deep it goes. */
export function bracketed(text: string): string {
  const bare = text.replaceAll(/'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length))
  const start = bare.indexOf('(')
  let depth = 0
  for (let at = start; at >= 0 && at < bare.length; at += 1) {
    if (bare[at] === '(') depth += 1
    if (bare[at] === ')') depth -= 1
    if (depth === 0) return text.slice(start + 1, at)
  }
  return ''
}
