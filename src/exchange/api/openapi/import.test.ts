import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Validator } from '@seriousme/openapi-schema-validator'
import { z } from 'zod'
import { apiPath } from '#registers/clients/rules.ts'
import { operations } from '#exchange/api/operations/import.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aJsonSender, referralInJson } from '#test/neighbours/json-sender.ts'
import { namedSchemas, openApiDocument } from './import.ts'
import { faultExample, type Schema } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const content = z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }), example: z.unknown() }))
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() })).optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().min(1), content })),
})
const document = z.looseObject({
  openapi: z.literal('3.1.1'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})

const published = async () => {
  const { body } = await app.product.fastify.inject({ method: 'GET', url: `${apiPath}/openapi.json` })
  return document.parse(JSON.parse(body))
}
type Published = Awaited<ReturnType<typeof published>>

/** A schema of the document by the way it is pointed to, as another program makes a check of it. */
function checkOf({ components: { schemas } }: Published, ref: string) {
  const name = ref.replace('#/components/schemas/', '')
  const definitions = JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/')
  const text = `{"$ref":"#/$defs/${name}","$defs":${definitions}}`
  // Checked: what stands in the document is JSON Schema, or no check can be made of it.
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
}

const all = ({ paths }: Published) =>
  Object.entries(paths).flatMap(([path, these]) =>
    Object.entries(these).map(([method, one]) => ({ path, method, one })),
  )

describe('The OpenAPI document', () => {
  it('is valid by the schema of OpenAPI 3.1 itself', async () => {
    const { body } = await app.product.fastify.inject({ method: 'GET', url: `${apiPath}/openapi.json` })
    const whole = JSON.parse(body)
    const judged = async (one: Parameters<Validator['validate']>[0]) => {
      const { valid, errors } = await new Validator().validate(one)
      return { valid, errors }
    }

    expect(await judged(whole)).toEqual({ valid: true, errors: undefined })
    expect((await judged({ ...whole, info: { ...whole.info, title: undefined } })).valid).toBe(false)
  })

  it('has every address of the door and no other', async () => {
    const taken = app.product.addresses.filter(({ path }) => path.startsWith(apiPath))
    const refused = new Set<string>()
    for (const { method, path } of taken) {
      const url = path.replace(':id', 'nobody')
      const { statusCode } = await app.product.fastify.inject({ method: z.enum(methods).parse(method), url })
      if (statusCode === 405) refused.add(`${method} ${path}`)
    }
    const answered = taken.map(({ method, path }) => `${method} ${path}`).filter((one) => !refused.has(one))
    const written = all(await published()).map(
      ({ method, path }) => `${method.toUpperCase()} ${apiPath}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    )

    expect(answered.toSorted()).toEqual(written.toSorted())
    expect(refused.size).toBeGreaterThan(0)
  })

  it('points to nothing that is not there, and names every part of an address', async () => {
    const read = await published()
    const text = JSON.stringify(read)
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) =>
      ref.replace('#/components/schemas/', ''),
    )

    expect(refs.filter((ref) => !Object.hasOwn(read.components.schemas, ref))).toEqual([])
    for (const { path, one } of all(read)) {
      const inPath = one.parameters?.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`) ?? []
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath)
    }
    expect(new Set(all(read).map(({ one }) => one.operationId)).size).toBe(operations.length)
  })

  it('has examples that are as it says itself, also of what goes wrong', async () => {
    const read = await published()
    const bodies = all(read).flatMap(({ one: { requestBody, responses } }) => [
      ...(requestBody ? [requestBody.content] : []),
      ...Object.values(responses).map((one) => one.content),
    ])
    const wrong = bodies
      .flatMap((one) => Object.values(one))
      .filter(({ schema, example }) => !checkOf(read, schema.$ref).safeParse(example).success)

    expect(bodies.length).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })

  it('is kept by what the door answers, whatever is asked', async () => {
    const read = await published()
    const sender = await aJsonSender(app)
    const one = referralInJson()
    const first = await sender.send(one)
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(first.text))
    const answers = [
      first,
      ...[
        await sender.send(one),
        await sender.send({ ...one, reason: 'Other words' }),
        await sender.send({ person: {} }),
      ],
      ...[
        await sender.send({ agreement: 'perhaps' }),
        await sender.get('/referrals?limit=1'),
        await sender.get('/referrals?x=1'),
      ],
      ...[await sender.get(`/referrals/${id}`), await sender.get('/referrals/nobody'), await sender.withdraw(id)],
      ...[await sender.withdraw(id, { when: 'now' }), await sender.get('/openapi.json')],
    ]
    const unlike = answers.filter(({ method, url, status, text }) => {
      const path =
        url
          .slice(apiPath.length)
          .split('?')[0]
          ?.replace(/\/referrals\/[\w-]+/, '/referrals/{id}') ?? ''
      const said = read.paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content
      const [kind] = Object.values(said ?? {})
      return !kind || !checkOf(read, kind.schema.$ref).safeParse(JSON.parse(text)).success
    })

    expect(unlike.map(({ method, url, status, text }) => `${method} ${url} ${status} ${text}`)).toEqual([])
    expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(5)
  })

  it('says of a body what the door takes: what it refuses by its schema, the document refuses too', async () => {
    const read = await published()
    const taken = checkOf(read, '#/components/schemas/NewReferral')
    const one = referralInJson()
    const [said, not] = [
      [one, { ...one, fitNote: 'yes', fitNoteEndsOn: '2026-02-01' }],
      [{}, { ...one, diagnosis: 'x' }],
    ]

    expect(said.map((each) => taken.safeParse(JSON.parse(JSON.stringify(each))).success)).toEqual([true, true])
    expect(not.map((each) => taken.safeParse(each).success)).toEqual([false, false])
  })

  it('says of every field what it means', () => {
    const silent = Object.entries(namedSchemas()).flatMap(([name, schema]) => withoutWords(schema, name))

    expect(silent).toEqual([])
  })

  it('is made anew for where the product is reached', () => {
    expect(JSON.stringify(openApiDocument('https://one.example.org'))).not.toContain(app.settings.origin)
    expect(faultExample('not-right', 'https://one.example.org').type).toBe(
      'https://one.example.org/api#fault-not-right',
    )
  })
})

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

function withoutWords({ properties = {}, items }: Schema, place: string): string[] {
  const own = Object.entries(properties).flatMap(([key, schema]) => [
    ...(schema.description || schema.$ref ? [] : [`${place}.${key}`]),
    ...withoutWords(schema, `${place}.${key}`),
  ])
  return [...own, ...(items ? withoutWords(items, `${place}[]`) : [])]
}

describe('The page for whoever looks after another system', () => {
  it('has each thing that can be asked, with every field, code and fault, without signing in', async () => {
    const { text, status } = await app.visitor().open('/api')
    const read = await published()

    expect(status).toBe(200)
    for (const { path, one } of all(read)) {
      expect(text).toContain(`${apiPath}${path}`)
      for (const { name } of one.parameters ?? []) expect(text).toContain(name)
    }
    for (const said of [
      'person.bornOn',
      'referrals[].changedAt',
      'jobcentre',
      'quiet-room',
      'not-asked',
      '422',
      'RFC 9457',
    ])
      expect(text.toLowerCase()).toContain(said.toLowerCase())
  })
})
