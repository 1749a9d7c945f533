import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a folder, with those above it, that this process can write into; throws what stands in the way. */
export function makeFolder(folder: string, mode?: number): void {
  makeWithParents(folder, mode)
  accessSync(folder, constants.W_OK | constants.X_OK)
}

// One after the other: asked for all of them at once, Node goes round for ever where a file system refuses in its own way (/proc).
function makeWithParents(folder: string, mode: number | undefined): void {
  if (isFolder(folder)) return
  makeWithParents(dirname(folder), mode)
  try {
    mkdirSync(folder, { mode })
  } catch (cause) {
    // Another copy may have been quicker.
    if (!isFolder(folder)) throw cause
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
