import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import addFormats from 'ajv-formats'

/** What stands beside the project: the published standards, and the cases made of them. */
export const shared = `${process.env.SHARED}/`
export const readShared = (path) => JSON.parse(readFileSync(shared + path, 'utf8'))

// The validator that the web framework brings along; the linter's own, at the top, is an older one.
const require = createRequire(createRequire(import.meta.url).resolve('ajv-formats'))
const { default: Ajv } = require('ajv/dist/2020')
const schemas = 'standards/open-referral-uk/uk-profile-schema/'

/** What a published schema finds wrong with an answer, as sentences; nothing where it is valid. */
export function validator() {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }))
  const kept = (name) => ({ ...readShared(schemas + name), $id: `published/${name}` })
  // A list of kinds names the kinds in it by the name of their file.
  ajv.addSchema(kept('taxonomy_term.json'))
  return (name, answer) => {
    const valid = ajv.getSchema(`published/${name}`) ?? ajv.compile(kept(name))
    if (valid(answer)) return []
    return valid.errors.map(({ instancePath, message }) => `${name}: ${instancePath || 'it'} ${message}`)
  }
}

/** Every place in an answer where something optional is empty and was not left out. */
export function nullsIn(answer, at = '') {
  if (answer === null) return [at]
  if (typeof answer !== 'object') return []
  return Object.entries(answer).flatMap(([key, value]) => nullsIn(value, `${at}/${key}`))
}
