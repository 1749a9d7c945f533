import type { Tree } from './tree.ts'

/** One place where the architecture does not hold, with what to do about it. */
export type Fault = Readonly<{ path: string; line: number; what: string; instead: string }>

/** A rule of the architecture: its sentence, and how a tree is held against it. */
export type Rule = Readonly<{ sentence: string; check: (tree: Tree) => Fault[] }>

/** A fault as it is read in a failing test. */
export function asSentence({ path, line, what, instead }: Fault): string {
  return `${path}:${line} ${what} -> ${instead}`
}
