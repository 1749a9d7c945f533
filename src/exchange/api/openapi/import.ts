import { z } from 'zod'
import { algorithmsInWords } from '#platform/machine/rules.ts'
import { apiPath, handbookPath, type Scope, scopes, tokenPath } from '#registers/clients/rules.ts'
import { problem, webhookEvent } from '#exchange/api/bodies/import.ts'
import { type Operation, operations } from '#exchange/api/operations/import.ts'
import {
  eventExample,
  faultAnswer,
  faultExample,
  type Field,
  fieldsIn,
  headersInWords,
  kindOf,
  type Named,
  type OperationShown,
  refTo,
  type Schema,
} from './rules.ts'

const all: readonly Operation[] = operations
const nameOf = (schema: z.ZodType): string => schema.meta()?.id ?? ''

/** Every schema that has a name, as the document keeps them: each once, and the others point to it. */
export function namedSchemas(): Named {
  const registry = z.registry<{ id: string }>()
  const used = all.flatMap(({ body, answers }) => [...(body ? [body] : []), ...answers].map(({ schema }) => schema))
  for (const schema of new Set<z.ZodType>([problem, webhookEvent, ...used]))
    registry.add(schema, { id: nameOf(schema) })
  const { schemas } = z.toJSONSchema(registry, { uri: refTo, io: 'input' })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]))
}

// Where a schema stands in the document says what it is called and which edition it speaks.
function bare(schema: object): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !['$schema', '$id', 'id'].includes(name)))
}

/** What this API is and does, as OpenAPI 3.1 has it: made of the schemas and the table by which the door itself works. */
export function openApiDocument(origin: string) {
  const paths = Map.groupBy(all, ({ path }) => path)
  return {
    ...{ openapi: '3.1.1', jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema' },
    info: {
      ...{ title: 'WorkWell', version: '1', summary: 'Referrals to WorkWell by the systems of others' },
      description: 'Sends referrals, takes them back, and reads how they go on as far as each person allows.',
    },
    externalDocs: { description: 'The same to read', url: `${origin}${handbookPath}` },
    servers: [{ url: `${origin}${apiPath}` }],
    tags: [{ name: 'Referrals' }, { name: 'Description' }],
    paths: Object.fromEntries(
      [...paths].map(([path, these]) => [
        path,
        Object.fromEntries(these.map((one) => [one.method.toLowerCase(), operationOf(one, origin)])),
      ]),
    ),
    webhooks: { 'referral.changed': { post: toldByItself } },
    components: { schemas: namedSchemas(), securitySchemes: { token: tokenScheme(origin) } },
  }
}

const toldByItself = {
  ...{ operationId: 'beTold', summary: 'Be told that a referral changed', tags: ['Referrals'], security: [] },
  description: 'Signed as Standard Webhooks 1.0 has it (v1a), in order for each referral, again for three days.',
  parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    ...{ name, in: 'header', required: true, description: headersInWords[name] ?? '', schema: { type: 'string' } },
  })),
  requestBody: {
    required: true,
    content: contentOf('application/json', { schema: webhookEvent, example: eventExample }),
  },
  responses: { '2XX': { description: 'Taken. Nothing of the answer is read but the status.' } },
}

function tokenScheme(origin: string) {
  // Some of those that a system can be given.
  const here: readonly Scope[] = all.flatMap(({ scope, more = [] }) => [...(scope ? [scope] : []), ...more])
  const flow = {
    tokenUrl: `${origin}${tokenPath}`,
    scopes: Object.fromEntries(here.map((one) => [one, scopes[one].label])),
  }
  return {
    type: 'oauth2',
    description: `Client credentials by a signed statement (RFC 7523), ${algorithmsInWords}, at most five minutes.`,
    flows: { clientCredentials: flow },
  }
}

function operationOf(operation: Operation, origin: string) {
  const { id, title, text, scope, body } = operation
  const parameters = parametersOf(operation)
  return {
    ...{ operationId: id, summary: title, description: text },
    tags: [scope === undefined ? 'Description' : 'Referrals'],
    security: scope === undefined ? [] : [{ token: [scope] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: contentOf('application/json', body) } } : {}),
    responses: { ...answersOf(operation), ...faultsOf(operation, origin) },
  }
}

type Content = Readonly<{ schema: z.ZodType; example: unknown }>

function contentOf(type: string, { schema, example }: Content) {
  return { [type]: { schema: { $ref: refTo(nameOf(schema)) }, example } }
}

const pathPart: Schema = { type: 'string', format: 'uuid' }

/** What stands in the address of an operation: in its path, and after the question mark. */
function parametersOf({ path, query }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, description: 'The id that the referral was given.', schema: pathPart },
  }))
  const { properties = {}, required = [] } = query ? bare(z.toJSONSchema(query, { io: 'input' })) : {}
  const inQuery = Object.entries(properties).map(([name, { description = '', ...schema }]) => ({
    ...{ name, in: 'query', required: required.includes(name), description, schema },
  }))
  return [...inPath, ...inQuery]
}

const headerOf = (name: string, description: string) => ({
  headers: { [name]: { description, schema: { type: 'string' } } },
})

function answersOf({ answers }: Operation) {
  return Object.fromEntries(
    answers.map(({ status, text: description, ...content }) => [
      String(status),
      {
        description,
        ...(status === 201 ? headerOf('Location', 'Where it is read back.') : {}),
        content: contentOf('application/json', content),
      },
    ]),
  )
}

function faultsOf({ faults }: Operation, origin: string) {
  return Object.fromEntries(
    faults.map((kind) => {
      const { status, description } = faultAnswer(kind)
      const waits = kind === 'too-often' || kind === 'not-now'
      const headers = waits ? headerOf('Retry-After', 'After how many seconds to send it again.') : {}
      const content = contentOf('application/problem+json', { schema: problem, example: faultExample(kind, origin) })
      return [status, { description, ...headers, content }]
    }),
  )
}

/** Everything that can be asked, as whoever looks after another system reads it. */
export function operationsShown(): OperationShown[] {
  const named = namedSchemas()
  const fieldsOf = (schema: z.ZodType) => fieldsIn({ $ref: refTo(nameOf(schema)) }, named)
  return all.map((operation) => {
    const { scope, more = [], body, answers, query: _, ...said } = operation
    return {
      ...{ ...said, scope, more, parameters: parametersOf(operation).map(parameterShown) },
      body: body && { fields: fieldsOf(body.schema), example: body.example },
      answers: answers.map(({ schema, ...answer }) => ({ ...answer, fields: fieldsOf(schema) })),
    }
  })
}

type Parameter = ReturnType<typeof parametersOf>[number]

const parameterShown = ({ name, required: isNeeded, description: text, schema }: Parameter): Field => ({
  ...{ name, isNeeded, text, kind: kindOf(schema) },
})
