import { takeStock } from '#platform/database/bulk.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays, dayOf, type Holidays, momentAt } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { takeEpisodes } from '#journey/episode/import.ts'
import { addAccount, addLogin } from '#platform/identity/accounts.ts'
import { standInKey } from '#platform/identity/rules.ts'
import { takeArea } from '#registers/areas/import.ts'
import { takeStaff } from '#registers/organisations/import.ts'
import { takePeople } from '#registers/people/import.ts'
import { supplyServices } from '#registers/source/import.ts'
import { takeConversations } from '#exchange/population/conversations/import.ts'
import { journeyFrom, type Told } from '#exchange/population/journeys/rules.ts'
import { takeLocalServices } from '#exchange/population/local-services/import.ts'
import { takeInbox } from '#exchange/population/sent-on/import.ts'
import { takeRecords } from '#exchange/population/records/import.ts'
import { type Sender, theirWordAt } from '#exchange/population/records/rules.ts'
import { keyed } from '#exchange/population/stories/import.ts'
import { takeSigned } from '#exchange/population/signing/import.ts'
import { takeWeeks } from '#exchange/population/weeks/import.ts'
import { videoRoom } from '#exchange/population/weeks/rules.ts'
import { readCommunities } from '#exchange/population/invented/import.ts'
import { chanceFrom, madeUp, type Sources } from '#exchange/population/invented/rules.ts'
import { listVanguards, readBoundaries, findHolidays } from '#registers/places/store.ts'
import { codeOf, diaryOf, organisations, type OrganisationKey, receivedAt, staffOf } from './rules.ts'

/** A made-up area, ready to be taken: who works there and where its people live. */
export type MadeUpArea = Readonly<{
  area: string
  name: string
  boards: readonly string[]
  fromOn: Temporal.PlainDate
  seed: number
  sources: Sources
  organisations: readonly Readonly<{ id: string; key: OrganisationKey }>[]
  staff: readonly Readonly<{
    id: string
    account: string
    organisation: OrganisationKey
    post: ReturnType<typeof staffOf>[number]
  }>[]
}>

/** A made-up person with what has happened to them. */
export type MadeUpPerson = Readonly<{
  id: string
  episode: string
  provider: string
  coach: string
  administrator: string
  seed: number
  registeredAt: Temporal.Instant
  told: readonly Told[]
}> &
  ReturnType<typeof madeUp>
export type Wanted = Readonly<{ areas: number; people: number; seed: number; now: Temporal.Instant }>

const begins = Temporal.PlainDate.from('2024-10-01')

/** The made-up areas that were asked for, named after the boards of the first fifteen. */
async function inventAreas(db: Db, { areas, people, seed, now }: Wanted): Promise<MadeUpArea[]> {
  const [vanguards, boundaries] = [await listVanguards(db), await readBoundaries(db)]
  const communities = readCommunities()
  return vanguards.slice(0, areas).map(({ code, shortName }, place) => {
    const chance = chanceFrom(seed * 1000 + place)
    const overlaps = boundaries.overlaps.filter(({ board }) => board === code)
    const councils = [...new Set(overlaps.map(({ council }) => council))]
    const sources = { communities, councils, practices: practicesOf(shortName) }
    const perArea = Math.floor(people / areas)
    // Checked: the keys of the list are its codes.
    const keyed = (Object.keys(organisations) as OrganisationKey[]).map((key) => ({ id: newId(), key }))
    const staff = staffOf(chance, sources, coachesFor(perArea, now)).map((post) => ({
      id: newId(),
      account: newId(),
      organisation: post.organisation,
      post,
    }))
    return {
      ...{ area: codeOf(shortName), name: shortName, boards: [code], fromOn: begins, seed: seed * 1000 + place },
      ...{ sources, organisations: keyed, staff },
    }
  })
}

// About one in eleven of all ever referred is with the service at a time; some 36 to a coach leaves room for a few more.
function coachesFor(people: number, now: Temporal.Instant): number {
  const months = begins.until(dayOf(now), { largestUnit: 'months' }).months
  const atATime = months > 6 ? people / 11 : people / 2
  return Math.max(4, Math.ceil(atATime / 36))
}

function practicesOf(area: string): string[] {
  return [
    'Riverside Surgery',
    'The Elms Practice',
    'High Street Medical Centre',
    'Park Lane Surgery',
    'Station Road Health Centre',
  ].map((name) => `${name}, ${area}`)
}

/** The people of a made-up area, one after the other, always the same for the same seed. */
function* inventPeople(area: MadeUpArea, wanted: Wanted, number: number, holidays: Holidays): Generator<MadeUpPerson> {
  const chance = chanceFrom(wanted.seed * 7919 + number * 104_729)
  const from = momentAt(begins, '09:00')
  const coaches = area.staff.filter(({ post }) => post.role === 'coach')
  const administrator = area.staff.find(({ post }) => post.role === 'administrator')?.id ?? ''
  const diaries = new Map(coaches.map(({ id }) => [id, diaryOf(holidays)]))
  for (let place = 0; place < Math.floor(wanted.people / wanted.areas); place += 1) {
    const coach = coaches[place % coaches.length]
    const provider = area.organisations.find(({ key }) => key === coach?.organisation)?.id ?? ''
    const received = receivedAt(chance, from, wanted.now)
    yield {
      ...madeUp(chance, area.sources, dayOf(wanted.now), number * 100_000 + place),
      ...{ id: newId(), episode: newId(), provider, coach: coach?.id ?? '', administrator, registeredAt: received },
      seed: Math.floor(chance() * 2 ** 31),
      told: journeyFrom(chance, received, {
        ...{ provider, coach: coach?.id ?? '', now: wanted.now, weeks: 12 },
        workingDaysAfter: (moment, days) => addWorkingDays(dayOf(moment), days, holidays),
        freeFrom: diaries.get(coach?.id ?? '') ?? ((moment) => moment),
      }),
    }
  }
}

