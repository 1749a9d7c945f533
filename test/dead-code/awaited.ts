/**
 * What is there already and used first by a part that is still to come: a path, a path and an exported name, or a
 * package. A line goes when its part comes.
 */
export const awaited: Readonly<Record<string, string>> = {
  'src/platform/html/content.tsx CopyLink': 'links that a member of staff hands over, for people without an account',
}
