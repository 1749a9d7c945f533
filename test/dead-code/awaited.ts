/**
 * What is there already and used first by a part that is still to come: a path, a path and an exported name, or a
 * package. A line goes when its part comes.
 */
export const awaited: Readonly<Record<string, string>> = {}
