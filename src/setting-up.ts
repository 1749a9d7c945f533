import { CommandProblem, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf } from '#platform/dates.ts'
import { inviteAccount } from '#platform/identity/accounts.ts'
import { newId } from '#platform/ids.ts'
import { takeArea } from '#registers/areas/import.ts'
import { listAreas } from '#registers/areas/store.ts'
import { takeStaff } from '#registers/organisations/import.ts'

const code = /^[a-z0-9-]{2,40}$/
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * Begins real use: one area, the organisation that runs it, and the administrator who invites everybody else. Gives the
 * sentence that says how they sign in.
 */
export async function setUp(databases: Databases, given: Given, now: Temporal.Instant): Promise<string> {
  const { area, name, organisation, administrator, email } = asked(given)
  const areas = await databases.national(listAreas)
  if (areas.some((one) => one.area === area)) throw new CommandProblem(`The area ${area} is there already.`)
  const invitation = { name: administrator, email, until: now.add({ hours: 24 * 30 }) }
  const account = await databases.national((db) => inviteAccount(db, invitation, now))
  const [lead, fromOn] = [newId(), dayOf(now)]
  const member = { account, name: administrator, email, organisation: lead, languages: [] }
  await databases.databaseFor(area).transaction(async (db) => {
    const settings = { receivingOrganisation: lead }
    await takeArea(db, {
      ...{ area, name, runBy: null, phone: null, email: null, fromOn, synthetic: false },
      boards: [],
      settings,
      at: now,
    })
    await takeStaff(db, {
      ...{ area, fromOn },
      organisations: [{ id: lead, name: organisation, kind: 'provider', controller: 'processor' }],
      members: [
        { ...member, id: newId(), role: 'system-administrator' },
        { ...member, id: newId(), role: 'administrator' },
      ],
    })
  })
  return `${name} is set up. ${administrator} has 30 days to sign in with an account that has the address ${email}, and can then invite everybody else.`
}

function asked({ options }: Given) {
  const told = (option: string): string => {
    const value = options[option]
    if (typeof value !== 'string' || value.trim() === '')
      throw new CommandProblem(`Say --${option}. See: npm run workwell -- setup --help`)
    return value.trim()
  }
  const area = told('area')
  if (!code.test(area))
    throw new CommandProblem('--area must be made of small letters, digits and hyphens, for example black-country.')
  const email = told('email')
  if (!address.test(email)) throw new CommandProblem('--email must be an email address, for example name@example.org.')
  return { area, email, name: told('name'), organisation: told('organisation'), administrator: told('administrator') }
}
