import { type Command, CommandProblem, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { isWaiting, inviteAccount } from '#platform/identity/accounts.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, withdrawLinks } from '#platform/link/links.ts'
import { takeArea } from '#registers/areas/import.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import { joiningPurpose, setUpTime } from '#registers/joining/rules.ts'
import { takeStaff } from '#registers/organisations/import.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { listBoards } from '#registers/places/store.ts'
import { supplyServices } from '#registers/source/import.ts'

const code = /^[a-z0-9-]{2,40}$/
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What is said when an area is set up. */
export const setUpOptions = {
  area: { type: 'string' },
  name: { type: 'string' },
  organisation: { type: 'string' },
  kind: { type: 'string' },
  administrator: { type: 'string' },
  email: { type: 'string' },
  board: { type: 'string', multiple: true },
} satisfies Command['options']

/** Who may run an area, and what it is by law for the records (UK GDPR article 4): who decides, or who acts for them. */
const runners = {
  board: { kind: 'board', controller: 'controller' },
  council: { kind: 'council', controller: 'controller' },
  provider: { kind: 'provider', controller: 'processor' },
} as const

const isRunner = (kind: string): kind is keyof typeof runners => Object.hasOwn(runners, kind)

/** What setting up is done on: the open databases, the address people use, and the time. */
export type Ground = Readonly<{ databases: Databases; origin: string; now: Temporal.Instant }>

/**
 * Begins real use: one area, the organisation that runs it, and the administrator who invites everybody else. Gives the
 * sentences that say how they sign in: by a link that works once. Run again before anybody did, it gives a new one.
 */
export async function setUp(ground: Ground, given: Given): Promise<string> {
  const area = told(given, 'area')
  if (!code.test(area))
    throw new CommandProblem('--area must be made of small letters, digits and hyphens, for example black-country.')
  // Asked everywhere: an area that settings have given another database since is still there where it was.
  const { databases, now, origin } = ground
  const there = (await listEveryArea(databases.everywhere)).some((one) => one.area === area)
  const account = there ? await waitingAdministrator(ground, area) : await begin(ground, asked(given, area))
  const begun = there ? `${area} was set up before and stays as it is.` : `${told(given, 'name')} is set up.`
  if (!(await databases.national((db) => isWaiting(db, account))))
    return `${begun} Its administrator has an account here already and signs in at ${origin}/sign-in.`
  const expiresAt = now.add(setUpTime)
  const path = await databases.databaseFor(area).transaction(async (db) => {
    await withdrawLinks(db, { area, subject: account, purpose: joiningPurpose, now })
    return issueLink(db, {
      area,
      purpose: joiningPurpose,
      subject: account,
      allowedBy: 'invited',
      expiresAt,
      by: null,
      now,
    })
  })
  return [
    `${begun} Its administrator opens this link and signs in:`,
    `\n  ${origin}${path}\n`,
    `It works once, until ${longDay(dayOf(expiresAt))}, and makes an administrator of whoever signs in with it: hand it to nobody else. Links from before work no longer. For a new one run setup again.`,
  ].join('\n')
}

/** The account that waits for the administrator of an area; a sentence where somebody has signed in to it. */
async function waitingAdministrator({ databases, now }: Ground, area: string): Promise<string> {
  const members = await databases.databaseFor(area).transaction((db) => listMembers(db, area, dayOf(now)))
  if (members.length === 0)
    throw new CommandProblem(`The area ${area} lives in another database than WORKWELL_AREA_DATABASES names for it.`)
  const accounts = new Set(members.filter(({ role }) => role === 'system-administrator').map(({ account }) => account))
  for (const account of accounts)
    if (!(await databases.national((db) => isWaiting(db, account)))) throw new CommandProblem(alreadyAtWork(area))
  const [waiting] = accounts
  if (waiting === undefined) throw new CommandProblem(alreadyAtWork(area))
  return waiting
}

const alreadyAtWork = (area: string) =>
  `The area ${area} is there already, and its administrator has signed in. They invite others on the page Members.`

type Asked = Readonly<{
  area: string
  name: string
  organisation: string
  administrator: string
  email: string
  boards: readonly string[]
  runs: (typeof runners)[keyof typeof runners]
}>

/** Makes the area with its organisation; the account that waits for its administrator. */
async function begin({ databases, now }: Ground, wanted: Asked): Promise<string> {
  const { area, name, administrator, email, organisation } = wanted
  const boards = await databases.national((db) => boardsNamed(db, wanted.boards, dayOf(now)))
  const invitation = { name: administrator, email, until: now.add(setUpTime) }
  const account = await databases.national((db) => inviteAccount(db, invitation, now))
  const [lead, fromOn] = [newId(), dayOf(now)]
  const member = { account, name: administrator, email, organisation: lead, languages: [] }
  await databases.databaseFor(area).transaction(async (db) => {
    await takeArea(db, {
      ...{ area, name, runBy: null, phone: null, email: null, fromOn, synthetic: false },
      ...{ boards, settings: { receivingOrganisation: lead }, at: now },
    })
    await takeStaff(db, {
      ...{ area, fromOn },
      organisations: [{ id: lead, name: organisation, ...wanted.runs }],
      members: [
        { ...member, id: newId(), role: 'system-administrator' },
        { ...member, id: newId(), role: 'administrator' },
      ],
    })
    await supplyServices(db, { area, at: now })
  })
  return account
}

/** The boards by their codes; a sentence where there is no such board today. */
async function boardsNamed(db: Db, codes: readonly string[], on: Temporal.PlainDate): Promise<string[]> {
  const wanted = [...new Set(codes.map((one) => one.trim().toUpperCase()))]
  const known = new Set((await listBoards(db, on)).map((board) => board.code))
  const unknown = wanted.find((one) => !known.has(one))
  if (unknown !== undefined)
    throw new CommandProblem(
      `--board ${unknown} is no Integrated Care Board today. Give the code that the NHS knows it by, for example QWO.`,
    )
  return wanted
}

function asked(given: Given, area: string): Asked {
  const email = told(given, 'email')
  if (!address.test(email)) throw new CommandProblem('--email must be an email address, for example name@example.org.')
  const boards = given.options['board']
  const runner = String(given.options['kind'] ?? 'board')
  if (!isRunner(runner)) throw new CommandProblem('--kind must be board, council or provider.')
  return {
    ...{ area, email, name: told(given, 'name'), organisation: told(given, 'organisation') },
    administrator: told(given, 'administrator'),
    boards: Array.isArray(boards) ? boards.map(String) : [],
    runs: runners[runner],
  }
}

function told({ options }: Given, option: string): string {
  const value = options[option]
  if (typeof value !== 'string' || value.trim() === '')
    throw new CommandProblem(`Say --${option}. See: npm run workwell -- setup --help`)
  return value.trim()
}
