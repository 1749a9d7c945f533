import { relative } from 'node:path'
import type { Plugin } from 'vitest/config'

/** The rule that decides whether an actor may reach a person. Whoever reads people asks it in the query itself. */
const rule = 'mayReachPerson('

/** Lets a proof take away one question whether an actor may reach somebody, and see what that gives away. */
export function plantedChecks(): Plugin {
  return {
    name: 'planted-checks',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(process.cwd(), id.split('?')[0] ?? id)
      if (!file.startsWith('src/') || !code.includes(rule)) return undefined
      return { code: planted(code, file), map: null }
    },
  }
}

function planted(code: string, file: string): string {
  let made = ''
  let from = 0
  let asked = 0
  for (let at = code.indexOf(rule); at !== -1; at = code.indexOf(rule, at + 1)) {
    if (code.slice(0, at).endsWith('function ')) continue
    const end = closing(code, at + rule.length)
    asked += 1
    const place = JSON.stringify(`${file} (${asked})`)
    made += `${code.slice(from, at)}(globalThis.planting.ask(${place}) ? ${code.slice(at, end)} : globalThis.planting.yes)`
    from = end
  }
  return made + code.slice(from)
}

function closing(code: string, from: number): number {
  let open = 1
  let at = from
  while (open > 0) {
    if (code[at] === '(') open += 1
    if (code[at] === ')') open -= 1
    at += 1
  }
  return at
}
