/** Gives a statement the name under which a connection keeps its plan, once it was seen often enough. */
export type NameOf = (text: string) => string | undefined

const often = 3
// A connection keeps what it was given by name until it ends, so the number is bounded.
const mostSeen = 2_000
const mostNamed = 500

/**
 * PostgreSQL plans a named statement a few times and then keeps the plan: many of our lists take longer to plan than to
 * run. What is asked once or twice is not named, and neither is anything once the names are used up.
 */
export function namedStatements(): NameOf {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostNamed) return known
    const times = (seen.get(text) ?? 0) + 1
    if (times < often) {
      if (seen.size >= mostSeen) seen.clear()
      seen.set(text, times)
      return undefined
    }
    seen.delete(text)
    const name = `workwell_${names.size + 1}`
    names.set(text, name)
    return name
  }
}

/** For a pooler that gives each transaction another connection and does not know prepared statements. */
export const unnamedStatements: NameOf = () => undefined
