import type { Planted } from '#test/architecture/planted.ts'

const at = 'src/platform/link/links.ts:1'
const times = (count: number, line: string) => `${line}\n`.repeat(count)
const functionOf = (count: number) => `export function long(): void {\n${times(count - 2, '  walk()')}}\n`
const nested = `export function deep(list: number[][]): void {
  for (const row of list) {
    for (const one of row) {
      if (one > 0) {
        while (one > walk()) rest()
      }
    }
  }
}
`

/** Faults of size, names and language. */
export const shapeFaults: readonly Planted[] = [
  {
    name: 'a file of 251 lines',
    rule: 'filesFit',
    at: 'src/platform/link/links.ts:251',
    text: `${times(250, 'walk()')}rest()\n`,
  },
  {
    name: 'a test of 401 lines',
    rule: 'filesFit',
    at: 'src/platform/link/rules.test.ts:401',
    text: times(401, 'walk()'),
  },
  { name: 'a function of 41 lines', rule: 'functionsFit', at, text: functionOf(41) },
  {
    name: 'a function of 41 lines inside the one that registers routes',
    rule: 'functionsFit',
    at: 'src/journey/contact/routes.ts:2',
    text: `export function contactRoutes(app: App) {\n  app.get('/', async () => {\n${times(39, '    walk()')}  })\n}\n`,
  },
  {
    name: 'a function of five parameters',
    rule: 'functionsFit',
    at,
    text: 'export const all = (a: A, b: A, c: A, d: A, e: A) => [a, b, c, d, e]\n',
  },
  { name: 'a function nested four deep', rule: 'functionsFit', at, text: nested },
  {
    name: 'a banned file name',
    rule: 'namesSaySomething',
    at: 'src/platform/html/helpers.ts:1',
    text: 'export const walk = 1\n',
  },
  {
    name: 'a banned folder name',
    rule: 'namesSaySomething',
    at: 'src/platform/common/text.ts:1',
    text: 'export const walk = 1\n',
  },
  {
    name: 'a banned name of a test file',
    rule: 'namesSaySomething',
    at: 'test/browser-utils.ts:1',
    text: 'export const walk = 1\n',
  },
  {
    name: 'a file name in capitals',
    rule: 'namesSaySomething',
    at: 'src/platform/html/Page.tsx:1',
    text: 'export const walk = 1\n',
  },
  { name: 'a banned function name', rule: 'namesSaySomething', at, text: 'export function errorHandler(): void {}\n' },
  { name: 'a banned type name', rule: 'namesSaySomething', at, text: 'export type PersonData = string\n' },
  {
    name: 'code that calls itself a service',
    rule: 'namesSaySomething',
    at,
    text: 'export const referralService = {}\n',
  },
  {
    name: 'a banned name given at the export',
    rule: 'namesSaySomething',
    at,
    text: 'const walk = 1; export { walk as walkImpl }\n',
  },
  { name: 'a default export', rule: 'namedExports', at, text: 'export default function walk(): void {}\n' },
  { name: 'an enum', rule: 'plainValues', at, text: `export enum Route { Gp = 'gp' }\n` },
  { name: 'a namespace', rule: 'plainValues', at, text: 'export namespace Routes { export const gp = 1 }\n' },
  { name: 'an interface', rule: 'plainValues', at, text: 'export interface Route { gp: string }\n' },
  { name: 'a class', rule: 'plainValues', at, text: 'export class Route {}\n' },
  { name: 'a class that inherits from no error', rule: 'plainValues', at, text: 'export class Route extends Map {}\n' },
  { name: 'an any', rule: 'typesAreTold', at, text: 'export const walk = (far: any) => far\n' },
  {
    name: 'a missing value waved through',
    rule: 'typesAreTold',
    at,
    text: 'export const first = (list: string[]) => list[0]!\n',
  },
  {
    name: 'a value promised for later',
    rule: 'typesAreTold',
    at,
    text: 'let first!: string; export const walk = () => first\n',
  },
  {
    name: 'a type asserted outside the platform',
    rule: 'typesAreTold',
    at: 'src/journey/contact/store.ts:2',
    text: '\nexport const listAll = (list: unknown) => list as string[]\n',
  },
  {
    name: 'a type asserted far below the comment that checked another',
    rule: 'typesAreTold',
    at: 'test/app.ts:4',
    text: '// Checked: the first.\nexport const aPlan = (one: unknown) => one as string\n\nexport const two = (one: unknown) => one as string\n',
  },
  {
    name: 'a silenced compiler',
    rule: 'typesAreTold',
    at,
    text: `// @ts-expect-error later\nexport const walk: string = 1\n`,
  },
]
