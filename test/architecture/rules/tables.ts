import type { Fault, Rule } from '#test/architecture/fault.ts'
import { calledName, lineOf, literal, nameOf, part, parts } from '#test/architecture/node.ts'
import { borrowedSchemas } from '#test/architecture/exempt.ts'
import { isStart, order, type Place, placeOf, schemaOf, slices } from '#test/architecture/order.ts'
import type { Source } from '#test/architecture/source.ts'
import { isSqlTag, type Touch, touchesIn } from '#test/architecture/sql.ts'
import { productSources, type Tree } from '#test/architecture/tree.ts'

/** A fact has one author: the slice whose schema it stands in. */
export const oneWriterPerTable: Rule = {
  sentence: 'a table is written only by the slice whose schema it is, and read only by that slice and later ones',
  check: (tree) => {
    const owners = schemaOwners(tree)
    return placed(tree).flatMap(([source, place]) =>
      touchesIn(source).flatMap((touch) => faultOf(source, place, touch, owners) ?? []),
    )
  },
}

/** SQL is looked for where SQL is kept. */
export const sqlStandsInStores: Rule = {
  sentence:
    'in a slice SQL stands in store.ts (and in import.ts, which takes many rows at once), and is never built from strings',
  check: (tree) =>
    placed(tree)
      .filter(([, { slice }]) => slice !== 'platform')
      .flatMap(([source, place]) => [
        ...(place.within === 'store.ts' || place.within === 'import.ts' ? [] : strayQueries(source)),
        ...builtQueries(source),
      ]),
}

function placed(tree: Tree): [Source, Place][] {
  return productSources(tree).flatMap((source) => {
    const place = placeOf(source.path)
    return place === undefined ? [] : [[source, place]]
  })
}

/** Which position in the order owns each schema. */
function schemaOwners(tree: Tree): ReadonlyMap<string, number> {
  const platform = placed(tree).filter(([, { slice }]) => slice === 'platform')
  return new Map([
    ...platform.map(([, { schema, position }]): [string, number] => [schema, position]),
    ...slices.map((slice): [string, number] => [schemaOf(slice), order.findIndex((name) => name === slice)]),
  ])
}

function faultOf(source: Source, place: Place, touch: Touch, owners: ReadonlyMap<string, number>): Fault | undefined {
  const fault = (what: string, instead: string): Fault => ({ path: source.path, line: touch.line, what, instead })
  const [schema, name] = touch.table?.split('.') ?? []
  if (schema === undefined || name === undefined) {
    if (place.slice === 'platform' && touch.table === undefined) return undefined
    return fault(
      `writes ${touch.table ?? 'a table that is not named in the call'}`,
      'name the table as schema.table, in the call itself',
    )
  }
  if (schema === place.schema || borrowedSchemas[schema] === place.folder) return undefined
  if (touch.act === 'write') {
    return fault(
      `writes ${touch.table}, which is not of the schema ${place.schema}`,
      'write only your own schema; call the slice that owns the table if foreignWrites names a way',
    )
  }
  const owner = owners.get(schema) ?? (schema in borrowedSchemas ? 0 : undefined)
  if (owner === undefined)
    return isTagged(touch)
      ? undefined
      : fault(
          `reads ${touch.table}, a schema that no slice has`,
          'use the schema of a slice in test/architecture/order.ts',
        )
  if (owner <= place.position) return undefined
  return fault(`reads ${touch.table}, which belongs to a later slice`, 'let the later slice do the reading')
}

// In text a dotted name after `from` may be a column or a function, so only schemas that are known are held against it.
function isTagged(touch: Touch): boolean {
  return touch.node.type === 'TaggedTemplateExpression'
}

function strayQueries(source: Source): Fault[] {
  const builder = /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)$/
  const calls = source.all('CallExpression').filter((call) => builder.test(calledName(call)))
  const tags = source.all('TaggedTemplateExpression').filter(isSqlTag)
  return [...calls, ...tags].map((node) => ({
    path: source.path,
    line: lineOf(node),
    what: 'holds SQL',
    instead: 'give the query a name in store.ts and call that',
  }))
}

function builtQueries(source: Source): Fault[] {
  const calls = source.all('CallExpression')
  const raw = calls.filter(
    (call) => calledName(call) === 'raw' && nameOf(part(part(call, 'callee'), 'object')) === 'sql',
  )
  const joined = raw.filter((call) => literal(parts(call, 'arguments')[0]) === undefined)
  const fault = (line: number, what: string, instead: string): Fault => ({ path: source.path, line, what, instead })
  return [
    ...joined.map((call) =>
      fault(lineOf(call), 'builds a query from strings', 'use the builder, or the sql tag with parameters'),
    ),
    ...calls
      .filter((call) => calledName(call) === 'withSchema')
      .map((call) => fault(lineOf(call), 'leaves the schema out of its tables', 'name each table as schema.table')),
    ...source.imports
      .filter(({ names }) => names.some(({ name, local }) => name === 'sql' && local !== 'sql'))
      .map(({ line }) =>
        fault(line, 'gives the sql tag another name', 'import it as sql, so that queries can be found'),
      ),
  ]
}

/** Whether the order gives every slice a schema of its own. */
export function schemasTwice(): string[] {
  const schemas = slices.filter((slice) => !isStart(slice)).map(schemaOf)
  return schemas.filter((schema, index) => schemas.indexOf(schema) !== index)
}
