import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose'
import { type Command, CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { readPublicKey } from '#platform/machine/public-key.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import {
  apiPath,
  clientName,
  fhirPath,
  handbookPath,
  isContact,
  type Scope,
  scopes,
  tokenPath,
  usualPerMinute,
} from '#registers/clients/rules.ts'
import { addClient, addKey } from '#registers/clients/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'

const clientOptions = {
  area: { type: 'string' },
  organisation: { type: 'string' },
  name: { type: 'string' },
  contact: { type: 'string' },
  scope: { type: 'string', multiple: true },
} satisfies Command['options']

type Work = (databases: Databases, origin: string) => Promise<string>
type Ground = Readonly<{ databases: Databases; origin: string; now: Temporal.Instant }>

/** What testers make themselves on the command line: a system client with its key. */
export function clientCommands(run: (work: Work) => Promise<void>): Commands {
  return {
    'client create': {
      summary: 'Register another system that comes in by itself, with a key made for it',
      usage: '--area CODE --organisation NAME --name NAME --contact ADDRESS [--scope SCOPE ...]',
      details: [
        'For testers: prints the client id, the address for tokens and a private key, which is kept nowhere. In real use the',
        'other side makes its own key, and its public part goes in on the page Other systems. Give it the PORT and the',
        'WORKWELL_ORIGIN that the server has: the addresses that it prints, and the aud of a statement, are made of them.',
      ].join('\n'),
      options: clientOptions,
      run: (given) =>
        run((databases, origin) => createClient({ databases, origin, now: Temporal.Now.instant() }, given)),
    },
  }
}

const isScope = (given: unknown): given is Scope => typeof given === 'string' && Object.hasOwn(scopes, given)

/**
 * Registers a system client with a key pair made for it, and gives what a tester needs: its id, the address for tokens, the
 * scopes, and the private key, which is said here once and kept nowhere.
 */
async function createClient({ databases, origin, now }: Ground, given: Given): Promise<string> {
  const area = await areaOf(databases, told(given, 'area'))
  const [name, contact] = [told(given, 'name'), told(given, 'contact')]
  if (!isContact(contact)) throw new CommandProblem('--contact is an email address like name@example.org.')
  const allowed = scopesOf(given)
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = readPublicKey(await exportSPKI(publicKey))
  if ('problem' in key) throw new Error(key.problem)
  const id = newId()
  await databases.databaseFor(area).transaction(async (db) => {
    const organisations = await listOrganisations(db, area, dayOf(now))
    const wanted = told(given, 'organisation')
    const organisation = organisations.find((one) => one.id === wanted || one.name === wanted)
    if (!organisation) throw new CommandProblem(unknownOrganisation(area, wanted, organisations))
    const said = { name, contact, organisation: organisation.id, scopes: allowed, perMinute: usualPerMinute }
    await addClient(db, { area, id, ...said, by: null, at: now })
    await addKey(db, { area, client: id, key, by: null, at: now })
  })
  return [
    `${name} may come in.`,
    '',
    `client_id  ${clientName(area, id)}`,
    `kid        ${key.kid}, in the header of the statement`,
    `alg        ${key.algorithm}`,
    `token      POST ${origin}${tokenPath}, with aud ${origin}${tokenPath} in the statement`,
    `scope      ${allowed.join(' ')}`,
    `referrals  POST ${origin}${fhirPath}, with the token as Authorization: Bearer`,
    `in JSON    POST ${origin}${apiPath}/referrals, described at ${origin}${handbookPath}`,
    '',
    'These addresses hold where PORT and WORKWELL_ORIGIN are here as they are for the server that it asks.',
    '',
    'Its private key, which is shown this once and kept nowhere:',
    '',
    await exportPKCS8(privateKey),
  ].join('\n')
}

function unknownOrganisation(area: string, wanted: string, known: readonly Readonly<{ name: string }>[]): string {
  const names = known.map(({ name }) => `"${name}"`).join(', ')
  return `${area} knows no organisation "${wanted}". It knows: ${names || 'none'}. Others are added on the page Organisations.`
}

async function areaOf(databases: Databases, area: string): Promise<string> {
  const known = (await listEveryArea(databases.everywhere)).map((one) => one.area)
  if (known.includes(area)) return area
  throw new CommandProblem(
    `There is no area "${area}". There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ')}.`,
  )
}

function scopesOf({ options }: Given): readonly Scope[] {
  const wanted = [options['scope'] ?? Object.keys(scopes)].flat()
  const known = wanted.filter(isScope)
  if (known.length === wanted.length) return known
  throw new CommandProblem(`--scope is one of ${Object.keys(scopes).join(', ')}, as often as needed.`)
}

function told({ options }: Given, name: keyof typeof clientOptions): string {
  const value = options[name]
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  throw new CommandProblem(`--${name} is missing. See: npm run workwell -- client create --help`)
}