/** Told after every group how many are in, of how many. */
export type Progress = (done: number, of: number) => void

const atOnce = 1000
// While the database takes the people of one area, those of another are made up.
const areasAtOnce = 3

/** Fills the databases with made-up areas and people. The same seed and moment give the same people. */
export async function populate(databases: Databases, wanted: Wanted, progress: Progress): Promise<number> {
  const [areas, holidays] = await databases.national(
    async (db) => [await inventAreas(db, wanted), await findHolidays(db)] as const,
  )
  const total = areas.length * Math.floor(wanted.people / wanted.areas)
  let done = 0
  const waiting = [...areas.entries()]
  const fillOneByOne = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, area] = next
      for await (const taken of fillArea(databases, area, inventPeople(area, wanted, number, holidays), wanted.now)) {
        done += taken
        progress(done, total)
      }
    }
  }
  await Promise.all(Array.from({ length: areasAtOnce }, fillOneByOne))
  return done
}

/** Takes the people of an area, a group at a time, and says after each how many they were. */
async function* fillArea(
  databases: Databases,
  area: MadeUpArea,
  invented: Iterable<MadeUpPerson>,
  now: Temporal.Instant,
): AsyncGenerator<number> {
  const { transaction } = databases.databaseFor(area.area)
  await databases.national((db) => takeAccounts(db, area, now))
  await transaction((db) => takeBeginning(db, area, now))
  let groups = 0
  for (const people of inGroups(invented, atOnce)) {
    await transaction((db) => takeGroup(db, area, now, people))
    // After the first, second, fourth, eighth …
    if (Number.isInteger(Math.log2(++groups))) await transaction(takeStock)
    yield people.length
  }
  for (const take of [takeLocalServices, takeInbox]) await transaction((db) => take(db, area, now))
  await transaction((db) => takeSigned(db, area, { begins, today: dayOf(now) }))
}

async function takeAccounts(db: Db, { staff }: MadeUpArea, now: Temporal.Instant): Promise<void> {
  for (const { account: id, post } of staff) {
    await addAccount(db, { id, name: post.name, email: addressOf(post.name, id) }, now)
    await addLogin(db, id, { provider: standInKey, subject: id }, now)
  }
}

async function takeBeginning(db: Db, made: MadeUpArea, at: Temporal.Instant): Promise<void> {
  const { area, name, boards, fromOn, organisations: has, staff } = made
  const ids = new Map(has.map(({ id, key }) => [key, id]))
  const reached = {
    ...{ phone: '01632 960100', email: `workwell.${area}@example.org` },
    runBy: `${name} Integrated Care Board (made up)`,
    postalAddress: `WorkWell ${name}\n1 Made Up Street\nExample Town\nZZ99 9ZZ`,
  }
  const settings = { receivingOrganisation: ids.get('lead') ?? null, videoLink: videoRoom }
  await takeArea(db, { ...reached, area, name: `WorkWell ${name}`, boards, fromOn, synthetic: true, settings, at })
  const members = staff.map(({ id, account, post: { organisation, ...post } }) => ({
    ...{ id, account, ...post, email: addressOf(post.name, account), organisation: ids.get(organisation) ?? '' },
  }))
  await takeStaff(db, {
    area,
    fromOn,
    organisations: has.map(({ id, key }) => ({ id, ...organisations[key], name: nameOf(made, key) })),
    members,
  })
  await takeWeeks(db, made, at)
  await supplyServices(db, { area, at })
}

async function takeGroup(db: Db, made: MadeUpArea, now: Temporal.Instant, people: MadeUpPerson[]): Promise<void> {
  const { area } = made
  const taken = people.map(({ id, newcomer, equality, provider, registeredAt, told }) => ({
    ...{ id, newcomer, equality, holder: provider, registeredAt, spokenSince: theirWordAt(told) },
  }))
  await takePeople(db, { area, batch: null, synthetic: true }, taken)
  const stories = people.map(keyed)
  const episodes = stories.map(({ id: person, episode: id, steps }) => ({ id, person, imported: false, steps }))
  await takeEpisodes(db, { area, batch: null }, episodes)
  const goals = await takeConversations(db, area, stories)
  await takeRecords(db, { area, now, goals, senders: sendersOf(made) }, stories)
}

/** Who refers from an organisation with accounts: what is sent from there is found on its list. */
function sendersOf(made: MadeUpArea): Sender[] {
  return made.staff
    .filter(({ post }) => post.role === 'referrer' || post.role === 'jobcentre-partner')
    .map(({ account, post: { name, organisation } }) => {
      return { name, email: addressOf(name, account), organisation: nameOf(made, organisation) }
    })
}

// The surgery with accounts is one of those in which the people of the area are.
const nameOf = ({ sources }: MadeUpArea, key: OrganisationKey): string =>
  (key === 'practice' ? sources.practices[0] : undefined) ?? organisations[key].name

function addressOf(name: string, account: string): string {
  return `${codeOf(name)}.${account.slice(-6)}@example.org`
}

function* inGroups<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = []
  for (const one of all) {
    group.push(one)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
